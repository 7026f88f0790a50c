use std::io::{Cursor, Write};

use encoding_rs::GB18030;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::taken::{Taken, from, refused, with};
use crate::{
    AmountColumns, Flow, Mapping, ReadError, Reason, Refusal, Request, Settlement, Statement, Transaction,
    Warning,
};
use ashore_domain::Precision;

const ALIPAY: &str = "------------------------------\n导出信息：\n姓名：某某\n共3笔记录\n\n------支付宝  电子客户回单------\n\
交易时间            ,交易分类    ,交易对方    ,对方账号    ,商品说明    ,收/支    ,金额    ,收/付款方式    ,交易状态    ,交易订单号     ,商家订单号   ,备注    ,\n\
2025-02-12 21:32:14 ,信用借还    ,示例消费金融    ,/    ,花呗还款 ,支出    ,1,049.74    ,示例银行(7449) ,交易成功 ,20250001\t,T1\t,    ,\n\
2025-02-12 21:32:14 ,信用借还    ,示例消费金融    ,/    ,自动还款 ,不计收支    ,49.74    ,余额宝 ,还款成功 ,20250002\t,T2\t,    ,\n\
2025-02-04 18:21:04 ,退款 ,商店 ,/ ,退款-鞋 ,不计收支 ,16.03 ,余额 ,退款成功 ,20250003\t,T3\t, ,\n\
2025-02-03 10:00:00 ,日用百货 ,商店 ,/ ,=cmd|' /C calc'!A0 ,支出 ,82.00 , ,交易关闭 ,20250004\t,T4\t, ,\n";

const WECHAT: &str = "微信支付账单明细,,,,,,,,,,\n微信昵称：[某某],,,,,,,,,,\n,,,,,,,,,,\n----微信支付账单明细列表----,,,,,,,,,,\n\
交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n\
2025-09-26 12:45:27,\"商户消费\",\"店(一)\",\"总共:28.16\",\"支出\",¥28.16,\"示例银行(1234)\",\"支付成功\",\"100001\"\t,\"200001\"\t,\"/\"\n\
2025-07-15 16:29:37,零钱提现,示例银行(),\"/\",/,¥100.10,示例银行,提现已到账,100002\t,/\t,\"服务费¥0.10\"\n\
2025-07-18 10:48:09,商户消费,某平台，点击\"视频\",\"/\",支出,¥50.0,零钱,已退款(￥20.00),100003 ,/ ,\"/\"\n";

fn alipay() -> Vec<u8> {
    GB18030.encode(&ALIPAY.replace("1,049.74", "1049.74")).0.into_owned()
}

pub(super) fn only(taken: &Taken) -> Transaction {
    let [transaction] = taken.transactions()[..] else { panic!("{taken:?}") };
    transaction.clone()
}

#[test]
fn alipay_as_it_is_exported() {
    let taken = from(&alipay());
    assert_eq!(taken.format.unwrap().code(), "alipay_csv");
    let rows = taken.transactions();
    assert_eq!(rows.len(), 4);
    let first = rows[0];
    assert_eq!(first.happened.at.to_rfc3339(), "2025-02-12T21:32:14+08:00");
    assert_eq!(first.happened.precision, Precision::Second);
    assert_eq!((first.amount.to_string().as_str(), first.flow), ("1049.74", Flow::Out));
    assert_eq!(first.counterparty.as_deref(), Some("示例消费金融"));
    assert_eq!(first.counterparty_account, None);
    assert_eq!(first.category.as_deref(), Some("信用借还"));
    assert_eq!(first.description.as_deref(), Some("花呗还款"));
    assert_eq!(first.own_account.as_deref(), Some("示例银行(7449)"));
    assert_eq!((first.order_no.as_deref(), first.merchant_no.as_deref()), (Some("20250001"), Some("T1")));
    assert_eq!(first.settlement, Settlement::Done);
    assert!(first.raw.contains(&("收/支".into(), "支出".into())));
    assert_eq!(
        (rows[1].flow, rows[2].settlement, rows[3].settlement),
        (Flow::Neutral, Settlement::Refunded, Settlement::Closed)
    );
    // What looks like a formula is text like any other.
    assert_eq!(rows[3].description.as_deref(), Some("=cmd|' /C calc'!A0"));
    assert_eq!(taken.warnings, [Warning::Preamble { first: 1, last: 6 }]);
}

#[test]
fn wechat_with_fees_refunds_and_quotes_within() {
    let taken = from(WECHAT.as_bytes());
    assert_eq!(taken.format.unwrap().code(), "wechat_csv");
    let rows = taken.transactions();
    assert_eq!(rows[0].order_no.as_deref(), Some("100001"));
    assert_eq!((rows[1].flow, rows[1].fee.unwrap().to_string().as_str()), (Flow::Neutral, "0.10"));
    assert_eq!(rows[2].counterparty.as_deref(), Some("某平台，点击\"视频\""));
    assert_eq!(
        (rows[2].settlement, rows[2].refunded.unwrap().to_string().as_str()),
        (Settlement::Refunded, "20.00")
    );
    assert_eq!(rows[2].amount.to_string(), "50.00");
}

/// A workbook of one sheet: text cells inline, numbers as numbers.
fn workbook(rows: &[Vec<String>]) -> Vec<u8> {
    let mut sheet = String::from(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
    );
    for (number, cells) in (1..).zip(rows) {
        sheet.push_str(&format!("<row r=\"{number}\">"));
        for (column, cell) in ('A'..='Z').zip(cells) {
            if cell.is_empty() {
                continue;
            }
            if cell.parse::<rust_decimal::Decimal>().is_ok() && cell.len() < 20 && !cell.starts_with("1000") {
                sheet.push_str(&format!("<c r=\"{column}{number}\"><v>{cell}</v></c>"));
            } else {
                let text = cell.replace('&', "&amp;").replace('<', "&lt;");
                sheet.push_str(&format!(
                    "<c r=\"{column}{number}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"
                ));
            }
        }
        sheet.push_str("</row>");
    }
    sheet.push_str("</sheetData></worksheet>");
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        (
            "[Content_Types].xml",
            "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>",
        ),
        (
            "_rels/.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        (
            "xl/workbook.xml",
            "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"账单\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
    ] {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn split(text: &str) -> Vec<Vec<String>> {
    text.lines()
        .map(|line| line.split(',').map(|cell| cell.trim_matches(['"', '\t', ' ']).to_owned()).collect())
        .collect()
}

#[test]
fn the_same_payment_is_known_again_in_a_workbook() {
    let rows = split(
        &WECHAT
            .replace('¥', "")
            .replace("服务费", "服务费¥")
            .replace("28.16,\"示例", "28.160000000000004,\"示例"),
    );
    let taken = from(&workbook(&rows));
    assert_eq!(taken.format.unwrap().code(), "wechat_xlsx");
    let text = from(WECHAT.as_bytes());
    let identities = |taken: &Taken| taken.items.iter().map(crate::Item::identity).collect::<Vec<_>>();
    assert_eq!(identities(&taken), identities(&text));
    assert_eq!(taken.transactions()[0].amount.to_string(), "28.16");
}

#[test]
fn jd_and_meituan() {
    let jd = "\u{feff}导出信息：\n京东账号名：x\n\n交易时间,商户名称,交易说明,金额,收/付款方式,交易状态,收/支,交易分类,交易订单号,商家订单号,备注\n\
2025-12-28 13:27:56\t,京东平台商户,衣服 等多件,131.77(已退款89.84),示例银行信用卡(1875),交易成功,支出,服饰内衣,1001\t,2001\t, ,\n\
2025-12-24 22:33:07\t,京东平台商户,裤子,468.32(已全额退款),示例银行信用卡(1875),交易成功,不计收支,运动户外,1002\t,2002\t, ,\n";
    let taken = from(jd.as_bytes());
    assert_eq!(taken.format.unwrap().code(), "jd_csv");
    let rows = taken.transactions();
    assert_eq!(
        (rows[0].amount.to_string().as_str(), rows[0].refunded.unwrap().to_string().as_str()),
        ("131.77", "89.84")
    );
    assert_eq!(rows[1].refunded, Some(rows[1].amount));
    let mt = "美团交易账单明细\n\"\"\n特别提示：\n交易创建时间,交易成功时间,交易类型,订单标题,收/支,支付方式,订单金额,实付金额,交易单号,商家单号,备注\n\
2025-02-12 20:59:12,2025-02-12 20:59:20,还款,【美团月付】主动还款2025年3月账单,支出,示例银行储蓄卡(3147),¥48.14,¥48.12,\"2501\t\",\"2601\t\",/\n";
    let taken = from(mt.as_bytes());
    assert_eq!(taken.format.unwrap().code(), "meituan_csv");
    let row = only(&taken);
    assert_eq!((row.amount.to_string().as_str(), row.category.as_deref()), ("48.12", Some("还款")));
    assert_eq!(row.happened.at.to_rfc3339(), "2025-02-12T20:59:20+08:00");
}

/// A statement, its code, and of each row: when, amount, way, counterparty.
type Bank = (&'static str, &'static str, &'static [(&'static str, &'static str, Flow, Option<&'static str>)]);

const BANKS: [Bank; 12] = [
    (
        "记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要\n2025-01-01,CNY,\"1,234.00\",\"1,271.66\",代发,示例中心1111111111,x\n2025-01-01,CNY,\"-1,000.00\",271.66,转账汇款,张三 66666666666666,转账\n2025-01-02,USD,-3.00,1.00,x,y,z\n",
        "cmb_debit_csv",
        &[
            ("2025-01-01T00:00:00+08:00", "1234.00", Flow::In, Some("示例中心")),
            ("2025-01-01T00:00:00+08:00", "1000.00", Flow::Out, Some("张三")),
        ],
    ),
    (
        "招商银行信用卡对账单（个人消费卡账户 2025年01月）（补）\n交易日,记账日,交易摘要,人民币金额,卡号末四位,交易地金额\n,12/29,还款,-1.23,1234,-1.23\n01/05,01/07,示例商户,\"8,000.00\",1234,\"8,000.00(CN)\"\n",
        "cmb_credit_csv",
        &[
            ("2024-12-29T00:00:00+08:00", "1.23", Flow::In, None),
            ("2025-01-05T00:00:00+08:00", "8000.00", Flow::Out, None),
        ],
    ),
    (
        "中国银行交易流水明细单\n记账日期,记账时间,币别,金额,余额,交易名称,渠道,网点名称,附言,对方账户名,对方卡号/账号,对方开户行,借记卡号\n2025-08-22,17:57:17,人民币,-71.89,\"3,240.28\",无卡支付,网上,-----,----------,张三,6226******5669,-----,3167\n",
        "boc_csv",
        &[("2025-08-22T17:57:17+08:00", "71.89", Flow::Out, Some("张三"))],
    ),
    (
        "中国银行信用卡账单(2025年01月)\n交易日,银行记账日,卡号后四位,交易描述,存入,支出,币种\n2024-12-13,2024-12-14,4260,示例,,50.00,CNY\n2024-12-20,2024-12-20,,存款利息,0.01,,CNY\n2024-12-22,2024-12-24,2875,X,,3.72,USD\n",
        "boc_csv",
        &[
            ("2024-12-13T00:00:00+08:00", "50.00", Flow::Out, None),
            ("2024-12-20T00:00:00+08:00", "0.01", Flow::In, None),
        ],
    ),
    (
        "交易日期,交易时间,交易摘要,交易金额,本次余额,对手信息,日 志 号,交易渠道,交易附言\n20250101,123456,转存,+10000.00,11000.00,示例,369396693,超级网银,转账\n20250103,,正常还款,-12345.89,1943.12,示例贷款,111222333\n",
        "abc_csv",
        &[
            ("2025-01-01T12:34:56+08:00", "10000.00", Flow::In, Some("示例")),
            ("2025-01-03T00:00:00+08:00", "12345.89", Flow::Out, Some("示例贷款")),
        ],
    ),
    (
        "序号,交易日期,交易时间,交易类型,借贷,交易金额,余额,对方账号,对方户名,交易地点,摘要\n1,2025-01-01,00:00:00,存款利息,贷 Cr,1.23,1334.63,1323,利息,批处理,\n2,2025-02-02,13:15:12,转账还款,借 Dr,3.21,2334.62,6666,某某,其他,\n",
        "bocom_csv",
        &[
            ("2025-01-01T00:00:00+08:00", "1.23", Flow::In, Some("利息")),
            ("2025-02-02T13:15:12+08:00", "3.21", Flow::Out, Some("某某")),
        ],
    ),
    (
        "交易日期,记账日期,交易说明,交易币种/金额,入账币种/金额\n2025-01-29,2025-01-29,信用卡还款 转账,CNY 666.60,CNY 666.60\n2025-01-11,2025-01-12,消费 示例,CNY 2.99,CNY 2.99\n2025-01-11,2025-01-12,消费 X,USD 2.99,USD 2.99\n",
        "bocom_csv",
        &[
            ("2025-01-29T00:00:00+08:00", "666.60", Flow::In, None),
            ("2025-01-11T00:00:00+08:00", "2.99", Flow::Out, None),
        ],
    ),
    (
        "明细查询文件下载\n\n卡号: 1234****9876,\"卡别名: x\"\n\n交易日期,摘要,交易详情,交易场所,交易国家或地区简称,钞/汇,交易金额(收入),交易金额(支出),交易币种,记账金额(收入),记账金额(支出),记账币种,余额,对方户名,对方账户\n2025-05-02     \t,\"消费      \t\",\" \t\",\"示例店  \t\",\"CHN  \t\",钞  \t,\"-   \t\",\"-   \t\",-   \t,\"    \t\",\"13.40   \t\",人民币   \t,\"1,234.50  \t\",\"示例支付公司   \t\",\"1234****9876  \t\",\n \n人民币合计,,,,,,,,,\"1,234.56  \t\",\"9,876.54  \t\",\n",
        "icbc_csv",
        &[("2025-05-02T00:00:00+08:00", "13.40", Flow::Out, Some("示例支付公司"))],
    ),
    (
        "记账日,交易日期,交易时间,支出,收入,账户余额,币种,摘要,对方账号,对方户名,交易地点\n20250102,20250101,08:07:59,12.00,0.00,88.00,人民币元,消费,62****1,示例店,网上\n20250102,20250102,08:08:00,0.00,\"3,000.00\",88.00,人民币元,转入,62****2,张三,网上\n",
        "ccb_csv",
        &[
            ("2025-01-01T08:07:59+08:00", "12.00", Flow::Out, Some("示例店")),
            ("2025-01-02T08:08:00+08:00", "3000.00", Flow::In, Some("张三")),
        ],
    ),
    (
        "兴业银行交易明细\n账户户名,示例\n交易时间,记账日,支出,收入,账户余额,摘要,对方户名,对方银行,对方账号,用途,交易渠道,备注\n2025-01-01 00:00:01,2025-01-01,10.00,,90.00,转账,示例用户,示例银行,P1,,手机银行,\n2025-01-02 00:00:00,2025-01-02,-20.00,,110.00,冲账,A,B,P2,,手机银行,\n说明,交易明细涉及您的个人隐私\n",
        "cib_csv",
        &[
            ("2025-01-01T00:00:01+08:00", "10.00", Flow::Out, Some("示例用户")),
            ("2025-01-02T00:00:00+08:00", "20.00", Flow::In, Some("A")),
        ],
    ),
    (
        "交易日期,入账日期,交易摘要,交易金额,交易货币,入账金额,入账货币\n2025/01/05,2025/01/06,（消费）示例商户A,15.90,人民币,15.90,人民币\n2024/12/25,2024/12/26,（还款）示例,-1130.68,人民币,-1130.68,人民币\n",
        "cgb_csv",
        &[
            ("2025-01-05T00:00:00+08:00", "15.90", Flow::Out, None),
            ("2024-12-25T00:00:00+08:00", "1130.68", Flow::In, None),
        ],
    ),
    (
        "交易序号,交易时间,交易摘要,存入金额,取出金额,余额,对方户名,对方账号\n1,2025/12/03  14:06:51,转账,,100.00,50.00,李四,62**\n",
        "spdb_csv",
        &[("2025-12-03T14:06:51+08:00", "100.00", Flow::Out, Some("李四"))],
    ),
];

#[test]
fn banks_as_they_export() {
    for (text, code, expected) in BANKS {
        let (gbk, _, _) = GB18030.encode(text);
        for bytes in [text.as_bytes(), &gbk] {
            let taken = from(bytes);
            assert_eq!(taken.format.unwrap().code(), code, "{text}");
            let told: Vec<_> = taken
                .transactions()
                .iter()
                .map(|t| (t.happened.at.to_rfc3339(), t.amount.to_string(), t.flow, t.counterparty.clone()))
                .collect();
            let expected: Vec<_> = expected
                .iter()
                .map(|(at, amount, flow, who)| {
                    ((*at).to_owned(), (*amount).to_owned(), *flow, who.map(str::to_owned))
                })
                .collect();
            assert_eq!(told, expected, "{text}");
        }
    }
}

#[test]
fn what_is_no_payment_is_told_apart() {
    let reasons = |index: usize| from(BANKS[index].0.as_bytes()).reasons();
    assert_eq!(reasons(0), [Reason::OtherCurrency]);
    assert_eq!(reasons(6), [Reason::OtherCurrency]);
    assert_eq!(reasons(7), [Reason::Total]);
    assert_eq!(reasons(9), []);
    let broken = "记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要\n2025-02-30,CNY,1.00,1,a,b,c\n2025-02-03,CNY,=1+1,1,a,b,c\n2025-02-03,CNY,,1,a,b,c\n,CNY,3.00,1,a,b,c\n2025-02-03,CNY,1.234,1,a,b,c\n2025-02-03,CNY,\"1.00,1,a,b,c\n2025-02-04,CNY,4.00,1,@SUM(A1),+b,-c\n";
    let taken = from(broken.as_bytes());
    use Reason as R;
    assert_eq!(
        taken.reasons(),
        [
            R::TimeUnreadable,
            R::AmountUnreadable,
            R::AmountMissing,
            R::TimeMissing,
            R::AmountUnreadable,
            R::AmountUnreadable
        ]
    );
    let row = only(&taken);
    assert_eq!((row.description.as_deref(), row.note.as_deref()), (Some("@SUM(A1)"), Some("-c")));
}

#[test]
fn equal_payments_of_one_day_are_two() {
    let twice = "记账日期,货币,交易金额,联机余额,交易摘要,对手信息,客户摘要\n2025-01-01,CNY,-5.00,,买,店,\n2025-01-01,CNY,-5.00,,买,店,\n";
    let taken = from(twice.as_bytes());
    assert_eq!(taken.transactions()[1].equal_before, 1);
    assert_ne!(taken.items[0].identity(), taken.items[1].identity());
}

#[test]
fn another_table_by_its_names_or_by_a_mapping() {
    let named = "日期;金额;摘要;对方户名\n2025-03-01;-12.50;还款;示例小贷\n";
    let taken = from(named.as_bytes());
    assert_eq!(taken.format.unwrap().code(), "table_csv");
    assert_eq!((only(&taken).flow, only(&taken).counterparty), (Flow::Out, Some("示例小贷".into())));
    assert!(matches!(taken.warnings[..], [Warning::MappingSuggested(_)]));
    assert_eq!(taken.outline.unwrap().sheets[0].columns, ["日期", "金额", "摘要", "对方户名"]);
    // Two columns are a table too, when their names say so or somebody does.
    assert_eq!(only(&from("日期,金额\n2025-03-01,-12.50\n".as_bytes())).flow, Flow::Out);
    let mapping = Mapping {
        date: "天".into(),
        amount: AmountColumns::Signed { amount: "钱".into(), negative_is_in: true },
        ..Mapping::default()
    };
    let request = Request { format: None, mapping: Some(mapping) };
    let (taken, result) = with(&request, "我的账\n天,钱\n2025-03-01,-12.50\n".as_bytes());
    result.unwrap();
    assert_eq!(only(&taken).flow, Flow::In);

    let unnamed = "天\t钱\t方向\t人\n2025-03-01\t12.50\t收\t甲\n2025-03-02\t13\t付\t乙\n";
    let (taken, result) = with(&Request::default(), unnamed.as_bytes());
    assert!(matches!(result, Err(ReadError::Refused(Refusal::MappingNeeded))), "{result:?}");
    let outline = taken.outline.unwrap();
    assert_eq!(outline.sheets[0].columns, ["天", "钱", "方向", "人"]);
    assert_eq!(outline.sheets[0].rows.len(), 2);
    let mapping = Mapping {
        date: "天".into(),
        amount: AmountColumns::Directed { amount: "钱".into(), direction: "方向".into() },
        counterparty: Some("人".into()),
        ..Mapping::default()
    };
    let request = Request { format: None, mapping: Some(mapping.clone()) };
    let (taken, result) = with(&request, unnamed.as_bytes());
    result.unwrap();
    assert_eq!(taken.transactions().iter().map(|t| t.flow).collect::<Vec<_>>(), [Flow::In, Flow::Out]);
    assert_eq!(taken.transactions()[0].statement, Statement::Other);
    let wrong =
        Request { format: None, mapping: Some(Mapping { note: Some("无此列".into()), ..mapping }) };
    let refusal = with(&wrong, unnamed.as_bytes()).1;
    assert!(matches!(refusal, Err(ReadError::Refused(Refusal::ColumnMissing(name))) if name == "无此列"));
}

#[test]
fn workbooks_are_measured_before_they_are_opened() {
    let far = workbook(&[vec!["x".into()]]);
    assert_eq!(
        with(&Request::default(), &far).1.unwrap_err().to_string(),
        Refusal::MappingNeeded.to_string()
    );
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("xl/workbook.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(&vec![b' '; 17 << 20]).unwrap();
    assert_eq!(refused(&zip.finish().unwrap().into_inner()), Refusal::Bomb);
    let mut locked = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    locked.create_stream("/EncryptedPackage").unwrap().write_all(b"x").unwrap();
    assert_eq!(refused(&locked.into_inner().into_inner()), Refusal::Encrypted);
    // One cell in the last corner of the largest sheet.
    let number = |kind: u16, data: &[u8]| {
        [&kind.to_le_bytes()[..], &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat()
    };
    let cell = [&0xFFFF_u16.to_le_bytes()[..], &0x00FF_u16.to_le_bytes(), &[0; 10]].concat();
    let stream = [number(0x0809, &[0, 6, 0x10, 0]), number(0x0203, &cell), number(0x000A, &[])].concat();
    let mut far = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    far.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    assert_eq!(refused(&far.into_inner().into_inner()), Refusal::TooLarge { limit: 2_000_000 });
    assert_eq!(refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and nothing more"), Refusal::Broken);
}

#[test]
fn the_older_workbook_of_a_bank() {
    let taken = from(include_bytes!("fixtures/ccb.xls"));
    assert_eq!(taken.format.unwrap().code(), "ccb_xls");
    let told: Vec<_> = taken
        .transactions()
        .iter()
        .map(|t| (t.happened.at.to_rfc3339(), t.amount.to_string(), t.flow, t.counterparty.clone().unwrap()))
        .collect();
    let expected = [
        ("2025-01-01T08:07:59+08:00", "1418.39", Flow::Out, "示例消费金融"),
        ("2025-01-02T08:08:00+08:00", "3000.00", Flow::In, "张三"),
        ("2025-01-03T00:00:00+08:00", "28.16", Flow::Out, "=店"),
    ];
    let expected: Vec<_> = expected
        .map(|(at, amount, flow, who)| (at.to_owned(), amount.to_owned(), flow, who.to_owned()))
        .into();
    assert_eq!(told, expected);
    assert_eq!(taken.transactions()[0].balance.unwrap().to_string(), "8.88");
    assert_eq!(taken.reasons(), [Reason::Total]);
}

/// A workbook of one sheet with these records, its first part as any program writes it.
fn older_workbook(sheet: &[(u16, &[u8])]) -> Vec<u8> {
    let record = |kind: u16, data: &[u8]| {
        [&kind.to_le_bytes()[..], &u16::try_from(data.len()).unwrap().to_le_bytes(), data].concat()
    };
    let begin = |what: u8| record(0x0809, &[&[0, 6, what, 0][..], &[0; 12]].concat());
    let globals = |at: u32| {
        let bound = [&at.to_le_bytes()[..], &[0, 0, 1, 0, b'a']].concat();
        [begin(5), record(0x0085, &bound), record(0x000A, &[])].concat()
    };
    let at = u32::try_from(globals(0).len()).unwrap();
    let records: Vec<u8> = sheet.iter().flat_map(|(kind, data)| record(*kind, data)).collect();
    let stream = [globals(at), begin(16), records, record(0x000A, &[])].concat();
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.into_inner().into_inner()
}

#[test]
fn what_breaks_the_library_is_a_broken_workbook() {
    assert_eq!(refused(&older_workbook(&[])), Refusal::MappingNeeded, "a sheet without a cell");
    // A row of numbers whose last column lies before its first.
    let backwards = [&[1, 0, 9, 0][..], &[0; 6], &[2, 0]].concat();
    assert_eq!(refused(&older_workbook(&[(0x00BD, &backwards)])), Refusal::Broken);
    // A sheet that says it has four thousand million rows.
    let endless = [&[0; 4][..], &u32::MAX.to_le_bytes(), &[0, 0, 255, 0, 0, 0]].concat();
    assert_eq!(refused(&older_workbook(&[(0x0200, &endless)])), Refusal::Broken);
}

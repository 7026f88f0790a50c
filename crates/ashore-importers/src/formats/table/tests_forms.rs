//! Forms in which tables of other programs write days, amounts, directions and lines.

use ashore_domain::Precision;

use super::tests::only;
use crate::taken::{Taken, from};
use crate::{Flow, Reason, Transaction, says_repayment};

fn table(text: &str) -> Taken {
    from(text.as_bytes())
}

#[test]
fn what_pays_a_debt_is_known_even_where_it_counts_as_neither() {
    let alipay = "交易时间,交易分类,交易对方,对方账号,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注,\n\
        2025-02-01 10:00:00,信用借还,某呗,/,某呗主动还款-2025年02月账单,不计收支,1500.00,银行卡,还款成功,1\t,,,\n\
        2025-02-01 11:00:00,退款,某店,x,退款-还款多付,不计收支,20.00,余额,退款成功,2\t,,,\n\
        2025-02-01 12:00:00,投资理财,某宝,/,转入,不计收支,20.00,余额,交易成功,3\t,,,\n";
    let wechat = "交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注\n\
        2025-02-02 10:00:00,信用卡还款,某银行,\"/\",/,¥500.00,某银行(1234),支付成功,1,/,服务费¥0.50\n\
        2025-02-02 10:00:00,零钱提现,某银行,\"/\",/,¥500.00,某银行(1234),提现已到账,2,/,/\n";
    let repays = |text: &str| -> Vec<bool> {
        let says = |row: &&Transaction| {
            assert_eq!(row.flow, Flow::Neutral);
            let said = [&row.category, &row.description, &row.status];
            says_repayment(&said.into_iter().flatten().map(String::as_str).collect::<Vec<_>>())
        };
        table(text).transactions().iter().map(says).collect()
    };
    assert_eq!(repays(alipay), [true, false, false]);
    assert_eq!(repays(wechat), [true, false]);
}

#[test]
fn days_and_hours_as_programs_leave_them() {
    let rows = [
        ("45689", "2025-02-01T00:00:00+08:00", Precision::Day),
        ("45689.427083333", "2025-02-01T10:15:00+08:00", Precision::Second),
        ("2025年2月7日 上午10:05", "2025-02-07T10:05:00+08:00", Precision::Minute),
        ("2025-02-07 下午12:05:06", "2025-02-07T12:05:06+08:00", Precision::Second),
        ("2025-02-07 12:05 AM", "2025-02-07T00:05:00+08:00", Precision::Minute),
        ("2025-02-09T02:05:06Z", "2025-02-09T10:05:06+08:00", Precision::Second),
        ("2025-02-09T10:05:06.5", "2025-02-09T10:05:06+08:00", Precision::Second),
        ("20250203 91500", "2025-02-03T09:15:00+08:00", Precision::Second),
    ];
    let text: String = rows.iter().map(|(day, ..)| format!("{day},5.00,某某\n")).collect();
    let taken = table(&format!("日期,金额,对方\n{text}"));
    let told: Vec<_> =
        taken.transactions().iter().map(|t| (t.happened.at.to_rfc3339(), t.happened.precision)).collect();
    let expected: Vec<_> = rows.iter().map(|(_, at, precision)| ((*at).to_owned(), *precision)).collect();
    assert_eq!(told, expected);
    let unclear = ["02/08/2025", "99999", "12345", "2025-02-07 下午13:05", "2025-02-07 25:00"];
    let text: String = unclear.iter().map(|day| format!("{day},5.00,某某\n")).collect();
    let taken = table(&format!("日期,金额,对方\n2025-02-01,5.00,某\n{text}"));
    assert_eq!(taken.reasons(), [Reason::TimeUnreadable; 5]);
}

#[test]
fn signs_and_directions_of_other_tables() {
    let taken =
        table("日期,金额,对方\n2025-02-01,(123.45),某\n2025-02-02,1234.00-,某\n2025-02-03,12.00,某\n");
    let told: Vec<_> = taken.transactions().iter().map(|t| (t.amount.fen(), t.flow)).collect();
    assert_eq!(told, [(12_345, Flow::Out), (123_400, Flow::Out), (1_200, Flow::In)]);
    for broken in ["(-5.00)", "--5", "(5.00", "-5-"] {
        let taken = table(&format!("日期,金额,对方\n2025-02-01,1.00,某\n2025-02-02,{broken},某\n"));
        assert!(taken.transactions().len() == 1 && taken.reasons().len() == 1, "{broken}: {taken:?}");
    }
    let taken = table(
        "某银行\n交易时间,交易渠道,交易类型,收入/支出,交易金额,余额,对方,备注\n\
         2025-02-01 10:00:00,手机银行,转账,支出,1234.50,100.00,某某,x\n",
    );
    let only = only(&taken);
    assert_eq!((only.flow, only.counterparty.as_deref()), (Flow::Out, Some("某某")));
}

#[test]
fn separators_are_counted_outside_quotes_and_padding_is_none() {
    let taken = table(
        "\"明细\"\n\"交易日期\"\t,\"摘要\"\t,\"记账金额(收入)\"\t,\"记账金额(支出)\"\t,\"余额\"\t,\"对方户名\"\t\n\
         \"2025-02-01\"\t,\"还款\"\t,\t,\"1,234.50\"\t,\"5,000.00\"\t,\"某某\"\t\n",
    );
    assert_eq!(taken.format.as_ref().unwrap().code(), "icbc_csv");
    let one = only(&taken);
    assert_eq!((one.amount.fen(), one.flow, one.counterparty.as_deref()), (123_450, Flow::Out, Some("某某")));
}

#[test]
fn lines_that_end_with_a_return_alone_are_lines() {
    let taken = table("某银行\r日期,金额,对方\r2025-02-01,5.00,甲\r2025-02-02,6.00,乙\r");
    let told: Vec<_> = taken.transactions().iter().map(|t| t.amount.fen()).collect();
    assert_eq!((told, taken.format.unwrap().code().as_str()), (vec![500, 600], "table_csv"));
}

#[test]
fn a_mark_of_utf8_before_gbk_is_not_believed() {
    let (gbk, _, _) = encoding_rs::GB18030.encode("日期,金额,对方\n2025-02-01,5.00,某某\n");
    let taken = from(&[&b"\xEF\xBB\xBF"[..], &gbk].concat());
    assert_eq!(only(&taken).counterparty.as_deref(), Some("某某"));
}

#[test]
fn rows_of_which_no_column_tells_apart_are_told_apart_by_all_of_them() {
    let of = |who: &str| table(&format!("日期,金额,店\n2025-02-01,5.00,{who}\n")).items.remove(0).identity();
    assert_ne!(of("甲"), of("乙"));
    assert_eq!(of("甲"), of("甲"));
}

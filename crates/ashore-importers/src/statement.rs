//! Whose statement a table is: known by the names of its columns, wherever its header row stands.

use crate::Statement;

/// A statement and column names that its header row has, all of them, and that tell it from the others.
struct Signature {
    statement: Statement,
    columns: &'static [&'static str],
}

/// The first that fits counts: the more particular stand first.
const SIGNATURES: &[Signature] = &[
    Signature {
        statement: Statement::WeChat,
        columns: &["交易时间", "交易类型", "交易对方", "金额(元)", "当前状态"],
    },
    Signature {
        statement: Statement::Jd, columns: &["交易时间", "商户名称", "交易说明", "金额", "收/支"]
    },
    Signature {
        statement: Statement::Meituan,
        columns: &["交易创建时间", "交易成功时间", "订单标题", "收/支"],
    },
    Signature {
        statement: Statement::Alipay,
        columns: &["交易时间", "交易分类", "交易对方", "收/支", "金额"],
    },
    Signature {
        statement: Statement::Alipay,
        columns: &["交易创建时间", "交易对方", "商品名称", "金额（元）", "收/支"],
    },
    Signature {
        statement: Statement::CmbDebit, columns: &["记账日期", "交易金额", "联机余额", "交易摘要"]
    },
    Signature {
        statement: Statement::CmbCredit, columns: &["交易日", "记账日", "交易摘要", "人民币金额"]
    },
    Signature {
        statement: Statement::Boc, columns: &["记账日期", "币别", "金额", "余额", "交易名称"]
    },
    Signature {
        statement: Statement::Abc,
        columns: &["交易日期", "交易时间", "交易摘要", "交易金额", "本次余额"],
    },
    Signature { statement: Statement::Bocom, columns: &["交易日期", "借贷", "交易金额"] },
];

/// Whose statement has a header row of these cells.
pub(crate) fn by_header(cells: &[String]) -> Option<Statement> {
    let names: Vec<String> = cells.iter().map(|cell| column_name(cell)).collect();
    let fits = |signature: &&Signature| {
        signature.columns.iter().all(|wanted| names.iter().any(|name| *name == column_name(wanted)))
    };
    SIGNATURES.iter().find(fits).map(|signature| signature.statement)
}

/// A column's name with padding, width and brackets folded: `金额（元） ` is `金额(元)`.
pub(crate) fn column_name(cell: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    cell.nfkc().filter(|sign| !sign.is_whitespace() && *sign != '\u{feff}').collect()
}

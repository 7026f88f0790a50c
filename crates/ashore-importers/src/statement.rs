//! Whose statement a table is: known by the names of its columns, wherever its header row stands.

use unicode_normalization::UnicodeNormalization;

use crate::Statement;

/// Column names that the header row of a statement has, all of them, and that tell it from the others. The first that
/// fits counts.
const SIGNATURES: &[(Statement, &[&str])] = &[
    (Statement::WeChat, &["交易时间", "交易类型", "交易对方", "金额(元)", "当前状态"]),
    (Statement::Jd, &["交易时间", "商户名称", "交易说明", "金额", "收/支"]),
    (Statement::Meituan, &["交易创建时间", "交易成功时间", "订单标题", "收/支"]),
    (Statement::Alipay, &["交易时间", "交易分类", "交易对方", "收/支", "金额"]),
    (Statement::Alipay, &["交易创建时间", "交易对方", "商品名称", "收/支"]),
    (Statement::CmbDebit, &["记账日期", "交易金额", "联机余额", "交易摘要"]),
    (Statement::CmbCredit, &["交易日", "记账日", "交易摘要", "人民币金额"]),
    (Statement::Boc, &["记账日期", "币别", "金额", "余额", "交易名称"]),
    (Statement::Boc, &["交易日", "银行记账日", "交易描述", "存入", "支出"]),
    (Statement::Abc, &["交易日期", "交易时间", "交易摘要", "交易金额", "本次余额"]),
    (Statement::Bocom, &["交易日期", "借贷", "交易金额", "对方户名"]),
    (Statement::Bocom, &["交易日期", "记账日期", "交易说明", "交易币种/金额"]),
    (Statement::Icbc, &["交易日期", "摘要", "记账金额(收入)", "记账金额(支出)"]),
    (Statement::Ccb, &["记账日", "交易日期", "支出", "收入", "交易地点"]),
    (Statement::Ccb, &["交易日期", "支出", "收入", "账户余额", "交易地点/附言"]),
    (Statement::Cib, &["交易时间", "记账日", "支出", "收入", "账户余额", "对方银行"]),
    (Statement::Cgb, &["交易日期", "入账日期", "交易摘要", "入账金额", "入账货币"]),
    (Statement::Citic, &["交易日期", "入账日期", "交易描述", "卡末四位"]),
    (Statement::Spdb, &["交易摘要", "存入金额", "取出金额"]),
];

/// Whose statement has a header row of these cells.
pub(crate) fn by_header(cells: &[String]) -> Option<Statement> {
    if cells.len() < 3 {
        return None;
    }
    let names: Vec<String> = cells.iter().map(|cell| column_name(cell)).collect();
    let fits = |columns: &&[&str]| columns.iter().all(|wanted| names.iter().any(|name| name == wanted));
    SIGNATURES.iter().find(|(_, columns)| fits(columns)).map(|(statement, _)| *statement)
}

/// Card statements of debts: what is spent stands there without a sign, what comes back with a minus.
pub(crate) const fn of_credit_card(statement: Statement) -> bool {
    matches!(statement, Statement::CmbCredit | Statement::Cgb | Statement::Citic)
}

/// A column's name with padding, width, brackets and case folded: `金额（元） ` is `金额(元)`.
pub(crate) fn column_name(cell: &str) -> String {
    cell.nfkc()
        .filter(|sign| !sign.is_whitespace() && *sign != '\u{feff}')
        .flat_map(char::to_lowercase)
        .collect()
}

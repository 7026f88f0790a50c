//! Which column is what: told by a mapping, or suggested by the names that statements use.

use crate::statement::{column_name, of_credit_card};
use crate::{AmountColumns, Mapping, Statement};

/// Names a column may have, the most telling first.
const DATE: &[&str] = &[
    "交易日期",
    "交易日",
    "交易成功时间",
    "付款时间",
    "交易时间",
    "交易创建时间",
    "记账日期",
    "记账日",
    "入账日期",
    "日期",
    "时间",
    "支付时间",
    "date",
    "transactiondate",
    "datetime",
    "time",
];
const DATE_ELSE: &[&str] =
    &["交易创建时间", "记账日期", "记账日", "银行记账日", "入账日期", "入账日", "postingdate", "bookingdate"];
const TIME: &[&str] = &["交易时间", "记账时间", "时间", "time"];
const INCOME: &[&str] = &[
    "记账金额(收入)",
    "收入金额",
    "收入",
    "存入金额",
    "存入",
    "贷方发生额",
    "贷方金额",
    "贷方发生额(收入)",
    "转入金额",
    "交易金额(收入)",
    "收入(元)",
    "credit",
    "deposit",
    "income",
];
const EXPENSE: &[&str] = &[
    "记账金额(支出)",
    "支出金额",
    "支出",
    "取出金额",
    "取出",
    "借方发生额",
    "借方金额",
    "借方发生额(支取)",
    "支取金额",
    "转出金额",
    "交易金额(支出)",
    "支出(元)",
    "debit",
    "withdrawal",
    "expense",
];
const AMOUNT: &[&str] = &[
    "实付金额",
    "人民币金额",
    "入账金额",
    "记账金额",
    "入账币种/金额",
    "交易币种/金额",
    "交易金额",
    "金额(元)",
    "金额",
    "交易金额(元)",
    "发生额",
    "交易额",
    "支付金额",
    "订单金额",
    "amount",
    "amount(cny)",
    "value",
];
const DIRECTION: &[&str] = &[
    "收/支",
    "收支",
    "借贷",
    "借/贷",
    "借贷标志",
    "收支类型",
    "收付标志",
    "资金流向",
    "交易方向",
    "收入/支出",
    "支出/收入",
    "收支标志",
    "收支方向",
    "收/付",
    "收付",
    "借贷方向",
    "借贷标记",
    "借贷状态",
    "记账方向",
    "dr/cr",
    "direction",
    "type",
];
const COUNTERPARTY: &[&str] = &[
    "交易对方",
    "对方户名",
    "对方账户名",
    "对方名称",
    "对方姓名",
    "对手信息",
    "对手户名",
    "商户名称",
    "收款人",
    "交易商户",
    "对方",
    "对方信息",
    "对方账户名称",
    "对方帐户名",
    "对方账号与户名",
    "对方户名/账号",
    "对方账户户名",
    "对方单位",
    "交易对手",
    "对手方",
    "对手名称",
    "收/付款方",
    "收(付)方名称",
    "收款方",
    "商户",
    "counterparty",
    "payee",
    "merchant",
];
const ACCOUNT: &[&str] = &["对方账号", "对方账户", "对方卡号/账号", "对手账号", "对方卡号", "对方帐号"];
const OWN: &[&str] = &[
    "收/付款方式",
    "支付方式",
    "卡号末四位",
    "卡号后四位",
    "卡末四位",
    "借记卡号",
    "交易卡号",
    "付款方式",
    "account",
];
const CATEGORY: &[&str] = &["交易分类", "交易类型", "交易名称", "业务类型", "类型", "category"];
const DESCRIPTION: &[&str] = &[
    "商品说明",
    "商品名称",
    "商品",
    "订单标题",
    "交易说明",
    "交易描述",
    "交易摘要",
    "摘要",
    "交易详情",
    "用途",
    "说明",
    "交易地点",
    "description",
    "memo",
];
const STATUS: &[&str] = &["交易状态", "当前状态", "状态", "status"];
const ORDER: &[&str] = &[
    "交易订单号",
    "交易单号",
    "交易号",
    "交易流水号",
    "流水号",
    "核心流水号",
    "日志号",
    "参考号",
    "orderno",
    "reference",
];
const MERCHANT: &[&str] = &["商家订单号", "商户单号", "商户订单号", "商家单号"];
const BALANCE: &[&str] = &[
    "余额",
    "账户余额",
    "联机余额",
    "本次余额",
    "交易后余额",
    "交易余额",
    "可用余额",
    "余额(元)",
    "balance",
];
const CURRENCY: &[&str] =
    &["入账货币", "记账币种", "货币", "币种", "币别", "交易货币", "交易币种", "currency"];
const NOTE: &[&str] =
    &["备注", "附言", "交易附言", "客户摘要", "交易备注", "用途", "摘要", "交易场所", "note", "remark"];

/// The mapping that these column names suggest; `None` when no day or no amount is among them.
pub(crate) fn suggested(header: &[String], statement: Statement) -> Option<Mapping> {
    let names: Vec<String> = header.iter().map(|cell| column_name(cell)).collect();
    let mut used: Vec<usize> = Vec::new();
    let mut take = |wanted: &[&str]| -> Option<String> {
        let at = wanted
            .iter()
            .find_map(|w| names.iter().enumerate().position(|(at, name)| name == w && !used.contains(&at)))?;
        used.push(at);
        names.get(at).cloned()
    };
    let date = take(DATE)?;
    let date_else = take(DATE_ELSE);
    let time = take(TIME);
    let description = take(DESCRIPTION);
    let amount = match (take(INCOME), take(EXPENSE)) {
        (Some(income), Some(expense)) => AmountColumns::Split { income, expense },
        _ => {
            let amount = take(AMOUNT)?;
            match take(DIRECTION) {
                Some(direction) => AmountColumns::Directed { amount, direction },
                None if amount.ends_with("币种/金额") => AmountColumns::Described { amount },
                None => AmountColumns::Signed { amount, negative_is_in: of_credit_card(statement) },
            }
        }
    };
    Some(Mapping {
        sheet: None,
        date,
        date_else,
        time,
        amount,
        counterparty: take(COUNTERPARTY),
        counterparty_account: take(ACCOUNT),
        own_account: take(OWN),
        category: take(CATEGORY),
        description,
        order_no: take(ORDER),
        merchant_no: take(MERCHANT),
        balance: take(BALANCE),
        currency: take(CURRENCY),
        status: take(STATUS),
        note: take(NOTE),
    })
}

impl Mapping {
    /// The columns it names.
    pub(crate) fn columns(&self) -> impl Iterator<Item = &str> {
        let amounts: [Option<&str>; 2] = match &self.amount {
            AmountColumns::Signed { amount, .. } | AmountColumns::Described { amount } => {
                [Some(amount), None]
            }
            AmountColumns::Directed { amount, direction } => [Some(amount), Some(direction)],
            AmountColumns::Split { income, expense } => [Some(income), Some(expense)],
        };
        let rest = [
            &self.date_else,
            &self.time,
            &self.counterparty,
            &self.counterparty_account,
            &self.own_account,
            &self.category,
            &self.description,
            &self.order_no,
            &self.merchant_no,
            &self.balance,
            &self.currency,
            &self.status,
            &self.note,
        ];
        std::iter::once(self.date.as_str())
            .chain(amounts.into_iter().flatten())
            .chain(rest.into_iter().flatten().map(String::as_str))
    }
}

/// Places of the columns in a row.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    pub(super) date: usize,
    pub(super) date_else: Option<usize>,
    pub(super) time: Option<usize>,
    pub(super) amount: AmountPlaces,
    pub(super) counterparty: Option<usize>,
    pub(super) counterparty_account: Option<usize>,
    pub(super) own_account: Option<usize>,
    pub(super) category: Option<usize>,
    pub(super) description: Option<usize>,
    pub(super) order_no: Option<usize>,
    pub(super) merchant_no: Option<usize>,
    pub(super) balance: Option<usize>,
    pub(super) currency: Option<usize>,
    pub(super) status: Option<usize>,
    pub(super) note: Option<usize>,
    pub(super) days_lack_year: bool,
}

/// Places of amount and direction.
#[derive(Debug, Clone, Copy)]
pub(super) enum AmountPlaces {
    Signed(usize, bool),
    Directed(usize, usize),
    Split(usize, usize),
    Described(usize),
}

/// Where the mapping's columns stand in this row, if it is the header and has all of them.
pub(super) fn located(mapping: &Mapping, header: &[String]) -> Option<Columns> {
    let names: Vec<String> = header.iter().map(|cell| column_name(cell)).collect();
    let find = |wanted: &str| names.iter().position(|name| *name == column_name(wanted));
    // A column that is mapped must be there; `?` within says it is not.
    let maybe = |wanted: &Option<String>| -> Option<Option<usize>> {
        match wanted {
            Some(wanted) => find(wanted).map(Some),
            None => Some(None),
        }
    };
    let amount = match &mapping.amount {
        AmountColumns::Signed { amount, negative_is_in } => {
            AmountPlaces::Signed(find(amount)?, *negative_is_in)
        }
        AmountColumns::Directed { amount, direction } => {
            AmountPlaces::Directed(find(amount)?, find(direction)?)
        }
        AmountColumns::Split { income, expense } => AmountPlaces::Split(find(income)?, find(expense)?),
        AmountColumns::Described { amount } => AmountPlaces::Described(find(amount)?),
    };
    Some(Columns {
        date: find(&mapping.date)?,
        date_else: maybe(&mapping.date_else)?,
        time: maybe(&mapping.time)?,
        amount,
        counterparty: maybe(&mapping.counterparty)?,
        counterparty_account: maybe(&mapping.counterparty_account)?,
        own_account: maybe(&mapping.own_account)?,
        category: maybe(&mapping.category)?,
        description: maybe(&mapping.description)?,
        order_no: maybe(&mapping.order_no)?,
        merchant_no: maybe(&mapping.merchant_no)?,
        balance: maybe(&mapping.balance)?,
        currency: maybe(&mapping.currency)?,
        status: maybe(&mapping.status)?,
        note: maybe(&mapping.note)?,
        days_lack_year: mapping.date == "交易日" && find("人民币金额").is_some(),
    })
}

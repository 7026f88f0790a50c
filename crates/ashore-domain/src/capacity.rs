use chrono::NaiveDate;

use crate::{Money, Month};

/// 收支表: what comes in, what must go out, what is kept back (domain §8). Amounts are not negative.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Worksheet {
    /// The day it speaks of, when it was saved.
    pub as_of: Option<NaiveDate>,
    /// Income.
    pub income: Vec<Income>,
    /// Expenses.
    pub expenses: Vec<Expense>,
    /// Debts that come before all online loans.
    pub priority: Vec<PriorityPayment>,
    /// What the contracts ask for in a month.
    pub contract_payments: Option<Money>,
    /// 应急金 a month; absent means 10 % of essential expenses.
    pub buffer: Option<Money>,
    /// Known changes.
    pub changes: Vec<CapacityChange>,
    /// People who depend on the income.
    pub dependants: Vec<Dependant>,
    /// What is owned.
    pub assets: Vec<Asset>,
}

/// How often an amount comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Frequency {
    /// Every month.
    Month,
    /// Every week: × 52 / 12.
    Week,
    /// Every two weeks: × 26 / 12.
    Biweek,
    /// Once a year: / 12.
    Year,
    /// Once, in this month only.
    Once(Month),
}

/// How sure an income is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Certainty {
    /// The same every time.
    Fixed,
    /// It varies.
    Variable,
    /// It comes once.
    OneOff,
}

/// One income.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Income {
    /// What it is.
    pub name: String,
    /// Net amount.
    pub amount: Money,
    /// How often.
    pub every: Frequency,
    /// How sure.
    pub certainty: Certainty,
}

/// How an expense may be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExpenseClass {
    /// 必要支出.
    Essential,
    /// 其他支出.
    Flexible,
    /// Comes a few times a year.
    Irregular,
}

/// One expense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expense {
    /// What it is.
    pub name: String,
    /// Class.
    pub class: ExpenseClass,
    /// Amount.
    pub amount: Money,
    /// How often.
    pub every: Frequency,
}

/// A debt that comes first: rent arrears, mortgage, maintenance, court orders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriorityPayment {
    /// What it is.
    pub name: String,
    /// Amount.
    pub amount: Money,
    /// How often.
    pub every: Frequency,
}

/// A change that is known in advance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapacityChange {
    /// First month.
    pub from: Month,
    /// Last month; open when absent.
    pub to: Option<Month>,
    /// Added to income; may be negative.
    pub income: Money,
    /// Added to expenses; may be negative.
    pub expense: Money,
}

/// Someone who depends on the income.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dependant {
    /// Relation.
    pub relation: String,
    /// Age, when stated.
    pub age: Option<u8>,
}

/// What may happen to an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AssetUse {
    /// Could be sold or drawn.
    CouldSell,
    /// Must be kept: needed to live or to earn.
    MustKeep,
}

/// Something owned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// What it is.
    pub name: String,
    /// Its value.
    pub value: Money,
    /// What may happen to it.
    pub r#use: AssetUse,
}

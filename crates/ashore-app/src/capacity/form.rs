use ashore_domain::{Asset, Dependant, Expense, Frequency, Income, Month, PriorityPayment, Worksheet};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::words::{AssetUse, Certainty, ExpenseClass};
use crate::{AppError, ErrorCode, input};

/// The worksheet as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // the domain's `Worksheet` explains them
pub struct CapacityForm {
    pub income: Vec<IncomeForm>,
    pub expenses: Vec<ExpenseForm>,
    pub priority: Vec<PriorityForm>,
    /// Kept back a month; 10 % of essential expenses when absent.
    pub buffer: Option<String>,
    pub dependants: Vec<DependantForm>,
    pub assets: Vec<AssetForm>,
}

/// How often an amount comes or goes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Every {
    #[default]
    Month,
    Week,
    Biweek,
    Year,
    Once,
}

/// One income.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct IncomeForm {
    pub name: String,
    pub amount: String,
    #[serde(default)]
    pub every: Every,
    /// The month of an amount that comes once.
    #[serde(default)]
    pub on: Option<String>,
    pub certainty: Certainty,
}

/// One expense.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct ExpenseForm {
    pub name: String,
    pub class: ExpenseClass,
    pub amount: String,
    #[serde(default)]
    pub every: Every,
    #[serde(default)]
    pub on: Option<String>,
}

/// A debt that comes first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PriorityForm {
    pub name: String,
    pub amount: String,
    #[serde(default)]
    pub every: Every,
}

/// Someone who depends on the income.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DependantForm {
    pub relation: String,
    #[serde(default)]
    pub age: Option<u8>,
}

/// Something owned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct AssetForm {
    pub name: String,
    pub value: String,
    pub r#use: AssetUse,
}

/// More lines than any household has.
const LINES_MAX: usize = 200;

fn frequency(field: &str, every: Every, on: Option<&str>) -> Result<Frequency, AppError> {
    Ok(match every {
        Every::Month => Frequency::Month,
        Every::Week => Frequency::Week,
        Every::Biweek => Frequency::Biweek,
        Every::Year => Frequency::Year,
        Every::Once => {
            let month: Option<Month> = on.and_then(|text| text.parse().ok());
            Frequency::Once(month.ok_or_else(|| {
                AppError::field(ErrorCode::DateImpossible, field, "which month? write it as 2026-11")
            })?)
        }
    })
}

fn every(frequency: Frequency) -> (Every, Option<String>) {
    match frequency {
        Frequency::Month => (Every::Month, None),
        Frequency::Week => (Every::Week, None),
        Frequency::Biweek => (Every::Biweek, None),
        Frequency::Year => (Every::Year, None),
        Frequency::Once(month) => (Every::Once, Some(month.to_string())),
    }
}

impl CapacityForm {
    /// Reads every line or names the first that cannot be, as `income.2.amount`.
    pub(crate) fn read(&self, as_of: NaiveDate) -> Result<Worksheet, AppError> {
        let lists = [
            ("income", self.income.len()),
            ("expenses", self.expenses.len()),
            ("priority", self.priority.len()),
            ("dependants", self.dependants.len()),
            ("assets", self.assets.len()),
        ];
        if let Some((list, _)) = lists.iter().find(|(_, lines)| *lines > LINES_MAX) {
            let message = format!("at most {LINES_MAX} lines");
            return Err(AppError::field(ErrorCode::CountOutOfRange, list, message));
        }
        let at = |list: &str, index: usize, field: &str| format!("{list}.{index}.{field}");
        let mut sheet = Worksheet { as_of: Some(as_of), ..Worksheet::default() };
        for (i, line) in self.income.iter().enumerate() {
            sheet.income.push(Income {
                name: input::line(&at("income", i, "name"), &line.name)?,
                amount: input::amount(&at("income", i, "amount"), &line.amount)?,
                every: frequency(&at("income", i, "on"), line.every, line.on.as_deref())?,
                certainty: line.certainty.into(),
            });
        }
        for (i, line) in self.expenses.iter().enumerate() {
            sheet.expenses.push(Expense {
                name: input::line(&at("expenses", i, "name"), &line.name)?,
                class: line.class.into(),
                amount: input::amount(&at("expenses", i, "amount"), &line.amount)?,
                every: frequency(&at("expenses", i, "on"), line.every, line.on.as_deref())?,
            });
        }
        for (i, line) in self.priority.iter().enumerate() {
            sheet.priority.push(PriorityPayment {
                name: input::line(&at("priority", i, "name"), &line.name)?,
                amount: input::amount(&at("priority", i, "amount"), &line.amount)?,
                every: frequency(&at("priority", i, "every"), line.every, None)?,
            });
        }
        for (i, line) in self.dependants.iter().enumerate() {
            let relation = input::line(&at("dependants", i, "relation"), &line.relation)?;
            sheet.dependants.push(Dependant { relation, age: line.age });
        }
        for (i, line) in self.assets.iter().enumerate() {
            sheet.assets.push(Asset {
                name: input::line(&at("assets", i, "name"), &line.name)?,
                value: input::amount(&at("assets", i, "value"), &line.value)?,
                r#use: line.r#use.into(),
            });
        }
        sheet.buffer = input::amount_or_none("buffer", self.buffer.as_deref())?;
        Ok(sheet)
    }

    /// A stored worksheet as a form again.
    pub(super) fn of(sheet: &Worksheet) -> Self {
        let income = sheet.income.iter().map(|line| {
            let (every, on) = every(line.every);
            let (name, amount) = (line.name.clone(), line.amount.to_string());
            IncomeForm { name, amount, every, on, certainty: line.certainty.into() }
        });
        let expenses = sheet.expenses.iter().map(|line| {
            let (every, on) = every(line.every);
            let (name, amount) = (line.name.clone(), line.amount.to_string());
            ExpenseForm { name, class: line.class.into(), amount, every, on }
        });
        let priority = sheet.priority.iter().map(|line| PriorityForm {
            name: line.name.clone(),
            amount: line.amount.to_string(),
            every: every(line.every).0,
        });
        let dependants =
            sheet.dependants.iter().map(|d| DependantForm { relation: d.relation.clone(), age: d.age });
        let assets = sheet.assets.iter().map(|a| AssetForm {
            name: a.name.clone(),
            value: a.value.to_string(),
            r#use: a.r#use.into(),
        });
        Self {
            income: income.collect(),
            expenses: expenses.collect(),
            priority: priority.collect(),
            buffer: sheet.buffer.map(|b| b.to_string()),
            dependants: dependants.collect(),
            assets: assets.collect(),
        }
    }
}

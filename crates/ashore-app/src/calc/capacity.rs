use ashore_domain as d;
use ashore_domain::{CapacityChange, Expense, Frequency, Income, Money, PriorityPayment, Worksheet, limits};
use ashore_engine::explain::explain_capacity;
use ashore_engine::{CapacityFinding, CapacityResult, CapacityStatus, monthly_capacity};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::capacity::Every;
use crate::wire::{Amount, Explained, Share, YearMonth, read};
use crate::words::{Certainty, ExpenseClass};
use crate::{AppError, ErrorCode};

/// Lines of one kind: far more than any household has.
const LINES_MAX: usize = 1_000;

/// A worksheet and the months to look at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CapacityQuestion {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    first_month: String,
    months: i64,
    #[serde(default)]
    income: Vec<IncomeLine>,
    #[serde(default)]
    expenses: Vec<ExpenseLine>,
    #[serde(default)]
    priority: Vec<PriorityLine>,
    contract_payments: Option<String>,
    buffer: Option<String>,
    #[serde(default)]
    changes: Vec<ChangeLine>,
    #[serde(default)]
    explain: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IncomeLine {
    amount: String,
    every: Every,
    on: Option<String>,
    certainty: Certainty,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpenseLine {
    class: ExpenseClass,
    amount: String,
    every: Every,
    on: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PriorityLine {
    amount: String,
    every: Every,
    on: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChangeLine {
    from: String,
    to: Option<String>,
    income: Option<String>,
    expense: Option<String>,
}

#[derive(Serialize)]
pub(super) struct CapacityAnswer {
    status: Status,
    net_income: Amount,
    essential: Amount,
    buffer: Amount,
    surplus: Amount,
    capacity: Amount,
    by_month: Vec<MonthAnswer>,
    ratios: Ratios,
    findings: Vec<FindingAnswer>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    CanPayContract,
    NeedsRelief,
    CannotPay,
}

#[derive(Serialize)]
struct MonthAnswer {
    month: YearMonth,
    capacity: Amount,
}

#[derive(Serialize)]
struct Ratios {
    dti: Option<Share>,
    essential_ratio: Option<Share>,
}

#[derive(Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
enum FindingAnswer {
    ContractPaymentsMissing,
    NoRecurringIncome,
    OneOffWithoutMonth { income: usize },
    NothingLeftIn { month: YearMonth },
}

pub(super) fn capacity(question: CapacityQuestion) -> Result<Explained<CapacityAnswer>, AppError> {
    let months = read::count("months", question.months, 1, limits::TERMS_MAX)?;
    let first_month = read::month("first_month", &question.first_month)?;
    let worksheet = question.worksheet()?;
    let result = monthly_capacity(&worksheet, first_month, months);
    let explained = question.explain.then(|| explain_capacity(&worksheet, &result));
    Ok(Explained::new(result.into(), explained))
}

impl CapacityQuestion {
    fn worksheet(&self) -> Result<Worksheet, AppError> {
        for (field, lines) in [
            ("income", self.income.len()),
            ("expenses", self.expenses.len()),
            ("priority", self.priority.len()),
            ("changes", self.changes.len()),
        ] {
            if lines > LINES_MAX {
                return Err(AppError::field(
                    ErrorCode::CountOutOfRange,
                    field,
                    format!("at most {LINES_MAX}"),
                ));
            }
        }
        let not_negative = |field: &str, text: &Option<String>| {
            text.as_deref().map(|text| read::not_negative(field, text)).transpose()
        };
        Ok(Worksheet {
            income: each("income", &self.income, IncomeLine::read)?,
            expenses: each("expenses", &self.expenses, ExpenseLine::read)?,
            priority: each("priority", &self.priority, PriorityLine::read)?,
            contract_payments: not_negative("contract_payments", &self.contract_payments)?,
            buffer: not_negative("buffer", &self.buffer)?,
            changes: each("changes", &self.changes, ChangeLine::read)?,
            ..Worksheet::default()
        })
    }
}

/// Every line read, the wrong one named by its place.
fn each<L, T>(
    field: &str,
    lines: &[L],
    read: impl Fn(&L, &str) -> Result<T, AppError>,
) -> Result<Vec<T>, AppError> {
    lines.iter().enumerate().map(|(i, line)| read(line, &format!("{field}[{i}]"))).collect()
}

impl IncomeLine {
    fn read(&self, at: &str) -> Result<Income, AppError> {
        Ok(Income {
            name: String::new(),
            amount: read::not_negative(&format!("{at}.amount"), &self.amount)?,
            every: frequency(at, self.every, self.on.as_deref())?,
            certainty: d::Certainty::from(self.certainty),
        })
    }
}

impl ExpenseLine {
    fn read(&self, at: &str) -> Result<Expense, AppError> {
        Ok(Expense {
            name: String::new(),
            class: d::ExpenseClass::from(self.class),
            amount: read::not_negative(&format!("{at}.amount"), &self.amount)?,
            every: frequency(at, self.every, self.on.as_deref())?,
        })
    }
}

impl PriorityLine {
    fn read(&self, at: &str) -> Result<PriorityPayment, AppError> {
        Ok(PriorityPayment {
            name: String::new(),
            amount: read::not_negative(&format!("{at}.amount"), &self.amount)?,
            every: frequency(at, self.every, self.on.as_deref())?,
        })
    }
}

impl ChangeLine {
    fn read(&self, at: &str) -> Result<CapacityChange, AppError> {
        let from = read::month(&format!("{at}.from"), &self.from)?;
        let to = self.to.as_deref().map(|text| read::month(&format!("{at}.to"), text)).transpose()?;
        if to.is_some_and(|to| to < from) {
            return Err(AppError::field(ErrorCode::DateOrder, &format!("{at}.to"), "lies before from"));
        }
        // A change may say that it is one: `+500.00`.
        let signed = |name: &str, text: &Option<String>| {
            let Some(text) = text.as_deref() else { return Ok(Money::ZERO) };
            let unsigned =
                text.strip_prefix('+').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            read::amount(&format!("{at}.{name}"), unsigned.unwrap_or(text))
        };
        Ok(CapacityChange {
            from,
            to,
            income: signed("income", &self.income)?,
            expense: signed("expense", &self.expense)?,
        })
    }
}

fn frequency(at: &str, every: Every, on: Option<&str>) -> Result<Frequency, AppError> {
    let field = format!("{at}.on");
    match (every, on) {
        (Every::Once, Some(month)) => Ok(Frequency::Once(read::month(&field, month)?)),
        (Every::Once, None) => Err(AppError::field(ErrorCode::FieldMissing, &field, "which month?")),
        (_, Some(_)) => {
            Err(AppError::field(ErrorCode::BadRequest, &field, "only for amounts that come once"))
        }
        (Every::Month, None) => Ok(Frequency::Month),
        (Every::Week, None) => Ok(Frequency::Week),
        (Every::Biweek, None) => Ok(Frequency::Biweek),
        (Every::Year, None) => Ok(Frequency::Year),
    }
}

impl From<CapacityResult> for CapacityAnswer {
    fn from(result: CapacityResult) -> Self {
        Self {
            status: match result.status {
                CapacityStatus::CanPayContract => Status::CanPayContract,
                CapacityStatus::NeedsRelief => Status::NeedsRelief,
                CapacityStatus::CannotPay => Status::CannotPay,
            },
            net_income: result.net_income.into(),
            essential: result.essential.into(),
            buffer: result.buffer.into(),
            surplus: result.surplus.into(),
            capacity: result.capacity.into(),
            by_month: result
                .by_month
                .iter()
                .map(|m| MonthAnswer { month: YearMonth(m.month), capacity: m.capacity.into() })
                .collect(),
            ratios: Ratios { dti: result.dti.map(Share), essential_ratio: result.essential_ratio.map(Share) },
            findings: result.findings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<CapacityFinding> for FindingAnswer {
    fn from(finding: CapacityFinding) -> Self {
        match finding {
            CapacityFinding::ContractPaymentsMissing => Self::ContractPaymentsMissing,
            CapacityFinding::NoRecurringIncome => Self::NoRecurringIncome,
            CapacityFinding::OneOffWithoutMonth { income } => Self::OneOffWithoutMonth { income },
            CapacityFinding::NothingLeftIn { month } => Self::NothingLeftIn { month: YearMonth(month) },
        }
    }
}

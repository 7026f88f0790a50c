use ashore_domain::{ExpenseClass, Money, Month, Worksheet};
use ashore_engine::{CapacityFinding, CapacityStatus, monthly_capacity};
use serde::Serialize;
use specta::Type;

use super::CapacityForm;
use crate::AppError;
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};

/// The worksheet and what it leaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CapacityView {
    /// The lines.
    pub form: CapacityForm,
    /// The day it was stated.
    pub as_of: Option<String>,
    /// `can_pay_contract`, `needs_relief` or `cannot_pay`.
    pub status: String,
    /// Sums of the lines a month, by the engine.
    pub totals: CapacityLineTotals,
    /// What can be paid on the online loans a month.
    pub capacity: Yuan,
    /// Income less everything, before it is cut off at zero.
    pub surplus: Yuan,
    /// What the contracts and agreements ask for in the coming month.
    pub contract_payments: Yuan,
    /// How much of that is missing; absent when nothing is.
    pub short: Option<Yuan>,
    /// Month by month, twelve months from this one.
    pub by_month: Vec<MonthCapacityView>,
    /// What the reader should know, as codes.
    pub findings: Vec<String>,
}

/// Sums of the lines, a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct CapacityLineTotals {
    pub income: Yuan,
    pub essential: Yuan,
    /// Flexible and irregular expenses.
    pub other: Yuan,
    pub priority: Yuan,
    pub buffer: Yuan,
}

/// One month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct MonthCapacityView {
    pub month: String,
    pub capacity: Yuan,
}

const fn code_of(finding: &CapacityFinding) -> &'static str {
    match finding {
        CapacityFinding::ContractPaymentsMissing => "contract_payments_missing",
        CapacityFinding::NoRecurringIncome => "no_recurring_income",
        CapacityFinding::OneOffWithoutMonth { .. } => "one_off_without_month",
        CapacityFinding::NothingLeftIn { .. } => "nothing_left_in",
    }
}

pub(super) const MONTHS_SHOWN: u16 = 12;

impl App<Unlocked> {
    /// The worksheet as last stated; `None` before the first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn capacity(&self) -> Result<Option<CapacityView>, AppError> {
        self.state.vault.latest_capacity()?.map(|sheet| self.capacity_of(&sheet)).transpose()
    }

    pub(super) fn capacity_of(&self, sheet: &Worksheet) -> Result<CapacityView, AppError> {
        let month = Month::of(self.clock.today());
        let contract = self.dues_in(month.plus(1))?;
        let asked = Worksheet { contract_payments: Some(contract), ..sheet.clone() };
        let result = monthly_capacity(&asked, month, MONTHS_SHOWN);
        let only = |keep: fn(ExpenseClass) -> bool| {
            let mut part = sheet.clone();
            part.expenses.retain(|e| keep(e.class));
            part.priority.clear();
            part.buffer = Some(Money::ZERO);
            let left = monthly_capacity(&part, month, 1);
            left.net_income - left.surplus
        };
        let other = only(|class| class != ExpenseClass::Essential);
        let priority = result.net_income - result.essential - other - result.buffer - result.surplus;
        let status = match result.status {
            CapacityStatus::CanPayContract => "can_pay_contract",
            CapacityStatus::NeedsRelief => "needs_relief",
            CapacityStatus::CannotPay => "cannot_pay",
        };
        let short = contract - result.capacity;
        Ok(CapacityView {
            form: CapacityForm::of(sheet),
            as_of: sheet.as_of.map(day),
            status: status.to_owned(),
            totals: CapacityLineTotals {
                income: result.net_income.into(),
                essential: result.essential.into(),
                other: other.into(),
                priority: priority.into(),
                buffer: result.buffer.into(),
            },
            capacity: result.capacity.into(),
            surplus: result.surplus.into(),
            contract_payments: contract.into(),
            short: short.is_positive().then(|| short.into()),
            by_month: result
                .by_month
                .iter()
                .map(|m| MonthCapacityView { month: m.month.to_string(), capacity: m.capacity.into() })
                .collect(),
            findings: result.findings.iter().map(|f| code_of(f).to_owned()).collect(),
        })
    }
}

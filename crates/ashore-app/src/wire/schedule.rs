use ashore_domain::{Instalment, LoanTerms, Totals};
use ashore_engine::{Amortised, RateFound, loan_cost};
use serde::Serialize;

use super::loan::Per;
use super::{Amount, CostShape, Day, FindingShape};
use crate::words::Method;

/// A schedule with its totals and what it costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // see the contract of the command line
pub struct ScheduleShape {
    pub received: Amount,
    pub rows: Vec<RowShape>,
    pub totals: TotalsShape,
    pub cost: CostShape,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate_found: Option<RateFoundShape>,
    pub findings: Vec<FindingShape>,
}

/// One row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct RowShape {
    pub term: u16,
    pub due: Day,
    pub principal: Amount,
    pub interest: Amount,
    pub fees: Amount,
    pub payment: Amount,
    pub balance: Amount,
}

/// Sums over the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct TotalsShape {
    pub principal: Amount,
    pub interest: Amount,
    pub fees: Amount,
    pub payment: Amount,
}

/// The rate that a payment tells: every rate from `lowest` to `highest` gives that payment to the fen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct RateFoundShape {
    pub method: Method,
    pub value: String,
    pub per: Per,
    pub lowest: String,
    pub highest: String,
}

impl ScheduleShape {
    /// What `amortise` gave for `terms`, ready to write.
    #[must_use]
    pub fn new(terms: &LoanTerms, amortised: Amortised) -> Self {
        Self {
            received: terms.received().into(),
            rows: amortised.schedule.rows().iter().map(Into::into).collect(),
            totals: amortised.schedule.totals().into(),
            cost: loan_cost(terms, &amortised.schedule).into(),
            rate_found: amortised.rate_found.map(Into::into),
            findings: amortised.findings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<&Instalment> for RowShape {
    fn from(row: &Instalment) -> Self {
        Self {
            term: row.term,
            due: row.due.into(),
            principal: row.principal.into(),
            interest: row.interest.into(),
            fees: row.fees.into(),
            payment: row.payment().into(),
            balance: row.balance.into(),
        }
    }
}

impl From<Totals> for TotalsShape {
    fn from(totals: Totals) -> Self {
        Self {
            principal: totals.principal.into(),
            interest: totals.interest.into(),
            fees: totals.fees.into(),
            payment: totals.payment.into(),
        }
    }
}

impl From<RateFound> for RateFoundShape {
    fn from(found: RateFound) -> Self {
        Self {
            method: found.method.into(),
            value: found.rate.value().to_string(),
            per: found.rate.per().into(),
            lowest: found.lowest.to_string(),
            highest: found.highest.to_string(),
        }
    }
}

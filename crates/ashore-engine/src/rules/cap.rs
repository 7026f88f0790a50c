use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{LprAt, LprTable, Rule, Span};

/// The day whose LPR a limit is a multiple of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LprDay {
    /// The day of the contract.
    Contract,
    /// The day of the question.
    AsOf,
}

/// How high a line lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CapLimit {
    /// A fraction a year.
    PerYear(Decimal),
    /// So many times the one-year LPR.
    TimesLpr {
        /// How many.
        times: Decimal,
        /// Of which day.
        day: LprDay,
    },
    /// The row states no rate.
    None,
}

/// What a row is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CapRole {
    /// Loans are measured against it.
    Line,
    /// Shown, never a test of one loan.
    Information,
    /// Says to whom another row does not apply.
    Exemption,
    /// Says what must be shown to the borrower.
    Disclosure,
}

/// A row on what a loan may cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CostCap {
    /// What the row says about itself.
    pub rule: Rule,
    /// How high the line lies.
    pub limit: CapLimit,
    /// What the row is for.
    pub role: CapRole,
    /// Days of the loan's life to which it applies.
    pub accrues: Span,
}

impl CostCap {
    /// The line as a fraction a year, with the LPR it rests on; `None` when the row states none or no LPR is known.
    #[must_use]
    pub fn rate(
        &self,
        lpr: &LprTable,
        contract: NaiveDate,
        as_of: NaiveDate,
    ) -> Option<(Decimal, Option<LprAt>)> {
        match self.limit {
            CapLimit::PerYear(rate) => Some((rate, None)),
            CapLimit::TimesLpr { times, day } => {
                let day = match day {
                    LprDay::Contract => contract,
                    LprDay::AsOf => as_of,
                };
                let at = lpr.at(day)?;
                Some((at.one_year.checked_mul(times)?.normalize(), Some(at)))
            }
            CapLimit::None => None,
        }
    }
}

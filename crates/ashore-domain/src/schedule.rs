use chrono::NaiveDate;

use crate::{Instalment, Money};

/// Every `Schedule` ties out: the principal of its rows equals the loan's to the fen, balances run down to zero,
/// terms count 1, 2, 3 …, dues strictly ascend and no part of any row is negative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    principal: Money,
    rows: Vec<Instalment>,
}

/// Why rows are no schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ScheduleError {
    /// No rows at all.
    #[error("a schedule needs at least one row")]
    Empty,
    /// A part of a row is below zero.
    #[error("row {term} has a negative amount")]
    Negative {
        /// The row, from 1.
        term: usize,
    },
    /// A due that is not after the one before.
    #[error("row {term} falls due on {due}, not after the row before")]
    DuesNotAscending {
        /// The row, from 1.
        term: usize,
        /// Its due.
        due: NaiveDate,
    },
    /// The rows repay more or less than was lent.
    #[error("the rows repay {rows} of principal, the loan is {principal}")]
    DoesNotTieOut {
        /// Principal over all rows.
        rows: Money,
        /// Principal of the loan.
        principal: Money,
    },
}

/// Sums over a schedule's rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Σ principal.
    pub principal: Money,
    /// Σ interest.
    pub interest: Money,
    /// Σ row fees; upfront fees are in no row.
    pub fees: Money,
    /// Σ payments.
    pub payment: Money,
}

impl Schedule {
    /// The only way to a schedule; each row gives `(due, principal, interest, fees)`.
    ///
    /// # Errors
    /// The first thing that keeps the rows from tying out.
    pub fn new<I>(principal: Money, rows: I) -> Result<Self, ScheduleError>
    where
        I: IntoIterator<Item = (NaiveDate, Money, Money, Money)>,
    {
        let mut built: Vec<Instalment> = Vec::new();
        let mut repaid = Money::ZERO;
        for (index, (due, part, interest, fees)) in rows.into_iter().enumerate() {
            let term = index + 1;
            if part.is_negative() || interest.is_negative() || fees.is_negative() {
                return Err(ScheduleError::Negative { term });
            }
            if built.last().is_some_and(|before| due <= before.due) {
                return Err(ScheduleError::DuesNotAscending { term, due });
            }
            repaid += part;
            let balance = principal - repaid;
            let term = u16::try_from(term).unwrap_or(u16::MAX);
            built.push(Instalment { term, due, principal: part, interest, fees, balance });
        }
        if built.is_empty() {
            return Err(ScheduleError::Empty);
        }
        if repaid != principal {
            return Err(ScheduleError::DoesNotTieOut { rows: repaid, principal });
        }
        Ok(Self { principal, rows: built })
    }

    /// What the rows repay.
    #[must_use]
    pub const fn principal(&self) -> Money {
        self.principal
    }

    /// The rows, oldest first; never empty.
    #[must_use]
    pub fn rows(&self) -> &[Instalment] {
        &self.rows
    }

    /// Sums over all rows.
    #[must_use]
    pub fn totals(&self) -> Totals {
        self.rows.iter().fold(Totals::default(), |sum, row| Totals {
            principal: sum.principal + row.principal,
            interest: sum.interest + row.interest,
            fees: sum.fees + row.fees,
            payment: sum.payment + row.payment(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(due: &str, principal: i64) -> (NaiveDate, Money, Money, Money) {
        (due.parse().unwrap(), Money::from_fen(principal), Money::ZERO, Money::ZERO)
    }

    #[test]
    fn only_rows_that_tie_out_become_a_schedule() {
        let loan = Money::from_fen(300);
        let whole = Schedule::new(loan, [row("2026-01-31", 100), row("2026-02-28", 200)]).unwrap();
        assert_eq!(whole.rows()[0].balance, Money::from_fen(200));
        assert_eq!(whole.rows()[1].balance, Money::ZERO);
        assert_eq!(Schedule::new(loan, []), Err(ScheduleError::Empty));
        assert_eq!(
            Schedule::new(loan, [row("2026-01-31", 299)]),
            Err(ScheduleError::DoesNotTieOut { rows: Money::from_fen(299), principal: loan })
        );
        assert_eq!(Schedule::new(loan, [row("2026-01-31", -1)]), Err(ScheduleError::Negative { term: 1 }));
        assert!(matches!(
            Schedule::new(loan, [row("2026-01-31", 100), row("2026-01-31", 200)]),
            Err(ScheduleError::DuesNotAscending { term: 2, .. })
        ));
    }
}

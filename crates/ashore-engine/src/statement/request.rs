use ashore_domain::{Bucket, CustomRow, LoanTerms, Money, StatedBalance};
use chrono::NaiveDate;

/// What a statement is computed from.
#[derive(Debug, Clone)]
pub struct StatementRequest<'a> {
    /// The contract's terms; `None` when only the lender's stated balance is known.
    pub terms: Option<&'a LoanTerms>,
    /// The lender's stated balance, when the figures begin there.
    pub opening: Option<StatedBalance>,
    /// Payments, in any order; those of one day count in the order given.
    pub payments: &'a [DatedPayment],
    /// Waivers and agreed new schedules, in any order; those of one day count in the order given.
    pub changes: &'a [Change],
    /// The day the statement speaks of.
    pub as_of: NaiveDate,
    /// 加速到期: the day from which all later rows are due at once.
    pub acceleration_on: Option<NaiveDate>,
}

/// A payment as far as arithmetic cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DatedPayment {
    /// The civil day it was made.
    pub on: NaiveDate,
    /// How much; above zero.
    pub amount: Money,
}

/// Something the parties agreed that changes what is owed from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The lender gave something up. It reaches what is due, oldest first; principal also what is not yet due.
    Waive {
        /// From which day.
        on: NaiveDate,
        /// How much of which bucket.
        amounts: Vec<(Bucket, Money)>,
    },
    /// A new schedule replaces every unpaid row.
    Reschedule {
        /// From which day.
        on: NaiveDate,
        /// The agreed rows; dues ascend and none lies before `on`.
        rows: Vec<CustomRow>,
    },
}

impl Change {
    /// The day it takes effect.
    #[must_use]
    pub const fn on(&self) -> NaiveDate {
        match self {
            Self::Waive { on, .. } | Self::Reschedule { on, .. } => *on,
        }
    }
}

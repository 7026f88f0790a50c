use ashore_domain::{Bucket, Money};
use chrono::NaiveDate;

use crate::AmortiseError;
use crate::accrual::DailyRateError;

/// Why there is no statement; each variant names the field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// Neither terms nor a stated balance.
    #[error("loan: its terms or an opening balance are needed")]
    NothingKnown,
    /// The terms yield no schedule.
    #[error(transparent)]
    Schedule(#[from] AmortiseError),
    /// The penalty has no daily rate.
    #[error(transparent)]
    DailyRate(#[from] DailyRateError),
    /// Before there was anything to state.
    #[error("as_of: nothing is known before {begins}")]
    AsOfTooEarly {
        /// Disbursement, or the day of the stated balance.
        begins: NaiveDate,
    },
    /// A bucket of the stated balance below zero.
    #[error("opening: no amount is negative")]
    OpeningNegative,
    /// A stated balance from before the money came.
    #[error("opening.as_of: the loan begins on {begins}")]
    OpeningTooEarly {
        /// Disbursement.
        begins: NaiveDate,
    },
    /// A payment of nothing or less.
    #[error("payments[{index}].amount: must be above zero")]
    PaymentNotPositive {
        /// Which, from 0.
        index: usize,
    },
    /// More payments than anyone makes.
    #[error("payments: at most 5,000")]
    TooManyPayments,
    /// A waiver of less than nothing.
    #[error("changes[{index}].waive: no amount is negative")]
    WaiverNegative {
        /// Which, from 0.
        index: usize,
    },
    /// An agreed schedule that is none.
    #[error(
        "changes[{index}].rows: at least one, dues ascend from the day of the change, no amount is negative"
    )]
    NewRows {
        /// Which, from 0.
        index: usize,
    },
    /// An agreement from before the money came.
    #[error("changes[{index}].date: the loan begins on {begins}")]
    ChangeTooEarly {
        /// Which, from 0.
        index: usize,
        /// Disbursement.
        begins: NaiveDate,
    },
    /// Acceleration from before the money came.
    #[error("acceleration_on: the loan begins on {begins}")]
    AccelerationTooEarly {
        /// Disbursement.
        begins: NaiveDate,
    },
    /// Penalties have grown beyond every amount of this program.
    #[error("penalty: the figures grow beyond 100 billion yuan")]
    OutOfRange,
}

/// What the borrower should know about a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatementFinding {
    /// A payment after the day of the statement was left out.
    PaymentAfterAsOf {
        /// Which, from 0.
        index: usize,
    },
    /// A payment from before the money came; it waits as credit.
    PaymentBeforeDisbursement {
        /// Which, from 0.
        index: usize,
    },
    /// A payment that the lender's stated balance already holds was left out.
    PaymentBeforeOpening {
        /// Which, from 0.
        index: usize,
    },
    /// A change after the day of the statement was left out.
    ChangeAfterAsOf {
        /// Which, from 0.
        index: usize,
    },
    /// A waiver that the lender's stated balance already holds was left out.
    ChangeBeforeOpening {
        /// Which, from 0.
        index: usize,
    },
    /// Everything is paid and money is left over.
    PaymentsExceedDebt {
        /// How much is left.
        amount: Money,
    },
    /// A waiver named more than is owed; only what is owed was waived.
    WaiverExceedsDebt {
        /// Which, from 0.
        index: usize,
        /// Of what.
        bucket: Bucket,
        /// How much found nothing to waive.
        amount: Money,
    },
    /// An agreed schedule repays another principal than was unpaid that day.
    RescheduleChangesPrincipal {
        /// Which, from 0.
        index: usize,
        /// Unpaid principal on the day.
        unpaid: Money,
        /// Principal of the new rows.
        rows: Money,
    },
    /// No row lay after the day of acceleration.
    NothingToAccelerate,
    /// The stated principal is more than the rows that were due by then can hold; rows to come are counted besides.
    OpeningHoldsLaterPrincipal {
        /// Principal of the rows due before the stated balance.
        past: Money,
    },
}

impl StatementFinding {
    /// The code under which the finding is known outside.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::PaymentAfterAsOf { .. } => "payment_after_as_of",
            Self::PaymentBeforeDisbursement { .. } => "payment_before_disbursement",
            Self::PaymentBeforeOpening { .. } => "payment_before_opening",
            Self::ChangeAfterAsOf { .. } => "change_after_as_of",
            Self::ChangeBeforeOpening { .. } => "change_before_opening",
            Self::PaymentsExceedDebt { .. } => "payments_exceed_debt",
            Self::WaiverExceedsDebt { .. } => "waiver_exceeds_debt",
            Self::RescheduleChangesPrincipal { .. } => "reschedule_changes_principal",
            Self::NothingToAccelerate => "nothing_to_accelerate",
            Self::OpeningHoldsLaterPrincipal { .. } => "opening_holds_later_principal",
        }
    }
}

use crate::{AgreementId, EvidenceId, LoanId};

/// What a reminder is about; opens that item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReminderSubject {
    /// A due of the contract.
    LoanTerm {
        /// The loan.
        loan: LoanId,
        /// Its term.
        term: u16,
    },
    /// A due of an agreement.
    AgreementTerm {
        /// The agreement.
        agreement: AgreementId,
        /// Its row, from 1.
        term: u16,
    },
    /// A promise in a record.
    Promise {
        /// The record.
        record: EvidenceId,
        /// Its place in the record, from 0.
        index: u16,
    },
}

/// Kind of reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReminderKind {
    /// Money falls due.
    Due,
    /// Somebody promised something.
    Promise,
}

/// How far before or after the day a reminder stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReminderStage {
    /// Three days before.
    ThreeDaysBefore,
    /// The day before.
    DayBefore,
    /// On the day.
    OnTheDay,
    /// The day after.
    DayAfter,
}

impl ReminderStage {
    /// All stages in order of time.
    pub const ALL: [Self; 4] = [Self::ThreeDaysBefore, Self::DayBefore, Self::OnTheDay, Self::DayAfter];

    /// Days from the due to this stage; negative before it.
    #[must_use]
    pub const fn offset_days(self) -> i64 {
        match self {
            Self::ThreeDaysBefore => -3,
            Self::DayBefore => -1,
            Self::OnTheDay => 0,
            Self::DayAfter => 1,
        }
    }
}

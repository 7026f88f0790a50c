use chrono::NaiveDate;

use crate::{DeadlineId, EvidenceId, LoanId, PartyId};

/// A time limit that runs: a paper was received, or something was handed in that has to be answered.
///
/// The rule is named, not its result: the last day is counted anew from dated rules whenever it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// Which.
    pub id: DeadlineId,
    /// Identifier of the rule in `rules/periods.toml`.
    pub rule: String,
    /// The day of receipt or of handing in; it does not count itself.
    pub starts_on: NaiveDate,
    /// The loans it concerns; none is allowed.
    pub loans: Vec<LoanId>,
    /// Who has to answer, or from whom the paper came.
    pub party: Option<PartyId>,
    /// Number of the case or of the complaint.
    pub reference: Option<String>,
    /// The paper.
    pub evidence: Vec<EvidenceId>,
    /// The borrower's own note.
    pub note: Option<String>,
}

/// A time limit is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineSettled {
    /// Which.
    pub deadline: DeadlineId,
    /// On which day.
    pub on: NaiveDate,
    /// How.
    pub outcome: DeadlineOutcome,
    /// In words.
    pub note: Option<String>,
}

/// How a time limit ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeadlineOutcome {
    /// The borrower did what was to be done.
    Done,
    /// The other side answered.
    Answered,
    /// Nothing was done in time.
    Lapsed,
    /// It never ran.
    EnteredByMistake,
}

use chrono::NaiveDate;

/// What a reminder speaks of: a kind, the thing of that kind, and a place within it.
///
/// The key is the identifier of a recorded thing as text, or a word for what has none (a table of rules, the yearly
/// drill). Places number what one thing has several of: terms of a loan from 1, promises of a record from 0.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReminderSubject {
    /// Of which kind.
    pub kind: ReminderKind,
    /// Which one.
    pub key: String,
    /// Its place within, 0 when there is only one.
    pub place: u16,
}

/// Kind of a reminder (domain §11). Each has its lead times in `rules/reminders.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReminderKind {
    /// A due of the contract.
    LoanDue,
    /// A due of an agreement.
    AgreementDue,
    /// The month will not cover a due.
    Shortfall,
    /// Somebody promised something by a day.
    Promise,
    /// The last day an offer stands.
    OfferExpiry,
    /// A task with a day.
    Task,
    /// A reply is expected.
    ReplyDue,
    /// A statutory time limit.
    Deadline,
    /// The monthly review.
    Review,
    /// Rules or LPR were last looked at too long ago.
    RulesStale,
    /// The yearly drill of restoring a backup.
    RestoreDrill,
}

impl ReminderKind {
    /// All kinds, in the order in which settings list them.
    pub const ALL: [Self; 11] = [
        Self::LoanDue,
        Self::AgreementDue,
        Self::Shortfall,
        Self::Promise,
        Self::OfferExpiry,
        Self::Task,
        Self::ReplyDue,
        Self::Deadline,
        Self::Review,
        Self::RulesStale,
        Self::RestoreDrill,
    ];
}

/// How far from the day a reminder stands: days, negative before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReminderStage(i16);

impl ReminderStage {
    /// The farthest a stage may stand from its day.
    pub const FARTHEST_DAYS: i16 = 366;

    /// So many days after the day, before it when negative; `None` beyond a year.
    #[must_use]
    pub fn new(days: i16) -> Option<Self> {
        (-Self::FARTHEST_DAYS..=Self::FARTHEST_DAYS).contains(&days).then_some(Self(days))
    }

    /// Days from the day to the stage; negative before it.
    #[must_use]
    pub const fn days(self) -> i16 {
        self.0
    }
}

/// One stage of one day of one subject: what is shown exactly once.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReminderMark {
    /// About what.
    pub subject: ReminderSubject,
    /// The day it is about. A day that moves begins anew.
    pub due: NaiveDate,
    /// Which stage.
    pub stage: ReminderStage,
}

/// How a stage was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReminderSettled {
    /// It spoke.
    Shown,
    /// A later stage of the same day spoke for it.
    Covered,
    /// A neutral notice spoke for it while the vault was locked.
    ShownLocked,
    /// It lay in the past when the borrower asked for it, so it never spoke.
    PastWhenChosen,
}

use ashore_domain::{ReminderKind, ReminderStage};
use ashore_engine::rules::Rule;
use chrono::NaiveTime;

/// When one kind of reminder speaks unless the borrower chose otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderRule {
    /// What the row says about itself.
    pub rule: Rule,
    /// Of what it reminds.
    pub kind: ReminderKind,
    /// Its stages, the earliest first.
    pub leads: Vec<ReminderStage>,
    /// Time of day in Shanghai.
    pub at: NaiveTime,
}

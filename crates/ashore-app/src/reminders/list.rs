use serde::Serialize;
use specta::Type;

use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};
use crate::words::ReminderStage;
use crate::{AppError, input};
use chrono::TimeDelta;

/// Reminders between two days, in order of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReminderListView {
    /// The reminders.
    pub reminders: Vec<ReminderView>,
}

/// One stage of one due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct ReminderView {
    pub loan_id: String,
    pub loan_name: String,
    pub term: u16,
    pub due: String,
    pub amount: Yuan,
    /// The due stands in an agreement, not in the contract.
    pub agreed: bool,
    pub stage: ReminderStage,
    pub at: String,
    pub shown_at: Option<String>,
}

const DAYS_SHOWN: i64 = 30;

impl App<Unlocked> {
    /// Reminders between two days; today and thirty days when not given.
    ///
    /// # Errors
    /// An impossible day.
    pub fn list_reminders(&self, from: Option<&str>, to: Option<&str>) -> Result<ReminderListView, AppError> {
        let from = input::date_or_none("from", from)?.unwrap_or(self.clock.today());
        let to = input::date_or_none("to", to)?.unwrap_or(from + TimeDelta::days(DAYS_SHOWN));
        let shown = self.state.vault.reminders_shown()?;
        let reminders = self.reminders_between(from, to)?.into_iter().map(|r| ReminderView {
            loan_id: r.loan.to_string(),
            loan_name: r.name.clone(),
            term: r.term,
            due: day(r.due),
            amount: r.amount.into(),
            agreed: r.agreed,
            stage: r.stage.into(),
            at: r.at.to_rfc3339(),
            shown_at: shown
                .iter()
                .find(|s| s.subject == r.subject && s.stage == r.stage && s.due == r.due)
                .map(|s| s.shown_at.to_rfc3339()),
        });
        Ok(ReminderListView { reminders: reminders.collect() })
    }
}

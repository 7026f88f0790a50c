use ashore_domain::{DeadlineId, DeadlineSettled, Fact};
use serde::Deserialize;
use specta::Type;

use crate::session::{App, Unlocked};
use crate::words::DeadlineOutcome;
use crate::{AppError, ErrorCode, id, input};

/// How a time limit ended.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SettleDeadlineRequest {
    /// Which.
    pub deadline_id: String,
    /// On which day; today when absent.
    #[serde(default)]
    pub on: Option<String>,
    /// How.
    pub outcome: DeadlineOutcome,
    /// In words.
    #[serde(default)]
    pub note: Option<String>,
}

impl App<Unlocked> {
    /// Ends a time limit: its alarms fall silent. The entry stays, with how it ended.
    ///
    /// # Errors
    /// An unknown time limit or one that is over; a day before it started or in the future.
    pub fn settle_deadline(&mut self, request: &SettleDeadlineRequest) -> Result<(), AppError> {
        let deadline: DeadlineId = id::parse("deadline_id", &request.deadline_id)?;
        let known = self.state.vault.deadlines()?;
        let found = known.iter().find(|one| one.deadline.id == deadline).ok_or_else(|| {
            AppError::field(ErrorCode::NotFound, "deadline_id", "no time limit is known by this id")
        })?;
        if found.settled.is_some() {
            return Err(AppError::field(
                ErrorCode::AlreadySettled,
                "deadline_id",
                "this time limit is already over",
            ));
        }
        let on = input::day_or_today("on", request.on.as_deref(), self.clock.today())?;
        if on > self.clock.today() || on < found.deadline.starts_on {
            let message = "between the day it started and today";
            return Err(AppError::field(ErrorCode::DateOrder, "on", message));
        }
        let note = input::words_or_none("note", request.note.as_deref())?;
        let settled = DeadlineSettled { deadline, on, outcome: request.outcome.into(), note };
        self.state.vault.append(&[Fact::DeadlineSettled(settled)], Vec::new(), self.clock.now())?;
        Ok(())
    }
}

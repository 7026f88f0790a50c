use chrono::TimeDelta;
use serde::Serialize;
use specta::Type;

use super::settings::Choices;
use crate::session::{App, NotificationText, Unlocked};
use crate::words::ReminderKind;
use crate::{AppError, ErrorCode};

/// What the vault knows of the way a reminder takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReminderState {
    /// When a calendar file was written last.
    pub calendar_at: Option<String>,
    /// Notifications name nobody and no amount.
    pub neutral: bool,
    /// So many reminders were shown late, together, when the program last came back.
    pub caught_up: u32,
    /// When that was.
    pub caught_up_at: Option<String>,
    /// When the last test notification was taken by the desktop.
    pub tested_at: Option<String>,
    /// Things with a day that cannot be read, so that nothing reminds of them.
    pub unread: Vec<UnreadReminder>,
}

/// A thing with a day that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct UnreadReminder {
    /// Of which kind.
    pub kind: ReminderKind,
    /// Whom or what it concerns; empty when nothing of its kind can be read.
    pub name: String,
    /// Why.
    pub why: ErrorCode,
}

/// The setting that holds the instant of the last test.
const TESTED: &str = "reminder_test";
/// What cannot be read is looked for so far ahead.
const AHEAD: TimeDelta = TimeDelta::days(400);
/// What is shown later than this was missed and caught up.
const LATE: TimeDelta = TimeDelta::hours(1);

impl App<Unlocked> {
    /// What the vault knows of the way a reminder takes.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn reminder_state(&self) -> Result<ReminderState, AppError> {
        let choices = Choices::of(&self.reminder_settings()?)?;
        let today = self.clock.today();
        let (_, unread) = self.standing_and_unread(today, today + AHEAD, &choices)?;
        let settled = self.state.vault.settled_reminders()?;
        let late = settled.iter().filter(|one| one.settled_at - one.stood_at > LATE);
        let last = late.clone().map(|one| one.settled_at).max();
        let together = late.filter(|one| Some(one.settled_at) == last).count();
        Ok(ReminderState {
            calendar_at: self.calendar_written_at()?.map(|at| at.to_rfc3339()),
            neutral: self.settings()?.notification_text == NotificationText::Neutral,
            caught_up: u32::try_from(together).unwrap_or(u32::MAX),
            caught_up_at: last.map(|at| at.to_rfc3339()),
            tested_at: self.state.vault.setting(TESTED)?,
            unread: unread
                .into_iter()
                .map(|one| UnreadReminder { kind: one.kind.into(), name: one.name, why: one.why })
                .collect(),
        })
    }

    /// Remembers that the desktop took a test notification just now.
    ///
    /// # Errors
    /// The vault cannot be written.
    pub fn remember_test(&mut self) -> Result<(), AppError> {
        let now = self.clock.now().to_rfc3339();
        Ok(self.state.vault.set_setting(TESTED, Some(&now))?)
    }
}

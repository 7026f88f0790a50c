use std::collections::BTreeMap;

use ashore_domain::ReminderSubject;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use serde::Serialize;
use specta::Type;

use super::due::DueReminder;
use super::text;
use crate::AppError;
use crate::session::{App, Unlocked};
use crate::view::day;
use crate::words::ReminderStage;

/// A notification to show now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Notice {
    /// Names it among the notices of one pass.
    pub id: String,
    /// Title.
    pub title: String,
    /// Body; neutral unless the user allowed more.
    pub body: String,
    /// The loan a click opens; absent while locked.
    pub loan_id: Option<String>,
    /// The due it is about; absent while locked.
    pub due: Option<String>,
    /// Its stage; absent while locked.
    pub stage: Option<ReminderStage>,
    #[serde(skip)]
    #[specta(skip)]
    pub(crate) covers: Vec<DueReminder>,
}

/// How far back a missed reminder is still worth a notification. What is older is on the home screen as overdue.
const CATCH_UP_DAYS: i64 = 30;

impl App<Unlocked> {
    /// What to notify now. Of several stages missed for one due only the latest speaks. Nothing is recorded yet:
    /// the shell confirms what it really showed.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn due_notices(&self) -> Result<Vec<Notice>, AppError> {
        let now = self.clock.now();
        let today = now.date_naive();
        let shown = self.state.vault.reminders_shown()?;
        let mut missed: BTreeMap<(NaiveDate, ReminderSubject), Vec<DueReminder>> = BTreeMap::new();
        for reminder in self.reminders_between(today - TimeDelta::days(CATCH_UP_DAYS), today)? {
            let already = |s: &ashore_vault::ReminderShown| {
                s.subject == reminder.subject && s.stage == reminder.stage && s.due == reminder.due
            };
            if reminder.at <= now && !shown.iter().any(already) {
                missed.entry((reminder.due, reminder.subject)).or_default().push(reminder);
            }
        }
        let (language, detail) = (self.preferences().language, self.settings()?.notification_text);
        let notices = missed.into_values().filter_map(|covers| {
            let latest = covers.last()?.clone();
            let (title, body) = text::of(&latest, language, detail);
            Some(Notice {
                id: format!("{}-{}-{}", latest.loan, latest.due, latest.stage.offset_days()),
                title,
                body,
                loan_id: Some(latest.loan.to_string()),
                due: Some(day(latest.due)),
                stage: Some(latest.stage.into()),
                covers,
            })
        });
        Ok(notices.collect())
    }

    /// Records that a notice was shown, so that it is not shown again.
    ///
    /// # Errors
    /// The vault cannot be written.
    pub fn confirm_notice(&mut self, notice: &Notice) -> Result<(), AppError> {
        let now = self.clock.now();
        for reminder in &notice.covers {
            self.state.vault.mark_shown(reminder.subject, reminder.stage, reminder.due, now)?;
        }
        Ok(())
    }

    /// One pass of the scheduler for shells without a notification daemon: what is due now, recorded as shown.
    ///
    /// # Errors
    /// The vault cannot be read or written.
    pub fn tick(&mut self) -> Result<Vec<Notice>, AppError> {
        let notices = self.due_notices()?;
        for notice in &notices {
            self.confirm_notice(notice)?;
        }
        Ok(notices)
    }

    /// Marks as shown what a neutral notice stood for while the vault was locked.
    pub(crate) fn remember_shown_while_locked(
        &mut self,
        shown: &[DateTime<FixedOffset>],
    ) -> Result<(), AppError> {
        let Some(earliest) = shown.iter().min() else { return Ok(()) };
        let (from, to) = (earliest.date_naive(), self.clock.today());
        for reminder in self.reminders_between(from, to)? {
            if shown.contains(&reminder.at) {
                self.state.vault.mark_shown(
                    reminder.subject,
                    reminder.stage,
                    reminder.due,
                    self.clock.now(),
                )?;
            }
        }
        Ok(())
    }
}

use ashore_domain::{ReminderMark, ReminderStage};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta, TimeZone};

use super::item::{Item, Unread, Wanted};
use super::settings::Choices;
use super::sources;
use crate::AppError;
use crate::clock::shanghai;
use crate::session::{App, Unlocked};

/// One stage of one item, at its instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) item: Item,
    pub(crate) stage: ReminderStage,
    /// When it stands.
    pub(crate) at: DateTime<FixedOffset>,
}

impl Standing {
    pub(crate) fn mark(&self) -> ReminderMark {
        ReminderMark { subject: self.item.subject.clone(), due: self.item.due, stage: self.stage }
    }
}

/// A time of a civil day in Shanghai.
pub(super) fn instant_of(day: NaiveDate, time: NaiveTime) -> DateTime<FixedOffset> {
    let at = day.and_time(time);
    // A fixed offset has exactly one instant for every local time.
    shanghai().from_local_datetime(&at).earliest().unwrap_or_else(|| at.and_utc().fixed_offset())
}

/// When the clock stands this long before an item was written down, it was wrong then. The item still speaks.
const DOUBT: TimeDelta = TimeDelta::days(30);
/// Of such an item the stages of so many days speak: which were over by then cannot be told.
const DOUBTFUL: TimeDelta = TimeDelta::days(7);

impl App<Unlocked> {
    /// Every stage that stands between two days, in order of time, as sources, rules and choices have it today.
    pub(crate) fn reminders_between(
        &self,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<Standing>, AppError> {
        let choices = Choices::of(&self.reminder_settings()?)?;
        self.standing_between(from, to, &choices)
    }

    pub(super) fn standing_between(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        choices: &Choices,
    ) -> Result<Vec<Standing>, AppError> {
        Ok(self.standing_and_unread(from, to, choices)?.0)
    }

    /// The same, with what could not be read: the rest speaks nevertheless.
    pub(super) fn standing_and_unread(
        &self,
        from: NaiveDate,
        to: NaiveDate,
        choices: &Choices,
    ) -> Result<(Vec<Standing>, Vec<Unread>), AppError> {
        let now = self.clock.now();
        let files = self.open_loan_files()?;
        // A stage may stand as far from its day as choices and rules ever let it.
        let (before, after) = choices.reach();
        let wanted = Wanted {
            today: now.date_naive(),
            from: from - TimeDelta::days(after),
            to: to + TimeDelta::days(before),
            files: &files,
            language: self.preferences().language,
        };
        let mut standing = Vec::new();
        let told = sources::all(self, &wanted);
        for item in &told.items {
            let doubtful = item.known_from > now + DOUBT;
            let known_from = if doubtful { now - DOUBTFUL } else { item.known_from };
            for (stage, time) in choices.stages(item) {
                let day = item.due + TimeDelta::days(i64::from(stage.days()));
                let at = instant_of(day, time);
                if (from..=to).contains(&day) && at >= known_from {
                    standing.push(Standing { item: item.clone(), stage, at });
                }
            }
        }
        standing.sort_by(|a, b| {
            (a.at, &a.item.subject.kind, &a.item.name, a.item.subject.place).cmp(&(
                b.at,
                &b.item.subject.kind,
                &b.item.name,
                b.item.subject.place,
            ))
        });
        Ok((standing, told.unread))
    }
}

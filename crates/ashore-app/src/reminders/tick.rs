use std::collections::{BTreeMap, BTreeSet};

use ashore_domain::{ReminderMark, ReminderSettled, ReminderSubject};
use ashore_vault::SettledReminder;
use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta};
use serde::Serialize;
use specta::Type;

use super::settings::Choices;
use super::spoke::Spoke;
use super::standing::Standing;
use super::text;
use crate::AppError;
use crate::session::{App, Unlocked};
use crate::view::day;
use crate::words::ReminderKind;

/// A notification to show now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct Notice {
    /// Names it among the notices of one pass.
    pub id: String,
    /// Title.
    pub title: String,
    /// Body; neutral unless the user allowed more.
    pub body: String,
    /// The loan a click opens; absent while locked, for what belongs to no loan, and for many things at once.
    pub loan_id: Option<String>,
    /// What it is about; absent while locked and for many things at once.
    pub kind: Option<ReminderKind>,
    /// Identifier of that thing; absent likewise.
    pub key: Option<String>,
    /// The day it is about; absent likewise.
    pub due: Option<String>,
    /// Days from that day, negative before it; absent likewise.
    pub stage: Option<i16>,
    /// What it stands for, one line for each thing; empty while locked.
    pub lines: Vec<NoticeLine>,
    #[serde(skip)]
    #[specta(skip)]
    pub(crate) covers: Vec<SettledReminder>,
}

/// One thing a notification stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct NoticeLine {
    /// Of which kind.
    pub kind: ReminderKind,
    /// Which.
    pub key: String,
    /// Its loan.
    pub loan_id: Option<String>,
    /// The day it is about.
    pub due: String,
    /// Days from that day.
    pub stage: i16,
    /// When the stage stood.
    pub at: String,
}

/// So many notifications may come one by one; more of them come as one.
const MOST_AT_ONCE: usize = 5;

/// A snooze this far ahead was set by a clock that was wrong.
const LONGEST_SNOOZE: TimeDelta = TimeDelta::hours(24);

/// What was put off until then speaks again.
pub(super) fn come_again(until: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> bool {
    until <= now || until > now + LONGEST_SNOOZE
}

/// Everything known and not yet settled speaks, however long ago it stood: items that were paid or closed have gone.
pub(super) fn beginning() -> NaiveDate {
    // 1970: before anything that can be recorded.
    NaiveDate::default()
}

/// After anything that can be recorded: where a clock may have been turned to does not bound what is looked at.
pub(super) fn end() -> NaiveDate {
    beginning() + TimeDelta::days(130 * 366)
}

impl App<Unlocked> {
    /// What to notify now. Of several stages missed for one day only the latest speaks, and many things come as one
    /// notification. Nothing is recorded yet: the shell confirms what it really showed. The invented dues of the sample
    /// never speak.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn due_notices(&self) -> Result<Vec<Notice>, AppError> {
        if self.is_sample() {
            return Ok(Vec::new());
        }
        let choices = Choices::of(&self.reminder_settings()?)?;
        if choices.quiet_at(self.clock.here()) {
            return Ok(Vec::new());
        }
        let speaking = self.speaking(&choices)?;
        let (language, detail) = (self.preferences().language, self.settings()?.notification_text);
        if speaking.len() > MOST_AT_ONCE {
            let latest: Vec<&Standing> = speaking.iter().map(|(latest, _)| latest).collect();
            let (title, body) = text::of_many(&latest, language, detail);
            let last = latest.iter().map(|one| one.at.timestamp()).max().unwrap_or_default();
            return Ok(vec![Notice {
                id: format!("many-{}-{last}", speaking.len()),
                title,
                body,
                loan_id: None,
                kind: None,
                key: None,
                due: None,
                stage: None,
                lines: latest.iter().map(|one| line(one)).collect(),
                covers: speaking.into_iter().flat_map(|(_, covers)| covers).collect(),
            }]);
        }
        let notices = speaking.into_iter().map(|(latest, covers)| {
            let (title, body) = text::of(&latest, language, detail);
            let only = line(&latest);
            Notice {
                id: format!("{}-{}-{}-{}", only.key, latest.item.subject.place, only.due, only.stage),
                title,
                body,
                loan_id: only.loan_id.clone(),
                kind: Some(only.kind),
                key: Some(only.key.clone()),
                due: Some(only.due.clone()),
                stage: Some(only.stage),
                lines: vec![only],
                covers,
            }
        });
        Ok(notices.collect())
    }

    /// For each day of each subject that has something to say now: the latest stage, and all that it settles.
    fn speaking(&self, choices: &Choices) -> Result<Vec<(Standing, Vec<SettledReminder>)>, AppError> {
        let now = self.clock.now();
        let settled: BTreeSet<ReminderMark> =
            self.state.vault.settled_reminders()?.into_iter().map(|one| one.mark).collect();
        let snoozed: BTreeMap<ReminderMark, DateTime<FixedOffset>> =
            self.state.vault.snoozed_reminders()?.into_iter().collect();
        // What was put off before the clock was set back stands on a day to come.
        let to = if snoozed.is_empty() { now.date_naive() } else { end() };
        let mut waiting: BTreeMap<(NaiveDate, ReminderSubject), Vec<Standing>> = BTreeMap::new();
        for one in self.standing_between(beginning(), to, choices)? {
            let mark = one.mark();
            let put_off = snoozed.get(&mark).copied();
            let speaks = match put_off {
                Some(until) => come_again(until, now),
                None => one.at <= now && !settled.contains(&mark),
            };
            if speaks && self.state.shown.get(&mark) != Some(&put_off) {
                waiting.entry((mark.due, mark.subject)).or_default().push(one);
            }
        }
        let speaking = waiting.into_values().filter_map(|all| {
            let latest = all.iter().max_by_key(|one| one.at)?.clone();
            let covers = all.iter().map(|one| SettledReminder {
                mark: one.mark(),
                stood_at: one.at,
                settled_at: now,
                settled: if *one == latest { ReminderSettled::Shown } else { ReminderSettled::Covered },
                put_off: snoozed.get(&one.mark()).copied(),
            });
            let covers = covers.collect();
            Some((latest, covers))
        });
        let mut speaking: Vec<_> = speaking.collect();
        speaking.sort_by_key(|(latest, _)| latest.at);
        Ok(speaking)
    }

    /// Records that a notice was shown, so that it is not shown again. Where that cannot be recorded it is known until the
    /// vault is closed.
    ///
    /// # Errors
    /// The vault cannot be written.
    pub fn confirm_notice(&mut self, notice: &Notice) -> Result<(), AppError> {
        if self.is_sample() {
            self.state.waiting.confirm(notice);
            return Ok(());
        }
        let recorded = self.state.vault.settle_reminders(&notice.covers);
        if recorded.is_err() {
            self.state.shown.extend(notice.covers.iter().map(|one| (one.mark.clone(), one.put_off)));
        }
        Ok(recorded?)
    }

    /// One pass of the scheduler for shells without a notification daemon: what is due now, recorded as shown. While the
    /// sample is open the real vault speaks as it does when locked.
    ///
    /// # Errors
    /// The vault cannot be read or written.
    pub fn tick(&mut self) -> Result<Vec<Notice>, AppError> {
        if self.is_sample() {
            return self.tick_beside_sample();
        }
        let notices = self.due_notices()?;
        for notice in &notices {
            self.state.vault.settle_reminders(&notice.covers)?;
        }
        Ok(notices)
    }

    /// Marks as shown what neutral notices stood for while the vault was locked, and as put off what was put off then. Stages are looked for on every day there
    /// is, because the clock may show another day by now than the one on which they spoke.
    pub(crate) fn remember_shown_while_locked(&mut self, spoke: &Spoke) -> Result<(), AppError> {
        if spoke.is_silent() {
            return Ok(());
        }
        let vault = &self.state.vault;
        let before: BTreeSet<_> = vault.settled_reminders()?.into_iter().map(|one| one.mark).collect();
        let snoozed: BTreeMap<_, _> = vault.snoozed_reminders()?.into_iter().collect();
        let now = self.clock.now();
        let (mut settled, mut again) = (Vec::new(), BTreeMap::<_, Vec<_>>::new());
        for one in self.reminders_between(beginning(), end())? {
            let mark = one.mark();
            let (tag, known) = (spoke.tag(&mark), snoozed.get(&mark).copied());
            let later = spoke.later(tag);
            // A put-off notice stood at an instant of its own, long after its stage.
            let came = match later.or(known) {
                Some(until) => spoke.of_put_off(until, tag),
                None => spoke.of_stage(one.at, tag) && !before.contains(&mark),
            };
            if let Some(until) = later.filter(|_| !came) {
                again.entry(until).or_default().push(mark.clone());
            }
            if came || later.is_some() {
                settled.push(SettledReminder {
                    mark,
                    stood_at: one.at,
                    settled_at: now,
                    settled: ReminderSettled::ShownLocked,
                    put_off: known,
                });
            }
        }
        let vault = &mut self.state.vault;
        vault.settle_reminders(&settled)?;
        again.iter().try_for_each(|(until, marks)| vault.snooze_reminders(&[], marks, *until))?;
        self.forget_what_spoke();
        Ok(())
    }
}

fn line(one: &Standing) -> NoticeLine {
    NoticeLine {
        kind: one.item.subject.kind.into(),
        key: one.item.subject.key.clone(),
        loan_id: one.item.loan.map(|loan| loan.to_string()),
        due: day(one.item.due),
        stage: one.stage.days(),
        at: one.at.to_rfc3339(),
    }
}

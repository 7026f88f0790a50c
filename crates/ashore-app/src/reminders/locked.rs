use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::settings::{Choices, is_quiet};
use super::spoke::{Instants, Spoke, Tag};
use super::standing::instant_of;
use super::text;
use super::tick::{Notice, beginning, come_again, end};
use crate::session::{App, Language, Locked, Place, Unlocked};
use crate::{AppError, ErrorCode};

/// Locked is not silent: bare instants, without names or amounts, and which of them have spoken.
#[derive(Debug, Clone, Default)]
pub struct OpaqueReminders {
    /// When stages stand that nobody was shown, and until when others were put off.
    waiting: Instants,
    put_off: Instants,
    spoke: Spoke,
    /// The instants came from an open vault in this run, so a daily prompt would say nothing new.
    informed: bool,
    /// Hours of the wall clock in which nothing is shown.
    quiet: Option<(NaiveTime, NaiveTime)>,
    /// How long the borrower puts notices off.
    snooze: Option<TimeDelta>,
}

/// What may lie outside the vault.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct OutsideFile {
    /// Day of the last neutral prompt.
    prompted_on: Option<NaiveDate>,
    /// When a neutral notice last stood for something that an open vault had told of; gone once the vault knows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    spoke_at: Option<DateTime<FixedOffset>>,
    /// Hours of the wall clock in which nothing is shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    quiet: Option<(NaiveTime, NaiveTime)>,
    /// Bare instants, only if the user allowed them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    instants: Vec<DateTime<FixedOffset>>,
}

/// How far ahead instants lie outside: whoever starts the program and never unlocks it is reminded for more than a year.
const AHEAD_DAYS: i64 = 400;
/// How long a notice is put off when the borrower's choice is not known.
const SNOOZE: TimeDelta = TimeDelta::hours(1);
/// When the one neutral prompt of the day stands.
const PROMPT_HOUR: u32 = 9;

impl OutsideFile {
    fn read(place: &Place) -> Self {
        let bytes = std::fs::read(place.reminders()).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or_default()
    }

    fn write(&self, place: &Place) -> Result<(), AppError> {
        let io =
            |e: String| AppError::new(ErrorCode::Io, format!("the reminder list could not be kept: {e}"));
        let bytes = serde_json::to_vec(self).map_err(|e| io(e.to_string()))?;
        std::fs::write(place.reminders(), bytes).map_err(|e| io(e.to_string()))
    }
}

impl OpaqueReminders {
    /// What this stands for was shown.
    pub(super) fn confirm(&mut self, notice: &Notice) {
        for one in &notice.covers {
            let tag = self.spoke.tag(&one.mark);
            if self.waiting.remove(&(one.stood_at, tag)) {
                self.spoke.stages.insert((one.stood_at, tag));
            }
            if let Some(until) = one.put_off
                && self.put_off.remove(&(until, tag))
            {
                self.spoke.put_off.insert((until, tag));
            }
        }
    }

    /// What this stands for was shown and put off. `false` when it names nothing.
    pub(super) fn put_off(&mut self, notice: &Notice, now: DateTime<FixedOffset>) -> bool {
        self.confirm(notice);
        let until = now + self.snooze.unwrap_or(SNOOZE);
        let tags: BTreeSet<_> = notice.spoken().map(|mark| self.spoke.tag(mark)).collect();
        self.put_off.retain(|(_, tag)| !tags.contains(tag));
        self.put_off.extend(tags.iter().map(|tag| (until, *tag)));
        self.spoke.later.extend(tags.iter().map(|tag| (*tag, until)));
        !tags.is_empty()
    }

    fn quiet(&self, place: &Place) -> Option<(NaiveTime, NaiveTime)> {
        if self.informed { self.quiet } else { OutsideFile::read(place).quiet }
    }

    /// What spoke while locked, in this run or in one before it.
    pub(crate) fn spoke(&self, place: &Place) -> Spoke {
        if self.informed {
            return self.spoke.clone();
        }
        Spoke { until: OutsideFile::read(place).spoke_at, ..self.spoke.clone() }
    }
}

impl App<Unlocked> {
    /// What stays in memory over a lock.
    pub(crate) fn opaque_reminders(&self) -> OpaqueReminders {
        // A lock must not fail. If the dues cannot be read, the locked program knows nothing and says so by its one
        // neutral prompt a day; it does not fall silent.
        self.waiting_instants().unwrap_or_default()
    }

    /// Everything not settled, however long ago it stood and however far it lies ahead: the clock may be turned meanwhile.
    fn waiting_instants(&self) -> Result<OpaqueReminders, AppError> {
        let choices = Choices::of(&self.reminder_settings()?)?;
        let vault = &self.state.vault;
        let settled: BTreeSet<_> = vault.settled_reminders()?.into_iter().map(|one| one.mark).collect();
        let snoozed: BTreeMap<_, _> = vault.snoozed_reminders()?.into_iter().collect();
        let (spoke, shown) = (Spoke::default(), &self.state.shown);
        let (mut waiting, mut put_off) = (Instants::new(), Instants::new());
        // What was paid or done since it was put off stands no longer.
        for one in self.standing_between(beginning(), end(), &choices)? {
            let mark = one.mark();
            let (tag, until) = (spoke.tag(&mark), snoozed.get(&mark).copied());
            if shown.get(&mark) == Some(&until) {
                continue;
            }
            match until {
                Some(until) => drop(put_off.insert((until, tag))),
                None if settled.contains(&mark) => {}
                None => drop(waiting.insert((one.at, tag))),
            }
        }
        let (quiet, snooze) = (choices.quiet(), Some(choices.snooze));
        Ok(OpaqueReminders { waiting, put_off, spoke, informed: true, quiet, snooze })
    }

    /// Writes the bare instants outside the vault if the user allowed it, and removes them if not; and the quiet hours,
    /// which hold for a locked program too.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn refresh_outside_instants(&self) -> Result<(), AppError> {
        if self.state.sample {
            return Ok(());
        }
        let mut file = OutsideFile::read(&self.place);
        let quiet = Choices::of(&self.reminder_settings()?)?.quiet();
        let instants: Vec<_> = if self.settings()?.outside_instants {
            let (all, last) = (self.opaque_reminders(), self.clock.now() + TimeDelta::days(AHEAD_DAYS));
            let instants: BTreeSet<_> = all.waiting.union(&all.put_off).map(|(at, _)| *at).collect();
            instants.into_iter().filter(|at| *at <= last).collect()
        } else {
            Vec::new()
        };
        if file.instants != instants || file.quiet != quiet {
            (file.instants, file.quiet) = (instants, quiet);
            file.write(&self.place)?;
        }
        Ok(())
    }

    /// The vault knows what spoke while it was locked; nothing outside need say so.
    pub(super) fn forget_what_spoke(&self) {
        let mut file = OutsideFile::read(&self.place);
        if file.spoke_at.take().is_some() {
            // An unlock must not fail for it: what stays behind names only what the vault has settled by now.
            drop(file.write(&self.place));
        }
    }
}

impl App<Locked> {
    /// What to notify now while no key is in memory: one neutral notice for all instants that have come; after a
    /// restart, when nothing is known, one neutral prompt a day.
    ///
    /// # Errors
    /// The day of the prompt could not be kept.
    pub fn tick(&mut self) -> Result<Vec<Notice>, AppError> {
        let now =
            Now { at: self.clock.now(), here: self.clock.here(), language: self.preferences().language };
        self.state.reminders.speak(&self.place, &now)
    }

    /// Remembers what an open vault handed out and the desktop showed after it was locked: it speaks no more.
    pub fn confirm_notice(&mut self, notice: &Notice) {
        self.state.reminders.confirm(notice);
    }

    /// True in hours of the wall clock in which nothing is shown.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        is_quiet(self.state.reminders.quiet(&self.place), self.clock.here())
    }
}

impl App<Unlocked> {
    /// True in hours of the wall clock in which nothing is shown.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        let quiet = if self.is_sample() {
            self.state.waiting.quiet(&self.place)
        } else {
            // A choice that does not read silences nothing.
            self.reminder_settings().and_then(|all| Choices::of(&all)).ok().and_then(|all| all.quiet())
        };
        is_quiet(quiet, self.clock.here())
    }

    /// The same for the real vault, which is closed while the sample is open.
    pub(super) fn tick_beside_sample(&mut self) -> Result<Vec<Notice>, AppError> {
        let now =
            Now { at: self.clock.now(), here: self.clock.here(), language: self.preferences().language };
        self.state.waiting.speak(&self.place, &now)
    }
}

/// When it is asked, and in which language it answers.
struct Now {
    at: DateTime<FixedOffset>,
    here: DateTime<FixedOffset>,
    language: Language,
}

impl OpaqueReminders {
    fn speak(&mut self, place: &Place, now: &Now) -> Result<Vec<Notice>, AppError> {
        let mut outside = OutsideFile::read(place);
        if is_quiet(if self.informed { self.quiet } else { outside.quiet }, now.here) {
            return Ok(Vec::new());
        }
        let (language, now) = (now.language, now.at);
        let notice = |id: String| Notice {
            id,
            title: text::title(language),
            body: text::neutral(language),
            loan_id: None,
            kind: None,
            key: None,
            due: None,
            stage: None,
            lines: Vec::new(),
            covers: Vec::new(),
        };
        if !self.informed {
            // Which stages stand there is not known, and for one notice it need not be.
            let outside = outside.instants.iter().map(|at| (*at, Tag::MIN));
            self.waiting.extend(outside.filter(|at| !self.spoke.stages.contains(at)));
        }
        let stages: Instants = self.waiting.range(..=(now, Tag::MAX)).copied().collect();
        let again: Instants =
            self.put_off.iter().filter(|(until, _)| come_again(*until, now)).copied().collect();
        let mut notices = Vec::new();
        if let Some((last, _)) = stages.last().max(again.last()) {
            notices.push(notice(format!("locked-{}", last.to_rfc3339())));
            self.waiting.retain(|at| !stages.contains(at));
            self.put_off.retain(|until| !again.contains(until));
            self.spoke.stages.extend(stages);
            self.spoke.put_off.extend(again);
            outside.spoke_at = outside.spoke_at.max(Some(now));
        } else if !self.informed
            && outside.instants.is_empty()
            && ashore_vault::Vault::exists(place.vault())
            && instant_of(now.date_naive(), NaiveTime::from_hms_opt(PROMPT_HOUR, 0, 0).unwrap_or_default())
                <= now
            && outside.prompted_on != Some(now.date_naive())
        {
            notices.push(notice(format!("prompt-{}", now.date_naive())));
        }
        if !notices.is_empty() {
            outside.prompted_on = Some(now.date_naive());
            outside.instants.retain(|at| *at > now);
            outside.write(place)?;
        }
        Ok(notices)
    }
}

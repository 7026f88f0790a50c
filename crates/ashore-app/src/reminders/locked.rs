use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::settings::{Choices, is_quiet};
use super::standing::instant_of;
use super::text;
use super::tick::Notice;
use crate::session::{App, Language, Locked, Place, Unlocked};
use crate::{AppError, ErrorCode};

/// Locked is not silent: bare instants, without names or amounts, and which of them have spoken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpaqueReminders {
    waiting: BTreeSet<DateTime<FixedOffset>>,
    shown: Vec<DateTime<FixedOffset>>,
    /// The instants came from an open vault in this run, so a daily prompt would say nothing new.
    informed: bool,
    /// Hours of the wall clock in which nothing is shown.
    quiet: Option<(NaiveTime, NaiveTime)>,
}

/// What may lie outside the vault.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct OutsideFile {
    /// Day of the last neutral prompt.
    prompted_on: Option<NaiveDate>,
    /// Bare instants, only if the user allowed them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    instants: Vec<DateTime<FixedOffset>>,
}

/// How far ahead instants are kept: whoever locks and lets the program run is reminded for more than a year.
const AHEAD_DAYS: i64 = 400;
/// How far back: what stood a moment before the lock and was not shown yet.
const BACK_DAYS: i64 = 30;
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
    /// Instants that spoke while locked.
    pub(crate) fn shown(&self) -> Vec<DateTime<FixedOffset>> {
        self.shown.clone()
    }
}

impl App<Unlocked> {
    /// What stays in memory over a lock.
    pub(crate) fn opaque_reminders(&self) -> OpaqueReminders {
        // A lock must not fail. If the dues cannot be read, the locked program knows nothing and says so by its one
        // neutral prompt a day; it does not fall silent.
        self.waiting_instants().unwrap_or_default()
    }

    fn waiting_instants(&self) -> Result<OpaqueReminders, AppError> {
        let today = self.clock.today();
        let choices = Choices::of(&self.reminder_settings()?)?;
        let settled: BTreeSet<_> =
            self.state.vault.settled_reminders()?.into_iter().map(|one| one.mark).collect();
        let (from, to) = (today - TimeDelta::days(BACK_DAYS), today + TimeDelta::days(AHEAD_DAYS));
        let standing = self.standing_between(from, to, &choices)?.into_iter();
        let mut waiting: BTreeSet<_> =
            standing.filter(|one| !settled.contains(&one.mark())).map(|one| one.at).collect();
        waiting.extend(self.state.vault.snoozed_reminders()?.into_iter().map(|(_, until)| until));
        Ok(OpaqueReminders { waiting, shown: Vec::new(), informed: true, quiet: choices.quiet() })
    }

    /// Writes the bare instants outside the vault if the user allowed it, and removes them if not.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn refresh_outside_instants(&self) -> Result<(), AppError> {
        if self.state.sample {
            return Ok(());
        }
        let mut file = OutsideFile::read(&self.place);
        let allowed = self.settings()?.outside_instants;
        let instants: Vec<_> =
            if allowed { self.opaque_reminders().waiting.into_iter().collect() } else { Vec::new() };
        if file.instants != instants {
            file.instants = instants;
            file.write(&self.place)?;
        }
        Ok(())
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
}

impl App<Unlocked> {
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
        if is_quiet(self.quiet, now.here) {
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
        let mut outside = OutsideFile::read(place);
        if !self.informed {
            self.waiting.extend(outside.instants.iter().filter(|at| !self.shown.contains(at)));
        }
        let come: Vec<_> = self.waiting.range(..=now).copied().collect();
        let mut notices = Vec::new();
        if let Some(last) = come.last() {
            notices.push(notice(format!("locked-{}", last.to_rfc3339())));
            self.waiting.retain(|at| *at > now);
            self.shown.extend(come);
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

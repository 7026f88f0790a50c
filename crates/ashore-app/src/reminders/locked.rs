use std::collections::BTreeSet;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::settings::{Choices, is_quiet};
use super::standing::instant_of;
use super::text;
use super::tick::{Notice, beginning, come_again, end};
use crate::session::{App, Language, Locked, Place, Unlocked};
use crate::{AppError, ErrorCode};

type Instants = BTreeSet<DateTime<FixedOffset>>;

/// Locked is not silent: bare instants, without names or amounts, and which of them have spoken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpaqueReminders {
    /// When stages stand that nobody was shown, and until when others were put off.
    waiting: Instants,
    put_off: Instants,
    spoke: Spoke,
    /// The instants came from an open vault in this run, so a daily prompt would say nothing new.
    informed: bool,
    /// Hours of the wall clock in which nothing is shown.
    quiet: Option<(NaiveTime, NaiveTime)>,
}

/// What neutral notices stood for while the vault was locked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Spoke {
    stages: Instants,
    put_off: Instants,
    /// After a restart the instants are gone. All that waited then had come by the last notice was in it.
    until: Option<DateTime<FixedOffset>>,
}

impl Spoke {
    pub(super) fn is_silent(&self) -> bool {
        *self == Self::default()
    }

    /// A stage that stood then was in a notice.
    pub(super) fn of_stage(&self, at: DateTime<FixedOffset>) -> bool {
        self.stages.contains(&at) || self.until.is_some_and(|spoke| at <= spoke)
    }

    /// What was put off until then was in a notice.
    pub(super) fn of_put_off(&self, until: DateTime<FixedOffset>) -> bool {
        self.put_off.contains(&until) || self.until.is_some_and(|spoke| come_again(until, spoke))
    }
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
            if self.waiting.remove(&one.stood_at) {
                self.spoke.stages.insert(one.stood_at);
            }
        }
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
        let settled: BTreeSet<_> =
            self.state.vault.settled_reminders()?.into_iter().map(|one| one.mark).collect();
        let standing = self.standing_between(beginning(), end(), &choices)?.into_iter();
        let waiting = standing.filter(|one| !settled.contains(&one.mark())).map(|one| one.at).collect();
        let put_off = self.state.vault.snoozed_reminders()?.into_iter().map(|(_, until)| until).collect();
        let quiet = choices.quiet();
        Ok(OpaqueReminders { waiting, put_off, spoke: Spoke::default(), informed: true, quiet })
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
            all.waiting.union(&all.put_off).filter(|at| **at <= last).copied().collect()
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
        let mut outside = OutsideFile::read(place);
        let quiet = if self.informed { self.quiet } else { outside.quiet };
        if is_quiet(quiet, now.here) {
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
            self.waiting.extend(outside.instants.iter().filter(|at| !self.spoke.stages.contains(at)));
        }
        let stages: Instants = self.waiting.range(..=now).copied().collect();
        let again: Instants = self.put_off.iter().filter(|until| come_again(**until, now)).copied().collect();
        let mut notices = Vec::new();
        if let Some(last) = stages.last().max(again.last()) {
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

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use ashore_domain::{ReminderStage, ReminderSubject};
use ashore_evidence::chain::leaf;
use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use icalendar::{Alarm, Calendar, Component as _, Event, EventLike as _, EventStatus, Property};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::standing::Standing;
use super::text;
use crate::session::{App, Language, Unlocked};
use crate::view::day;
use crate::whole::write_whole;
use crate::{AppError, ErrorCode, input};

/// A calendar file for the phone, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CalendarFile {
    /// Days that remind.
    pub events: u32,
    /// Days that were written before and no longer remind: the phone takes them out.
    pub cancelled: u32,
    /// The last day in it.
    pub until: String,
    /// The file's text.
    #[serde(skip)]
    #[specta(skip)]
    pub text: String,
}

/// What was written before, by the identifier of the event: enough to tell a phone what is new.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Written {
    events: BTreeMap<String, WrittenEvent>,
    /// The instant of the last export.
    at: Option<DateTime<FixedOffset>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct WrittenEvent {
    sequence: u32,
    starts: DateTime<FixedOffset>,
    /// Everything a phone shows, as one digest.
    content: String,
    cancelled: bool,
}

const KEY: &str = "calendar";
/// How far ahead a phone is told when nobody says otherwise.
const AHEAD_DAYS: i64 = 400;
/// Cancelled days are told for so long; every phone has asked again by then.
const KEEP_DAYS: i64 = 90;

/// One day of one subject with all its stages.
struct Day {
    uid: String,
    starts: DateTime<FixedOffset>,
    stages: Vec<ReminderStage>,
    summary: String,
}

impl App<Unlocked> {
    /// The calendar file of the reminders between two days, with an alarm for each stage. Identifiers stay the same from
    /// export to export, so that a phone replaces what it has; what no longer reminds is cancelled. Neutral in its words
    /// unless the borrower chose full notifications.
    ///
    /// # Errors
    /// An impossible day, or the vault cannot be read or written.
    pub fn export_calendar(
        &mut self,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<CalendarFile, AppError> {
        let now = self.clock.now();
        let from = input::date_or_none("from", from)?.unwrap_or(now.date_naive());
        let to = input::date_or_none("to", to)?.unwrap_or(from + TimeDelta::days(AHEAD_DAYS));
        let (language, full) = (self.preferences().language, self.full_calendar()?);
        let mut days: BTreeMap<ReminderSubject, Day> = BTreeMap::new();
        // Stages before the first day belong to days within; the day decides.
        let reach = TimeDelta::days(i64::from(ReminderStage::FARTHEST_DAYS));
        for one in self.reminders_between(from - reach, to + reach)? {
            if !(from..=to).contains(&one.item.due) {
                continue;
            }
            let day = days.entry(one.item.subject.clone()).or_insert_with(|| Day::of(&one, language, full));
            day.stages.push(one.stage);
        }
        let mut written: Written = self
            .state
            .vault
            .setting(KEY)?
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        let mut calendar = Calendar::empty();
        for (name, value) in
            [("VERSION", "2.0"), ("PRODID", "-//Ashore//Ashore//ZH"), ("CALSCALE", "GREGORIAN")]
        {
            calendar.append_property(Property::new(name, value));
        }
        calendar.append_property(Property::new("METHOD", "PUBLISH")).name(calendar_name(language));
        let (mut events, mut cancelled) = (0u32, 0u32);
        for day in days.values() {
            let content = day.content();
            let known = written.events.get(&day.uid);
            let sequence = match known {
                Some(old) if old.content == content && !old.cancelled => old.sequence,
                Some(old) => old.sequence.saturating_add(1),
                None => 0,
            };
            calendar.push(day.event(sequence, now));
            let entry = WrittenEvent { sequence, starts: day.starts, content, cancelled: false };
            written.events.insert(day.uid.clone(), entry);
            events += 1;
        }
        written.events.retain(|_, event| event.starts > now - TimeDelta::days(KEEP_DAYS));
        let standing: Vec<String> = days.values().map(|day| day.uid.clone()).collect();
        for (uid, event) in &mut written.events {
            let asked_for = (from..=to).contains(&event.starts.date_naive());
            if standing.contains(uid) || !asked_for {
                continue;
            }
            if !event.cancelled {
                event.sequence = event.sequence.saturating_add(1);
                event.cancelled = true;
            }
            let mut gone = base(uid, event.starts, event.sequence, now, &text::neutral(language));
            gone.status(EventStatus::Cancelled);
            calendar.push(gone.done());
            cancelled += 1;
        }
        written.at = Some(now);
        let kept =
            serde_json::to_string(&written).map_err(|e| AppError::new(ErrorCode::Io, e.to_string()))?;
        self.state.vault.set_setting(KEY, Some(&kept))?;
        Ok(CalendarFile { events, cancelled, until: day(to), text: calendar.done().to_string() })
    }

    /// Writes the calendar file: beside, then renamed, so that a loss of power leaves the old one.
    ///
    /// # Errors
    /// As [`App::export_calendar`], or the disk refuses.
    pub fn write_calendar(
        &mut self,
        path: &Path,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<CalendarFile, AppError> {
        let calendar = self.export_calendar(from, to)?;
        write_whole(path, |file| file.write_all(calendar.text.as_bytes())).map_err(|why| {
            let code = match why.kind() {
                std::io::ErrorKind::StorageFull => ErrorCode::NoSpace,
                _ => ErrorCode::Io,
            };
            AppError::new(code, format!("the calendar file could not be written: {why}"))
        })?;
        Ok(calendar)
    }

    /// When a calendar was written last.
    pub(crate) fn calendar_written_at(&self) -> Result<Option<DateTime<FixedOffset>>, AppError> {
        let text = self.state.vault.setting(KEY)?;
        Ok(text.and_then(|text| serde_json::from_str::<Written>(&text).ok()).and_then(|written| written.at))
    }

    fn full_calendar(&self) -> Result<bool, AppError> {
        Ok(self.reminder_settings()?.calendar_full)
    }
}

impl Day {
    fn of(one: &Standing, language: Language, full: bool) -> Self {
        // Seen from the day itself: the stages are alarms.
        let on_the_day = one.at - TimeDelta::days(i64::from(one.stage.days()));
        let summary = if full { text::calendar(one, language) } else { text::neutral(language) };
        Self { uid: uid(&one.item.subject), starts: on_the_day, stages: Vec::new(), summary }
    }

    fn content(&self) -> String {
        let stages: Vec<String> = self.stages.iter().map(|stage| stage.days().to_string()).collect();
        let all = format!("{}|{}|{}", self.starts.to_rfc3339(), stages.join(","), self.summary);
        leaf(all.as_bytes()).to_string()
    }

    fn event(&self, sequence: u32, now: DateTime<FixedOffset>) -> Event {
        let mut event = base(&self.uid, self.starts, sequence, now, &self.summary);
        event.status(EventStatus::Confirmed);
        for stage in &self.stages {
            let mut alarm = Alarm::display(&self.summary, TimeDelta::days(i64::from(stage.days())));
            // Said here, or the library would put in a random name and the machine's own clock.
            alarm.uid(&format!("{}.{}", stage.days(), self.uid)).timestamp(now.with_timezone(&Utc));
            event.alarm(alarm);
        }
        event.done()
    }
}

/// What every event has. The day is no appointment: it blocks no time.
fn base(
    uid: &str,
    starts: DateTime<FixedOffset>,
    sequence: u32,
    now: DateTime<FixedOffset>,
    summary: &str,
) -> Event {
    let mut event = Event::new();
    event
        .uid(uid)
        .sequence(sequence)
        .timestamp(now.with_timezone(&Utc))
        .summary(summary)
        .starts(starts.with_timezone(&Utc))
        .ends((starts + TimeDelta::minutes(15)).with_timezone(&Utc))
        .append_property(Property::new("TRANSP", "TRANSPARENT"))
        .append_property(Property::new("CLASS", "PRIVATE"));
    event.done()
}

/// Stays the same as long as the thing is the same, and tells nothing of it.
fn uid(subject: &ReminderSubject) -> String {
    let name = format!("{:?}|{}|{}", subject.kind, subject.key, subject.place);
    let digest = leaf(name.as_bytes()).to_string();
    format!("{}@ashore", digest.get(..32).unwrap_or(&digest))
}

const fn calendar_name(language: Language) -> &'static str {
    match language {
        Language::Chinese => "提醒",
        Language::English => "Reminders",
    }
}

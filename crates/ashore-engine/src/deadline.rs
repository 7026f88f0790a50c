//! The last day of a time limit. The day of receipt does not count; a last day on which nobody works moves to the
//! next working day and nothing else moves. Alarms follow the day before that move.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::rules::{Alarms, DayKind, Holidays, PeriodRule, PeriodUnit, RuleFinding};

/// When a time limit ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The last day on which it is in time.
    pub last_day: NaiveDate,
    /// The last day before holidays move it: the one to plan for.
    pub unrolled_last_day: NaiveDate,
    /// Every day that counts; empty for limits of months and years.
    pub counted: Vec<NaiveDate>,
    /// The days on which to remind, oldest first, none after `unrolled_last_day`.
    pub alarms: Vec<NaiveDate>,
    /// Years whose holidays are not known.
    pub findings: Vec<RuleFinding>,
}

/// Why a limit has no last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DeadlineError {
    /// A row without a length.
    #[error("rule: it gives no time")]
    NoLength,
    /// Beyond the calendar.
    #[error("received_on: the limit ends beyond the calendar")]
    OutOfRange,
}

/// The end of the limit `rule` for something received on `received_on`.
///
/// # Errors
/// A rule without a length, or an end beyond the calendar.
pub fn deadline(
    rule: &PeriodRule,
    received_on: NaiveDate,
    holidays: &Holidays,
) -> Result<Deadline, DeadlineError> {
    if rule.length == 0 {
        return Err(DeadlineError::NoLength);
    }
    let length = usize::from(rule.length);
    let days = received_on.iter_days().skip(1);
    let months = |each: u32| {
        let later = received_on.checked_add_months(Months::new(u32::from(rule.length) * each));
        later.ok_or(DeadlineError::OutOfRange)
    };
    let (counted, unrolled) = match rule.unit {
        PeriodUnit::Calendar => ended(days.take(length).collect(), length)?,
        // Seven in ten days are working days; a table of nothing but holidays must not count for ever.
        PeriodUnit::Working => {
            let working = days.take(length * 4 + 60).filter(|day| holidays.kind(*day) == DayKind::Working);
            ended(working.take(length).collect(), length)?
        }
        PeriodUnit::Month => (Vec::new(), months(1)?),
        PeriodUnit::Year => (Vec::new(), months(12)?),
    };
    let last_day = holidays.working_from(unrolled);
    let alarms = match &rule.alarms {
        Alarms::Daily => received_on.iter_days().skip(1).take_while(|day| *day <= unrolled).collect(),
        Alarms::Before(before) => {
            let at = |days: &u16| unrolled.checked_sub_days(Days::new(u64::from(*days)));
            let mut alarms: Vec<_> = before.iter().filter_map(at).filter(|day| *day > received_on).collect();
            alarms.sort_unstable();
            alarms.dedup();
            alarms
        }
    };
    let mut years: Vec<i32> = [received_on, unrolled, last_day]
        .into_iter()
        .filter(|day| !holidays.knows(*day))
        .map(|day| day.year())
        .collect();
    years.sort_unstable();
    years.dedup();
    let findings = years.into_iter().map(|year| RuleFinding::HolidaysUnknown { year }).collect();
    Ok(Deadline { last_day, unrolled_last_day: unrolled, counted, alarms, findings })
}

fn ended(counted: Vec<NaiveDate>, length: usize) -> Result<(Vec<NaiveDate>, NaiveDate), DeadlineError> {
    match counted.last().copied() {
        Some(last) if counted.len() == length => Ok((counted, last)),
        _ => Err(DeadlineError::OutOfRange),
    }
}

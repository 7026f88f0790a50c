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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Confidence, EvidenceGrade, Rule, Span};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn rule(length: u16, unit: PeriodUnit, alarms: Alarms) -> PeriodRule {
        let rule = Rule {
            id: "A".into(),
            title: String::new(),
            title_en: String::new(),
            effective: Span::ALWAYS,
            contracts: Span::ALWAYS,
            lenders: Vec::new(),
            source: String::new(),
            evidence: EvidenceGrade::Sourced,
            confidence: Confidence::High,
            as_of: day("2026-01-01"),
            note: None,
        };
        PeriodRule { rule, length, unit, alarms }
    }

    /// New Year's Day, and a week off in October with a Saturday to make up for it.
    fn holidays() -> Holidays {
        let off = (1..=7).map(|d| (day(&format!("2026-10-0{d}")), DayKind::Off));
        let all = off.chain([(day("2026-01-01"), DayKind::Off), (day("2026-10-10"), DayKind::Working)]);
        Holidays::new(all)
    }

    #[test]
    fn court_time_counts_every_day_and_rolls_only_at_the_end() {
        let court = rule(15, PeriodUnit::Calendar, Alarms::Daily);
        let within = deadline(&court, day("2026-09-25"), &holidays()).unwrap();
        assert_eq!(within.last_day, day("2026-10-10"), "the week off counts; a working Saturday ends it");
        let onto = deadline(&court, day("2026-09-18"), &holidays()).unwrap();
        assert_eq!((onto.unrolled_last_day, onto.last_day), (day("2026-10-03"), day("2026-10-08")));
        assert_eq!(onto.counted.len(), 15);
        assert_eq!((onto.counted[0], onto.alarms.last()), (day("2026-09-19"), Some(&day("2026-10-03"))));
    }

    #[test]
    fn working_days_skip_holidays() {
        let five = rule(5, PeriodUnit::Working, Alarms::Before(vec![1, 0, 30]));
        let shown = deadline(&five, day("2026-09-29"), &holidays()).unwrap();
        assert_eq!(shown.counted.len(), 5);
        assert_eq!(shown.last_day, day("2026-10-12"), "30 September, 8, 9, 10 and 12 October");
        assert_eq!(shown.alarms, [day("2026-10-11"), day("2026-10-12")], "none before receipt");
    }

    #[test]
    fn unknown_years_are_named_and_impossible_rules_refused() {
        let court = rule(15, PeriodUnit::Calendar, Alarms::Daily);
        let shown = deadline(&court, day("2026-12-25"), &holidays()).unwrap();
        assert_eq!(shown.findings, [RuleFinding::HolidaysUnknown { year: 2027 }]);
        let none = rule(0, PeriodUnit::Calendar, Alarms::Daily);
        assert_eq!(deadline(&none, day("2026-12-25"), &holidays()), Err(DeadlineError::NoLength));
        let five_years = rule(5, PeriodUnit::Year, Alarms::Before(Vec::new()));
        let shown = deadline(&five_years, day("2024-02-29"), &holidays()).unwrap();
        assert_eq!(shown.unrolled_last_day, day("2029-02-28"));
    }
}

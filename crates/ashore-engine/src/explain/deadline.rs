use chrono::NaiveDate;

use super::Explanation;
use super::derivation::{Derivation, Input, count, on};
use crate::Deadline;
use crate::rules::{Alarms, DayKind, Holidays, PeriodRule, PeriodUnit};

/// How every day of a time limit follows from the day of receipt, its rule and the holidays.
#[must_use]
pub fn explain_deadline(
    deadline: &Deadline,
    rule: &PeriodRule,
    received_on: NaiveDate,
    holidays: &Holidays,
) -> Vec<Explanation> {
    let id = Some(rule.rule.id.as_str());
    let mut unrolled = Derivation::default();
    let (formula, mut inputs) = match rule.unit {
        PeriodUnit::Calendar => {
            ("received_on + length".to_owned(), vec![count("length", rule.length.into())])
        }
        PeriodUnit::Working => ("received_on + length + days_off".to_owned(), {
            let off = between(received_on, deadline.unrolled_last_day, holidays);
            let off = i64::try_from(off.len()).unwrap_or(i64::MAX);
            vec![count("length", rule.length.into()), count("days_off", off)]
        }),
        PeriodUnit::Month => {
            ("months_after(received_on, length)".to_owned(), vec![count("length", rule.length.into())])
        }
        PeriodUnit::Year => {
            ("months_after(received_on, 12 * length)".to_owned(), vec![count("length", rule.length.into())])
        }
    };
    inputs.insert(0, on("received_on", received_on));
    unrolled.day_step(formula, inputs, id);
    let mut last = Derivation::default();
    rolled(
        &mut last,
        "unrolled_last_day",
        vec![on("unrolled_last_day", deadline.unrolled_last_day)],
        deadline.unrolled_last_day,
        holidays,
    );
    let mut explained = vec![
        unrolled.of("unrolled_last_day", deadline.unrolled_last_day),
        last.of("last_day", deadline.last_day),
    ];
    let mut before = received_on;
    for (index, day) in deadline.counted.iter().enumerate() {
        let mut steps = Derivation::default();
        let mut inputs = vec![on("before", before)];
        let mut formula = "before + 1".to_owned();
        if rule.unit == PeriodUnit::Working {
            let off = between(before, *day, holidays);
            for (k, day) in off.iter().enumerate() {
                inputs.push(on(&format!("off_{k}"), *day));
                formula = format!("{formula}, off_{k} + 1");
            }
            formula = format!("max({formula})");
        }
        steps.day_step(formula, inputs, Some("the day of receipt does not count"));
        explained.push(steps.of(format!("counted[{index}]"), day));
        before = *day;
    }
    for (index, day) in deadline.alarms.iter().enumerate() {
        let mut steps = Derivation::default();
        let apart = |from: NaiveDate, to: NaiveDate| ashore_domain::days_between(from, to);
        match rule.alarms {
            Alarms::Daily => {
                let inputs = vec![on("received_on", received_on), count("days", apart(received_on, *day))];
                steps.day_step("received_on + days", inputs, Some("every day until the last"));
            }
            Alarms::Before(_) => {
                let last = deadline.unrolled_last_day;
                let inputs = vec![on("unrolled_last_day", last), count("days", apart(*day, last))];
                steps.day_step("unrolled_last_day - days", inputs, Some("so many days before the last"));
            }
        }
        explained.push(steps.of(format!("alarms[{index}]"), day));
    }
    explained
}

/// Days off after `from` and not after `to`.
fn between(from: NaiveDate, to: NaiveDate, holidays: &Holidays) -> Vec<NaiveDate> {
    let days = from.iter_days().skip(1).take_while(|day| *day <= to);
    days.filter(|day| holidays.kind(*day) == DayKind::Off).collect()
}

/// The day called `name` if people work on it, else the day after the days off that follow one another from it.
pub(super) fn rolled(
    steps: &mut Derivation,
    name: &str,
    mut inputs: Vec<(String, Input)>,
    day: NaiveDate,
    holidays: &Holidays,
) -> String {
    let to = holidays.working_from(day);
    let mut formula = name.to_owned();
    for (k, off) in day.iter_days().take_while(|day| *day < to).enumerate() {
        inputs.push(on(&format!("off_{k}"), off));
        formula = format!("{formula}, off_{k} + 1");
    }
    steps.day_step(
        format!("max({formula})"),
        inputs,
        Some("a last day on which nobody works moves to the next working day"),
    )
}

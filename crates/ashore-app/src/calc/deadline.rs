use ashore_engine::explain::explain_deadline;
use ashore_engine::rules::{DayKind, RuleSet};
use ashore_engine::{DeadlineError, deadline as last_day};
use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::cap::under;
use crate::wire::{DeadlineShape, Explained, read};
use crate::{AppError, ErrorCode};

/// Something received, and the rule whose time runs from it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DeadlineQuestion {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    rule: String,
    received_on: String,
    #[serde(default)]
    holidays: Vec<HolidayShape>,
    rules: Option<String>,
    #[serde(default)]
    explain: bool,
}

/// A day off, or a day with what it is.
#[derive(Deserialize)]
#[serde(untagged)]
enum HolidayShape {
    Off(String),
    Day(DayShape),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayShape {
    date: String,
    off: bool,
}

pub(super) fn deadline(question: DeadlineQuestion) -> Result<Explained<DeadlineShape>, AppError> {
    let received_on = read::day("received_on", &question.received_on)?;
    let own = question.holidays.iter().enumerate().map(HolidayShape::read).collect::<Result<Vec<_>, _>>()?;
    under(question.rules.as_deref(), |rules| {
        let rule = rules.set.period(&question.rule, received_on);
        let rule = rule.ok_or_else(|| unknown(&question.rule, &rules.set))?;
        let holidays = rules.set.holidays().with(own);
        let shown = last_day(rule, received_on, &holidays).map_err(refused)?;
        let explained = question.explain.then(|| explain_deadline(&shown, rule, received_on, &holidays));
        Ok(Explained::new(DeadlineShape::new(shown, rule), explained))
    })
}

impl HolidayShape {
    fn read((index, day): (usize, &Self)) -> Result<(NaiveDate, DayKind), AppError> {
        let (text, off) = match day {
            Self::Off(text) => (text, true),
            Self::Day(day) => (&day.date, day.off),
        };
        let date = read::day(&format!("holidays[{index}]"), text)?;
        Ok((date, if off { DayKind::Off } else { DayKind::Working }))
    }
}

fn unknown(id: &str, rules: &RuleSet) -> AppError {
    let known: Vec<&str> = rules.periods().iter().map(|row| row.rule.id.as_str()).collect();
    let message = format!("no time limit {id} on that day; known are {}", known.join(", "));
    AppError::field(ErrorCode::NotFound, "rule", message)
}

fn refused(why: DeadlineError) -> AppError {
    match why {
        DeadlineError::NoLength => AppError::field(ErrorCode::BadRequest, "rule", "it gives no time"),
        DeadlineError::OutOfRange => {
            AppError::field(ErrorCode::DateImpossible, "received_on", "the limit ends beyond the calendar")
        }
    }
}

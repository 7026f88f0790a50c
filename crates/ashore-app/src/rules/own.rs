use ashore_domain::{Fact, OwnRule};
use ashore_engine::rules::{Confidence, DayKind, EvidenceGrade, LprQuote};
use ashore_vault::OwnRuleState;
use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;
use specta::Type;

use super::row::rows;
use super::{RuleTable, RulesView, read};
use crate::session::{App, Unlocked};
use crate::view::day;
use crate::{AppError, ErrorCode, input};

/// A rule as the borrower knows it better, or an LPR quote or holidays that the tables do not have.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct SetOwnRuleRequest {
    /// The rule's stable name; `LPR` for a quote, `HOLIDAY` for days.
    pub rule: String,
    /// The day of the quote, or the first of the days.
    pub on: Option<String>,
    /// The last of several days that are alike; one day when absent.
    pub until: Option<String>,
    /// What it turns on, as typed: percent for a line and for the LPR, `off` or `working` for days, otherwise in the
    /// rule's unit.
    pub value: String,
    /// The LPR for five years and longer, in percent.
    pub five_year: Option<String>,
    /// Where it was read.
    pub source: Option<String>,
    /// Why.
    pub note: String,
}

/// The built-in row shall hold again.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct WithdrawOwnRuleRequest {
    /// The rule's stable name; `LPR` for a quote, `HOLIDAY` for a day.
    pub rule: String,
    /// The day, of a quote or itself.
    pub on: Option<String>,
    /// Why.
    pub note: String,
}

/// Tables whose numbers a borrower may change; the others are texts.
const CHANGEABLE: [RuleTable; 4] =
    [RuleTable::CostCaps, RuleTable::Periods, RuleTable::Conduct, RuleTable::Channels];

/// What holds of everything said: the latest about each row, unless that one withdraws.
pub(super) fn standing(said: &[OwnRuleState]) -> Vec<&OwnRuleState> {
    let last = |(index, state): &(usize, &OwnRuleState)| {
        !said.iter().skip(index + 1).any(|later| later.own.same_row(&state.own))
    };
    let latest = said.iter().enumerate().filter(last).map(|(_, state)| state);
    latest.filter(|state| state.own.value.is_some()).collect()
}

/// Where the borrower read it. The program's own source does not speak for the borrower's number.
pub(super) fn source(state: &OwnRuleState) -> String {
    state.own.source.clone().unwrap_or_else(|| "自己填写，没有注明来源".to_owned())
}

/// The quotes among them, as rows of the table.
pub(super) fn quotes(own: &[&OwnRuleState]) -> Vec<LprQuote> {
    let quote = |state: &&OwnRuleState| {
        let percent =
            |text: &Option<String>| input::percentage_or_none("value", text.as_deref()).ok().flatten();
        Some(LprQuote {
            on: state.own.on.filter(|_| state.own.rule == OwnRule::LPR)?,
            one_year: percent(&state.own.value)?,
            five_year: percent(&state.own.five_year)?,
            source: source(state),
            evidence: EvidenceGrade::User,
            confidence: Confidence::Mid,
        })
    };
    own.iter().filter_map(quote).collect()
}

/// The days among them.
pub(super) fn days(own: &[&OwnRuleState]) -> Vec<(NaiveDate, DayKind)> {
    let day = |state: &&OwnRuleState| {
        let on = state.own.on.filter(|_| state.own.rule == OwnRule::HOLIDAY)?;
        let working = state.own.value.as_deref() == Some(OwnRule::WORKING);
        Some((on, if working { DayKind::Working } else { DayKind::Off }))
    };
    own.iter().filter_map(day).collect()
}

/// No holiday is longer; a slip of the year would be.
const DAYS_MAX: i64 = 31;

/// The days of a request, each an entry of its own.
fn holidays(request: &SetOwnRuleRequest, note: &str, source: Option<&str>) -> Result<Vec<OwnRule>, AppError> {
    let first = input::date("on", request.on.as_deref().unwrap_or_default())?;
    let last = input::date_or_none("until", request.until.as_deref())?.unwrap_or(first);
    if last < first || (last - first).num_days() >= DAYS_MAX {
        let message = "the last day comes after the first, within a month";
        return Err(AppError::field(ErrorCode::DateOrder, "until", message));
    }
    let value = match request.value.as_str() {
        known @ (OwnRule::OFF | OwnRule::WORKING) => known,
        _ => return Err(AppError::field(ErrorCode::BadRequest, "value", "off or working")),
    };
    let day = |on| OwnRule {
        rule: OwnRule::HOLIDAY.to_owned(),
        on: Some(on),
        value: Some(value.to_owned()),
        five_year: None,
        source: source.map(str::to_owned),
        note: note.to_owned(),
    };
    Ok(first.iter_days().take_while(|on| *on <= last).map(day).collect())
}

/// Whether the number of this row may be changed.
pub(super) fn changeable(table: RuleTable, value: Option<&str>, unit: Option<&str>) -> bool {
    CHANGEABLE.contains(&table) && value.is_some() && unit != Some("lexicon")
}

impl App<Unlocked> {
    /// Records what the borrower knows better about a rule. It holds from now on wherever the rule is used, marked as
    /// the borrower's own; the built-in row stays readable.
    ///
    /// # Errors
    /// A rule that is not known or has no number, a value that is none of its unit, or no reason.
    pub fn set_own_rule(&mut self, request: &SetOwnRuleRequest) -> Result<RulesView, AppError> {
        let note = input::words("note", &request.note)?;
        let source = input::line_or_none("source", request.source.as_deref())?;
        if request.rule == OwnRule::HOLIDAY {
            return self.say(holidays(request, &note, source.as_deref())?);
        }
        let own = if request.rule == OwnRule::LPR {
            let on = input::date("on", request.on.as_deref().unwrap_or_default())?;
            if on > self.clock.today() {
                return Err(AppError::field(ErrorCode::DateOrder, "on", "this day has not come yet"));
            }
            let five_year = request.five_year.as_deref().unwrap_or_default();
            OwnRule {
                rule: request.rule.clone(),
                on: Some(on),
                value: Some(percent("value", &request.value)?),
                five_year: Some(percent("five_year", five_year)?),
                source,
                note,
            }
        } else {
            let (rule, value) = (request.rule.clone(), changed(&request.rule, &request.value)?);
            OwnRule { rule, on: None, value: Some(value), five_year: None, source, note }
        };
        self.say(vec![own])
    }

    /// Takes back what the borrower said about a rule: a new entry, and the built-in row holds again.
    ///
    /// # Errors
    /// Nothing was said about it, or no reason.
    pub fn withdraw_own_rule(&mut self, request: &WithdrawOwnRuleRequest) -> Result<RulesView, AppError> {
        let own = OwnRule {
            rule: request.rule.clone(),
            on: input::date_or_none("on", request.on.as_deref())?,
            value: None,
            five_year: None,
            source: None,
            note: input::words("note", &request.note)?,
        };
        let said = self.state.vault.own_rules()?;
        if !standing(&said).iter().any(|state| state.own.same_row(&own)) {
            return Err(AppError::field(ErrorCode::NotFound, "rule", "nothing of your own holds here"));
        }
        self.say(vec![own])
    }

    /// Appends entries with which all rules can still be read.
    fn say(&mut self, own: Vec<OwnRule>) -> Result<RulesView, AppError> {
        let now = self.clock.now();
        let mut said = self.state.vault.own_rules()?;
        said.extend(own.iter().map(|own| OwnRuleState { own: own.clone(), recorded_at: now }));
        let refused = |why: AppError| AppError::field(why.code, "value", why.message);
        read(None, &standing(&said)).map_err(refused)?;
        let facts: Vec<Fact> = own.into_iter().map(Fact::OwnRule).collect();
        self.state.vault.append(&facts, Vec::new(), now)?;
        self.state.rules.take();
        self.rules_view()
    }
}

/// The value of a rule, checked in its unit, in the form the tables have it.
fn changed(rule: &str, typed: &str) -> Result<String, AppError> {
    for table in RuleTable::ALL {
        let Some(text) = table.rows_text() else { continue };
        let rows = rows(text).map_err(|fault| super::unreadable(table, &fault.place, &fault.why))?;
        let Some(row) = rows.iter().find(|row| row.id == rule) else { continue };
        let (value, unit) = (row.value(), row.unit());
        if !changeable(table, value, unit) {
            break;
        }
        let number = |least: u16, most: u16| Ok(input::count("value", typed, least, most)?.to_string());
        return match unit {
            Some("per_year") => Ok(fraction("value", typed)?.normalize().to_string()),
            Some("times_lpr_1y") => {
                let times = crate::wire::read::fraction("value", typed.trim())
                    .map_err(|why| AppError::field(ErrorCode::RateOutOfRange, "value", why.to_string()))?;
                Ok(times.normalize().to_string())
            }
            Some("local_time") => hours(typed),
            Some("phone" | "web") => input::words("value", typed),
            Some("year") => number(0, 100),
            Some("month") => number(0, 1_200),
            _ => number(0, 3_660),
        };
    }
    Err(AppError::field(ErrorCode::NotFound, "rule", "no rule with a number is known by this name"))
}

/// Two times of day, such as 22:00-08:00.
fn hours(typed: &str) -> Result<String, AppError> {
    let time = |text: &str| NaiveTime::parse_from_str(text.trim(), "%H:%M").ok();
    let ends = typed.replace(['–', '—', '～', '~'], "-").replace('：', ":");
    match ends.split_once('-').map(|(from, to)| (time(from), time(to))) {
        Some((Some(from), Some(to))) => Ok(format!("{}-{}", from.format("%H:%M"), to.format("%H:%M"))),
        _ => Err(AppError::field(ErrorCode::BadRequest, "value", "two times such as 22:00-08:00")),
    }
}

fn fraction(field: &str, typed: &str) -> Result<rust_decimal::Decimal, AppError> {
    input::percentage_or_none(field, Some(typed))?
        .ok_or_else(|| AppError::field(ErrorCode::FieldMissing, field, "this is needed"))
}

/// Percent as typed, without the sign.
fn percent(field: &str, typed: &str) -> Result<String, AppError> {
    let value = fraction(field, typed)? * rust_decimal::Decimal::ONE_HUNDRED;
    if value <= rust_decimal::Decimal::ZERO || value >= rust_decimal::Decimal::ONE_HUNDRED {
        return Err(AppError::field(ErrorCode::RateOutOfRange, field, "above 0 and below 100 percent"));
    }
    Ok(value.normalize().to_string())
}

/// What the borrower said about a row, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, Type)]
pub struct OwnRuleView {
    /// The value said.
    pub value: String,
    /// For a quote, five years and longer.
    pub five_year: Option<String>,
    /// For a quote or a day, which.
    pub on: Option<String>,
    /// Where it was read.
    pub source: Option<String>,
    /// Why.
    pub note: String,
    /// The day it was recorded.
    pub recorded_on: String,
}

impl OwnRuleView {
    pub(super) fn of(state: &OwnRuleState) -> Self {
        Self {
            value: state.own.value.clone().unwrap_or_default(),
            five_year: state.own.five_year.clone(),
            on: state.own.on.map(day),
            source: state.own.source.clone(),
            note: state.own.note.clone(),
            recorded_on: day(state.recorded_at.date_naive()),
        }
    }
}

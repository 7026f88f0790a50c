use ashore_engine::rules::{Confidence, DayKind, EvidenceGrade, LprQuote};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::wire::read;

/// What is wrong with a table and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The row.
    pub(super) place: String,
    /// In words.
    pub(super) why: String,
}

impl Fault {
    pub(super) fn new(place: impl Into<String>, why: impl ToString) -> Self {
        Self { place: place.into(), why: why.to_string() }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuoteRow {
    effective_from: String,
    one_year_percent: String,
    five_year_percent: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    evidence: String,
    #[serde(default)]
    confidence: String,
    #[serde(default, rename = "as_of")]
    _as_of: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HolidayRow {
    date: String,
    #[serde(default, rename = "name")]
    _name: String,
    off: String,
    #[serde(default, rename = "source")]
    _source: String,
}

pub(super) fn quotes(text: &str) -> Result<Vec<LprQuote>, Fault> {
    rows(text, |row: QuoteRow, place| {
        let fraction = |percent: &str| {
            let percent = read::fraction("percent", percent).map_err(|why| Fault::new(place, why))?;
            let sound = percent > Decimal::ZERO && percent < Decimal::ONE_HUNDRED && percent.scale() <= 8;
            sound.then(|| percent / Decimal::ONE_HUNDRED).ok_or_else(|| Fault::new(place, "not a percentage"))
        };
        Ok(LprQuote {
            on: day("effective_from", &row.effective_from, place)?,
            one_year: fraction(&row.one_year_percent)?,
            five_year: fraction(&row.five_year_percent)?,
            source: row.source,
            evidence: match row.evidence.as_str() {
                "sourced" => EvidenceGrade::Sourced,
                "user" => EvidenceGrade::User,
                _ => EvidenceGrade::Unverified,
            },
            confidence: confidence(&row.confidence)
                .ok_or_else(|| Fault::new(place, "confidence: high, mid or low"))?,
        })
    })
}

pub(super) fn holidays(text: &str) -> Result<Vec<(NaiveDate, DayKind)>, Fault> {
    rows(text, |row: HolidayRow, place| {
        let kind = match row.off.as_str() {
            "yes" => DayKind::Off,
            "no" => DayKind::Working,
            _ => return Err(Fault::new(place, "off: yes or no")),
        };
        Ok((day("date", &row.date, place)?, kind))
    })
}

pub(super) fn confidence(word: &str) -> Option<Confidence> {
    match word {
        "high" => Some(Confidence::High),
        "mid" => Some(Confidence::Mid),
        "low" | "" => Some(Confidence::Low),
        _ => None,
    }
}

/// A day of a row.
pub(super) fn day(field: &str, text: &str, place: &str) -> Result<NaiveDate, Fault> {
    read::day(field, text).map_err(|why| Fault::new(place, why))
}

fn rows<R, T>(text: &str, typed: impl Fn(R, &str) -> Result<T, Fault>) -> Result<Vec<T>, Fault>
where
    R: for<'de> Deserialize<'de>,
{
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let rows = reader.deserialize::<R>().enumerate();
    rows.map(|(index, row)| {
        let place = format!("line {}", index + 2);
        typed(row.map_err(|why| Fault::new(place.as_str(), why))?, &place)
    })
    .collect()
}

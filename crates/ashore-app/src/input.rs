//! Fields of a request, read once and refused by name.

use ashore_domain::{Money, limits};
use ashore_importers::text;
use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;

use crate::clock::shanghai;
use crate::error::unreadable;
use crate::{AppError, ErrorCode};

/// Not blank and not longer than any person writes; trimmed.
pub(crate) fn words(field: &str, given: &str) -> Result<String, AppError> {
    let given = given.trim();
    if given.is_empty() {
        return Err(AppError::field(ErrorCode::FieldMissing, field, "this is needed"));
    }
    bounded(field, given)
}

/// Blank means absent.
pub(crate) fn words_or_none(field: &str, given: Option<&str>) -> Result<Option<String>, AppError> {
    match given.map(str::trim) {
        None | Some("") => Ok(None),
        Some(given) => bounded(field, given).map(Some),
    }
}

/// A name, a number, an address: not blank and short enough to stand on one line; trimmed.
pub(crate) fn line(field: &str, given: &str) -> Result<String, AppError> {
    words(field, given).and_then(|given| on_one_line(field, given))
}

/// Blank means absent.
pub(crate) fn line_or_none(field: &str, given: Option<&str>) -> Result<Option<String>, AppError> {
    words_or_none(field, given)?.map(|given| on_one_line(field, given)).transpose()
}

fn on_one_line(field: &str, given: String) -> Result<String, AppError> {
    let most = limits::LINE_MAX;
    if given.chars().count() > most {
        let message = format!("at most {most} characters; write the rest into the note");
        return Err(AppError::field(ErrorCode::FieldTooLong, field, message));
    }
    Ok(given)
}

/// Free text: kept as it is, only bounded.
pub(crate) fn bounded(field: &str, given: &str) -> Result<String, AppError> {
    if given.chars().count() > limits::TEXT_MAX {
        let most = limits::TEXT_MAX;
        return Err(AppError::field(
            ErrorCode::FieldTooLong,
            field,
            format!("at most {most} characters; attach longer text as a file"),
        ));
    }
    Ok(given.to_owned())
}

/// An amount, zero or more.
pub(crate) fn amount(field: &str, given: &str) -> Result<Money, AppError> {
    let amount = text::amount(given).map_err(unreadable(field))?;
    if amount.is_negative() {
        return Err(AppError::field(ErrorCode::AmountNotPositive, field, "an amount here is not negative"));
    }
    Ok(amount)
}

/// An amount above zero.
pub(crate) fn positive(field: &str, given: &str) -> Result<Money, AppError> {
    let amount = amount(field, given)?;
    if amount.is_zero() {
        return Err(AppError::field(ErrorCode::AmountNotPositive, field, "an amount here is above zero"));
    }
    Ok(amount)
}

/// Blank means absent.
pub(crate) fn amount_or_none(field: &str, given: Option<&str>) -> Result<Option<Money>, AppError> {
    match given.map(str::trim) {
        None | Some("") => Ok(None),
        Some(given) => amount(field, given).map(Some),
    }
}

/// A yearly rate typed in percent, as a fraction; blank means absent.
pub(crate) fn percentage_or_none(field: &str, given: Option<&str>) -> Result<Option<Decimal>, AppError> {
    match given.map(str::trim) {
        None | Some("") => Ok(None),
        Some(given) => text::percentage(given).map(Some).map_err(unreadable(field)),
    }
}

/// A whole number within bounds.
pub(crate) fn count(field: &str, given: &str, least: u16, most: u16) -> Result<u16, AppError> {
    let count = text::count(given).map_err(unreadable(field))?;
    u16::try_from(count).ok().filter(|n| (least..=most).contains(n)).ok_or_else(|| {
        AppError::field(ErrorCode::CountOutOfRange, field, format!("between {least} and {most}"))
    })
}

/// A civil day.
pub(crate) fn date(field: &str, given: &str) -> Result<NaiveDate, AppError> {
    text::date(given).map_err(unreadable(field))
}

/// A day that is today when nothing is said of it. A field that was emptied says something: it is refused, not guessed.
pub(crate) fn day_or_today(
    field: &str,
    given: Option<&str>,
    today: NaiveDate,
) -> Result<NaiveDate, AppError> {
    given.map_or(Ok(today), |given| date(field, given))
}

/// Blank means absent.
pub(crate) fn date_or_none(field: &str, given: Option<&str>) -> Result<Option<NaiveDate>, AppError> {
    match given.map(str::trim) {
        None | Some("") => Ok(None),
        Some(given) => date(field, given).map(Some),
    }
}

/// An instant; without an offset it is read in Shanghai time.
pub(crate) fn instant(field: &str, given: &str) -> Result<DateTime<FixedOffset>, AppError> {
    text::instant(given, shanghai()).map_err(unreadable(field))
}

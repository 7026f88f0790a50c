//! From text to value, strictly: what a form forgives, a script has to write properly.

use std::str::FromStr;

use ashore_domain::{CivilDateError, Money, MoneyError, Month, check_date};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::{AppError, ErrorCode};

/// An amount of yuan with at most two decimals; may be negative.
pub(crate) fn amount(field: &str, text: &str) -> Result<Money, AppError> {
    text.parse().map_err(|why: MoneyError| {
        let code = match why {
            MoneyError::Empty => ErrorCode::FieldMissing,
            MoneyError::NotANumber => ErrorCode::AmountNotANumber,
            MoneyError::TooManyDecimals => ErrorCode::AmountTooManyDecimals,
            MoneyError::OutOfRange => ErrorCode::AmountOutOfRange,
        };
        AppError::field(code, field, why.to_string())
    })
}

/// An amount of nothing or more.
pub(crate) fn not_negative(field: &str, text: &str) -> Result<Money, AppError> {
    let amount = amount(field, text)?;
    if amount.is_negative() {
        return Err(AppError::field(ErrorCode::AmountOutOfRange, field, "not below zero"));
    }
    Ok(amount)
}

/// An amount that may be left out.
pub(crate) fn optional_amount(field: &str, text: Option<&str>) -> Result<Option<Money>, AppError> {
    text.map(|text| amount(field, text)).transpose()
}

/// A decimal fraction such as `0.24`: digits, one point, perhaps a sign, no exponent.
pub(crate) fn fraction(field: &str, text: &str) -> Result<Decimal, AppError> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, "0"));
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !plain(whole) || !plain(decimals) {
        let message = "not a decimal fraction: write 24 % as \"0.24\"";
        return Err(AppError::field(ErrorCode::RateNotANumber, field, message));
    }
    Decimal::from_str_exact(text)
        .map_err(|_| AppError::field(ErrorCode::RateOutOfRange, field, "more digits than a rate can have"))
}

/// A civil day, `2026-11-21`, between 1990 and 2100.
pub(crate) fn day(field: &str, text: &str) -> Result<NaiveDate, AppError> {
    let refused = |why: CivilDateError| AppError::field(ErrorCode::DateImpossible, field, why.to_string());
    let written = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let date = NaiveDate::from_str(text).ok().filter(|_| written);
    check_date(date.ok_or_else(|| refused(CivilDateError::NoSuchDay))?).map_err(refused)
}

/// A day that may be left out.
pub(crate) fn optional_day(field: &str, text: Option<&str>) -> Result<Option<NaiveDate>, AppError> {
    text.map(|text| day(field, text)).transpose()
}

/// A calendar month, `2026-11`.
pub(crate) fn month(field: &str, text: &str) -> Result<Month, AppError> {
    text.parse().map_err(|_| AppError::field(ErrorCode::DateImpossible, field, "write months as 2026-11"))
}

/// A whole number within `least ..= most`.
pub(crate) fn count<N>(field: &str, value: i64, least: N, most: N) -> Result<N, AppError>
where
    N: TryFrom<i64> + PartialOrd + std::fmt::Display,
{
    N::try_from(value).ok().filter(|n| *n >= least && *n <= most).ok_or_else(|| {
        AppError::field(ErrorCode::CountOutOfRange, field, format!("between {least} and {most}"))
    })
}

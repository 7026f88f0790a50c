//! The only place where a text that a person typed becomes an amount, a rate, a date or a count.
//!
//! Forms are forgiving about shape and strict about meaning: full-width digits, thousands separators, a currency
//! sign and spaces are normalised away; anything that would have to be guessed is refused.

use std::str::FromStr;

use ashore_domain::{CivilDateError, Money, MoneyError, check_date};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone};
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

/// Why a typed text could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing was typed.
    #[error("this is needed")]
    Missing,
    /// Not an amount of money.
    #[error(transparent)]
    Amount(#[from] MoneyError),
    /// A separator stands where no thousands end.
    #[error("the thousands separators do not fit; write 12,345.60 or 12345.60")]
    Separators,
    /// Words for numbers.
    #[error("write the amount in digits, such as 100000")]
    NumberWords,
    /// Not a percentage.
    #[error("not a percentage: write digits, such as 24 or 15.4")]
    Percentage,
    /// Not a whole number.
    #[error("not a whole number")]
    Count,
    /// No such day.
    #[error(transparent)]
    Date(#[from] CivilDateError),
    /// No such time.
    #[error("not a time; write 2026-11-21T10:42")]
    Time,
}

/// The same text with full-width forms folded, spaces trimmed.
fn folded(text: &str) -> String {
    text.nfkc().collect::<String>().trim().to_owned()
}

/// An amount as people type it: `１２，３４５．６０`, `¥12,345.6`, `12345.60 元`, `1.2万`.
///
/// # Errors
/// Whatever cannot be read without guessing: number words (十万), three decimals, exponents, misplaced separators.
pub fn amount(text: &str) -> Result<Money, TextError> {
    let text = folded(text);
    let text = text.trim_start_matches(['¥', '￥']).trim_end_matches('元').trim();
    if text.is_empty() {
        return Err(TextError::Missing);
    }
    if let Some(number) = text.strip_suffix('万') {
        return ten_thousands(&plain(number.trim())?);
    }
    if text.chars().any(|c| "零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟".contains(c))
    {
        return Err(TextError::NumberWords);
    }
    Ok(plain(text)?.parse()?)
}

/// Digits without separators, which must have stood at thousands.
fn plain(text: &str) -> Result<String, TextError> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    if !compact.contains(',') {
        return Ok(compact);
    }
    let (whole, rest) = compact.split_once('.').map_or((compact.as_str(), ""), |(whole, rest)| (whole, rest));
    let groups: Vec<&str> = whole.trim_start_matches('-').split(',').collect();
    let well_placed = groups.first().is_some_and(|g| (1..=3).contains(&g.len()))
        && groups.iter().skip(1).all(|g| g.len() == 3)
        && !rest.contains(',');
    if well_placed { Ok(compact.replace(',', "")) } else { Err(TextError::Separators) }
}

/// `1.25` 万 is 12,500 yuan: the point moves by four places, exactly.
fn ten_thousands(number: &str) -> Result<Money, TextError> {
    if number.is_empty() || !number.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return Err(TextError::NumberWords);
    }
    let decimal = Decimal::from_str(number).map_err(|_| MoneyError::NotANumber)?;
    let yuan = decimal.checked_mul(Decimal::new(10_000, 0)).ok_or(MoneyError::OutOfRange)?;
    Ok(yuan.normalize().to_string().parse()?)
}

/// A yearly rate in percent (`24`, `15.4%`, `２４％`) as a fraction.
///
/// # Errors
/// Anything but a plain, not negative number.
pub fn percentage(text: &str) -> Result<Decimal, TextError> {
    let text = folded(text);
    let text = text.trim_end_matches('%').trim();
    if text.is_empty() {
        return Err(TextError::Missing);
    }
    if !text.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
        return Err(TextError::Percentage);
    }
    let percent = Decimal::from_str_exact(text).map_err(|_| TextError::Percentage)?;
    percent.checked_div(Decimal::new(100, 0)).ok_or(TextError::Percentage)
}

/// A whole number of terms, seconds and the like.
///
/// # Errors
/// Anything but digits.
pub fn count(text: &str) -> Result<u32, TextError> {
    let text = folded(text);
    if text.is_empty() {
        return Err(TextError::Missing);
    }
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(TextError::Count);
    }
    text.parse().map_err(|_| TextError::Count)
}

/// A civil day, `2026-11-21`; also `2026/11/21`, `2026年11月21日` and `2026.11.21`.
///
/// # Errors
/// A day the calendar does not have, or one outside 1990 … 2100.
pub fn date(text: &str) -> Result<NaiveDate, TextError> {
    let text = folded(text).replace(['/', '.', '年', '月'], "-").replace('日', "");
    if text.is_empty() {
        return Err(TextError::Missing);
    }
    let date = NaiveDate::parse_from_str(&text, "%Y-%m-%d").map_err(|_| CivilDateError::NoSuchDay)?;
    Ok(check_date(date)?)
}

/// An instant: RFC 3339 with offset, or a local `2026-11-21T10:42[:05]` read in `zone`.
///
/// # Errors
/// Anything else, or a day outside 1990 … 2100.
pub fn instant(text: &str, zone: FixedOffset) -> Result<DateTime<FixedOffset>, TextError> {
    let text = folded(text);
    if text.is_empty() {
        return Err(TextError::Missing);
    }
    let read = DateTime::parse_from_rfc3339(&text).ok().or_else(|| {
        ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(&text, form).ok())
            .and_then(|local| zone.from_local_datetime(&local).single())
    });
    let at = read.ok_or(TextError::Time)?;
    check_date(at.date_naive())?;
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_as_people_type_them() {
        for (text, fen) in [
            ("12345.6", 1_234_560),
            ("１２，３４５．６０", 1_234_560),
            ("¥12,345.60", 1_234_560),
            (" ￥ 500 元", 50_000),
            ("1.2万", 1_200_000),
            ("0.0001万", 100),
            ("10万", 10_000_000),
            ("0", 0),
        ] {
            assert_eq!(amount(text), Ok(Money::from_fen(fen)), "{text}");
        }
    }

    #[test]
    fn what_would_have_to_be_guessed_is_refused() {
        for (text, why) in [
            ("", TextError::Missing),
            ("元", TextError::Missing),
            ("十万", TextError::NumberWords),
            ("万", TextError::NumberWords),
            ("三千元", TextError::NumberWords),
            ("1.234", TextError::Amount(MoneyError::TooManyDecimals)),
            ("1.2345678万", TextError::Amount(MoneyError::TooManyDecimals)),
            ("1e400", TextError::Amount(MoneyError::NotANumber)),
            ("NaN", TextError::Amount(MoneyError::NotANumber)),
            ("1,23,456", TextError::Separators),
            ("1234,567", TextError::Separators),
            ("12.345,6", TextError::Separators),
            ("999999999999999999999", TextError::Amount(MoneyError::OutOfRange)),
        ] {
            assert_eq!(amount(text), Err(why), "{text}");
        }
    }

    #[test]
    fn dates_times_rates_and_counts() {
        let day = |text: &str| NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap();
        assert_eq!(date("2026年11月21日"), Ok(day("2026-11-21")));
        assert_eq!(date("2026/2/28"), Ok(day("2026-02-28")));
        assert_eq!(date("2026-02-30"), Err(CivilDateError::NoSuchDay.into()));
        assert_eq!(date("1890-01-01"), Err(CivilDateError::OutOfRange.into()));
        assert_eq!(percentage("２４％"), Ok(Decimal::new(24, 2)));
        assert_eq!(percentage("1e3"), Err(TextError::Percentage));
        assert_eq!(percentage("-1"), Err(TextError::Percentage));
        assert_eq!(count("１２"), Ok(12));
        assert_eq!(count("-3"), Err(TextError::Count));
        assert_eq!(count("99999999999"), Err(TextError::Count));
        let zone = FixedOffset::east_opt(8 * 3600).unwrap();
        assert_eq!(instant("2026-11-16T10:42", zone).unwrap().to_rfc3339(), "2026-11-16T10:42:00+08:00");
        assert_eq!(instant("yesterday", zone), Err(TextError::Time));
    }
}

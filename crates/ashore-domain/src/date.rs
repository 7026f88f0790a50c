use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Days, NaiveDate};

/// Why a date is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CivilDateError {
    /// The calendar has no such day.
    #[error("there is no such day; write dates as 2026-11-21")]
    NoSuchDay,
    /// Outside 1990 … 2100.
    #[error("dates run from 1990 to 2100")]
    OutOfRange,
}

/// The same date if it lies in 1990 … 2100.
///
/// # Errors
/// [`CivilDateError::OutOfRange`] outside those years.
pub fn check_date(date: NaiveDate) -> Result<NaiveDate, CivilDateError> {
    if (1990..=2100).contains(&date.year()) { Ok(date) } else { Err(CivilDateError::OutOfRange) }
}

/// Days from `from` to `to`, 算头不算尾; negative when `to` is earlier.
#[must_use]
pub fn days_between(from: NaiveDate, to: NaiveDate) -> i64 {
    to.signed_duration_since(from).num_days()
}

/// A calendar month, `YYYY-MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The month that holds `date`.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self(date.year() * 12 + date.month0().cast_signed())
    }

    /// `n` months later (earlier when negative).
    #[must_use]
    pub const fn plus(self, n: i32) -> Self {
        Self(self.0 + n)
    }

    /// Months from `earlier` to `self`.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// The calendar year.
    #[must_use]
    pub const fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// 1 … 12.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0.rem_euclid(12).cast_unsigned() + 1
    }

    /// The given day, or the month's last if it has fewer days.
    #[must_use]
    pub fn day_clamped(self, day: u32) -> NaiveDate {
        (28..=day.clamp(1, 31))
            .rev()
            .chain([day.clamp(1, 28)])
            .find_map(|d| NaiveDate::from_ymd_opt(self.year(), self.number(), d))
            .unwrap_or(NaiveDate::MAX)
    }

    /// The month's last day.
    #[must_use]
    pub fn last_day(self) -> NaiveDate {
        self.day_clamped(31)
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.number())
    }
}

impl FromStr for Month {
    type Err = CivilDateError;

    fn from_str(text: &str) -> Result<Self, CivilDateError> {
        let date = NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d")
            .map_err(|_| CivilDateError::NoSuchDay)?;
        let month = Self::of(check_date(date)?);
        if month.to_string() == text { Ok(month) } else { Err(CivilDateError::NoSuchDay) }
    }
}

/// The distance from one due to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Period {
    /// A calendar month.
    #[default]
    Month,
    /// Three calendar months.
    Quarter,
    /// 7 days.
    Week,
    /// 14 days.
    Biweek,
    /// So many days, 1 … 366.
    Days(u16),
}

impl Period {
    /// Calendar months in the period; `None` when it is counted in days.
    #[must_use]
    pub const fn months(self) -> Option<i32> {
        match self {
            Self::Month => Some(1),
            Self::Quarter => Some(3),
            Self::Week | Self::Biweek | Self::Days(_) => None,
        }
    }

    /// Days in the period; `None` when it is counted in months.
    #[must_use]
    pub const fn days(self) -> Option<u16> {
        match self {
            Self::Week => Some(7),
            Self::Biweek => Some(14),
            Self::Days(n) => Some(n),
            Self::Month | Self::Quarter => None,
        }
    }
}

/// All due dates of a loan, each computed from the first one's month and the day agreed on, never chained:
/// 31 January, 28 February, 31 March.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueCalendar {
    first_due: NaiveDate,
    due_day: u32,
    period: Period,
}

impl DueCalendar {
    /// Dues from `first_due`; `due_day` must agree with it (31 agrees with 28 February).
    #[must_use]
    pub fn new(first_due: NaiveDate, due_day: Option<u32>, period: Period) -> Option<Self> {
        let due_day = due_day.unwrap_or_else(|| first_due.day());
        let agrees = (1..=31).contains(&due_day)
            && (period.months().is_none() || Month::of(first_due).day_clamped(due_day) == first_due);
        agrees.then_some(Self { first_due, due_day, period })
    }

    /// The day the dues fall on where the month has it.
    #[must_use]
    pub const fn due_day(&self) -> u32 {
        self.due_day
    }

    /// One whole period after `date`, on the same day of the month or its last.
    #[must_use]
    pub fn after(&self, date: NaiveDate) -> NaiveDate {
        match (self.period.months(), self.period.days()) {
            (Some(months), _) => Month::of(date).plus(months).day_clamped(date.day()),
            (None, days) => {
                date.checked_add_days(Days::new(u64::from(days.unwrap_or(0)))).unwrap_or(NaiveDate::MAX)
            }
        }
    }

    /// The due of term `k`, counted from 1; `k = 0` is one period before the first due.
    #[must_use]
    pub fn due(&self, k: u16) -> NaiveDate {
        match (self.period.months(), self.period.days()) {
            (Some(months), _) => {
                Month::of(self.first_due).plus((i32::from(k) - 1) * months).day_clamped(self.due_day)
            }
            (None, days) => {
                let days = i64::from(days.unwrap_or(0)) * (i64::from(k) - 1);
                let span = Days::new(days.unsigned_abs());
                let due = if days < 0 {
                    self.first_due.checked_sub_days(span)
                } else {
                    self.first_due.checked_add_days(span)
                };
                due.unwrap_or(NaiveDate::MAX)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn month_ends_are_clamped_and_never_chained() {
        let dues = DueCalendar::new(day("2025-01-31"), None, Period::Month).unwrap();
        assert_eq!(
            [dues.due(1), dues.due(2), dues.due(3)],
            ["2025-01-31", "2025-02-28", "2025-03-31"].map(day)
        );
        assert_eq!(dues.due(0), day("2024-12-31"));
        let leap = DueCalendar::new(day("2024-02-29"), Some(31), Period::Month).unwrap();
        assert_eq!(leap.due(2), day("2024-03-31"), "29 February with due day 31");
        assert!(DueCalendar::new(day("2025-01-30"), Some(31), Period::Month).is_none(), "30 and 31 disagree");
        let weekly = DueCalendar::new(day("2025-01-31"), None, Period::Week).unwrap();
        assert_eq!(weekly.due(3), day("2025-02-14"));
        assert_eq!(weekly.after(day("2025-01-29")), day("2025-02-05"));
        assert_eq!(dues.after(day("2025-01-30")), day("2025-02-28"));
    }

    #[test]
    fn months_read_and_count() {
        let month: Month = "2026-11".parse().unwrap();
        assert_eq!(month.plus(2).to_string(), "2027-01");
        assert_eq!(month.plus(2).since(month), 2);
        assert_eq!(month.last_day(), day("2026-11-30"));
        for bad in ["2026-13", "2026-1", "26-11", "", "2026-11-01", "1989-12"] {
            assert!(bad.parse::<Month>().is_err(), "{bad}");
        }
    }
}

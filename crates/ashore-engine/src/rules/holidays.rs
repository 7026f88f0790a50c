use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};

/// What a day is for a statutory period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayKind {
    /// People work.
    Working,
    /// A weekend or a holiday.
    Off,
}

/// Public holidays and 调休 working days, as announced year by year. Days nobody announced follow the week.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Holidays {
    days: BTreeMap<NaiveDate, DayKind>,
    years: Vec<i32>,
}

impl Holidays {
    /// From announced days; a later entry for a day replaces an earlier one.
    #[must_use]
    pub fn new(days: impl IntoIterator<Item = (NaiveDate, DayKind)>) -> Self {
        let days: BTreeMap<_, _> = days.into_iter().collect();
        // A year is announced when its New Year's Day is.
        let mut years: Vec<i32> =
            days.keys().filter(|day| day.ordinal() == 1).map(|day| day.year()).collect();
        years.dedup();
        Self { days, years }
    }

    /// The same with more days announced, or others in their place.
    #[must_use]
    pub fn with(&self, days: impl IntoIterator<Item = (NaiveDate, DayKind)>) -> Self {
        let mut all = self.clone();
        for (day, kind) in days {
            all.days.insert(day, kind);
            if let Err(place) = all.years.binary_search(&day.year()) {
                all.years.insert(place, day.year());
            }
        }
        all
    }

    /// What `day` is.
    #[must_use]
    pub fn kind(&self, day: NaiveDate) -> DayKind {
        self.days.get(&day).copied().unwrap_or(match day.weekday() {
            Weekday::Sat | Weekday::Sun => DayKind::Off,
            Weekday::Mon | Weekday::Tue | Weekday::Wed | Weekday::Thu | Weekday::Fri => DayKind::Working,
        })
    }

    /// The day itself if people work on it, else the next on which they do.
    #[must_use]
    pub fn working_from(&self, day: NaiveDate) -> NaiveDate {
        let mut day = day;
        // No holiday lasts a month; the bound keeps a table full of holidays from hanging.
        for _ in 0..60 {
            if self.kind(day) == DayKind::Working {
                break;
            }
            day = day.succ_opt().unwrap_or(day);
        }
        day
    }

    /// True when the holidays of that day's year are announced.
    #[must_use]
    pub fn knows(&self, day: NaiveDate) -> bool {
        self.years.binary_search(&day.year()).is_ok()
    }

    /// Years between the first and the last announced for which nothing is.
    pub fn missing_years(&self) -> impl Iterator<Item = i32> + '_ {
        let (first, last) = (self.years.first().copied(), self.years.last().copied());
        let all = first.zip(last).map_or(0..0, |(first, last)| first..last);
        all.filter(|year| self.years.binary_search(year).is_err())
    }

    /// The last announced year.
    #[must_use]
    pub fn known_to(&self) -> Option<i32> {
        self.years.last().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn announced_days_stand_above_the_week() {
        let known = Holidays::new([
            (day("2026-01-01"), DayKind::Off),
            (day("2026-01-02"), DayKind::Off),
            (day("2026-01-04"), DayKind::Working),
        ]);
        assert_eq!(known.kind(day("2026-01-02")), DayKind::Off, "a Friday");
        assert_eq!(known.kind(day("2026-01-04")), DayKind::Working, "a Sunday");
        assert_eq!(known.working_from(day("2026-01-01")), day("2026-01-04"));
        assert_eq!(known.working_from(day("2026-01-10")), day("2026-01-12"), "an ordinary Saturday");
        assert!(known.knows(day("2026-12-31")) && !known.knows(day("2027-01-01")));
        let more = known.with([(day("2028-10-01"), DayKind::Off)]);
        assert!(more.knows(day("2028-01-01")));
        assert_eq!(more.missing_years().collect::<Vec<_>>(), [2027]);
    }
}

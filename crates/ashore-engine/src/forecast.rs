use ashore_domain::{Money, Month};
use chrono::{Days, NaiveDate};

use crate::MonthCapacity;

/// Warnings come this long before a due fails, where the forecast reaches that far.
const WARNING_DAYS: u64 = 30;

/// Money some loan asks for on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpectedDue {
    /// The day.
    pub due: NaiveDate,
    /// How much; not negative.
    pub amount: Money,
}

/// A due that the cash foreseen does not cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Break {
    /// Which, by its place in what was given.
    pub index: usize,
    /// What is missing for it; above zero, at most its amount.
    pub short: Money,
    /// When to speak with the lender: 30 days ahead, or today when it is nearer.
    pub warn_on: NaiveDate,
}

/// Which dues fail, and how low the cash gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forecast {
    /// Dues that are not covered, by date.
    pub breaks: Vec<Break>,
    /// The first day of the lowest cash, and how much it is; below zero by what is missing in all.
    pub lowest: (NaiveDate, Money),
    /// The first month with a due and no stated capacity, which counted as none.
    pub unknown_month: Option<Month>,
}

/// Dues in order of date against cash: a month's capacity is there from its first day (in the running month from
/// `as_of`), and what a due leaves unpaid is made up from later capacity before anything else is.
///
/// The same dues and capacities in any order give the same forecast; of dues on one day the first given is first.
#[must_use]
pub fn forecast(
    as_of: NaiveDate,
    cash_now: Money,
    capacity: &[MonthCapacity],
    dues: &[ExpectedDue],
) -> Forecast {
    let mut arrivals: Vec<(NaiveDate, Money)> = capacity
        .iter()
        .filter(|month| month.month >= Month::of(as_of))
        .map(|month| (month.month.day_clamped(1).max(as_of), month.capacity))
        .collect();
    arrivals.sort_by_key(|(day, _)| *day);
    let mut arrivals = arrivals.into_iter().peekable();
    let mut order: Vec<(usize, ExpectedDue)> = dues.iter().copied().enumerate().collect();
    order.sort_by_key(|(_, due)| due.due);

    let mut cash = cash_now;
    let mut result = Forecast { breaks: Vec::new(), lowest: (as_of, cash_now), unknown_month: None };
    for (index, due) in order {
        // What is overdue already asks for its money today.
        let day = due.due.max(as_of);
        while let Some((_, amount)) = arrivals.next_if(|(from, _)| *from <= day) {
            cash += amount;
        }
        cash -= due.amount;
        if cash < result.lowest.1 {
            result.lowest = (day, cash);
        }
        if cash.is_negative() {
            let warn_on = day.checked_sub_days(Days::new(WARNING_DAYS)).unwrap_or(as_of).max(as_of);
            let short = (-cash).min(due.amount);
            if short.is_positive() {
                result.breaks.push(Break { index, short, warn_on });
            }
        }
        let month = Month::of(day);
        if result.unknown_month.is_none() && !capacity.iter().any(|known| known.month == month) {
            result.unknown_month = Some(month);
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn month(text: &str, yuan: i64) -> MonthCapacity {
        MonthCapacity { month: text.parse().unwrap(), capacity: Money::from_yuan(yuan) }
    }

    fn due(text: &str, yuan: i64) -> ExpectedDue {
        ExpectedDue { due: day(text), amount: Money::from_yuan(yuan) }
    }

    #[test]
    fn the_due_that_fails_is_named_a_month_ahead() {
        let capacity =
            [month("2026-11", 0), month("2026-12", 1000), month("2027-01", 1000), month("2027-02", 1500)];
        let dues =
            [due("2027-01-20", 900), due("2026-12-10", 700), due("2026-12-25", 900), due("2027-02-10", 500)];
        let result = forecast(day("2026-11-22"), Money::from_yuan(200), &capacity, &dues);
        // 200 + 1000 − 700 − 900 leaves 400 missing; January's 1000 makes them up and lacks 300 for its own due.
        assert_eq!(
            result.breaks,
            [
                Break { index: 2, short: Money::from_yuan(400), warn_on: day("2026-11-25") },
                Break { index: 0, short: Money::from_yuan(300), warn_on: day("2026-12-21") },
            ]
        );
        assert_eq!(result.lowest, (day("2026-12-25"), Money::from_yuan(-400)));
        assert_eq!(result.unknown_month, None);
    }

    #[test]
    fn edges() {
        let today = day("2026-11-22");
        let nothing = forecast(today, Money::from_yuan(5), &[], &[]);
        assert_eq!((nothing.breaks.len(), nothing.lowest), (0, (today, Money::from_yuan(5))));
        // Overdue and near dues are warned of today; a month nobody stated counts as nothing and is named.
        let near = forecast(today, Money::ZERO, &[], &[due("2026-10-01", 10), due("2026-12-01", 10)]);
        assert!(near.breaks.iter().all(|b| b.warn_on == today));
        assert_eq!(near.unknown_month, Some("2026-11".parse().unwrap()));
        assert!(forecast(today, Money::ZERO, &[], &[due("2026-12-01", 0)]).breaks.is_empty());
    }

    proptest! {
        #[test]
        fn shortfalls_and_cash_agree(cash in 0i64..5_000, dues in prop::collection::vec((0u64..400, 0i64..2_000), 0..30), monthly in 0i64..3_000) {
            let today = day("2026-11-22");
            let capacity: Vec<_> = (0..15).map(|k| MonthCapacity { month: Month::of(today).plus(k), capacity: Money::from_fen(monthly) }).collect();
            let dues: Vec<_> = dues.iter().map(|(d, m)| ExpectedDue { due: today + Days::new(*d), amount: Money::from_fen(*m) }).collect();
            let result = forecast(today, Money::from_fen(cash), &capacity, &dues);
            prop_assert_eq!(result.lowest.1.is_negative(), !result.breaks.is_empty());
            prop_assert!(result.breaks.iter().all(|b| b.short.is_positive() && b.short <= dues[b.index].amount));
            // More money never makes anything worse.
            let richer = forecast(today, Money::from_fen(cash + 500), &capacity, &dues);
            prop_assert!(richer.breaks.len() <= result.breaks.len() && richer.lowest.1 >= result.lowest.1);
        }
    }
}

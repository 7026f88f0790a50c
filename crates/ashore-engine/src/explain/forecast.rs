use ashore_domain::{Money, Month};
use chrono::NaiveDate;

use super::Explanation;
use super::derivation::{Derivation, Input, StepRounding, count, on, yuan};
use crate::{ExpectedDue, Forecast, MonthCapacity};

/// How every figure of a forecast follows from cash, capacity and dues. The cash after each due, in order of date,
/// stands in no answer and has the path `cash[k]`, k being the due's place in what was given.
#[must_use]
pub fn explain_forecast(
    as_of: NaiveDate,
    cash_now: Money,
    capacity: &[MonthCapacity],
    dues: &[ExpectedDue],
    forecast: &Forecast,
) -> Vec<Explanation> {
    let mut arrivals: Vec<_> = capacity
        .iter()
        .filter(|month| month.month >= Month::of(as_of))
        .map(|month| (month.month.day_clamped(1).max(as_of), month))
        .collect();
    arrivals.sort_by_key(|(day, _)| *day);
    let mut arrivals = arrivals.into_iter().peekable();
    let mut order: Vec<(usize, &ExpectedDue)> = dues.iter().enumerate().collect();
    order.sort_by_key(|(_, due)| due.due);
    let mut explained = Vec::new();
    let mut after_due = vec![Money::ZERO; dues.len()];
    let mut cash = cash_now;
    let mut lowest: Vec<(String, Money)> = vec![("cash_now".to_owned(), cash_now)];
    let mut lowest_day: Vec<(NaiveDate, Money)> = vec![(as_of, cash_now)];
    for (index, due) in order {
        let day = due.due.max(as_of);
        let mut inputs = vec![yuan("before", cash)];
        let mut formula = "before".to_owned();
        while let Some((_, month)) = arrivals.next_if(|(from, _)| *from <= day) {
            let name = format!("capacity_{}", month.month.to_string().replace('-', "_"));
            formula = format!("{formula} + {name}");
            inputs.push((name, Input::Yuan(month.capacity)));
            cash += month.capacity;
        }
        inputs.push(yuan("amount", due.amount));
        cash -= due.amount;
        let mut steps = Derivation::default();
        steps.step(format!("{formula} - amount"), inputs, Some("dues in order of date"), StepRounding::None);
        explained.push(steps.of(format!("cash[{index}]"), cash));
        lowest.push((format!("cash_{index}"), cash));
        lowest_day.push((day, cash));
        if let Some(after) = after_due.get_mut(index) {
            *after = cash;
        }
    }
    for (place, failed) in forecast.breaks.iter().enumerate() {
        let Some(due) = dues.get(failed.index) else { continue };
        let after = after_due.get(failed.index).copied().unwrap_or(Money::ZERO);
        let mut steps = Derivation::default();
        let inputs = vec![yuan("cash_after", after), yuan("amount", due.amount)];
        steps.step("min(0 - cash_after, amount)", inputs, None, StepRounding::None);
        explained.push(steps.of(format!("breaks[{place}].short"), failed.short));
        let mut steps = Derivation::default();
        let inputs = vec![on("due", due.due), on("as_of", as_of), count("days", 30)];
        steps.day_step("max(max(due, as_of) - days, as_of)", inputs, Some("thirty days ahead, or today"));
        explained.push(steps.of(format!("breaks[{place}].warn_on"), failed.warn_on));
    }
    let mut amount = Derivation::default();
    let names: Vec<&str> = lowest.iter().map(|(name, _)| name.as_str()).collect();
    let formula = format!("min({})", names.join(", "));
    let inputs = lowest.iter().map(|(name, cash)| (name.clone(), Input::Yuan(*cash))).collect();
    amount.step(formula, inputs, None, StepRounding::None);
    explained.push(amount.of("lowest_cash.amount", forecast.lowest.1));
    let mut date = Derivation::default();
    let first = lowest_day.iter().find(|(_, cash)| *cash == forecast.lowest.1).map_or(as_of, |(day, _)| *day);
    date.day_step("day", vec![on("day", first)], Some("the first day of the lowest cash"));
    explained.push(date.of("lowest_cash.date", forecast.lowest.0));
    explained
}

use chrono::NaiveDate;

use super::Explanation;
use super::deadline::rolled;
use super::derivation::{Derivation, count, on};
use crate::rules::RuleSet;
use crate::{EventEffect, Limitation};

/// How the days of an estimate follow from the last due, the events that met it and the lengths of the rules.
#[must_use]
pub fn explain_limitation(
    last_due: NaiveDate,
    estimate: &Limitation,
    as_of: NaiveDate,
    rules: &RuleSet,
) -> Vec<Explanation> {
    let length = |id| rules.period(id, as_of).map_or(0, |row| row.length);
    let periods = Periods { last_due, general: length("LIM-GENERAL"), longest: length("LIM-LONGEST"), rules };
    let mut explained = Vec::new();
    let mut begun: Vec<NaiveDate> = Vec::new();
    for (index, seen) in estimate.interruptions.iter().enumerate() {
        if matches!(seen.effect, EventEffect::Restarts | EventEffect::Revives) {
            begun.push(seen.on);
        }
        let steps = periods.ends(begun.last().copied().unwrap_or(last_due));
        explained.push(steps.of(format!("interruptions[{index}].ends"), seen.ends));
    }
    let mut started = Derivation::default();
    let mut inputs = vec![on("last_due", last_due)];
    let mut formula = "last_due".to_owned();
    for (k, day) in begun.iter().enumerate() {
        inputs.push(on(&format!("anew_{k}"), *day));
        formula = format!("{formula}, anew_{k}");
    }
    started.day_step(
        format!("max({formula})"),
        inputs,
        Some("the last due, or the last act that began it anew"),
    );
    explained.push(started.of("started", estimate.started));
    explained.push(periods.ends(estimate.started).of("ends", estimate.ends));
    explained
}

struct Periods<'a> {
    last_due: NaiveDate,
    general: u16,
    longest: u16,
    rules: &'a RuleSet,
}

impl Periods<'_> {
    fn ends(&self, started: NaiveDate) -> Derivation {
        let mut steps = Derivation::default();
        let inputs = vec![on("started", started), count("years", self.general.into())];
        let general = steps.day_step("months_after(started, 12 * years)", inputs, Some("LIM-GENERAL"));
        let inputs = vec![on("last_due", self.last_due), count("most_years", self.longest.into())];
        let longest = steps.day_step("months_after(last_due, 12 * most_years)", inputs, Some("LIM-LONGEST"));
        let nearer = format!("min({general}, {longest})");
        let name = steps.day_step(nearer, Vec::new(), None);
        let months =
            |from: NaiveDate, years: u16| from.checked_add_months(chrono::Months::new(u32::from(years) * 12));
        let end = months(started, self.general).min(months(self.last_due, self.longest));
        if let Some(end) = end {
            rolled(&mut steps, &name, Vec::new(), end, self.rules.holidays());
        }
        steps
    }
}

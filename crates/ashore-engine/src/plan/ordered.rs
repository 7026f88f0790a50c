//! The three objectives that sum over debts: soonest, cheapest, fewest asks. Each is a row of searches for the
//! cheapest plan that pays nothing after a given month.

use super::situation::{Ask, Cost, Situation};
use super::way::Way;

/// A plan, its key under an objective, and what no plan's key is below. Both are read left to right.
#[derive(Debug, Clone)]
pub(super) struct Optimum {
    pub(super) plan: Vec<Way>,
    pub(super) key: [i64; 2],
    pub(super) bound: [i64; 2],
}

/// What the search for an end came to: a plan that pays nothing after month `end`, if one was found, and the first
/// month in which a plan might end for all that is proved.
struct Ending {
    found: Option<(usize, Vec<Way>)>,
    not_before: usize,
}

impl Situation {
    /// Ends first; then pays least. `start` is a plan already known to fit. The second part says whether it is
    /// proved that there is no plan, where none is given.
    pub(super) fn soonest(&self, start: Option<&[Way]>) -> Result<Optimum, bool> {
        let ending = self.earliest_end(Cost::Paid, None, start);
        let Some((end, plan)) = ending.found else { return Err(ending.not_before > self.last()) };
        let paid = |plan: &[Way]| plan.iter().map(|way| way.total).sum::<i64>();
        let full = self.cheapest_by(end, Cost::Paid, Ask { start: Some(&plan), ..Ask::default() });
        let plan = full.best.as_ref().map_or(plan, |(_, best)| best.clone());
        let bound = if ending.not_before == end {
            [index(end), full.bound.unwrap_or(0)]
        } else {
            let looser = self.cheapest_by(ending.not_before, Cost::Paid, Ask::default());
            [index(ending.not_before), looser.bound.unwrap_or(0)]
        };
        Ok(Optimum { key: [last_month(&plan), paid(&plan)], plan, bound })
    }

    /// Pays least; then ends first.
    pub(super) fn cheapest(&self, start: Option<&[Way]>) -> Result<Optimum, bool> {
        self.least(Cost::Paid, start)
    }

    /// Asks fewest lenders; then ends first; then pays least.
    pub(super) fn fewest_asks(&self, start: Option<&[Way]>) -> Result<Optimum, bool> {
        let fewest = self.least(Cost::Asks, start)?;
        let [asks, end] = fewest.key;
        let ask = Ask { start: Some(&fewest.plan), ..Ask::default() };
        let end = usize::try_from(end).unwrap_or(self.last());
        let cheaper = self.cheapest_by(end, Cost::AsksThenPaid, ask).best;
        let plan = match cheaper {
            Some((cost, plan)) if Cost::asks_in(cost) <= asks => plan,
            _ => fewest.plan,
        };
        Ok(Optimum { plan, ..fewest })
    }

    fn least(&self, cost: Cost, start: Option<&[Way]>) -> Result<Optimum, bool> {
        let first = self.cheapest_by(self.last(), cost, Ask { start, ..Ask::default() });
        let exact = first.exact();
        let Some((least, plan)) = first.best else { return Err(exact) };
        let ending = self.earliest_end(cost, Some(least), Some(&plan));
        let plan = ending.found.map_or(plan, |(_, plan)| plan);
        let spoken = |cost_of: i64| if cost == Cost::Asks { Cost::asks_in(cost_of) } else { cost_of };
        let not_before = if exact { ending.not_before } else { self.no_end_before() };
        Ok(Optimum {
            key: [spoken(least), last_month(&plan)],
            bound: [spoken(first.bound.unwrap_or(0)), index(not_before)],
            plan,
        })
    }

    /// The earliest end of a plan of cost at most `at_most`, by halving: a plan that ends by a month also ends by
    /// every later one.
    fn earliest_end(&self, cost: Cost, at_most: Option<i64>, start: Option<&[Way]>) -> Ending {
        let mut not_before = self.no_end_before();
        let mut found = start.map(|plan| (end_of(plan), plan.to_vec()));
        let mut low = not_before;
        loop {
            let high = found.as_ref().map_or(self.last(), |(end, _)| *end);
            if low > high || found.is_some() && low == high {
                break;
            }
            let middle = if found.is_none() && low == not_before { low } else { low + (high - low) / 2 };
            let chosen = self.cheapest_by(middle, cost, Ask { start: None, at_most, any: true });
            match (chosen.best, chosen.bound) {
                (Some((_, plan)), _) => found = Some((end_of(&plan), plan)),
                (None, None) => {
                    not_before = not_before.max(middle + 1);
                    low = middle + 1;
                }
                (None, Some(bound)) => {
                    if at_most.is_some_and(|most| bound > most) {
                        not_before = not_before.max(middle + 1);
                    }
                    low = middle + 1;
                }
            }
        }
        if let Some((end, _)) = &found {
            not_before = not_before.min(*end);
        }
        Ending { found, not_before }
    }
}

pub(super) fn end_of(plan: &[Way]) -> usize {
    plan.iter().map(|way| way.end).max().unwrap_or(0)
}

pub(super) fn last_month(plan: &[Way]) -> i64 {
    index(end_of(plan))
}

fn index(month: usize) -> i64 {
    i64::try_from(month).unwrap_or(i64::MAX)
}

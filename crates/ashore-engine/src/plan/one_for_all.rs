//! The plans anyone would try first: one grace and one number of terms for all, each as far as its lender's limits
//! allow, alone, with every contract kept, with every settlement taken. No answer is ever worse than the best of
//! these: the searches start from them.

use super::ordered::{end_of, last_month};
use super::situation::Situation;
use super::way::{Way, Ways};

/// The best common plan under each objective that has other plans besides.
#[derive(Debug, Clone, Default)]
pub(super) struct CommonPlans {
    pub(super) soonest: Option<Vec<Way>>,
    pub(super) lightest: Option<Vec<Way>>,
    pub(super) fewest_asks: Option<Vec<Way>>,
    pub(super) cheapest: Option<Vec<Way>>,
}

/// Which debts are not paid in instalments.
#[derive(Clone, Copy)]
struct Taking {
    contracts: bool,
    settlements: bool,
}

type Best = [Option<([i64; 2], Vec<Way>)>; 4];

/// What the objectives compare.
#[derive(Clone, Copy)]
struct Keys {
    end: i64,
    paid: i64,
    peak: i64,
    asks: i64,
}

impl Situation {
    pub(super) fn common_plans(&self) -> CommonPlans {
        let mut best: Best = [None, None, None, None];
        let has_contracts = self.ways.iter().any(|ways| ways.contract.is_some());
        let has_settlements = self.ways.iter().any(|ways| ways.settlement.is_some());
        let longest = self.ways.iter().map(|ways| *ways.terms_within().end()).max().unwrap_or(0).max(1);
        let latest = self.ways.iter().map(|ways| ways.grace_max).max().unwrap_or(0);
        for contracts in [false, true] {
            for settlements in [false, true] {
                if contracts && !has_contracts || settlements && !has_settlements {
                    continue;
                }
                let taking = Taking { contracts, settlements };
                for n in 1..=longest {
                    self.common_of_terms(n, latest, taking, &mut best);
                }
            }
        }
        for (_, plan) in best.clone().into_iter().flatten() {
            self.exchange(&plan, &mut best);
        }
        let [soonest, lightest, fewest_asks, cheapest] = best.map(|found| found.map(|(_, plan)| plan));
        CommonPlans { soonest, lightest, fewest_asks, cheapest }
    }

    /// All plans of `n` terms, each grace up to `latest`.
    fn common_of_terms(&self, n: u16, latest: u16, taking: Taking, best: &mut Best) {
        let base: Option<Vec<Base>> =
            self.ways.iter().map(|ways| Base::of(ways, n, taking, self.last())).collect();
        let Some(base) = base else { return };
        let mut steps = vec![0i64; self.horizon + 1];
        let mut once = vec![0i64; self.horizon + 1];
        for grace in 0..=latest {
            if usize::from(n) + usize::from(grace) > self.horizon {
                break;
            }
            let plan = || base.iter().map(|base| base.with_grace(grace, n));
            steps.fill(0);
            once.fill(0);
            let (mut end, mut asks) = (0, 0);
            for (way, ways) in plan().zip(&self.ways) {
                ways.outline(&way, &mut steps, &mut once);
                end = end.max(way.end);
                asks += way.asks();
            }
            let (mut level, mut paid, mut peak) = (0, 0, 0);
            let fits = steps.iter().zip(&once).zip(&self.limit).all(|((step, once), limit)| {
                level += step;
                paid += level + once;
                peak = peak.max(level + once);
                paid <= *limit
            });
            if fits {
                let end = i64::try_from(end).unwrap_or(i64::MAX);
                weigh(Keys { end, paid, peak, asks }, || plan().collect(), best);
            }
        }
    }

    /// Each single settlement and each single contract, taken instead of what the plan has for that debt.
    fn exchange(&self, plan: &[Way], best: &mut Best) {
        let end = end_of(plan);
        for (debt, ways) in self.ways.iter().enumerate() {
            let kept = ways.contract.as_ref().map(|kept| kept.way);
            let settled = ways.settlement.and_then(|(_, until)| ways.settled_in(until.min(end)));
            for way in kept.into_iter().chain(settled) {
                let mut other = plan.to_vec();
                other[debt] = way;
                if !self.fits(&other) {
                    continue;
                }
                let keys = Keys {
                    end: last_month(&other),
                    paid: other.iter().map(|way| way.total).sum(),
                    peak: self.months_of(&other).into_iter().max().unwrap_or(0),
                    asks: other.iter().map(Way::asks).sum(),
                };
                weigh(keys, || other.clone(), best);
            }
        }
    }
}

/// What a debt has in every plan of so many terms: always the same, or a plan that begins with the grace, or a
/// settlement as late as the plan's end allows.
enum Base {
    Fixed(Way),
    Settled(Way, usize),
    Terms(Way, u16),
}

impl Base {
    fn of(ways: &Ways, n: u16, taking: Taking, last: usize) -> Option<Self> {
        if let Some(kept) = ways.contract.as_ref().filter(|_| taking.contracts) {
            return Some(Self::Fixed(kept.way));
        }
        if let Some((_, until)) = ways.settlement.filter(|_| taking.settlements) {
            return ways.settled_in(0).map(|way| Self::Settled(way, until));
        }
        if let Some(way) = ways.nearest(n, 0) {
            return Some(Self::Terms(way, ways.grace_max));
        }
        // No instalments at all: whatever else there is.
        ways.latest(last).next().map(Self::Fixed)
    }

    fn with_grace(&self, grace: u16, n: u16) -> Way {
        match self {
            Self::Fixed(way) => *way,
            Self::Settled(way, until) => way.in_month((*until).min(usize::from(n) + usize::from(grace) - 1)),
            Self::Terms(way, most) => way.delayed(grace.min(*most)),
        }
    }
}

fn weigh(keys: Keys, plan: impl Fn() -> Vec<Way>, best: &mut Best) {
    let Keys { end, paid, peak, asks } = keys;
    for (key, best) in [[end, paid], [peak, end], [asks, end], [paid, end]].into_iter().zip(best) {
        if best.as_ref().is_none_or(|(least, _)| key < *least) {
            *best = Some((key, plan()));
        }
    }
}

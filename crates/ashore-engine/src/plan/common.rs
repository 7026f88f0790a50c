//! The plans anyone would try first: one grace and one number of terms for all, each as far as its lender's limits
//! allow, alone, with every contract kept, with every settlement taken. No answer is ever worse than the best of
//! these: the searches start from them.

use super::ordered::{end_of, last_month};
use super::situation::Situation;
use super::way::Way;

/// The best common plan under each objective that has other plans besides.
#[derive(Debug, Clone, Default)]
pub(super) struct CommonPlans {
    pub(super) soonest: Option<Vec<Way>>,
    pub(super) lightest: Option<Vec<Way>>,
    pub(super) fewest_asks: Option<Vec<Way>>,
    pub(super) cheapest: Option<Vec<Way>>,
}

#[derive(Clone, Copy)]
struct Taking {
    contracts: bool,
    settlements: bool,
}

impl Situation {
    pub(super) fn common_plans(&self) -> CommonPlans {
        let mut best: [Option<([i64; 2], Vec<Way>)>; 4] = [None, None, None, None];
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
                    for grace in 0..=latest {
                        if usize::from(n) + usize::from(grace) > self.horizon {
                            break;
                        }
                        if let Some(plan) = self.common_with(n, grace, taking) {
                            self.weigh(plan, &mut best);
                        }
                    }
                }
            }
        }
        for plan in best.clone().into_iter().flatten() {
            self.exchange(plan.1, &mut best);
        }
        let [soonest, lightest, fewest_asks, cheapest] = best.map(|found| found.map(|(_, plan)| plan));
        CommonPlans { soonest, lightest, fewest_asks, cheapest }
    }

    fn common_with(&self, n: u16, grace: u16, taking: Taking) -> Option<Vec<Way>> {
        let end = usize::from(n) + usize::from(grace) - 1;
        self.ways
            .iter()
            .map(|ways| {
                let kept = ways.contract.as_ref().filter(|_| taking.contracts).map(|kept| kept.way);
                let until = ways.settlement.filter(|_| taking.settlements).map(|(_, until)| until.min(end));
                kept.or_else(|| ways.settled_in(until?)).or_else(|| ways.nearest(n, grace)).or_else(|| {
                    // No instalments at all: whatever else there is.
                    ways.latest(self.last()).next()
                })
            })
            .collect()
    }

    fn weigh(&self, plan: Vec<Way>, best: &mut [Option<([i64; 2], Vec<Way>)>; 4]) {
        let months = self.months_of(&plan);
        let mut sum = 0;
        let fits = months.iter().zip(&self.limit).all(|(month, limit)| {
            sum += month;
            sum <= *limit
        });
        if !fits {
            return;
        }
        let end = last_month(&plan);
        let asks = plan.iter().map(Way::asks).sum();
        let peak = months.iter().copied().max().unwrap_or(0);
        for (key, best) in [[end, sum], [peak, end], [asks, end], [sum, end]].into_iter().zip(best) {
            if best.as_ref().is_none_or(|(least, _)| key < *least) {
                *best = Some((key, plan.clone()));
            }
        }
    }

    /// Each single settlement and each single contract, taken instead of what the plan has for that debt.
    fn exchange(&self, plan: Vec<Way>, best: &mut [Option<([i64; 2], Vec<Way>)>; 4]) {
        let end = end_of(&plan);
        for (debt, ways) in self.ways.iter().enumerate() {
            let kept = ways.contract.as_ref().map(|kept| kept.way);
            let settled = ways.settlement.and_then(|(_, until)| ways.settled_in(until.min(end)));
            for way in kept.into_iter().chain(settled) {
                let mut other = plan.clone();
                other[debt] = way;
                self.weigh(other, best);
            }
        }
    }
}

use std::ops::{ControlFlow, Range};

use super::choose::Candidate;
use super::flow::whole;
use super::way::{WayKind, Ways};

/// Costs are priced in 2^-16 of a unit, so that prices of money need no fractions.
pub(super) const ONE: i128 = 1 << 16;
/// Above this price a fen in the wrong month already outweighs any cost; sums of higher ones would only overflow.
const DEAREST: i64 = 1 << 52;

/// What money is worth in each month, and what that proves: no choice costs less than `value / ONE`.
///
/// Any prices give a valid bound (Lagrangian relaxation); good prices give a tight one. Whole numbers throughout.
#[derive(Debug, Clone)]
pub(super) struct Dual {
    /// The proved bound, in [`ONE`]ths.
    pub(super) value: i128,
    /// The last choice looked at.
    pub(super) last: Vec<usize>,
    prices: Prices,
}

/// The price of paying a fen in a month, and its running sum.
#[derive(Debug, Clone)]
struct Prices {
    month: Vec<i64>,
    before: Vec<i64>,
}

/// What pricing needs of a candidate, beside those of the same debt.
struct Priced {
    cost: i64,
    level: i64,
    last: i64,
    start: usize,
    end: usize,
    kept: bool,
}

impl Priced {
    fn of(candidate: &Candidate, months: usize) -> Self {
        let flow = candidate.way.flow;
        let (start, end) = (flow.start.min(months), (flow.start + flow.count).min(months));
        let last = if flow.start + flow.count < months { flow.last } else { 0 };
        let kept = candidate.way.kind == WayKind::Contract;
        Self { cost: candidate.cost, level: flow.level, last, start, end, kept }
    }
}

impl Prices {
    /// From the price of each month's limit: a fen paid in a month burdens this and all later limits.
    fn of(limits: &[i64]) -> Self {
        let mut month = limits.to_vec();
        for t in (0..month.len().saturating_sub(1)).rev() {
            month[t] += month[t + 1];
        }
        let mut before = Vec::with_capacity(month.len() + 1);
        let mut sum = 0;
        before.push(sum);
        before.extend(month.iter().map(|price| {
            sum += price;
            sum
        }));
        // After the last month nothing has a price.
        month.push(0);
        Self { month, before }
    }

    fn on(&self, ways: &Ways, one: &Priced) -> i128 {
        let cost = i128::from(one.cost) * ONE;
        let times = |price: i64, amount: i64| i128::from(price) * i128::from(amount);
        if let (true, Some(kept)) = (one.kept, &ways.contract) {
            return cost + self.month.iter().zip(&kept.pays).map(|(p, pay)| times(*p, *pay)).sum::<i128>();
        }
        cost + times(self.before[one.end] - self.before[one.start], one.level)
            + times(self.month[one.end], one.last)
    }
}

impl Dual {
    /// What a candidate costs at these prices.
    pub(super) fn priced(&self, ways: &Ways, candidate: &Candidate) -> i128 {
        self.prices.on(ways, &Priced::of(candidate, self.prices.month.len() - 1))
    }

    /// The best bound that `rounds` rounds of price-setting find. `seen` is told every cheapest choice on the way,
    /// and by how much it breaks limits at most, and answers with the least cost known so far, or that this is enough.
    pub(super) fn search(
        ways: &[Ways],
        candidates: &[Vec<Candidate>],
        limit: &[i64],
        rounds: usize,
        mut seen: impl FnMut(&[usize], i64) -> ControlFlow<(), Option<i64>>,
    ) -> Self {
        let months = limit.len();
        let dearest: i128 = candidates
            .iter()
            .map(|list| i128::from(list.iter().map(|c| c.cost).max().unwrap_or(0)))
            .sum::<i128>()
            + 1;
        let dearest_price = DEAREST.min(i64::MAX / (whole(months + 1) * whole(months + 1)));
        let mut all: Vec<Priced> = Vec::with_capacity(candidates.iter().map(Vec::len).sum());
        let own: Vec<Range<usize>> = candidates
            .iter()
            .map(|list| {
                let from = all.len();
                all.extend(list.iter().map(|candidate| Priced::of(candidate, months)));
                from..all.len()
            })
            .collect();
        let mut lambda = vec![0i64; months];
        let mut best: Option<Self> = None;
        let (mut stale, mut halvings) = (0, 0u32);
        let mut picks = vec![0usize; candidates.len()];
        let mut over = vec![0i64; months];
        let horizon = ways.first().map_or(0, |ways| ways.horizon);
        let (mut steps, mut once) = (vec![0i64; horizon + 1], vec![0i64; horizon + 1]);
        for _ in 0..rounds.max(1) {
            let prices = Prices::of(&lambda);
            let mut value: i128 =
                -lambda.iter().zip(limit).map(|(l, c)| i128::from(*l) * i128::from(*c)).sum::<i128>();
            steps.fill(0);
            once.fill(0);
            for (((list, own), ways), pick) in candidates.iter().zip(&own).zip(ways).zip(&mut picks) {
                let prices = all[own.clone()].iter().map(|one| prices.on(ways, one));
                let Some((at, price)) = prices.enumerate().min_by_key(|(_, price)| *price) else { continue };
                value += price;
                *pick = at;
                ways.outline(&list[at].way, &mut steps, &mut once);
            }
            let (mut level, mut sum) = (0, 0);
            for (((by, step), once), cap) in over.iter_mut().zip(&steps).zip(&once).zip(limit) {
                level += step;
                sum += level + once;
                *by = sum - cap;
            }
            let known = seen(&picks, over.iter().copied().max().unwrap_or(0));
            if best.as_ref().is_none_or(|b| value > b.value) {
                best = Some(Self { value, last: Vec::new(), prices });
                stale = 0;
            } else {
                stale += 1;
                if stale >= 3 {
                    (stale, halvings) = (0, halvings + 1);
                }
            }
            let ControlFlow::Continue(known) = known else { break };
            let target = known.map_or(dearest, i128::from) * ONE;
            if value > target - ONE || halvings > 40 {
                break;
            }
            // Toward the target along the breaches (Polyak's step), halved whenever it stops helping.
            let active = |l: i64, by: i64| l > 0 || by > 0;
            let norm: i128 = lambda
                .iter()
                .zip(&over)
                .filter(|(l, by)| active(**l, **by))
                .map(|(_, by)| i128::from(*by) * i128::from(*by))
                .sum();
            if norm == 0 {
                break;
            }
            let gap = target - value;
            for (l, by) in lambda.iter_mut().zip(&over) {
                if active(*l, *by) {
                    let moved = i128::from(*l) + ((gap * i128::from(*by) / norm) >> halvings);
                    *l = i64::try_from(moved.max(0)).unwrap_or(i64::MAX).min(dearest_price);
                }
            }
        }
        let best =
            best.unwrap_or_else(|| Self { value: 0, last: Vec::new(), prices: Prices::of(&vec![0; months]) });
        Self { last: picks, ..best }
    }
}

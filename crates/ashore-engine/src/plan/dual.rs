use super::choose::Candidate;
use super::way::{WayKind, Ways};

/// Costs are priced in 2^-16 of a unit, so that prices of money need no fractions.
pub(super) const ONE: i128 = 1 << 16;
/// Above this price a fen in the wrong month already outweighs any cost; higher prices would only overflow.
const DEAREST: i128 = ONE << 36;

/// What money is worth in each month, and what that proves: no choice costs less than `value / ONE`.
///
/// Any prices give a valid bound (Lagrangian relaxation); good prices give a tight one. Whole numbers throughout.
#[derive(Debug, Clone)]
pub(super) struct Dual {
    /// The proved bound, in [`ONE`]ths.
    pub(super) value: i128,
    prices: Prices,
}

/// The price of paying a fen in a month, and its running sum.
#[derive(Debug, Clone)]
struct Prices {
    month: Vec<i128>,
    before: Vec<i128>,
}

impl Prices {
    /// From the price of each month's limit: a fen paid in a month burdens this and all later limits.
    fn of(limits: &[i128]) -> Self {
        let mut month = limits.to_vec();
        for t in (0..month.len().saturating_sub(1)).rev() {
            month[t] += month[t + 1];
        }
        let mut before = Vec::with_capacity(month.len() + 1);
        before.push(0);
        for price in &month {
            before.push(before.last().copied().unwrap_or(0) + price);
        }
        Self { month, before }
    }

    fn on(&self, ways: &Ways, candidate: &Candidate) -> i128 {
        let cost = i128::from(candidate.cost) * ONE;
        if let (WayKind::Contract, Some(kept)) = (candidate.way.kind, &ways.contract) {
            return cost
                + self.month.iter().zip(&kept.pays).map(|(p, pay)| p * i128::from(*pay)).sum::<i128>();
        }
        let flow = candidate.way.flow;
        let months = self.month.len();
        let (start, end) = (flow.start.min(months), (flow.start + flow.count).min(months));
        let level = i128::from(flow.level) * (self.before[end] - self.before[start]);
        cost + level + self.month.get(flow.start + flow.count).map_or(0, |p| p * i128::from(flow.last))
    }
}

impl Dual {
    /// What a candidate costs at these prices.
    pub(super) fn priced(&self, ways: &Ways, candidate: &Candidate) -> i128 {
        self.prices.on(ways, candidate)
    }

    /// The best bound that `rounds` rounds of price-setting find. `seen` is told every cheapest choice on the way
    /// that breaks no limit, with its cost, and answers with the least cost known so far.
    pub(super) fn search(
        ways: &[Ways],
        candidates: &[Vec<Candidate>],
        limit: &[i64],
        rounds: usize,
        mut seen: impl FnMut(Option<&[usize]>) -> Option<i64>,
    ) -> Self {
        let months = limit.len();
        let dearest: i128 = candidates
            .iter()
            .map(|list| i128::from(list.iter().map(|c| c.cost).max().unwrap_or(0)))
            .sum::<i128>()
            + 1;
        let mut lambda = vec![0i128; months];
        let mut best: Option<Self> = None;
        let (mut stale, mut halvings) = (0, 0u32);
        let mut picks = vec![0usize; candidates.len()];
        let mut over = vec![0i64; months];
        let horizon = ways.first().map_or(0, |ways| ways.horizon);
        let (mut steps, mut once) = (vec![0i64; horizon + 1], vec![0i64; horizon + 1]);
        for _ in 0..rounds.max(1) {
            let prices = Prices::of(&lambda);
            let mut value: i128 = -lambda.iter().zip(limit).map(|(l, c)| l * i128::from(*c)).sum::<i128>();
            steps.fill(0);
            once.fill(0);
            for ((list, ways), pick) in candidates.iter().zip(ways).zip(&mut picks) {
                let cheapest = list.iter().enumerate().map(|(i, c)| (prices.on(ways, c), i)).min();
                let Some((price, at)) = cheapest else { continue };
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
            let fits = over.iter().all(|by| *by <= 0);
            let known = seen(fits.then_some(&picks));
            if best.as_ref().is_none_or(|b| value > b.value) {
                best = Some(Self { value, prices });
                stale = 0;
            } else {
                stale += 1;
                if stale >= 3 {
                    (stale, halvings) = (0, halvings + 1);
                }
            }
            let target = known.map_or(dearest, i128::from) * ONE;
            if value > target - ONE || halvings > 40 {
                break;
            }
            // Toward the target along the breaches (Polyak's step), halved whenever it stops helping.
            let active = |l: i128, by: i64| l > 0 || by > 0;
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
                    *l = (*l + ((gap * i128::from(*by) / norm) >> halvings)).clamp(0, DEAREST);
                }
            }
        }
        best.unwrap_or_else(|| Self { value: 0, prices: Prices::of(&vec![0; months]) })
    }
}

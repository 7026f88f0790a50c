use std::ops::ControlFlow;

use super::dual::{Dual, ONE};
use super::way::{Way, Ways};

/// One way to pay one debt, and what choosing it costs under the objective.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) way: Way,
    pub(super) cost: i64,
}

/// Choose one candidate for each debt so that the sum of costs is least and no month's running sum of payments
/// exceeds `limit`.
pub(super) struct Choice<'a> {
    pub(super) ways: &'a [Ways],
    pub(super) candidates: &'a [Vec<Candidate>],
    /// What is available by the end of each month; payments in later months are not limited.
    pub(super) limit: &'a [i64],
    /// Every cost is a multiple of it.
    pub(super) unit: i64,
}

/// How far to look.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// Partial plans to look at before settling for the best found.
    pub(super) nodes: u64,
    /// Rounds of price-setting for the bound.
    pub(super) rounds: usize,
}

/// What a search for a choice came to.
#[derive(Debug, Clone)]
pub(super) struct Chosen {
    /// The cheapest choice found.
    pub(super) best: Option<(i64, Vec<Way>)>,
    /// No choice costs less; `None` when it is proved that there is none at all within what was asked.
    pub(super) bound: Option<i64>,
}

impl Chosen {
    /// True if nothing better exists.
    pub(super) fn exact(&self) -> bool {
        match (&self.best, self.bound) {
            (Some((cost, _)), Some(bound)) => *cost <= bound,
            (None, None) => true,
            _ => false,
        }
    }
}

/// The candidates of one debt that pay nothing after month `end`, without those surely no better than another.
///
/// `thorough` compares every pair; otherwise only pairs where one is likely to be worse.
pub(super) fn candidates(
    ways: &Ways,
    end: usize,
    months: usize,
    thorough: bool,
    cost: impl Fn(&Way) -> i64,
) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::new();
    let compare = thorough || ways.periodic.is_zero();
    let mut all: Vec<Way> = ways.latest(end).collect();
    // Longest terms first: at rate zero the first one already outdoes nearly all others.
    all.reverse();
    for way in all {
        let new = Candidate { way, cost: cost(&way) };
        let no_worse =
            |a: &Candidate, b: &Candidate| a.cost <= b.cost && ways.never_ahead(&a.way, &b.way, months);
        if compare || kept.len() < 4 {
            if kept.iter().any(|old| no_worse(old, &new)) {
                continue;
            }
            kept.retain(|old| !no_worse(&new, old));
        }
        kept.push(new);
    }
    kept
}

impl Choice<'_> {
    /// The cheapest choice of cost at most `at_most`; `start` is one already known to fit. With `any`, the first
    /// one found will do.
    pub(super) fn solve(
        &self,
        start: Option<&[Way]>,
        at_most: Option<i64>,
        any: bool,
        effort: Effort,
    ) -> Chosen {
        if self.candidates.iter().any(Vec::is_empty) {
            return Chosen { best: None, bound: None };
        }
        let within = |cost: &i64| at_most.is_none_or(|most| *cost <= most);
        let mut best: Option<(i64, Vec<usize>)> =
            start.and_then(|plan| self.as_good_as(plan)).map(|picks| (self.sum(&picks), picks));
        best = best.filter(|(cost, _)| within(cost));
        let mut ceiling = best.as_ref().map(|(cost, _)| *cost).or(at_most.map(|most| most + self.unit));
        let take = |picks: Vec<usize>, best: &mut Option<(i64, Vec<usize>)>, ceiling: &mut Option<i64>| {
            let cost = self.sum(&picks);
            if ceiling.is_none_or(|least| cost < least) {
                *ceiling = Some(cost);
                *best = Some((cost, picks));
            }
        };
        // The choice on the way that breaks limits least.
        let mut nearest: Option<(i64, Vec<usize>)> = None;
        let dual = Dual::search(self.ways, self.candidates, self.limit, effort.rounds, |picks, by| {
            if by <= 0 {
                take(picks.to_vec(), &mut best, &mut ceiling);
            } else if nearest.as_ref().is_none_or(|(least, _)| by < *least) {
                nearest = Some((by, picks.to_vec()));
            }
            if any && best.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(ceiling) }
        });
        let floor = self.up_to_unit(dual.value);
        let dearest: i64 =
            self.candidates.iter().map(|list| list.iter().map(|c| c.cost).max().unwrap_or(0)).sum();
        let sought = |best: &Option<(i64, Vec<usize>)>| {
            let below = best.as_ref().map(|(cost, _)| cost - self.unit).or(at_most);
            below.unwrap_or(dearest).min(dearest)
        };
        let mut complete = floor > sought(&best);
        if !complete && (!any || best.is_none() && at_most.is_none()) {
            let nearest = nearest.and_then(|(_, picks)| self.mended(&picks));
            let last = if any && nearest.is_some() { None } else { self.mended(&dual.last) };
            for picks in nearest.into_iter().chain(last) {
                take(picks, &mut best, &mut ceiling);
            }
            if !any {
                self.improve_best(&dual, &mut best);
            }
            complete = floor > sought(&best);
        }
        if !(complete || any && best.is_some()) {
            let mut descent = Descent::new(self, &dual, sought(&best), any, effort.nodes);
            complete = descent.run(dual.value);
            if let Some(found) = descent.best {
                best = Some(found);
                if !complete {
                    self.improve_best(&dual, &mut best);
                }
            }
        }
        let best = best.map(|(cost, picks)| {
            let ways = picks.iter().zip(self.candidates).map(|(i, list)| list[*i].way).collect();
            (cost, ways)
        });
        let bound = match (&best, complete) {
            (Some((cost, _)), true) if !any => Some(*cost),
            (None, true) => at_most.filter(|most| *most < dearest).map(|most| most + self.unit),
            _ => Some(floor),
        };
        Chosen { best, bound }
    }

    fn improve_best(&self, dual: &Dual, best: &mut Option<(i64, Vec<usize>)>) {
        if let Some((cost, picks)) = best {
            self.improve(dual, picks);
            *cost = self.sum(picks);
        }
    }

    fn sum(&self, picks: &[usize]) -> i64 {
        picks.iter().zip(self.candidates).map(|(i, list)| list[*i].cost).sum()
    }

    /// Candidates that are never ahead of a plan made elsewhere, so they fit if it does; `None` when one of its ways
    /// is outside what is looked at here.
    fn as_good_as(&self, plan: &[Way]) -> Option<Vec<usize>> {
        let months = self.limit.len();
        plan.iter()
            .zip(self.candidates)
            .zip(self.ways)
            .map(|((way, list), ways)| {
                let fitting = list.iter().enumerate().filter(|(_, c)| ways.never_ahead(&c.way, way, months));
                fitting.min_by_key(|(_, c)| c.cost).map(|(i, _)| i)
            })
            .collect()
    }

    /// A bound in [`ONE`]ths as the least cost it still allows.
    fn up_to_unit(&self, value: i128) -> i64 {
        let step = ONE * i128::from(self.unit);
        let units = -(-value).div_euclid(step);
        i64::try_from(units * i128::from(self.unit)).unwrap_or(i64::MAX).max(0)
    }
}

/// Depth-first branch and bound over the candidates, dearest debts first, cheapest candidates first.
struct Descent<'a> {
    choice: &'a Choice<'a>,
    /// Debts in the order in which they are decided.
    order: Vec<usize>,
    /// Of each debt in that order: its candidates, by how much they cost beyond the cheapest at the dual's prices.
    lists: Vec<Vec<Branch>>,
    /// Running sums of all branches, one after the other.
    sums: Vec<i64>,
    /// The least that debts from a depth on must have paid by each month.
    rest: Vec<i64>,
    /// Paid so far, by depth.
    paid: Vec<i64>,
    picked: Vec<usize>,
    most: i64,
    any: bool,
    nodes: u64,
    cut: bool,
    best: Option<(i64, Vec<usize>)>,
}

struct Branch {
    candidate: usize,
    extra: i128,
    sums: usize,
}

/// Cells of running sums kept at most; beyond, only each debt's most promising candidates are looked at.
const CELLS: usize = 2_000_000;

impl<'a> Descent<'a> {
    fn new(choice: &'a Choice<'a>, dual: &Dual, most: i64, any: bool, nodes: u64) -> Self {
        let months = choice.limit.len();
        let debts = choice.candidates.len();
        let mut order: Vec<usize> = (0..debts).collect();
        let weight = |d: usize| choice.candidates[d].iter().map(|c| c.way.total).max().unwrap_or(0);
        order.sort_by_key(|d| std::cmp::Reverse(weight(*d)));
        let most_each = (CELLS / (debts * months).max(1)).max(4);
        let (mut lists, mut sums, mut cut) = (Vec::with_capacity(debts), Vec::new(), false);
        for debt in &order {
            let (ways, list) = (&choice.ways[*debt], &choice.candidates[*debt]);
            let prices: Vec<i128> = list.iter().map(|c| dual.priced(ways, c)).collect();
            let least = prices.iter().copied().min().unwrap_or(0);
            let mut branches: Vec<Branch> = prices
                .iter()
                .enumerate()
                // A candidate that alone lifts the bound above what is sought can be in no better plan.
                .filter(|(_, price)| choice.up_to_unit(dual.value + **price - least) <= most)
                .map(|(candidate, price)| Branch { candidate, extra: price - least, sums: 0 })
                .collect();
            branches.sort_by_key(|b| (b.extra, b.candidate));
            cut |= branches.len() > most_each;
            branches.truncate(most_each);
            for branch in &mut branches {
                branch.sums = sums.len();
                sums.resize(branch.sums + months, 0);
                let row = &mut sums[branch.sums..];
                ways.apply(&list[branch.candidate].way, row, 1);
                for t in 1..months {
                    row[t] += row[t - 1];
                }
            }
            lists.push(branches);
        }
        let mut rest = vec![0i64; (debts + 1) * months];
        for depth in (0..debts).rev() {
            for t in 0..months {
                let least = lists[depth].iter().map(|b| sums[b.sums + t]).min().unwrap_or(0);
                rest[depth * months + t] = rest[(depth + 1) * months + t] + least;
            }
        }
        let paid = vec![0i64; (debts + 1) * months];
        let picked = vec![0; debts];
        Self { choice, order, lists, sums, rest, paid, picked, most, any, nodes, cut, best: None }
    }

    /// True if every plan that costs at most `most` was looked at or ruled out.
    fn run(&mut self, bound: i128) -> bool {
        if self.lists.iter().any(Vec::is_empty) {
            return true;
        }
        let ended = self.go(0, bound);
        ended && !self.cut
    }

    /// False when the search was given up.
    fn go(&mut self, depth: usize, bound: i128) -> bool {
        let months = self.choice.limit.len();
        if depth == self.lists.len() {
            let picks = &self.picked;
            let cost = self.choice.sum(picks);
            if cost <= self.most {
                self.most = cost - self.choice.unit;
                self.best = Some((cost, picks.clone()));
                return !self.any;
            }
            return true;
        }
        for at in 0..self.lists[depth].len() {
            let branch = &self.lists[depth][at];
            let bound = bound + branch.extra;
            if self.choice.up_to_unit(bound) > self.most {
                break;
            }
            if self.nodes == 0 {
                return false;
            }
            self.nodes -= 1;
            let (from, to) = (depth * months, (depth + 1) * months);
            let fits = (0..months).all(|t| {
                let sum = self.paid[from + t] + self.sums[branch.sums + t];
                self.paid[to + t] = sum;
                sum + self.rest[to + t] <= self.choice.limit[t]
            });
            if fits {
                self.picked[self.order[depth]] = branch.candidate;
                if !self.go(depth + 1, bound) {
                    return false;
                }
            }
        }
        true
    }
}

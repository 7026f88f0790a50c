//! A choice that breaks limits, mended, and one that breaks none, made cheaper: single candidates exchanged, then two
//! at once.

use super::choose::{Candidate, Choice};
use super::dual::Dual;

/// Exchanges that mend a choice at most.
const MOVES: usize = 30;
/// Months looked at in each,
const WATCHED: usize = 8;
/// and how often others are looked at instead.
const LOOKS: usize = 4;
/// Above this weight a month that stays broken is given up.
const HEAVIEST: i64 = 1 << 5;
/// Of each debt, the candidates that a pair of exchanges may take: those dearer by least at the dual's prices.
const NEAR: usize = 5;
/// Pairs of exchanges weighed at most.
const PAIRS: usize = 30_000;

impl Choice<'_> {
    /// A choice near `picks` that breaks no limit, if exchanging one candidate after the other leads to one.
    pub(super) fn mended(&self, picks: &[usize]) -> Option<Vec<usize>> {
        let mut held = Held::new(self, picks.to_vec());
        let mut moves = MOVES;
        for _ in 0..LOOKS {
            let watched = held.broken();
            if watched.is_empty() {
                return Some(held.picks);
            }
            if !Watch::new(&held, &watched).mend(&mut held.picks, &mut moves) {
                return None;
            }
            held = Held::new(self, held.picks);
        }
        held.over.iter().all(|by| *by <= 0).then_some(held.picks)
    }

    /// Exchanges single candidates, and pairs of them, for cheaper ones for as long as the limits hold.
    pub(super) fn improve(&self, dual: &Dual, picks: &mut Vec<usize>) {
        let mut held = Held::new(self, std::mem::take(picks));
        let near: Vec<Vec<usize>> = self
            .candidates
            .iter()
            .zip(self.ways)
            .map(|(list, ways)| {
                let mut near: Vec<(i128, usize)> =
                    list.iter().enumerate().map(|(at, new)| (dual.priced(ways, new), at)).collect();
                near.sort_unstable();
                near.into_iter().take(NEAR).map(|(_, at)| at).collect()
            })
            .collect();
        let mut pairs = PAIRS;
        while held.cheaper_by_one() || held.cheaper_by_two(&near, &mut pairs) {}
        *picks = held.picks;
    }
}

/// A choice with what it has paid beyond its limits by the end of each month.
struct Held<'a> {
    choice: &'a Choice<'a>,
    picks: Vec<usize>,
    /// Above 0 where a limit is broken.
    over: Vec<i64>,
}

impl<'a> Held<'a> {
    fn new(choice: &'a Choice<'a>, picks: Vec<usize>) -> Self {
        let months = choice.limit.len();
        let mut over = vec![0i64; months];
        for ((pick, list), ways) in picks.iter().zip(choice.candidates).zip(choice.ways) {
            ways.apply(&list[*pick].way, &mut over, 1);
        }
        let mut sum = 0;
        for (over, limit) in over.iter_mut().zip(choice.limit) {
            sum += *over;
            *over = sum - limit;
        }
        Self { choice, picks, over }
    }

    fn picked(&self, debt: usize) -> &'a Candidate {
        &self.choice.candidates[debt][self.picks[debt]]
    }

    /// By how much more another candidate of the debt has paid by the end of the month.
    fn more(&self, debt: usize, candidate: &Candidate, month: usize) -> i64 {
        let ways = &self.choice.ways[debt];
        ways.cumulative(&candidate.way, month) - ways.cumulative(&self.picked(debt).way, month)
    }

    fn exchange(&mut self, debt: usize, candidate: usize) {
        let new = &self.choice.candidates[debt][candidate];
        for t in 0..self.over.len() {
            self.over[t] += self.more(debt, new, t);
        }
        self.picks[debt] = candidate;
    }

    /// Months to look at where limits are broken: the worst, the first and the last of each row of them, and the
    /// tightest that are not broken. Empty when none is.
    fn broken(&self) -> Vec<usize> {
        let over = &self.over;
        let is = |t: usize| over.get(t).is_some_and(|by| *by > 0);
        let corner = |t: &usize| {
            let (before, after) = (t.checked_sub(1).map(|t| over[t]), over.get(t + 1));
            let highest = before.is_none_or(|by| by <= over[*t]) && after.is_none_or(|by| *by <= over[*t]);
            is(*t) && (highest || before.is_none_or(|by| by <= 0) || !is(t + 1))
        };
        let mut watched: Vec<usize> = (0..over.len()).filter(corner).collect();
        if watched.is_empty() {
            return watched;
        }
        watched.sort_by_key(|t| std::cmp::Reverse(over[*t]));
        watched.truncate(WATCHED / 2);
        let mut free: Vec<usize> = (0..over.len()).filter(|t| !is(*t)).collect();
        free.sort_by_key(|t| std::cmp::Reverse(over[*t]));
        watched.extend(free.into_iter().take(WATCHED - watched.len()));
        watched
    }

    fn cheaper_by_one(&mut self) -> bool {
        let mut changed = false;
        let tight = self.tightest_first();
        for debt in 0..self.picks.len() {
            let now = self.picked(debt).cost;
            let list = &self.choice.candidates[debt];
            let fits = |new: &Candidate| tight.iter().all(|t| self.over[*t] + self.more(debt, new, *t) <= 0);
            let cheaper = list.iter().enumerate().filter(|(_, new)| new.cost < now);
            let mut cheaper: Vec<(i64, usize)> = cheaper.map(|(at, new)| (new.cost, at)).collect();
            cheaper.sort_unstable();
            if let Some((_, at)) = cheaper.into_iter().find(|(_, at)| fits(&list[*at])) {
                self.exchange(debt, at);
                changed = true;
            }
        }
        changed
    }

    /// The tightest months first: most of what does not fit fails there.
    fn tightest_first(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.over.len()).collect();
        order.sort_by_key(|t| std::cmp::Reverse(self.over[*t]));
        order
    }

    /// Every pair of exchanges within `near`, taken where it is cheaper together.
    fn cheaper_by_two(&mut self, near: &[Vec<usize>], pairs: &mut usize) -> bool {
        let order = self.tightest_first();
        let mut changed = false;
        let mut others: Vec<Vec<Exchange>> =
            (0..near.len()).map(|debt| self.exchanges(debt, &near[debt], &order)).collect();
        for first in 0..near.len() {
            for second in first + 1..near.len() {
                let slack = |place: usize| -self.over[order[place]];
                let mut found = None;
                'pair: for one in &others[first] {
                    for two in others[second].iter().filter(|two| one.cost + two.cost < 0) {
                        let Some(left) = pairs.checked_sub(1) else { return changed };
                        *pairs = left;
                        let mut both = one.more.iter().zip(&two.more).enumerate();
                        if both.all(|(place, (one, two))| one + two <= slack(place)) {
                            found = Some((one.to, two.to));
                            break 'pair;
                        }
                    }
                }
                if let Some((one, two)) = found {
                    self.exchange(first, one);
                    self.exchange(second, two);
                    for debt in [first, second] {
                        others[debt] = self.exchanges(debt, &near[debt], &order);
                    }
                    changed = true;
                }
            }
        }
        changed
    }

    fn exchanges(&self, debt: usize, near: &[usize], order: &[usize]) -> Vec<Exchange> {
        let (list, now) = (&self.choice.candidates[debt], self.picked(debt).cost);
        let others = near.iter().filter(|to| **to != self.picks[debt]);
        others
            .map(|to| {
                let more = order.iter().map(|t| self.more(debt, &list[*to], *t)).collect();
                Exchange { to: *to, cost: list[*to].cost - now, more }
            })
            .collect()
    }
}

/// Another candidate for a debt, beside the one it has.
struct Exchange {
    to: usize,
    /// By how much it costs more,
    cost: i64,
    /// and how much more it has paid, the tightest month first.
    more: Vec<i64>,
}

/// All candidates in a few months.
struct Watch<'a> {
    choice: &'a Choice<'a>,
    /// What each candidate has paid by the end of each of them, debt after debt.
    sums: Vec<[i64; WATCHED]>,
    over: [i64; WATCHED],
    weights: [i64; WATCHED],
}

impl<'a> Watch<'a> {
    fn new(held: &Held<'a>, watched: &[usize]) -> Self {
        let choice = held.choice;
        let mut sums = Vec::with_capacity(choice.candidates.iter().map(Vec::len).sum());
        for (list, ways) in choice.candidates.iter().zip(choice.ways) {
            sums.extend(list.iter().map(|candidate| {
                let mut row = [0; WATCHED];
                row.iter_mut().zip(watched).for_each(|(sum, t)| *sum = ways.cumulative(&candidate.way, *t));
                row
            }));
        }
        let mut over = [0; WATCHED];
        over.iter_mut().zip(watched).for_each(|(over, t)| *over = held.over[*t]);
        Self { choice, sums, over, weights: [1; WATCHED] }
    }

    /// Exchanges candidates until none of these months is broken. False when that leads nowhere.
    fn mend(&mut self, picks: &mut [usize], moves: &mut usize) -> bool {
        while self.over.iter().any(|by| *by > 0) {
            if *moves == 0 {
                return false;
            }
            *moves -= 1;
            if !self.least_broken(picks) {
                // Every exchange breaks as much elsewhere: what is broken now weighs more from here on.
                for (weight, by) in self.weights.iter_mut().zip(self.over) {
                    if by > 0 {
                        *weight *= 2;
                    }
                }
                if self.weights.iter().any(|weight| *weight > HEAVIEST) {
                    return false;
                }
            }
        }
        true
    }

    /// Makes the exchange that mends most for what it costs. False if none mends anything.
    fn least_broken(&mut self, picks: &mut [usize]) -> bool {
        let broken = |over: i64, weight: i64| over.max(0) * weight;
        let now: i64 = self.over.iter().zip(self.weights).map(|(over, weight)| broken(*over, weight)).sum();
        // What it costs, by how much less is broken.
        let mut best: Option<(i128, i128, usize, usize, usize)> = None;
        let mut from = 0;
        for (debt, list) in self.choice.candidates.iter().enumerate() {
            let own = picks[debt];
            let mut base = self.over;
            base.iter_mut().zip(self.sums[from + own]).for_each(|(base, sum)| *base -= sum);
            for (at, sums) in self.sums[from..from + list.len()].iter().enumerate() {
                let mut then = 0;
                for ((base, sum), weight) in base.iter().zip(sums).zip(self.weights) {
                    then += broken(base + sum, weight);
                }
                if then >= now {
                    continue;
                }
                let cost = i128::from((list[at].cost - list[own].cost).max(0)) + 1;
                let less = i128::from(now - then);
                if best.is_none_or(|(known, by, ..)| cost * by < known * less) {
                    best = Some((cost, less, debt, at, from));
                }
            }
            from += list.len();
        }
        let Some((.., debt, at, from)) = best else { return false };
        let (old, new) = (self.sums[from + picks[debt]], self.sums[from + at]);
        for ((over, old), new) in self.over.iter_mut().zip(old).zip(new) {
            *over += new - old;
        }
        picks[debt] = at;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::super::flow::Flow;
    use super::super::way::{Way, WayKind, Ways};
    use super::*;
    use proptest::prelude::*;

    const MONTHS: usize = 8;

    /// Debts whose ways pay a level amount in a row of months, and what there is by the end of each month.
    fn drawn() -> impl Strategy<Value = (Vec<Vec<Candidate>>, Vec<i64>)> {
        let way = (0..MONTHS, 0..MONTHS, 0i64..20, 0i64..60).prop_map(|(start, count, level, extra)| {
            let count = count.min(MONTHS - 1 - start);
            let flow = Flow { start, count, level, last: level };
            let way = Way {
                kind: WayKind::Instalments { grace: 0, terms: 1 },
                flow,
                total: flow.total(),
                end: start + count,
            };
            Candidate { way, cost: flow.total() + extra }
        });
        let debts = prop::collection::vec(prop::collection::vec(way, 1..6), 1..7);
        (debts, prop::collection::vec(0i64..60, MONTHS)).prop_map(|(debts, money)| {
            let mut limit = money;
            (1..MONTHS).for_each(|t| limit[t] += limit[t - 1]);
            (debts, limit)
        })
    }

    fn with<T>(debts: &[Vec<Candidate>], limit: &[i64], check: impl FnOnce(&Choice<'_>) -> T) -> T {
        let ways = vec![Ways::none(MONTHS); debts.len()];
        check(&Choice { ways: &ways, candidates: debts, limit, unit: 1 })
    }

    fn fits(choice: &Choice<'_>, picks: &[usize]) -> bool {
        (0..MONTHS).all(|t| {
            let paid = picks.iter().zip(choice.candidates).map(|(at, list)| list[*at].way.flow.cumulative(t));
            paid.sum::<i64>() <= choice.limit[t]
        })
    }

    fn cost(choice: &Choice<'_>, picks: &[usize]) -> i64 {
        picks.iter().zip(choice.candidates).map(|(at, list)| list[*at].cost).sum()
    }

    proptest! {
        #[test]
        fn what_is_mended_breaks_no_limit((debts, limit) in drawn()) {
            with(&debts, &limit, |choice| {
                let first = vec![0; choice.candidates.len()];
                if let Some(mended) = choice.mended(&first) {
                    prop_assert!(fits(choice, &mended));
                    if fits(choice, &first) {
                        prop_assert_eq!(mended, first);
                    }
                }
                Ok(())
            })?;
        }

        #[test]
        fn what_is_improved_still_fits_and_is_no_dearer((debts, limit) in drawn()) {
            with(&debts, &limit, |choice| {
                let first = vec![0; choice.candidates.len()];
                let Some(mut picks) = choice.mended(&first) else { return Ok(()) };
                let before = cost(choice, &picks);
                let seen = |_: &[usize], _: i64| std::ops::ControlFlow::Continue(None);
                let dual = Dual::search(choice.ways, choice.candidates, choice.limit, 10, seen);
                choice.improve(&dual, &mut picks);
                prop_assert!(fits(choice, &picks));
                prop_assert!(cost(choice, &picks) <= before);
                for (debt, list) in choice.candidates.iter().enumerate() {
                    for at in 0..list.len() {
                        let mut other = picks.clone();
                        other[debt] = at;
                        let better = fits(choice, &other) && cost(choice, &other) < cost(choice, &picks);
                        prop_assert!(!better, "one exchange is left that is cheaper");
                    }
                }
                Ok(())
            })?;
        }
    }
}

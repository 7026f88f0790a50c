use super::situation::Situation;
use super::way::{Way, WayKind};

/// A plan with what it pays month by month, moved one debt at a time.
#[derive(Clone)]
pub(super) struct Load<'a> {
    situation: &'a Situation,
    pub(super) plan: Vec<Way>,
    months: Vec<i64>,
    /// Squares of months are weighed in units of 2^`scale` fen, so that sums of them stay exact.
    scale: u32,
}

/// What a move should lower first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Toward {
    /// The sum of squares of the months: an even load.
    Even,
    /// The largest month, then the sum of squares.
    Peak,
}

type Score = (i64, i64, i64);

/// The months of all debts but one, with what tells in one step how a way would change them.
struct Others {
    months: Vec<i64>,
    /// Largest month before each.
    before: Vec<i64>,
    /// Largest month from each on.
    from: Vec<i64>,
    /// Running sums.
    sums: Vec<i64>,
}

impl<'a> Load<'a> {
    pub(super) fn new(situation: &'a Situation, plan: Vec<Way>) -> Self {
        let months = situation.months_of(&plan);
        let total: i64 = months.iter().sum();
        let scale = (64 - total.unsigned_abs().leading_zeros()).saturating_sub(24);
        Self { situation, plan, months, scale }
    }

    pub(super) fn peak(&self) -> i64 {
        self.months.iter().copied().max().unwrap_or(0)
    }

    /// Moves debts one after the other, each to the best way that `allowed` lets it have, until none moves.
    pub(super) fn settle(&mut self, toward: Toward, passes: usize, allowed: impl Fn(usize, &Way) -> bool) {
        for _ in 0..passes {
            let mut moved = false;
            for debt in 0..self.plan.len() {
                moved |= self.relocate(debt, toward, |way| allowed(debt, way));
            }
            if !moved {
                break;
            }
        }
    }

    /// Moves one debt to its best allowed way that fits the money there is. True if that is another way.
    pub(super) fn relocate(&mut self, debt: usize, toward: Toward, allowed: impl Fn(&Way) -> bool) -> bool {
        let ways = &self.situation.ways[debt];
        let now = self.plan[debt];
        ways.apply(&now, &mut self.months, -1);
        let others = Others::of(&self.months);
        let mut best: Option<(Score, Way)> = None;
        if allowed(&now) {
            best = Some((self.score(&others, debt, &now, toward), now));
        }
        let level_most = best
            .as_ref()
            .map_or(i64::MAX, |_| others.before.last().copied().unwrap_or(0).max(0) + ways.peak(&now));
        for (n, flow) in &ways.by_terms {
            if flow.level > level_most {
                continue;
            }
            let Some(latest) = ways.latest_start(*n, flow, self.situation.last()) else { continue };
            for grace in 0..=latest {
                self.consider(&others, debt, ways.instalments(*n, grace, flow), toward, &allowed, &mut best);
            }
        }
        for month in 0..self.situation.horizon {
            let Some(way) = ways.settled_in(month) else { break };
            self.consider(&others, debt, way, toward, &allowed, &mut best);
        }
        if let Some(kept) = &ways.contract {
            self.consider(&others, debt, kept.way, toward, &allowed, &mut best);
        }
        let new = best.map_or(now, |(_, way)| way);
        ways.apply(&new, &mut self.months, 1);
        self.plan[debt] = new;
        new != now
    }

    fn consider(
        &self,
        others: &Others,
        debt: usize,
        way: Way,
        toward: Toward,
        allowed: &impl Fn(&Way) -> bool,
        best: &mut Option<(Score, Way)>,
    ) {
        if !allowed(&way) {
            return;
        }
        let score = self.score(others, debt, &way, toward);
        if best.as_ref().is_none_or(|(least, _)| score < *least) && self.fits(others, debt, &way) {
            *best = Some((score, way));
        }
    }

    fn fits(&self, others: &Others, debt: usize, way: &Way) -> bool {
        let ways = &self.situation.ways[debt];
        let limit = &self.situation.limit;
        (0..limit.len()).all(|t| others.sums[t + 1] + ways.cumulative(way, t) <= limit[t])
    }

    fn score(&self, others: &Others, debt: usize, way: &Way, toward: Toward) -> Score {
        let (peak, squares) = self.weight(others, debt, way);
        match toward {
            Toward::Even => (squares, peak, way.total),
            Toward::Peak => (peak, squares, way.total),
        }
    }

    /// The largest month with `way`, and by how much it raises the sum of squares.
    fn weight(&self, others: &Others, debt: usize, way: &Way) -> (i64, i64) {
        let months = &others.months;
        let scaled = |amount: i64| amount >> self.scale;
        let square = |old: i64, pay: i64| scaled(pay) * (2 * scaled(old) + scaled(pay));
        if way.kind == WayKind::Contract {
            let ways = &self.situation.ways[debt];
            let pays = (0..months.len()).map(|t| (months[t], ways.pay(way, t)));
            return pays
                .fold((0, 0), |(peak, sum), (old, pay)| (peak.max(old + pay), sum + square(old, pay)));
        }
        let flow = way.flow;
        let end = flow.start + flow.count;
        let inside = months[flow.start..end.min(months.len())].iter().copied().max();
        let outside = others.before[flow.start].max(others.from[(end + 1).min(months.len())]);
        let mut peak = outside.max(inside.map_or(0, |most| most + flow.level));
        let level = scaled(flow.level);
        let old = scaled(others.sums[end.min(months.len())] - others.sums[flow.start]);
        let mut squares = level * (2 * old + i64::try_from(flow.count).unwrap_or(0) * level);
        if let Some(last) = months.get(end) {
            peak = peak.max(last + flow.last);
            squares += square(*last, flow.last);
        }
        (peak, squares)
    }
}

impl Others {
    fn of(months: &[i64]) -> Self {
        let running = |months: &mut dyn Iterator<Item = &i64>| {
            let mut most = vec![0];
            for month in months {
                most.push(most.last().copied().unwrap_or(0).max(*month));
            }
            most
        };
        let before = running(&mut months.iter());
        let mut from = running(&mut months.iter().rev());
        from.reverse();
        let mut sums = vec![0];
        for month in months {
            sums.push(sums.last().copied().unwrap_or(0) + month);
        }
        Self { months: months.to_vec(), before, from, sums }
    }
}

use super::flow::whole;
use super::situation::Situation;
use super::way::{Way, WayKind, Ways};

/// A plan with what it pays month by month, moved one debt at a time.
#[derive(Clone)]
pub(super) struct Load<'a> {
    situation: &'a Situation,
    pub(super) plan: Vec<Way>,
    months: Vec<i64>,
}

/// What a move should lower first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Toward {
    /// The sum of squares of the months: an even load.
    Even,
    /// The sum of fourth powers: high months count far more than low ones.
    Flat,
    /// The largest month, then the sum of fourth powers.
    Peak,
}

/// Smaller is better, part by part.
type Score = (i64, i64, i64);

/// The months of all debts but one, with what tells in one step how a way would change them.
struct Others {
    months: Vec<i64>,
    /// Largest month before each.
    before: Vec<i64>,
    /// Largest month from each on.
    from: Vec<i64>,
    /// Largest of 2^k months from each on, one row per k.
    spans: Vec<Vec<i64>>,
    /// Running sums.
    sums: Vec<i64>,
    /// Powers are of amounts in units of 2^`scale` fen, so that sums of them are exact.
    scale: u32,
    /// Ways with a larger month are not weighed.
    most: i64,
    /// Running sums of the scaled months, their squares and their cubes.
    powers: Vec<[i64; 3]>,
}

impl<'a> Load<'a> {
    pub(super) fn new(situation: &'a Situation, plan: Vec<Way>) -> Self {
        let months = situation.months_of(&plan);
        Self { situation, plan, months }
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

    /// Lets pairs of debts change places for as long as that lowers the largest month, or fills it more evenly, looking
    /// at no more than `moves` of them. A single move cannot pass through a higher month; two at once can.
    pub(super) fn exchange(&mut self, mut moves: usize) {
        let mut weight = self.weight();
        'again: loop {
            let top = self.months.iter().enumerate().max_by_key(|(t, sum)| (**sum, std::cmp::Reverse(*t)));
            let Some((top, _)) = top else { return };
            let paid_then = |debt: &usize| self.situation.ways[*debt].pay(&self.plan[*debt], top);
            let mut heavy: Vec<usize> = (0..self.plan.len()).filter(|debt| paid_then(debt) > 0).collect();
            heavy.sort_by_key(|debt| std::cmp::Reverse(paid_then(debt)));
            for first in heavy {
                for second in (0..self.plan.len()).filter(|second| *second != first) {
                    if moves == 0 {
                        return;
                    }
                    moves -= 1;
                    let before = [(first, self.plan[first]), (second, self.plan[second])];
                    self.put(second, Way::NONE);
                    self.relocate(first, Toward::Peak, |_| true);
                    let placed = self.relocate(second, Toward::Peak, |way| *way != Way::NONE);
                    let after = self.weight();
                    if placed && after < weight {
                        weight = after;
                        continue 'again;
                    }
                    before.into_iter().for_each(|(debt, way)| self.put(debt, way));
                }
            }
            return;
        }
    }

    fn put(&mut self, debt: usize, way: Way) {
        let ways = &self.situation.ways[debt];
        ways.apply(&self.plan[debt], &mut self.months, -1);
        ways.apply(&way, &mut self.months, 1);
        self.plan[debt] = way;
    }

    /// The largest month, then the sum of fourth powers.
    pub(super) fn weight(&self) -> (i64, i128) {
        let fourth = |month: &i64| {
            let square = (i128::from(*month) * i128::from(*month)) >> 24;
            square * square
        };
        (self.peak(), self.months.iter().map(fourth).sum())
    }

    /// A plan made from nothing: debts in `order`, each put where it keeps the load flattest while what the others
    /// need at least (`least`, by debt and month) stays affordable. `None` if one finds no place.
    pub(super) fn built(situation: &'a Situation, order: &[usize], least: &[Vec<i64>]) -> Option<Self> {
        let mut plan: Vec<Option<Way>> = vec![None; order.len()];
        let mut months = vec![0i64; situation.horizon];
        let mut room = situation.limit.clone();
        least.iter().for_each(|row| room.iter_mut().zip(row).for_each(|(room, least)| *room -= least));
        for debt in order {
            let ways = &situation.ways[*debt];
            room.iter_mut().zip(&least[*debt]).for_each(|(room, least)| *room += least);
            let others = Others::of(&months, ways.balance, Toward::Flat);
            let mut best: Option<(Score, Way)> = None;
            ways.up_to(others.most, &mut |way: Way| {
                let score = others.score(ways, &way, Toward::Flat);
                if best.as_ref().is_none_or(|(old, _)| score < *old)
                    && (0..room.len()).all(|t| ways.cumulative(&way, t) <= room[t])
                {
                    best = Some((score, way));
                }
            });
            let (_, way) = best?;
            ways.apply(&way, &mut months, 1);
            room.iter_mut().enumerate().for_each(|(t, room)| *room -= ways.cumulative(&way, t));
            plan[*debt] = Some(way);
        }
        Some(Self { situation, plan: plan.into_iter().collect::<Option<_>>()?, months })
    }

    /// Moves one debt to its best allowed way that fits the money there is. True if that is another way.
    pub(super) fn relocate(&mut self, debt: usize, toward: Toward, allowed: impl Fn(&Way) -> bool) -> bool {
        let ways = &self.situation.ways[debt];
        let now = self.plan[debt];
        ways.apply(&now, &mut self.months, -1);
        let others = Others::of(&self.months, ways.peak(&now), toward);
        let mut best: Option<(Score, Way)> = None;
        if allowed(&now) {
            best = Some((others.score(ways, &now, toward), now));
        }
        let limit = &self.situation.limit;
        let mut consider = |way: Way| {
            if !allowed(&way) {
                return;
            }
            let score = others.score(ways, &way, toward);
            if best.as_ref().is_none_or(|(least, _)| score < *least) && others.fits(ways, &way, limit) {
                best = Some((score, way));
            }
        };
        ways.up_to(others.most, &mut consider);
        let new = best.map_or(now, |(_, way)| way);
        ways.apply(&new, &mut self.months, 1);
        self.plan[debt] = new;
        new != now
    }
}

impl Others {
    fn of(months: &[i64], own: i64, toward: Toward) -> Self {
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
        let peak = before.last().copied().unwrap_or(0);
        // Twice as high as now is never better; and squares, fourth powers of 600 months stay within 64 bits.
        let most = 2 * (peak + own);
        let bits = if toward == Toward::Even { 25 } else { 12 };
        let scale = (64 - (peak + most).unsigned_abs().leading_zeros()).saturating_sub(bits);
        let mut sums = vec![0];
        let mut powers = vec![[0; 3]];
        for month in months {
            sums.push(sums.last().copied().unwrap_or(0) + month);
            let [a, b, c] = powers.last().copied().unwrap_or_default();
            let x = month >> scale;
            let cube = if toward == Toward::Even { 0 } else { x * x * x };
            powers.push([a + x, b + x * x, c + cube]);
        }
        let mut spans = vec![months.to_vec()];
        let mut width = 1;
        while let Some(row) = spans.last().filter(|row| row.len() > width) {
            let wider = row.iter().zip(&row[width..]).map(|(a, b)| *a.max(b)).collect();
            spans.push(wider);
            width *= 2;
        }
        Self { months: months.to_vec(), before, from, spans, sums, scale, most, powers }
    }

    fn fits(&self, ways: &Ways, way: &Way, limit: &[i64]) -> bool {
        (0..limit.len()).all(|t| self.sums[t + 1] + ways.cumulative(way, t) <= limit[t])
    }

    fn score(&self, ways: &Ways, way: &Way, toward: Toward) -> Score {
        let (peak, power) = self.weight(ways, way, toward);
        match toward {
            Toward::Even | Toward::Flat => (power, peak, way.total),
            Toward::Peak => (peak, power, way.total),
        }
    }

    /// The largest month with `way`, and by how much it raises the sum of powers.
    fn weight(&self, ways: &Ways, way: &Way, toward: Toward) -> (i64, i64) {
        let months = &self.months;
        let last = months.len();
        if way.kind == WayKind::Contract {
            let pays = (0..last).map(|t| (t, ways.pay(way, t)));
            return pays.fold((0, 0), |(peak, sum), (t, pay)| {
                (peak.max(months[t] + pay), sum + self.raised(t, t + 1, pay, toward))
            });
        }
        let flow = way.flow;
        let end = (flow.start + flow.count).min(last);
        let mut peak = self.before[flow.start].max(self.from[(end + 1).min(last)]);
        if let Some(most) = self.largest(flow.start, end) {
            peak = peak.max(most + flow.level);
        }
        let mut power = self.raised(flow.start, end, flow.level, toward);
        if let Some(month) = months.get(end) {
            peak = peak.max(month + flow.last);
            power += self.raised(end, end + 1, flow.last, toward);
        }
        (peak, power)
    }

    /// The largest of the months from `start` up to, not with, `end`: that of two spans which cover them.
    fn largest(&self, start: usize, end: usize) -> Option<i64> {
        let row = end.checked_sub(start)?.checked_ilog2()?;
        let row = self.spans.get(row as usize)?;
        let width = self.months.len() + 1 - row.len();
        Some((*row.get(start)?).max(*row.get(end - width)?))
    }

    /// By how much `pay` more in each of the months raises the sum of their powers.
    fn raised(&self, start: usize, end: usize, pay: i64, toward: Toward) -> i64 {
        let x = pay >> self.scale;
        let (from, to) = (self.powers[start], self.powers[end]);
        let [first, second, third] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
        let months = whole(end - start);
        match toward {
            Toward::Even => x * (2 * first + months * x),
            Toward::Flat | Toward::Peak => x * (4 * third + x * (6 * second + x * (4 * first + x * months))),
        }
    }
}

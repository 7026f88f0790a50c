use super::others::{Others, Score};
use super::situation::Situation;
use super::way::Way;

/// A plan with what it pays month by month, moved one debt at a time.
#[derive(Clone)]
pub(super) struct Load<'a> {
    situation: &'a Situation,
    pub(super) plan: Vec<Way>,
    months: Vec<i64>,
    /// Of the debt moved last; kept for its room.
    others: Others,
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

impl Toward {
    /// A way's score, from the largest month it leads to, by how much it raises the sum of powers, and what it costs.
    pub(super) const fn score(self, peak: i64, power: i64, total: i64) -> Score {
        match self {
            Self::Even | Self::Flat => (power, peak, total),
            Self::Peak => (peak, power, total),
        }
    }
}

impl<'a> Load<'a> {
    pub(super) fn new(situation: &'a Situation, plan: Vec<Way>) -> Self {
        let months = situation.months_of(&plan);
        Self { situation, plan, months, others: Others::default() }
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
                    // Where the largest month is too large already, the second debt cannot mend it.
                    if self.peak() <= weight.0
                        && self.relocate(second, Toward::Peak, |way| *way != Way::NONE)
                        && self.weight() < weight
                    {
                        weight = self.weight();
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
        let mut others = Others::default();
        least.iter().for_each(|row| room.iter_mut().zip(row).for_each(|(room, least)| *room -= least));
        for debt in order {
            let ways = &situation.ways[*debt];
            room.iter_mut().zip(&least[*debt]).for_each(|(room, least)| *room += least);
            others.set(&months, ways, ways.balance, Toward::Flat, room.iter().copied());
            let (_, way) = others.best(ways, Toward::Flat, None, |_| true)?;
            ways.apply(&way, &mut months, 1);
            room.iter_mut().enumerate().for_each(|(t, room)| *room -= ways.cumulative(&way, t));
            plan[*debt] = Some(way);
        }
        Some(Self { situation, plan: plan.into_iter().collect::<Option<_>>()?, months, others })
    }

    /// Moves one debt to its best allowed way that fits the money there is. True if that is another way.
    pub(super) fn relocate(&mut self, debt: usize, toward: Toward, allowed: impl Fn(&Way) -> bool) -> bool {
        let ways = &self.situation.ways[debt];
        let now = self.plan[debt];
        ways.apply(&now, &mut self.months, -1);
        let mut sum = 0;
        let room = self.months.iter().zip(&self.situation.limit).map(|(month, limit)| {
            sum += month;
            limit - sum
        });
        self.others.set(&self.months, ways, ways.peak(&now), toward, room);
        let known: Option<(Score, Way)> = allowed(&now).then(|| (self.others.score(ways, &now, toward), now));
        let new = self.others.best(ways, toward, known, allowed).map_or(now, |(_, way)| way);
        ways.apply(&new, &mut self.months, 1);
        self.plan[debt] = new;
        new != now
    }
}

//! How one debt's ways would change the months of a plan: each weighed in a few steps, however long it runs.

use super::flow::whole;
use super::load::Toward;
use super::way::{Way, WayKind, Ways};

/// Smaller is better, part by part.
pub(super) type Score = (i64, i64, i64);

/// The months of all debts but one, with what tells in one step how a way of that one would change them.
#[derive(Clone, Default)]
pub(super) struct Others {
    months: Vec<i64>,
    /// Largest month before each.
    before: Vec<i64>,
    /// Largest month from each on.
    from: Vec<i64>,
    /// Largest of 2^k months from each on, a row as long as the months for each k; only where ways may begin late.
    spans: Vec<i64>,
    /// What more may be paid by the end of each month.
    room: Vec<i64>,
    /// The least of it from each month on.
    room_from: Vec<i64>,
    /// The first month in which even nothing is too much.
    overspent: usize,
    /// Powers are of amounts in units of 2^`scale` fen, so that sums of them are exact.
    scale: u32,
    /// Ways with a larger month are not weighed.
    most: i64,
    /// The smallest month.
    least: i64,
    /// Running sums of the scaled months, their squares and their cubes.
    powers: Vec<[i64; 3]>,
}

/// By how much an amount more in a row of months raises the sum of their powers: factors of the sums of their first,
/// second and third powers, and of their number.
#[derive(Clone, Copy)]
struct Raise([i64; 4]);

impl Raise {
    const fn by(x: i64, toward: Toward) -> Self {
        match toward {
            Toward::Even => Self([2 * x, 0, 0, x * x]),
            Toward::Flat | Toward::Peak => Self([4 * x * x * x, 6 * x * x, 4 * x, x * x * x * x]),
        }
    }

    /// The least it can be over so many months of which none is below `least`.
    const fn at_least(self, months: i64, least: i64) -> i64 {
        let square = least * least;
        // Of squares no cubes are needed, and might not fit.
        let cube = if self.0[2] == 0 { 0 } else { square * least };
        self.over([0; 3], [months * least, months * square, months * cube], months)
    }

    const fn over(self, from: [i64; 3], to: [i64; 3], months: i64) -> i64 {
        let Self([first, second, third, each]) = self;
        first * (to[0] - from[0]) + second * (to[1] - from[1]) + third * (to[2] - from[2]) + each * months
    }
}

impl Others {
    /// `months` are those of all debts but the one with these `ways`, which pays up to `own` in one month today;
    /// `room` is what more may be paid by the end of each.
    pub(super) fn set(
        &mut self,
        months: &[i64],
        ways: &Ways,
        own: i64,
        toward: Toward,
        room: impl Iterator<Item = i64>,
    ) {
        let mut peak = 0;
        self.months.clear();
        self.months.extend_from_slice(months);
        self.before.clear();
        self.before.push(0);
        self.before.extend(months.iter().map(|month| {
            peak = peak.max(*month);
            peak
        }));
        self.least = months.iter().copied().min().unwrap_or(0);
        // Twice as high as now is never better; and squares, fourth powers of 600 months stay within 64 bits.
        self.most = 2 * (peak + own);
        let bits = if toward == Toward::Even { 25 } else { 12 };
        self.scale = (64 - (peak + self.most).unsigned_abs().leading_zeros()).saturating_sub(bits);
        self.from.clear();
        self.from.resize(months.len() + 1, 0);
        self.room.clear();
        self.room.extend(room);
        self.overspent = self.room.iter().position(|room| *room < 0).unwrap_or(months.len());
        self.room_from.clear();
        self.room_from.resize(months.len() + 1, i64::MAX);
        let (mut largest, mut room) = (0, i64::MAX);
        for t in (0..months.len()).rev() {
            largest = largest.max(months[t]);
            room = room.min(self.room[t]);
            self.from[t] = largest;
            self.room_from[t] = room;
        }
        self.powers.clear();
        let mut sums = [0; 3];
        self.powers.push(sums);
        for month in months {
            let x = month >> self.scale;
            let square = x * x;
            let cube = if toward == Toward::Even { 0 } else { square * x };
            sums = [sums[0] + x, sums[1] + square, sums[2] + cube];
            self.powers.push(sums);
        }
        self.spans.clear();
        if ways.grace_max > 0 {
            self.span();
        }
    }

    fn span(&mut self) {
        let months = self.months.len();
        self.spans.extend_from_slice(&self.months);
        let mut width = 1;
        while 2 * width <= months {
            let row = self.spans.len() - months;
            for t in 0..months {
                let (one, other) = (self.spans[row + t], self.spans[row + (t + width).min(months - 1)]);
                self.spans.push(one.max(other));
            }
            width *= 2;
        }
    }

    /// The best way that `allowed` allows and the money there is, if it is better than the one `known`.
    pub(super) fn best(
        &self,
        ways: &Ways,
        toward: Toward,
        known: Option<(Score, Way)>,
        allowed: impl Fn(&Way) -> bool,
    ) -> Option<(Score, Way)> {
        let mut best = known;
        let consider = |score: Score, way: Way, best: &mut Option<(Score, Way)>| {
            if best.as_ref().is_none_or(|(least, _)| score < *least) && allowed(&way) && self.fits(ways, &way)
            {
                *best = Some((score, way));
            }
        };
        for (n, flow) in ways.by_terms.iter().rev().filter(|(_, flow)| flow.peak() <= self.most) {
            let Some(latest) = ways.latest_start(*n, flow, ways.horizon - 1) else { continue };
            let level = Raise::by(flow.level >> self.scale, toward);
            let last = Raise::by(flow.last >> self.scale, toward);
            let (months, total) = (whole(flow.count), flow.total());
            // What no start can be below.
            let (peak, power) =
                (self.least + flow.level.min(flow.peak()), level.at_least(months, self.least >> self.scale));
            for start in 0..=usize::from(latest) {
                let known =
                    best.as_ref().map_or((i64::MAX, i64::MAX), |((first, second, _), _)| (*first, *second));
                let least = match toward {
                    Toward::Even | Toward::Flat => (power, i64::MIN),
                    Toward::Peak => (peak.max(self.before[start]), power),
                };
                if least > known {
                    break;
                }
                let end = start + flow.count;
                let mut peak = self.before[start].max(self.from[end + 1]).max(self.months[end] + flow.last);
                if let Some(largest) = self.largest(start, end) {
                    peak = peak.max(largest + flow.level);
                }
                if toward == Toward::Peak && peak > known.0 {
                    continue;
                }
                let power = level.over(self.powers[start], self.powers[end], months)
                    + last.over(self.powers[end], self.powers[end + 1], 1);
                let score = toward.score(peak, power, total);
                let grace = u16::try_from(start).unwrap_or(u16::MAX);
                consider(score, ways.instalments(*n, grace, flow), &mut best);
            }
        }
        if let Some((_, until)) = ways.settlement.filter(|(amount, _)| *amount <= self.most) {
            for way in (0..=until).filter_map(|month| ways.settled_in(month)) {
                consider(self.score(ways, &way, toward), way, &mut best);
            }
        }
        if let Some(kept) = ways.contract.as_ref().filter(|kept| ways.peak(&kept.way) <= self.most) {
            consider(self.score(ways, &kept.way, toward), kept.way, &mut best);
        }
        best
    }

    /// How good the months are with this way.
    pub(super) fn score(&self, ways: &Ways, way: &Way, toward: Toward) -> Score {
        let raised = |start: usize, end: usize, pay: i64| {
            Raise::by(pay >> self.scale, toward).over(
                self.powers[start],
                self.powers[end],
                whole(end - start),
            )
        };
        if way.kind == WayKind::Contract {
            let (mut peak, mut power) = (0, 0);
            for (t, month) in self.months.iter().enumerate() {
                let pay = ways.pay(way, t);
                peak = peak.max(month + pay);
                power += raised(t, t + 1, pay);
            }
            return toward.score(peak, power, way.total);
        }
        let flow = way.flow;
        let end = flow.start + flow.count;
        let mut peak = self.before[flow.start].max(self.from[end + 1]).max(self.months[end] + flow.last);
        if let Some(largest) = self.largest(flow.start, end) {
            peak = peak.max(largest + flow.level);
        }
        let power = raised(flow.start, end, flow.level) + raised(end, end + 1, flow.last);
        toward.score(peak, power, way.total)
    }

    /// The largest of the months from `start` up to, not with, `end`: that of two spans which cover them.
    fn largest(&self, start: usize, end: usize) -> Option<i64> {
        if start == 0 {
            return (end > 0).then(|| self.before[end]);
        }
        let exponent = end.checked_sub(start)?.checked_ilog2()?;
        let row = exponent as usize * self.months.len();
        Some((*self.spans.get(row + start)?).max(*self.spans.get(row + end - (1 << exponent))?))
    }

    /// True if no month's running sum exceeds what is there.
    fn fits(&self, ways: &Ways, way: &Way) -> bool {
        if way.kind == WayKind::Contract {
            return self.room.iter().enumerate().all(|(t, room)| ways.cumulative(way, t) <= *room);
        }
        let flow = way.flow;
        let end = flow.start + flow.count;
        if way.total > self.room_from[end] || self.overspent < flow.start {
            return false;
        }
        let mut sum = 0;
        self.room[flow.start..end].iter().all(|room| {
            sum += flow.level;
            sum <= *room
        })
    }
}

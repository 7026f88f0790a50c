//! The plans anyone would try first: one grace and one number of terms for all, each as far as its lender's limits
//! allow, alone, with every contract kept, with every settlement taken, with any one of them. No answer is ever worse
//! than the best of these: the searches start from them.

use super::ordered::end_of;
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
        // Far more than a household of fifty debts over five years takes; it bounds hundreds of debts over decades.
        let mut looks = LOOKS / self.horizon;
        for contracts in [false, true] {
            for settlements in [false, true] {
                if contracts && !has_contracts || settlements && !has_settlements {
                    continue;
                }
                let taking = Taking { contracts, settlements };
                // Longest first: the lightest are among them, and rule out most others.
                for n in (1..=longest).rev() {
                    self.common_of_terms(n, latest, taking, &mut looks, &mut best);
                }
            }
        }
        for objective in 0..best.len() {
            // One exchange after the other for as long as one helps.
            let mut before = None;
            for _ in 0..ROUNDS {
                let Some((key, plan)) = best[objective].clone() else { break };
                if before.replace(key) == Some(key) {
                    break;
                }
                let months = self.months_of(&plan);
                self.exchange(&plan, &months, None, &mut best);
            }
        }
        let [soonest, lightest, fewest_asks, cheapest] = best.map(|found| found.map(|(_, plan)| plan));
        CommonPlans { soonest, lightest, fewest_asks, cheapest }
    }

    /// All plans of `n` terms, each grace up to `latest`.
    fn common_of_terms(&self, n: u16, latest: u16, taking: Taking, looks: &mut usize, best: &mut Best) {
        let base: Option<Vec<Base>> =
            self.ways.iter().map(|ways| Base::of(ways, n, taking, self.last())).collect();
        let Some(base) = base else { return };
        let begun: Vec<Way> = base.iter().map(|base| base.with_grace(0, n)).collect();
        let largest = begun.iter().map(|way| way.total).max().unwrap_or(0);
        let heaviest = self.ways.iter().zip(&begun).map(|(ways, way)| ways.peak(way)).max().unwrap_or(0);
        let paid: i64 = begun.iter().map(|way| way.total).sum();
        let asks: i64 = begun.iter().map(Way::asks).sum();
        let exchanges = !(taking.contracts || taking.settlements);
        // Debts that begin no later with more grace are summed once.
        let mut moving: Vec<usize> = (0..base.len()).collect();
        let (mut still, mut sums) = (Outline::new(self.horizon), Outline::new(self.horizon));
        let mut months = Vec::with_capacity(self.horizon);
        for grace in 0..=latest {
            if usize::from(n) + usize::from(grace) > self.horizon {
                break;
            }
            moving.retain(|debt| {
                let moves = base[*debt].moves_after(grace, n);
                if !moves {
                    still.add(&self.ways[*debt], &base[*debt].with_grace(grace, n));
                }
                moves
            });
            sums.set(&still);
            for debt in &moving {
                sums.add(&self.ways[*debt], &base[*debt].with_grace(grace, n));
            }
            let end = sums.end;
            // What is paid by then at the latest is not there: no exchange of one debt mends it.
            if paid - self.limit[end] > if exchanges { largest } else { 0 } {
                continue;
            }
            let (mut level, mut sum, mut peak, mut short) = (0, 0, 0, 0);
            months.clear();
            for ((step, once), limit) in sums.steps.iter().zip(&sums.once).zip(&self.limit) {
                level += step;
                months.push(level + once);
                sum += level + once;
                peak = peak.max(level + once);
                short = short.max(sum - limit);
            }
            let plan = || base.iter().map(|base| base.with_grace(grace, n)).collect::<Vec<Way>>();
            if short == 0 {
                weigh(Keys { end: index(end), paid, peak, asks }, plan, best);
            }
            // Even a pair that does not fit alone may fit with one debt on something else.
            if exchanges {
                let known = best[LIGHTEST].as_ref().map_or(i64::MAX, |(key, _)| key[0]);
                if peak - heaviest <= known && short <= largest {
                    self.exchange(&plan(), &months, Some((short, looks)), best);
                }
            }
        }
    }

    /// Each single settlement and each single contract, taken instead of what the plan has for that debt. The plan
    /// itself need not fit. Of a plan that is so much `short`, at most so many exchanges are looked at, and none that
    /// cannot be lighter than the lightest known.
    fn exchange(
        &self,
        plan: &[Way],
        months: &[i64],
        mut flatter: Option<(i64, &mut usize)>,
        best: &mut Best,
    ) {
        let end = end_of(plan);
        let (total, asks) =
            plan.iter().fold((0, 0), |(total, asks), way| (total + way.total, asks + way.asks()));
        let top = months.iter().copied().max().unwrap_or(0);
        let mut others = Without::default();
        for (debt, (ways, own)) in self.ways.iter().zip(plan).enumerate() {
            let known = best[LIGHTEST].as_ref().map_or(i64::MAX, |(key, _)| key[0]);
            if ways.contract.is_none() && ways.settlement.is_none() {
                continue;
            }
            if let Some((short, looks)) = &mut flatter {
                if top - ways.peak(own) > known || own.total < *short || **looks == 0 {
                    continue;
                }
                **looks -= 1;
            }
            others.set(months, ways, own, &self.limit);
            if let Some(kept) = ways.contract.as_ref().map(|kept| kept.way) {
                let mut sum = 0;
                let mut peak = 0;
                let fits = others.months.iter().zip(&self.limit).enumerate().all(|(t, (month, limit))| {
                    let with = month + ways.pay(&kept, t);
                    peak = peak.max(with);
                    sum += with;
                    sum <= *limit
                });
                if fits {
                    let end = index(others.end.max(kept.end));
                    let keys = Keys {
                        end,
                        paid: total - own.total + kept.total,
                        peak,
                        asks: asks - own.asks() + kept.asks(),
                    };
                    weigh(keys, || exchanged(plan, debt, kept), best);
                }
            }
            let Some((_, until)) = ways.settlement else { continue };
            let until = until.min(end);
            // As late as it may be, or where least else is paid.
            let emptiest = (0..=until).min_by_key(|t| (others.months[*t], std::cmp::Reverse(*t)));
            for way in [Some(until), emptiest].into_iter().flatten().filter_map(|t| ways.settled_in(t)) {
                let month = way.flow.start;
                if others.overspent < month || others.room_from[month] < way.total {
                    continue;
                }
                let keys = Keys {
                    end: index(others.end.max(way.end)),
                    paid: total - own.total + way.total,
                    peak: others.peak.max(others.months[month] + way.total),
                    asks: asks - own.asks() + way.asks(),
                };
                weigh(keys, || exchanged(plan, debt, way), best);
            }
        }
    }
}

fn exchanged(plan: &[Way], debt: usize, way: Way) -> Vec<Way> {
    let mut other = plan.to_vec();
    other[debt] = way;
    other
}

/// A plan's months without one debt.
#[derive(Default)]
struct Without {
    months: Vec<i64>,
    /// What more may be paid in or after each month.
    room_from: Vec<i64>,
    /// The first month in which already these are too much.
    overspent: usize,
    end: usize,
    peak: i64,
}

impl Without {
    fn set(&mut self, months: &[i64], ways: &Ways, own: &Way, limit: &[i64]) {
        self.months.clear();
        self.months.extend_from_slice(months);
        ways.apply(own, &mut self.months, -1);
        self.room_from.clear();
        (self.overspent, self.end, self.peak) = (limit.len(), 0, 0);
        let mut sum = 0;
        for (t, (month, limit)) in self.months.iter().zip(limit).enumerate() {
            sum += month;
            self.room_from.push(limit - sum);
            if sum > *limit {
                self.overspent = self.overspent.min(t);
            }
            if *month > 0 {
                self.end = t;
            }
            self.peak = self.peak.max(*month);
        }
        let mut least = i64::MAX;
        for room in self.room_from.iter_mut().rev() {
            least = least.min(*room);
            *room = least;
        }
    }
}

/// What ways pay, as changes of a level and as single payments, and the last month in which any does.
struct Outline {
    steps: Vec<i64>,
    once: Vec<i64>,
    end: usize,
}

impl Outline {
    fn new(horizon: usize) -> Self {
        Self { steps: vec![0; horizon + 1], once: vec![0; horizon + 1], end: 0 }
    }

    fn add(&mut self, ways: &Ways, way: &Way) {
        ways.outline(way, &mut self.steps, &mut self.once);
        self.end = self.end.max(way.end);
    }

    fn set(&mut self, other: &Self) {
        self.steps.copy_from_slice(&other.steps);
        self.once.copy_from_slice(&other.once);
        self.end = other.end;
    }
}

/// Where the lightest plan stands among the best.
const LIGHTEST: usize = 1;

/// Months looked at over all exchanges of single debts.
const LOOKS: usize = 6_000_000;

/// Rounds of exchanging one debt after the other at most.
const ROUNDS: usize = 12;

fn index(month: usize) -> i64 {
    i64::try_from(month).unwrap_or(i64::MAX)
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

    /// Whether more grace than this changes it.
    fn moves_after(&self, grace: u16, n: u16) -> bool {
        match self {
            Self::Fixed(_) => false,
            Self::Settled(_, until) => usize::from(n) + usize::from(grace) - 1 < *until,
            Self::Terms(_, most) => grace < *most,
        }
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

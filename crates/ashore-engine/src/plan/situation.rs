use super::choose::{Candidate, Choice, Chosen, Effort, candidates};
use super::request::PlanRequest;
use super::way::{Way, Ways};

/// A request in the solver's terms: fen, months counted from 0, all ways to pay each debt.
pub(super) struct Situation {
    pub(super) ways: Vec<Ways>,
    /// Cash and capacity through each month.
    pub(super) limit: Vec<i64>,
    pub(super) horizon: usize,
}

/// Up to so many debts …
const SMALL_DEBTS: usize = 4;
/// … and so many months every answer is proved to the fen, however long it takes.
const SMALL_MONTHS: usize = 24;

/// Rounds of price-setting at most for whether there is a plan that ends by a month.
const ROUNDS: usize = 40;

impl Situation {
    pub(super) fn of(request: &PlanRequest) -> Self {
        let limit: Vec<i64> = request
            .capacity
            .iter()
            .scan(request.cash_now.fen(), |sum, month| {
                *sum += month.fen();
                Some(*sum)
            })
            .collect();
        let ways = request.debts.iter().map(|debt| Ways::of(debt, request)).collect();
        Self { ways, horizon: limit.len(), limit }
    }

    pub(super) fn last(&self) -> usize {
        self.horizon - 1
    }

    /// True where every combination is looked at or ruled out.
    pub(super) fn small(&self) -> bool {
        self.ways.len() <= SMALL_DEBTS && self.horizon <= SMALL_MONTHS
    }

    /// How far to look; for any plan that will do less far than for the best.
    pub(super) fn effort(&self, any: bool) -> Effort {
        if self.small() {
            return Effort { nodes: u64::MAX, rounds: 40 };
        }
        // A fraction of a millisecond for fifty debts, whatever the horizon, and longer where each search is cheap.
        let cells = 13_000_000 / u64::try_from(self.ways.len()).unwrap_or(1).max(10);
        let cells = if any { cells / 4 } else { cells };
        let months = u64::try_from(self.horizon).unwrap_or(1).max(1);
        Effort { nodes: cells / months, rounds: if any { 16 } else { 28 } }
    }

    /// Each debt's candidates that pay nothing after month `end`; running sums count through `months` months.
    pub(super) fn candidates(
        &self,
        end: usize,
        months: usize,
        cost: impl Fn(&Ways, &Way) -> i64,
    ) -> Vec<Vec<Candidate>> {
        let thorough = self.ways.len() <= 12;
        self.ways.iter().map(|ways| candidates(ways, end, months, thorough, |way| cost(ways, way))).collect()
    }

    /// The cheapest plan that pays nothing after month `end`.
    pub(super) fn cheapest_by(&self, end: usize, cost: Cost, ask: Ask<'_>) -> Chosen {
        let candidates = self.candidates(end, self.horizon, |_, way| cost.of(way));
        let choice =
            Choice { ways: &self.ways, candidates: &candidates, limit: &self.limit, unit: cost.unit() };
        let mut effort = self.effort(ask.any);
        // When a plan can end at all is looked for longest: it is what must not move with a little more money.
        if ask.any && !self.small() {
            match ask.at_most {
                None => effort.rounds = ROUNDS,
                Some(_) => effort.nodes /= 2,
            }
        }
        choice.solve(ask.start, ask.at_most, ask.any, effort)
    }

    /// The first month by whose end the least that all debts can cost is there.
    pub(super) fn no_end_before(&self) -> usize {
        let least: i64 = self.ways.iter().map(|ways| ways.all_totals().min().unwrap_or(0)).sum();
        self.limit.iter().position(|sum| *sum >= least).unwrap_or(self.last())
    }

    /// True if no month's running sum exceeds what is there.
    pub(super) fn fits(&self, plan: &[Way]) -> bool {
        let months = self.months_of(plan);
        let mut sum = 0;
        months.iter().zip(&self.limit).all(|(month, limit)| {
            sum += month;
            sum <= *limit
        })
    }

    /// What a plan pays in each month.
    pub(super) fn months_of(&self, plan: &[Way]) -> Vec<i64> {
        let mut months = vec![0i64; self.horizon];
        for (ways, way) in self.ways.iter().zip(plan) {
            ways.apply(way, &mut months, 1);
        }
        months
    }
}

/// What a choice of way counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cost {
    /// All that is paid.
    Paid,
    /// One for each lender asked.
    Asks,
    /// Lenders asked first, then what is paid.
    AsksThenPaid,
}

/// A lender asked weighs more than any sum of money in a plan.
const ASK: i64 = 1_000_000_000_000_000;

impl Cost {
    pub(super) const fn of(self, way: &Way) -> i64 {
        match self {
            Self::Paid => way.total,
            Self::Asks => way.asks() * ASK,
            Self::AsksThenPaid => way.asks() * ASK + way.total,
        }
    }

    pub(super) const fn unit(self) -> i64 {
        match self {
            Self::Paid | Self::AsksThenPaid => 1,
            Self::Asks => ASK,
        }
    }

    /// The number of lenders asked in a cost by [`Cost::Asks`].
    pub(super) const fn asks_in(cost: i64) -> i64 {
        cost / ASK
    }
}

/// What is wanted of a search.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ask<'a> {
    /// A plan already known.
    pub(super) start: Option<&'a [Way]>,
    /// Cost at most this.
    pub(super) at_most: Option<i64>,
    /// The first plan found will do.
    pub(super) any: bool,
}

use ashore_domain::{Bucket, Buckets, Month, Ratio, Rounding};

use super::flow::{Flow, instalments};
use super::request::{PlanDebt, PlanRequest};
use crate::interest::Interest;

/// One of the finitely many ways to pay one debt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) kind: WayKind,
    /// What it pays; of a contract kept, [`Contract`] says it instead.
    pub(super) flow: Flow,
    pub(super) total: i64,
    /// The last month in which it pays anything; 0 when it never does.
    pub(super) end: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WayKind {
    Contract,
    Settlement,
    Instalments { grace: u16, terms: u16 },
}

impl Way {
    /// No way at all: pays nothing, ever.
    pub(super) const NONE: Self = Self::of(
        WayKind::Instalments { grace: 0, terms: 0 },
        Flow { start: 0, count: 0, level: 0, last: 0 },
        0,
    );

    const fn of(kind: WayKind, flow: Flow, total: i64) -> Self {
        let length = flow.length();
        Self { kind, flow, total, end: if length == 0 { 0 } else { flow.start + length - 1 } }
    }

    /// Instalments that begin at once, begun `grace` months later.
    pub(super) const fn delayed(self, grace: u16) -> Self {
        let later = grace as usize;
        let kind = match self.kind {
            WayKind::Instalments { terms, .. } => WayKind::Instalments { grace, terms },
            other => other,
        };
        let end = if self.flow.length() == 0 { 0 } else { self.end + later };
        Self { kind, flow: self.flow.later(later), end, ..self }
    }

    /// A settlement in the first month, paid in another.
    pub(super) const fn in_month(self, month: usize) -> Self {
        let end = if self.total > 0 { month } else { 0 };
        Self { flow: self.flow.later(month), end, ..self }
    }

    /// 1 if a lender has to be asked for it.
    pub(super) const fn asks(&self) -> i64 {
        if matches!(self.kind, WayKind::Contract) { 0 } else { 1 }
    }
}

/// A contract kept, month by month.
#[derive(Debug, Clone)]
pub(super) struct Contract {
    pub(super) pays: Vec<i64>,
    pub(super) sums: Vec<i64>,
    pub(super) way: Way,
}

/// All ways to pay one debt: every instalment plan is one of `by_terms`, begun in a month up to `grace_max`.
#[derive(Debug, Clone)]
pub(super) struct Ways {
    pub(super) horizon: usize,
    /// What instalments repay: all that is owed, less what is asked to be given up.
    pub(super) balance: i64,
    /// What is asked to be given up.
    pub(super) waived: Buckets,
    pub(super) periodic: Ratio,
    pub(super) installment_min: i64,
    pub(super) terms_max: u16,
    pub(super) grace_max: u16,
    /// `(n, plan begun in month 0)`, n ascending, only those the lender's smallest instalment allows.
    pub(super) by_terms: Vec<(u16, Flow)>,
    /// `(amount, last month)`.
    pub(super) settlement: Option<(i64, usize)>,
    pub(super) contract: Option<Contract>,
}

impl Ways {
    pub(super) fn of(debt: &PlanDebt, request: &PlanRequest) -> Self {
        let horizon = request.capacity.len();
        let mut waived = Buckets::default();
        for (bucket, fraction) in &debt.waivable {
            let part = Ratio::from_decimal(fraction.normalize());
            *waived.get_mut(*bucket) = debt
                .owed
                .get(*bucket)
                .times(part.num(), part.den(), Rounding::HalfUp)
                .unwrap_or_default()
                .min(debt.owed.get(*bucket));
        }
        let periodic = Ratio::from_decimal(debt.rate_after.normalize()).times(1, 12).unwrap_or(Ratio::ZERO);
        let mut ways = Self {
            horizon,
            balance: (debt.owed.total() - waived.total()).fen(),
            waived,
            periodic,
            installment_min: debt.installment_min.fen(),
            terms_max: debt.terms_max,
            grace_max: debt.grace_max,
            by_terms: Vec::new(),
            settlement: None,
            contract: contract(&debt.contract_payments, request.first_month, horizon),
        };
        ways.by_terms = ways.plans_of(ways.balance);
        if let Some(settlement) = debt.settlement
            && let Some(until) = index(settlement.until, request.first_month)
        {
            ways.settlement = Some((settlement.amount.fen(), until.min(horizon - 1)));
        }
        ways
    }

    /// No way at all.
    #[cfg(test)]
    pub(super) fn none(horizon: usize) -> Self {
        Self {
            horizon,
            balance: 0,
            waived: Buckets::default(),
            periodic: Ratio::ZERO,
            installment_min: 0,
            terms_max: 0,
            grace_max: 0,
            by_terms: Vec::new(),
            settlement: None,
            contract: None,
        }
    }

    /// All instalment plans of `balance` begun in month 0, terms ascending.
    pub(super) fn plans_of(&self, balance: i64) -> Vec<(u16, Flow)> {
        let interest = Interest::new(self.periodic, balance.unsigned_abs());
        self.terms_within().filter_map(|n| Some((n, self.plan_of(balance, &interest, n)?))).collect()
    }

    /// The instalment plan of `balance` in `n` terms, if the lender's smallest instalment allows it.
    pub(super) fn plan_of(&self, balance: i64, interest: &Interest, n: u16) -> Option<Flow> {
        // Cheap refusal first: rows never sum to less than the balance, but the level may still round up to the least.
        let flow = instalments(balance, self.periodic, interest, n)?;
        let all_but_last_level = flow.count == usize::from(n) - 1;
        (n == 1 || self.installment_min == 0 || (all_but_last_level && flow.level >= self.installment_min))
            .then_some(flow)
    }

    pub(super) fn terms_within(&self) -> std::ops::RangeInclusive<u16> {
        1..=self.terms_max.min(u16::try_from(self.horizon).unwrap_or(u16::MAX))
    }

    /// The last month a plan of `n` terms may begin in so that nothing is paid after month `end`.
    pub(super) fn latest_start(&self, n: u16, flow: &Flow, end: usize) -> Option<u16> {
        let by_horizon = self.horizon.checked_sub(usize::from(n))?;
        let by_end = (end + 1).checked_sub(flow.length())?;
        Some(self.grace_max.min(u16::try_from(by_horizon.min(by_end)).unwrap_or(u16::MAX)))
    }

    /// The plan of `n` terms begun in month `grace`; the caller has checked both limits.
    pub(super) fn instalments(&self, n: u16, grace: u16, from_zero: &Flow) -> Way {
        Way::of(
            WayKind::Instalments { grace, terms: n },
            from_zero.later(usize::from(grace)),
            from_zero.total(),
        )
    }

    pub(super) fn settled_in(&self, month: usize) -> Option<Way> {
        let (amount, until) = self.settlement?;
        (month <= until).then(|| Way::of(WayKind::Settlement, Flow::once(month, amount), amount))
    }

    /// Every way that pays nothing after month `end` and is not surely worse than another of the same cost: for each
    /// number of terms the latest start (the same rows, later), the settlement as late as it may be, the contract.
    pub(super) fn latest(&self, end: usize) -> impl Iterator<Item = Way> + '_ {
        let contract = self.contract.as_ref().map(|kept| kept.way).filter(|way| way.end <= end);
        let settlement = self.settlement.and_then(|(_, until)| self.settled_in(until.min(end)));
        let plans = self.by_terms.iter().filter_map(move |(n, flow)| {
            let grace = self.latest_start(*n, flow, end)?;
            Some(self.instalments(*n, grace, flow))
        });
        contract.into_iter().chain(settlement).chain(plans)
    }

    /// Every way there is.
    pub(super) fn all(&self) -> impl Iterator<Item = Way> + '_ {
        let contract = self.contract.as_ref().map(|kept| kept.way);
        let settlements = (0..self.horizon).map_while(|month| self.settled_in(month));
        let plans = self.by_terms.iter().flat_map(move |(n, flow)| {
            let last = self.latest_start(*n, flow, self.horizon - 1);
            (0..=last.unwrap_or(0))
                .filter(move |_| last.is_some())
                .map(|grace| self.instalments(*n, grace, flow))
        });
        contract.into_iter().chain(settlements).chain(plans)
    }

    /// What each way comes to in all.
    pub(super) fn all_totals(&self) -> impl Iterator<Item = i64> + '_ {
        let contract = self.contract.as_ref().map(|kept| kept.way.total);
        let settlement = self.settlement.map(|(amount, _)| amount);
        contract.into_iter().chain(settlement).chain(self.by_terms.iter().map(|(_, flow)| flow.total()))
    }

    /// The plan with the most terms of at most `n`, begun as late as `grace` allows or sooner.
    pub(super) fn nearest(&self, n: u16, grace: u16) -> Option<Way> {
        let at = self.by_terms.partition_point(|(terms, _)| *terms <= n).checked_sub(1)?;
        let (terms, flow) = self.by_terms.get(at)?;
        Some(self.instalments(*terms, grace.min(self.grace_max), flow))
    }

    /// The plan of exactly `n` terms begun in month `grace`, if the lender's limits allow it.
    pub(super) fn exactly(&self, n: u16, grace: u16) -> Option<Way> {
        let at = self.by_terms.binary_search_by_key(&n, |(terms, _)| *terms).ok()?;
        let (terms, flow) = self.by_terms.get(at)?;
        (grace <= self.grace_max && usize::from(n) + usize::from(grace) <= self.horizon)
            .then(|| self.instalments(*terms, grace, flow))
    }

    pub(super) fn pay(&self, way: &Way, month: usize) -> i64 {
        match (&way.kind, &self.contract) {
            (WayKind::Contract, Some(kept)) => kept.pays.get(month).copied().unwrap_or(0),
            _ => way.flow.pay(month),
        }
    }

    /// Paid by the end of `month`.
    pub(super) fn cumulative(&self, way: &Way, month: usize) -> i64 {
        match (&way.kind, &self.contract) {
            (WayKind::Contract, Some(kept)) => kept.sums.get(month).copied().unwrap_or(way.total),
            _ => way.flow.cumulative(month),
        }
    }

    /// The largest month of a way.
    pub(super) fn peak(&self, way: &Way) -> i64 {
        match (&way.kind, &self.contract) {
            (WayKind::Contract, Some(kept)) => kept.pays.iter().copied().max().unwrap_or(0),
            _ => way.flow.peak(),
        }
    }

    /// Adds (`sign` 1) or takes away (−1) what the way pays in each month.
    pub(super) fn apply(&self, way: &Way, months: &mut [i64], sign: i64) {
        if let (WayKind::Contract, Some(kept)) = (&way.kind, &self.contract) {
            months.iter_mut().zip(&kept.pays).for_each(|(sum, pay)| *sum += sign * pay);
            return;
        }
        let (start, end) = (way.flow.start, way.flow.start + way.flow.count);
        let limit = months.len();
        for sum in &mut months[start.min(limit)..end.min(limit)] {
            *sum += sign * way.flow.level;
        }
        if let Some(sum) = months.get_mut(end) {
            *sum += sign * way.flow.last;
        }
    }

    /// The least that must have been paid by the end of each month if nothing is paid after `end`; `None` if the debt
    /// cannot end by then.
    pub(super) fn least_sums(&self, end: usize) -> Option<Vec<i64>> {
        let mut least = vec![i64::MAX; self.horizon];
        self.latest(end).for_each(|way| self.lower(&way, &mut least));
        (least.last() != Some(&i64::MAX)).then_some(least)
    }

    /// Lowers each month's `least` to what the way has paid by its end, where that is less.
    fn lower(&self, way: &Way, least: &mut [i64]) {
        if let (WayKind::Contract, Some(kept)) = (&way.kind, &self.contract) {
            least.iter_mut().zip(&kept.sums).for_each(|(least, sum)| *least = (*least).min(*sum));
            return;
        }
        let start = way.flow.start.min(least.len());
        let end = (way.flow.start + way.flow.count).min(least.len());
        least[..start].fill(0);
        let mut sum = 0;
        for least in &mut least[start..end] {
            sum += way.flow.level;
            *least = (*least).min(sum);
        }
        least[end..].iter_mut().for_each(|least| *least = (*least).min(way.total));
    }

    /// Adds what the way pays as changes of a level, and as single payments: a few numbers however long it runs.
    /// Both slices have room for one month more than the horizon.
    pub(super) fn outline(&self, way: &Way, steps: &mut [i64], once: &mut [i64]) {
        if let (WayKind::Contract, Some(kept)) = (&way.kind, &self.contract) {
            once.iter_mut().zip(&kept.pays).for_each(|(sum, pay)| *sum += pay);
            return;
        }
        let (start, end) = (way.flow.start, way.flow.start + way.flow.count);
        steps[start] += way.flow.level;
        steps[end] -= way.flow.level;
        once[end] += way.flow.last;
    }

    /// True if by the end of every month before `months` `a` has paid no more than `b`.
    pub(super) fn never_ahead(&self, a: &Way, b: &Way, months: usize) -> bool {
        if a.kind == WayKind::Contract || b.kind == WayKind::Contract {
            (0..months).all(|month| self.cumulative(a, month) <= self.cumulative(b, month))
        } else {
            a.flow.never_ahead_of(&b.flow, months)
        }
    }

    /// What a way gives up by bucket: of a settlement the rest, penalties first, principal last.
    pub(super) fn waived_by(&self, way: &Way, owed: &Buckets) -> Buckets {
        match way.kind {
            WayKind::Contract => Buckets::default(),
            WayKind::Instalments { .. } => self.waived,
            WayKind::Settlement => {
                let mut rest = (owed.total().fen() - way.total).max(0);
                let mut waived = Buckets::default();
                for bucket in GIVEN_UP_FIRST {
                    let part = rest.min(owed.get(bucket).fen());
                    *waived.get_mut(bucket) = ashore_domain::Money::from_fen(part);
                    rest -= part;
                }
                waived
            }
        }
    }
}

/// The order in which a settlement's discount is shown: what lenders give up most readily first.
const GIVEN_UP_FIRST: [Bucket; 7] = [
    Bucket::Penalty,
    Bucket::Compound,
    Bucket::LateFee,
    Bucket::Fees,
    Bucket::EnforcementCost,
    Bucket::Interest,
    Bucket::Principal,
];

/// Months from `first` to `month`, if it is not earlier.
fn index(month: Month, first: Month) -> Option<usize> {
    usize::try_from(month.since(first)).ok()
}

fn contract(payments: &[(Month, ashore_domain::Money)], first: Month, horizon: usize) -> Option<Contract> {
    if payments.is_empty() {
        return None;
    }
    let mut pays = vec![0; horizon];
    for (month, amount) in payments {
        *pays.get_mut(index(*month, first)?)? += amount.fen();
    }
    let sums: Vec<i64> = pays
        .iter()
        .scan(0, |sum, pay| {
            *sum += pay;
            Some(*sum)
        })
        .collect();
    let end = pays.iter().rposition(|pay| *pay > 0).unwrap_or(0);
    let total = sums.last().copied().unwrap_or(0);
    let nothing = Flow { start: 0, count: 0, level: 0, last: 0 };
    let way = Way { kind: WayKind::Contract, flow: nothing, total, end };
    Some(Contract { pays, sums, way })
}

//! Why there is no plan: the first month by which every combination has failed, and the two smallest remedies.

use ashore_domain::Money;

use super::answer::{Certificate, Infeasible, PlanFinding, PlanKind, SmallestWaiver};
use super::choose::{Candidate, Choice, Chosen};
use super::explain::Because;
use super::figures::later;
use super::flow::{Flow, free, whole};
use super::request::{Objective, PlanRequest};
use super::situation::Situation;
use super::solve::Optima;
use super::way::{Way, WayKind};
use crate::interest::Interest;

/// Debts named one by one in a certificate; the rest is summed.
const NAMED: usize = 10;

/// Searches spent on the smallest waiver where the case is not small, and where it is large.
const SEARCHES: (u32, u32) = (600, 16);
/// Searches spent on the smallest extra capacity likewise: halving any amount there can be takes fewer than the first.
const HALVINGS: (u32, u32) = (64, 6);
/// Debts of a household; more are a large case.
const USUAL: usize = 12;

/// Where every combination has failed: the month, and the combination that needs least through it.
pub(super) struct Failure {
    pub(super) month: usize,
    pub(super) plan: Vec<Way>,
}

pub(super) fn infeasible(
    request: &PlanRequest,
    situation: &Situation,
    optima: &Optima,
    findings: Vec<PlanFinding>,
) -> Infeasible {
    let common = request.objective == Objective::ProRata;
    let hopeless =
        request.debts.iter().zip(&situation.ways).find(|(_, ways)| {
            if common { ways.by_terms.is_empty() } else { ways.all_totals().next().is_none() }
        });
    let proved = common || optima.proved_empty;
    if let Some((debt, _)) = hopeless {
        let debt = debt.id.clone();
        let reason = if common { Because::NoCommonTerms { debt } } else { Because::NoWayToPay { debt } };
        let fit =
            (common && optima.get(Objective::Cheapest).is_some()).then_some(Because::OtherObjectivesFit);
        let because = [reason].into_iter().chain(fit).collect();
        let certificate = Certificate { month: None, needed: Money::ZERO, available: Money::ZERO, because };
        let (smallest_extra_capacity, smallest_waiver) = (None, None);
        return Infeasible { proved: true, certificate, smallest_extra_capacity, smallest_waiver, findings };
    }
    let (failure, extra, waiver) = if common {
        (situation.common_failure(), situation.common_extra(), situation.common_waiver())
    } else {
        let lists = situation.candidates(situation.last(), situation.horizon, |_, _| 0);
        (situation.failure(), situation.smallest_extra(&lists), situation.smallest_waiver(&lists))
    };
    let mut certificate = certificate(request, situation, &failure);
    if common && optima.get(Objective::Cheapest).is_some() {
        certificate.because.push(Because::OtherObjectivesFit);
    }
    if !proved {
        certificate.because.push(Because::NotProved);
    }
    Infeasible {
        proved,
        certificate,
        smallest_extra_capacity: extra.map(Money::from_fen),
        smallest_waiver: waiver.map(|(debt, amount)| SmallestWaiver {
            debt: request.debts[debt].id.clone(),
            amount: Money::from_fen(amount),
        }),
        findings,
    }
}

fn certificate(request: &PlanRequest, situation: &Situation, failure: &Failure) -> Certificate {
    let month = later(request.first_month, failure.month);
    let available = Money::from_fen(situation.limit[failure.month]);
    let mut needs: Vec<(i64, usize)> = situation
        .ways
        .iter()
        .zip(&failure.plan)
        .map(|(ways, way)| ways.cumulative(way, failure.month))
        .enumerate()
        .map(|(debt, amount)| (amount, debt))
        .filter(|(amount, _)| *amount > 0)
        .collect();
    let needed = Money::from_fen(needs.iter().map(|(amount, _)| amount).sum());
    needs.sort_by_key(|(amount, debt)| (std::cmp::Reverse(*amount), *debt));
    let mut because = vec![Because::Available { month, amount: available }];
    let (named, others) = needs.split_at(needs.len().min(NAMED));
    because.extend(named.iter().map(|(amount, debt)| Because::Needs {
        debt: request.debts[*debt].id.clone(),
        kind: match failure.plan[*debt].kind {
            WayKind::Contract => PlanKind::Contract,
            WayKind::Settlement => PlanKind::Settlement,
            WayKind::Instalments { .. } => PlanKind::Instalments,
        },
        amount: Money::from_fen(*amount),
    }));
    if !others.is_empty() {
        because.push(Because::OthersNeed {
            debts: u16::try_from(others.len()).unwrap_or(u16::MAX),
            amount: Money::from_fen(others.iter().map(|(amount, _)| amount).sum()),
        });
    }
    because.push(Because::Short { amount: needed - available });
    Certificate { month: Some(month), needed, available, because }
}

impl Situation {
    fn search(&self, lists: &[Vec<Candidate>], limit: &[i64], unit: i64, any: bool) -> Chosen {
        let choice = Choice { ways: &self.ways, candidates: lists, limit, unit };
        choice.solve(None, None, any, self.effort(any))
    }

    /// The first month by which every combination has failed, by halving: what is affordable through a month is
    /// affordable through every earlier one.
    fn failure(&self) -> Failure {
        let (mut low, mut high) = (0, self.last());
        while low < high {
            let middle = low + (high - low) / 2;
            let lists = self.candidates(self.last(), middle + 1, |_, _| 0);
            if self.search(&lists, &self.limit[..=middle], 1, true).best.is_some() {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let lists = self.candidates(self.last(), low, |ways, way| ways.cumulative(way, low));
        let least = self.search(&lists, &self.limit[..low], 1, false);
        let plan = least.best.map(|(_, plan)| plan);
        // Only where nothing is proved may nothing have been found: then the first way of each debt.
        let plan = plan.unwrap_or_else(|| lists.iter().filter_map(|list| Some(list.first()?.way)).collect());
        Failure { month: low, plan }
    }

    /// Searches that may be spent: all where the case is small, else those of a usual or of a large case.
    fn spends(&self, (usual, large): (u32, u32)) -> u32 {
        if self.small() {
            u32::MAX
        } else if self.ways.len() <= USUAL {
            usual
        } else {
            large
        }
    }

    /// The least amount a month that lets `plan` fit.
    pub(super) fn extra_for(&self, plan: &[Way]) -> i64 {
        let mut sum = 0;
        let months = self.months_of(plan);
        let short = months.iter().zip(&self.limit).enumerate().map(|(t, (month, limit))| {
            sum += month;
            share_up(sum - limit, t + 1)
        });
        short.max().unwrap_or(0).max(0)
    }

    /// The least amount that, added to every month, makes a plan possible.
    fn smallest_extra(&self, lists: &[Vec<Candidate>]) -> Option<i64> {
        let must = self.least_sums(self.last())?;
        let short =
            must.iter().zip(&self.limit).enumerate().map(|(t, (must, has))| share_up(must - has, t + 1));
        let mut low = short.max().unwrap_or(0).max(1);
        let first: Vec<Way> = lists.iter().filter_map(|list| Some(list.first()?.way)).collect();
        let mut high = self.extra_for(&first);
        let mut try_at = low;
        // Halved to the end for any usual household; of very many debts a few searches bring it close.
        for _ in 0..self.spends(HALVINGS) {
            if low >= high {
                break;
            }
            let limit: Vec<i64> =
                self.limit.iter().enumerate().map(|(t, has)| has + try_at * whole(t + 1)).collect();
            match self.search(lists, &limit, 1, true).best {
                Some((_, plan)) => high = self.extra_for(&plan).min(try_at),
                None => low = try_at + 1,
            }
            try_at = low + (high - low) / 2;
        }
        Some(high)
    }

    /// The debt whose instalment balance has to come down least, and by how much.
    fn smallest_waiver(&self, lists: &[Vec<Candidate>]) -> Option<(usize, i64)> {
        let least: Option<Vec<Vec<i64>>> =
            self.ways.iter().map(|ways| ways.least_sums(self.last())).collect();
        let least = least?;
        let all: Vec<i64> = (0..self.horizon).map(|t| least.iter().map(|row| row[t]).sum()).collect();
        // Not even possible with every other debt at its least in every month?
        let at_least = |debt: usize, flow: &Flow| {
            let own = &least[debt];
            (0..self.horizon).all(|t| all[t] - own[t] + flow.cumulative(t) <= self.limit[t])
        };
        let mut searches = self.spends(SEARCHES);
        let mut best: Option<(usize, i64)> = None;
        let mut lists = lists.to_vec();
        for debt in self.soonest_relieved(&all, &least) {
            let own = std::mem::take(&mut lists[debt]);
            let mut fits = |way: Way| {
                if searches == 0 {
                    return false;
                }
                searches -= 1;
                lists[debt] = vec![Candidate { way, cost: 0 }];
                self.search(&lists, &self.limit, 1, true).best.is_some()
            };
            let below = best.map(|(_, amount)| amount);
            if let Some(amount) = self.waiver_of(debt, below, &|flow| at_least(debt, flow), &mut fits) {
                best = Some((debt, amount));
            }
            lists[debt] = own;
        }
        best
    }

    /// All debts, those first of which a yuan less lowers most what is short in the worst month.
    fn soonest_relieved(&self, all: &[i64], least: &[Vec<i64>]) -> Vec<usize> {
        let worst =
            (0..self.horizon).max_by_key(|t| (all[*t] - self.limit[*t], std::cmp::Reverse(*t))).unwrap_or(0);
        let share = |debt: &usize| {
            let part = i128::from(least[*debt][worst]) << 20;
            part / i128::from(self.ways[*debt].balance.max(1))
        };
        let mut order: Vec<usize> = (0..self.ways.len()).collect();
        order.sort_by_key(|debt| std::cmp::Reverse(share(debt)));
        order
    }

    /// The least reduction of one debt's instalment balance below `below` that lets one of its plans fit. `may` rules
    /// out plans cheaply; `fits` decides.
    fn waiver_of(
        &self,
        debt: usize,
        below: Option<i64>,
        may: &dyn Fn(&Flow) -> bool,
        fits: &mut dyn FnMut(Way) -> bool,
    ) -> Option<i64> {
        let mut found = None;
        for (n, _) in self.ways[debt].by_terms.iter().rev() {
            found = self.waiver_within(debt, *n, None, found.or(below), may, fits).or(found);
        }
        found
    }

    /// The same with `n` terms, begun as late as they may be or in month `grace`.
    pub(super) fn waiver_within(
        &self,
        debt: usize,
        n: u16,
        grace: Option<u16>,
        below: Option<i64>,
        may: &dyn Fn(&Flow) -> bool,
        fits: &mut dyn FnMut(Way) -> bool,
    ) -> Option<i64> {
        let ways = &self.ways[debt];
        let from = below.map_or(0, |amount| ways.balance - amount + 1).max(0);
        if from > ways.balance {
            return None;
        }
        let latest = ways.grace_max.min(u16::try_from(self.horizon).unwrap_or(u16::MAX) - n);
        // Interest only adds: what does not fit without it does not fit with it.
        if !may(&free(from, n).later(usize::from(grace.unwrap_or(latest)))) {
            return None;
        }
        let interest = Interest::new(ways.periodic, ways.balance.unsigned_abs());
        let plan = |balance: i64| ways.plan_of(balance, &interest, n);
        // Below the lender's smallest instalment so many terms are no longer granted.
        let from = first_true(from, ways.balance, |balance| plan(balance).is_some())?;
        let mut at = |balance: i64| {
            plan(balance).is_some_and(|flow| {
                let start = grace.or_else(|| ways.latest_start(n, &flow, self.last()));
                start.is_some_and(|start| {
                    may(&flow.later(usize::from(start))) && fits(ways.instalments(n, start, &flow))
                })
            })
        };
        if !at(from) {
            return None;
        }
        let (mut low, mut high) = (from, ways.balance);
        while low < high {
            let middle = low + (high - low + 1) / 2;
            if at(middle) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Some(ways.balance - low)
    }
}

/// The smallest number from `low` to `high` for which `holds`, if it holds for `high` and, once true, stays true.
fn first_true(low: i64, high: i64, holds: impl Fn(i64) -> bool) -> Option<i64> {
    if !holds(high) {
        return None;
    }
    let (mut low, mut high) = (low, high);
    while low < high {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Some(low)
}

/// `amount` divided among `months`, rounded up.
fn share_up(amount: i64, months: usize) -> i64 {
    -((-amount).div_euclid(whole(months)))
}

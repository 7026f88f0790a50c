use super::answer::{Alternative, Plan, PlanAnswer};
use super::explain::{explanation, findings};
use super::figures::figures;
use super::infeasible::infeasible;
use super::load::{Load, Toward};
use super::ordered::{Optimum, end_of, last_month};
use super::request::{Objective, PlanError, PlanRequest};
use super::situation::Situation;
use super::way::Way;

/// The best plan under the request's objective over all debts together, or a certificate that there is none.
///
/// The same request gives the same answer on every machine. No plan spends in any month what is not there by its
/// end. Each debt gets exactly one of: its contract kept; its settlement, in a month while it stands; or equal
/// instalments of what is owed less what is asked to be waived, within the lender's limits.
///
/// Up to 4 debts × 24 months the answer is proved to the fen. Beyond, it is the best found together with a bound
/// that no plan beats, `exact` where the two meet; and it is never worse than the best plan with one common grace
/// and one common number of terms, each debt going as far along as its own limits allow: alone, with every contract
/// kept, with every settlement taken, with both, and with any single one of them; nor than the plan found under any
/// other objective but [`Objective::ProRata`].
///
/// With more money no bound is above what was possible with less. So an end, or any first key, that is proved is no
/// later than any with less money; one that is only the best found may be, by no more than it is above its bound.
/// Nearly every end is proved up to 12 debts, and most are at 50 debts × 60 months. Under [`Objective::ProRata`] the
/// common pair must lie within every lender's limits as it stands, and the answer is always exact.
///
/// # Errors
/// A request outside the limits of the contract; the first breach is named.
pub fn plan(request: &PlanRequest) -> Result<PlanAnswer, PlanError> {
    request.check()?;
    let situation = Situation::of(request);
    let optima = Optima::of(&situation);
    let findings = findings(request, &situation);
    let Some(found) = optima.get(request.objective) else {
        let answer = infeasible(request, &situation, &optima, findings);
        return Ok(PlanAnswer::Infeasible(Box::new(answer)));
    };
    let alternatives = Objective::ALL
        .into_iter()
        .filter(|objective| *objective != request.objective)
        .map(|objective| {
            let figures = optima.get(objective).map(|other| figures(request, &situation, objective, other));
            let explanation = figures.as_ref().map(|found| explanation(request, &situation, found));
            Alternative { objective, figures, explanation: explanation.unwrap_or_default() }
        })
        .collect();
    let figures = figures(request, &situation, request.objective, found);
    let explanation = explanation(request, &situation, &figures);
    Ok(PlanAnswer::Feasible(Box::new(Plan { figures, alternatives, explanation, findings })))
}

/// The best plan under each objective.
pub(super) struct Optima {
    soonest: Option<Optimum>,
    lightest: Option<Optimum>,
    pro_rata: Option<Optimum>,
    fewest_asks: Option<Optimum>,
    cheapest: Option<Optimum>,
    /// Where there is no plan at all: whether that is proved.
    pub(super) proved_empty: bool,
}

impl Optima {
    fn of(situation: &Situation) -> Self {
        let common = situation.common_plans();
        let pro_rata = situation.pro_rata();
        let cheapest = match situation.cheapest(common.cheapest.as_deref()) {
            Ok(found) => found,
            Err(proved_empty) => {
                return Self {
                    soonest: None,
                    lightest: None,
                    pro_rata,
                    fewest_asks: None,
                    cheapest: None,
                    proved_empty,
                };
            }
        };
        let cheapest_first = cheapest.plan.clone();
        let any = Some(cheapest_first.as_slice());
        let soonest = situation.soonest(common.soonest.as_deref().or(any)).ok();
        let fewest_asks = situation.fewest_asks(common.fewest_asks.as_deref().or(any)).ok();
        let evened = |found: Option<Optimum>| found.map(|found| evened(situation, found));
        let (soonest, fewest_asks, cheapest) = (evened(soonest), evened(fewest_asks), evened(Some(cheapest)));
        let plan = |found: &Option<Optimum>| found.as_ref().map(|found| found.plan.clone());
        let known: Vec<Vec<Way>> = [&soonest, &fewest_asks, &cheapest].into_iter().filter_map(plan).collect();
        let known: Vec<&[Way]> = known.iter().map(Vec::as_slice).collect();
        let starts: Vec<&[Way]> =
            common.lightest.as_deref().into_iter().chain([cheapest_first.as_slice()]).collect();
        let lightest = situation.lightest(&starts, &known);
        let mut optima = Self { soonest, lightest, pro_rata, fewest_asks, cheapest, proved_empty: false };
        optima.compare(situation);
        optima
    }

    /// Where what was found under one objective is better under another than what was found there, it is taken.
    fn compare(&mut self, situation: &Situation) {
        let mut own = [&mut self.soonest, &mut self.lightest, &mut self.fewest_asks, &mut self.cheapest];
        let plans: Vec<Vec<Way>> =
            own.iter().filter_map(|found| Some(found.as_ref()?.plan.clone())).collect();
        for plan in plans {
            let end = last_month(&plan);
            let paid = plan.iter().map(|way| way.total).sum();
            let asks = plan.iter().map(Way::asks).sum();
            let peak = situation.months_of(&plan).into_iter().max().unwrap_or(0);
            let keys = [[end, paid], [peak, end], [asks, end], [paid, end]];
            for (own, key) in own.iter_mut().zip(keys) {
                if let Some(found) = own.as_mut().filter(|found| key < found.key) {
                    (found.key, found.plan) = (key, plan.clone());
                }
            }
        }
    }

    pub(super) fn get(&self, objective: Objective) -> Option<&Optimum> {
        match objective {
            Objective::Soonest => self.soonest.as_ref(),
            Objective::Lightest => self.lightest.as_ref(),
            Objective::ProRata => self.pro_rata.as_ref(),
            Objective::FewestAsks => self.fewest_asks.as_ref(),
            Objective::Cheapest => self.cheapest.as_ref(),
        }
    }
}

/// The same keys with a more even load: a search for the least takes every payment as late as it may be, which
/// leaves money idle first and asks for more than is needed.
fn evened(situation: &Situation, found: Optimum) -> Optimum {
    let end = end_of(&found.plan);
    let mut load = Load::new(situation, found.plan.clone());
    for toward in [Toward::Even, Toward::Peak] {
        let plan = load.plan.clone();
        load.settle(toward, 2, |debt, way| {
            way.end <= end && way.total <= plan[debt].total && way.asks() <= plan[debt].asks()
        });
    }
    Optimum { plan: load.plan, ..found }
}

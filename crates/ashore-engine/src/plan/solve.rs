use super::answer::{Alternative, Plan, PlanAnswer};
use super::explain::{explanation, findings};
use super::figures::figures;
use super::infeasible::infeasible;
use super::load::{Load, Toward};
use super::ordered::{Optimum, end_of};
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
/// kept, with every settlement taken, with both, and with any single one of them. What is only the best found may
/// end later with more money than with less; its bound never does. Under [`Objective::ProRata`] the common pair must
/// lie within every lender's limits as it stands, and the answer is always exact.
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
        let any = Some(cheapest.plan.as_slice());
        let soonest = situation.soonest(common.soonest.as_deref().or(any)).ok();
        let fewest_asks = situation.fewest_asks(common.fewest_asks.as_deref().or(any)).ok();
        let starts: Vec<&[Way]> = common.lightest.as_deref().into_iter().chain(any).collect();
        let lightest = situation.lightest(&starts);
        let evened = |found: Option<Optimum>| found.map(|found| evened(situation, found));
        Self {
            soonest: evened(soonest),
            lightest,
            pro_rata,
            fewest_asks: evened(fewest_asks),
            cheapest: evened(Some(cheapest)),
            proved_empty: false,
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

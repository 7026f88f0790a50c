use std::collections::BTreeMap;

use ashore_domain::{Money, Month, Rounding};
use ashore_engine::plan::{Explanation, Figures, Infeasible, Objective, PlanAnswer, PlanKind, Proof, plan};
use serde::Serialize;
use specta::Type;

use super::line::PlanLine;
use super::request::{Asked, StudioRequest};
use crate::session::{App, Unlocked};
use crate::view::Yuan;
use crate::words::PlanObjective;
use crate::{AppError, input};

/// All five plans under one set of limits. Each is a request; contracts, penalties and reminders go on until an
/// agreement is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct StudioView {
    /// First month of every plan.
    pub first_month: String,
    /// What can be asked to be spread in the first month, after what is already agreed.
    pub monthly: Yuan,
    /// Reserved for agreements in the first month.
    pub agreed_monthly: Yuan,
    /// What the contracts ask for in the first month, what is late included.
    pub contract_first_month: Yuan,
    /// Owed on the loans planned for.
    pub owed: Yuan,
    /// The plans, in the order of the objectives; what has none is left out.
    pub plans: Vec<StudioPlan>,
    /// Why the first objective has no plan and what would help; absent when it has one.
    pub obstacle: Option<PlanObstacle>,
}

/// One plan. Its debts, months and reasons are there when it was asked for in full and empty when not: a plan of fifty
/// loans is most of what crosses to the page, and one is drawn at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // figures of the engine's plan by the same names
pub struct StudioPlan {
    pub objective: PlanObjective,
    /// The first plan before this one that asks every lender for the same.
    pub same_as: Option<PlanObjective>,
    pub proof: PlanProof,
    pub last_month: String,
    /// Months from the first to the last payment.
    pub months: u32,
    pub peak_month: Yuan,
    pub paid: Yuan,
    pub waived: Yuan,
    pub interest: Yuan,
    pub asks: u32,
    pub debts: Vec<StudioDebt>,
    pub loads: Vec<MonthLoad>,
    /// Why it looks as it does.
    pub lines: Vec<PlanLine>,
}

/// How sure it is that nothing is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PlanProof {
    /// Nothing is better.
    Exact,
    /// The best found.
    BestFound,
}

/// What one lender would be asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct StudioDebt {
    pub loan_id: String,
    pub name: String,
    /// `contract`, `instalments` or `settlement`.
    pub kind: String,
    pub grace: u16,
    pub terms: u16,
    pub first: Yuan,
    pub last: Yuan,
    pub total: Yuan,
    pub waived: Yuan,
    pub first_month: Option<String>,
    pub last_month: Option<String>,
}

/// One month of a plan, for the chart and its table. Shares are ten-thousandths of the largest figure drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct MonthLoad {
    pub month: String,
    pub capacity: Yuan,
    pub paid: Yuan,
    /// What falls due under the contracts of these loans in this month, without what was due before the first.
    pub contract: Yuan,
    pub cash_after: Yuan,
    /// Still to be paid after this month.
    pub left: Yuan,
    pub capacity_share: u32,
    pub paid_share: u32,
    pub contract_share: u32,
    pub left_share: u32,
}

/// Why there is no plan and what would help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PlanObstacle {
    /// First month by which every combination fails.
    pub month: Option<String>,
    /// The least that any combination needs through it.
    pub needed: Yuan,
    /// What there is through it.
    pub available: Yuan,
    /// The same, step by step.
    pub because: Vec<PlanLine>,
    /// The least amount that, added to every month, makes a plan possible.
    pub smallest_extra_capacity: Option<Yuan>,
    /// An amount a month that is enough, agreements included.
    pub enough_monthly: Option<Yuan>,
    /// The loan whose reduction makes a plan possible.
    pub smallest_waiver_loan: Option<String>,
    /// Its id.
    pub smallest_waiver_loan_id: Option<String>,
    /// By how much, beyond what is asked already.
    pub smallest_waiver: Option<Yuan>,
    /// All that would then be asked of this lender as an amount.
    pub enough_waiver: Option<Yuan>,
}

impl App<Unlocked> {
    /// All five plans, each in full; nothing is stored.
    ///
    /// # Errors
    /// No capacity is known, nothing is owed, or a limit cannot be read.
    pub fn plan_studio(&self, form: &StudioRequest) -> Result<StudioView, AppError> {
        self.studio(form, None)
    }

    /// All five plans with their figures, the one that is drawn in full: that of this objective, the first where it
    /// has none.
    ///
    /// # Errors
    /// As [`App::plan_studio`].
    pub fn plan_studio_drawn(
        &self,
        form: &StudioRequest,
        drawn: PlanObjective,
    ) -> Result<StudioView, AppError> {
        self.studio(form, Some(drawn))
    }

    fn studio(&self, form: &StudioRequest, drawn: Option<PlanObjective>) -> Result<StudioView, AppError> {
        let asked = self.asked(form, Objective::Soonest)?;
        let answer = plan(&asked.request)?;
        let (plans, obstacle) = match &answer {
            PlanAnswer::Feasible(found) => {
                let first = (Objective::Soonest, &found.figures, &found.explanation);
                let others = found.alternatives.iter();
                let others = others.filter_map(|o| Some((o.objective, o.figures.as_ref()?, &o.explanation)));
                let all: Vec<_> = std::iter::once(first).chain(others).collect();
                let drawn = drawn.map(Objective::from);
                let drawn =
                    drawn.map(|d| all.iter().position(|(objective, ..)| *objective == d).unwrap_or(0));
                let plans = all.iter().enumerate().map(|(place, (objective, figures, why))| {
                    let same = all.iter().take(place).find(|(_, other, _)| other.debts == figures.debts);
                    let plan = StudioPlan {
                        same_as: same.map(|(objective, ..)| (*objective).into()),
                        ..figures_of(*objective, figures)
                    };
                    match drawn {
                        Some(drawn) if drawn != place => plan,
                        _ => in_full(plan, figures, why, &asked),
                    }
                });
                (plans.collect(), None)
            }
            PlanAnswer::Infeasible(why) => {
                let stated = form.debts.iter().map(|own| {
                    let amount = input::amount_or_none("waiver", own.waiver.as_deref())?;
                    Ok((own.loan_id.as_str(), amount.unwrap_or_default()))
                });
                let stated = stated.collect::<Result<BTreeMap<_, _>, AppError>>()?;
                (Vec::new(), Some(obstacle(why, &asked, &stated)))
            }
        };
        let debts = &asked.request.debts;
        let first_month = asked.request.first_month;
        let contracts =
            debts.iter().flat_map(|d| &d.contract_payments).filter(|(month, _)| *month == first_month);
        Ok(StudioView {
            first_month: first_month.to_string(),
            monthly: asked.request.capacity.first().copied().unwrap_or_default().into(),
            agreed_monthly: asked.agreed.into(),
            contract_first_month: contracts.map(|(_, amount)| *amount).sum::<Money>().into(),
            owed: debts.iter().map(|d| d.owed.total()).sum::<Money>().into(),
            plans,
            obstacle,
        })
    }
}

fn obstacle(why: &Infeasible, asked: &Asked, waivers: &BTreeMap<&str, Money>) -> PlanObstacle {
    let name = |id: &str| asked.files.get(id).map_or_else(String::new, |file| file.name().to_owned());
    let waiver = why.smallest_waiver.as_ref();
    PlanObstacle {
        month: why.certificate.month.map(|m| m.to_string()),
        needed: why.certificate.needed.into(),
        available: why.certificate.available.into(),
        because: why.certificate.because.iter().map(|line| PlanLine::of_because(line, name)).collect(),
        smallest_extra_capacity: why.smallest_extra_capacity.map(Into::into),
        enough_monthly: why.smallest_extra_capacity.map(|extra| (asked.fullest + extra).into()),
        smallest_waiver_loan: waiver.map(|w| name(&w.debt)),
        smallest_waiver_loan_id: waiver.map(|w| w.debt.clone()),
        smallest_waiver: waiver.map(|w| w.amount.into()),
        enough_waiver: waiver.map(|w| {
            let stated = waivers.get(w.debt.as_str()).copied().unwrap_or_default();
            (stated + w.amount).into()
        }),
    }
}

fn share(part: Money, whole: Money) -> u32 {
    let of = part.times(10_000, i128::from(whole.fen()), Rounding::HalfUp);
    of.and_then(|share| u32::try_from(share.fen()).ok()).unwrap_or(0)
}

/// What stands on a plan's card.
fn figures_of(objective: Objective, figures: &Figures) -> StudioPlan {
    StudioPlan {
        objective: objective.into(),
        same_as: None,
        proof: match figures.proof {
            Proof::Exact => PlanProof::Exact,
            Proof::BestFound { .. } => PlanProof::BestFound,
        },
        last_month: figures.last_month.to_string(),
        months: u32::from(figures.last_month_index) + 1,
        peak_month: figures.peak_month.into(),
        paid: figures.totals.paid.into(),
        waived: figures.totals.waived.into(),
        interest: figures.totals.interest.into(),
        asks: u32::from(figures.asks),
        debts: Vec::new(),
        loads: Vec::new(),
        lines: Vec::new(),
    }
}

/// The same with each lender, each month and the reasons.
fn in_full(card: StudioPlan, figures: &Figures, why: &[Explanation], asked: &Asked) -> StudioPlan {
    let name = |id: &str| asked.files.get(id).map_or_else(String::new, |file| file.name().to_owned());
    let debts = figures.debts.iter().map(|debt| StudioDebt {
        loan_id: debt.id.clone(),
        name: name(&debt.id),
        kind: match debt.kind {
            PlanKind::Contract => "contract",
            PlanKind::Instalments => "instalments",
            PlanKind::Settlement => "settlement",
        }
        .to_owned(),
        grace: debt.grace,
        terms: debt.terms,
        first: debt.rows.first().map(|row| row.amount).unwrap_or_default().into(),
        last: debt.rows.last().map(|row| row.amount).unwrap_or_default().into(),
        total: debt.total.into(),
        waived: debt.waived.total().into(),
        first_month: debt.rows.first().map(|row| row.month.to_string()),
        last_month: debt.rows.last().map(|row| row.month.to_string()),
    });
    let until: Month = figures.last_month;
    let shown: Vec<_> = figures.months.iter().take_while(|m| m.month <= until).collect();
    let contract = |month: Month| asked.contracts.get(&month).copied().unwrap_or_default();
    let largest = shown.iter().map(|m| m.paid.max(m.capacity).max(contract(m.month))).max();
    let largest = largest.unwrap_or_default();
    let mut left = figures.totals.paid;
    let loads = shown.iter().map(|m| {
        left -= m.paid;
        MonthLoad {
            month: m.month.to_string(),
            capacity: m.capacity.into(),
            paid: m.paid.into(),
            contract: contract(m.month).into(),
            cash_after: m.cash_after.into(),
            left: left.into(),
            capacity_share: share(m.capacity, largest),
            paid_share: share(m.paid, largest),
            contract_share: share(contract(m.month), largest),
            left_share: share(left, figures.totals.paid),
        }
    });
    let lines = why.iter().map(|line| PlanLine::of_explanation(line, name)).collect();
    StudioPlan { debts: debts.collect(), loads: loads.collect(), lines, ..card }
}

use std::collections::BTreeMap;

use ashore_domain::{self as d, Buckets};
use ashore_engine::plan::{
    Alternative, Certificate, DebtPlan, Figures, Infeasible, Objective, ObjectiveValue, Plan, PlanAnswer,
    PlanKind, PlanMonth, PlanRow, PlanTotals, Proof, SmallestWaiver,
};
use serde::{Deserialize, Serialize};

use super::plan_line::{BecauseLine, ExplanationLine};
use super::{Amount, PlanFindingShape, YearMonth};

/// What a plan should be best at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // see the contract of the command line
pub enum ObjectiveShape {
    Soonest,
    Lightest,
    ProRata,
    FewestAsks,
    Cheapest,
}

/// A plan, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum PlanShape {
    Feasible(Box<FeasibleShape>),
    Infeasible(Box<InfeasibleShape>),
}

/// The plan asked for, the others beside it, and why it looks as it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct FeasibleShape {
    #[serde(flatten)]
    pub figures: FiguresShape,
    pub alternatives: Vec<AlternativeShape>,
    pub explanation: Vec<ExplanationLine>,
    pub findings: Vec<PlanFindingShape>,
}

/// A plan in figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct FiguresShape {
    pub feasible: bool,
    pub objective_value: ValueShape,
    pub proof: ProofShape,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bound: Option<ValueShape>,
    pub debts: Vec<DebtPlanShape>,
    pub months: Vec<PlanMonthShape>,
    pub totals: PlanTotalsShape,
    pub last_month: YearMonth,
    pub last_month_index: u16,
    pub peak_month: Amount,
    pub asks: u16,
}

/// Whether nothing is better, or nothing better was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ProofShape {
    Exact,
    BestFound,
}

/// The keys of an objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum ValueShape {
    Soonest { last_month_index: u16, paid: Amount },
    Lightest { peak_month: Amount, last_month_index: u16 },
    ProRata { last_month_index: u16, grace: u16 },
    FewestAsks { asks: u16, last_month_index: u16 },
    Cheapest { paid: Amount, last_month_index: u16 },
}

/// What is asked of one lender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct DebtPlanShape {
    pub id: String,
    pub kind: PlanKindShape,
    pub waived: BTreeMap<&'static str, Amount>,
    pub grace: u16,
    pub terms: u16,
    pub rows: Vec<PlanRowShape>,
    pub total: Amount,
}

/// What is asked of a lender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PlanKindShape {
    Contract,
    Instalments,
    Settlement,
}

/// A payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct PlanRowShape {
    pub month: YearMonth,
    pub amount: Amount,
}

/// A month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct PlanMonthShape {
    pub month: YearMonth,
    pub capacity: Amount,
    pub paid: Amount,
    pub cash_after: Amount,
}

/// Sums over all debts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct PlanTotalsShape {
    pub paid: Amount,
    pub waived: Amount,
    pub interest: Amount,
}

/// Another objective's plan, or that it has none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct AlternativeShape {
    pub objective: ObjectiveShape,
    #[serde(flatten)]
    pub plan: AlternativePlan,
}

/// The figures of an alternative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum AlternativePlan {
    Found(Box<FiguresShape>),
    None { feasible: bool },
}

/// Why there is no plan, and what would help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct InfeasibleShape {
    pub feasible: bool,
    pub proof: ProofShape,
    pub certificate: CertificateShape,
    pub smallest_extra_capacity: Option<Amount>,
    pub smallest_waiver: Option<SmallestWaiverShape>,
    pub findings: Vec<PlanFindingShape>,
}

/// The first month by which every combination has failed; no month where a debt cannot be paid whatever the money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct CertificateShape {
    pub month: Option<YearMonth>,
    pub needed: Option<Amount>,
    pub available: Option<Amount>,
    pub because: Vec<BecauseLine>,
}

/// A debt and the reduction of its instalment balance that would do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct SmallestWaiverShape {
    pub debt: String,
    pub amount: Amount,
}

impl From<ObjectiveShape> for Objective {
    fn from(shape: ObjectiveShape) -> Self {
        match shape {
            ObjectiveShape::Soonest => Self::Soonest,
            ObjectiveShape::Lightest => Self::Lightest,
            ObjectiveShape::ProRata => Self::ProRata,
            ObjectiveShape::FewestAsks => Self::FewestAsks,
            ObjectiveShape::Cheapest => Self::Cheapest,
        }
    }
}

impl From<Objective> for ObjectiveShape {
    fn from(objective: Objective) -> Self {
        match objective {
            Objective::Soonest => Self::Soonest,
            Objective::Lightest => Self::Lightest,
            Objective::ProRata => Self::ProRata,
            Objective::FewestAsks => Self::FewestAsks,
            Objective::Cheapest => Self::Cheapest,
        }
    }
}

impl From<PlanAnswer> for PlanShape {
    fn from(answer: PlanAnswer) -> Self {
        match answer {
            PlanAnswer::Feasible(plan) => Self::Feasible(Box::new((*plan).into())),
            PlanAnswer::Infeasible(none) => Self::Infeasible(Box::new((*none).into())),
        }
    }
}

impl From<Plan> for FeasibleShape {
    fn from(plan: Plan) -> Self {
        Self {
            figures: plan.figures.into(),
            alternatives: plan.alternatives.into_iter().map(Into::into).collect(),
            explanation: plan.explanation.into_iter().map(Into::into).collect(),
            findings: plan.findings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Alternative> for AlternativeShape {
    fn from(alternative: Alternative) -> Self {
        let plan = match alternative.figures {
            Some(figures) => AlternativePlan::Found(Box::new(figures.into())),
            None => AlternativePlan::None { feasible: false },
        };
        Self { objective: alternative.objective.into(), plan }
    }
}

impl From<Figures> for FiguresShape {
    fn from(figures: Figures) -> Self {
        let (proof, bound) = match figures.proof {
            Proof::Exact => (ProofShape::Exact, None),
            Proof::BestFound { bound } => (ProofShape::BestFound, Some(bound.into())),
        };
        Self {
            feasible: true,
            objective_value: figures.value.into(),
            proof,
            bound,
            debts: figures.debts.into_iter().map(Into::into).collect(),
            months: figures.months.into_iter().map(Into::into).collect(),
            totals: figures.totals.into(),
            last_month: YearMonth(figures.last_month),
            last_month_index: figures.last_month_index,
            peak_month: figures.peak_month.into(),
            asks: figures.asks,
        }
    }
}

impl From<ObjectiveValue> for ValueShape {
    fn from(value: ObjectiveValue) -> Self {
        use ObjectiveValue as V;
        match value {
            V::Soonest { last_month_index, paid } => Self::Soonest { last_month_index, paid: paid.into() },
            V::Lightest { peak_month, last_month_index } => {
                Self::Lightest { peak_month: peak_month.into(), last_month_index }
            }
            V::ProRata { last_month_index, grace } => Self::ProRata { last_month_index, grace },
            V::FewestAsks { asks, last_month_index } => Self::FewestAsks { asks, last_month_index },
            V::Cheapest { paid, last_month_index } => Self::Cheapest { paid: paid.into(), last_month_index },
        }
    }
}

impl From<DebtPlan> for DebtPlanShape {
    fn from(debt: DebtPlan) -> Self {
        Self {
            id: debt.id,
            kind: debt.kind.into(),
            waived: by_name(&debt.waived),
            grace: debt.grace,
            terms: debt.terms,
            rows: debt.rows.into_iter().map(Into::into).collect(),
            total: debt.total.into(),
        }
    }
}

/// The buckets every debt has, and of the others those that hold something.
fn by_name(buckets: &Buckets) -> BTreeMap<&'static str, Amount> {
    let all = [
        ("principal", d::Bucket::Principal, true),
        ("interest", d::Bucket::Interest, true),
        ("penalty", d::Bucket::Penalty, true),
        ("fees", d::Bucket::Fees, true),
        ("compound", d::Bucket::Compound, false),
        ("late_fee", d::Bucket::LateFee, false),
        ("enforcement_cost", d::Bucket::EnforcementCost, false),
    ];
    let amount = |(name, bucket, always): (&'static str, d::Bucket, bool)| {
        let amount = buckets.get(bucket);
        (always || !amount.is_zero()).then_some((name, amount.into()))
    };
    all.into_iter().filter_map(amount).collect()
}

impl From<PlanKind> for PlanKindShape {
    fn from(kind: PlanKind) -> Self {
        match kind {
            PlanKind::Contract => Self::Contract,
            PlanKind::Instalments => Self::Instalments,
            PlanKind::Settlement => Self::Settlement,
        }
    }
}

impl From<PlanRow> for PlanRowShape {
    fn from(row: PlanRow) -> Self {
        Self { month: YearMonth(row.month), amount: row.amount.into() }
    }
}

impl From<PlanMonth> for PlanMonthShape {
    fn from(month: PlanMonth) -> Self {
        Self {
            month: YearMonth(month.month),
            capacity: month.capacity.into(),
            paid: month.paid.into(),
            cash_after: month.cash_after.into(),
        }
    }
}

impl From<PlanTotals> for PlanTotalsShape {
    fn from(totals: PlanTotals) -> Self {
        Self { paid: totals.paid.into(), waived: totals.waived.into(), interest: totals.interest.into() }
    }
}

impl From<Infeasible> for InfeasibleShape {
    fn from(none: Infeasible) -> Self {
        Self {
            feasible: false,
            proof: if none.proved { ProofShape::Exact } else { ProofShape::BestFound },
            certificate: none.certificate.into(),
            smallest_extra_capacity: none.smallest_extra_capacity.map(Into::into),
            smallest_waiver: none.smallest_waiver.map(Into::into),
            findings: none.findings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Certificate> for CertificateShape {
    fn from(certificate: Certificate) -> Self {
        let known = certificate.month.is_some();
        Self {
            month: certificate.month.map(YearMonth),
            needed: known.then_some(certificate.needed.into()),
            available: known.then_some(certificate.available.into()),
            because: certificate.because.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<SmallestWaiver> for SmallestWaiverShape {
    fn from(waiver: SmallestWaiver) -> Self {
        Self { debt: waiver.debt, amount: waiver.amount.into() }
    }
}

use ashore_domain::{Buckets, Money, Month};

use super::explain::{Because, Explanation};
use super::request::Objective;

/// What became of a request: a plan that never spends what is not there, or why there is none and what would help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanAnswer {
    /// There is a plan.
    Feasible(Box<Plan>),
    /// There is none.
    Infeasible(Box<Infeasible>),
}

/// The best plan under the objective asked for, the other objectives' plans beside it, and what to know.
///
/// Every plan is a set of requests to lenders: until an agreement is recorded, contract dues stay live.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The plan itself.
    pub figures: Figures,
    /// The other four objectives, in their order.
    pub alternatives: Vec<Alternative>,
    /// Why it looks as it does, in order of importance.
    pub explanation: Vec<Explanation>,
    /// What the reader should know about the request.
    pub findings: Vec<PlanFinding>,
}

/// Another objective's best plan; `None` where that objective has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// The objective.
    pub objective: Objective,
    /// Its plan.
    pub figures: Option<Figures>,
    /// Why it looks as it does; empty where there is none.
    pub explanation: Vec<Explanation>,
}

/// A plan in figures that tie out: rows sum to totals, months to what is paid, and no month ends below zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// The keys of the objective.
    pub value: ObjectiveValue,
    /// How sure it is that nothing is better.
    pub proof: Proof,
    /// What is asked of each lender, in the order of the request.
    pub debts: Vec<DebtPlan>,
    /// Every month of the horizon.
    pub months: Vec<PlanMonth>,
    /// Sums over all debts.
    pub totals: PlanTotals,
    /// The month in which the last payment is made.
    pub last_month: Month,
    /// The same, counted from 0.
    pub last_month_index: u16,
    /// The largest month total.
    pub peak_month: Money,
    /// Lenders that have to be asked for something.
    pub asks: u16,
}

/// The keys an objective compares, first to last; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // each key is the figure of the same name
pub enum ObjectiveValue {
    Soonest { last_month_index: u16, paid: Money },
    Lightest { peak_month: Money, last_month_index: u16 },
    ProRata { last_month_index: u16, grace: u16 },
    FewestAsks { asks: u16, last_month_index: u16 },
    Cheapest { paid: Money, last_month_index: u16 },
}

/// How sure it is that a plan is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proof {
    /// Nothing is better.
    Exact,
    /// The best found; nothing is better than `bound`.
    BestFound {
        /// No plan's keys are below these.
        bound: ObjectiveValue,
    },
}

/// What is asked of one lender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DebtPlan {
    /// The debt's id in the request.
    pub id: String,
    /// What is asked.
    pub kind: PlanKind,
    /// What the lender is asked to give up, by bucket; of a settlement the rest, penalties first.
    pub waived: Buckets,
    /// Months before the first payment.
    pub grace: u16,
    /// Number of payments.
    pub terms: u16,
    /// The payments.
    pub rows: Vec<PlanRow>,
    /// Their sum.
    pub total: Money,
}

/// What is asked of a lender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlanKind {
    /// Nothing: the contract is kept.
    Contract,
    /// Equal monthly instalments.
    Instalments,
    /// One payment that ends the debt.
    Settlement,
}

/// One payment of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanRow {
    /// When.
    pub month: Month,
    /// How much.
    pub amount: Money,
}

/// One month of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanMonth {
    /// Which.
    pub month: Month,
    /// What can be paid in it.
    pub capacity: Money,
    /// What the plan pays in it.
    pub paid: Money,
    /// What is left at its end; never negative.
    pub cash_after: Money,
}

/// Sums over a plan's debts: `paid` = all that is owed − `waived` + `interest`, unless a contract is kept that pays
/// less than is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlanTotals {
    /// All payments.
    pub paid: Money,
    /// All that is given up.
    pub waived: Money,
    /// What is paid beyond the balances, debt by debt.
    pub interest: Money,
}

/// Why a request has no plan, and the two smallest changes that would give it one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Infeasible {
    /// Whether it is proved that there is none, or only none was found.
    pub proved: bool,
    /// Where every combination fails.
    pub certificate: Certificate,
    /// The least amount that, added to every month, makes a plan possible; `None` if none would.
    pub smallest_extra_capacity: Option<Money>,
    /// A debt and a reduction of its instalment balance that make a plan possible; `None` if no single debt's would.
    pub smallest_waiver: Option<SmallestWaiver>,
    /// What the reader should know about the request.
    pub findings: Vec<PlanFinding>,
}

/// The first month by which every combination of ways to pay has failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// That month; `None` when a debt cannot be paid at all within the horizon, whatever the money.
    pub month: Option<Month>,
    /// The least that any combination affordable until then requires through it.
    pub needed: Money,
    /// Cash and capacity through it.
    pub available: Money,
    /// The same for a person to follow.
    pub because: Vec<Because>,
}

/// A reduction of one debt's balance that makes a plan possible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmallestWaiver {
    /// The debt's id.
    pub debt: String,
    /// By how much its instalments would have to repay less.
    pub amount: Money,
}

/// What a reader should know about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlanFinding {
    /// Keeping the contract pays less than the debt's buckets: is it all that the debt still costs?
    ContractBelowBalance {
        /// The debt.
        debt: String,
        /// What the contract still pays.
        contract: Money,
        /// What is owed.
        balance: Money,
    },
    /// A contract payment falls outside the horizon, so keeping the contract is no choice.
    ContractOutsideHorizon {
        /// The debt.
        debt: String,
        /// The first such month.
        month: Month,
    },
    /// The settlement's last month is before the first month of the plan.
    SettlementExpired {
        /// The debt.
        debt: String,
        /// Its last month.
        until: Month,
    },
    /// The settlement asks for more than is owed.
    SettlementAboveBalance {
        /// The debt.
        debt: String,
        /// Its amount.
        amount: Money,
        /// What is owed.
        balance: Money,
    },
    /// The smallest instalment is above the balance: only a single payment is possible.
    InstalmentMinAboveBalance {
        /// The debt.
        debt: String,
        /// The least the lender accepts.
        installment_min: Money,
        /// What instalments would repay.
        balance: Money,
    },
    /// The lender's limits contradict one another: there is no way at all to pay this debt within the horizon.
    NoWayToPay {
        /// The debt.
        debt: String,
    },
    /// The plan begins before the day its balances speak of.
    FirstMonthBeforeAsOf,
}

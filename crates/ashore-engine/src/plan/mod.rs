//! The hardship solver: which request to which lender makes all debts payable together (domain §4.2, §8).

mod answer;
mod choose;
mod common_failure;
mod dual;
mod explain;
mod figures;
mod flow;
mod infeasible;
mod lightest;
mod load;
mod mend;
mod one_for_all;
mod ordered;
mod others;
mod packing;
mod pro_rata;
mod request;
mod situation;
mod solve;
mod way;

pub use answer::{
    Alternative, Certificate, DebtPlan, Figures, Infeasible, ObjectiveValue, Plan, PlanAnswer, PlanFinding,
    PlanKind, PlanMonth, PlanRow, PlanTotals, Proof, SmallestWaiver,
};
pub use explain::{Because, Explanation};
pub use request::{HORIZON_MAX, Objective, PlanDebt, PlanError, PlanRequest, Settlement, bucket_name};
pub use solve::plan;

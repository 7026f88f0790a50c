//! How a figure came about, in steps that anyone can replay.
//!
//! Each step is a formula in a small language (see [`evaluate`]) with every input it names and the rounding at its
//! end; an input called `step_3` is the value of the third step. [`Explanation::replay`] computes the steps again from
//! their text alone, and the last one gives the figure.

mod cap;
mod capacity;
mod compare;
mod conduct;
mod cost;
mod deadline;
mod derivation;
mod expression;
mod findings;
mod forecast;
mod identify;
mod limitation;
mod number;
mod plain;
mod plan;
mod remedies;
mod schedule;
mod statement;
mod term_parts;

pub use cap::explain_cap;
pub use capacity::{explain_capacity, explain_spending};
pub use compare::{explain_proposal, explain_status_quo};
pub use conduct::explain_conduct;
pub use cost::{CostFlows, explain_cost};
pub use deadline::explain_deadline;
pub use derivation::{Explanation, ReplayError, Step, StepRounding};
pub use expression::{FormulaError, evaluate};
pub use findings::{explain_disclosed_fee, explain_open};
pub use forecast::explain_forecast;
pub use identify::{explain_claimed, explain_printed};
pub use limitation::explain_limitation;
pub use number::{Exact, parse as parse_exact, write as write_exact};
pub use plain::{explain_amount, explain_sum};
pub use plan::explain_plan;
pub use schedule::explain_schedule;
pub use statement::explain_statement;
pub use term_parts::explain_term_parts;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_ways;

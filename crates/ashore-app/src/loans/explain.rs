use ashore_domain::LoanId;
use ashore_engine::explain::{Explanation, explain_schedule, explain_statement};
use serde::Serialize;
use specta::Type;

use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input};

/// How one figure of a loan came about, step by step; replaying the steps gives the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ExplanationView {
    /// Which figure, such as `outstanding.penalty` or `rows[3].interest`.
    pub path: String,
    /// The figure.
    pub value: String,
    /// The steps; an input called `step_2` is the value of the second.
    pub steps: Vec<StepView>,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the engine's `Step` explains them
pub struct StepView {
    pub formula: String,
    pub inputs: Vec<StepInput>,
    pub rule: Option<String>,
    pub rounding: Option<String>,
    pub value: String,
}

/// A named input of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct StepInput {
    pub name: String,
    pub value: String,
}

impl From<Explanation> for ExplanationView {
    fn from(explanation: Explanation) -> Self {
        let steps = explanation.steps.into_iter().map(|step| StepView {
            formula: step.formula,
            inputs: step.inputs.into_iter().map(|(name, value)| StepInput { name, value }).collect(),
            rule: step.rule,
            rounding: step.rounding.name().map(str::to_owned),
            value: step.value,
        });
        Self { path: explanation.path, value: explanation.value, steps: steps.collect() }
    }
}

impl App<Unlocked> {
    /// How a figure of a loan's statement, schedule or cost came about, as of a day (today when absent).
    ///
    /// # Errors
    /// An unknown loan or figure.
    pub fn explain_loan(
        &self,
        loan_id: &str,
        path: &str,
        as_of: Option<&str>,
    ) -> Result<ExplanationView, AppError> {
        let loan: LoanId = id::parse("loan_id", loan_id)?;
        let as_of = input::date_or_none("as_of", as_of)?.unwrap_or(self.clock.today());
        let file = self.loan_file(loan)?;
        let mut explained = file.replayed(as_of, explain_statement)?.1;
        if let (Some(terms), Some(amortised)) = (file.terms(), file.amortised()?) {
            explained.extend(explain_schedule(terms, &amortised));
        }
        let found = explained.into_iter().find(|explanation| explanation.path == path);
        found.map(Into::into).ok_or_else(|| AppError::field(ErrorCode::NotFound, "path", "no such figure"))
    }
}

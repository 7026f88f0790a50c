use ashore_engine::explain::{Explanation, Step};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// An answer with, when asked for, the derivation of its figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Explained<T> {
    #[serde(flatten)]
    pub answer: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<Vec<ExplanationShape>>,
}

impl<T> Explained<T> {
    /// An answer with its derivations, if somebody asked for them.
    #[must_use]
    pub fn new(answer: T, explained: Option<Vec<Explanation>>) -> Self {
        Self { answer, explain: explained.map(|all| all.into_iter().map(Into::into).collect()) }
    }
}

/// A figure with the steps that give it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // see the contract of the command line
pub struct ExplanationShape {
    pub path: String,
    pub value: String,
    pub steps: Vec<StepShape>,
}

/// One step; an input called `step_2` is the value of the second.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct StepShape {
    pub formula: String,
    pub inputs: Inputs,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rounding: Option<&'static str>,
    pub value: String,
}

/// Names with their values, in the order of the formula.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inputs(pub Vec<(String, String)>);

impl Serialize for Inputs {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl From<Explanation> for ExplanationShape {
    fn from(explanation: Explanation) -> Self {
        let steps = explanation.steps.into_iter().map(Into::into).collect();
        Self { path: explanation.path, value: explanation.value, steps }
    }
}

impl From<Step> for StepShape {
    fn from(step: Step) -> Self {
        Self {
            formula: step.formula,
            inputs: Inputs(step.inputs),
            rule: step.rule,
            rounding: step.rounding.name(),
            value: step.value,
        }
    }
}

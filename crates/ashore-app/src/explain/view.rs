use std::collections::BTreeMap;

use ashore_engine::explain::Explanation;
use ashore_engine::rules::{Rule, RuleSet};
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use crate::loans::RuleNote;

/// How one figure came about, step by step; replaying the steps gives the value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ExplanationView {
    /// Which figure, such as `plans[0].paid`.
    pub path: String,
    /// The figure.
    pub value: String,
    /// The steps; an input called `step_2` is the value of the second.
    pub steps: Vec<StepView>,
    /// The rules that steps name by their identifier, with source and date.
    pub rules: Vec<RuleNote>,
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
    /// What the borrower calls it: the name of a line of the worksheet, or of a loan.
    pub called: Option<String>,
    pub value: String,
}

impl ExplanationView {
    pub(super) fn of(
        explanation: Explanation,
        rules: &RuleSet,
        today: NaiveDate,
        called: &BTreeMap<String, String>,
    ) -> Self {
        let mut notes: Vec<RuleNote> = Vec::new();
        for id in explanation.steps.iter().filter_map(|step| step.rule.as_deref()) {
            if notes.iter().all(|note| note.id != id) {
                notes.extend(rule(rules, id, today).map(|rule| RuleNote::of(rule, rules, today)));
            }
        }
        let steps = explanation.steps.into_iter().map(|step| StepView {
            formula: step.formula,
            inputs: step
                .inputs
                .into_iter()
                .map(|(name, value)| StepInput { called: called.get(&name).cloned(), name, value })
                .collect(),
            rule: step.rule,
            rounding: step.rounding.name().map(str::to_owned),
            value: step.value,
        });
        Self { path: explanation.path, value: explanation.value, steps: steps.collect(), rules: notes }
    }
}

/// The rule of that identifier: of several versions the one of today, else the first.
fn rule<'a>(rules: &'a RuleSet, id: &str, today: NaiveDate) -> Option<&'a Rule> {
    let periods = rules.periods().iter().map(|row| &row.rule);
    let caps = rules.all_caps().iter().map(|cap| &cap.rule);
    let of_id: Vec<&Rule> = periods.chain(caps).filter(|rule| rule.id == id).collect();
    of_id.iter().find(|rule| rule.effective.contains(today)).or(of_id.first()).copied()
}

use ashore_domain::Money;

use super::derivation::{Derivation, StepRounding, yuan};
use super::{Explanation, Step};

/// How an amount follows from others in one step, exactly: for figures that a page puts together from answers of the
/// engine. Inputs are the names of the formula with their amounts in yuan.
#[must_use]
pub fn explain_amount(
    path: &str,
    formula: &str,
    inputs: &[(&str, Money)],
    rule: Option<&str>,
    value: Money,
) -> Explanation {
    let mut steps = Derivation::default();
    let inputs = inputs.iter().map(|(name, amount)| yuan(name, *amount)).collect();
    steps.step(formula, inputs, rule, StepRounding::None);
    steps.of(path, value)
}

/// How a total follows from its parts, which are called `name_1`, `name_2` and so on.
#[must_use]
pub fn explain_sum(
    path: &str,
    name: &str,
    parts: impl IntoIterator<Item = Money>,
    rule: Option<&str>,
    total: Money,
) -> Explanation {
    let mut steps = Derivation::default();
    let parts = (1_u32..).zip(parts).map(|(k, amount)| (format!("{name}_{k}"), amount)).collect();
    steps.sum(parts, rule);
    steps.of(path, total)
}

impl Explanation {
    /// The same derivation of a figure that stands at another place.
    #[must_use]
    pub fn at(self, path: impl Into<String>) -> Self {
        Self { path: path.into(), ..self }
    }

    /// The same with the steps of `first` before its own: where a figure builds on another one, both can be followed
    /// from the beginning. The value, and that it replays, do not change.
    #[must_use]
    pub fn after(self, first: &Self) -> Self {
        let by = first.steps.len();
        let own = self.steps.into_iter().map(|step| Step {
            formula: later_names(&step.formula, by),
            inputs: step.inputs.into_iter().map(|(name, value)| (later_names(&name, by), value)).collect(),
            ..step
        });
        Self { steps: first.steps.iter().cloned().chain(own).collect(), ..self }
    }
}

/// Names of steps as they are when so many others come before.
fn later_names(formula: &str, by: usize) -> String {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let mut text = String::with_capacity(formula.len());
    let mut rest = formula;
    while let Some(first) = rest.chars().next() {
        let end = rest.find(|c| is_word(c) != is_word(first)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        match word.strip_prefix("step_").and_then(|number| number.parse::<usize>().ok()) {
            Some(number) => text.push_str(&format!("step_{}", number + by)),
            None => text.push_str(word),
        }
        rest = after;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_another_figure_replays_with_it() {
        let yuan = Money::from_yuan;
        let total = explain_sum("total", "part", [yuan(3), yuan(4)], None, yuan(7));
        let mut steps = Derivation::default();
        let half =
            steps.step("total / 2", vec![super::yuan("total", yuan(7))], None, StepRounding::HalfUpFen);
        steps.step(format!("max({half}, 0) + {half}"), Vec::new(), None, StepRounding::None);
        let twice = steps.of("twice", yuan(7)).after(&total);
        assert_eq!(twice.steps[2].formula, "max(step_2, 0) + step_2");
        assert_eq!(twice.steps[2].inputs[0].0, "step_2");
        assert!(twice.replay().is_ok() && twice.clone().at("elsewhere").replay().is_ok());
        let least = explain_amount("least", "min(a, b)", &[("a", yuan(1)), ("b", yuan(2))], None, yuan(1));
        assert!(least.after(&twice).replay().is_ok());
        assert!(explain_sum("none", "part", [], None, Money::ZERO).replay().is_ok());
    }
}

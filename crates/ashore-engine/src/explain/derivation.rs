use std::collections::BTreeMap;

use ashore_domain::{Money, Ratio};
use chrono::NaiveDate;

use super::number::{self, Exact};
use super::{FormulaError, evaluate};

/// How a step ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepRounding {
    /// As computed.
    None,
    /// Half away from zero, to the fen.
    HalfUpFen,
    /// Down to the fen.
    FloorFen,
    /// Up to the fen.
    CeilFen,
    /// Half away from zero, to twelve decimals: how solved rates are shown.
    HalfUp12,
}

impl StepRounding {
    /// Its name in a derivation.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::HalfUpFen => Some("half_up_fen"),
            Self::FloorFen => Some("floor_fen"),
            Self::CeilFen => Some("ceil_fen"),
            Self::HalfUp12 => Some("half_up_12_decimals"),
        }
    }

    /// The rounding of that name.
    #[must_use]
    pub fn named(name: Option<&str>) -> Option<Self> {
        [Self::None, Self::HalfUpFen, Self::FloorFen, Self::CeilFen, Self::HalfUp12]
            .into_iter()
            .find(|rounding| rounding.name() == name)
    }

    fn apply(self, value: &Exact) -> Exact {
        match self {
            Self::None => value.clone(),
            Self::HalfUpFen => number::half_up(value, 2),
            Self::FloorFen => number::floor(value, 2),
            Self::CeilFen => -number::floor(&-value, 2),
            Self::HalfUp12 => number::half_up(value, 12),
        }
    }
}

/// One step: everything that is needed to compute it again, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is computed.
    pub formula: String,
    /// Every name of the formula with its value.
    pub inputs: Vec<(String, String)>,
    /// The clause of the contract or the rule behind it.
    pub rule: Option<String>,
    /// How it ends.
    pub rounding: StepRounding,
    /// What came out.
    pub value: String,
}

/// A figure of an answer with the steps that give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// Where in the answer the figure stands.
    pub path: String,
    /// The figure, as the answer shows it.
    pub value: String,
    /// The steps; the last gives the figure.
    pub steps: Vec<Step>,
}

/// Why steps do not give their figure.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// A step cannot be computed.
    #[error("step {step}: {why}")]
    Formula {
        /// Which, from 1.
        step: usize,
        /// Why.
        why: FormulaError,
    },
    /// A step or the figure says something else than its formula.
    #[error("step {step} gives {computed}, not {stated}")]
    Differs {
        /// Which, from 1; the number of steps for the figure itself.
        step: usize,
        /// By the formula.
        computed: String,
        /// As stated.
        stated: String,
    },
    /// No steps, or a value that is no number.
    #[error("{what} is no number")]
    NotANumber {
        /// What.
        what: String,
    },
}

impl Explanation {
    /// Computes every step again from its text.
    ///
    /// # Errors
    /// The first step that has no value or another one than it states.
    pub fn replay(&self) -> Result<Exact, ReplayError> {
        let read =
            |text: &str| number::parse(text).ok_or_else(|| ReplayError::NotANumber { what: text.to_owned() });
        let mut values: Vec<Exact> = Vec::new();
        for (index, step) in self.steps.iter().enumerate() {
            let mut inputs = BTreeMap::new();
            for (name, text) in &step.inputs {
                let earlier = name.strip_prefix("step_").and_then(|n| n.parse::<usize>().ok());
                let value = match earlier.and_then(|n| values.get(n.checked_sub(1)?)) {
                    Some(value) => value.clone(),
                    None => read(text)?,
                };
                inputs.insert(name.clone(), value);
            }
            let step_number = index + 1;
            let value = evaluate(&step.formula, &inputs)
                .map_err(|why| ReplayError::Formula { step: step_number, why })?;
            let value = step.rounding.apply(&value);
            if read(&step.value)? != value {
                let (computed, stated) = (number::write(&value), step.value.clone());
                return Err(ReplayError::Differs { step: step_number, computed, stated });
            }
            values.push(value);
        }
        let Some(last) = values.pop() else {
            return Err(ReplayError::NotANumber { what: self.path.clone() });
        };
        if read(&self.value)? == last {
            return Ok(last);
        }
        let (computed, stated) = (number::write(&last), self.value.clone());
        Err(ReplayError::Differs { step: self.steps.len(), computed, stated })
    }
}

/// Steps being written. A formula that has no value leaves its steps incomplete, which the replay then reports.
#[derive(Debug, Clone, Default)]
pub(super) struct Derivation {
    steps: Vec<Step>,
    values: Vec<Exact>,
}

/// What a name of a formula stands for.
#[derive(Debug, Clone)]
pub(super) enum Input {
    Yuan(Money),
    Rate(Ratio),
    Day(NaiveDate),
    Count(i64),
}

impl Input {
    fn value(&self) -> Exact {
        match self {
            Self::Yuan(amount) => number::yuan(*amount),
            Self::Rate(rate) => number::rate(*rate),
            Self::Day(day) => number::day(*day),
            Self::Count(count) => Exact::from(num_bigint::BigInt::from(*count)),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Yuan(amount) => amount.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Rate(_) | Self::Count(_) => number::write(&self.value()),
        }
    }
}

impl Derivation {
    /// Adds a step and gives the name under which later steps know it.
    pub(super) fn step(
        &mut self,
        formula: impl Into<String>,
        inputs: Vec<(String, Input)>,
        rule: Option<&str>,
        rounding: StepRounding,
    ) -> String {
        let formula = formula.into();
        let mut known: BTreeMap<String, Exact> =
            inputs.iter().map(|(name, input)| (name.clone(), input.value())).collect();
        let mut shown: Vec<(String, String)> =
            inputs.iter().map(|(name, input)| (name.clone(), input.text())).collect();
        // Earlier steps are inputs too, where the formula names them.
        for (index, value) in self.values.iter().enumerate() {
            let name = format!("step_{}", index + 1);
            if mentions(&formula, &name) {
                known.insert(name.clone(), value.clone());
                let as_shown = self.steps.get(index).map(|step| step.value.clone());
                shown.push((name, as_shown.unwrap_or_else(|| number::write(value))));
            }
        }
        let value = evaluate(&formula, &known).map(|value| rounding.apply(&value)).unwrap_or_default();
        let text = match rounding {
            StepRounding::HalfUpFen | StepRounding::FloorFen | StepRounding::CeilFen => {
                number::fixed(&value, 2)
            }
            StepRounding::HalfUp12 => number::fixed(&value, 12),
            StepRounding::None => number::write(&value),
        };
        let rule = rule.map(str::to_owned);
        self.steps.push(Step { formula, inputs: shown, rule, rounding, value: text });
        self.values.push(value);
        format!("step_{}", self.values.len())
    }

    /// The same with one more step.
    pub(super) fn also(
        mut self,
        formula: impl Into<String>,
        inputs: Vec<(String, Input)>,
        rule: Option<&str>,
        rounding: StepRounding,
    ) -> Self {
        self.step(formula, inputs, rule, rounding);
        self
    }

    /// How many steps there are.
    pub(super) const fn len(&self) -> usize {
        self.steps.len()
    }

    /// A step whose value is a day, and is written as one.
    pub(super) fn day_step(
        &mut self,
        formula: impl Into<String>,
        inputs: Vec<(String, Input)>,
        rule: Option<&str>,
    ) -> String {
        let name = self.step(formula, inputs, rule, StepRounding::None);
        if let (Some(step), Some(day)) = (self.steps.last_mut(), self.values.last().and_then(number::as_day))
        {
            step.value = day.to_string();
        }
        name
    }

    /// The sum of named amounts, as a step.
    pub(super) fn sum(&mut self, parts: Vec<(String, Money)>, rule: Option<&str>) -> String {
        let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
        let formula = if names.is_empty() { "0".to_owned() } else { names.join(" + ") };
        let inputs = parts.iter().map(|(name, amount)| (name.clone(), Input::Yuan(*amount))).collect();
        self.step(formula, inputs, rule, StepRounding::None)
    }

    /// What the last step gives, when that is an amount.
    pub(super) fn amount(&self) -> Option<Money> {
        self.values.last().and_then(number::money)
    }

    /// The derivation of the figure at `path`.
    pub(super) fn of(self, path: impl Into<String>, value: impl ToString) -> Explanation {
        Explanation { path: path.into(), value: value.to_string(), steps: self.steps }
    }
}

fn mentions(formula: &str, name: &str) -> bool {
    formula.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').any(|word| word == name)
}

/// A name with an amount.
pub(super) fn yuan(name: &str, amount: Money) -> (String, Input) {
    (name.to_owned(), Input::Yuan(amount))
}

/// A name with a day.
pub(super) fn on(name: &str, day: NaiveDate) -> (String, Input) {
    (name.to_owned(), Input::Day(day))
}

/// A name with a rate.
pub(super) fn at(name: &str, rate: Ratio) -> (String, Input) {
    (name.to_owned(), Input::Rate(rate))
}

/// A name with a count.
pub(super) fn count(name: &str, count: i64) -> (String, Input) {
    (name.to_owned(), Input::Count(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fee() -> Explanation {
        let mut steps = Derivation::default();
        let inputs = vec![
            yuan("base", Money::from_yuan(5_000)),
            at("daily", Ratio::new(36, 36_500).unwrap()),
            count("days", 30),
        ];
        steps.step("base * daily * days", inputs, Some("penalty"), StepRounding::HalfUpFen);
        steps.step("step_1 - paid", vec![yuan("paid", Money::from_yuan(100))], None, StepRounding::None);
        steps.of("penalty", "47.95")
    }

    #[test]
    fn steps_replay_from_their_text() {
        let explained = fee();
        assert_eq!(explained.steps[0].value, "147.95");
        assert_eq!(explained.steps[1].inputs[1], ("step_1".to_owned(), "147.95".to_owned()));
        assert!(explained.replay().is_ok());
    }

    #[test]
    fn a_changed_word_is_found() {
        let changed = |change: &dyn Fn(&mut Explanation)| {
            let mut explained = fee();
            change(&mut explained);
            explained.replay().is_err()
        };
        assert!(changed(&|e| e.value = "47.96".into()));
        assert!(changed(&|e| e.steps[0].inputs[2].1 = "31".into()));
        assert!(changed(&|e| e.steps[0].rounding = StepRounding::None));
        assert!(changed(&|e| e.steps[1].formula = "step_1 + paid".into()));
        assert!(changed(&|e| e.steps.clear()));
    }
}

use ashore_domain::{Certainty, ExpenseClass, Frequency, Money, Month, Worksheet};

use super::Explanation;
use super::derivation::{Derivation, Input, StepRounding, yuan};
use super::number::{fixed, half_up, rate};
use crate::CapacityResult;

/// How every figure of a capacity follows from the lines of its worksheet. Inputs are called after the list and the
/// place of their line.
#[must_use]
pub fn explain_capacity(worksheet: &Worksheet, result: &CapacityResult) -> Vec<Explanation> {
    let income = lines(
        "income",
        worksheet.income.iter().map(|l| (l.amount, l.every, l.certainty != Certainty::OneOff)),
    );
    let essential = lines(
        "expense",
        worksheet.expenses.iter().map(|l| (l.amount, l.every, l.class == ExpenseClass::Essential)),
    );
    let expenses = lines("expense", worksheet.expenses.iter().map(|l| (l.amount, l.every, true)));
    let priority = lines("priority", worksheet.priority.iter().map(|l| (l.amount, l.every, true)));

    let mut net_income = Derivation::default();
    monthly(&mut net_income, &income);
    let mut essential_steps = Derivation::default();
    monthly(&mut essential_steps, &essential);
    let mut buffer = Derivation::default();
    match worksheet.buffer {
        Some(stated) => {
            buffer.step("stated", vec![yuan("stated", stated)], Some("buffer as stated"), StepRounding::None)
        }
        None => buffer.step(
            "essential / 10",
            vec![yuan("essential", result.essential)],
            Some("buffer: a tenth of what is essential"),
            StepRounding::HalfUpFen,
        ),
    };
    let mut surplus = Derivation::default();
    let spent = monthly(&mut surplus, &expenses);
    let owed = monthly(&mut surplus, &priority);
    let inputs = vec![yuan("net_income", result.net_income), yuan("buffer", result.buffer)];
    surplus.step(format!("net_income - {spent} - {owed} - buffer"), inputs, None, StepRounding::None);
    let mut capacity = Derivation::default();
    let inputs = vec![yuan("surplus", result.surplus)];
    capacity.step("max(surplus, 0)", inputs, None, StepRounding::None);
    let mut explained = vec![
        net_income.of("net_income", result.net_income),
        essential_steps.of("essential", result.essential),
        buffer.of("buffer", result.buffer),
        surplus.of("surplus", result.surplus),
        capacity.of("capacity", result.capacity),
    ];
    for (index, month) in result.by_month.iter().enumerate() {
        let mut steps = Derivation::default();
        let (formula, inputs) = of_month(worksheet, result, month.month);
        steps.step(formula, inputs, Some("what comes or changes in this month"), StepRounding::None);
        explained.push(steps.of(format!("by_month[{index}].capacity"), month.capacity));
    }
    explained.extend(ratios(worksheet, result, &priority));
    explained
}

/// How the two sums that a worksheet shows besides follow from its lines: `other`, which is neither essential nor a
/// debt, and `priority`.
#[must_use]
pub fn explain_spending(worksheet: &Worksheet) -> Vec<Explanation> {
    let other = lines(
        "expense",
        worksheet.expenses.iter().map(|l| (l.amount, l.every, l.class != ExpenseClass::Essential)),
    );
    let priority = lines("priority", worksheet.priority.iter().map(|l| (l.amount, l.every, true)));
    let sums = [("other", other), ("priority", priority)].into_iter();
    sums.map(|(path, lines)| {
        let mut steps = Derivation::default();
        monthly(&mut steps, &lines);
        let value = steps.amount().unwrap_or(Money::ZERO);
        steps.of(path, value)
    })
    .collect()
}

/// A line that recurs: its name, its amount and how often it comes.
type Line = (String, Money, Frequency);

fn lines(list: &str, all: impl Iterator<Item = (Money, Frequency, bool)>) -> Vec<Line> {
    all.enumerate()
        .filter(|(_, (_, every, counts))| *counts && !matches!(every, Frequency::Once(_)))
        .map(|(index, (amount, every, _))| (format!("{list}_{index}"), amount, every))
        .collect()
}

/// Each line brought to a month, half-up, and their sum; the name of the sum.
fn monthly(steps: &mut Derivation, lines: &[Line]) -> String {
    let mut parts = Vec::new();
    for (name, amount, every) in lines {
        let (times, rule) = match every {
            Frequency::Month => ("", "monthly"),
            Frequency::Week => (" * 52 / 12", "weekly"),
            Frequency::Biweek => (" * 26 / 12", "every two weeks"),
            Frequency::Year => (" / 12", "yearly"),
            Frequency::Once(_) => (" * 0", "once"),
        };
        let input = vec![yuan(name, *amount)];
        parts.push(steps.step(format!("{name}{times}"), input, Some(rule), StepRounding::HalfUpFen));
    }
    let sum = if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") };
    steps.step(sum, Vec::new(), None, StepRounding::None)
}

fn of_month(worksheet: &Worksheet, result: &CapacityResult, month: Month) -> (String, Vec<(String, Input)>) {
    let (mut formula, mut inputs) = ("surplus".to_owned(), vec![yuan("surplus", result.surplus)]);
    let mut add = |sign: &str, name: String, amount: Money| {
        formula.push_str(&format!(" {sign} {name}"));
        inputs.push((name, Input::Yuan(amount)));
    };
    let here = |every: Frequency| every == Frequency::Once(month);
    for (k, line) in worksheet.income.iter().enumerate().filter(|(_, line)| here(line.every)) {
        add("+", format!("income_{k}"), line.amount);
    }
    for (k, line) in worksheet.expenses.iter().enumerate().filter(|(_, line)| here(line.every)) {
        add("-", format!("expense_{k}"), line.amount);
    }
    for (k, line) in worksheet.priority.iter().enumerate().filter(|(_, line)| here(line.every)) {
        add("-", format!("priority_{k}"), line.amount);
    }
    let changes = worksheet.changes.iter().enumerate();
    for (k, change) in changes.filter(|(_, c)| c.from <= month && c.to.is_none_or(|to| month <= to)) {
        add("+", format!("change_{k}_income"), change.income);
        add("-", format!("change_{k}_expense"), change.expense);
    }
    (format!("max({formula}, 0)"), inputs)
}

fn ratios(worksheet: &Worksheet, result: &CapacityResult, priority: &[Line]) -> Vec<Explanation> {
    let mut explained = Vec::new();
    let shown = |ratio| fixed(&half_up(&rate(ratio), 12), 12);
    if let Some(dti) = result.dti {
        let mut steps = Derivation::default();
        let owed = monthly(&mut steps, priority);
        let contract = worksheet.contract_payments.unwrap_or(Money::ZERO);
        let inputs = vec![yuan("contract_payments", contract), yuan("net_income", result.net_income)];
        steps.step(
            format!("(contract_payments + {owed}) / net_income"),
            inputs,
            None,
            StepRounding::HalfUp12,
        );
        explained.push(steps.of("ratios.dti", shown(dti)));
    }
    if let Some(share) = result.essential_ratio {
        let mut steps = Derivation::default();
        let inputs = vec![yuan("essential", result.essential), yuan("net_income", result.net_income)];
        steps.step("essential / net_income", inputs, None, StepRounding::HalfUp12);
        explained.push(steps.of("ratios.essential_ratio", shown(share)));
    }
    explained
}

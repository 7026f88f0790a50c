use ashore_domain::{Money, Period};
use chrono::NaiveDate;

use super::Explanation;
use super::derivation::{Derivation, Input, StepRounding, count, on, yuan};
use crate::{Cost, SolvedRate};

/// The flows behind a cost.
#[derive(Debug, Clone, Copy)]
pub enum CostFlows<'a> {
    /// One period apart, or so many whole periods from the first.
    Periodic(&'a [(i64, Money)], Period),
    /// On civil days.
    Dated(&'a [(NaiveDate, Money)]),
}

/// How every figure of `cost` follows from its flows.
#[must_use]
pub fn explain_cost(cost: &Cost, flows: CostFlows<'_>) -> Vec<Explanation> {
    let amounts: Vec<Money> = match flows {
        CostFlows::Periodic(flows, _) => flows.iter().map(|(_, amount)| *amount).collect(),
        CostFlows::Dated(flows) => flows.iter().map(|(_, amount)| *amount).collect(),
    };
    let mut explained = vec![total_cost(cost, &amounts, "total_cost".to_owned())];
    explained.extend(rates(cost, flows, ""));
    explained
}

/// How the rates follow from the flows; paths begin with `prefix`.
pub(super) fn rates(cost: &Cost, flows: CostFlows<'_>, prefix: &str) -> Vec<Explanation> {
    let mut explained = Vec::new();
    let named = |name: &str| format!("{prefix}{name}");
    match flows {
        CostFlows::Periodic(flows, period) => {
            let (a, b) = periods_a_year(period);
            let timed: Vec<_> = flows.iter().map(|(at, flow)| (count("", *at).1, *flow)).collect();
            for (name, rate, function, first) in [
                ("irr_periodic", cost.irr_periodic, "irr", None),
                ("apr_nominal", cost.apr_nominal, "irr_nominal", Some((a, b))),
                ("apr_effective", cost.apr_effective, "irr_effective", Some((a, b))),
            ] {
                explained.extend(rate.map(|rate| solved(named(name), rate, function, first, &timed)));
            }
        }
        CostFlows::Dated(flows) => {
            let timed: Vec<_> = flows.iter().map(|(at, flow)| (on("", *at).1, *flow)).collect();
            explained.extend(cost.xirr.map(|rate| solved(named("xirr"), rate, "xirr", None, &timed)));
        }
    }
    explained
}

/// Σ flows, turned round.
pub(super) fn total_cost(cost: &Cost, flows: &[Money], path: String) -> Explanation {
    let mut steps = Derivation::default();
    let parts = (0..).zip(flows).map(|(k, flow): (usize, _)| (format!("flow_{k}"), *flow)).collect();
    let sum = steps.sum(parts, None);
    steps.step(format!("0 - {sum}"), Vec::new(), None, StepRounding::None);
    steps.of(path, cost.total_cost)
}

/// 单利: total cost × 365 over Σ balance × days.
pub(super) fn simple(rate: SolvedRate, total: Money, used: &[(Money, i64)], path: String) -> Explanation {
    let mut steps = Derivation::default();
    let mut inputs = vec![yuan("total_cost", total)];
    let mut terms = Vec::new();
    for (k, (balance, days)) in (1..).zip(used) {
        inputs.push(yuan(&format!("balance_{k}"), *balance));
        inputs.push(count(&format!("days_{k}"), *days));
        terms.push(format!("balance_{k} * days_{k}"));
    }
    let formula = format!("total_cost * 365 / ({})", terms.join(" + "));
    steps.step(formula, inputs, Some("balance before each row, days over 365"), StepRounding::HalfUp12);
    steps.of(path, rate)
}

fn solved(
    path: String,
    rate: SolvedRate,
    function: &str,
    a_year: Option<(i64, i64)>,
    flows: &[(Input, Money)],
) -> Explanation {
    let mut steps = Derivation::default();
    let (mut inputs, mut names) = (Vec::new(), Vec::new());
    if let Some((a, b)) = a_year {
        inputs.extend([count("units", a), count("per", b)]);
        names.extend(["units".to_owned(), "per".to_owned()]);
    }
    for (k, (at, flow)) in flows.iter().enumerate() {
        let (time, amount) = (format!("at_{k}"), format!("flow_{k}"));
        inputs.push((time.clone(), at.clone()));
        inputs.push(yuan(&amount, *flow));
        names.extend([time, amount]);
    }
    steps.step(format!("{function}({})", names.join(", ")), inputs, Some(rule(function)), StepRounding::None);
    steps.of(path, rate)
}

/// What the functions mean, for whoever replays them with other tools.
fn rule(function: &str) -> &'static str {
    match function {
        "irr" => "the i nearest zero with Σ flow / (1 + i)^at = 0",
        "irr_nominal" => "i × units / per, i as in irr",
        "irr_effective" => "(1 + i)^(units / per) − 1, i as in irr",
        _ => "the r nearest zero with Σ flow / (1 + r)^(days since the first / 365) = 0",
    }
}

const fn periods_a_year(period: Period) -> (i64, i64) {
    match period {
        Period::Month => (12, 1),
        Period::Quarter => (4, 1),
        Period::Week => (365, 7),
        Period::Biweek => (365, 14),
        Period::Days(days) => (365, if days == 0 { 1 } else { days as i64 }),
    }
}

use ashore_domain::{Bucket, Money, Month, days_between};
use chrono::NaiveDate;

use super::cost::rates;
use super::derivation::{Derivation, Input, StepRounding, at, count, on, yuan};
use super::{CostFlows, Explanation};
use crate::{ClaimedDebt, ComparedProposal, OnBreach, Outcome, cost_dated};

/// How every figure of a proposal's outcome came about; paths begin with `prefix`.
#[must_use]
pub fn explain_proposal(
    as_of: NaiveDate,
    debt: &ClaimedDebt,
    proposal: &ComparedProposal,
    outcome: &Outcome,
    prefix: &str,
) -> Vec<Explanation> {
    let added = besides(as_of, debt, proposal);
    let mut payments: Vec<(Month, Money)> = proposal.rows.clone();
    payments.extend(proposal.rows.last().map(|(end, _)| (*end, outcome.added)));
    let mut explained = common(as_of, debt, &payments, outcome, added, prefix);
    let waived = Bucket::STATUTORY_ORDER.map(|bucket| proposal.waived.get(bucket));
    let mut revived = Derivation::default();
    if proposal.on_breach == OnBreach::WaiverStays {
        revived.step("0", Vec::new(), Some("the waiver stays"), StepRounding::None);
    } else {
        revived.sum(named("waived", waived.iter().copied()), Some("the waiver may be claimed again"));
    }
    explained.push(revived.of(format!("{prefix}if_broken.revived"), outcome.revived));
    explained.push(super::findings::open(debt, proposal).of(format!("{prefix}open"), outcome.open));
    explained
}

/// How every figure of doing nothing came about; paths begin with `prefix`.
#[must_use]
pub fn explain_status_quo(
    as_of: NaiveDate,
    debt: &ClaimedDebt,
    outcome: &Outcome,
    prefix: &str,
) -> Vec<Explanation> {
    let mut added = Derivation::default();
    match debt.daily_penalty {
        None => added.step("0", Vec::new(), Some("no penalty rate is known"), StepRounding::None),
        Some(rate) => {
            let last = outcome.end.last_day();
            let inputs = vec![
                yuan("principal", debt.claimed.principal),
                on("as_of", as_of),
                on("last", last),
                at("daily", rate),
            ];
            let rule = Some("penalties on unpaid principal until all is paid");
            added.step("principal * max(last - as_of, 0) * daily", inputs, rule, StepRounding::HalfUpFen)
        }
    };
    let payments = [(outcome.end, debt.claimed.total() + outcome.added)];
    let mut explained = common(as_of, debt, &payments, outcome, added, prefix);
    for name in ["if_broken.revived", "open"] {
        let mut steps = Derivation::default();
        steps.step("0", Vec::new(), Some("nothing was agreed"), StepRounding::None);
        explained.push(steps.of(format!("{prefix}{name}"), Money::ZERO));
    }
    explained
}

fn named(name: &str, amounts: impl Iterator<Item = Money>) -> Vec<(String, Money)> {
    amounts.enumerate().map(|(k, amount)| (format!("{name}_{k}"), amount)).collect()
}

fn claims(debt: &ClaimedDebt) -> Vec<(String, Money)> {
    named("claimed", Bucket::STATUTORY_ORDER.iter().map(|bucket| debt.claimed.get(*bucket)))
}

fn common(
    as_of: NaiveDate,
    debt: &ClaimedDebt,
    payments: &[(Month, Money)],
    outcome: &Outcome,
    added: Derivation,
    prefix: &str,
) -> Vec<Explanation> {
    let path = |name: &str| format!("{prefix}{name}");
    let mut paid = Derivation::default();
    paid.sum(
        named("payment", payments.iter().map(|(_, amount)| *amount)),
        Some("every row, and what goes on besides"),
    );
    let mut saving = Derivation::default();
    let claimed = saving.sum(claims(debt), None);
    saving.step(
        format!("{claimed} - total_paid"),
        vec![yuan("total_paid", outcome.total_paid)],
        None,
        StepRounding::None,
    );
    let mut months: Vec<(Month, Money, Vec<String>)> = Vec::new();
    let mut inputs = Vec::new();
    for (k, &(month, amount)) in payments.iter().enumerate() {
        let name = format!("payment_{k}");
        inputs.push((name.clone(), Input::Yuan(amount)));
        match months.last_mut() {
            Some(last) if last.0 == month => {
                last.1 += amount;
                last.2.push(name);
            }
            _ => months.push((month, amount, vec![name])),
        }
    }
    let mut peak = Derivation::default();
    let sums: Vec<String> = months.iter().map(|(_, _, names)| names.join(" + ")).collect();
    peak.step(
        format!("max({})", sums.join(", ")),
        inputs,
        Some("the largest sum of one month"),
        StepRounding::None,
    );
    let mut flows = vec![(as_of, debt.claimed.total())];
    flows.extend(months.iter().map(|(month, amount, _)| (month.last_day(), -*amount)));
    let mut explained = vec![
        paid.of(path("total_paid"), outcome.total_paid),
        saving.of(path("saving_against_claimed"), outcome.saving),
        added.of(path("added"), outcome.added),
        peak.of(path("peak_month"), outcome.peak_month),
    ];
    explained.extend(rates(&cost_dated(&flows), CostFlows::Dated(&flows), prefix));
    explained
}

/// Interest besides the rows: what the rows leave of the principal, for as long as they leave it, rounded once.
fn besides(as_of: NaiveDate, debt: &ClaimedDebt, proposal: &ComparedProposal) -> Derivation {
    let mut steps = Derivation::default();
    let Some(daily) = proposal.daily_interest else {
        steps.step("0", Vec::new(), Some("interest is stopped"), StepRounding::None);
        return steps;
    };
    let mut principal = debt.claimed.principal - proposal.waived.principal;
    let mut others = debt.claimed.total() - proposal.waived.total() - principal;
    let mut before = as_of;
    let (mut parts, mut inputs) = (Vec::new(), Vec::new());
    for (k, &(month, amount)) in proposal.rows.iter().enumerate() {
        let day = month.last_day();
        parts.push(format!("principal_{k} * days_{k}"));
        inputs.push(yuan(&format!("principal_{k}"), principal));
        inputs.push(count(&format!("days_{k}"), days_between(before, day)));
        let to_others = others.min(amount);
        others -= to_others;
        principal = (principal - (amount - to_others)).max(Money::ZERO);
        before = day;
    }
    inputs.push(at("daily", daily));
    let rule = Some("interest on the principal that the rows leave, a row reaching the principal last");
    steps.step(format!("({}) * daily", parts.join(" + ")), inputs, rule, StepRounding::HalfUpFen);
    steps
}

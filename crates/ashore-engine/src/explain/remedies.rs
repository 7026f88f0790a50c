//! The two smallest remedies of a request without a plan. They are found by trying, so a derivation states what was
//! tried on both sides: a step less, where a month is still short, and the remedy itself, whose plan pays every month.

use ashore_domain::{Buckets, Money};

use super::Explanation;
use super::derivation::{Derivation, StepRounding, count, yuan};
use super::findings::repaid;
use crate::plan::{Figures, Infeasible, PlanAnswer, PlanRequest, SmallestWaiver, plan};

/// How much more than the least a waiver may be: a yuan.
const WAIVER_STEP: Money = Money::from_fen(100);

pub(super) fn explain_remedies(request: &PlanRequest, none: &Infeasible) -> Vec<Explanation> {
    let extra = none.smallest_extra_capacity.map(|extra| explain_extra(request, extra));
    let waiver = none.smallest_waiver.as_ref().and_then(|waiver| explain_waiver(request, waiver));
    extra.into_iter().chain(waiver).collect()
}

fn explain_extra(request: &PlanRequest, extra: Money) -> Explanation {
    let mut steps = Derivation::default();
    let less = (extra - Money::from_fen(1)).max(Money::ZERO);
    still_short(&mut steps, request, &with_extra(request, less), less, "a fen less every month: still short");
    let found = plan(&with_extra(request, extra));
    if let Ok(PlanAnswer::Feasible(found)) = &found {
        fits(&mut steps, &found.figures);
        if let Some((through, paid, has)) = tightest(request, &found.figures) {
            let inputs = vec![
                yuan("paid_through", paid),
                yuan("has_through", has),
                count("months", i64::try_from(through).unwrap_or(i64::MAX)),
            ];
            let formula = "(paid_through - has_through) / months";
            let rule =
                Some("the tightest month of that plan, what is missing spread over the months up to it");
            let needs = steps.clone().also(formula, inputs, rule, StepRounding::CeilFen);
            if needs.amount() == Some(extra) {
                return needs.of("smallest_extra_capacity", extra);
            }
        }
    }
    // Of very many debts only so many amounts are tried: what was found is enough, less may be.
    let rule = Some("the least that was found");
    steps.step("stated", vec![yuan("stated", extra)], rule, StepRounding::None);
    steps.of("smallest_extra_capacity", extra)
}

fn explain_waiver(request: &PlanRequest, waiver: &SmallestWaiver) -> Option<Explanation> {
    let asked = request.debts.iter().find(|debt| debt.id == waiver.debt)?;
    let mut steps = repaid(asked);
    let balance = steps.amount()?;
    let name = format!("step_{}", steps.len());
    let at_less = waiver.amount - WAIVER_STEP;
    if at_less.is_positive() {
        let less = with_balance(request, &waiver.debt, balance - at_less);
        still_short(&mut steps, request, &less, Money::ZERO, "a yuan less: still short");
    }
    let reduced = balance - waiver.amount;
    if let Ok(PlanAnswer::Feasible(found)) = plan(&with_balance(request, &waiver.debt, reduced)) {
        fits(&mut steps, &found.figures);
    }
    let rule = Some("the balance down to the one for which there is a plan");
    steps.step(format!("{name} - reduced"), vec![yuan("reduced", reduced)], rule, StepRounding::None);
    Some(steps.of("smallest_waiver.amount", waiver.amount))
}

/// What is missing in the first month by which everything fails, `less` a month being tried.
fn still_short(
    steps: &mut Derivation,
    request: &PlanRequest,
    tried: &PlanRequest,
    less: Money,
    rule: &str,
) -> Option<()> {
    let Ok(PlanAnswer::Infeasible(none)) = plan(tried) else { return None };
    let (needed, available) = (none.certificate.needed, none.certificate.available);
    let months = i64::from(none.certificate.month?.since(request.first_month)) + 1;
    let has = available - Money::from_fen(less.fen().checked_mul(months)?);
    let mut inputs = vec![yuan("needed_through", needed), yuan("has_through", has)];
    let mut formula = "needed_through - has_through".to_owned();
    if !less.is_zero() {
        formula.push_str(" - tried * months");
        inputs.extend([yuan("tried", less), count("months", months)]);
    }
    let rule = if none.proved { rule } else { "with less no plan was found" };
    steps.step(formula, inputs, Some(rule), StepRounding::None);
    Some(())
}

/// The plan there is with the remedy: the least that is left at the end of a month, never below nothing.
fn fits(steps: &mut Derivation, figures: &Figures) {
    let until = figures.months.iter().filter(|month| month.month <= figures.last_month);
    let left: Vec<_> =
        (1..).zip(until).map(|(k, month)| yuan(&format!("left_after_{k}"), month.cash_after)).collect();
    let names: Vec<&str> = left.iter().map(|(name, _)| name.as_str()).collect();
    let rule = Some("with it there is a plan: the least left at the end of a month");
    steps.step(format!("min({})", names.join(", ")), left, rule, StepRounding::None);
}

/// The month of a plan that needs the most beyond what the request has, spread over the months up to it: how many
/// months, paid and there through it.
fn tightest(request: &PlanRequest, figures: &Figures) -> Option<(usize, Money, Money)> {
    let (mut paid, mut has) = (Money::ZERO, request.cash_now);
    let through = (1..).zip(figures.months.iter().zip(&request.capacity)).map(|(k, (month, capacity))| {
        paid += month.paid;
        has += *capacity;
        (k, paid, has)
    });
    // By cross-multiplication: (paid − has) / months, the first of equal ones.
    through.reduce(|most, next| {
        let missing = |at: &(usize, Money, Money)| i128::from((at.1 - at.2).fen());
        let months = |at: &(usize, Money, Money)| i128::try_from(at.0).unwrap_or(i128::MAX);
        if missing(&next) * months(&most) > missing(&most) * months(&next) { next } else { most }
    })
}

fn with_extra(request: &PlanRequest, extra: Money) -> PlanRequest {
    let capacity = request.capacity.iter().map(|month| *month + extra).collect();
    PlanRequest { capacity, ..request.clone() }
}

fn with_balance(request: &PlanRequest, debt: &str, balance: Money) -> PlanRequest {
    let mut request = request.clone();
    for asked in request.debts.iter_mut().filter(|asked| asked.id == debt) {
        asked.owed = Buckets { principal: balance, ..Buckets::default() };
        asked.waivable = Vec::new();
    }
    request
}

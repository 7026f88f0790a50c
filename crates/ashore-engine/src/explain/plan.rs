use ashore_domain::{Bucket, Money, Ratio, Rounding};

use super::derivation::{Derivation, Input, StepRounding, at, count, yuan};
use super::remedies::explain_remedies;
use super::{Explanation, findings};
use crate::plan::Explanation as Reason;
use crate::plan::{
    Because, DebtPlan, Figures, Infeasible, ObjectiveValue, PlanAnswer, PlanDebt, PlanKind, PlanRequest,
};

/// How every amount of the plan asked for follows from the request; of a request without a plan, what its certificate
/// compares. Paths of the plans of the other objectives begin with `alternatives[k].`.
#[must_use]
pub fn explain_plan(request: &PlanRequest, answer: &PlanAnswer) -> Vec<Explanation> {
    match answer {
        PlanAnswer::Feasible(plan) => {
            let mut explained = explain_figures(request, &plan.figures);
            let others = plan.alternatives.iter().enumerate();
            explained.extend(findings::of_plan(request, &plan.findings));
            explained.extend(reasons(request, &plan.explanation));
            explained.extend(others.filter_map(|(k, other)| Some((k, other.figures.as_ref()?))).flat_map(
                |(k, figures)| {
                    let own = explain_figures(request, figures).into_iter();
                    own.map(move |figure| Explanation {
                        path: format!("alternatives[{k}].{}", figure.path),
                        ..figure
                    })
                },
            ));
            explained
        }
        PlanAnswer::Infeasible(none) => {
            let mut explained = explain_certificate(request, none);
            explained.extend(findings::of_plan(request, &none.findings));
            explained.extend(explain_remedies(request, none));
            explained
        }
    }
}

fn explain_figures(request: &PlanRequest, figures: &Figures) -> Vec<Explanation> {
    let mut explained = Vec::new();
    for (index, (debt, asked)) in figures.debts.iter().zip(&request.debts).enumerate() {
        let path = format!("debts[{index}]");
        explained.extend(waived(asked, debt, &path));
        explained.extend(rows(asked, debt, &path));
        let parts = debt.rows.iter().enumerate().map(|(k, row)| (format!("row_{k}"), row.amount));
        explained.push(sum(format!("{path}.total"), parts, debt.total));
    }
    let mut before = request.cash_now;
    for (index, month) in figures.months.iter().enumerate() {
        let parts = figures.debts.iter().enumerate().filter_map(|(k, debt)| {
            let row = debt.rows.iter().find(|row| row.month == month.month)?;
            Some((format!("debt_{k}"), row.amount))
        });
        explained.push(sum(format!("months[{index}].paid"), parts, month.paid));
        let mut steps = Derivation::default();
        let inputs =
            vec![yuan("cash_before", before), yuan("capacity", month.capacity), yuan("paid", month.paid)];
        steps.step("cash_before + capacity - paid", inputs, None, StepRounding::None);
        explained.push(steps.of(format!("months[{index}].cash_after"), month.cash_after));
        before = month.cash_after;
    }
    explained.extend(totals(request, figures));
    explained.extend(objective_value(figures));
    explained
}

/// What is given up: of instalments a fraction of each bucket, of a settlement the rest, penalties first.
fn waived(asked: &PlanDebt, debt: &DebtPlan, path: &str) -> Vec<Explanation> {
    let mut before = Vec::new();
    let owed = asked.owed.total();
    let mut explained = Vec::new();
    for (bucket, name) in &BUCKETS {
        if debt.waived.get(*bucket).is_zero() {
            let mut steps = Derivation::default();
            steps.step("0", Vec::new(), Some("nothing of it is given up"), StepRounding::None);
            explained.push(steps.of(format!("{path}.waived.{name}"), Money::ZERO));
            continue;
        }
        let mut steps = Derivation::default();
        let own = yuan("owed", asked.owed.get(*bucket));
        if debt.kind == PlanKind::Settlement {
            let earlier: String = (0..before.len()).map(|k| format!(" - given_{k}")).collect();
            let mut inputs = vec![own, yuan("owed_in_all", owed), yuan("settlement", debt.total)];
            inputs.extend(before.iter().cloned());
            let rule = Some("the rest of a settlement, penalties first");
            steps.step(
                format!("min(owed, owed_in_all - settlement{earlier})"),
                inputs,
                rule,
                StepRounding::None,
            );
        } else {
            let fraction = asked.waivable.iter().rfind(|(b, _)| b == bucket).map(|(_, fraction)| *fraction);
            let fraction = at("fraction", Ratio::from_decimal(fraction.unwrap_or_default().normalize()));
            steps.step("owed * fraction", vec![own, fraction], Some("waivable"), StepRounding::HalfUpFen);
        }
        let amount = debt.waived.get(*bucket);
        before.push((format!("given_{}", before.len()), Input::Yuan(amount)));
        explained.push(steps.of(format!("{path}.waived.{name}"), amount));
    }
    explained
}

/// Buckets in the order in which a settlement's discount is shown.
const BUCKETS: [(Bucket, &str); 7] = [
    (Bucket::Penalty, "penalty"),
    (Bucket::Compound, "compound"),
    (Bucket::LateFee, "late_fee"),
    (Bucket::Fees, "fees"),
    (Bucket::EnforcementCost, "enforcement_cost"),
    (Bucket::Interest, "interest"),
    (Bucket::Principal, "principal"),
];

fn rows(asked: &PlanDebt, debt: &DebtPlan, path: &str) -> Vec<Explanation> {
    let row_at = |k: usize| format!("{path}.rows[{k}].amount");
    if debt.kind != PlanKind::Instalments {
        let stated = debt.rows.iter().enumerate().map(|(k, row)| {
            let rule = match debt.kind {
                PlanKind::Settlement => "settlement, as offered",
                _ => "contract_payments, unchanged",
            };
            let mut steps = Derivation::default();
            steps.step("stated", vec![yuan("stated", row.amount)], Some(rule), StepRounding::None);
            steps.of(row_at(k), row.amount)
        });
        return stated.collect();
    }
    let balance = asked.owed.total() - debt.waived.total();
    let rate = Ratio::from_decimal(asked.rate_after.normalize());
    if rate.is_zero() {
        free_rows(balance, debt, row_at)
    } else {
        bearing_rows(balance, rate, debt, path, row_at)
    }
}

/// Without interest: the balance less what does not divide, in equal parts; the last takes the remainder.
fn free_rows(balance: Money, debt: &DebtPlan, row_at: impl Fn(usize) -> String) -> Vec<Explanation> {
    let terms = i64::from(debt.terms.max(1));
    let rest = Money::from_fen(balance.fen() % terms);
    let row = |(k, row): (usize, &crate::plan::PlanRow)| {
        let inputs = vec![yuan("balance", balance), yuan("remainder", rest), count("terms", terms)];
        let last = k + 1 == debt.rows.len();
        let formula =
            if last { "(balance - remainder) / terms + remainder" } else { "(balance - remainder) / terms" };
        let mut steps = Derivation::default();
        let rule = Some("equal parts rounded down to the fen, the rest in the last");
        steps.step(formula, inputs, rule, StepRounding::None);
        steps.of(row_at(k), row.amount)
    };
    debt.rows.iter().enumerate().map(row).collect()
}

/// With interest: one level payment, interest on what is left, the last term takes what remains.
fn bearing_rows(
    balance: Money,
    rate: Ratio,
    debt: &DebtPlan,
    path: &str,
    row_at: impl Fn(usize) -> String,
) -> Vec<Explanation> {
    let periodic = rate.times(1, 12).unwrap_or(Ratio::ZERO);
    let level = crate::level_payment(balance, periodic, debt.terms).unwrap_or_default();
    let mut steps = Derivation::default();
    let inputs = vec![yuan("balance", balance), at("rate", rate), count("terms", debt.terms.into())];
    let grown = "(1 + rate / 12)^terms";
    let formula = format!("balance * rate / 12 * {grown} / ({grown} - 1)");
    steps.step(formula, inputs, Some("level payment"), StepRounding::HalfUpFen);
    let mut explained = vec![steps.of(format!("{path}.level_payment"), level)];
    let mut left = balance;
    for (k, row) in debt.rows.iter().enumerate() {
        let mut steps = Derivation::default();
        let inputs = vec![yuan("left", left), at("rate", rate)];
        let interest = steps.step("left * rate / 12", inputs, Some("interest"), StepRounding::HalfUpFen);
        let (formula, inputs) = if k + 1 == debt.rows.len() {
            (format!("left + {interest}"), vec![yuan("left", left)])
        } else {
            let inputs = vec![yuan("left", left), yuan("level_payment", level)];
            (format!("min(max(level_payment - {interest}, 0), left) + {interest}"), inputs)
        };
        steps.step(formula, inputs, None, StepRounding::None);
        explained.push(steps.of(row_at(k), row.amount));
        let due = left.times(periodic.num(), periodic.den(), Rounding::HalfUp).unwrap_or_default();
        left -= row.amount - due;
    }
    explained
}

fn totals(request: &PlanRequest, figures: &Figures) -> Vec<Explanation> {
    let each = |amount: fn(&DebtPlan) -> Money| {
        figures.debts.iter().enumerate().map(move |(k, debt)| (format!("debt_{k}"), amount(debt)))
    };
    let totals = figures.totals;
    let mut interest = Derivation::default();
    let beyond = figures.debts.iter().zip(&request.debts).map(|(debt, asked)| {
        let inputs = vec![
            yuan("total", debt.total),
            yuan("owed", asked.owed.total()),
            yuan("waived", debt.waived.total()),
        ];
        let rule = Some("what a debt pays beyond its balance");
        interest.step("max(total - (owed - waived), 0)", inputs, rule, StepRounding::None)
    });
    let beyond: Vec<String> = beyond.collect();
    interest.step(beyond.join(" + "), Vec::new(), None, StepRounding::None);
    let mut peak = Derivation::default();
    let months =
        figures.months.iter().enumerate().map(|(k, month)| (format!("month_{k}"), Input::Yuan(month.paid)));
    let months: Vec<(String, Input)> = months.collect();
    let formula = months.iter().fold("max(0".to_owned(), |formula, (name, _)| format!("{formula}, {name}"));
    peak.step(format!("{formula})"), months, None, StepRounding::None);
    vec![
        sum("totals.paid".to_owned(), each(|debt| debt.total), totals.paid),
        sum("totals.waived".to_owned(), each(|debt| debt.waived.total()), totals.waived),
        interest.of("totals.interest", totals.interest),
        peak.of("peak_month", figures.peak_month),
    ]
}

/// The amount among the keys that plans of an objective are compared by; the others are counts.
fn objective_value(figures: &Figures) -> Option<Explanation> {
    let (name, amount) = match figures.value {
        ObjectiveValue::Soonest { paid, .. } | ObjectiveValue::Cheapest { paid, .. } => ("paid", paid),
        ObjectiveValue::Lightest { peak_month, .. } => ("peak_month", peak_month),
        ObjectiveValue::ProRata { .. } | ObjectiveValue::FewestAsks { .. } => return None,
    };
    let mut steps = Derivation::default();
    steps.step(name, vec![yuan(name, amount)], None, StepRounding::None);
    Some(steps.of(format!("objective_value.{name}"), amount))
}

fn explain_certificate(request: &PlanRequest, none: &Infeasible) -> Vec<Explanation> {
    let certificate = &none.certificate;
    let Some(month) = certificate.month else { return Vec::new() };
    let available = findings::available(request, month).of("certificate.available", certificate.available);
    let needs = certificate.because.iter().enumerate().filter_map(|(k, line)| match line {
        Because::Needs { amount, .. } | Because::OthersNeed { amount, .. } => {
            Some((format!("because_{k}"), *amount))
        }
        _ => None,
    });
    let needed = sum("certificate.needed".to_owned(), needs, certificate.needed);
    [available, needed].into_iter().chain(findings::of_because(request, certificate)).collect()
}

/// Amounts of the reasons that are no figure of the plan itself.
fn reasons(request: &PlanRequest, lines: &[Reason]) -> Vec<Explanation> {
    let mut explained = Vec::new();
    for (k, line) in lines.iter().enumerate() {
        let path = |name: &str| format!("explanation[{k}].{name}");
        match line {
            Reason::NotSooner { month, needed, available, each, .. } => {
                let has = findings::available(request, *month);
                explained.push(has.of(path("available"), available));
                let parts = each.iter().enumerate().map(|(debt, amount)| (format!("debt_{debt}"), *amount));
                explained.push(sum(path("needed"), parts, *needed));
            }
            Reason::Peak { capacity, .. } => {
                let stated = std::iter::once(("stated".to_owned(), *capacity));
                explained.push(sum(path("capacity"), stated, *capacity));
            }
            Reason::Settles { debt, amount, saves, .. } => {
                let Some(asked) = request.debts.iter().find(|asked| asked.id == *debt) else { continue };
                let inputs = vec![yuan("owed", asked.owed.total()), yuan("settlement", *amount)];
                let mut steps = Derivation::default();
                steps.step("max(owed - settlement, 0)", inputs, None, StepRounding::None);
                explained.push(steps.of(path("saves"), saves));
            }
            _ => {}
        }
    }
    explained
}

fn sum(path: String, parts: impl Iterator<Item = (String, Money)>, total: Money) -> Explanation {
    let mut steps = Derivation::default();
    steps.sum(parts.collect(), None);
    steps.of(path, total)
}

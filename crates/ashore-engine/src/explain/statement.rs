use ashore_domain::{Bucket, Buckets, Money};
use chrono::NaiveDate;

use super::Explanation;
use super::derivation::{Derivation, StepRounding, at, on, yuan};
use crate::statement::{
    Replay, Statement, StatementError, StatementRequest, Stretch, Term, TermState, figures,
};

/// The statement with the derivation of every figure in it. Paths count terms and allocations from 0.
///
/// # Errors
/// As [`crate::statement()`].
pub fn explain_statement(
    request: &StatementRequest<'_>,
) -> Result<(Statement, Vec<Explanation>), StatementError> {
    let (replay, statement) = traced(request)?;
    let mut explained = outstanding(&replay, &statement, request.as_of);
    explained.push(accrued(&replay, &statement, request.as_of));
    explained.extend(overdue(&statement, request.as_of));
    explained.extend(terms(&replay, &statement, request.as_of));
    explained.extend(allocations(&replay, &statement));
    explained.push(credit(&replay, &statement));
    explained.extend(next_due(&replay, &statement));
    explained.extend(super::findings::of_statement(request, &statement.findings));
    Ok((statement, explained))
}

/// The statement with all that led to it.
pub(super) fn traced(request: &StatementRequest<'_>) -> Result<(Replay, Statement), StatementError> {
    let mut replay = Replay::new(request)?;
    replay.lateness.traced = true;
    replay.run(request)?;
    let statement = figures(&replay, request.as_of);
    Ok((replay, statement))
}

/// The buckets that a statement shows, in its order.
const SHOWN: [(Bucket, &str); 6] = [
    (Bucket::Principal, "principal"),
    (Bucket::Interest, "interest"),
    (Bucket::Penalty, "penalty"),
    (Bucket::Compound, "compound"),
    (Bucket::LateFee, "late_fee"),
    (Bucket::Fees, "fees"),
];

/// How a term is called in a formula.
fn name(schedule: u16, number: u16) -> String {
    if schedule == 0 { format!("term_{number}") } else { format!("schedule_{schedule}_term_{number}") }
}

/// What is unpaid of one bucket of one term, as a step; penalties begin with the days they ran.
pub(super) fn unpaid(steps: &mut Derivation, replay: &Replay, term: &Term, bucket: Bucket) -> String {
    part(steps, replay, term, bucket, &term.paid)
}

/// What one bucket of one term asked for, what was waived or replaced left out.
pub(super) fn charged(steps: &mut Derivation, replay: &Replay, term: &Term, bucket: Bucket) -> String {
    part(steps, replay, term, bucket, &Buckets::default())
}

fn part(steps: &mut Derivation, replay: &Replay, term: &Term, bucket: Bucket, paid: &Buckets) -> String {
    let mut inputs = vec![yuan("charged", term.initial.get(bucket))];
    let mut formula = "charged".to_owned();
    let mut rule = "row, or balance as stated";
    let [penalty, compound] = &term.stretches;
    match bucket {
        Bucket::Penalty if term.late && !penalty.is_empty() => {
            formula = format!("charged + {}", posted(steps, replay, penalty, "penalty"));
            rule = "penalty";
        }
        Bucket::Compound if term.late && !compound.is_empty() => {
            formula = format!("charged + {}", posted(steps, replay, compound, "compound"));
            rule = "compound";
        }
        Bucket::LateFee if term.charged.late_fee != term.initial.late_fee => {
            formula.push_str(" + late_fee");
            inputs.push(yuan("late_fee", term.charged.late_fee - term.initial.late_fee));
            rule = "late_fee: once, on the day after the due or the contract's grace";
        }
        _ => {}
    }
    for (word, amounts) in [("paid", paid), ("waived", &term.waived), ("replaced", &term.replaced)] {
        if !amounts.get(bucket).is_zero() {
            formula.push_str(" - ");
            formula.push_str(word);
            inputs.push(yuan(word, amounts.get(bucket)));
        }
    }
    steps.step(formula, inputs, Some(rule), StepRounding::None)
}

/// What the stretches of lateness come to, rounded once.
fn posted(steps: &mut Derivation, replay: &Replay, stretches: &[Stretch], rule: &str) -> String {
    let mut inputs = vec![at("daily_rate", replay.lateness.daily)];
    let mut parts = Vec::new();
    let counting = stretches.iter().filter(|stretch| stretch.base.is_positive());
    for (k, stretch) in (1..).zip(counting) {
        parts.push(format!("base_{k} * (to_{k} - from_{k})"));
        inputs.push(yuan(&format!("base_{k}"), stretch.base));
        inputs.push(on(&format!("from_{k}"), stretch.from));
        inputs.push(on(&format!("to_{k}"), stretch.to));
    }
    let sum = if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") };
    steps.step(format!("({sum}) * daily_rate"), inputs, Some(rule), StepRounding::HalfUpFen)
}

fn outstanding(replay: &Replay, statement: &Statement, as_of: NaiveDate) -> Vec<Explanation> {
    let mut explained = Vec::new();
    let mut total = Vec::new();
    for (bucket, word) in SHOWN {
        let mut steps = Derivation::default();
        let counted = |term: &&Term| {
            (term.due <= as_of || bucket == Bucket::Principal)
                && term.ended.is_none()
                && term.unpaid().get(bucket).is_positive()
        };
        let parts: Vec<String> = replay
            .terms
            .iter()
            .filter(counted)
            .map(|term| unpaid(&mut steps, replay, term, bucket))
            .collect();
        let formula = if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") };
        steps.step(formula, Vec::new(), Some("terms that count"), StepRounding::None);
        let amount = statement.outstanding.get(bucket);
        explained.push(steps.of(format!("outstanding.{word}"), amount));
        total.push((word.to_owned(), amount));
    }
    if statement.outstanding.enforcement_cost.is_positive() {
        total.push(("enforcement_cost".to_owned(), statement.outstanding.enforcement_cost));
    }
    let mut steps = Derivation::default();
    steps.sum(total, None);
    explained.push(steps.of("outstanding.total", statement.outstanding.total()));
    explained
}

fn accrued(replay: &Replay, statement: &Statement, as_of: NaiveDate) -> Explanation {
    let mut steps = Derivation::default();
    let running = replay.terms.iter().find(|term| term.ended.is_none() && term.due > as_of);
    match running.filter(|term| term.due > term.from && as_of > term.from) {
        None => {
            steps.step("0", Vec::new(), Some("no row is running"), StepRounding::None);
        }
        Some(term) => {
            let inputs = vec![
                yuan("interest", term.charged.interest),
                on("as_of", as_of),
                on("start", term.from),
                on("due", term.due),
            ];
            let formula = "interest * (as_of - start) / (due - start)";
            steps.step(formula, inputs, Some("the running row"), StepRounding::HalfUpFen);
        }
    }
    steps.of("accrued_not_due", statement.accrued_not_due)
}

fn overdue(statement: &Statement, as_of: NaiveDate) -> Vec<Explanation> {
    let late: Vec<&TermState> = statement.terms.iter().filter(|term| term.overdue_days > 0).collect();
    let sum = |path: &str, amount: fn(&TermState) -> Money, value: Money| {
        let mut steps = Derivation::default();
        let parts = late.iter().map(|term| (name(term.schedule, term.term), amount(term))).collect();
        steps.sum(parts, Some("terms due before, with principal, interest or fees unpaid"));
        steps.of(path, value)
    };
    let mut days = Derivation::default();
    match statement.overdue.since {
        Some(since) => {
            days.step(
                "as_of - since",
                vec![on("as_of", as_of), on("since", since)],
                None,
                StepRounding::None,
            );
        }
        None => {
            days.step("0", Vec::new(), None, StepRounding::None);
        }
    }
    vec![
        days.of("overdue.days", statement.overdue.days),
        sum("overdue.principal", |term| term.unpaid.principal, statement.overdue.principal),
        sum("overdue.total", |term| term.unpaid.total(), statement.overdue.total),
    ]
}

fn terms(replay: &Replay, statement: &Statement, as_of: NaiveDate) -> Vec<Explanation> {
    let mut explained = Vec::new();
    for ((index, shown), term) in statement.terms.iter().enumerate().zip(replay.listed()) {
        let path = |figure: &str| format!("terms[{index}].{figure}");
        let mut steps = Derivation::default();
        let parts: Vec<String> = Bucket::STATUTORY_ORDER
            .into_iter()
            .filter(|bucket| !term.charged.get(*bucket).is_zero())
            .map(|bucket| unpaid(&mut steps, replay, term, bucket))
            .collect();
        let formula = if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") };
        steps.step(formula, Vec::new(), None, StepRounding::None);
        explained.push(steps.of(path("unpaid"), shown.unpaid.total()));
        let mut steps = Derivation::default();
        let of_term = statement
            .allocations
            .iter()
            .enumerate()
            .filter(|(_, part)| (part.schedule, part.term) == (shown.schedule, shown.term));
        steps.sum(of_term.map(|(k, part)| (format!("allocation_{k}"), part.amount)).collect(), None);
        explained.push(steps.of(path("paid"), shown.paid.total()));
        let mut steps = Derivation::default();
        let inputs = vec![yuan("paid", shown.paid.total()), yuan("unpaid", shown.unpaid.total())];
        steps.step("paid + unpaid", inputs, Some("charged, less waived and replaced"), StepRounding::None);
        explained.push(steps.of(path("payable"), shown.payable.total()));
        let mut steps = Derivation::default();
        if shown.overdue_days > 0 {
            let inputs = vec![on("as_of", as_of), on("due", shown.due)];
            steps.step("as_of - due", inputs, None, StepRounding::None);
        } else {
            steps.step("0", Vec::new(), Some("not overdue"), StepRounding::None);
        }
        explained.push(steps.of(path("overdue_days"), shown.overdue_days));
    }
    explained
}

fn allocations(replay: &Replay, statement: &Statement) -> Vec<Explanation> {
    let mut explained = Vec::new();
    for (index, (part, (left, unpaid))) in statement.allocations.iter().zip(&replay.offered).enumerate() {
        let mut steps = Derivation::default();
        let inputs = vec![yuan("money_left", *left), yuan("unpaid", *unpaid)];
        steps.step("min(money_left, unpaid)", inputs, Some("allocation_order"), StepRounding::None);
        explained.push(steps.of(format!("allocations[{index}].amount"), part.amount));
    }
    explained
}

fn credit(replay: &Replay, statement: &Statement) -> Explanation {
    let mut steps = Derivation::default();
    let allocated: Money = statement.allocations.iter().map(|part| part.amount).sum();
    let inputs = vec![yuan("payments", replay.counted), yuan("allocated", allocated)];
    steps.step("payments - allocated", inputs, Some("payments that count"), StepRounding::None);
    steps.of("credit", statement.credit)
}

fn next_due(replay: &Replay, statement: &Statement) -> Option<Explanation> {
    let next = statement.next_due?;
    let mut steps = Derivation::default();
    let (mut unpaid, mut earlier) = (Money::ZERO, Money::ZERO);
    for term in &replay.terms {
        let owed = term.unpaid().total();
        if (term.schedule, term.number) == (next.schedule, next.term) {
            unpaid = owed;
            break;
        }
        earlier += owed;
    }
    let inputs = vec![yuan("unpaid", unpaid), yuan("credit", statement.credit), yuan("earlier", earlier)];
    let formula = "unpaid - min(max(credit - earlier, 0), unpaid)";
    steps.step(formula, inputs, Some("credit meets earlier terms first"), StepRounding::None);
    Some(steps.of("next_due.amount", next.amount))
}

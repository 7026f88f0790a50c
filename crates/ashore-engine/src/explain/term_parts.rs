use ashore_domain::{Bucket, Money};
use chrono::NaiveDate;

use super::Explanation;
use super::derivation::{Derivation, StepRounding};
use super::statement::{charged, traced, unpaid};
use crate::statement::{Replay, Statement, StatementError, StatementRequest, Term, TermState};

/// The statement with what each term asked for and what is unpaid of it, bucket by bucket. Paths count terms from 0:
/// `terms[k].principal`, `.interest`, `.fees` and `.late_charges` are what it asked for, `terms[k].unpaid_parts.penalty`
/// and so on what is left.
///
/// # Errors
/// As [`crate::statement()`].
pub fn explain_term_parts(
    request: &StatementRequest<'_>,
) -> Result<(Statement, Vec<Explanation>), StatementError> {
    let (replay, statement) = traced(request)?;
    let listed = replay.listed();
    let explained = statement.terms.iter().enumerate().zip(listed);
    let explained = explained.flat_map(|((index, shown), term)| of_term(&replay, term, shown, index));
    let explained =
        explained.chain(std::iter::once(enforcement(&replay, &statement, request.as_of))).collect();
    Ok((statement, explained))
}

const PARTS: [(Bucket, &str); 7] = [
    (Bucket::Principal, "principal"),
    (Bucket::Interest, "interest"),
    (Bucket::Penalty, "penalty"),
    (Bucket::Compound, "compound"),
    (Bucket::LateFee, "late_fee"),
    (Bucket::Fees, "fees"),
    (Bucket::EnforcementCost, "enforcement_cost"),
];

fn of_term(replay: &Replay, term: &Term, shown: &TermState, index: usize) -> Vec<Explanation> {
    let mut explained = Vec::new();
    for (bucket, word) in PARTS {
        let mut steps = Derivation::default();
        unpaid(&mut steps, replay, term, bucket);
        explained.push(steps.of(format!("terms[{index}].unpaid_parts.{word}"), shown.unpaid.get(bucket)));
    }
    let mut all = Derivation::default();
    all.sum(PARTS.map(|(bucket, word)| (word.to_owned(), shown.unpaid.get(bucket))).to_vec(), None);
    explained.push(all.of(format!("terms[{index}].unpaid_parts.total"), shown.unpaid.total()));
    for (bucket, word) in
        [(Bucket::Principal, "principal"), (Bucket::Interest, "interest"), (Bucket::Fees, "fees")]
    {
        let mut steps = Derivation::default();
        charged(&mut steps, replay, term, bucket);
        explained.push(steps.of(format!("terms[{index}].{word}"), shown.payable.get(bucket)));
    }
    let late = [Bucket::Penalty, Bucket::Compound, Bucket::LateFee];
    let mut steps = Derivation::default();
    let parts = late.map(|bucket| charged(&mut steps, replay, term, bucket));
    steps.step(parts.join(" + "), Vec::new(), Some("penalty, compound and late fee"), StepRounding::None);
    let total = late.map(|bucket| shown.payable.get(bucket)).into_iter().sum::<Money>();
    explained.push(steps.of(format!("terms[{index}].late_charges"), total));
    explained
}

/// Costs that were awarded: a bucket of its own, of terms that are due.
fn enforcement(replay: &Replay, statement: &Statement, as_of: NaiveDate) -> Explanation {
    let of_due = replay.listed().zip(&statement.terms).filter(|(term, _)| term.ended.is_none());
    let parts = of_due.map(|(term, shown)| {
        let due = if term.due <= as_of { shown.unpaid.enforcement_cost } else { Money::ZERO };
        (format!("term_{}", shown.term), due)
    });
    let mut steps = Derivation::default();
    let parts: Vec<_> = parts.filter(|(_, amount)| amount.is_positive()).collect();
    steps.sum(parts, Some("terms that count"));
    steps.of("outstanding.enforcement_cost", statement.outstanding.enforcement_cost)
}

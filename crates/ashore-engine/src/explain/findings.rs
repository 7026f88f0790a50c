//! How the amounts that findings and reasons name follow from the request. Paths count findings from 0.

use ashore_domain::{Bucket, Buckets, Fee, FeeKind, FeeWhen, LoanTerms, Method, Money, Month, Ratio};

use super::Explanation;
use super::derivation::{Derivation, StepRounding, at, count, yuan};
use crate::caps::times;
use crate::plan::{Because, Certificate, PlanDebt, PlanFinding, PlanRequest};
use crate::statement::{Change, StatementFinding, StatementRequest};
use crate::{CapFinding, CapRequest, ClaimedDebt, ComparedProposal, Cost, Finding, UndisclosedFee};

/// What a comparison with the lines finds: money kept back, fees beyond the sheet.
pub(super) fn of_cap(request: &CapRequest<'_>, findings: &[CapFinding]) -> Vec<Explanation> {
    let mut explained = Vec::new();
    for (k, finding) in findings.iter().enumerate() {
        let at_path = |name: &str| format!("findings[{k}].{name}");
        match finding {
            CapFinding::UpfrontDeduction { amount } => {
                let lent = request.terms.get().principal;
                let inputs = vec![yuan("principal", lent), yuan("effective_principal", lent - *amount)];
                let mut steps = Derivation::default();
                steps.step("principal - effective_principal", inputs, None, StepRounding::None);
                explained.push(steps.of(at_path("amount"), amount));
            }
            CapFinding::FeeNotDisclosed { rule, fee } => {
                let charged = fees(request.terms, |charged| charged.kind == fee.kind);
                explained.push(charged.of(at_path("charged"), fee.charged));
                let shown =
                    request.disclosed.unwrap_or_default().iter().filter(|(kind, _)| *kind == fee.kind);
                let parts = shown.enumerate().map(|(n, (_, amount))| (format!("shown_{n}"), *amount));
                let mut steps = Derivation::default();
                steps.sum(parts.collect(), rule.as_deref());
                explained.push(steps.of(at_path("disclosed"), fee.disclosed));
            }
            _ => {}
        }
    }
    explained
}

/// What is charged of one kind of fee and what a sheet shows of it, as `prefix` + `charged` and `disclosed`, and what is
/// charged beyond it as `beyond`.
#[must_use]
pub fn explain_disclosed_fee(
    terms: &LoanTerms,
    disclosed: &[(FeeKind, Money)],
    fee: &UndisclosedFee,
    prefix: &str,
) -> Vec<Explanation> {
    let charged = fees(terms, |charged| charged.kind == fee.kind).of(format!("{prefix}charged"), fee.charged);
    let parts = disclosed.iter().filter(|(kind, _)| *kind == fee.kind).enumerate();
    let mut shown = Derivation::default();
    let rule = Some("as the disclosure sheet shows it");
    shown.sum(parts.map(|(n, (_, amount))| (format!("shown_{n}"), *amount)).collect(), rule);
    let mut beyond = Derivation::default();
    let inputs = vec![yuan("charged", fee.charged), yuan("shown", fee.disclosed)];
    beyond.step("charged - shown", inputs, None, StepRounding::None);
    let beyond = beyond.of(format!("{prefix}beyond"), fee.charged - fee.disclosed).after(&charged);
    vec![charged, shown.of(format!("{prefix}disclosed"), fee.disclosed), beyond]
}

/// Fees over the whole loan.
fn fees(terms: &LoanTerms, which: impl Fn(&Fee) -> bool) -> Derivation {
    let loan = terms.get();
    let (mut parts, mut inputs) = (Vec::new(), Vec::new());
    for (k, fee) in loan.fees.iter().enumerate().filter(|(_, fee)| which(fee)) {
        parts.push(format!("fee_{k} * times_{k}"));
        inputs.push(yuan(&format!("fee_{k}"), terms.fee_amount(fee)));
        inputs.push(count(&format!("times_{k}"), times(loan, fee).into()));
    }
    let formula = if parts.is_empty() { "0".to_owned() } else { parts.join(" + ") };
    let mut steps = Derivation::default();
    steps.step(formula, inputs, Some("fees over the whole loan"), StepRounding::None);
    steps
}

/// Fees that a loan's cost leaves out.
pub(super) fn of_cost(terms: &LoanTerms, cost: &Cost) -> Option<Explanation> {
    // Typed rows hold their fees themselves; only what was taken at the start stands beside them.
    let typed = terms.get().method == Method::Custom;
    cost.findings.iter().enumerate().find_map(|(k, finding)| match finding {
        Finding::FeesLeftOutOfCost { amount } => {
            let out = |fee: &Fee| !fee.counts_in_cost && (!typed || fee.when == FeeWhen::Upfront);
            Some(fees(terms, out).of(format!("cost.findings[{k}].amount"), amount))
        }
        _ => None,
    })
}

/// Money beyond everything owed, and waivers that found nothing.
pub(super) fn of_statement(
    request: &StatementRequest<'_>,
    findings: &[StatementFinding],
) -> Vec<Explanation> {
    let explained = findings.iter().enumerate().filter_map(|(k, finding)| {
        let mut steps = Derivation::default();
        let amount = match finding {
            StatementFinding::PaymentsExceedDebt { amount } => {
                let rule = Some("what no due could take");
                steps.step("credit", vec![yuan("credit", *amount)], rule, StepRounding::None);
                amount
            }
            StatementFinding::WaiverExceedsDebt { index, bucket, amount } => {
                let Some(Change::Waive { amounts, .. }) = request.changes.get(*index) else { return None };
                let asked = amounts.iter().find(|(waived, _)| waived == bucket)?.1;
                let inputs = vec![yuan("waived", asked), yuan("reached", asked - *amount)];
                steps.step("waived - reached", inputs, None, StepRounding::None);
                amount
            }
            _ => return None,
        };
        Some(steps.of(format!("findings[{k}].amount"), amount))
    });
    explained.collect()
}

/// What rows leave open of a balance, or take beyond it.
pub(super) fn open(debt: &ClaimedDebt, proposal: &ComparedProposal) -> Derivation {
    let mut open = Derivation::default();
    let buckets = |prefix: &str, amounts: &Buckets| -> Vec<(String, Money)> {
        let each = Bucket::STATUTORY_ORDER.iter().enumerate();
        each.map(|(k, bucket)| (format!("{prefix}_{k}"), amounts.get(*bucket))).collect()
    };
    let claimed = open.sum(buckets("claimed", &debt.claimed), None);
    let given_up = open.sum(buckets("waived", &proposal.waived), None);
    let rows = proposal.rows.iter().enumerate().map(|(k, (_, amount))| (format!("row_{k}"), *amount));
    let rows = open.sum(rows.collect(), None);
    open.step(format!("{claimed} - {given_up} - {rows}"), Vec::new(), None, StepRounding::None);
    open
}

/// How much a proposal's rows leave open of the balance, or how much they take beyond it.
#[must_use]
pub fn explain_open(debt: &ClaimedDebt, proposal: &ComparedProposal, path: &str) -> Explanation {
    let mut steps = open(debt, proposal);
    let mut amount = steps.amount().unwrap_or_default();
    if amount.is_negative() {
        steps.step("0 - step_4", Vec::new(), Some("rows beyond the balance"), StepRounding::None);
        amount = -amount;
    }
    steps.of(path, amount)
}

/// What is odd about a plan's request, in amounts.
pub(super) fn of_plan(request: &PlanRequest, findings: &[PlanFinding]) -> Vec<Explanation> {
    let asked = |id: &str| request.debts.iter().find(|debt| debt.id == id);
    let mut explained = Vec::new();
    for (k, finding) in findings.iter().enumerate() {
        let at_path = |name: &str| format!("findings[{k}].{name}");
        let stated = |name: &str, amount: Money| {
            let mut steps = Derivation::default();
            steps.step("stated", vec![yuan("stated", amount)], None, StepRounding::None);
            steps.of(at_path(name), amount)
        };
        match finding {
            PlanFinding::ContractBelowBalance { debt, contract, balance } => {
                let Some(asked) = asked(debt) else { continue };
                let parts = asked.contract_payments.iter().enumerate();
                let mut steps = Derivation::default();
                steps.sum(parts.map(|(k, (_, amount))| (format!("payment_{k}"), *amount)).collect(), None);
                explained.push(steps.of(at_path("contract"), contract));
                explained.push(owed(asked).of(at_path("balance"), balance));
            }
            PlanFinding::SettlementAboveBalance { debt, amount, balance } => {
                let Some(asked) = asked(debt) else { continue };
                explained.push(stated("amount", *amount));
                explained.push(owed(asked).of(at_path("balance"), balance));
            }
            PlanFinding::InstalmentMinAboveBalance { debt, installment_min, balance } => {
                let Some(asked) = asked(debt) else { continue };
                explained.push(stated("installment_min", *installment_min));
                explained.push(repaid(asked).of(at_path("balance"), balance));
            }
            _ => {}
        }
    }
    explained
}

/// Everything owed on a debt.
fn owed(asked: &PlanDebt) -> Derivation {
    let each = Bucket::STATUTORY_ORDER.iter().enumerate();
    let mut steps = Derivation::default();
    steps.sum(each.map(|(k, bucket)| (format!("owed_{k}"), asked.owed.get(*bucket))).collect(), None);
    steps
}

/// What instalments repay: everything owed less the fraction of each bucket that is asked to be given up.
pub(super) fn repaid(asked: &PlanDebt) -> Derivation {
    let mut steps = owed(asked);
    let mut formula = "step_1".to_owned();
    for bucket in Bucket::STATUTORY_ORDER {
        let Some((_, fraction)) = asked.waivable.iter().rfind(|(waived, _)| *waived == bucket) else {
            continue;
        };
        let inputs = vec![
            yuan("owed", asked.owed.get(bucket)),
            at("fraction", Ratio::from_decimal(fraction.normalize())),
        ];
        let part = steps.step("owed * fraction", inputs, Some("waivable"), StepRounding::HalfUpFen);
        formula.push_str(&format!(" - {part}"));
    }
    steps.step(formula, Vec::new(), None, StepRounding::None);
    steps
}

/// What is there through a month: the cash at hand and the capacity of each month until then.
pub(super) fn available(request: &PlanRequest, month: Month) -> Derivation {
    let through = usize::try_from(month.since(request.first_month) + 1).unwrap_or(0);
    let capacity = request.capacity.iter().take(through).enumerate();
    let mut steps = Derivation::default();
    let parts = std::iter::once(("cash_now".to_owned(), request.cash_now))
        .chain(capacity.map(|(k, amount)| (format!("month_{k}"), *amount)));
    steps.sum(parts.collect(), None);
    steps
}

/// The lines of a certificate that are not the parts of its sum.
pub(super) fn of_because(request: &PlanRequest, certificate: &Certificate) -> Vec<Explanation> {
    let lines = certificate.because.iter().enumerate().filter_map(|(k, line)| match line {
        Because::Available { month, amount } => {
            Some(available(request, *month).of(format!("certificate.because[{k}].amount"), amount))
        }
        Because::Short { amount } => {
            let inputs = vec![yuan("needed", certificate.needed), yuan("available", certificate.available)];
            let mut steps = Derivation::default();
            steps.step("needed - available", inputs, None, StepRounding::None);
            Some(steps.of(format!("certificate.because[{k}].amount"), amount))
        }
        _ => None,
    });
    lines.collect()
}

use ashore_domain::{FeeKind, FeeWhen, LoanTerms, Money, Schedule};
use ashore_engine::{Finding, RateFound, loan_cost};
use serde::Serialize;
use specta::Type;

use crate::view::{Fraction, Yuan};
use crate::wire::FindingShape;
use crate::words;

/// What a loan really costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CostView {
    /// What the borrower really got.
    pub received: Yuan,
    /// What the contract calls principal.
    pub principal: Yuan,
    /// Kept back when the money was paid out.
    pub kept_back: Yuan,
    /// Everything paid beyond what was received.
    pub total_cost: Yuan,
    /// The cost by its parts; they sum to `total_cost`.
    pub parts: Vec<CostPart>,
    /// IRR × periods a year.
    pub apr_nominal: Option<Fraction>,
    /// The same, compounded.
    pub apr_effective: Option<Fraction>,
    /// By actual dates.
    pub xirr: Option<Fraction>,
    /// Simple rate on what was still owed.
    pub apr_simple: Option<Fraction>,
    /// Rates at which the flows balance, as a count.
    pub roots: Option<u32>,
    /// The rate was solved from the payment, not stated.
    pub rate_solved: bool,
    /// What the reader should know, as codes.
    pub findings: Vec<String>,
}

/// One part of the cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CostPart {
    /// `interest`, `kept_back` or a kind of fee.
    pub kind: String,
    /// When a fee is taken.
    pub when: Option<words::FeeWhen>,
    /// Terms it is taken with, for a fee of each term.
    pub terms: Option<u16>,
    /// How much in all.
    pub amount: Yuan,
}

impl CostView {
    pub(super) fn of(terms: &LoanTerms, schedule: &Schedule, rate_found: Option<&RateFound>) -> Self {
        let cost = loan_cost(terms, schedule);
        let draft = terms.get();
        let received = terms.received();
        let rows = u16::try_from(schedule.rows().len()).unwrap_or(u16::MAX);
        let mut parts = vec![CostPart {
            kind: "interest".to_owned(),
            when: None,
            terms: None,
            amount: schedule.totals().interest.into(),
        }];
        let mut upfront = Money::ZERO;
        for fee in draft.fees.iter().filter(|fee| fee.counts_in_cost) {
            let once = terms.fee_amount(fee);
            let amount = match fee.when {
                FeeWhen::EachTerm => Money::from_fen(once.fen() * i64::from(rows)),
                FeeWhen::Upfront | FeeWhen::Final => once,
            };
            if fee.when == FeeWhen::Upfront {
                upfront += once;
            }
            parts.push(CostPart {
                kind: fee_word(fee.kind),
                when: Some(fee.when.into()),
                terms: (fee.when == FeeWhen::EachTerm).then_some(rows),
                amount: amount.into(),
            });
        }
        let all_upfront: Money =
            draft.fees.iter().filter(|f| f.when == FeeWhen::Upfront).map(|f| terms.fee_amount(f)).sum();
        // Less was paid out than the principal although no fee says why.
        let unnamed = draft.principal - received - all_upfront;
        if unnamed.is_positive() {
            let amount = unnamed.into();
            parts.push(CostPart { kind: "kept_back".to_owned(), when: None, terms: None, amount });
        }
        Self {
            received: received.into(),
            principal: draft.principal.into(),
            kept_back: (upfront + unnamed).into(),
            total_cost: cost.total_cost.into(),
            parts,
            apr_nominal: cost.apr_nominal.map(Into::into),
            apr_effective: cost.apr_effective.map(Into::into),
            xirr: cost.xirr.map(Into::into),
            apr_simple: cost.apr_simple.map(Into::into),
            roots: cost.roots,
            rate_solved: rate_found.is_some(),
            findings: cost.findings.iter().map(|f| code_of(*f)).collect(),
        }
    }
}

/// The code under which a finding is known outside.
fn code_of(finding: Finding) -> String {
    let shape = serde_json::to_value(FindingShape::from(finding)).unwrap_or_default();
    shape.get("code").and_then(|code| code.as_str()).unwrap_or_default().to_owned()
}

fn fee_word(kind: FeeKind) -> String {
    words::FeeKind::from(kind).as_text()
}

use ashore_domain::{Buckets, FeeKind, LenderKind, LoanTerms, Money, TermsError};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ledger::ledger;
use super::legal_view::legal_view;
use super::{CapLedger, CapLine, LegalView, Measures, UndisclosedFee, undisclosed_fees};
use crate::rules::{CapRole, CostCap, EvidenceGrade, RuleFinding, RuleSet};
use crate::statement::{DatedPayment, StatementError};
use crate::{AmortiseError, amortise, loan_cost};

/// What is compared.
#[derive(Debug, Clone)]
pub struct CapRequest<'a> {
    /// The loan.
    pub terms: &'a LoanTerms,
    /// What was paid on it.
    pub payments: &'a [DatedPayment],
    /// Everything charged so far, paid or not; its principal plays no part.
    pub claimed: Option<Buckets>,
    /// What the cost disclosure sheet (综合融资成本明示表) shows of each fee over the whole loan; `None` when nobody
    /// has typed it, which is not the same as a sheet without fees.
    pub disclosed: Option<&'a [(FeeKind, Money)]>,
    /// The day of the question.
    pub as_of: NaiveDate,
}

/// A loan against the lines that fit it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapReport {
    /// The lines, as the rules list them.
    pub lines: Vec<CapLine>,
    /// The loan as if only what was received had been lent.
    pub legal_view: LegalView,
    /// What may have been charged so far; `None` when no line covers every day.
    pub ledger: Option<CapLedger>,
    /// What the reader should know.
    pub findings: Vec<CapFinding>,
}

/// Why there is no report.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CapError {
    /// The loan has no schedule.
    #[error(transparent)]
    Schedule(#[from] AmortiseError),
    /// Its payments cannot be replayed.
    #[error(transparent)]
    Statement(#[from] StatementError),
    /// What was received makes no loan.
    #[error("{0}")]
    LegalTerms(TermsError),
    /// A claim below zero.
    #[error("claimed: no amount is negative")]
    ClaimNegative,
    /// A line with more digits than exact arithmetic carries.
    #[error("rules: a line has at most 12 decimals")]
    OutOfRange,
}

/// What the reader should know about a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CapFinding {
    /// Nobody said what kind of lender it is, so no line can be chosen.
    LenderUnknown,
    /// No line fits this lender and day of contract.
    NoLine {
        /// The lender.
        lender: LenderKind,
        /// The day of contract.
        contract: NaiveDate,
    },
    /// The day of contract is not known; the day of disbursement stood in for it.
    ContractDateAssumed {
        /// That day.
        day: NaiveDate,
    },
    /// A debt that was sold keeps the line of the lender who made it.
    OriginalLenderDecides,
    /// Money was kept back in advance.
    UpfrontDeduction {
        /// How much.
        amount: Money,
    },
    /// Typed rows have no rate; the legal view brings them down in proportion.
    LegalViewScaled,
    /// A cost disclosure sheet should exist; compare the fees charged with it.
    DisclosureExpected {
        /// The rule.
        rule: String,
    },
    /// The contract charges more of a fee than the sheet shows.
    FeeNotDisclosed {
        /// The rule by which there has to be a sheet; `None` for a contract older than it.
        rule: Option<String>,
        /// The fee.
        fee: UndisclosedFee,
    },
    /// A row that is no test of one loan, shown for information.
    Information {
        /// The rule.
        rule: String,
        /// Its figure a year.
        limit: Decimal,
    },
    /// The rule on private lending does not reach this lender.
    PrivateRuleExempt {
        /// The rule that says so.
        rule: String,
    },
    /// No line covers every day since disbursement, so there is no ledger.
    LedgerIncomplete,
    /// About the rules themselves.
    Rule(RuleFinding),
}

/// The loan against every line that fits its creditor and its day of contract.
///
/// # Errors
/// A loan without a schedule, or payments that cannot be replayed.
pub fn cap_report(request: &CapRequest<'_>, rules: &RuleSet) -> Result<CapReport, CapError> {
    let draft = request.terms.get();
    if request.claimed.is_some_and(|claimed| any_negative(&claimed)) {
        return Err(CapError::ClaimNegative);
    }
    let mut findings = Vec::new();
    let contract = draft.contract_date.unwrap_or_else(|| {
        findings.push(CapFinding::ContractDateAssumed { day: draft.disbursed_on });
        draft.disbursed_on
    });
    let amortised = amortise(request.terms)?;
    let measures = Measures::of(&loan_cost(request.terms, &amortised.schedule));
    let mut lines = Vec::new();
    let mut sheet = None;
    for cap in rules.caps(draft.lender_kind, contract, request.as_of) {
        findings.extend(rules.stale(&cap.rule, request.as_of).map(CapFinding::Rule));
        let limit = limit(cap, rules, contract, request.as_of, &mut findings);
        match (cap.role, limit) {
            (CapRole::Line, Some(limit)) => lines.push(CapLine {
                rule: cap.rule.clone(),
                limit,
                of_lpr: of_lpr(cap, rules, contract, request.as_of),
                own: cap.rule.evidence == EvidenceGrade::User
                    || lpr_is_own(cap, rules, contract, request.as_of),
                accrues: cap.accrues,
                measures,
                verdict: measures.verdict(limit),
            }),
            (CapRole::Information, Some(limit)) => {
                findings.push(CapFinding::Information { rule: cap.rule.id.clone(), limit });
            }
            (CapRole::Line | CapRole::Information, None) => {}
            (CapRole::Exemption, _) => {
                findings.push(CapFinding::PrivateRuleExempt { rule: cap.rule.id.clone() });
            }
            (CapRole::Disclosure, _) => {
                findings.push(CapFinding::DisclosureExpected { rule: cap.rule.id.clone() });
                sheet = Some(cap.rule.id.clone());
            }
        }
    }
    for fee in request.disclosed.map(|shown| undisclosed_fees(request.terms, shown)).unwrap_or_default() {
        findings.push(CapFinding::FeeNotDisclosed { rule: sheet.clone(), fee });
    }
    match draft.lender_kind {
        LenderKind::Unknown => findings.push(CapFinding::LenderUnknown),
        LenderKind::AssetManagerOrAssignee => findings.push(CapFinding::OriginalLenderDecides),
        _ => {}
    }
    if lines.is_empty() && draft.lender_kind != LenderKind::Unknown {
        findings.push(CapFinding::NoLine { lender: draft.lender_kind, contract });
    }
    let legal_view = legal_view(request.terms, &amortised)?;
    let kept_back = draft.principal - legal_view.effective_principal;
    if kept_back.is_positive() {
        findings.push(CapFinding::UpfrontDeduction { amount: kept_back });
    }
    if legal_view.scaled {
        findings.push(CapFinding::LegalViewScaled);
    }
    let ledger = ledger(&legal_view, request.payments, &lines, request.claimed.as_ref(), request.as_of)?;
    if ledger.is_none() && !lines.is_empty() {
        findings.push(CapFinding::LedgerIncomplete);
    }
    Ok(CapReport { lines, legal_view, ledger, findings })
}

fn limit(
    cap: &CostCap,
    rules: &RuleSet,
    contract: NaiveDate,
    as_of: NaiveDate,
    findings: &mut Vec<CapFinding>,
) -> Option<Decimal> {
    use crate::rules::{CapLimit, LprDay};
    match (cap.rate(rules.lpr(), contract, as_of), cap.limit) {
        (Some((rate, lpr)), _) => {
            if let Some(at) = lpr.filter(|at| at.provisional) {
                findings.push(CapFinding::Rule(RuleFinding::LprProvisional { quoted_on: at.quoted_on }));
            }
            Some(rate)
        }
        (None, CapLimit::TimesLpr { day, .. }) => {
            let day = if day == LprDay::Contract { contract } else { as_of };
            findings.push(CapFinding::Rule(RuleFinding::LprUnknown { day }));
            None
        }
        (None, _) => None,
    }
}

/// The multiple and the LPR behind a line.
fn of_lpr(
    cap: &CostCap,
    rules: &RuleSet,
    contract: NaiveDate,
    as_of: NaiveDate,
) -> Option<(Decimal, Decimal)> {
    match (cap.limit, cap.rate(rules.lpr(), contract, as_of)?.1) {
        (crate::rules::CapLimit::TimesLpr { times, .. }, Some(at)) => Some((times, at.one_year)),
        _ => None,
    }
}

/// Whether the LPR behind a line is a quote of the borrower's.
fn lpr_is_own(cap: &CostCap, rules: &RuleSet, contract: NaiveDate, as_of: NaiveDate) -> bool {
    let at = cap.rate(rules.lpr(), contract, as_of).and_then(|(_, at)| at);
    at.is_some_and(|at| at.evidence == EvidenceGrade::User)
}

fn any_negative(claimed: &Buckets) -> bool {
    ashore_domain::Bucket::STATUTORY_ORDER.iter().any(|bucket| claimed.get(*bucket).is_negative())
}

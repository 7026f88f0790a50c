use ashore_domain::{LenderKind, LoanTerms};
use ashore_engine::rules::Confidence;
use ashore_engine::{CapReport, CapRequest, DatedPayment, Verdict, amortise, cap_report};
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use super::disclosure::shown;
use super::file::LoanFile;
use crate::AppError;
use crate::session::{App, Unlocked};
use crate::view::{Fraction, Yuan, day};
use crate::wire::CapFindingShape;

/// A loan beside the lines that fit its lender and the day of its contract. It says how the measures lie, never
/// what is lawful.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReferenceView {
    /// The lines, as the rules list them.
    pub lines: Vec<ReferenceLine>,
    /// The contract beside the same loan on what was really received; absent when nothing was kept back.
    pub legal_view: Option<LegalComparison>,
    /// What may have been charged up to today under the strictest line that covers every day.
    pub cap_total: Option<Yuan>,
    /// What the reader should know, as codes.
    pub findings: Vec<String>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReferenceLine {
    /// The rule's stable name.
    pub rule: String,
    /// Its title in Chinese.
    pub title: String,
    /// Its title in English.
    pub title_en: String,
    /// The line, a fraction a year.
    pub limit: Fraction,
    /// Where it is written.
    pub source: String,
    /// The day it was last checked.
    pub rule_as_of: String,
    /// `high`, `mid` or `low`.
    pub confidence: String,
    /// Nobody has checked it for longer than rules keep.
    pub stale: bool,
    /// The line, or the LPR it is a multiple of, is the borrower's own.
    pub own: bool,
    /// `below`, `above` or `depends`.
    pub verdict: String,
}

/// Contract view and legal view side by side (民法典 670: what was kept back was not lent).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // contract figure and legal figure of the same thing
pub struct LegalComparison {
    pub principal: Yuan,
    pub effective_principal: Yuan,
    pub payment: Yuan,
    pub effective_payment: Yuan,
    pub interest: Yuan,
    pub effective_interest: Yuan,
}

/// A loan held beside its lines, with what was held.
pub(super) struct Capped {
    pub(super) terms: LoanTerms,
    pub(super) payments: Vec<DatedPayment>,
    pub(super) report: CapReport,
}

impl App<Unlocked> {
    pub(super) fn capped(&self, file: &LoanFile, today: NaiveDate) -> Result<Option<Capped>, AppError> {
        let Some(terms) = file.terms() else { return Ok(None) };
        let terms = self.with_known_lender(file, terms)?;
        let payments = file.counted_payments()?;
        let disclosed = file.state.loan.disclosed.as_deref().map(shown);
        let disclosed = disclosed.as_deref();
        let request =
            CapRequest { terms: &terms, payments: &payments, claimed: None, disclosed, as_of: today };
        let report = cap_report(&request, &self.rules()?.set)?;
        Ok(Some(Capped { terms, payments, report }))
    }

    pub(super) fn reference(
        &self,
        file: &LoanFile,
        today: NaiveDate,
    ) -> Result<Option<ReferenceView>, AppError> {
        let Some(Capped { terms, report, .. }) = self.capped(file, today)? else { return Ok(None) };
        let rules = self.rules()?;
        let rules = &rules.set;
        let lines = report.lines.iter().map(|line| ReferenceLine {
            rule: line.rule.id.clone(),
            title: line.rule.title.clone(),
            title_en: line.rule.title_en.clone(),
            limit: line.limit.into(),
            source: line.rule.source.clone(),
            rule_as_of: day(line.rule.as_of),
            confidence: match line.rule.confidence {
                Confidence::High => "high",
                Confidence::Mid => "mid",
                Confidence::Low => "low",
            }
            .to_owned(),
            stale: rules.stale(&line.rule, today).is_some(),
            own: line.own,
            verdict: match line.verdict {
                Verdict::Below => "below",
                Verdict::Above => "above",
                Verdict::Depends => "depends",
            }
            .to_owned(),
        });
        let legal = &report.legal_view;
        let kept_back = legal.effective_principal < terms.get().principal;
        let legal_view = if kept_back {
            let contract = amortise(&terms)?.schedule;
            let first = |s: &ashore_domain::Schedule| s.rows().first().map(|r| r.principal + r.interest);
            Some(LegalComparison {
                principal: terms.get().principal.into(),
                effective_principal: legal.effective_principal.into(),
                payment: first(&contract).unwrap_or_default().into(),
                effective_payment: first(&legal.schedule).unwrap_or_default().into(),
                interest: contract.totals().interest.into(),
                effective_interest: legal.schedule.totals().interest.into(),
            })
        } else {
            None
        };
        Ok(Some(ReferenceView {
            lines: lines.collect(),
            legal_view,
            cap_total: report.ledger.map(|ledger| ledger.cap_total.into()),
            findings: report.findings.into_iter().map(|finding| code_of(finding.into())).collect(),
        }))
    }

    /// By every measure the cost lies above the line that leads the list. It says how figures lie, no more.
    pub(super) fn above_line(&self, file: &LoanFile, today: NaiveDate) -> Result<bool, AppError> {
        let reference = self.reference(file, today)?;
        Ok(reference
            .and_then(|found| found.lines.into_iter().next())
            .is_some_and(|line| line.verdict == "above"))
    }

    /// The terms with the lender's kind as far as anything recorded tells it.
    fn with_known_lender(&self, file: &LoanFile, terms: &LoanTerms) -> Result<LoanTerms, AppError> {
        let mut draft = terms.get().clone();
        if draft.lender_kind == LenderKind::Unknown {
            draft.lender_kind = self.creditor(file)?.kind.into();
        }
        Ok(LoanTerms::new(draft)?)
    }
}

fn code_of(finding: CapFindingShape) -> String {
    let shape = serde_json::to_value(finding).unwrap_or_default();
    shape.get("code").and_then(|code| code.as_str()).unwrap_or_default().to_owned()
}

use ashore_domain::PointVerdict as Verdict;
use serde::Serialize;
use specta::Type;

use super::Looked;
use super::compare::{self, Amounts, Known};
use super::text::{Found, PlainText};
use crate::cases::CitationView;
use crate::loans::LimitationEffectView;
use crate::rules::TextRow;
use crate::view::Yuan;
use crate::words::{ContactChannel, PointVerdict};

/// A text held against the list. It informs; whether to sign is the borrower's decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AgreementCheckView {
    /// The agreement or draft.
    pub agreement_id: Option<String>,
    /// The loan.
    pub loan_id: String,
    /// The text as it was read; spans count its characters.
    pub text: String,
    /// Every must point is present, nothing warns and nothing looks like fraud.
    pub safe_to_sign: bool,
    /// Must points that are absent, by id.
    pub missing: Vec<String>,
    /// Must points that are unclear, by id.
    pub unclear: Vec<String>,
    /// Point by point: the fifteen, then what is advised.
    pub points: Vec<PointView>,
    /// What to beware of.
    pub warnings: Vec<ClauseWarningView>,
    /// Signs of fraud.
    pub fraud: Vec<FraudFlagView>,
    /// Σ of the dues, when they are known.
    pub rows_total: Option<Yuan>,
    /// The total the text names.
    pub text_total: Option<Yuan>,
    /// The two agree; absent when one of them is not known.
    pub adds_up: Option<bool>,
    /// What signing does to the limitation, said before.
    pub limitation: LimitationEffectView,
    /// Legal bases that apply to this kind of lender.
    pub citations: Vec<CitationView>,
    /// A message that asks for what is missing, ready to be sent after reading; absent when nothing is.
    pub ask: Option<String>,
}

/// One point.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PointView {
    /// The rule's id.
    pub id: String,
    /// 1 … 15; 0 for what is advised.
    pub number: u8,
    /// How much it matters.
    pub severity: PointSeverity,
    /// Present, absent or unclear.
    pub verdict: PointVerdict,
    /// Who says so.
    pub found_by: FoundBy,
    /// What the point is.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// Why it matters.
    pub why: String,
    /// The same in English.
    pub why_en: String,
    /// What to ask for when it is missing.
    pub ask: Option<String>,
    /// Where it stands.
    pub spans: Vec<SpanView>,
    /// What differs from what is recorded, as a code.
    pub differs: Option<String>,
}

/// How much a point matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum PointSeverity {
    /// Do not sign without.
    Must,
    /// Better with it.
    Should,
}

/// Who says how a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// The patterns; the borrower should confirm it.
    Text,
    /// What is recorded.
    Record,
    /// The borrower, having read it.
    Borrower,
}

/// A place in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct SpanView {
    /// First character, from 0.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Line, from 1.
    pub line: u32,
    pub quote: String,
}

/// Something to beware of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct ClauseWarningView {
    pub id: String,
    pub title: String,
    pub title_en: String,
    pub why: String,
    pub why_en: String,
    pub spans: Vec<SpanView>,
}

/// A sign of fraud.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct FraudFlagView {
    pub id: String,
    /// The flag's word: `personal_payee`, `payee_not_creditor`, …
    pub flag: String,
    pub title: String,
    pub title_en: String,
    pub why: String,
    pub why_en: String,
    pub spans: Vec<SpanView>,
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn span(text: &PlainText, found: Found) -> SpanView {
    SpanView {
        start: count(found.start),
        end: count(found.end),
        line: count(text.line(found)),
        quote: text.quote(found),
    }
}

pub(super) fn point(
    rule: &TextRow,
    looked: Looked,
    text: &PlainText,
    known: &Known,
    confirmed: &[(String, Verdict)],
) -> PointView {
    let row = &rule.row;
    let facts = row.facts.as_deref().unwrap_or("");
    let mut spans = looked.spans();
    let (mut verdict, mut found_by) = (looked.verdict(), FoundBy::Text);
    let objection = compare::objection(facts, text, known);
    if let Some(found) = objection.as_ref().filter(|_| verdict == Verdict::Present) {
        (verdict, found_by) = (Verdict::Unclear, FoundBy::Record);
        spans.extend(found.at);
    }
    if facts == "signature" && known.signed {
        (verdict, found_by) = (Verdict::Present, FoundBy::Record);
    }
    if let Some((_, said)) = confirmed.iter().find(|(id, _)| *id == row.id) {
        (verdict, found_by) = (*said, FoundBy::Borrower);
    }
    PointView {
        id: row.id.clone(),
        number: row.number,
        severity: if row.severity == "must" { PointSeverity::Must } else { PointSeverity::Should },
        verdict: verdict.into(),
        found_by,
        title: row.title.clone(),
        title_en: row.title_en.clone(),
        why: row.why.clone(),
        why_en: row.why_en.clone(),
        ask: row.ask.clone(),
        spans: spans.into_iter().map(|found| span(text, found)).collect(),
        differs: objection.map(|found| found.code.to_owned()),
    }
}

fn places(rule: &TextRow, text: &PlainText) -> Vec<Found> {
    rule.groups.iter().flatten().filter_map(|pattern| text.find(pattern)).collect()
}

pub(super) fn warning(rule: &TextRow, text: &PlainText, known: &Known) -> Option<ClauseWarningView> {
    let mut found = places(rule, text);
    if rule.row.facts.as_deref() == Some("larger_debt") {
        found.extend(compare::larger_debt(text, known));
    }
    let row = &rule.row;
    (!found.is_empty()).then(|| ClauseWarningView {
        id: row.id.clone(),
        title: row.title.clone(),
        title_en: row.title_en.clone(),
        why: row.why.clone(),
        why_en: row.why_en.clone(),
        spans: found.into_iter().map(|found| span(text, found)).collect(),
    })
}

pub(super) fn fraud(rule: &TextRow, text: &PlainText, known: &Known) -> Option<FraudFlagView> {
    let row = &rule.row;
    let mut found = places(rule, text);
    let mut flagged = !found.is_empty();
    if let Some(payee) = compare::payee_objection(text, known).filter(|payee| payee.code == row.flag) {
        flagged = true;
        found.extend(payee.at);
    }
    flagged |= row.flag == "account_changed" && known.account_changed;
    let private = matches!(known.channel, Some(ContactChannel::OnlineChat)) && text.is_empty();
    if row.flag == "contact_channel_not_official" && private {
        flagged = true;
    }
    flagged.then(|| FraudFlagView {
        id: row.id.clone(),
        flag: row.flag.clone(),
        title: row.title.clone(),
        title_en: row.title_en.clone(),
        why: row.why.clone(),
        why_en: row.why_en.clone(),
        spans: found.into_iter().map(|found| span(text, found)).collect(),
    })
}

/// What a check is put together from.
pub(super) struct Parts {
    pub(super) agreement_id: Option<String>,
    pub(super) loan_id: String,
    pub(super) text: String,
    pub(super) points: Vec<PointView>,
    pub(super) warnings: Vec<ClauseWarningView>,
    pub(super) fraud: Vec<FraudFlagView>,
    pub(super) amounts: Amounts,
    pub(super) limitation: LimitationEffectView,
    pub(super) citations: Vec<CitationView>,
}

pub(super) fn assembled(parts: Parts) -> AgreementCheckView {
    let of = |verdict: PointVerdict| {
        let points =
            parts.points.iter().filter(move |p| p.severity == PointSeverity::Must && p.verdict == verdict);
        points.map(|p| p.id.clone()).collect::<Vec<_>>()
    };
    let (missing, unclear) = (of(PointVerdict::Absent), of(PointVerdict::Unclear));
    let Amounts { rows_total, text_total, .. } = parts.amounts;
    let adds_up = rows_total.zip(text_total).map(|(rows, stated)| rows == stated);
    let safe = missing.is_empty()
        && unclear.is_empty()
        && parts.warnings.is_empty()
        && parts.fraud.is_empty()
        && adds_up != Some(false);
    AgreementCheckView {
        agreement_id: parts.agreement_id,
        loan_id: parts.loan_id,
        safe_to_sign: safe,
        ask: ask(&parts.points),
        missing,
        unclear,
        warnings: parts.warnings,
        fraud: parts.fraud,
        rows_total: rows_total.map(Into::into),
        text_total: text_total.map(Into::into),
        adds_up,
        limitation: parts.limitation,
        citations: parts.citations,
        text: parts.text,
        points: parts.points,
    }
}

/// One message for everything that is missing or unclear.
fn ask(points: &[PointView]) -> Option<String> {
    let wanted: Vec<&str> = points
        .iter()
        .filter(|p| p.severity == PointSeverity::Must && p.verdict != PointVerdict::Present)
        .filter_map(|p| p.ask.as_deref())
        .collect();
    if wanted.is_empty() {
        return None;
    }
    let mut lines = vec!["您好，收到协议文本。签署之前，请补充或写明以下内容：".to_owned()];
    lines.extend(wanted.iter().enumerate().map(|(k, line)| format!("{}. {line}", k + 1)));
    lines.push("补充后请发我完整文本，谢谢。".to_owned());
    Some(lines.join("\n"))
}

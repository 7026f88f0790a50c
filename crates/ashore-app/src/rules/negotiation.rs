//! The rules a case and an agreement are held against: documents, questions, tasks, what to say, and patterns of text.

use std::sync::OnceLock;

use regex::Regex;
use serde::Deserialize;

use crate::words::{AgreementStep, CaseStage, EvidenceKind, LenderKind, ProductKind};
use crate::{AppError, ErrorCode};

/// A row as it is written. Which fields a row needs depends on its table; none is ignored.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // the heads of the files explain them
pub(crate) struct CaseRow {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) title_en: String,
    pub(crate) lenders: Vec<LenderKind>,
    pub(crate) products: Vec<ProductKind>,
    pub(crate) kinds: Vec<EvidenceKind>,
    pub(crate) scope: Option<String>,
    pub(crate) needed: bool,
    pub(crate) why: String,
    pub(crate) why_en: String,
    pub(crate) text: String,
    pub(crate) text_en: String,
    pub(crate) stages: Vec<CaseStage>,
    pub(crate) from: Option<String>,
    pub(crate) days: i64,
    pub(crate) until: Option<AgreementStep>,
    pub(crate) number: u8,
    pub(crate) severity: String,
    pub(crate) flag: String,
    pub(crate) facts: Option<String>,
    pub(crate) ask: Option<String>,
    pub(crate) groups: Vec<Vec<String>>,
    pub(crate) patterns: Vec<String>,
    pub(crate) unclear: Vec<String>,
    pub(crate) source: String,
    pub(crate) evidence: String,
    pub(crate) confidence: String,
    pub(crate) as_of: String,
}

impl CaseRow {
    /// Whether the row speaks of such a lender and product.
    pub(crate) fn applies(&self, lender: LenderKind, product: ProductKind) -> bool {
        (self.lenders.is_empty() || self.lenders.contains(&lender))
            && (self.products.is_empty() || self.products.contains(&product))
    }
}

/// A row with its patterns ready to be looked for.
#[derive(Debug, Clone)]
pub(crate) struct TextRow {
    pub(crate) row: CaseRow,
    pub(crate) groups: Vec<Vec<Regex>>,
    pub(crate) unclear: Vec<Regex>,
}

/// All of it.
#[derive(Debug, Clone)]
pub(crate) struct CaseRules {
    pub(crate) documents: Vec<CaseRow>,
    pub(crate) legitimacy: Vec<CaseRow>,
    pub(crate) tasks: Vec<CaseRow>,
    pub(crate) points: Vec<TextRow>,
    pub(crate) warnings: Vec<TextRow>,
    pub(crate) fraud: Vec<TextRow>,
    pub(crate) say: Vec<CaseRow>,
    pub(crate) ask: Vec<CaseRow>,
    pub(crate) beware: Vec<CaseRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct File {
    document: Vec<CaseRow>,
    legitimacy: Vec<CaseRow>,
    task: Vec<CaseRow>,
    point: Vec<CaseRow>,
    warning: Vec<CaseRow>,
    fraud: Vec<CaseRow>,
    say: Vec<CaseRow>,
    ask: Vec<CaseRow>,
    beware: Vec<CaseRow>,
}

/// The rules that the program carries.
///
/// # Errors
/// Never in a released program: a test reads them.
pub(crate) fn case_rules() -> Result<&'static CaseRules, AppError> {
    static RULES: OnceLock<Result<CaseRules, AppError>> = OnceLock::new();
    RULES.get_or_init(read).as_ref().map_err(Clone::clone)
}

fn read() -> Result<CaseRules, AppError> {
    let case = file("case.toml", include_str!("../../../../rules/case.toml"))?;
    let text = file("agreement.toml", include_str!("../../../../rules/agreement.toml"))?;
    let talk = file("scripts.toml", include_str!("../../../../rules/scripts.toml"))?;
    Ok(CaseRules {
        say: talk.say,
        ask: talk.ask,
        beware: talk.beware,
        documents: case.document,
        legitimacy: case.legitimacy,
        tasks: case.task,
        points: text.point.into_iter().map(patterns).collect::<Result<_, _>>()?,
        warnings: text.warning.into_iter().map(patterns).collect::<Result<_, _>>()?,
        fraud: text.fraud.into_iter().map(patterns).collect::<Result<_, _>>()?,
    })
}

fn unreadable(name: &str, why: impl ToString) -> AppError {
    AppError::field(ErrorCode::RulesUnreadable, name, why.to_string())
}

fn file(name: &str, text: &str) -> Result<File, AppError> {
    toml::from_str(text).map_err(|why| unreadable(name, why))
}

fn patterns(row: CaseRow) -> Result<TextRow, AppError> {
    let read = |patterns: &[String]| {
        patterns
            .iter()
            .map(|pattern| Regex::new(pattern).map_err(|why| unreadable(&row.id, why)))
            .collect::<Result<Vec<_>, _>>()
    };
    let mut groups = row.groups.iter().map(|group| read(group)).collect::<Result<Vec<_>, _>>()?;
    if !row.patterns.is_empty() {
        groups.push(read(&row.patterns)?);
    }
    let unclear = read(&row.unclear)?;
    Ok(TextRow { groups, unclear, row })
}

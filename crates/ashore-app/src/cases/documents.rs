use ashore_domain::{CaseEntry, CaseStep};
use ashore_vault::EvidenceFilter;
use serde::Serialize;
use specta::Type;

use crate::AppError;
use crate::loans::LoanFile;
use crate::rules::{CaseRow, case_rules};
use crate::session::{App, Unlocked};
use crate::words::DocumentState;

/// A paper of the checklist and how it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CaseDocumentView {
    /// The rule's id.
    pub id: String,
    /// What it is.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// What for.
    pub why: String,
    /// The same in English.
    pub why_en: String,
    /// Lenders ask for it as a rule.
    pub needed: bool,
    /// How it stands; absent when it is missing.
    pub state: Option<DocumentState>,
    /// Records that are it.
    pub evidence_ids: Vec<String>,
}

impl App<Unlocked> {
    /// The papers a lender of this kind asks for, each with how it stands.
    pub(super) fn documents_of(&self, file: &LoanFile) -> Result<Vec<CaseDocumentView>, AppError> {
        let lender = self.creditor(file)?.kind;
        let product = file.state.loan.product.into();
        let entries = self.state.vault.case_entries()?;
        let records = self.state.vault.evidence(&EvidenceFilter::standing(Some(file.id())))?;
        let rows = case_rules()?.documents.iter().filter(|row| row.applies(lender, product));
        rows.map(|row| {
            let said = entries.iter().rev().find(|entry| is_about(entry, row, file));
            let found = records.iter().filter(|state| {
                let kind: crate::words::EvidenceKind = state.record.details.kind().into();
                row.kinds.contains(&kind)
            });
            let mut evidence: Vec<String> = found.map(|state| state.record.id.to_string()).collect();
            let mut state = (!evidence.is_empty()).then_some(DocumentState::Attached);
            if let Some(entry) = said {
                let named = self.those_that_stand(&entry.evidence)?;
                // What was attached and is deleted now is there no longer.
                let gone = named.is_empty() && !entry.evidence.is_empty();
                match &entry.step {
                    CaseStep::Document { state: ashore_domain::DocumentState::Attached, .. } if gone => {}
                    CaseStep::Document { state: now, .. } => state = Some((*now).into()),
                    _ => {}
                }
                evidence.extend(named.iter().map(|record| record.id.to_string()));
                evidence.sort_unstable();
                evidence.dedup();
            }
            Ok(CaseDocumentView {
                id: row.id.clone(),
                title: row.title.clone(),
                title_en: row.title_en.clone(),
                why: row.why.clone(),
                why_en: row.why_en.clone(),
                needed: row.needed,
                state,
                evidence_ids: evidence,
            })
        })
        .collect()
    }

    /// Which of them are needed and missing.
    pub(super) fn missing_papers(&self, file: &LoanFile) -> Result<usize, AppError> {
        let papers = self.documents_of(file)?;
        Ok(papers
            .iter()
            .filter(|p| {
                p.needed && !matches!(p.state, Some(DocumentState::Attached | DocumentState::NotNeeded))
            })
            .count())
    }
}

/// An entry about this paper, of this loan or of a paper that serves all.
fn is_about(entry: &CaseEntry, row: &CaseRow, file: &LoanFile) -> bool {
    let this = matches!(&entry.step, CaseStep::Document { document, .. } if *document == row.id);
    this && (entry.loan == Some(file.id()) || row.scope.as_deref() == Some("once"))
}

use ashore_documents::letters::{Draft, compose};
use ashore_documents::{Document, Part};
use ashore_domain::{LetterId, LetterKind, LoanId};
use serde::Deserialize;
use specta::Type;

use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input, words};

/// Which letter, with what the borrower changed in it.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct LetterRequest {
    /// Kind.
    pub kind: words::LetterKind,
    /// About which loan.
    pub loan_id: String,
    /// Parts with another text, or left out.
    #[serde(default)]
    pub edits: Vec<EditForm>,
    /// The version it takes the place of.
    #[serde(default)]
    pub replaces: Option<String>,
    /// The place a complaint or report goes to, by the id of its rule.
    #[serde(default)]
    pub place: Option<String>,
    /// Only these records are referred to; all of the loan's when absent.
    #[serde(default)]
    pub evidence_ids: Option<Vec<String>>,
}

/// A change to one part.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct EditForm {
    /// Which part.
    pub id: String,
    /// Its new text; absent to leave the part out.
    #[serde(default)]
    pub text: Option<String>,
}

/// A letter as filled and as edited.
pub(super) struct Filled {
    pub(super) kind: LetterKind,
    pub(super) loan: LoanId,
    pub(super) replaces: Option<LetterId>,
    pub(super) draft: Draft,
    pub(super) edited: Document,
}

impl App<Unlocked> {
    pub(super) fn filled(&self, request: &LetterRequest) -> Result<Filled, AppError> {
        let kind: LetterKind = request.kind.into();
        let loan: LoanId = id::parse("loan_id", &request.loan_id)?;
        let file = self.loan_file(loan)?;
        let draft = compose(kind, &self.case_for(kind, &file, request.evidence_ids.as_deref())?);
        let edited = edited(&draft.document, &request.edits)?;
        let replaces = request.replaces.as_deref().map(|text| id::parse("replaces", text)).transpose()?;
        Ok(Filled { kind, loan, replaces, draft, edited })
    }
}

fn edited(document: &Document, edits: &[EditForm]) -> Result<Document, AppError> {
    for edit in edits {
        if !document.parts.iter().any(|part| part.id == edit.id) {
            let message = format!("the letter has no part “{}”", edit.id);
            return Err(AppError::field(ErrorCode::NotFound, "edits", message));
        }
        if let Some(text) = &edit.text {
            input::bounded("edits", text)?;
        }
    }
    let parts = document.parts.iter().filter_map(|part| {
        let Some(edit) = edits.iter().rev().find(|edit| edit.id == part.id) else {
            return Some(part.clone());
        };
        let text = edit.text.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
        Some(Part { id: part.id.clone(), block: part.block.clone().with_text(text.to_owned()) })
    });
    Ok(Document { parts: parts.collect(), ..document.clone() })
}

use ashore_domain::{EvidenceDetails, EvidenceId, EvidenceRecord, Extraction, FileRef};
use ashore_vault::EvidenceState;
use serde::Serialize;
use specta::Type;

use super::DetailsForm;
use super::attach::hex;
use super::list::{LoanName, loan_names};
use super::log::{OutcomeForm, PersonForm, PromiseForm};
use crate::session::{App, Unlocked};
use crate::words::{ConfirmationForm, Direction, EvidenceKind, Precision, TimeSource};
use crate::{AppError, ErrorCode, id};

/// A record with everything in it and its place in the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the record explains them
pub struct ContactDetailView {
    pub id: String,
    pub kind: EvidenceKind,
    pub at: String,
    pub precision: Precision,
    pub time_source: TimeSource,
    pub recorded_at: String,
    pub direction: Direction,
    pub summary: String,
    pub people: Vec<PersonForm>,
    pub loans: Vec<LoanName>,
    /// Offers it belongs to.
    pub proposals: Vec<String>,
    /// Agreements it belongs to.
    pub agreements: Vec<String>,
    pub outcomes: Vec<OutcomeForm>,
    pub promises: Vec<PromiseForm>,
    pub tags: Vec<String>,
    pub confirmation: Option<ConfirmationForm>,
    pub details: DetailsForm,
    pub files: Vec<FileView>,
    pub corrects: Option<String>,
    pub corrected_by: Option<String>,
    /// Why it was deleted, once it was; what it said is shown no longer then.
    pub removed: Option<String>,
    /// How it was obtained, when that is known.
    pub extraction: Option<ExtractionView>,
    /// Number of the record within the file it was read from, as text.
    pub imported: Option<String>,
    /// Place in the chain, from 1, as text.
    pub seq: String,
    /// Chain hash up to and including this entry, in hex.
    pub chain: String,
}

/// How a record or its files were obtained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the field names are the whole story
pub struct ExtractionView {
    pub device: Option<String>,
    pub os: Option<String>,
    pub app: Option<String>,
    pub app_version: Option<String>,
    pub tool: Option<String>,
    pub operator: Option<String>,
    pub steps: Option<String>,
}

impl ExtractionView {
    fn of(extraction: &Extraction) -> Self {
        let Extraction { device, os, app, app_version, tool, operator, steps } = extraction.clone();
        Self { device, os, app, app_version, tool, operator, steps }
    }
}

/// An attached file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the domain's `FileRef` explains them
pub struct FileView {
    pub id: String,
    pub name: String,
    pub mime: String,
    pub bytes: String,
    pub sha256: String,
    pub original: bool,
    /// The stored original of a derived file.
    pub derived_from: Option<String>,
}

impl FileView {
    pub(crate) fn of(file: &FileRef) -> Self {
        Self {
            id: file.attachment.to_string(),
            name: file.name.clone(),
            mime: file.mime.clone(),
            bytes: file.bytes.to_string(),
            sha256: hex(&file.sha256),
            original: file.original,
            derived_from: file.derived_from.map(|id| id.to_string()),
        }
    }
}

impl App<Unlocked> {
    /// One record whole.
    ///
    /// # Errors
    /// No record is known by this id, or the vault cannot be read.
    pub fn contact(&self, record_id: &str) -> Result<ContactDetailView, AppError> {
        let record_id: EvidenceId = id::parse("id", record_id)?;
        let found = self.state.vault.evidence_record(record_id)?;
        let EvidenceState { mut record, recorded_at, seq, chain, corrected_by, removed } = found
            .ok_or_else(|| AppError::field(ErrorCode::NotFound, "id", "no record is known by this id"))?;
        if removed.is_some() {
            record.summary.clear();
            record.people.clear();
            record.outcomes.clear();
            record.promises.clear();
            record.details = EvidenceDetails::Note { body: String::new() };
        }
        let EvidenceRecord { happened, people, loans, outcomes, promises, tags, files, details, .. } =
            &record;
        Ok(ContactDetailView {
            id: record.id.to_string(),
            kind: details.kind().into(),
            at: happened.at.to_rfc3339(),
            precision: happened.precision.into(),
            time_source: happened.source.into(),
            recorded_at: recorded_at.to_rfc3339(),
            direction: record.direction.into(),
            summary: record.summary.clone(),
            people: people.iter().map(PersonForm::of).collect(),
            loans: loan_names(loans, &self.loan_names()?),
            proposals: record.proposals.iter().map(ToString::to_string).collect(),
            agreements: record.agreements.iter().map(ToString::to_string).collect(),
            outcomes: outcomes.iter().map(OutcomeForm::of).collect(),
            promises: promises.iter().map(PromiseForm::of).collect(),
            tags: tags.clone(),
            confirmation: record.confirmation.map(Into::into),
            details: DetailsForm::of(details),
            files: files.iter().map(FileView::of).collect(),
            corrects: record.corrects.map(|id| id.to_string()),
            corrected_by: corrected_by.map(|id| id.to_string()),
            extraction: record.extraction.as_ref().map(ExtractionView::of),
            imported: record.imported.map(|from| from.number.to_string()),
            removed: removed.clone(),
            seq: seq.to_string(),
            chain: chain.to_string(),
        })
    }
}

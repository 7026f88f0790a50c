use ashore_domain::{EvidenceId, EvidenceRecord, EvidenceRemoved, Fact};
use serde_json::{Map, Value, json};

use super::{ContactDetailView, LogContactRequest};
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input};

impl App<Unlocked> {
    /// Writes a record anew with some fields changed, named as in [`LogContactRequest`]; the old one stays readable and
    /// names the new. Files stay with it, `files` adds to them.
    ///
    /// # Errors
    /// No such record, a field that cannot be read, or a record that was corrected or deleted before.
    pub fn amend_contact(
        &mut self,
        record_id: &str,
        changes: &Map<String, Value>,
    ) -> Result<ContactDetailView, AppError> {
        self.standing("id", record_id)?;
        let mut fields = as_request(&self.contact(record_id)?);
        fields.extend(changes.iter().map(|(name, value)| (name.clone(), value.clone())));
        fields.insert("corrects".to_owned(), json!(record_id));
        let request: LogContactRequest = serde_json::from_value(Value::Object(fields)).map_err(|why| {
            let message = why.to_string();
            let unknown = message.starts_with("unknown field");
            let code = if unknown { ErrorCode::FieldUnknown } else { ErrorCode::BadRequest };
            AppError::field(code, message.split('`').nth(1).unwrap_or("--data"), message.clone())
        })?;
        self.log_contact(&request)
    }

    /// Adds a staged file to a record: the record is written anew with it.
    ///
    /// # Errors
    /// No such record, or a file that was not staged.
    pub fn attach_file(&mut self, record_id: &str, handle: &str) -> Result<ContactDetailView, AppError> {
        let mut record = self.standing("id", record_id)?;
        let staged = self.state.staged.get(handle).ok_or_else(|| {
            AppError::field(ErrorCode::NotFound, "files", "this file is no longer at hand; choose it again")
        })?;
        record.files.push(staged.file().clone());
        record.corrects = Some(record.id);
        record.id = EvidenceId::from_bytes(id::fresh(self.clock.now())?);
        self.store_contact(record, &[handle.to_owned()])
    }

    /// Deletes a record with everything it corrected: files that no other record needs are destroyed; the ledger keeps
    /// what it says and their digests, so that the chain still verifies.
    ///
    /// # Errors
    /// No such record, no reason given, or it was deleted before.
    pub fn remove_contact(&mut self, record_id: &str, reason: &str) -> Result<ContactDetailView, AppError> {
        let reason = input::words("reason", reason)?;
        let record = self.standing("id", record_id)?;
        let removed = |record| Fact::EvidenceRemoved(EvidenceRemoved { record, reason: reason.clone() });
        let facts: Vec<Fact> = self.versions_of(&record)?.into_iter().map(removed).collect();
        self.state.vault.append(&facts, Vec::new(), self.clock.now())?;
        self.contact(record_id)
    }

    /// The record, which can be changed because it was neither deleted nor corrected.
    pub(super) fn standing(&self, field: &str, record_id: &str) -> Result<EvidenceRecord, AppError> {
        let record: EvidenceId = id::parse(field, record_id)?;
        let state =
            self.state.vault.evidence_record(record)?.ok_or_else(|| {
                AppError::field(ErrorCode::NotFound, field, "no record is known by this id")
            })?;
        if state.removed.is_some() {
            return Err(AppError::field(ErrorCode::NotFound, field, "this record was deleted"));
        }
        if let Some(by) = state.corrected_by {
            let message = format!("this record was corrected; change the newer one, {by}");
            return Err(AppError::field(ErrorCode::BadRequest, field, message));
        }
        Ok(state.record)
    }
}

/// A record as it would be asked for; what is left out here is carried over by the correction itself.
fn as_request(view: &ContactDetailView) -> Map<String, Value> {
    let fields = json!({
        "loan_ids": view.loans.iter().map(|loan| &loan.id).collect::<Vec<_>>(),
        "at": view.at,
        "precision": view.precision,
        "time_source": view.time_source,
        "direction": view.direction,
        "people": view.people,
        "summary": view.summary,
        "outcomes": view.outcomes,
        "promises": view.promises,
        "tags": view.tags,
        "confirmation": view.confirmation,
        "details": view.details,
    });
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

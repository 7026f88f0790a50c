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
        let old = self.standing(record_id)?;
        let mut fields = as_request(&old, &self.contact(record_id)?);
        fields.extend(changes.iter().map(|(name, value)| (name.clone(), value.clone())));
        // What was read from a file has no line of the borrower's own, and needs none.
        let wordless =
            fields.get("summary").and_then(Value::as_str).is_some_and(|line| line.trim().is_empty());
        if wordless && old.imported.is_some() {
            fields.insert("summary".to_owned(), json!("-"));
        }
        fields.insert("corrects".to_owned(), json!(record_id));
        let request: LogContactRequest = serde_json::from_value(Value::Object(fields)).map_err(|why| {
            let message = why.to_string();
            let unknown = message.starts_with("unknown field");
            let code = if unknown { ErrorCode::FieldUnknown } else { ErrorCode::BadRequest };
            AppError::field(code, message.split('`').nth(1).unwrap_or("--data"), message.clone())
        })?;
        let now = self.clock.now();
        let mut record = self.read_contact(&request, EvidenceId::from_bytes(id::fresh(now)?))?;
        if wordless {
            record.summary = String::new();
        }
        record.files = old.files.into_iter().chain(record.files).collect();
        record.imported = old.imported;
        record.language = old.language;
        record.extraction = old.extraction;
        self.store_corrected(record, &request.files)
    }

    /// Adds a staged file to a record: the record is written anew with it.
    ///
    /// # Errors
    /// No such record, or a file that was not staged.
    pub fn attach_file(&mut self, record_id: &str, handle: &str) -> Result<ContactDetailView, AppError> {
        let mut record = self.standing(record_id)?;
        let staged = self.state.staged.get(handle).ok_or_else(|| {
            AppError::field(ErrorCode::NotFound, "files", "this file is no longer at hand; choose it again")
        })?;
        record.files.push(staged.file().clone());
        record.corrects = Some(record.id);
        record.id = EvidenceId::from_bytes(id::fresh(self.clock.now())?);
        self.store_corrected(record, &[handle.to_owned()])
    }

    /// Deletes a record with everything it corrected: files that no other record needs are destroyed; the ledger keeps
    /// what it says and their digests, so that the chain still verifies.
    ///
    /// # Errors
    /// No such record, no reason given, or it was deleted before.
    pub fn remove_contact(&mut self, record_id: &str, reason: &str) -> Result<ContactDetailView, AppError> {
        let reason = input::words("reason", reason)?;
        let mut facts = Vec::new();
        let mut next = Some(self.standing(record_id)?);
        while let Some(record) = next {
            facts.push(Fact::EvidenceRemoved(EvidenceRemoved { record: record.id, reason: reason.clone() }));
            next = match record.corrects {
                Some(older) => self.state.vault.evidence_record(older)?.map(|state| state.record),
                None => None,
            };
        }
        self.state.vault.append(&facts, Vec::new(), self.clock.now())?;
        self.contact(record_id)
    }

    fn standing(&self, record_id: &str) -> Result<EvidenceRecord, AppError> {
        let record: EvidenceId = id::parse("id", record_id)?;
        let state = self
            .state
            .vault
            .evidence_record(record)?
            .ok_or_else(|| AppError::field(ErrorCode::NotFound, "id", "no record is known by this id"))?;
        if state.removed.is_some() {
            return Err(AppError::field(ErrorCode::NotFound, "id", "this record was deleted"));
        }
        if let Some(by) = state.corrected_by {
            let message = format!("this record was corrected; change the newer one, {by}");
            return Err(AppError::field(ErrorCode::BadRequest, "id", message));
        }
        Ok(state.record)
    }

    fn store_corrected(
        &mut self,
        record: EvidenceRecord,
        handles: &[String],
    ) -> Result<ContactDetailView, AppError> {
        let staged = handles.iter().filter_map(|handle| self.state.staged.remove(handle)).collect();
        let id = record.id.to_string();
        self.state.vault.append(&[Fact::Evidence(record)], staged, self.clock.now())?;
        self.contact(&id)
    }
}

/// A record as it would be asked for.
fn as_request(record: &EvidenceRecord, view: &ContactDetailView) -> Map<String, Value> {
    let ids = |ids: Vec<String>| json!(ids);
    let fields = json!({
        "loan_ids": view.loans.iter().map(|loan| &loan.id).collect::<Vec<_>>(),
        "at": view.at,
        "precision": view.precision,
        "time_source": view.time_source,
        "direction": view.direction,
        "people": view.people,
        "summary": record.summary,
        "outcomes": view.outcomes,
        "promises": view.promises,
        "tags": view.tags,
        "confirmation": view.confirmation,
        "details": view.details,
        "proposal_ids": ids(record.proposals.iter().map(ToString::to_string).collect()),
        "agreement_ids": ids(record.agreements.iter().map(ToString::to_string).collect()),
    });
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

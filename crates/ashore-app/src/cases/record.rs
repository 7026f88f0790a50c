use ashore_domain::{CaseEntry, CaseEntryId, CaseStage as Stage, CaseStep, EvidenceId, Fact, LoanId};
use serde::Deserialize;
use specta::Type;

use super::{CaseTaskView, CaseView, TaskListView};
use crate::rules::case_rules;
use crate::session::{App, Unlocked};
use crate::words::{CaseStage, DocumentState, PersonRole};
use crate::{AppError, ErrorCode, id, input};

/// Where the borrower says a case stands. Only what cannot be computed is said by hand.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct SetStageRequest {
    pub loan_id: String,
    /// `escalated`, `settled`, or anything else to open the case again.
    pub stage: CaseStage,
    #[serde(default)]
    pub note: Option<String>,
}

/// How a paper of the checklist stands.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct SetDocumentRequest {
    pub loan_id: String,
    /// Its id in the rules.
    pub document: String,
    pub state: DocumentState,
    /// Records that are it; `attached` needs one.
    #[serde(default)]
    pub evidence_ids: Vec<String>,
    #[serde(default)]
    pub note: Option<String>,
}

/// Something to be done.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct AddTaskRequest {
    #[serde(default)]
    pub loan_id: Option<String>,
    pub what: String,
    /// Whose it is; the borrower's when absent.
    #[serde(default)]
    pub by: Option<PersonRole>,
    #[serde(default)]
    pub due: Option<String>,
}

impl App<Unlocked> {
    pub(crate) fn append_step(
        &mut self,
        loan: Option<LoanId>,
        step: CaseStep,
        evidence: Vec<EvidenceId>,
        note: Option<String>,
    ) -> Result<CaseEntryId, AppError> {
        let now = self.clock.now();
        let entry = CaseEntry {
            id: CaseEntryId::from_bytes(id::fresh(now)?),
            loan,
            on: now.date_naive(),
            step,
            evidence,
            note,
        };
        let kept = entry.id;
        self.state.vault.append(&[Fact::Case(entry)], Vec::new(), now)?;
        Ok(kept)
    }

    /// Says by hand where a case stands: escalated, settled, or open again.
    ///
    /// # Errors
    /// An unknown or closed loan.
    pub fn set_case_stage(&mut self, request: &SetStageRequest) -> Result<CaseView, AppError> {
        let file = self.loan_file(id::parse("loan_id", &request.loan_id)?)?;
        if file.state.closed.is_some() {
            return Err(AppError::field(ErrorCode::AlreadyClosed, "loan_id", "this loan is closed"));
        }
        let stage: Stage = request.stage.into();
        let note = input::words_or_none("note", request.note.as_deref())?;
        self.append_step(Some(file.id()), CaseStep::Stage(stage), Vec::new(), note)?;
        self.case(&request.loan_id)
    }

    /// Says how a paper of the checklist stands.
    ///
    /// # Errors
    /// A paper the checklist does not know, or one said to be attached without a record.
    pub fn set_case_document(&mut self, request: &SetDocumentRequest) -> Result<CaseView, AppError> {
        let file = self.loan_file(id::parse("loan_id", &request.loan_id)?)?;
        if !case_rules()?.documents.iter().any(|row| row.id == request.document) {
            let message = "the checklist has no such document";
            return Err(AppError::field(ErrorCode::NotFound, "document", message));
        }
        if request.state == DocumentState::Attached && request.evidence_ids.is_empty() {
            let message = "name the record it is attached to";
            return Err(AppError::field(ErrorCode::EvidenceMissing, "evidence_ids", message));
        }
        let evidence = request
            .evidence_ids
            .iter()
            .map(|text| id::parse::<EvidenceId>("evidence_ids", text))
            .collect::<Result<_, _>>()?;
        let step = CaseStep::Document { document: request.document.clone(), state: request.state.into() };
        let note = input::words_or_none("note", request.note.as_deref())?;
        self.append_step(Some(file.id()), step, evidence, note)?;
        self.case(&request.loan_id)
    }

    /// Adds a task.
    ///
    /// # Errors
    /// An unknown loan or a field that cannot be read.
    pub fn add_task(&mut self, request: &AddTaskRequest) -> Result<CaseTaskView, AppError> {
        let loan = match &request.loan_id {
            Some(text) => Some(self.loan_file(id::parse("loan_id", text)?)?.id()),
            None => None,
        };
        let step = CaseStep::Task {
            what: input::words("what", &request.what)?,
            by: request.by.unwrap_or(PersonRole::User).into(),
            due: input::date_or_none("due", request.due.as_deref())?,
            rule: None,
            agreement: None,
        };
        let kept = self.append_step(loan, step, Vec::new(), None)?.to_string();
        let tasks = self.list_tasks(None)?.tasks;
        tasks
            .into_iter()
            .find(|task| task.id == kept)
            .ok_or_else(|| AppError::new(ErrorCode::NotFound, "the task was not recorded"))
    }

    /// Marks a task, or a promise of a record, as done.
    ///
    /// # Errors
    /// No task and no promise is known by this id.
    pub fn finish_task(&mut self, task_id: &str) -> Result<TaskListView, AppError> {
        if let Some((record, position)) = promise_of(task_id) {
            let held = self.state.vault.evidence_record(record)?.map(|state| state.record);
            let held = held.filter(|held| usize::from(position) < held.promises.len()).ok_or_else(|| {
                AppError::field(ErrorCode::NotFound, "task_id", "no promise is known by this id")
            })?;
            let loan = held.loans.first().copied();
            self.append_step(loan, CaseStep::PromiseDone { record, position }, vec![record], None)?;
            return self.list_tasks(loan.map(|id| id.to_string()).as_deref());
        }
        let task: CaseEntryId = id::parse("task_id", task_id)?;
        let entries = self.state.vault.case_entries()?;
        let found = entries.iter().find(|e| e.id == task && matches!(e.step, CaseStep::Task { .. }));
        let loan = found
            .ok_or_else(|| AppError::field(ErrorCode::NotFound, "task_id", "no task is known by this id"))?
            .loan;
        self.append_step(loan, CaseStep::TaskDone { task }, Vec::new(), None)?;
        self.list_tasks(loan.map(|id| id.to_string()).as_deref())
    }
}

/// A promise's id is its record's and its place among the promises there.
fn promise_of(task_id: &str) -> Option<(EvidenceId, u16)> {
    let (record, position) = task_id.rsplit_once('-')?;
    Some((record.parse().ok()?, position.parse().ok()?))
}

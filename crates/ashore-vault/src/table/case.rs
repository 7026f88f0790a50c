use ashore_domain::{CaseEntry, CaseStep, EvidenceId, Fact};
use ashore_evidence::canonical;
use rusqlite::{Connection, params};

use super::{Place, agreement, evidence, find, link_evidence, loan, proposal, recorded};
use crate::VaultError;

pub(super) fn check_before(db: &Connection, entry: &CaseEntry) -> Result<(), VaultError> {
    super::must_be_new(db, "case_entry", "case entry", entry.id)?;
    if let Some(id) = entry.loan {
        loan::must_exist(db, id)?;
    }
    match (&entry.step, entry.loan) {
        (CaseStep::Accepted { proposal: id, .. }, Some(loan)) => proposal::must_be_of(db, *id, loan),
        (CaseStep::Accepted { .. } | CaseStep::AgreementDraft(_) | CaseStep::Document { .. }, None) => {
            Err(VaultError::Unsound { field: "loan", reason: "this step is about one loan" })
        }
        (CaseStep::AgreementDraft(draft), Some(loan)) if draft.loan != loan => {
            Err(VaultError::OfAnotherLoan { what: "draft", id: draft.id.to_string() })
        }
        (CaseStep::TaskDone { task }, _) => {
            match find::<String>(db, "SELECT kind FROM case_entry WHERE id = ?1", task)? {
                Some(kind) if kind == "task" => Ok(()),
                _ => Err(VaultError::Unsound { field: "task", reason: "no task is known by this id" }),
            }
        }
        (CaseStep::PromiseDone { record, position }, _) => promise_must_exist(db, *record, *position),
        (CaseStep::Legitimacy { party, .. }, _) if !super::exists(db, "party", party)? => {
            Err(VaultError::UnknownParty(*party))
        }
        _ => Ok(()),
    }
}

pub(super) fn check_after(db: &Connection, entry: &CaseEntry) -> Result<(), VaultError> {
    evidence::must_exist(db, &entry.evidence)?;
    match (&entry.step, entry.loan) {
        (CaseStep::AgreementState { agreement: id, .. }, Some(loan)) => agreement::must_be_of(db, *id, loan),
        (CaseStep::AgreementState { agreement: id, .. }, None) => agreement::must_exist(db, *id),
        (CaseStep::Task { agreement: Some(id), .. }, Some(loan)) => agreement::must_be_of(db, *id, loan),
        (CaseStep::Task { agreement: Some(_), .. }, None) => Err(VaultError::Unsound {
            field: "loan",
            reason: "what follows from an agreement is about its loan",
        }),
        _ => Ok(()),
    }
}

/// The step's kind and what it is about, as the columns have them.
fn columns(step: &CaseStep) -> (&'static str, Option<String>) {
    match step {
        CaseStep::Hardship(_) => ("hardship", None),
        CaseStep::Stage(_) => ("stage", None),
        CaseStep::Document { document, .. } => ("document", Some(document.clone())),
        CaseStep::Task { .. } => ("task", None),
        CaseStep::TaskDone { task } => ("task_done", Some(task.to_string())),
        CaseStep::Accepted { proposal, .. } => ("accepted", Some(proposal.to_string())),
        CaseStep::AgreementDraft(draft) => ("agreement_draft", Some(draft.id.to_string())),
        CaseStep::AgreementState { agreement, .. } => ("agreement_state", Some(agreement.to_string())),
        CaseStep::AgreementRead { agreement, .. } => ("agreement_read", Some(agreement.to_string())),
        CaseStep::Legitimacy { party, .. } => ("legitimacy", Some(party.to_string())),
        CaseStep::PromiseDone { record, position } => ("promise_done", Some(format!("{record}-{position}"))),
    }
}

fn promise_must_exist(db: &Connection, record: EvidenceId, position: u16) -> Result<(), VaultError> {
    let known = db
        .prepare_cached("SELECT 1 FROM evidence_promise WHERE record = ?1 AND position = ?2")?
        .exists(params![record.to_string(), position])?;
    if known {
        Ok(())
    } else {
        Err(VaultError::Unsound { field: "position", reason: "the record holds no such promise" })
    }
}

pub(super) fn project(db: &Connection, place: &Place, entry: &CaseEntry) -> Result<(), VaultError> {
    let id = entry.id.to_string();
    let (kind, subject) = columns(&entry.step);
    let due = match &entry.step {
        CaseStep::Task { due, .. } => due.and_then(canonical::date),
        _ => None,
    };
    db.prepare_cached(
        "INSERT INTO case_entry (id, seq, loan, on_day, kind, subject, due, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?
    .execute(params![
        id,
        place.seq,
        entry.loan.map(|id| id.to_string()),
        canonical::date(entry.on),
        kind,
        subject,
        due,
        entry.note
    ])?;
    link_evidence(db, "case_evidence", &id, &entry.evidence)
}

/// Every step of every case, in the order they were recorded.
pub(crate) fn case_entries(db: &Connection) -> Result<Vec<CaseEntry>, VaultError> {
    let sql = "SELECT f.body FROM case_entry c JOIN fact f ON f.seq = c.seq ORDER BY c.seq";
    recorded(db, sql, [], |_, recorded| match recorded.fact {
        Fact::Case(entry) => Ok(entry),
        _ => Err(VaultError::DatabaseDamaged),
    })
}

use ashore_domain::{Deadline, DeadlineSettled, Fact};
use ashore_evidence::canonical;
use rusqlite::{Connection, params};

use super::{Place, evidence, exists, find, link_evidence, loan, numbered, recorded};
use crate::record::Word as _;
use crate::{DeadlineState, VaultError};

pub(super) fn check_before(db: &Connection, deadline: &Deadline) -> Result<(), VaultError> {
    super::must_be_new(db, "deadline", "deadline", deadline.id)?;
    if let Some(party) = deadline.party
        && !exists(db, "party", party)?
    {
        return Err(VaultError::UnknownParty(party));
    }
    deadline.loans.iter().try_for_each(|id| loan::must_exist(db, *id))
}

pub(super) fn check_after(db: &Connection, deadline: &Deadline) -> Result<(), VaultError> {
    evidence::must_exist(db, &deadline.evidence)
}

pub(super) fn check_settled(db: &Connection, settled: &DeadlineSettled) -> Result<(), VaultError> {
    let id = settled.deadline;
    match find::<Option<i64>>(db, "SELECT settled_seq FROM deadline WHERE id = ?1", id)? {
        None => Err(VaultError::UnknownDeadline(id)),
        Some(Some(_)) => Err(VaultError::AlreadySettled(id)),
        Some(None) => Ok(()),
    }
}

pub(super) fn project(db: &Connection, place: &Place, deadline: &Deadline) -> Result<(), VaultError> {
    let id = deadline.id.to_string();
    db.prepare_cached(
        "INSERT INTO deadline (id, seq, rule, starts_on, party, reference, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        id,
        place.seq,
        deadline.rule,
        canonical::date(deadline.starts_on),
        deadline.party.map(|party| party.to_string()),
        deadline.reference,
        deadline.note
    ])?;
    let mut insert =
        db.prepare_cached("INSERT INTO deadline_loan (deadline, position, loan) VALUES (?1, ?2, ?3)")?;
    for (position, loan) in numbered(&deadline.loans) {
        insert.execute(params![id, position, loan.to_string()])?;
    }
    link_evidence(db, "deadline_evidence", &id, &deadline.evidence)
}

pub(super) fn project_settled(
    db: &Connection,
    place: &Place,
    settled: &DeadlineSettled,
) -> Result<(), VaultError> {
    db.prepare_cached("UPDATE deadline SET settled_seq = ?2, settled_on = ?3, outcome = ?4 WHERE id = ?1")?
        .execute(params![
        settled.deadline.to_string(),
        place.seq,
        canonical::date(settled.on),
        settled.outcome.word()
    ])?;
    Ok(())
}

/// Time limits in the order in which they began, those that are over among them.
pub(crate) fn deadlines(db: &Connection) -> Result<Vec<DeadlineState>, VaultError> {
    let over = "SELECT f.body FROM deadline d JOIN fact f ON f.seq = d.settled_seq ORDER BY d.settled_seq";
    let over = recorded(db, over, [], |_, recorded| match recorded.fact {
        Fact::DeadlineSettled(settled) => Ok(settled),
        _ => Err(VaultError::DatabaseDamaged),
    })?;
    let sql = "SELECT f.body FROM deadline d JOIN fact f ON f.seq = d.seq ORDER BY d.starts_on, d.seq";
    recorded(db, sql, [], |_, recorded| match recorded.fact {
        Fact::Deadline(deadline) => Ok(DeadlineState {
            settled: over.iter().find(|settled| settled.deadline == deadline.id).cloned(),
            deadline,
            recorded_at: recorded.at,
        }),
        _ => Err(VaultError::DatabaseDamaged),
    })
}

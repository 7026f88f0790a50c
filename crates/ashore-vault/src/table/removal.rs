use ashore_domain::{AttachmentId, EvidenceId, EvidenceRemoved, IdError};
use rusqlite::{Connection, params};

use super::{Place, Words, evidence, find};
use crate::VaultError;

pub(super) fn check_before(db: &Connection, removed: &EvidenceRemoved) -> Result<(), VaultError> {
    evidence::must_exist(db, &[removed.record])?;
    if is_removed(db, removed.record)? { Err(VaultError::AlreadyRemoved(removed.record)) } else { Ok(()) }
}

pub(super) fn is_removed(db: &Connection, record: EvidenceId) -> Result<bool, VaultError> {
    let seq: Option<Option<i64>> = find(db, "SELECT removed_seq FROM evidence_record WHERE id = ?1", record)?;
    Ok(seq.flatten().is_some())
}

/// The record stays in its place as a tombstone; it is no longer found.
pub(super) fn project(
    db: &Connection,
    place: &Place,
    removed: &EvidenceRemoved,
    words: Words<'_>,
) -> Result<(), VaultError> {
    db.prepare_cached("UPDATE evidence_record SET removed_seq = ?2, removed_reason = ?3 WHERE id = ?1")?
        .execute(params![removed.record.to_string(), place.seq, removed.reason])?;
    words.lot.forget(db, evidence::place_of(db, removed.record)?)
}

/// Marks the files of a deleted record that no other record needs: their keys are wiped, their digests stay.
pub(crate) fn unused_files(
    db: &Connection,
    record: EvidenceId,
    at: &str,
) -> Result<Vec<AttachmentId>, VaultError> {
    let mut query = db.prepare_cached(
        "SELECT a.id FROM attachment a
         WHERE a.removed_at IS NULL
           AND a.id IN (SELECT attachment FROM evidence_file WHERE record = ?1
                        UNION SELECT derived_from FROM evidence_file WHERE record = ?1
                        UNION SELECT i.attachment FROM import i JOIN evidence_record e ON e.import = i.id WHERE e.id = ?1)
           AND NOT EXISTS (SELECT 1 FROM evidence_file f JOIN evidence_record e ON e.id = f.record
                           WHERE e.removed_seq IS NULL AND (f.attachment = a.id OR f.derived_from = a.id))
           AND NOT EXISTS (SELECT 1 FROM import i JOIN evidence_record e ON e.import = i.id
                           WHERE e.removed_seq IS NULL AND i.attachment = a.id)",
    )?;
    let unused: Vec<String> =
        query.query_map([record.to_string()], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut wipe =
        db.prepare_cached("UPDATE attachment SET removed_at = ?2, file_key = zeroblob(32) WHERE id = ?1")?;
    let mut files = Vec::with_capacity(unused.len());
    for id in unused {
        wipe.execute(params![id, at])?;
        files.push(id.parse().map_err(|IdError| VaultError::DatabaseDamaged)?);
    }
    Ok(files)
}

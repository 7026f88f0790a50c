use ashore_domain::{EvidenceId, EvidenceKind, Fact, IdError, Import};
use rusqlite::{Connection, params};

use super::{Place, evidence, recorded};
use crate::VaultError;
use crate::record::Word as _;

pub(super) fn check_before(db: &Connection, import: &Import) -> Result<(), VaultError> {
    super::must_be_new(db, "import", "file taken in", import.id)?;
    evidence::check_file(db, &import.file)
}

pub(super) fn project(db: &Connection, place: &Place, import: &Import) -> Result<(), VaultError> {
    let Import { id, file, format, found, stored, duplicates, left_out } = import;
    let [bytes, found, stored, duplicates, left_out] = [file.bytes, *found, *stored, *duplicates, *left_out]
        .map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    db.prepare_cached(
        "INSERT INTO import (id, seq, attachment, name, mime, bytes, sha256, format, found, stored, duplicates, left_out)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    )?
    .execute(params![
        id.to_string(),
        place.seq,
        file.attachment.to_string(),
        file.name,
        file.mime,
        bytes,
        file.sha256,
        format,
        found,
        stored,
        duplicates,
        left_out
    ])?;
    Ok(())
}

/// Every file that was taken in, the latest first.
pub(crate) fn imports(db: &Connection) -> Result<Vec<Import>, VaultError> {
    let sql = "SELECT f.body FROM import i JOIN fact f ON f.seq = i.seq ORDER BY i.seq DESC";
    recorded(db, sql, [], |_, recorded| match recorded.fact {
        Fact::Imported(import) => Ok(import),
        _ => Err(VaultError::DatabaseDamaged),
    })
}

/// Whether something of this content was taken in before, deleted or not.
pub(crate) fn known(db: &Connection, key: &[u8; 16]) -> Result<bool, VaultError> {
    Ok(db.prepare_cached("SELECT 1 FROM evidence_record WHERE content_key = ?1")?.exists([key])?)
}

/// Receipts that were read from statements and not of money that came, are behind no payment and were not declined: the
/// latest first.
pub(crate) fn receipts(db: &Connection) -> Result<Vec<EvidenceId>, VaultError> {
    let mut query = db.prepare_cached(
        "SELECT e.id FROM evidence_record e
         WHERE e.kind = ?1 AND e.import IS NOT NULL AND e.removed_seq IS NULL AND e.direction <> 'incoming'
           AND NOT EXISTS (SELECT 1 FROM evidence_record c WHERE c.corrects = e.id)
           AND NOT EXISTS (SELECT 1 FROM suggestion_declined d WHERE d.record = e.id)
           AND NOT EXISTS (SELECT 1 FROM payment_evidence l JOIN payment p ON p.id = l.payment
                           WHERE l.record = e.id AND p.voided_seq IS NULL)
         ORDER BY e.place DESC",
    )?;
    let mut rows = query.query([EvidenceKind::PaymentReceipt.word()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(row.get::<_, String>(0)?.parse().map_err(|IdError| VaultError::DatabaseDamaged)?);
    }
    Ok(found)
}

/// Remembers that a receipt is no payment on a loan.
pub(crate) fn decline(db: &Connection, record: EvidenceId) -> Result<(), VaultError> {
    evidence::must_exist(db, &[record])?;
    db.prepare_cached("INSERT INTO suggestion_declined (record) VALUES (?1) ON CONFLICT DO NOTHING")?
        .execute([record.to_string()])?;
    Ok(())
}

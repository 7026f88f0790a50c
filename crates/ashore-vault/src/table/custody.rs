use ashore_domain::{Anchor, ConductReview, Custody, Fact, LoanId};
use ashore_evidence::{Digest, canonical};
use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, params};

use super::{Place, evidence, loan, numbered, recorded};
use crate::record::{RecordError, Word as _};
use crate::{AnchorRequest, VaultError};

pub(super) fn check_loans(db: &Connection, loans: &[LoanId]) -> Result<(), VaultError> {
    loans.iter().try_for_each(|id| loan::must_exist(db, *id))
}

pub(super) fn check_after(db: &Connection, custody: &Custody) -> Result<(), VaultError> {
    evidence::must_exist(db, &custody.records)
}

pub(super) fn check_review(db: &Connection, review: &ConductReview) -> Result<(), VaultError> {
    if review.records.is_empty() {
        return Err(VaultError::Unsound { field: "records", reason: "a review is about a record at least" });
    }
    evidence::must_exist(db, &review.records)
}

pub(super) fn project(db: &Connection, place: &Place, custody: &Custody) -> Result<(), VaultError> {
    db.prepare_cached(
        "INSERT INTO custody (seq, action, masked, originals, seal) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        place.seq,
        custody.action.word(),
        custody.masked,
        custody.originals,
        custody.seal
    ])?;
    let mut insert = db.prepare_cached("INSERT INTO custody_loan VALUES (?1, ?2, ?3)")?;
    for (position, loan) in numbered(&custody.loans) {
        insert.execute(params![place.seq, position, loan.to_string()])?;
    }
    if !custody.originals {
        return Ok(());
    }
    // Each file of each record that went out says so in its own log.
    let mut log = db.prepare_cached(
        "INSERT INTO custody_log (record, attachment, position, seq, at, action)
         SELECT f.record, f.attachment,
                (SELECT count(*) FROM custody_log l WHERE l.record = f.record AND l.attachment = f.attachment), ?2, ?3, ?4
         FROM (SELECT DISTINCT record, attachment FROM evidence_file WHERE record = ?1) f",
    )?;
    for record in &custody.records {
        log.execute(params![record.to_string(), place.seq, place.recorded_at, custody.action.word()])?;
    }
    Ok(())
}

pub(super) fn project_anchor(db: &Connection, place: &Place, anchor: &Anchor) -> Result<(), VaultError> {
    let stamped_at = canonical::instant(anchor.stamped_at.fixed_offset());
    let entries = i64::try_from(anchor.entries).unwrap_or(i64::MAX);
    db.prepare_cached("INSERT INTO anchor (seq, entries, stamped_at, authority) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![place.seq, entries, stamped_at, anchor.authority])?;
    Ok(())
}

pub(super) fn project_review(
    db: &Connection,
    place: &Place,
    review: &ConductReview,
) -> Result<(), VaultError> {
    db.prepare_cached("INSERT INTO conduct_review (seq, rule, verdict, note) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![place.seq, review.rule, review.verdict.word(), review.note])?;
    let mut insert = db.prepare_cached("INSERT INTO conduct_review_record VALUES (?1, ?2, ?3)")?;
    for (position, record) in numbered(&review.records) {
        insert.execute(params![place.seq, position, record.to_string()])?;
    }
    Ok(())
}

/// Outside anchors, the earliest stamped first.
pub(crate) fn anchors(db: &Connection) -> Result<Vec<Anchor>, VaultError> {
    let sql = "SELECT f.body FROM anchor a JOIN fact f ON f.seq = a.seq ORDER BY a.stamped_at, a.seq";
    recorded(db, sql, [], |_, recorded| match recorded.fact {
        Fact::Anchor(anchor) => Ok(anchor),
        _ => Err(VaultError::DatabaseDamaged),
    })
}

/// What was taken out, the latest first, with when.
pub(crate) fn exports(db: &Connection) -> Result<Vec<(Custody, DateTime<FixedOffset>)>, VaultError> {
    let sql = "SELECT f.body FROM custody c JOIN fact f ON f.seq = c.seq ORDER BY c.seq DESC";
    recorded(db, sql, [], |_, recorded| match recorded.fact {
        Fact::Custody(custody) => Ok((custody, recorded.at)),
        _ => Err(VaultError::DatabaseDamaged),
    })
}

/// Reviews in the order they were recorded: the last about the same records holds.
pub(crate) fn reviews(db: &Connection) -> Result<Vec<ConductReview>, VaultError> {
    let sql = "SELECT f.body FROM conduct_review r JOIN fact f ON f.seq = r.seq ORDER BY r.seq";
    recorded(db, sql, [], |_, recorded| match recorded.fact {
        Fact::ConductReview(review) => Ok(review),
        _ => Err(VaultError::DatabaseDamaged),
    })
}

/// Remembers what was asked of an authority, until its answer comes.
pub(crate) fn remember_request(db: &Connection, request: &AnchorRequest) -> Result<(), VaultError> {
    let at = canonical::instant(request.requested_at)
        .ok_or_else(|| RecordError::Unwritable("requested_at has no RFC 3339 form".to_owned()))?;
    db.prepare_cached(
        "INSERT INTO anchor_request (imprint, head, signature, nonce, requested_at) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (imprint, nonce) DO NOTHING",
    )?
    .execute(params![request.imprint.0, request.head, request.signature, request.nonce.cast_signed(), at])?;
    Ok(())
}

/// Requests about one digest, the latest first.
pub(crate) fn requests(db: &Connection, imprint: Option<Digest>) -> Result<Vec<AnchorRequest>, VaultError> {
    let mut query = db.prepare_cached(
        "SELECT imprint, head, signature, nonce, requested_at FROM anchor_request
         WHERE ?1 IS NULL OR imprint = ?1 ORDER BY rowid DESC",
    )?;
    let mut rows = query.query(params![imprint.map(|digest| digest.0)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let at: String = row.get(4)?;
        found.push(AnchorRequest {
            imprint: Digest(row.get(0)?),
            head: row.get(1)?,
            signature: row.get(2)?,
            nonce: row.get::<_, i64>(3)?.cast_unsigned(),
            requested_at: canonical::read_instant(&at).ok_or(VaultError::DatabaseDamaged)?,
        });
    }
    Ok(found)
}

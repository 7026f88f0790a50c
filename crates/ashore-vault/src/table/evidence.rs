use ashore_domain::{EvidenceId, EvidenceRecord, Extraction, Fact, FileRef, IdError, Money};
use ashore_evidence::{Digest, canonical};
use rusqlite::{Connection, OptionalExtension as _, named_params, params};

use super::{Place, agreement, find, loan, numbered, proposal, recorded};
use crate::record::{Part as _, Word as _};
use crate::{EvidenceFilter, EvidenceState, VaultError};

pub(super) fn check_before(db: &Connection, record: &EvidenceRecord) -> Result<(), VaultError> {
    super::must_be_new(db, "evidence_record", "evidence record", record.id)?;
    record.loans.iter().try_for_each(|id| loan::must_exist(db, *id))?;
    record.files.iter().try_for_each(|file| check_file(db, file))?;
    let Some(old) = record.corrects else { return Ok(()) };
    must_exist(db, &[old])?;
    match corrected_by(db, old)? {
        None => Ok(()),
        Some(by) => Err(VaultError::AlreadyCorrected { record: old, by }),
    }
}

/// A record names only files that are stored, as they are stored.
fn check_file(db: &Connection, file: &FileRef) -> Result<(), VaultError> {
    let stored = db
        .prepare_cached("SELECT bytes, sha256 FROM attachment WHERE id = ?1")?
        .query_row([file.attachment.to_string()], |row| {
            Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?))
        })
        .optional()?;
    let Some((bytes, sha256)) = stored else { return Err(VaultError::FileNotStaged(file.attachment)) };
    if u64::try_from(bytes) != Ok(file.bytes) || sha256 != file.sha256 {
        return Err(VaultError::FileDiffers(file.attachment));
    }
    match file.derived_from {
        Some(original) if !super::exists(db, "attachment", original)? => {
            Err(VaultError::FileNotStaged(original))
        }
        _ => Ok(()),
    }
}

pub(super) fn check_after(db: &Connection, record: &EvidenceRecord) -> Result<(), VaultError> {
    record.proposals.iter().try_for_each(|id| proposal::must_exist(db, *id))?;
    record.agreements.iter().try_for_each(|id| agreement::must_exist(db, *id))
}

pub(super) fn must_exist(db: &Connection, records: &[EvidenceId]) -> Result<(), VaultError> {
    records.iter().try_for_each(|id| {
        if super::exists(db, "evidence_record", id)? { Ok(()) } else { Err(VaultError::UnknownEvidence(*id)) }
    })
}

fn corrected_by(db: &Connection, id: EvidenceId) -> Result<Option<EvidenceId>, VaultError> {
    let by: Option<String> = find(db, "SELECT id FROM evidence_record WHERE corrects = ?1", id)?;
    by.map(|id| id.parse().map_err(|IdError| VaultError::DatabaseDamaged)).transpose()
}

pub(super) fn project(db: &Connection, place: &Place, record: &EvidenceRecord) -> Result<(), VaultError> {
    let none = Extraction::default();
    let extraction = record.extraction.as_ref().unwrap_or(&none);
    db.prepare_cached(
        "INSERT INTO evidence_record (id, seq, kind, utc_ms, offset_min, precision, time_source, recorded_at, direction,
             summary, language, extraction_device, extraction_os, extraction_app, extraction_app_version,
             extraction_tool, extraction_operator, extraction_steps, corrects, confirmation, details)
         VALUES (:id, :seq, :kind, :utc_ms, :offset_min, :precision, :time_source, :recorded_at, :direction, :summary,
             :language, :device, :os, :app, :app_version, :tool, :operator, :steps, :corrects, :confirmation, :details)",
    )?
    .execute(named_params! {
        ":id": record.id.to_string(), ":seq": place.seq, ":kind": record.details.kind().word(),
        ":utc_ms": record.happened.at.timestamp_millis(),
        ":offset_min": record.happened.at.offset().local_minus_utc() / 60,
        ":precision": record.happened.precision.word(), ":time_source": record.happened.source.word(),
        ":recorded_at": place.recorded_at, ":direction": record.direction.word(), ":summary": record.summary,
        ":language": record.language, ":device": extraction.device, ":os": extraction.os, ":app": extraction.app,
        ":app_version": extraction.app_version, ":tool": extraction.tool, ":operator": extraction.operator,
        ":steps": extraction.steps, ":corrects": record.corrects.map(|id| id.to_string()),
        ":confirmation": record.confirmation.map(|form| form.word()), ":details": record.details.part()?,
    })?;
    links(db, record)?;
    said(db, record)?;
    files(db, place, record)
}

fn links(db: &Connection, record: &EvidenceRecord) -> Result<(), VaultError> {
    let id = record.id.to_string();
    let loans: Vec<String> = record.loans.iter().map(ToString::to_string).collect();
    let proposals: Vec<String> = record.proposals.iter().map(ToString::to_string).collect();
    let agreements: Vec<String> = record.agreements.iter().map(ToString::to_string).collect();
    for (table, values) in [
        ("evidence_loan", &loans),
        ("evidence_proposal", &proposals),
        ("evidence_agreement", &agreements),
        ("evidence_tag", &record.tags),
    ] {
        let mut insert = db.prepare_cached(&format!("INSERT INTO {table} VALUES (?1, ?2, ?3)"))?;
        for (position, value) in numbered(values) {
            insert.execute(params![id, position, value])?;
        }
    }
    Ok(())
}

fn said(db: &Connection, record: &EvidenceRecord) -> Result<(), VaultError> {
    let id = record.id.to_string();
    let mut insert = db.prepare_cached(
        "INSERT INTO evidence_person (record, position, role, name, organisation, staff_no, phone, email, handle)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    for (position, who) in numbered(&record.people) {
        let role = who.role.word();
        insert.execute(params![
            id,
            position,
            role,
            who.name,
            who.organisation,
            who.staff_no,
            who.phone,
            who.email,
            who.handle
        ])?;
    }
    let mut insert = db.prepare_cached(
        "INSERT INTO evidence_outcome (record, position, kind, amount, terms, on_day, text)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, outcome) in numbered(&record.outcomes) {
        let (kind, amount) = (outcome.kind.word(), outcome.amount.map(Money::fen));
        let on = outcome.on.and_then(canonical::date);
        insert.execute(params![id, position, kind, amount, outcome.terms, on, outcome.text])?;
    }
    let mut insert = db.prepare_cached(
        "INSERT INTO evidence_promise (record, position, by_role, what, due) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (position, promise) in numbered(&record.promises) {
        let due = promise.due.and_then(canonical::date);
        insert.execute(params![id, position, promise.by.word(), promise.what, due])?;
    }
    Ok(())
}

fn files(db: &Connection, place: &Place, record: &EvidenceRecord) -> Result<(), VaultError> {
    let id = record.id.to_string();
    let mut insert = db.prepare_cached(
        "INSERT INTO evidence_file (record, position, attachment, name, mime, bytes, sha256, original, derived_from)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?;
    let mut custody = db.prepare_cached(
        "INSERT INTO custody_log (record, attachment, position, seq, at, action)
         SELECT ?1, ?2, count(*), ?3, ?4, 'stored' FROM custody_log WHERE record = ?1 AND attachment = ?2",
    )?;
    for (position, file) in numbered(&record.files) {
        let attachment = file.attachment.to_string();
        let bytes = i64::try_from(file.bytes).unwrap_or(i64::MAX);
        insert.execute(params![
            id,
            position,
            attachment,
            file.name,
            file.mime,
            bytes,
            file.sha256,
            file.original,
            file.derived_from.map(|original| original.to_string())
        ])?;
        custody.execute(params![id, attachment, place.seq, place.recorded_at])?;
    }
    Ok(())
}

/// Records that fit the filter (and are the one asked for), the latest event first.
pub(crate) fn records(
    db: &Connection,
    only: Option<EvidenceId>,
    filter: &EvidenceFilter,
) -> Result<Vec<EvidenceState>, VaultError> {
    if let Some(before) = filter.before {
        must_exist(db, &[before])?;
    }
    let sql = "SELECT f.body, e.seq, f.chain, c.id
               FROM evidence_record e JOIN fact f ON f.seq = e.seq
                    LEFT JOIN evidence_record c ON c.corrects = e.id
               WHERE (:only IS NULL OR e.id = :only)
                 AND (:kind IS NULL OR e.kind = :kind)
                 AND (:loan IS NULL OR EXISTS (SELECT 1 FROM evidence_loan l WHERE l.record = e.id AND l.loan = :loan))
                 AND (:before IS NULL
                      OR (e.utc_ms, e.seq) < (SELECT b.utc_ms, b.seq FROM evidence_record b WHERE b.id = :before))
               ORDER BY e.utc_ms DESC, e.seq DESC LIMIT :limit";
    let params = named_params! {
        ":only": only.map(|id| id.to_string()), ":kind": filter.kind.map(|kind| kind.word()),
        ":loan": filter.loan.map(|id| id.to_string()), ":before": filter.before.map(|id| id.to_string()),
        ":limit": filter.limit.map_or(-1, i64::from),
    };
    recorded(db, sql, params, |row, recorded| {
        let Fact::Evidence(record) = recorded.fact else { return Err(VaultError::DatabaseDamaged) };
        let corrected_by: Option<String> = row.get(3)?;
        Ok(EvidenceState {
            record,
            recorded_at: recorded.at,
            seq: row.get::<_, i64>(1)?.cast_unsigned(),
            chain: Digest(row.get(2)?),
            corrected_by: corrected_by
                .map(|id| id.parse().map_err(|IdError| VaultError::DatabaseDamaged))
                .transpose()?,
        })
    })
}

use ashore_domain::{EvidenceId, EvidenceRecord, Extraction, Fact, FileRef, IdError, Money};
use ashore_evidence::{Digest, canonical};
use rusqlite::{Connection, OptionalExtension as _, Row, named_params, params};

use super::{Place, Words, agreement, find, loan, numbered, proposal, recorded, removal};
use crate::record::{Recorded, Word as _};
use crate::{EvidenceFilter, EvidenceMark, EvidenceState, VaultError, search};

pub(super) fn check_before(db: &Connection, record: &EvidenceRecord) -> Result<(), VaultError> {
    super::must_be_new(db, "evidence_record", "evidence record", record.id)?;
    record.loans.iter().try_for_each(|id| loan::must_exist(db, *id))?;
    record.files.iter().try_for_each(|file| check_file(db, file))?;
    let Some(old) = record.corrects else { return Ok(()) };
    must_exist(db, &[old])?;
    if removal::is_removed(db, old)? {
        return Err(VaultError::AlreadyRemoved(old));
    }
    match corrected_by(db, old)? {
        None => Ok(()),
        Some(by) => Err(VaultError::AlreadyCorrected { record: old, by }),
    }
}

/// A record names only files that are stored, as they are stored.
pub(super) fn check_file(db: &Connection, file: &FileRef) -> Result<(), VaultError> {
    let stored = db
        .prepare_cached("SELECT bytes, sha256 FROM attachment WHERE id = ?1 AND removed_at IS NULL")?
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

pub(super) fn project(
    db: &Connection,
    place: &Place,
    record: &EvidenceRecord,
    words: Words<'_>,
) -> Result<(), VaultError> {
    let none = Extraction::default();
    let extraction = record.extraction.as_ref().unwrap_or(&none);
    let stands = free_place(db, record)?;
    db.prepare_cached(
        "INSERT INTO evidence_record (place, id, seq, kind, utc_ms, offset_min, precision, time_source, recorded_at, direction,
             summary, language, extraction_device, extraction_os, extraction_app, extraction_app_version,
             extraction_tool, extraction_operator, extraction_steps, corrects, confirmation, import, import_number, content_key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
             ?24)",
    )?
    // By position: names would be looked up for each of a great many records.
    .execute(params![
        stands,
        record.id.to_string(),
        place.seq,
        record.details.kind().word(),
        record.happened.at.timestamp_millis(),
        record.happened.at.offset().local_minus_utc() / 60,
        record.happened.precision.word(),
        record.happened.source.word(),
        place.recorded_at,
        record.direction.word(),
        record.summary,
        record.language,
        extraction.device,
        extraction.os,
        extraction.app,
        extraction.app_version,
        extraction.tool,
        extraction.operator,
        extraction.steps,
        record.corrects.map(|id| id.to_string()),
        record.confirmation.map(|form| form.word()),
        record.imported.map(|from| from.import.to_string()),
        record.imported.map(|from| from.number.cast_signed()),
        record.imported.map(|from| from.key),
    ])?;
    links(db, record)?;
    about(db, record, stands)?;
    said(db, record)?;
    files(db, place, record)?;
    // What is found is what holds.
    if let Some(old) = record.corrects {
        words.lot.forget(db, place_of(db, old)?)?;
    }
    let grams = words.grams.map_or_else(|| search::grams_of(record), ToOwned::to_owned);
    words.lot.index(db, stands, grams)
}

/// The first of the places of a record's instant.
pub(crate) const fn first_place(utc_ms: i64) -> i64 {
    utc_ms.saturating_mul(PLACES)
}

/// Places to a millisecond. A statement that knows only days fills the ones after it too, in the order it came.
const PLACES: i64 = 16;

fn free_place(db: &Connection, record: &EvidenceRecord) -> Result<i64, VaultError> {
    let mut last =
        db.prepare_cached("SELECT max(place) FROM evidence_record WHERE place >= ?1 AND place < ?2")?;
    let mut first = first_place(record.happened.at.timestamp_millis());
    // Full stretches are leapt over in ever longer steps.
    let mut step = PLACES;
    loop {
        let end = first.saturating_add(step);
        let taken: Option<i64> = last.query_row([first, end], |row| row.get(0))?;
        match taken {
            None => return Ok(first),
            Some(taken) if taken + 1 < end => return Ok(taken + 1),
            Some(taken) => (first, step) = (taken + 1, step.saturating_mul(2)),
        }
    }
}

/// The place of a record that must be there.
pub(crate) fn place_of(db: &Connection, id: EvidenceId) -> Result<i64, VaultError> {
    find(db, "SELECT place FROM evidence_record WHERE id = ?1", id)?.ok_or(VaultError::UnknownEvidence(id))
}

fn about(db: &Connection, record: &EvidenceRecord, stands: i64) -> Result<(), VaultError> {
    for (position, loan) in numbered(&record.loans) {
        db.prepare_cached(
            "INSERT INTO evidence_loan (record, position, loan, place) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![record.id.to_string(), position, loan.to_string(), stands])?;
    }
    Ok(())
}

fn links(db: &Connection, record: &EvidenceRecord) -> Result<(), VaultError> {
    let id = record.id.to_string();
    let proposals: Vec<String> = record.proposals.iter().map(ToString::to_string).collect();
    let agreements: Vec<String> = record.agreements.iter().map(ToString::to_string).collect();
    for (table, values) in [
        ("evidence_proposal", &proposals),
        ("evidence_agreement", &agreements),
        ("evidence_tag", &record.tags),
    ] {
        if values.is_empty() {
            continue;
        }
        let mut insert = db.prepare_cached(&format!("INSERT INTO {table} VALUES (?1, ?2, ?3)"))?;
        for (position, value) in numbered(values) {
            insert.execute(params![id, position, value])?;
        }
    }
    Ok(())
}

fn said(db: &Connection, record: &EvidenceRecord) -> Result<(), VaultError> {
    let id = record.id.to_string();
    for (position, who) in numbered(&record.people) {
        let role = who.role.word();
        db.prepare_cached(
            "INSERT INTO evidence_person (record, position, role, name, organisation, staff_no, phone, email, handle)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .execute(params![
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
    for (position, outcome) in numbered(&record.outcomes) {
        let (kind, amount) = (outcome.kind.word(), outcome.amount.map(Money::fen));
        let on = outcome.on.and_then(canonical::date);
        db.prepare_cached(
            "INSERT INTO evidence_outcome (record, position, kind, amount, terms, on_day, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![id, position, kind, amount, outcome.terms, on, outcome.text])?;
    }
    for (position, promise) in numbered(&record.promises) {
        let due = promise.due.and_then(canonical::date);
        db.prepare_cached(
            "INSERT INTO evidence_promise (record, position, by_role, what, due) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![id, position, promise.by.word(), promise.what, due])?;
    }
    Ok(())
}

fn files(db: &Connection, place: &Place, record: &EvidenceRecord) -> Result<(), VaultError> {
    if record.files.is_empty() {
        return Ok(());
    }
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

/// One record.
pub(crate) fn record(db: &Connection, id: EvidenceId) -> Result<Option<EvidenceState>, VaultError> {
    let sql = format!("{COLUMNS} FROM evidence_record e {JOINS} WHERE e.id = ?1");
    Ok(recorded(db, &sql, [id.to_string()], state)?.pop())
}

const COLUMNS: &str = "SELECT f.body, e.seq, f.chain, c.id, e.removed_reason";
const JOINS: &str = "JOIN fact f ON f.seq = e.seq LEFT JOIN evidence_record c ON c.corrects = e.id";

/// Records that fit the filter, the latest event first. However many there are, the time it takes is that of those that
/// are asked for.
pub(crate) fn records(db: &Connection, filter: &EvidenceFilter) -> Result<Vec<EvidenceState>, VaultError> {
    let before = filter.before.map(|id| place_of(db, id)).transpose()?.unwrap_or(i64::MAX);
    const ABOUT: &str = "EXISTS (SELECT 1 FROM evidence_loan l WHERE l.record = e.id AND l.loan = :loan)";
    // Each reads its own index from the newest on, or the few it is about.
    let (from, place, loan) = match (filter.with, filter.loan) {
        (None, Some(_)) => {
            ("evidence_loan l CROSS JOIN evidence_record e ON e.place = l.place", "l.place", "l.loan = :loan")
        }
        (None, None) => ("evidence_record e", "e.place", ":loan IS NULL"),
        (Some(EvidenceMark::Confirmation), loan) => (
            "evidence_record e INDEXED BY evidence_by_confirmation",
            "e.place",
            if loan.is_some() { ABOUT } else { ":loan IS NULL" },
        ),
        (Some(EvidenceMark::Promises), loan) => (
            "(SELECT DISTINCT record FROM evidence_promise) p CROSS JOIN evidence_record e ON e.id = p.record",
            "e.place",
            if loan.is_some() { ABOUT } else { ":loan IS NULL" },
        ),
        (Some(EvidenceMark::CollectorOr(_)), loan) => (
            "(SELECT record FROM evidence_person WHERE role = 'collector'
              UNION SELECT record FROM evidence_tag WHERE tag IN (SELECT value FROM json_each(:labels))) p
             CROSS JOIN evidence_record e ON e.id = p.record",
            "e.place",
            if loan.is_some() { ABOUT } else { ":loan IS NULL" },
        ),
    };
    let (with, labels) = match filter.with {
        Some(EvidenceMark::Confirmation) => ("e.confirmation IS NOT NULL AND :labels IS NULL", None),
        Some(EvidenceMark::CollectorOr(labels)) => {
            ("TRUE", Some(serde_json::to_string(labels).unwrap_or_default()))
        }
        Some(EvidenceMark::Promises) | None => (":labels IS NULL", None),
    };
    let kind = if filter.kind.is_some() { "e.kind = :kind" } else { ":kind IS NULL" };
    let standing = if filter.standing { "e.removed_seq IS NULL AND c.id IS NULL" } else { "TRUE" };
    let sql = format!(
        "{COLUMNS} FROM {from} {JOINS} WHERE {loan} AND {kind} AND {standing} AND {with} AND {place} < :before
         ORDER BY {place} DESC LIMIT :limit"
    );
    let params = named_params! {
        ":kind": filter.kind.map(|kind| kind.word()), ":loan": filter.loan.map(|id| id.to_string()),
        ":before": before, ":labels": labels, ":limit": filter.limit.map_or(-1, i64::from),
    };
    recorded(db, &sql, params, state)
}

fn state(row: &Row<'_>, recorded: Recorded) -> Result<EvidenceState, VaultError> {
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
        removed: row.get(4)?,
    })
}

use ashore_domain::{
    EvidenceId, LoanId, PersonRole, ReminderKind, ReminderMark, ReminderSettled, ReminderStage,
    ReminderSubject,
};
use ashore_evidence::canonical;
use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, Row, params};

use crate::record::{RecordError, Word};
use crate::{DatedPromise, SettledReminder, VaultError};

/// Remembers stages as settled, and no longer put off until when they say; what was settled before stays as it was.
pub(crate) fn settle(db: &Connection, all: &[SettledReminder]) -> Result<(), VaultError> {
    let mut insert = db.prepare_cached(
        "INSERT INTO reminder_shown (kind, subject, place, due, stage, stood_at, settled_at, settled)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
    )?;
    let mut forget = db.prepare_cached(
        "DELETE FROM reminder_snoozed
         WHERE kind = ?1 AND subject = ?2 AND place = ?3 AND due = ?4 AND stage = ?5 AND until = ?6",
    )?;
    for SettledReminder { mark, stood_at, settled_at, settled, put_off } in all {
        let ReminderSubject { kind, key, place } = &mark.subject;
        let (kind, due, stage) = (kind.word(), day(mark.due)?, mark.stage.days());
        insert.execute(params![
            kind,
            key,
            place,
            due,
            stage,
            instant(*stood_at)?,
            instant(*settled_at)?,
            settled.word()
        ])?;
        if let Some(until) = put_off {
            forget.execute(params![kind, key, place, due, stage, instant(*until)?])?;
        }
    }
    Ok(())
}

/// Every settled stage, the earliest first.
pub(crate) fn settled(db: &Connection) -> Result<Vec<SettledReminder>, VaultError> {
    let sql = "SELECT kind, subject, place, due, stage, stood_at, settled_at, settled
               FROM reminder_shown ORDER BY rowid";
    read(db, sql, |row| {
        Ok(SettledReminder {
            mark: mark(row)?,
            stood_at: instant_of(row, 5)?,
            settled_at: instant_of(row, 6)?,
            settled: word_of::<ReminderSettled>(row, 7)?,
            put_off: None,
        })
    })
}

/// Puts stages off.
pub(crate) fn snooze(
    db: &Connection,
    marks: &[ReminderMark],
    until: DateTime<FixedOffset>,
) -> Result<(), VaultError> {
    let mut insert = db.prepare_cached(
        "INSERT INTO reminder_snoozed (kind, subject, place, due, stage, until) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET until = ?6",
    )?;
    for ReminderMark { subject, due, stage } in marks {
        insert.execute(params![
            subject.kind.word(),
            subject.key,
            subject.place,
            day(*due)?,
            stage.days(),
            instant(until)?
        ])?;
    }
    Ok(())
}

/// Stages put off, and until when.
pub(crate) fn snoozed(db: &Connection) -> Result<Vec<(ReminderMark, DateTime<FixedOffset>)>, VaultError> {
    let sql = "SELECT kind, subject, place, due, stage, until FROM reminder_snoozed ORDER BY rowid";
    read(db, sql, |row| Ok((mark(row)?, instant_of(row, 5)?)))
}

/// Promises of records that still stand, by day: neither done nor about loans that are all closed.
pub(crate) fn promises(
    db: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<DatedPromise>, VaultError> {
    let sql = "SELECT p.record, p.position, p.by_role, p.what, p.due,
                      (SELECT l.loan FROM evidence_loan l WHERE l.record = p.record ORDER BY l.position LIMIT 1),
                      f.recorded_at
               FROM evidence_promise p JOIN evidence_record r ON r.id = p.record JOIN fact f ON f.seq = r.seq
               WHERE p.due BETWEEN ?1 AND ?2 AND r.removed_seq IS NULL
                 AND NOT EXISTS (SELECT 1 FROM evidence_record c WHERE c.corrects = p.record)
                 AND NOT EXISTS (SELECT 1 FROM case_entry d
                                 WHERE d.subject = p.record || '-' || p.position AND d.kind = 'promise_done')
                 AND (EXISTS (SELECT 1 FROM evidence_loan l JOIN loan n ON n.id = l.loan
                              WHERE l.record = p.record AND n.closed_seq IS NULL)
                      OR NOT EXISTS (SELECT 1 FROM evidence_loan l WHERE l.record = p.record))
               ORDER BY p.due, r.seq, p.position";
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([day(from)?, day(to)?])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let record: String = row.get(0)?;
        let loan: Option<String> = row.get(5)?;
        found.push(DatedPromise {
            record: record.parse::<EvidenceId>().map_err(|_| VaultError::DatabaseDamaged)?,
            position: row.get(1)?,
            by: word_of::<PersonRole>(row, 2)?,
            what: row.get(3)?,
            due: day_of(row, 4)?,
            loan: loan.map(|id| id.parse::<LoanId>()).transpose().map_err(|_| VaultError::DatabaseDamaged)?,
            recorded_at: instant_of(row, 6)?,
        });
    }
    Ok(found)
}

fn read<T>(
    db: &Connection,
    sql: &str,
    read: impl Fn(&Row<'_>) -> Result<T, VaultError>,
) -> Result<Vec<T>, VaultError> {
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        all.push(read(row)?);
    }
    Ok(all)
}

/// The mark in the first five columns.
fn mark(row: &Row<'_>) -> Result<ReminderMark, VaultError> {
    let stage = ReminderStage::new(row.get(4)?).ok_or(VaultError::DatabaseDamaged)?;
    let subject =
        ReminderSubject { kind: word_of::<ReminderKind>(row, 0)?, key: row.get(1)?, place: row.get(2)? };
    Ok(ReminderMark { subject, due: day_of(row, 3)?, stage })
}

fn word_of<T: Word>(row: &Row<'_>, column: usize) -> Result<T, VaultError> {
    let word: String = row.get(column)?;
    T::from_word(&word).ok_or(VaultError::DatabaseDamaged)
}

fn day_of(row: &Row<'_>, column: usize) -> Result<NaiveDate, VaultError> {
    let text: String = row.get(column)?;
    canonical::read_date(&text).ok_or(VaultError::DatabaseDamaged)
}

fn instant_of(row: &Row<'_>, column: usize) -> Result<DateTime<FixedOffset>, VaultError> {
    let text: String = row.get(column)?;
    canonical::read_instant(&text).ok_or(VaultError::DatabaseDamaged)
}

fn day(date: NaiveDate) -> Result<String, VaultError> {
    let text = canonical::date(date);
    text.ok_or_else(|| RecordError::Unwritable("a date without a text form".to_owned()).into())
}

fn instant(at: DateTime<FixedOffset>) -> Result<String, VaultError> {
    let text = canonical::instant(at);
    text.ok_or_else(|| RecordError::Unwritable("an instant without a text form".to_owned()).into())
}

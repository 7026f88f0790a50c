use ashore_domain::{IdError, ReminderStage, ReminderSubject};
use ashore_evidence::canonical;
use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, params};

use crate::record::{RecordError, Word as _};
use crate::{ReminderShown, VaultError};

/// Remembers that a reminder was shown; true the first time.
pub(crate) fn mark_shown(
    db: &Connection,
    subject: ReminderSubject,
    stage: ReminderStage,
    due: NaiveDate,
    at: DateTime<FixedOffset>,
) -> Result<bool, VaultError> {
    let unwritable = || RecordError::Unwritable("an instant or date without a text form".to_owned());
    let (kind, id, place) = match subject {
        ReminderSubject::LoanTerm { loan, term } => ("loan_term", loan.to_string(), term),
        ReminderSubject::AgreementTerm { agreement, term } => ("agreement_term", agreement.to_string(), term),
        ReminderSubject::Promise { record, index } => ("promise", record.to_string(), index),
    };
    let (due, at) =
        (canonical::date(due).ok_or_else(unwritable)?, canonical::instant(at).ok_or_else(unwritable)?);
    let inserted = db
        .prepare_cached(
            "INSERT INTO reminder_shown (subject_kind, subject, place, stage, due, shown_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING",
        )?
        .execute(params![kind, id, place, stage.word(), due, at])?;
    Ok(inserted == 1)
}

/// Every reminder that was shown, the earliest first.
pub(crate) fn shown(db: &Connection) -> Result<Vec<ReminderShown>, VaultError> {
    let mut query = db.prepare_cached(
        "SELECT subject_kind, subject, place, stage, due, shown_at FROM reminder_shown ORDER BY rowid",
    )?;
    let mut rows = query.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let (kind, id, place): (String, String, u16) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (stage, due, at): (String, String, String) = (row.get(3)?, row.get(4)?, row.get(5)?);
        let read = || {
            Some(ReminderShown {
                subject: subject(&kind, &id, place).ok()??,
                stage: ReminderStage::from_word(&stage)?,
                due: canonical::read_date(&due)?,
                shown_at: canonical::read_instant(&at)?,
            })
        };
        all.push(read().ok_or(VaultError::DatabaseDamaged)?);
    }
    Ok(all)
}

fn subject(kind: &str, id: &str, place: u16) -> Result<Option<ReminderSubject>, IdError> {
    Ok(match kind {
        "loan_term" => Some(ReminderSubject::LoanTerm { loan: id.parse()?, term: place }),
        "agreement_term" => Some(ReminderSubject::AgreementTerm { agreement: id.parse()?, term: place }),
        "promise" => Some(ReminderSubject::Promise { record: id.parse()?, index: place }),
        _ => None,
    })
}

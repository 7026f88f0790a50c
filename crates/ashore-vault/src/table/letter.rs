use ashore_domain::{Borrower, Fact, Letter, LetterAnswered, LetterId, LetterProved, LetterSent, LoanId};
use ashore_evidence::canonical;
use rusqlite::{Connection, params};

use super::{Place, evidence, find, loan, recorded};
use crate::record::Word as _;
use crate::{LetterState, VaultError};

pub(super) fn check_before(db: &Connection, letter: &Letter) -> Result<(), VaultError> {
    super::must_be_new(db, "letter", "letter", letter.id)?;
    letter.loan.map_or(Ok(()), |id| loan::must_exist(db, id))?;
    letter.replaces.map_or(Ok(()), |id| must_exist(db, id))
}

pub(super) fn must_exist(db: &Connection, id: LetterId) -> Result<(), VaultError> {
    if super::exists(db, "letter", id)? { Ok(()) } else { Err(VaultError::UnknownLetter(id)) }
}

pub(super) fn check_sent(db: &Connection, sent: &LetterSent) -> Result<(), VaultError> {
    evidence::must_exist(db, &sent.evidence)
}

/// A proof names a time at which the letter went out.
pub(super) fn check_proved(db: &Connection, proved: &LetterProved) -> Result<(), VaultError> {
    let sent: bool = db
        .prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM letter_event WHERE letter = ?1 AND event = 'sent' AND at = ?2)",
        )?
        .query_row(params![proved.letter.to_string(), canonical::instant(proved.sent_at)], |row| {
            row.get(0)
        })?;
    if sent { Ok(()) } else { Err(VaultError::UnknownLetter(proved.letter)) }
}

pub(super) fn check_proof(db: &Connection, proved: &LetterProved) -> Result<(), VaultError> {
    evidence::must_exist(db, &proved.evidence)
}

pub(super) fn check_answered(db: &Connection, answered: &LetterAnswered) -> Result<(), VaultError> {
    evidence::must_exist(db, &answered.evidence)
}

pub(super) fn project_borrower(
    db: &Connection,
    place: &Place,
    borrower: &Borrower,
) -> Result<(), VaultError> {
    db.prepare_cached(
        "INSERT INTO borrower (seq, name, id_number, phone, address, email) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        place.seq,
        borrower.name,
        borrower.id_number,
        borrower.phone,
        borrower.address,
        borrower.email
    ])?;
    Ok(())
}

pub(super) fn project(db: &Connection, place: &Place, letter: &Letter) -> Result<(), VaultError> {
    db.prepare_cached(
        "INSERT INTO letter (id, seq, kind, loan, replaces, template, place, made_at, sha256)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        letter.id.to_string(),
        place.seq,
        letter.kind.word(),
        letter.loan.map(|id| id.to_string()),
        letter.replaces.map(|id| id.to_string()),
        letter.template,
        letter.place,
        place.recorded_at,
        letter.sha256
    ])?;
    Ok(())
}

pub(super) fn project_sent(db: &Connection, place: &Place, sent: &LetterSent) -> Result<(), VaultError> {
    db.prepare_cached(
        "INSERT INTO letter_event (seq, letter, event, at, reply_due) VALUES (?1, ?2, 'sent', ?3, ?4)",
    )?
    .execute(params![
        place.seq,
        sent.letter.to_string(),
        canonical::instant(sent.at),
        sent.reply_due.and_then(canonical::date)
    ])?;
    Ok(())
}

pub(super) fn project_proved(
    db: &Connection,
    place: &Place,
    proved: &LetterProved,
) -> Result<(), VaultError> {
    db.prepare_cached("INSERT INTO letter_event (seq, letter, event, at) VALUES (?1, ?2, 'proved', ?3)")?
        .execute(params![place.seq, proved.letter.to_string(), canonical::instant(proved.sent_at)])?;
    Ok(())
}

pub(super) fn project_answered(
    db: &Connection,
    place: &Place,
    answered: &LetterAnswered,
) -> Result<(), VaultError> {
    db.prepare_cached("INSERT INTO letter_event (seq, letter, event, at) VALUES (?1, ?2, 'answered', ?3)")?
        .execute(params![place.seq, answered.letter.to_string(), canonical::date(answered.on)])?;
    Ok(())
}

/// The borrower's particulars as stated last.
pub(crate) fn latest_borrower(db: &Connection) -> Result<Option<Borrower>, VaultError> {
    let sql = "SELECT f.body FROM borrower b JOIN fact f ON f.seq = b.seq ORDER BY b.seq DESC LIMIT 1";
    let latest = recorded(db, sql, [], |_, recorded| match recorded.fact {
        Fact::Borrower(borrower) => Ok(borrower),
        _ => Err(VaultError::DatabaseDamaged),
    })?;
    Ok(latest.into_iter().next())
}

/// Letters in the order they were kept, about one loan or all, or the one asked for, with what became of each.
pub(crate) fn letters(
    db: &Connection,
    only: Option<LetterId>,
    loan: Option<LoanId>,
) -> Result<Vec<LetterState>, VaultError> {
    let sql = "SELECT f.body FROM letter l JOIN fact f ON f.seq = l.seq
               WHERE (?1 IS NULL OR l.id = ?1) AND (?2 IS NULL OR l.loan = ?2) ORDER BY l.seq";
    let keys = [only.map(|id| id.to_string()), loan.map(|id| id.to_string())];
    let mut letters = recorded(db, sql, keys, |_, recorded| match recorded.fact {
        Fact::Letter(letter) => Ok(LetterState {
            letter,
            made_at: recorded.at,
            sent: Vec::new(),
            proved: Vec::new(),
            answered: Vec::new(),
            replaced_by: None,
        }),
        _ => Err(VaultError::DatabaseDamaged),
    })?;
    for state in &mut letters {
        let id = state.letter.id.to_string();
        state.replaced_by = find::<String>(db, "SELECT id FROM letter WHERE replaces = ?1 LIMIT 1", &id)?
            .map(|by| by.parse().map_err(|_| VaultError::DatabaseDamaged))
            .transpose()?;
        let sql = "SELECT f.body FROM letter_event e JOIN fact f ON f.seq = e.seq WHERE e.letter = ?1 ORDER BY e.seq";
        for fact in recorded(db, sql, [&id], |_, recorded| Ok(recorded.fact))? {
            match fact {
                Fact::LetterSent(sent) => state.sent.push(sent),
                Fact::LetterProved(proved) => state.proved.push(proved),
                Fact::LetterAnswered(answered) => state.answered.push(answered),
                _ => return Err(VaultError::DatabaseDamaged),
            }
        }
    }
    Ok(letters)
}

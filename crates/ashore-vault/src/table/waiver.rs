use ashore_domain::{Fact, LoanId, Money, Waiver};
use ashore_evidence::canonical;
use rusqlite::{Connection, params};

use super::{Place, agreement, numbered, recorded};
use crate::VaultError;
use crate::record::Word as _;

pub(super) fn check_after(db: &Connection, waiver: &Waiver) -> Result<(), VaultError> {
    waiver.agreement.map_or(Ok(()), |id| agreement::must_be_of(db, id, waiver.loan))
}

pub(super) fn project(db: &Connection, place: &Place, waiver: &Waiver) -> Result<(), VaultError> {
    db.prepare_cached(
        "INSERT INTO waiver (seq, loan, waived_on, agreement, note) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        place.seq,
        waiver.loan.to_string(),
        canonical::date(waiver.on),
        waiver.agreement.map(|id| id.to_string()),
        waiver.note
    ])?;
    let mut insert = db.prepare_cached(
        "INSERT INTO waiver_amount (waiver, position, bucket, amount) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (position, (bucket, amount)) in numbered(&waiver.amounts) {
        insert.execute(params![place.seq, position, bucket.word(), Money::fen(*amount)])?;
    }
    Ok(())
}

/// What the lender gave up on a loan, by day.
pub(crate) fn waivers(db: &Connection, loan: LoanId) -> Result<Vec<Waiver>, VaultError> {
    let sql = "SELECT f.body FROM waiver w JOIN fact f ON f.seq = w.seq
               WHERE w.loan = ?1 ORDER BY w.waived_on, w.seq";
    recorded(db, sql, [loan.to_string()], |_, recorded| match recorded.fact {
        Fact::Waiver(waiver) => Ok(waiver),
        _ => Err(VaultError::DatabaseDamaged),
    })
}

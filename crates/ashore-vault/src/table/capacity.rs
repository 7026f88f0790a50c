use ashore_domain::{Fact, Money, Worksheet};
use ashore_evidence::canonical;
use rusqlite::{Connection, params};

use super::{Place, recorded};
use crate::record::Part as _;
use crate::{CapacityState, VaultError};

pub(super) fn project(db: &Connection, place: &Place, worksheet: &Worksheet) -> Result<(), VaultError> {
    db.prepare_cached(
        "INSERT INTO capacity (seq, as_of, contract_payments, buffer, worksheet) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        place.seq,
        worksheet.as_of.and_then(canonical::date),
        worksheet.contract_payments.map(Money::fen),
        worksheet.buffer.map(Money::fen),
        worksheet.part()?
    ])?;
    Ok(())
}

/// The worksheet saved last.
pub(crate) fn latest_capacity(db: &Connection) -> Result<Option<Worksheet>, VaultError> {
    let sql = "SELECT f.body FROM capacity c JOIN fact f ON f.seq = c.seq ORDER BY c.seq DESC LIMIT 1";
    let latest = recorded(db, sql, [], |_, recorded| match recorded.fact {
        Fact::Capacity(worksheet) => Ok(worksheet),
        _ => Err(VaultError::DatabaseDamaged),
    })?;
    Ok(latest.into_iter().next())
}

/// Every worksheet in the order in which they were saved.
pub(crate) fn capacities(db: &Connection) -> Result<Vec<CapacityState>, VaultError> {
    let sql = "SELECT f.body FROM capacity c JOIN fact f ON f.seq = c.seq ORDER BY c.seq";
    recorded(db, sql, [], |_, recorded| match recorded.fact {
        Fact::Capacity(worksheet) => Ok(CapacityState { worksheet, recorded_at: recorded.at }),
        _ => Err(VaultError::DatabaseDamaged),
    })
}

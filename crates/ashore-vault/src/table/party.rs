use ashore_domain::{Fact, Party, PartyId};
use rusqlite::{Connection, params};

use super::{Place, numbered, recorded};
use crate::VaultError;
use crate::record::Word as _;

pub(super) fn project(db: &Connection, place: &Place, party: &Party) -> Result<(), VaultError> {
    let id = party.id.to_string();
    for table in ["party_alias", "party_contact"] {
        db.execute(&format!("DELETE FROM {table} WHERE party = ?1"), [&id])?;
    }
    // The latest description holds; the place in the list stays.
    db.prepare_cached(
        "INSERT INTO party (id, seq, name, legal_name, lender_kind, licence, note) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (id) DO UPDATE SET seq = ?2, name = ?3, legal_name = ?4, lender_kind = ?5, licence = ?6, note = ?7",
    )?
    .execute(params![
        id,
        place.seq,
        party.name,
        party.legal_name,
        party.lender_kind.word(),
        party.licence,
        party.note
    ])?;
    let mut insert =
        db.prepare_cached("INSERT INTO party_alias (party, position, alias) VALUES (?1, ?2, ?3)")?;
    for (position, alias) in numbered(&party.aliases) {
        insert.execute(params![id, position, alias])?;
    }
    let mut insert = db.prepare_cached(
        "INSERT INTO party_contact (party, position, channel, value, hours, verified, note)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, contact) in numbered(&party.contacts) {
        insert.execute(params![
            id,
            position,
            contact.channel.word(),
            contact.value,
            contact.hours,
            contact.verified.map(|proof| proof.word()),
            contact.note
        ])?;
    }
    Ok(())
}

pub(super) fn must_exist(db: &Connection, id: PartyId) -> Result<(), VaultError> {
    if super::exists(db, "party", id)? { Ok(()) } else { Err(VaultError::UnknownParty(id)) }
}

/// All parties, or the one asked for, by name.
pub(crate) fn parties(db: &Connection, only: Option<PartyId>) -> Result<Vec<Party>, VaultError> {
    let sql = "SELECT f.body FROM party p JOIN fact f ON f.seq = p.seq
               WHERE ?1 IS NULL OR p.id = ?1 ORDER BY p.name, p.id";
    recorded(db, sql, [only.map(|id| id.to_string())], |_, recorded| match recorded.fact {
        Fact::Party(party) => Ok(party),
        _ => Err(VaultError::DatabaseDamaged),
    })
}

use rusqlite::{Connection, params};

use crate::{Draft, VaultError};

/// Keeps a draft in place of an earlier one of that name.
pub(crate) fn save_draft(db: &Connection, draft: &Draft) -> Result<(), VaultError> {
    db.prepare_cached("INSERT OR REPLACE INTO draft (name, body, saved_at) VALUES (?1, ?2, ?3)")?
        .execute(params![draft.name, draft.body, draft.saved_at])?;
    Ok(())
}

/// Forgets a draft.
pub(crate) fn drop_draft(db: &Connection, name: &str) -> Result<(), VaultError> {
    db.prepare_cached("DELETE FROM draft WHERE name = ?1")?.execute([name])?;
    Ok(())
}

/// All drafts by name.
pub(crate) fn drafts(db: &Connection) -> Result<Vec<Draft>, VaultError> {
    let mut query = db.prepare_cached("SELECT name, body, saved_at FROM draft ORDER BY name")?;
    let rows = query
        .query_map([], |row| Ok(Draft { name: row.get(0)?, body: row.get(1)?, saved_at: row.get(2)? }))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

use rusqlite::Connection;

use super::find;
use crate::VaultError;

/// A setting's value, once it was set.
pub(crate) fn setting(db: &Connection, name: &str) -> Result<Option<String>, VaultError> {
    find(db, "SELECT value FROM setting WHERE name = ?1", name)
}

/// Sets a setting, or forgets it.
pub(crate) fn set_setting(db: &Connection, name: &str, value: Option<&str>) -> Result<(), VaultError> {
    match value {
        Some(value) => db
            .prepare_cached(
                "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
            )?
            .execute([name, value])?,
        None => db.prepare_cached("DELETE FROM setting WHERE name = ?1")?.execute([name])?,
    };
    Ok(())
}

use std::fs;

use rusqlite::Connection;

use crate::fault::Fault;
use crate::{Counts, Vault, VaultError, VaultInfo, attachment, database, migration};

impl Vault {
    /// What is known about the vault besides its contents.
    ///
    /// # Errors
    /// The database or the folder is unreadable.
    pub fn info(&self) -> Result<VaultInfo, VaultError> {
        let size = |path| fs::metadata(path).map_or(0, |data| data.len());
        Ok(VaultInfo {
            created_at: self.keys.created_at,
            schema_version: migration::version(&self.db)?,
            kdf: self.keys.passphrase.cost,
            counts: counts(&self.db)?,
            database_bytes: size(self.folder.database()) + size(self.folder.log()),
            object_bytes: attachment::object_bytes(&self.folder)?,
        })
    }

    /// Gives unused space back to the disk. Interrupted, it changes nothing.
    ///
    /// # Errors
    /// The disk is full (a copy of the database is made meanwhile) or failed.
    pub fn compact(&mut self) -> Result<(), VaultError> {
        self.db.execute_batch("VACUUM").map_err(Fault::from)?;
        database::checkpoint(&self.db)?;
        Ok(())
    }
}

/// How much a database holds.
pub(crate) fn counts(db: &Connection) -> Result<Counts, VaultError> {
    let count = |table: &str| -> Result<u64, VaultError> {
        let rows: i64 = db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
        Ok(rows.cast_unsigned())
    };
    Ok(Counts {
        facts: count("fact")?,
        parties: count("party")?,
        loans: count("loan")?,
        payments: count("payment")?,
        evidence: count("evidence_record")?,
        proposals: count("proposal")?,
        agreements: count("agreement")?,
        attachments: count("attachment")?,
    })
}

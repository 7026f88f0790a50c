use std::fs::File;
use std::io::{self, Read};

use ashore_domain::AttachmentId;
use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, params};

use super::manifest::BackupSummary;
use super::{BackupError, LeftOut};
use crate::database::{self, IfMissing, connect};
use crate::fault::Fault;
use crate::folder::Folder;
use crate::key::{Key, KeyFile};
use crate::{Vault, VaultError, check, info, migration, table};

/// The vault as it was at one moment, from which a backup can be written while the vault is worked on. It holds a key
/// of its own: drop it, or have its progress answer `false`, when the vault is locked.
#[derive(Debug)]
pub struct Snapshot {
    // A read transaction that began when the log was empty. As long as it lasts, nothing is folded into the database
    // file, so the file keeps the bytes of that moment.
    pub(super) db: Connection,
    pub(super) folder: Folder,
    pub(super) keys: KeyFile,
    pub(super) database_key: Key,
    pub(super) summary: BackupSummary,
    pub(super) ledger_bytes: u64,
}

impl Vault {
    /// Holds on to this moment of the vault.
    ///
    /// # Errors
    /// The database is damaged, or a backup is being made already.
    pub fn snapshot(&self, made_at: DateTime<FixedOffset>) -> Result<Snapshot, BackupError> {
        database::checkpoint(&self.db).map_err(VaultError::from)?;
        let fresh = || connect(&self.folder.database(), &self.database_key, IfMissing::Refuse);
        // What is not whole is not saved as if it were.
        if !check::messages(fresh(), "PRAGMA cipher_integrity_check").is_empty() {
            return Err(VaultError::DatabaseDamaged.into());
        }
        let db = fresh().map_err(VaultError::from)?;
        db.execute_batch("BEGIN")?;
        let chain = table::verify(&db)?;
        let ledger_bytes: i64 =
            db.query_row("SELECT coalesce(sum(length(body) + 1), 0) FROM fact", [], |row| row.get(0))?;
        let database_bytes =
            self.folder.database().metadata().map_err(Fault::io("reading the database"))?.len();
        let summary = BackupSummary {
            made_at,
            vault: self.keys.vault.clone(),
            vault_created_at: self.keys.created_at,
            schema_version: migration::version(&db)?,
            counts: info::counts(&db)?,
            head: chain.h,
            database_bytes,
            object_bytes: 0,
            left_out: Vec::<LeftOut>::new(),
        };
        Ok(Snapshot {
            db,
            folder: self.folder.clone(),
            keys: self.keys.clone(),
            database_key: self.database_key.clone(),
            summary,
            ledger_bytes: ledger_bytes.cast_unsigned(),
        })
    }
}

impl Snapshot {
    /// The moment it holds on to.
    #[must_use]
    pub const fn made_at(&self) -> DateTime<FixedOffset> {
        self.summary.made_at
    }

    /// Identity of the vault.
    #[must_use]
    pub fn vault(&self) -> &str {
        &self.summary.vault
    }

    pub(super) fn database(&self) -> Result<File, Fault> {
        File::open(self.folder.database()).map_err(Fault::io("reading the database"))
    }
}

/// What the database says of one attached file.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) id: AttachmentId,
    pub(super) bytes: u64,
    pub(super) sha256: [u8; 32],
    pub(super) key: Key,
}

/// All attached files in the order of their identifiers.
pub(super) fn attachments(db: &Connection) -> Result<Vec<Known>, BackupError> {
    let mut query = db.prepare("SELECT id, bytes, sha256, file_key FROM attachment ORDER BY id")?;
    let mut rows = query.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, bytes): (String, i64) = (row.get(0)?, row.get(1)?);
        found.push(Known {
            id: id.parse().map_err(|_| Fault::Damaged)?,
            bytes: bytes.cast_unsigned(),
            sha256: row.get(2)?,
            key: Key::from_vec(row.get(3)?).ok_or(Fault::Damaged)?,
        });
    }
    Ok(found)
}

/// Every fact's canonical JSON, a line each, without the ledger ever being in memory as a whole.
#[derive(Debug)]
pub(super) struct LedgerText<'a> {
    db: &'a Connection,
    after: i64,
    lines: Vec<u8>,
    at: usize,
}

impl<'a> LedgerText<'a> {
    pub(super) const fn new(db: &'a Connection) -> Self {
        Self { db, after: 0, lines: Vec::new(), at: 0 }
    }

    fn fetch(&mut self) -> rusqlite::Result<()> {
        self.lines.clear();
        self.at = 0;
        let sql = "SELECT seq, body FROM fact WHERE seq > ?1 ORDER BY seq LIMIT 256";
        let mut query = self.db.prepare_cached(sql)?;
        let mut rows = query.query(params![self.after])?;
        while let Some(row) = rows.next()? {
            self.after = row.get(0)?;
            self.lines.extend_from_slice(row.get_ref(1)?.as_blob()?);
            self.lines.push(b'\n');
        }
        Ok(())
    }
}

impl Read for LedgerText<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.lines.len() {
            self.fetch().map_err(io::Error::other)?;
        }
        let mut rest = self.lines.get(self.at..).unwrap_or_default();
        let length = rest.read(out)?;
        self.at += length;
        Ok(length)
    }
}

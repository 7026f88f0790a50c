use std::collections::VecDeque;
use std::fs::File;
use std::io::Read;

use ashore_domain::{EvidenceId, EvidenceRecord, Fact, Import};
use chrono::{DateTime, FixedOffset};
use rusqlite::Transaction;
use sha2::{Digest as _, Sha256};

use crate::append::keep;
use crate::attachment;
use crate::folder::Folder;
use crate::key::Key;
use crate::prepare::{Prepared, Preparer};
use crate::{ChainEntry, StageError, Staged, Vault, VaultError, search, table};

/// The key by which a content is known again: the first half of its SHA-256.
#[must_use]
pub fn content_key(identity: &[u8]) -> [u8; 16] {
    let digest: [u8; 32] = Sha256::digest(identity).into();
    digest.first_chunk().copied().unwrap_or_default()
}

impl Vault {
    /// Begins to take in a file with its records: everything is stored by [`Importing::finish`], or nothing is.
    ///
    /// # Errors
    /// The disk is full or the database unwritable.
    pub fn import(
        &mut self,
        original: Staged,
        recorded_at: DateTime<FixedOffset>,
    ) -> Result<Importing<'_>, VaultError> {
        let transaction = self.db.transaction()?;
        search::many_to_come(&transaction)?;
        let mut settle = Vec::new();
        if keep(&transaction, &self.folder, &original, recorded_at)? {
            settle.push(original);
        }
        let mut ledger = table::end(&transaction)?;
        ledger.gather_words();
        let (folder, lock, object_key) = (&self.folder, &self.lock, &self.object_key);
        let (preparer, on_their_way) = (Preparer::start(recorded_at)?, VecDeque::new());
        Ok(Importing {
            transaction,
            folder,
            lock,
            object_key,
            ledger,
            recorded_at,
            settle,
            preparer,
            on_their_way,
        })
    }

    /// Every file that was taken in, the latest first.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn imports(&self) -> Result<Vec<Import>, VaultError> {
        table::imports(&self.db)
    }

    /// Whether something of this content was taken in before, deleted or not.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn knows_content(&self, key: &[u8; 16]) -> Result<bool, VaultError> {
        table::known(&self.db, key)
    }

    /// Receipts that were read from files, are behind no payment and were not declined: the latest first.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn loose_receipts(&self) -> Result<Vec<EvidenceId>, VaultError> {
        table::receipts(&self.db)
    }

    /// Remembers that a receipt is no payment on a loan.
    ///
    /// # Errors
    /// There is no such record, or the disk is full.
    pub fn decline_receipt(&mut self, record: EvidenceId) -> Result<(), VaultError> {
        self.folder.still_holds(&self.lock)?;
        table::decline(&self.db, record)
    }
}

/// A file being taken in. Dropped before it is finished, it leaves nothing behind.
pub struct Importing<'v> {
    transaction: Transaction<'v>,
    folder: &'v Folder,
    lock: &'v File,
    object_key: &'v Key,
    ledger: table::Ledger,
    recorded_at: DateTime<FixedOffset>,
    settle: Vec<Staged>,
    preparer: Preparer,
    /// Records that are being prepared, in their order: by what they are known again, and the files they carry.
    on_their_way: VecDeque<(Option<[u8; 16]>, Vec<Staged>)>,
}

impl Importing<'_> {
    /// Whether something of this content is there already, from before or from earlier in this file.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn knows_content(&self, key: &[u8; 16]) -> Result<bool, VaultError> {
        Ok(self.on_their_way.iter().any(|(known, _)| known.as_ref() == Some(key))
            || table::known(&self.transaction, key)?)
    }

    /// Encrypts a file that a record carries; kept with the record that is added next with it.
    ///
    /// # Errors
    /// The disk is full or failed.
    pub fn stage(&self, source: &mut dyn Read, name: &str, mime: &str) -> Result<Staged, StageError> {
        attachment::stage(self.folder, self.object_key, source, name, mime)
    }

    /// Adds one record with the files it carries. It may be written a little later.
    ///
    /// # Errors
    /// This record or one before it contradicts what is recorded, or what the disk said. The whole file must be given up
    /// then.
    pub fn add(&mut self, record: EvidenceRecord, files: Vec<Staged>) -> Result<(), VaultError> {
        if self.on_their_way.len() >= Preparer::AHEAD {
            let prepared = self.preparer.wait()?;
            self.write(&prepared)?;
        }
        self.on_their_way.push_back((record.imported.map(|from| from.key), files));
        self.preparer.send(record)?;
        while let Some(prepared) = self.preparer.ready()? {
            self.write(&prepared)?;
        }
        Ok(())
    }

    /// Writes the record that has been on its way the longest.
    fn write(&mut self, prepared: &Prepared) -> Result<(), VaultError> {
        for file in self.on_their_way.pop_front().map(|(_, files)| files).unwrap_or_default() {
            if keep(&self.transaction, self.folder, &file, self.recorded_at)? {
                self.settle.push(file);
            }
        }
        table::check_before(&self.transaction, &prepared.fact)?;
        table::push_entry(&self.transaction, &mut self.ledger, prepared, self.recorded_at)?;
        Ok(())
    }

    /// Writes down what was read from the file and commits all of it.
    ///
    /// # Errors
    /// What the disk said. Nothing of the file is stored then.
    pub fn finish(mut self, import: Import) -> Result<ChainEntry, VaultError> {
        while !self.on_their_way.is_empty() {
            let prepared = self.preparer.wait()?;
            self.write(&prepared)?;
        }
        self.ledger.index_all(&self.transaction)?;
        let stored = import.stored;
        let fact = Fact::Imported(import);
        table::check_before(&self.transaction, &fact)?;
        let entry = table::push(&self.transaction, &mut self.ledger, &fact, self.recorded_at)?;
        search::all_there(&self.transaction, stored)?;
        self.settle.iter().try_for_each(|file| file.settle(self.folder))?;
        self.folder.still_holds(self.lock)?;
        self.transaction.commit()?;
        Ok(entry)
    }
}

impl std::fmt::Debug for Importing<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Importing").field("ledger", &self.ledger).finish_non_exhaustive()
    }
}

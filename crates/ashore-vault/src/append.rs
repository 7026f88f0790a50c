use std::collections::BTreeSet;

use ashore_domain::{AttachmentId, Fact};
use ashore_evidence::canonical;
use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, params};

use crate::attachment::{AttachmentReader, FORMAT};
use crate::folder::Folder;
use crate::key::Key;
use crate::record::RecordError;
use crate::{ChainEntry, Staged, Vault, VaultError, table};

impl Vault {
    /// Records facts, all of them or none: when this returns, each is on the disk with its link in the chain and the
    /// files it names.
    ///
    /// Loans, parties, payments and files must be known before they are named; evidence, offers and agreements may name
    /// one another within one call. Staged files that no fact names are dropped.
    ///
    /// # Errors
    /// The first fact that contradicts what is recorded, or what the disk said. Nothing is stored then.
    pub fn append(
        &mut self,
        facts: &[Fact],
        staged: Vec<Staged>,
        recorded_at: DateTime<FixedOffset>,
    ) -> Result<Vec<ChainEntry>, VaultError> {
        let transaction = self.db.transaction()?;
        let named = named_files(facts);
        let mut settle = Vec::new();
        for file in staged.into_iter().filter(|file| named.contains(&file.file().attachment)) {
            if keep(&transaction, &self.folder, &file, recorded_at)? {
                settle.push(file);
            }
        }
        let mut ledger = table::end(&transaction)?;
        let mut entries = Vec::with_capacity(facts.len());
        for fact in facts {
            table::check_before(&transaction, fact)?;
            entries.push(table::push(&transaction, &mut ledger, fact, recorded_at)?);
        }
        facts.iter().try_for_each(|fact| table::check_after(&transaction, fact))?;
        // Files first: a committed fact never names one that is not there. If the commit fails, what was settled is an
        // orphan and the next start sweeps it.
        settle.iter().try_for_each(|file| file.settle(&self.folder))?;
        let mut unused = Vec::new();
        for fact in facts {
            if let Fact::EvidenceRemoved(removed) = fact {
                let at = canonical::instant(recorded_at).unwrap_or_default();
                unused.extend(table::unused_files(&transaction, removed.record, &at)?);
            }
        }
        self.folder.still_holds(&self.lock)?;
        transaction.commit()?;
        for file in unused {
            // Its key is gone already; what cannot be removed now is swept at the next start.
            drop(crate::folder::remove_file(&self.folder.object(file)));
        }
        Ok(entries)
    }
}

fn named_files(facts: &[Fact]) -> BTreeSet<AttachmentId> {
    let files = facts.iter().filter_map(|fact| match fact {
        Fact::Evidence(record) => Some(&record.files),
        _ => None,
    });
    files.flatten().flat_map(|file| [Some(file.attachment), file.derived_from]).flatten().collect()
}

/// Makes a staged file known. False when the same content is stored already, and whole in size; an object that went
/// missing is replaced.
pub(crate) fn keep(
    db: &Connection,
    folder: &Folder,
    staged: &Staged,
    at: DateTime<FixedOffset>,
) -> Result<bool, VaultError> {
    let file = staged.file();
    let id = file.attachment.to_string();
    let bytes = i64::try_from(file.bytes)
        .map_err(|_| RecordError::Unwritable("a file beyond all sizes".to_owned()))?;
    let stored_at = canonical::instant(at)
        .ok_or_else(|| RecordError::Unwritable("recorded_at has no RFC 3339 form".to_owned()))?;
    let inserted = db
        .prepare_cached(
            "INSERT INTO attachment (id, bytes, sha256, format, file_key, stored_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
             ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![id, bytes, file.sha256, FORMAT, staged.key().bytes(), stored_at])?;
    if inserted == 1 {
        return Ok(true);
    }
    let (key, removed): (Vec<u8>, bool) = db.query_row(
        "SELECT file_key, removed_at IS NOT NULL FROM attachment WHERE id = ?1",
        [&id],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let key = Key::from_vec(key).ok_or(VaultError::DatabaseDamaged)?;
    let there = AttachmentReader::open(folder, file.attachment, file.bytes, &key);
    match there {
        Ok(_) if !removed => Ok(false),
        Ok(_) | Err(VaultError::ObjectMissing(_) | VaultError::ObjectDamaged(_)) => {
            db.execute(
                "UPDATE attachment SET file_key = ?2, removed_at = NULL WHERE id = ?1",
                params![id, staged.key().bytes()],
            )?;
            Ok(true)
        }
        Err(error) => Err(error),
    }
}

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use ashore_domain::{
    Agreement, AttachmentId, Borrower, CaseEntry, EvidenceId, LetterId, LoanId, Party, PartyId, Proposal,
    ReminderMark, Sensitive, Waiver, Worksheet,
};
use ashore_evidence::{Head, SignedHead};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use rusqlite::{Connection, OptionalExtension as _};

use crate::attachment;
use crate::folder::Folder;
use crate::key::{Key, KeyFile};
use crate::table;
use crate::{
    AttachmentReader, CapacityState, ChainReport, DatedPromise, DeadlineState, Draft, EvidenceFilter,
    EvidenceState, LedgerEntry, LetterState, LoanState, OwnRuleState, PaymentState, ReviewState,
    SettledReminder, StageError, Staged, VaultError,
};

/// An open vault: whatever one of its methods acknowledged is on the disk, and nothing else is.
///
/// One process has it open at a time. Dropping it closes it and wipes its keys.
#[derive(Debug)]
pub struct Vault {
    // The connection closes before the lock is released: fields drop in this order.
    pub(crate) db: Connection,
    pub(crate) folder: Folder,
    pub(crate) keys: KeyFile,
    pub(crate) database_key: Key,
    pub(crate) signing_key: Key,
    pub(crate) object_key: Key,
    pub(crate) lock: File,
}

/// Ends what an open vault is reading or writing, from another thread: it fails then, and nothing of it is stored. Nothing
/// happens when nothing is going on, or when the vault is closed.
pub struct Interrupter(rusqlite::InterruptHandle);

impl std::fmt::Debug for Interrupter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Interrupter")
    }
}

impl Interrupter {
    /// Ends what is going on at this moment. What begins later goes on.
    pub fn interrupt(&self) {
        self.0.interrupt();
    }
}

/// Name and version of the program, as heads state it.
const APP: &str = concat!("ashore ", env!("CARGO_PKG_VERSION"));

impl Vault {
    /// Encrypts `source` to its end into the vault's folder. Nothing refers to it yet: it is kept once
    /// [`Vault::append`] stores a record that names it, and vanishes otherwise.
    ///
    /// # Errors
    /// The source failed before its end, or the disk did. Nothing is left.
    pub fn stage(&self, source: &mut dyn Read, name: &str, mime: &str) -> Result<Staged, StageError> {
        attachment::stage(&self.folder, &self.object_key, source, name, mime)
    }

    /// Reads a stored file in clear.
    ///
    /// # Errors
    /// There is no such file, or its object is missing or of another size. Damage inside shows while reading.
    pub fn read_attachment(&self, id: AttachmentId) -> Result<AttachmentReader, VaultError> {
        let (bytes, key, removed) = self
            .db
            .prepare_cached("SELECT bytes, file_key, removed_at IS NOT NULL FROM attachment WHERE id = ?1")?
            .query_row([id.to_string()], |row| {
                Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, bool>(2)?))
            })
            .optional()?
            .ok_or(VaultError::UnknownAttachment(id))?;
        if removed {
            return Err(VaultError::AttachmentRemoved(id));
        }
        let key = Key::from_vec(key).ok_or(VaultError::DatabaseDamaged)?;
        AttachmentReader::open(&self.folder, id, bytes.cast_unsigned(), &key)
    }

    /// All parties by name, each as last described.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn parties(&self) -> Result<Vec<Party>, VaultError> {
        table::parties(&self.db, None)
    }

    /// One party as last described.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn party(&self, id: PartyId) -> Result<Option<Party>, VaultError> {
        table::parties(&self.db, Some(id)).map(first)
    }

    /// All loans in the order they were opened, closed ones among them.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn loans(&self) -> Result<Vec<LoanState>, VaultError> {
        table::loans(&self.db, None)
    }

    /// One loan.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn loan(&self, id: LoanId) -> Result<Option<LoanState>, VaultError> {
        table::loans(&self.db, Some(id)).map(first)
    }

    /// Payments by day, on one loan or on all, voided ones among them.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn payments(&self, loan: Option<LoanId>) -> Result<Vec<PaymentState>, VaultError> {
        table::payments(&self.db, loan)
    }

    /// What the lender gave up on a loan, by day.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn waivers(&self, loan: LoanId) -> Result<Vec<Waiver>, VaultError> {
        table::waivers(&self.db, loan)
    }

    /// Offers in the order they were recorded, about one loan or all.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn proposals(&self, loan: Option<LoanId>) -> Result<Vec<Proposal>, VaultError> {
        table::proposals(&self.db, loan)
    }

    /// Agreements in the order they were recorded, about one loan or all, superseded ones among them.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn agreements(&self, loan: Option<LoanId>) -> Result<Vec<Agreement>, VaultError> {
        table::agreements(&self.db, loan)
    }

    /// Every step of every case, in the order they were recorded.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn case_entries(&self) -> Result<Vec<CaseEntry>, VaultError> {
        table::case_entries(&self.db)
    }

    /// The worksheet saved last.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn latest_capacity(&self) -> Result<Option<Worksheet>, VaultError> {
        table::latest_capacity(&self.db)
    }

    /// Time limits in the order in which they began, those that are over among them.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn deadlines(&self) -> Result<Vec<DeadlineState>, VaultError> {
        table::deadlines(&self.db)
    }

    /// Reviews in the order in which they were made.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn reviews(&self) -> Result<Vec<ReviewState>, VaultError> {
        table::made_reviews(&self.db)
    }

    /// Every worksheet in the order in which they were saved.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn capacities(&self) -> Result<Vec<CapacityState>, VaultError> {
        table::capacities(&self.db)
    }

    /// The borrower's particulars as stated last.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn borrower(&self) -> Result<Option<Borrower>, VaultError> {
        table::latest_borrower(&self.db)
    }

    /// Everything the borrower said about rules, in the order in which it was said.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn own_rules(&self) -> Result<Vec<OwnRuleState>, VaultError> {
        table::own_rules(&self.db)
    }

    /// Letters about one loan or all, in the order they were kept, with what became of each.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn letters(&self, loan: Option<LoanId>) -> Result<Vec<LetterState>, VaultError> {
        table::letters(&self.db, None, loan)
    }

    /// One version of a letter.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn letter(&self, id: LetterId) -> Result<Option<LetterState>, VaultError> {
        table::letters(&self.db, Some(id), None).map(first)
    }

    /// Evidence records that fit the filter, the latest event first, corrected and deleted ones among them unless only
    /// those that stand are asked for.
    ///
    /// # Errors
    /// `before` names no record, or the database is damaged or unreadable.
    pub fn evidence(&self, filter: &EvidenceFilter) -> Result<Vec<EvidenceState>, VaultError> {
        table::records(&self.db, filter)
    }

    /// One evidence record.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn evidence_record(&self, id: EvidenceId) -> Result<Option<EvidenceState>, VaultError> {
        table::record(&self.db, id)
    }

    /// At most `limit` entries of the ledger after number `after`, byte for byte.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn ledger(&self, after: u64, limit: u32) -> Result<Vec<LedgerEntry>, VaultError> {
        table::entries(&self.db, after, limit)
    }

    /// A setting's value, once it was set.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn setting(&self, name: &str) -> Result<Option<String>, VaultError> {
        table::setting(&self.db, name)
    }

    /// Sets a setting, or forgets it.
    ///
    /// # Errors
    /// The disk is full or the database unwritable.
    pub fn set_setting(&mut self, name: &str, value: Option<&str>) -> Result<(), VaultError> {
        self.folder.still_holds(&self.lock)?;
        table::set_setting(&self.db, name, value)
    }

    /// Keeps a draft in place of an earlier one of its name.
    ///
    /// # Errors
    /// The disk is full or the database unwritable.
    pub fn save_draft(&mut self, draft: &Draft) -> Result<(), VaultError> {
        self.folder.still_holds(&self.lock)?;
        table::save_draft(&self.db, draft)
    }

    /// Forgets a draft.
    ///
    /// # Errors
    /// The disk is full or the database unwritable.
    pub fn drop_draft(&mut self, name: &str) -> Result<(), VaultError> {
        self.folder.still_holds(&self.lock)?;
        table::drop_draft(&self.db, name)
    }

    /// All drafts by name.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn drafts(&self) -> Result<Vec<Draft>, VaultError> {
        table::drafts(&self.db)
    }

    /// Every stage of a reminder that is settled, in the order in which they were.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn settled_reminders(&self) -> Result<Vec<SettledReminder>, VaultError> {
        table::settled(&self.db)
    }

    /// Remembers stages as settled, all of them or none, and forgets that they were put off until when they say. What was
    /// settled before stays as it was.
    ///
    /// # Errors
    /// The disk is full or the database unwritable.
    pub fn settle_reminders(&mut self, settled: &[SettledReminder]) -> Result<(), VaultError> {
        self.folder.still_holds(&self.lock)?;
        let transaction = self.db.transaction()?;
        table::settle(&transaction, settled)?;
        Ok(transaction.commit()?)
    }

    /// Stages put off, and until when.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn snoozed_reminders(&self) -> Result<Vec<(ReminderMark, DateTime<FixedOffset>)>, VaultError> {
        table::snoozed(&self.db)
    }

    /// Puts stages off, all of them or none, and settles what spoke: only that can be put off, and its confirmation may
    /// come later than the answer.
    ///
    /// # Errors
    /// The disk is full or the database unwritable.
    pub fn snooze_reminders(
        &mut self,
        spoke: &[SettledReminder],
        marks: &[ReminderMark],
        until: DateTime<FixedOffset>,
    ) -> Result<(), VaultError> {
        self.folder.still_holds(&self.lock)?;
        let transaction = self.db.transaction()?;
        table::settle(&transaction, spoke)?;
        table::snooze(&transaction, marks, until)?;
        Ok(transaction.commit()?)
    }

    /// Promises to be kept between two days, both included, by day.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn promises_between(&self, from: NaiveDate, to: NaiveDate) -> Result<Vec<DatedPromise>, VaultError> {
        table::promises(&self.db, from, to)
    }

    /// That every entry is canonical, hashes to its leaf and is linked to the one before, to the very last.
    ///
    /// # Errors
    /// [`VaultError::ChainBroken`] names the first break.
    pub fn verify_chain(&self) -> Result<ChainReport, VaultError> {
        table::verify(&self.db)
    }

    /// How many facts are recorded: as long as it is the same, so is everything that is told of them.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn recorded(&self) -> Result<u64, VaultError> {
        table::length(&self.db)
    }

    /// The head as of the last entry, signed: always the same for the same ledger.
    ///
    /// # Errors
    /// The ledger does not verify: a head is never signed over a broken one.
    pub fn head(&self) -> Result<SignedHead, VaultError> {
        let at = table::last_recorded_at(&self.db)?.unwrap_or_else(|| self.keys.created_at.fixed_offset());
        self.head_at(at)
    }

    /// The head as stated at an instant, signed.
    ///
    /// # Errors
    /// The ledger does not verify: a head is never signed over a broken one.
    pub fn head_at(&self, at: DateTime<FixedOffset>) -> Result<SignedHead, VaultError> {
        let ChainReport { count, h, root } = self.verify_chain()?;
        let seed: Sensitive<[u8; 32]> =
            Sensitive::new(self.signing_key.bytes().try_into().map_err(|_| VaultError::DatabaseDamaged)?);
        // Exposed to sign with.
        let signed = Head { n: count, h, root, at, app: APP.to_owned() }.sign(seed.expose());
        signed.map_err(|error| crate::RecordError::Unwritable(error.to_string()).into())
    }

    /// What ends a long piece of work of this vault's from another thread.
    #[must_use]
    pub fn interrupter(&self) -> Interrupter {
        Interrupter(self.db.get_interrupt_handle())
    }

    /// Identity of this vault, the same in every copy of it.
    #[must_use]
    pub fn identity(&self) -> &str {
        &self.keys.vault
    }

    /// When this vault was created.
    #[must_use]
    pub const fn created_at(&self) -> DateTime<Utc> {
        self.keys.created_at
    }

    /// True when a vault is in this folder, whole or damaged.
    #[must_use]
    pub fn exists(dir: &Path) -> bool {
        let folder = Folder::new(dir);
        let here = |path: &Path| fs::exists(path).unwrap_or(false);
        // A database without keys is a damaged vault, unless it was never finished.
        here(&folder.keys()) || here(&folder.database()) && !here(&folder.unfinished())
    }
}

fn first<T>(found: Vec<T>) -> Option<T> {
    found.into_iter().next()
}

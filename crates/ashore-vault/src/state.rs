use ashore_domain::{
    AttachmentId, Deadline, DeadlineSettled, EvidenceId, EvidenceKind, EvidenceRecord, Fact, Letter,
    LetterAnswered, LetterId, LetterProved, LetterSent, Loan, LoanClosed, LoanId, OwnRule, Payment,
    PaymentReturned, PersonRole, ReminderMark, ReminderSettled, Review, Worksheet,
};
use ashore_evidence::{ChainBreak, Digest};
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use crate::KdfCost;

/// A loan as it stands: its latest description and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanState {
    /// The latest description.
    pub loan: Loan,
    /// When it was first recorded.
    pub opened_at: DateTime<FixedOffset>,
    /// How it was closed, once it was.
    pub closed: Option<LoanClosed>,
    /// How often it was described anew.
    pub corrections: usize,
}

/// A payment and whether it still counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentState {
    /// The payment as recorded.
    pub payment: Payment,
    /// When it was recorded.
    pub recorded_at: DateTime<FixedOffset>,
    /// Why it does not count, once it was voided.
    pub voided: Option<String>,
    /// How its money came back, once it did.
    pub returned: Option<PaymentReturned>,
}

impl PaymentState {
    /// True while it was neither voided nor returned.
    #[must_use]
    pub const fn counts(&self) -> bool {
        self.voided.is_none() && self.returned.is_none()
    }
}

/// A time limit and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadlineState {
    /// The time limit as recorded.
    pub deadline: Deadline,
    /// When it was recorded.
    pub recorded_at: DateTime<FixedOffset>,
    /// How it ended, once it did.
    pub settled: Option<DeadlineSettled>,
}

/// A review as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewState {
    /// The review.
    pub review: Review,
    /// When it was recorded.
    pub recorded_at: DateTime<FixedOffset>,
}

/// What the borrower said about a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRuleState {
    /// As recorded.
    pub own: OwnRule,
    /// When it was recorded.
    pub recorded_at: DateTime<FixedOffset>,
}

/// An evidence record with its place in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceState {
    /// The record as recorded.
    pub record: EvidenceRecord,
    /// When it was recorded.
    pub recorded_at: DateTime<FixedOffset>,
    /// Its number in the ledger.
    pub seq: u64,
    /// The chain's hash at this entry.
    pub chain: Digest,
    /// The record that corrects it, once there is one.
    pub corrected_by: Option<EvidenceId>,
    /// Why it was deleted, once it was.
    pub removed: Option<String>,
}

/// A version of a letter and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterState {
    /// The letter as kept.
    pub letter: Letter,
    /// When it was kept.
    pub made_at: DateTime<FixedOffset>,
    /// Each time it went out.
    pub sent: Vec<LetterSent>,
    /// Proofs that came later.
    pub proved: Vec<LetterProved>,
    /// Each answer to it.
    pub answered: Vec<LetterAnswered>,
    /// The version that took its place.
    pub replaced_by: Option<LetterId>,
}

/// Which evidence records are asked for; the default asks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvidenceFilter {
    /// Only those about this loan.
    pub loan: Option<LoanId>,
    /// Only those of this kind.
    pub kind: Option<EvidenceKind>,
    /// Only those that were neither corrected nor deleted: what counts today.
    pub standing: bool,
    /// Only those that carry this, which are few among very many.
    pub with: Option<EvidenceMark>,
    /// At most so many.
    pub limit: Option<u32>,
    /// Only those that come after this record in the list: the last one already shown.
    pub before: Option<EvidenceId>,
}

/// What few records carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EvidenceMark {
    /// In which form something was confirmed.
    Confirmation,
    /// Promises.
    Promises,
    /// A collector among its people, or one of these labels.
    CollectorOr(&'static [&'static str]),
}

impl EvidenceFilter {
    /// What counts today about one loan, or about all and none.
    #[must_use]
    pub fn standing(loan: Option<LoanId>) -> Self {
        Self { loan, standing: true, ..Self::default() }
    }
}

/// Where a fact stands in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainEntry {
    /// Its number, from 1.
    pub seq: u64,
    /// Its leaf.
    pub leaf: Digest,
    /// The chain's hash at this entry.
    pub chain: Digest,
}

/// One entry of the ledger, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Its place.
    pub entry: ChainEntry,
    /// The fact's kind as written in the body.
    pub kind: String,
    /// Canonical JSON.
    pub body: Vec<u8>,
}

/// A fact with its place and its frozen bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactEntry {
    /// Its place.
    pub entry: ChainEntry,
    /// When it was recorded.
    pub recorded_at: DateTime<FixedOffset>,
    /// Canonical JSON.
    pub body: Vec<u8>,
    /// What it says.
    pub fact: Fact,
}

/// What was asked of a timestamp authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorRequest {
    /// SHA-256 of the head's bytes.
    pub imprint: Digest,
    /// The head's canonical bytes.
    pub head: Vec<u8>,
    /// The vault's signature over them.
    pub signature: [u8; 64],
    /// What the answer must repeat.
    pub nonce: u64,
    /// When it was asked.
    pub requested_at: DateTime<FixedOffset>,
}

/// A form that was half filled in. No fact: it may be changed and forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Which form, about what.
    pub name: String,
    /// What was typed, in the form's own JSON.
    pub body: String,
    /// When it was kept.
    pub saved_at: String,
}

/// A worksheet as it was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapacityState {
    /// What was stated.
    pub worksheet: Worksheet,
    /// When.
    pub recorded_at: DateTime<FixedOffset>,
}

/// A stage of a reminder that is settled: it will not speak again of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SettledReminder {
    /// Which.
    pub mark: ReminderMark,
    /// When it stood.
    pub stood_at: DateTime<FixedOffset>,
    /// When it was settled.
    pub settled_at: DateTime<FixedOffset>,
    /// How.
    pub settled: ReminderSettled,
    /// Until when it had been put off, if it spoke after that. Put off anew meanwhile, it stays so. Told when a stage is
    /// settled, and not kept.
    pub put_off: Option<DateTime<FixedOffset>>,
}

/// A promise with a day, in a record that no other corrects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedPromise {
    /// The record.
    pub record: EvidenceId,
    /// Its place in the record, from 0.
    pub position: u16,
    /// Who undertook it.
    pub by: PersonRole,
    /// What.
    pub what: String,
    /// By when.
    pub due: NaiveDate,
    /// The first loan the record concerns.
    pub loan: Option<LoanId>,
    /// When the record was written down.
    pub recorded_at: DateTime<FixedOffset>,
}

/// A chain that verifies: every entry is canonical, hashes to its leaf and is linked to the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainReport {
    /// Number of entries.
    pub count: u64,
    /// Hash of the last entry; of the genesis when there is none.
    pub h: Digest,
    /// RFC 6962 root over the leaves.
    pub root: Digest,
}

/// What is known about a vault besides its contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultInfo {
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// Version of its database schema.
    pub schema_version: u32,
    /// Cost of deriving the key from the passphrase.
    pub kdf: KdfCost,
    /// How much it holds.
    pub counts: Counts,
    /// Size of the database file and its log, in bytes.
    pub database_bytes: u64,
    /// Size of all stored files as encrypted, in bytes.
    pub object_bytes: u64,
}

/// How much a vault holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs)] // each counts what it is named after
pub struct Counts {
    pub facts: u64,
    pub parties: u64,
    pub loans: u64,
    pub payments: u64,
    pub evidence: u64,
    pub proposals: u64,
    pub agreements: u64,
    pub attachments: u64,
}

/// Everything a full check found. [`CheckReport::is_whole`] is the verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckReport {
    /// Whether the key file on the disk is the one this vault was opened with.
    pub keys_whole: bool,
    /// Pages whose ciphertext does not verify, in the words of the database.
    pub bad_pages: Vec<String>,
    /// Faults in the structure of the database, in its own words.
    pub faults: Vec<String>,
    /// The chain, or where it breaks first.
    pub chain: Result<ChainReport, CheckFault>,
    /// Tables whose rows are not what the ledger says.
    pub tables_differing: Vec<&'static str>,
    /// Files that are not whole.
    pub objects: Vec<ObjectFault>,
    /// Number of files read to their end.
    pub objects_read: u64,
}

/// Why the chain could not be confirmed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckFault {
    /// It breaks.
    #[error(transparent)]
    Broken(#[from] ChainBreak),
    /// It could not even be read.
    #[error("the ledger cannot be read: {0}")]
    Unreadable(String),
}

/// A stored file that is not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectFault {
    /// Which.
    pub attachment: AttachmentId,
    /// True when it is gone, false when it is changed.
    pub missing: bool,
}

impl CheckReport {
    /// True when nothing at all was found.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.keys_whole
            && self.bad_pages.is_empty()
            && self.faults.is_empty()
            && self.chain.is_ok()
            && self.tables_differing.is_empty()
            && self.objects.is_empty()
    }
}

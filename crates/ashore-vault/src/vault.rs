#![allow(clippy::todo, unused_variables, missing_docs, clippy::missing_errors_doc)]
use std::io::Read;
use std::path::Path;

use ashore_domain::*;
use ashore_evidence::SignedHead;
use chrono::{DateTime, FixedOffset, NaiveDate, Utc};

use crate::*;

/// An open vault. One process at a time; closed when dropped.
#[derive(Debug)]
pub struct Vault {}

impl Vault {
    pub fn exists(dir: &Path) -> bool { todo!() }
    pub fn create(dir: &Path, passphrase: &Sensitive<String>, cost: KdfCost, now: DateTime<Utc>) -> Result<(Self, RecoveryCode), CreateError> { todo!() }
    pub fn open(dir: &Path, secret: Secret<'_>) -> Result<Self, OpenError> { todo!() }
    pub fn change_passphrase(&mut self, current: Secret<'_>, new: &Sensitive<String>, cost: KdfCost) -> Result<(), RekeyError> { todo!() }
    pub fn new_recovery_code(&mut self, current: Secret<'_>, cost: KdfCost) -> Result<RecoveryCode, RekeyError> { todo!() }

    /// `recorded_at` stands in every fact; all or nothing.
    pub fn append(&mut self, facts: &[Fact], staged: Vec<Staged>, recorded_at: DateTime<FixedOffset>) -> Result<Vec<ChainEntry>, VaultError> { todo!() }
    pub fn stage(&self, source: &mut dyn Read, name: &str, mime: &str) -> Result<Staged, StageError> { todo!() }
    pub fn read_attachment(&self, id: AttachmentId) -> Result<AttachmentReader, VaultError> { todo!() }

    pub fn parties(&self) -> Result<Vec<Party>, VaultError> { todo!() }
    pub fn party(&self, id: PartyId) -> Result<Option<Party>, VaultError> { todo!() }
    pub fn loans(&self) -> Result<Vec<LoanState>, VaultError> { todo!() }
    pub fn loan(&self, id: LoanId) -> Result<Option<LoanState>, VaultError> { todo!() }
    pub fn payments(&self, loan: Option<LoanId>) -> Result<Vec<PaymentState>, VaultError> { todo!() }
    pub fn waivers(&self, loan: LoanId) -> Result<Vec<Waiver>, VaultError> { todo!() }
    pub fn proposals(&self, loan: Option<LoanId>) -> Result<Vec<Proposal>, VaultError> { todo!() }
    pub fn agreements(&self, loan: Option<LoanId>) -> Result<Vec<Agreement>, VaultError> { todo!() }
    pub fn latest_capacity(&self) -> Result<Option<Worksheet>, VaultError> { todo!() }
    pub fn evidence(&self, filter: &EvidenceFilter) -> Result<Vec<EvidenceState>, VaultError> { todo!() }
    pub fn evidence_record(&self, id: EvidenceId) -> Result<Option<EvidenceState>, VaultError> { todo!() }
    pub fn ledger(&self, after: u64, limit: u32) -> Result<Vec<LedgerEntry>, VaultError> { todo!() }

    pub fn setting(&self, name: &str) -> Result<Option<String>, VaultError> { todo!() }
    pub fn set_setting(&mut self, name: &str, value: Option<&str>) -> Result<(), VaultError> { todo!() }
    pub fn reminders_shown(&self) -> Result<Vec<ReminderShown>, VaultError> { todo!() }
    /// True the first time, false when it was already marked.
    pub fn mark_shown(&mut self, subject: ReminderSubject, stage: ReminderStage, due: NaiveDate, at: DateTime<FixedOffset>) -> Result<bool, VaultError> { todo!() }

    /// The head as of the last entry (its own instant; of an empty ledger the vault's creation), signed.
    pub fn head(&self) -> Result<SignedHead, VaultError> { todo!() }
    /// The head stated at `at`, signed.
    pub fn head_at(&self, at: DateTime<FixedOffset>) -> Result<SignedHead, VaultError> { todo!() }
    /// `VaultError::ChainBroken` names the first break.
    pub fn verify_chain(&self) -> Result<ChainReport, VaultError> { todo!() }
    pub fn check(&self) -> Result<CheckReport, VaultError> { todo!() }
    pub fn compact(&mut self) -> Result<(), VaultError> { todo!() }
    pub fn info(&self) -> Result<VaultInfo, VaultError> { todo!() }
}

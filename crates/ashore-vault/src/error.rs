use std::io;

use ashore_domain::{
    AgreementId, AttachmentId, DeadlineId, EvidenceId, LetterId, LoanId, PartyId, PaymentId, ProposalId,
};
use ashore_evidence::ChainBreak;

use crate::record::RecordError;

/// Why something asked of an open vault did not happen. Nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// A fact names a party that was never recorded.
    #[error("there is no party {0}")]
    UnknownParty(PartyId),
    /// A fact names a loan that was never opened.
    #[error("there is no loan {0}")]
    UnknownLoan(LoanId),
    /// A fact names a payment that was never recorded.
    #[error("there is no payment {0}")]
    UnknownPayment(PaymentId),
    /// A fact names an evidence record that does not exist.
    #[error("there is no evidence record {0}")]
    UnknownEvidence(EvidenceId),
    /// A fact names an offer that does not exist.
    #[error("there is no proposal {0}")]
    UnknownProposal(ProposalId),
    /// A fact names an agreement that does not exist.
    #[error("there is no agreement {0}")]
    UnknownAgreement(AgreementId),
    /// A fact names a letter that does not exist.
    #[error("there is no letter {0}")]
    UnknownLetter(LetterId),
    /// No such file is kept here.
    #[error("there is no attachment {0}")]
    UnknownAttachment(AttachmentId),
    /// The identifier is taken by an earlier fact.
    #[error("a {what} with the identifier {id} is already recorded")]
    AlreadyRecorded {
        /// Kind of thing.
        what: &'static str,
        /// Its identifier.
        id: String,
    },
    /// A fact names a time limit that was never recorded.
    #[error("there is no time limit {0}")]
    UnknownDeadline(DeadlineId),
    /// A time limit ends once.
    #[error("time limit {0} is already over")]
    AlreadySettled(DeadlineId),
    /// A payment is voided or returned once.
    #[error("payment {0} is already voided or returned")]
    AlreadyVoided(PaymentId),
    /// A loan is closed once.
    #[error("loan {0} is already closed")]
    AlreadyClosed(LoanId),
    /// A record is corrected once; the next correction corrects the newer record.
    #[error("evidence record {record} is already corrected by {by}")]
    AlreadyCorrected {
        /// The old record.
        record: EvidenceId,
        /// The record that corrects it.
        by: EvidenceId,
    },
    /// A record is deleted once.
    #[error("evidence record {0} is already deleted")]
    AlreadyRemoved(EvidenceId),
    /// The file went with the last record it belonged to.
    #[error("the file {0} was deleted with its record")]
    AttachmentRemoved(AttachmentId),
    /// An agreement is superseded once.
    #[error("agreement {agreement} is already superseded by {by}")]
    AlreadySuperseded {
        /// The old agreement.
        agreement: AgreementId,
        /// The one in its place.
        by: AgreementId,
    },
    /// The offer or agreement named belongs to another loan.
    #[error("{what} {id} belongs to another loan")]
    OfAnotherLoan {
        /// Kind of thing.
        what: &'static str,
        /// Its identifier.
        id: String,
    },
    /// A record names a file that was neither staged nor stored before.
    #[error("the file {0} was not staged")]
    FileNotStaged(AttachmentId),
    /// A record states another size or digest than the stored file has.
    #[error("the record's size or digest of file {0} is not that of the stored file")]
    FileDiffers(AttachmentId),
    /// A fact that promises what it does not hold.
    #[error("{field}: {reason}")]
    Unsound {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A stored fact cannot be read, or a new one cannot be written down.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The ledger does not verify.
    #[error(transparent)]
    ChainBroken(#[from] ChainBreak),
    /// An attached file is gone from the vault's folder.
    #[error("the stored file {0} is missing")]
    ObjectMissing(AttachmentId),
    /// An attached file was changed behind the vault's back.
    #[error("the stored file {0} is damaged")]
    ObjectDamaged(AttachmentId),
    /// The database is damaged.
    #[error("the database is damaged")]
    DatabaseDamaged,
    /// The disk is full.
    #[error("there is no space left on the disk")]
    NoSpace,
    /// The disk or the operating system refused.
    #[error("{doing}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The database refused for a reason that should not occur.
    #[error("the database refused: {0}")]
    Database(String),
}

/// Why a vault was not created. The folder is as it was.
#[derive(Debug, thiserror::Error)]
pub enum CreateError {
    /// A vault is there already.
    #[error("there is a vault already")]
    AlreadyThere,
    /// The folder holds something else.
    #[error("the folder is not empty")]
    FolderNotEmpty,
    /// An empty passphrase protects nothing.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// Another process is at work in this folder.
    #[error("another process uses this folder")]
    InUse,
    /// The disk is full.
    #[error("there is no space left on the disk")]
    NoSpace,
    /// The disk or the operating system refused.
    #[error("{doing}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The new database refused.
    #[error("the database refused: {0}")]
    Database(String),
}

/// Why a vault does not open. Each case asks for something else from the user.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No vault in this folder.
    #[error("there is no vault here")]
    NoVault,
    /// The passphrase or the recovery code is not this vault's.
    #[error("the passphrase or recovery code is wrong")]
    WrongSecret,
    /// The recovery code fails its own checksum: a typing mistake, not a wrong code.
    #[error("the recovery code has a typing mistake")]
    RecoveryCodeMistyped,
    /// `keys.json` is missing or was changed.
    #[error("the key file is damaged: {reason}")]
    HeaderDamaged {
        /// What is wrong with it.
        reason: &'static str,
    },
    /// `keys.json` asks for a cheaper key derivation than Ashore ever writes: somebody weakened it.
    #[error("the key file asks for a key derivation that is too weak")]
    HeaderTooWeak,
    /// The key is right and the database still cannot be read.
    #[error("the database is damaged")]
    DatabaseDamaged,
    /// A newer Ashore wrote this vault.
    #[error("this vault is of version {found}, this program knows {known}")]
    NewerSchema {
        /// The vault's version.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// Another process has it open.
    #[error("another process has this vault open")]
    InUse,
    /// The disk is full.
    #[error("there is no space left on the disk")]
    NoSpace,
    /// The disk or the operating system refused.
    #[error("{doing}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// The database refused for a reason that should not occur.
    #[error("the database refused: {0}")]
    Database(String),
}

/// Why passphrase or recovery code were not replaced. The old ones still open the vault.
#[derive(Debug, thiserror::Error)]
pub enum RekeyError {
    /// The passphrase or recovery code given to prove who asks is wrong.
    #[error("the passphrase or recovery code is wrong")]
    WrongSecret,
    /// The recovery code fails its own checksum.
    #[error("the recovery code has a typing mistake")]
    RecoveryCodeMistyped,
    /// An empty passphrase protects nothing.
    #[error("the passphrase is empty")]
    EmptyPassphrase,
    /// The disk is full.
    #[error("there is no space left on the disk")]
    NoSpace,
    /// The disk or the operating system refused.
    #[error("{doing}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

/// Why a file was not staged. Nothing of it is left on the disk.
#[derive(Debug, thiserror::Error)]
pub enum StageError {
    /// The file could not be read to its end: it vanished, or its medium failed.
    #[error("the file could not be read to its end: {0}")]
    Source(io::Error),
    /// The disk is full.
    #[error("there is no space left on the disk")]
    NoSpace,
    /// The disk or the operating system refused.
    #[error("{doing}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

//! The encrypted store: nothing that was acknowledged is lost, nothing that was recorded is silently changed, and
//! without the passphrase or the recovery code nothing can be read.
//!
//! A vault is a folder: `keys.json` (wrapped keys), `vault.db` (SQLCipher), `objects/` (attached files, each
//! encrypted under its own key). The table `fact` is an append-only, hash-chained ledger and the only source of
//! truth; all other tables of facts are projections of it, written in the same transaction.

mod append;
mod attachment;
mod backup;
mod check;
mod custody;
mod database;
mod error;
mod fault;
#[cfg(all(test, feature = "faults"))]
#[path = "tests/faults/mod.rs"]
mod faults;
mod folder;
mod import;
mod info;
mod key;
#[cfg(all(test, feature = "measures"))]
#[path = "tests/measures.rs"]
mod measures;
mod migration;
mod open;
mod prepare;
mod record;
mod rekey;
mod search;
mod state;
mod table;
mod vault;

pub use attachment::{AttachmentReader, Staged};
pub use backup::{
    BackupError, BackupSummary, LeftOut, OnProgress, Progress, Snapshot, restore_backup, verify_backup,
};
pub use error::{CreateError, OpenError, RekeyError, StageError, VaultError};
pub use import::{Importing, content_key};
pub use key::{KdfCost, RecoveryCode, Secret};
pub use record::RecordError;
pub use search::{SearchQuery, fold, marks, needles, texts};
pub use state::{
    AnchorRequest, CapacityState, ChainEntry, ChainReport, CheckFault, CheckReport, Counts, DatedPromise,
    DeadlineState, Draft, EvidenceFilter, EvidenceMark, EvidenceState, FactEntry, LedgerEntry, LetterState,
    LoanState, ObjectFault, OwnRuleState, PaymentState, ReviewState, SettledReminder, VaultInfo,
};
pub use vault::{Interrupter, Vault};

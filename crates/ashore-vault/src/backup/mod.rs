//! One `age` file that holds a whole vault: written beside its place, synced, read back to its last byte and only then
//! put in place; and the way back, which places nothing before everything was verified.
//!
//! Inside the `age` envelope (passphrase recipient) lies a tar, in this order:
//!
//! ```text
//! ashore-backup/README.txt               how to read the rest without this program
//! ashore-backup/vault/keys.json          byte for byte
//! ashore-backup/vault/vault.db           byte for byte, its log already folded in
//! ashore-backup/ledger.jsonl             every fact in clear, a line each, in the order of the ledger
//! ashore-backup/vault/objects/ab/<id>    each attached file as it lies in the vault
//! ashore-backup/manifest.json            what must be there: sizes, SHA-256, counts, head of the chain
//! ```

mod envelope;
mod error;
mod examine;
mod manifest;
mod object;
mod restore;
mod snapshot;
mod write;

pub use error::BackupError;
pub use manifest::{BackupSummary, LeftOut};
#[cfg(all(test, feature = "faults"))]
pub(crate) use restore::restore_by_key;
pub use restore::{restore_backup, verify_backup};
pub use snapshot::Snapshot;

/// How far a long work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// True while what was written is read back, or while a file is only read.
    pub verifying: bool,
    /// Bytes done.
    pub done: u64,
    /// Bytes in all, as far as is known.
    pub total: u64,
}

/// Hears of progress; `false` stops the work, which then leaves nothing.
pub type OnProgress<'a> = &'a mut dyn FnMut(Progress) -> bool;

/// Folder inside the tar that everything lies in.
const TOP: &str = "ashore-backup/";
const README: &str = "README.txt";
const KEYS: &str = "vault/keys.json";
const DATABASE: &str = "vault/vault.db";
const LEDGER: &str = "ledger.jsonl";
const OBJECTS: &str = "vault/objects/";
const MANIFEST: &str = "manifest.json";

use std::io;

use crate::VaultError;
use crate::fault::Fault;

/// Why a backup was not made, not confirmed or not restored. No vault was changed, and nothing half-done is left.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The passphrase or recovery code does not open it.
    #[error("the passphrase or recovery code does not open this")]
    WrongSecret,
    /// The recovery code fails its own checksum.
    #[error("the recovery code has a typing mistake")]
    RecoveryCodeMistyped,
    /// The file is no backup, was cut short or was changed.
    #[error("the backup is not whole: {0}")]
    Damaged(String),
    /// A newer Ashore wrote it.
    #[error("this backup is of version {found}, this program knows {known}")]
    Newer {
        /// The version found.
        found: u32,
        /// The newest this program knows.
        known: u32,
    },
    /// The file cannot be read at all.
    #[error("the backup file cannot be read: {0}")]
    Unreadable(io::Error),
    /// Something lies where the vault should be restored to.
    #[error("the folder is not empty; a backup is restored into an empty or a new one")]
    FolderNotEmpty,
    /// The vault it should be made of is not whole.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The user stopped it.
    #[error("stopped")]
    Stopped,
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

impl From<Fault> for BackupError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NoSpace => Self::NoSpace,
            Fault::Io { doing, source } => Self::Io { doing, source },
            Fault::Damaged => Self::Damaged("its database does not verify".to_owned()),
            Fault::Database(text) => Self::Io { doing: "using the database", source: io::Error::other(text) },
        }
    }
}

impl From<rusqlite::Error> for BackupError {
    fn from(error: rusqlite::Error) -> Self {
        Fault::from(error).into()
    }
}

impl BackupError {
    pub(super) fn damaged(reason: impl Into<String>) -> Self {
        Self::Damaged(reason.into())
    }
}

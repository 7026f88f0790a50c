//! The wire form of facts, frozen: what is hashed, chained and kept for ever.

/// Why a fact cannot be written down or read back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The fact holds something that has no exact text form.
    #[error("the fact cannot be written down exactly: {0}")]
    Unwritable(String),
    /// A newer Ashore wrote it.
    #[error("a fact of kind {kind} is of version {found}, this program knows {known}")]
    NewerVersion {
        /// Kind of fact.
        kind: String,
        /// Its version.
        found: u64,
        /// The newest version this program knows.
        known: u64,
    },
    /// A newer Ashore wrote it, or it is no fact of ours.
    #[error("a fact of the unknown kind {0}")]
    UnknownKind(String),
    /// Not a record of ours.
    #[error("a fact cannot be read: {0}")]
    Unreadable(String),
}

use std::fmt;

/// Something in a pack that does not hold, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackFault {
    /// The file.
    pub path: String,
    /// The line in it, from 1, where that is known.
    pub line: Option<u64>,
    /// The number of the entry in the vault's chain, where that is known.
    pub entry: Option<u64>,
    /// What does not hold.
    pub what: PackFaultKind,
}

/// What does not hold.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackFaultKind {
    /// The file is not there.
    #[error("is missing")]
    Missing,
    /// No manifest names it.
    #[error("does not belong to the pack")]
    Extra,
    /// A link or a device.
    #[error("is not a plain file")]
    NotPlain,
    /// A name that leads out of the pack or hides what it is.
    #[error("has a name no pack has")]
    UnsafeName,
    /// The medium failed, or the archive is damaged there.
    #[error("cannot be read: {0}")]
    Unreadable(String),
    /// Larger than such a file or line ever is.
    #[error("is too large to be genuine")]
    TooLarge,
    /// The bytes are not those of the manifest.
    #[error("was changed: its digest is not that of the manifest")]
    Digest,
    /// Not in the form such a file has.
    #[error("is not in the form it has in a pack")]
    Form,
    /// The seal is not by the pack's key over the pack's manifests.
    #[error("does not fit: manifests, key or signature were changed after the pack was made")]
    Seal,
    /// The head is not signed by the pack's key.
    #[error("is not signed by the key of this pack")]
    HeadSignature,
    /// Body and leaf differ.
    #[error("the record's text was changed")]
    Record,
    /// Another entry stands here.
    #[error("an entry is missing, doubled, out of order or does not belong here")]
    Order,
    /// The link in the chain does not fit.
    #[error("the link to the entries before it does not fit")]
    Link,
    /// The Merkle path does not lead to the head.
    #[error("the proof does not lead to the head")]
    Proof,
    /// Not as many entries as stated.
    #[error("has {found} entries, not {stated}")]
    Count {
        /// Entries found.
        found: u64,
        /// Entries stated.
        stated: u64,
    },
    /// All entries are there and the head says otherwise.
    #[error("states another end of the chain than the entries have")]
    Head,
    /// A record names a file that is not in the pack.
    #[error("names a file that is not in the pack (SHA-256 {0})")]
    FileMissing(String),
    /// A stamp that is none, or about something else.
    #[error("{0}")]
    Stamp(#[from] crate::stamp::StampError),
    /// The anchored head is no earlier state of the pack's head.
    #[error("the anchored head is not an earlier state of this pack's head")]
    Consistency,
}

impl PackFaultKind {
    /// Short name, stable.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Extra => "extra",
            Self::NotPlain => "not_plain",
            Self::UnsafeName => "unsafe_name",
            Self::Unreadable(_) => "unreadable",
            Self::TooLarge => "too_large",
            Self::Digest => "digest",
            Self::Form => "form",
            Self::Seal => "seal",
            Self::HeadSignature => "head_signature",
            Self::Record => "record",
            Self::Order => "order",
            Self::Link => "link",
            Self::Proof => "proof",
            Self::Count { .. } => "count",
            Self::Head => "head",
            Self::FileMissing(_) => "file_missing",
            Self::Stamp(_) => "stamp",
            Self::Consistency => "consistency",
        }
    }
}

impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        if let Some(entry) = self.entry {
            write!(f, " (entry {entry})")?;
        }
        write!(f, ": {}", self.what)
    }
}

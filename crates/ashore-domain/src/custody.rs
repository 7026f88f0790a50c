use chrono::{DateTime, Utc};

use crate::{EvidenceId, LoanId};

/// Something was taken out of the vault for others to see. Who gets what, and when, is part of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custody {
    /// What was made.
    pub action: CustodyAction,
    /// About which loans; none means everything.
    pub loans: Vec<LoanId>,
    /// The evidence records that went with it.
    pub records: Vec<EvidenceId>,
    /// Third persons are masked in it.
    pub masked: bool,
    /// The bytes of the files went with it.
    pub originals: bool,
    /// SHA-256 over the manifests of a pack, which its seal signs.
    pub seal: Option<[u8; 32]>,
}

/// What was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CustodyAction {
    /// An evidence pack.
    PackExported,
    /// Everything in open formats.
    OpenExported,
}

/// An outside authority stated that it saw a head of this vault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// Number of entries the head covers.
    pub entries: u64,
    /// The head's canonical bytes, exactly as they were stamped.
    pub head: Vec<u8>,
    /// The vault's signature over them.
    pub signature: [u8; 64],
    /// When the authority saw it, by its own clock.
    pub stamped_at: DateTime<Utc>,
    /// What the authority calls itself.
    pub authority: Option<String>,
    /// Its whole response (RFC 3161), byte for byte.
    pub response: Vec<u8>,
}

/// What the borrower thinks of a suggestion of the conduct check. The next one about the same records holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConductReview {
    /// The rule's identifier.
    pub rule: String,
    /// The records the suggestion cites.
    pub records: Vec<EvidenceId>,
    /// What they think.
    pub verdict: ReviewVerdict,
    /// In words.
    pub note: Option<String>,
}

/// What a person thinks of a suggestion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReviewVerdict {
    /// It is so.
    Confirmed,
    /// It is not.
    Dismissed,
}

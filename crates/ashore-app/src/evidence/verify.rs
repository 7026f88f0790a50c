use ashore_vault::VaultError;
use serde::Serialize;
use specta::Type;

use crate::AppError;
use crate::session::{App, Unlocked};

/// What the check of the chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct EvidenceReport {
    /// Every entry is as it was recorded and the head's signature holds.
    pub whole: bool,
    /// Entries in the chain, as text; up to the first break when there is one.
    pub count: String,
    /// The chain's head, in hex; empty when the chain is broken, for no head is signed over that.
    pub head: String,
    /// Merkle root over all leaves, in hex; empty when the chain is broken.
    pub root: String,
    /// The first break, in a sentence that names the entry.
    pub first_break: Option<String>,
}

impl App<Unlocked> {
    /// Recomputes the whole chain from the stored bytes. It shows that nothing changed since it was recorded here;
    /// towards others it proves "unchanged since the earliest outside anchor", no more.
    ///
    /// # Errors
    /// The vault cannot be read; a break is a report, not an error.
    pub fn verify_evidence(&self) -> Result<EvidenceReport, AppError> {
        match self.state.vault.verify_chain() {
            Ok(report) => Ok(EvidenceReport {
                whole: true,
                count: report.count.to_string(),
                head: report.h.to_string(),
                root: report.root.to_string(),
                first_break: None,
            }),
            Err(VaultError::ChainBroken(broken)) => Ok(EvidenceReport {
                whole: false,
                count: broken.n.saturating_sub(1).to_string(),
                head: String::new(),
                root: String::new(),
                first_break: Some(broken.to_string()),
            }),
            Err(other) => Err(other.into()),
        }
    }
}

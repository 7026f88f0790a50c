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
    /// Entries in the chain, as text.
    pub count: String,
    /// The chain's head, in hex.
    pub head: String,
    /// Merkle root over all leaves, in hex.
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
        let head = self.state.vault.head()?.head;
        let first_break = match self.state.vault.verify_chain() {
            Ok(_) => None,
            Err(VaultError::ChainBroken(broken)) => Some(broken.to_string()),
            Err(other) => return Err(other.into()),
        };
        Ok(EvidenceReport {
            whole: first_break.is_none(),
            count: head.n.to_string(),
            head: head.h.to_string(),
            root: head.root.to_string(),
            first_break,
        })
    }
}

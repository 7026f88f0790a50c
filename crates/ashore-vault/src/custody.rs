use ashore_domain::{Anchor, ConductReview, Custody, Sensitive};
use ashore_evidence::{Digest, head};
use chrono::{DateTime, FixedOffset};

use crate::{AnchorRequest, ChainEntry, FactEntry, Vault, VaultError, record, table};

impl Vault {
    /// The leaves of all entries in order: what every proof is computed from.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn leaves(&self) -> Result<Vec<Digest>, VaultError> {
        table::leaves(&self.db)
    }

    /// Hands every fact to `take` in order, one at a time, with its bytes; `take` may refuse to go on.
    ///
    /// # Errors
    /// What `take` said, or the database is damaged or unreadable.
    pub fn each_fact<E: From<VaultError>>(
        &self,
        mut take: impl FnMut(FactEntry) -> Result<(), E>,
    ) -> Result<(), E> {
        const AT_ONCE: u32 = 512;
        let mut after = 0;
        loop {
            let entries = self.ledger(after, AT_ONCE)?;
            let Some(last) = entries.last() else { return Ok(()) };
            after = last.entry.seq;
            for found in entries {
                let recorded = record::decode(&found.body).map_err(VaultError::from)?;
                let entry: ChainEntry = found.entry;
                take(FactEntry { entry, recorded_at: recorded.at, body: found.body, fact: recorded.fact })?;
            }
        }
    }

    /// The vault's Ed25519 signature over the manifests of a pack.
    ///
    /// # Errors
    /// The key is damaged.
    pub fn seal(&self, manifests: &[u8]) -> Result<[u8; 64], VaultError> {
        let seed: Sensitive<[u8; 32]> =
            Sensitive::new(self.signing_key.bytes().try_into().map_err(|_| VaultError::DatabaseDamaged)?);
        // Exposed to sign with.
        Ok(head::sign(seed.expose(), manifests))
    }

    /// Remembers what was asked of an authority, so that its answer is known when it comes.
    ///
    /// # Errors
    /// The disk is full or the database unwritable.
    pub fn remember_anchor_request(&mut self, request: &AnchorRequest) -> Result<(), VaultError> {
        table::remember_request(&self.db, request)
    }

    /// What was asked of authorities, about one head or all, the latest first.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn anchor_requests(&self, imprint: Option<Digest>) -> Result<Vec<AnchorRequest>, VaultError> {
        table::requests(&self.db, imprint)
    }

    /// What outside authorities stamped, the earliest first.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn anchors(&self) -> Result<Vec<Anchor>, VaultError> {
        table::anchors(&self.db)
    }

    /// What was taken out of the vault and when, the latest first.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn exports(&self) -> Result<Vec<(Custody, DateTime<FixedOffset>)>, VaultError> {
        table::exports(&self.db)
    }

    /// What the borrower thought of suggestions of the conduct check, in the order it was recorded.
    ///
    /// # Errors
    /// The database is damaged or unreadable.
    pub fn conduct_reviews(&self) -> Result<Vec<ConductReview>, VaultError> {
        table::reviews(&self.db)
    }
}

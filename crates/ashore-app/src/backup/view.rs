use std::path::Path;

use ashore_vault::BackupSummary;
use serde::Serialize;
use specta::Type;

/// What is in a backup; all of it was proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct BackupView {
    /// The file.
    pub file: String,
    /// Its size in bytes, as text.
    pub bytes: String,
    /// When it was made.
    pub made_at: String,
    /// Identity of the vault in it.
    pub vault: String,
    /// When that vault was created.
    pub vault_created_at: String,
    /// Everything ever recorded.
    pub facts: u32,
    /// Loans.
    pub loans: u32,
    /// Payments.
    pub payments: u32,
    /// Evidence records.
    pub evidence: u32,
    /// Offers.
    pub proposals: u32,
    /// Agreements.
    pub agreements: u32,
    /// Attached files.
    pub attachments: u32,
    /// The chain's hash at its end.
    pub head: String,
    /// Attached files that were not whole when it was made, and so are not in it.
    pub left_out: Vec<BackupLeftOut>,
}

/// An attached file that could not be saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct BackupLeftOut {
    /// Which.
    pub attachment: String,
    /// True when it was gone, false when it was changed.
    pub missing: bool,
}

impl BackupView {
    pub(super) fn new(file: &Path, summary: &BackupSummary) -> Self {
        let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        let counts = &summary.counts;
        let left_out = summary
            .left_out
            .iter()
            .map(|l| BackupLeftOut { attachment: l.attachment.to_string(), missing: l.missing });
        Self {
            file: file.display().to_string(),
            bytes: file.metadata().map_or(0, |data| data.len()).to_string(),
            made_at: summary.made_at.to_rfc3339(),
            vault: summary.vault.clone(),
            vault_created_at: summary.vault_created_at.to_rfc3339(),
            facts: count(counts.facts),
            loans: count(counts.loans),
            payments: count(counts.payments),
            evidence: count(counts.evidence),
            proposals: count(counts.proposals),
            agreements: count(counts.agreements),
            attachments: count(counts.attachments),
            head: summary.head.to_string(),
            left_out: left_out.collect(),
        }
    }
}

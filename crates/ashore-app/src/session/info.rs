use serde::Serialize;

use super::{App, Unlocked};
use crate::AppError;

/// What is known about the vault besides its contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // each is what it is named after
pub struct VaultInfoView {
    pub created_at: String,
    pub schema_version: u32,
    pub facts: u64,
    pub parties: u64,
    pub loans: u64,
    pub payments: u64,
    pub evidence: u64,
    pub proposals: u64,
    pub agreements: u64,
    pub attachments: u64,
    pub database_bytes: u64,
    pub object_bytes: u64,
}

/// What a full check of the vault found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VaultCheckView {
    /// Nothing at all was found.
    pub whole: bool,
    /// What was found, a sentence each.
    pub faults: Vec<String>,
    /// Files read to their end.
    pub objects_read: u64,
}

impl App<Unlocked> {
    /// What is known about the vault besides its contents.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn vault_info(&self) -> Result<VaultInfoView, AppError> {
        let info = self.state.vault.info()?;
        let counts = info.counts;
        Ok(VaultInfoView {
            created_at: info.created_at.to_rfc3339(),
            schema_version: info.schema_version,
            facts: counts.facts,
            parties: counts.parties,
            loans: counts.loans,
            payments: counts.payments,
            evidence: counts.evidence,
            proposals: counts.proposals,
            agreements: counts.agreements,
            attachments: counts.attachments,
            database_bytes: info.database_bytes,
            object_bytes: info.object_bytes,
        })
    }

    /// Reads everything there is, ciphertext, structure, chain, tables and files, and says what is not whole.
    ///
    /// # Errors
    /// The check itself could not run.
    pub fn check_vault(&self) -> Result<VaultCheckView, AppError> {
        let report = self.state.vault.check()?;
        let mut faults = Vec::new();
        if !report.keys_whole {
            faults.push("keys.json on the disk is not the one this vault was opened with".to_owned());
        }
        faults.extend(report.bad_pages.iter().cloned());
        faults.extend(report.faults.iter().cloned());
        faults.extend(report.chain.as_ref().err().map(ToString::to_string));
        faults.extend(report.tables_differing.iter().map(|t| format!("table {t} differs from the ledger")));
        faults.extend(report.objects.iter().map(|o| {
            let what = if o.missing { "is missing" } else { "is damaged" };
            format!("the stored file {} {what}", o.attachment)
        }));
        Ok(VaultCheckView { whole: report.is_whole(), faults, objects_read: report.objects_read })
    }

    /// Gives unused space back to the disk.
    ///
    /// # Errors
    /// The disk refuses.
    pub fn compact_vault(&mut self) -> Result<(), AppError> {
        Ok(self.state.vault.compact()?)
    }
}

use std::path::Path;

use ashore_domain::Sensitive;
use ashore_vault::{OnProgress, Secret};

use super::BackupView;
use super::state::keep;
use crate::AppError;
use crate::session::{App, Locked, UnlockBy, UnlockRequest, Unlocked};

/// Reads a backup to its last byte and proves that a vault can be restored from it. Needs no vault and touches none.
///
/// # Errors
/// The file cannot be read, is damaged in any bit, or another secret opens it.
pub fn verify_backup(
    file: &Path,
    request: UnlockRequest,
    on: OnProgress<'_>,
) -> Result<BackupView, AppError> {
    let given = Sensitive::new(request.secret);
    let summary = ashore_vault::verify_backup(file, of(request.by, &given), on)?;
    Ok(BackupView::new(file, &summary))
}

const fn of(by: UnlockBy, given: &Sensitive<String>) -> Secret<'_> {
    match by {
        UnlockBy::Passphrase => Secret::Passphrase(given),
        UnlockBy::RecoveryCode => Secret::RecoveryCode(given),
    }
}

impl App<Locked> {
    /// Restores a vault into this place, where none may be. It is opened with the same secret afterwards.
    ///
    /// # Errors
    /// As [`verify_backup`]; something lies there; the disk refuses. Nothing was placed then.
    pub fn restore_backup(
        &self,
        file: &Path,
        request: UnlockRequest,
        on: OnProgress<'_>,
    ) -> Result<BackupView, AppError> {
        let given = Sensitive::new(request.secret);
        let summary = ashore_vault::restore_backup(file, of(request.by, &given), self.place.vault(), on)?;
        Ok(BackupView::new(file, &summary))
    }
}

impl App<Unlocked> {
    /// Remembers that a backup of this vault was verified to its last byte: the yearly drill. One of another vault
    /// proves nothing about this one. True when it counts.
    ///
    /// # Errors
    /// The vault cannot be written.
    pub fn note_drill(&mut self, verified: &BackupView) -> Result<bool, AppError> {
        if verified.vault != self.state.vault.identity() {
            return Ok(false);
        }
        let now = self.clock.now().to_rfc3339();
        keep(&mut self.state.vault, "backup.drill", &now)?;
        Ok(true)
    }
}

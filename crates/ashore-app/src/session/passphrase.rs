use ashore_domain::Sensitive;
use ashore_vault::{KdfCost, Secret};
use serde::Deserialize;
use specta::Type;

use super::create::{CreatedVault, checked_passphrase};
use super::unlock::UnlockBy;
use super::{App, Unlocked};
use crate::AppError;

/// A new passphrase for the same vault.
#[derive(Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ChangePassphraseRequest {
    /// What opens the vault now.
    pub current: String,
    /// Which of the two it is.
    pub by: UnlockBy,
    /// The new passphrase.
    pub new_passphrase: String,
}

impl App<Unlocked> {
    /// Re-wraps the vault's key under a new passphrase; the recovery code stays.
    ///
    /// # Errors
    /// The current secret is wrong, the new passphrase too short, or the disk refuses.
    pub fn change_passphrase(
        &mut self,
        request: ChangePassphraseRequest,
        cost: KdfCost,
    ) -> Result<(), AppError> {
        let current = Sensitive::new(request.current);
        let new = checked_passphrase(request.new_passphrase)?;
        let secret = match request.by {
            UnlockBy::Passphrase => Secret::Passphrase(&current),
            UnlockBy::RecoveryCode => Secret::RecoveryCode(&current),
        };
        Ok(self.state.vault.change_passphrase(secret, &new, cost)?)
    }

    /// Replaces the recovery code; the old one no longer opens anything.
    ///
    /// # Errors
    /// The passphrase is wrong or the disk refuses.
    pub fn new_recovery_code(&mut self, passphrase: String, cost: KdfCost) -> Result<CreatedVault, AppError> {
        let passphrase = Sensitive::new(passphrase);
        let code = self.state.vault.new_recovery_code(Secret::Passphrase(&passphrase), cost)?;
        Ok(CreatedVault { recovery_code: code.to_string() })
    }
}

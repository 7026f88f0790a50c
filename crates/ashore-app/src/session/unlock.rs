use ashore_domain::Sensitive;
use ashore_vault::{Secret, Vault};
use serde::Deserialize;
use specta::Type;

use super::{App, Locked, Unlocked};
use crate::AppError;

/// Opening the vault.
#[derive(Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct UnlockRequest {
    /// Passphrase or recovery code.
    pub secret: String,
    /// Which of the two.
    pub by: UnlockBy,
}

/// What opens the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum UnlockBy {
    /// The passphrase.
    Passphrase,
    /// The recovery code.
    RecoveryCode,
}

impl App<Locked> {
    /// Opens the vault. On a refusal the app comes back as it was and the data is unchanged.
    ///
    /// # Errors
    /// Wrong secret, no or damaged vault, a newer schema, or another process has it open: each its own code.
    #[allow(clippy::result_large_err)] // the app itself comes back
    pub fn unlock(self, request: UnlockRequest) -> Result<App<Unlocked>, (Self, AppError)> {
        let given = Sensitive::new(request.secret);
        let secret = match request.by {
            UnlockBy::Passphrase => Secret::Passphrase(&given),
            UnlockBy::RecoveryCode => Secret::RecoveryCode(&given),
        };
        match Vault::open(self.place.vault(), secret) {
            Ok(vault) => {
                let spoke = self.state.reminders.spoke(&self.place);
                let mut app = self.open(vault, false);
                match app.remember_shown_while_locked(&spoke) {
                    Ok(()) => Ok(app),
                    Err(error) => Err((app.lock_as_before(), error)),
                }
            }
            Err(error) => Err((self, error.into())),
        }
    }
}

use ashore_domain::Sensitive;
use ashore_vault::{KdfCost, Vault};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{App, Locked, Settings, Unlocked};
use crate::{AppError, ErrorCode};

/// Shortest passphrase, in characters. Length is what helps; nothing else is asked of it.
pub(super) const PASSPHRASE_MIN: usize = 8;

/// A new vault.
#[derive(Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CreateVaultRequest {
    /// The passphrase.
    pub passphrase: String,
    /// Others use this computer too.
    pub shared_computer: bool,
}

/// What the user must write down.
#[derive(Serialize, Type)]
pub struct CreatedVault {
    /// Opens the vault when the passphrase is lost. Shown once.
    pub recovery_code: String,
}

pub(super) fn checked_passphrase(passphrase: String) -> Result<Sensitive<String>, AppError> {
    let passphrase = Sensitive::new(passphrase);
    // Counted, not kept: the length decides.
    if passphrase.expose().chars().count() < PASSPHRASE_MIN {
        return Err(AppError::field(
            ErrorCode::PassphraseTooShort,
            "passphrase",
            format!("a passphrase has at least {PASSPHRASE_MIN} characters"),
        ));
    }
    Ok(passphrase)
}

impl App<Locked> {
    /// Makes the vault and opens it. On a refusal the app comes back as it was.
    ///
    /// # Errors
    /// The passphrase is too short, a vault is already there, or the disk refuses.
    #[allow(clippy::result_large_err)] // the app itself comes back
    pub fn create_vault(
        self,
        request: CreateVaultRequest,
        cost: KdfCost,
    ) -> Result<(App<Unlocked>, CreatedVault), (Self, AppError)> {
        let made = checked_passphrase(request.passphrase).and_then(|passphrase| {
            let now = self.clock.now().to_utc();
            let (mut vault, code) = Vault::create(self.place.vault(), &passphrase, cost, now)?;
            Settings::proposed(request.shared_computer).write(&mut vault)?;
            Ok((vault, CreatedVault { recovery_code: code.to_string() }))
        });
        match made {
            Ok((vault, created)) => Ok((self.open(vault, false), created)),
            Err(error) => Err((self, error)),
        }
    }
}

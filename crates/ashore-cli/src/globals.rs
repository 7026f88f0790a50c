use std::path::PathBuf;

use ashore_app::AppError;
use ashore_app::ErrorCode;
use ashore_app::clock::Clock;
use ashore_app::session::{App, Locked, Place, UnlockBy, UnlockRequest, Unlocked};
use clap::Args;

use crate::secret;

/// Options every command understands.
#[derive(Debug, Args)]
pub(crate) struct Globals {
    /// The vault's folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) vault: Option<PathBuf>,
    /// Read the passphrase from the first line of this file (else ASHORE_PASSPHRASE, else the terminal).
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) passphrase_file: Option<PathBuf>,
    /// Open with the recovery code in this file instead of the passphrase.
    #[arg(long, global = true, value_name = "FILE", conflicts_with = "passphrase_file")]
    pub(crate) recovery_code_file: Option<PathBuf>,
    /// Replace the clock: RFC 3339, such as 2026-11-21T09:00:00+08:00.
    #[arg(long, global = true, value_name = "INSTANT")]
    pub(crate) now: Option<String>,
    /// Write JSON instead of text for people.
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

impl Globals {
    fn clock(&self) -> Result<Clock, AppError> {
        self.now.as_deref().map_or(Ok(Clock::System), Clock::fixed)
    }

    /// The product before anybody opened a vault.
    pub(crate) fn locked(&self) -> Result<App<Locked>, AppError> {
        let vault = self.vault.as_deref().ok_or_else(|| {
            AppError::field(ErrorCode::FieldMissing, "--vault", "name the vault's folder with --vault DIR")
        })?;
        Ok(App::new(Place::of_vault(vault), self.clock()?))
    }

    /// The vault, open.
    pub(crate) fn unlocked(&self) -> Result<App<Unlocked>, AppError> {
        self.unlocked_by(self.unlock_request()?)
    }

    /// The vault, opened with a secret that was asked for already.
    pub(crate) fn unlocked_by(&self, request: UnlockRequest) -> Result<App<Unlocked>, AppError> {
        self.locked()?.unlock(request).map_err(|(_, error)| error)
    }

    /// What opens the vault, from wherever the user put it.
    pub(crate) fn unlock_request(&self) -> Result<UnlockRequest, AppError> {
        Ok(match &self.recovery_code_file {
            Some(file) => UnlockRequest { secret: secret::first_line(file)?, by: UnlockBy::RecoveryCode },
            None => UnlockRequest {
                secret: secret::passphrase(self.passphrase_file.as_deref(), "Passphrase: ")?,
                by: UnlockBy::Passphrase,
            },
        })
    }
}

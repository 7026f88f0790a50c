use ashore_domain::Sensitive;
use ashore_vault::{KdfCost, Vault};

use super::{App, Locked, Settings, Unlocked};
use crate::{AppError, ErrorCode, sample};

/// Opens a vault of invented data; it protects nothing, so it is written in the clear here.
const SAMPLE_PASSPHRASE: &str = "示例账本，数据是虚构的";

impl App<Locked> {
    /// Makes the sample vault anew, as of today, and opens it. The real vault is not touched.
    ///
    /// # Errors
    /// The disk refuses.
    #[allow(clippy::result_large_err)] // the app itself comes back
    pub fn open_sample(self) -> Result<App<Unlocked>, (Self, AppError)> {
        match self.make_sample() {
            Ok(vault) => {
                let mut app = self.open(vault, true);
                match app.fill_with_sample() {
                    Ok(()) => Ok(app),
                    Err(error) => Err((app.lock(), error)),
                }
            }
            Err(error) => Err((self, error)),
        }
    }

    fn make_sample(&self) -> Result<Vault, AppError> {
        let folder = self.place.sample();
        if folder.exists() {
            std::fs::remove_dir_all(folder).map_err(|e| {
                AppError::new(ErrorCode::Io, format!("the sample vault could not be renewed: {e}"))
            })?;
        }
        let passphrase = Sensitive::new(SAMPLE_PASSPHRASE.to_owned());
        let (mut vault, _) = Vault::create(folder, &passphrase, KdfCost::FLOOR, self.clock.now().to_utc())?;
        Settings::proposed(false).write(&mut vault)?;
        Ok(vault)
    }
}

impl App<Unlocked> {
    /// Fills an empty vault with the sample household: six loans of different kinds, eighteen months of payments,
    /// calls, messages and one agreement.
    ///
    /// # Errors
    /// The vault already holds loans, or cannot be written.
    pub fn fill_with_sample(&mut self) -> Result<(), AppError> {
        if !self.state.vault.loans()?.is_empty() {
            return Err(AppError::new(
                ErrorCode::VaultExists,
                "this vault already holds loans; use an empty one",
            ));
        }
        sample::fill(self)
    }
}

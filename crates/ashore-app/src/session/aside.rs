use std::path::PathBuf;

use super::{App, Locked};
use crate::{AppError, ErrorCode};

impl App<Locked> {
    /// Moves a vault that cannot be opened any more to a folder beside its place, byte for byte, and says where. Found
    /// the passphrase after all, its owner opens it from there.
    ///
    /// # Errors
    /// There is no vault, or the disk refuses. It is then where it was.
    pub fn set_vault_aside(&self) -> Result<PathBuf, AppError> {
        let vault = self.place.vault();
        if !vault.exists() {
            return Err(AppError::new(ErrorCode::NoVault, "there is no vault here"));
        }
        let stamp = self.clock.now().format("%Y%m%d-%H%M%S");
        let mut name = vault.file_name().unwrap_or_default().to_owned();
        name.push(format!("-aside-{stamp}"));
        let aside = vault.with_file_name(name);
        if aside.exists() {
            return Err(AppError::new(ErrorCode::FolderNotEmpty, "something lies there already"));
        }
        std::fs::rename(vault, &aside)
            .map_err(|why| AppError::new(ErrorCode::Io, format!("the vault could not be moved: {why}")))?;
        Ok(aside)
    }
}

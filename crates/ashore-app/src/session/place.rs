use std::path::{Path, PathBuf};

/// Where things lie on this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    vault: PathBuf,
    sample: PathBuf,
    preferences: PathBuf,
    reminders: PathBuf,
}

impl Place {
    /// An installed app's folder: the vault, the sample vault and the appearance side by side.
    #[must_use]
    pub fn in_data_folder(folder: &Path) -> Self {
        Self {
            vault: folder.join("vault"),
            sample: folder.join("sample"),
            preferences: folder.join("preferences.json"),
            reminders: folder.join("reminders.json"),
        }
    }

    /// One named vault folder, as the command line has it.
    #[must_use]
    pub fn of_vault(vault: &Path) -> Self {
        Self {
            vault: vault.to_owned(),
            sample: vault.with_extension("sample"),
            preferences: vault.with_extension("preferences.json"),
            reminders: vault.with_extension("reminders.json"),
        }
    }

    /// The vault's folder.
    #[must_use]
    pub fn vault(&self) -> &Path {
        &self.vault
    }

    /// The sample vault's folder.
    #[must_use]
    pub fn sample(&self) -> &Path {
        &self.sample
    }

    /// The file of appearance choices, which hold nothing about anybody's debts.
    #[must_use]
    pub fn preferences(&self) -> &Path {
        &self.preferences
    }

    /// The file of what a locked program may know about reminders: the day of its last neutral prompt and, only if
    /// the user allowed it, bare instants.
    #[must_use]
    pub fn reminders(&self) -> &Path {
        &self.reminders
    }
}

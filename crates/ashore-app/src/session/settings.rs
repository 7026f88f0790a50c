use ashore_vault::Vault;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{App, Unlocked};
use crate::{AppError, ErrorCode};

/// Choices about privacy, kept inside the vault.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Others use this computer too.
    pub shared_computer: bool,
    /// Amounts are hidden until the eye is pressed.
    pub hide_amounts: bool,
    /// When the vault locks by itself.
    pub auto_lock: AutoLock,
    /// What a notification may say.
    pub notification_text: NotificationText,
    /// Bare due instants, without names or amounts, may lie outside the vault, so that reminders come after a
    /// restart before it is unlocked.
    pub outside_instants: bool,
}

/// When the vault locks by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AutoLock {
    /// When the window loses focus or closes.
    Immediately,
    /// After a minute without input.
    OneMinute,
    /// After five minutes.
    FiveMinutes,
    /// After fifteen minutes.
    FifteenMinutes,
}

/// What a notification may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum NotificationText {
    /// Nothing about whom or how much.
    Neutral,
    /// Name, term, amount and day.
    Full,
}

impl Settings {
    const KEY: &'static str = "settings";

    /// What a first run proposes.
    #[must_use]
    pub const fn proposed(shared_computer: bool) -> Self {
        Self {
            shared_computer,
            hide_amounts: shared_computer,
            auto_lock: if shared_computer { AutoLock::OneMinute } else { AutoLock::FiveMinutes },
            notification_text: NotificationText::Neutral,
            outside_instants: false,
        }
    }

    pub(crate) fn read(vault: &Vault) -> Result<Self, AppError> {
        let text = vault.setting(Self::KEY)?;
        // What was chosen but cannot be read any more is taken for the more private choice, never the less.
        Ok(text.map_or_else(
            || Self::proposed(false),
            |text| serde_json::from_str(&text).unwrap_or_else(|_| Self::proposed(true)),
        ))
    }

    pub(crate) fn write(&self, vault: &mut Vault) -> Result<(), AppError> {
        let text = serde_json::to_string(self).map_err(|e| AppError::new(ErrorCode::Io, e.to_string()))?;
        Ok(vault.set_setting(Self::KEY, Some(&text))?)
    }
}

impl App<Unlocked> {
    /// The choices about privacy.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn settings(&self) -> Result<Settings, AppError> {
        Settings::read(&self.state.vault)
    }

    /// Keeps the choices about privacy.
    ///
    /// # Errors
    /// The vault cannot be written.
    pub fn save_settings(&mut self, settings: &Settings) -> Result<(), AppError> {
        settings.write(&mut self.state.vault)
    }
}

#[cfg(test)]
mod tests {
    use super::Settings;
    use ashore_domain::Sensitive;
    use ashore_vault::{KdfCost, Vault};

    #[test]
    fn a_choice_that_cannot_be_read_is_taken_for_the_more_private_one() {
        let folder = tempfile::tempdir().unwrap();
        let passphrase = Sensitive::new("一只很普通的通行短语".to_owned());
        let now = chrono::DateTime::UNIX_EPOCH;
        let (mut vault, _) =
            Vault::create(&folder.path().join("vault"), &passphrase, KdfCost::FLOOR, now).unwrap();
        assert_eq!(Settings::read(&vault).unwrap(), Settings::proposed(false), "nothing was chosen yet");
        vault.set_setting(Settings::KEY, Some("{ not json")).unwrap();
        assert_eq!(Settings::read(&vault).unwrap(), Settings::proposed(true));
    }
}

use ashore_vault::Vault;
use serde::Serialize;
use specta::Type;

use super::{App, Locked, Preferences, Settings, Unlocked};
use crate::AppError;
use crate::view::{day, weekday};

/// What a shell needs to draw its first screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AppStatus {
    /// Which screen.
    pub state: SessionState,
    /// The sample vault is open.
    pub sample: bool,
    /// The civil day in Shanghai.
    pub today: String,
    /// 1 = Monday.
    pub weekday: u8,
    /// Version of the program.
    pub version: String,
    /// How it looks.
    pub preferences: Preferences,
    /// Choices about privacy; only when the vault is open.
    pub settings: Option<Settings>,
}

/// Which of the three states the product is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// First run.
    NoVault,
    /// There is a vault, closed.
    Locked,
    /// It is open.
    Unlocked,
}

impl<S> App<S> {
    fn status_of(&self, state: SessionState, sample: bool, settings: Option<Settings>) -> AppStatus {
        let today = self.clock.today();
        AppStatus {
            state,
            sample,
            today: day(today),
            weekday: weekday(today),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            preferences: self.preferences(),
            settings,
        }
    }
}

impl App<Locked> {
    /// What a shell needs to draw its first screen.
    #[must_use]
    pub fn status(&self) -> AppStatus {
        let state =
            if Vault::exists(self.place.vault()) { SessionState::Locked } else { SessionState::NoVault };
        self.status_of(state, false, None)
    }
}

impl App<Unlocked> {
    /// What a shell needs to draw its first screen.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn status(&self) -> Result<AppStatus, AppError> {
        Ok(self.status_of(SessionState::Unlocked, self.state.sample, Some(self.settings()?)))
    }
}

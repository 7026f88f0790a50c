use ashore_vault::Vault;
use chrono::{DateTime, FixedOffset};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{BackupEvery, BackupSchedule};
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode};

/// What is known about this vault's backups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct BackupStateView {
    /// The last one made.
    pub last: Option<LastBackup>,
    /// When one was last verified to its last byte.
    pub last_drill: Option<String>,
    /// The schedule, if there is one.
    pub schedule: Option<BackupSchedule>,
    /// One is due by that schedule.
    pub due: bool,
    /// Why the last scheduled one was not made.
    pub trouble: Option<String>,
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct LastBackup {
    /// When.
    pub at: String,
    /// Where it was written.
    pub file: String,
    /// Attached files that were not whole then, and so are not in it.
    pub left_out: u32,
}

impl App<Unlocked> {
    /// What is known about this vault's backups.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn backup_state(&self) -> Result<BackupStateView, AppError> {
        let vault = &self.state.vault;
        Ok(BackupStateView {
            last: kept(vault, "backup.last")?,
            last_drill: kept(vault, "backup.drill")?,
            schedule: self.backup_schedule()?,
            due: self.due_backup()?.is_some(),
            trouble: kept(vault, "backup.trouble")?,
        })
    }

    /// When the last backup was made.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn last_backup(&self) -> Result<Option<DateTime<FixedOffset>>, AppError> {
        let last: Option<LastBackup> = kept(&self.state.vault, "backup.last")?;
        Ok(last.and_then(|last| DateTime::parse_from_rfc3339(&last.at).ok()))
    }

    /// When a backup was last verified to its last byte.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn last_drill(&self) -> Result<Option<DateTime<FixedOffset>>, AppError> {
        let last: Option<String> = kept(&self.state.vault, "backup.drill")?;
        Ok(last.and_then(|at| DateTime::parse_from_rfc3339(&at).ok()))
    }

    /// The schedule, if there is one.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn backup_schedule(&self) -> Result<Option<BackupSchedule>, AppError> {
        kept(&self.state.vault, "backup.schedule")
    }

    /// The schedule when its next backup is due: never, or longer ago than it allows. A clock that was set back makes
    /// one due too.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn due_backup(&self) -> Result<Option<BackupSchedule>, AppError> {
        if self.state.sample {
            return Ok(None);
        }
        let Some(schedule) = self.backup_schedule()? else { return Ok(None) };
        let days = match schedule.every {
            BackupEvery::Day => 1,
            BackupEvery::Week => 7,
            BackupEvery::Month => 30,
        };
        let today = self.clock.today();
        let fresh = self.last_backup()?.is_some_and(|last| {
            let age = (today - last.date_naive()).num_days();
            (0..days).contains(&age)
        });
        Ok((!fresh).then_some(schedule))
    }
}

/// A value kept among the vault's settings; one that cannot be read is as good as none.
pub(super) fn kept<T: DeserializeOwned>(vault: &Vault, name: &str) -> Result<Option<T>, AppError> {
    Ok(vault.setting(name)?.and_then(|text| serde_json::from_str(&text).ok()))
}

pub(super) fn keep(vault: &mut Vault, name: &str, value: &impl Serialize) -> Result<(), AppError> {
    let text = serde_json::to_string(value).map_err(|e| AppError::new(ErrorCode::Io, e.to_string()))?;
    Ok(vault.set_setting(name, Some(&text))?)
}

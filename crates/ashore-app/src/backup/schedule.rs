use std::path::Path;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::state::keep;
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode};

/// Backups made by themselves. They need the passphrase, which is never kept: they are made right after it was typed to
/// unlock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct BackupSchedule {
    /// The folder they are written to.
    pub folder: String,
    /// How often.
    pub every: BackupEvery,
    /// How many are kept there, 1 to 99; older ones are removed.
    pub keep: u16,
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum BackupEvery {
    /// Once a day.
    Day,
    /// Once a week.
    Week,
    /// BackupEvery thirty days.
    Month,
}

impl App<Unlocked> {
    /// Sets the schedule, or ends it.
    ///
    /// # Errors
    /// The folder is not there or cannot be written to, or `keep` is out of range.
    pub fn set_backup_schedule(&mut self, schedule: Option<&BackupSchedule>) -> Result<(), AppError> {
        if let Some(schedule) = schedule {
            check(schedule, self.place.vault())?;
        }
        self.state.vault.set_setting("backup.trouble", None)?;
        match schedule {
            Some(schedule) => keep(&mut self.state.vault, "backup.schedule", schedule),
            None => Ok(self.state.vault.set_setting("backup.schedule", None)?),
        }
    }

    /// Remembers why a scheduled backup was not made, or that it was.
    ///
    /// # Errors
    /// The vault cannot be written.
    pub fn note_backup_trouble(&mut self, trouble: Option<&AppError>) -> Result<(), AppError> {
        match trouble {
            Some(error) => keep(&mut self.state.vault, "backup.trouble", &error.to_string()),
            None => Ok(self.state.vault.set_setting("backup.trouble", None)?),
        }
    }
}

fn check(schedule: &BackupSchedule, vault: &Path) -> Result<(), AppError> {
    let folder = Path::new(&schedule.folder);
    if !(1..=99).contains(&schedule.keep) {
        return Err(AppError::field(ErrorCode::CountOutOfRange, "keep", "between 1 and 99"));
    }
    let refused = |reason: &str| AppError::field(ErrorCode::NotFound, "folder", reason);
    if !folder.is_absolute() || !folder.is_dir() {
        return Err(refused("this folder is not there"));
    }
    // A place that cannot be told is not taken for one outside the vault.
    let real = |path: &Path| path.canonicalize().map_err(|_| refused("this folder cannot be reached"));
    if real(folder)?.starts_with(real(vault)?) {
        return Err(refused("a backup inside the vault is lost together with it"));
    }
    // Found out now rather than on the day it matters.
    let probe = folder.join(".ashore-probe");
    std::fs::write(&probe, b"")
        .and_then(|()| std::fs::remove_file(&probe))
        .map_err(|e| AppError::field(ErrorCode::Io, "folder", format!("nothing can be written there: {e}")))
}

/// Removes the oldest scheduled backups of this vault beyond `keep`, never the one just `made`, whatever the clock said
/// when it was. Other files are never touched. A failure here costs
/// space and nothing else, and the next backup tries again.
pub(super) fn rotate(folder: &Path, made: &Path, stem: &str, keep: u16) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| is_ours(name, stem) && folder.join(name) != made)
        .collect();
    names.sort();
    let beyond = (names.len() + 1).saturating_sub(usize::from(keep));
    for name in names.iter().take(beyond) {
        drop(std::fs::remove_file(folder.join(name)));
    }
}

/// `<stem>YYYYMMDD-HHMMSS.age` and nothing else.
fn is_ours(name: &str, stem: &str) -> bool {
    let Some(stamp) = name.strip_prefix(stem).and_then(|rest| rest.strip_suffix(".age")) else {
        return false;
    };
    stamp.len() == 15
        && stamp.bytes().enumerate().all(|(n, b)| if n == 8 { b == b'-' } else { b.is_ascii_digit() })
}

use std::path::{Path, PathBuf};

use ashore_domain::Sensitive;
use ashore_vault::{OnProgress, Secret, Snapshot};

use super::BackupView;
use super::schedule::rotate;
use super::state::{LastBackup, keep};
use crate::session::{App, UnlockBy, UnlockRequest, Unlocked};
use crate::{AppError, ErrorCode};

/// A moment of the vault, ready to be written while the vault is worked on. Have its progress answer `false` when the
/// vault is locked: it holds a key of its own.
#[derive(Debug)]
pub struct BackupWork {
    snapshot: Snapshot,
}

impl App<Unlocked> {
    /// Holds on to this moment, from which [`BackupWork::run`] writes a backup.
    ///
    /// # Errors
    /// The sample is open, the vault is damaged, or a backup is being made already.
    pub fn begin_backup(&self) -> Result<BackupWork, AppError> {
        if self.state.sample {
            return Err(AppError::new(ErrorCode::BadRequest, "the sample is not worth a backup"));
        }
        Ok(BackupWork { snapshot: self.state.vault.snapshot(self.clock.now())? })
    }

    /// Remembers that a backup was made.
    ///
    /// # Errors
    /// The vault cannot be written.
    pub fn note_backup(&mut self, made: &BackupView) -> Result<(), AppError> {
        let left_out = u32::try_from(made.left_out.len()).unwrap_or(u32::MAX);
        let last = LastBackup { at: made.made_at.clone(), file: made.file.clone(), left_out };
        keep(&mut self.state.vault, "backup.last", &last)
    }

    /// Makes a backup and waits for it: what [`App::begin_backup`], [`BackupWork::run`] and [`App::note_backup`] do.
    ///
    /// # Errors
    /// The secret does not open the vault, the disk refuses, or it was stopped. `file` is then as it was.
    pub fn make_backup(
        &mut self,
        file: &Path,
        request: UnlockRequest,
        on: OnProgress<'_>,
    ) -> Result<BackupView, AppError> {
        let made = self.begin_backup()?.run(file, request, on)?;
        self.note_backup(&made)?;
        Ok(made)
    }
}

impl BackupWork {
    /// Writes the backup to `file`, reads it back to its end, and only then puts it in place.
    ///
    /// # Errors
    /// The secret does not open the vault, the disk refuses, or it was stopped. `file` is then as it was.
    pub fn run(
        &self,
        file: &Path,
        request: UnlockRequest,
        on: OnProgress<'_>,
    ) -> Result<BackupView, AppError> {
        let given = Sensitive::new(request.secret);
        let secret = match request.by {
            UnlockBy::Passphrase => Secret::Passphrase(&given),
            UnlockBy::RecoveryCode => Secret::RecoveryCode(&given),
        };
        let summary = self.snapshot.write(file, secret, on)?;
        Ok(BackupView::new(file, &summary))
    }

    /// The same into the folder of a schedule, under a name of its own; older ones beyond `keep` are removed once the
    /// new one is in place. If it had to leave attached files out, none is removed: an older one may still hold them.
    ///
    /// # Errors
    /// As [`BackupWork::run`].
    pub fn run_scheduled(
        &self,
        folder: &Path,
        keep: u16,
        request: UnlockRequest,
        on: OnProgress<'_>,
    ) -> Result<BackupView, AppError> {
        let file = self.scheduled_file(folder);
        let made = self.run(&file, request, on)?;
        if made.left_out.is_empty() {
            rotate(folder, &file, &self.stem(), keep);
        }
        Ok(made)
    }

    fn scheduled_file(&self, folder: &Path) -> PathBuf {
        let at = self.snapshot.made_at();
        folder.join(format!("{}{}.age", self.stem(), at.format("%Y%m%d-%H%M%S")))
    }

    /// How names of this vault's scheduled backups begin: several vaults may share a folder.
    fn stem(&self) -> String {
        format!("ashore-{}-", self.snapshot.vault().chars().take(8).collect::<String>())
    }
}

use std::fs;
use std::io;
use std::path::Path;

use super::envelope;
use super::examine::{Scratch, With, examine};
use super::write::beside;
use super::{BackupError, BackupSummary, OnProgress};
use crate::fault::Fault;
use crate::folder::{self, Folder};
use crate::key::Mistyped;
use crate::{Secret, open};

/// Reads a backup to its last byte and proves that a vault can be restored from it, which `secret` opens. Nothing is
/// kept.
///
/// # Errors
/// The file cannot be read, is no backup, is damaged in any bit, or another secret opens it.
pub fn verify_backup(
    file: &Path,
    secret: Secret<'_>,
    on: OnProgress<'_>,
) -> Result<BackupSummary, BackupError> {
    let words = envelope::words(secret).map_err(|Mistyped| BackupError::RecoveryCodeMistyped)?;
    let scratch = Scratch::new()?;
    examine(file, words, With::Secret(secret), &Folder::new(scratch.path()), false, on)
}

/// Restores a vault into `dir`, which must be absent or empty. It is put together beside `dir` and moved there in one
/// step after everything was verified: interrupted at any moment, `dir` holds a whole vault or nothing.
///
/// # Errors
/// As [`verify_backup`]; `dir` holds something; the disk failed. `dir` is then as it was.
pub fn restore_backup(
    file: &Path,
    secret: Secret<'_>,
    dir: &Path,
    on: OnProgress<'_>,
) -> Result<BackupSummary, BackupError> {
    let words = envelope::words(secret).map_err(|Mistyped| BackupError::RecoveryCodeMistyped)?;
    restore_with(file, words, With::Secret(secret), dir, on)
}

pub(super) fn restore_with(
    file: &Path,
    words: age::secrecy::SecretString,
    with: With<'_>,
    dir: &Path,
    on: OnProgress<'_>,
) -> Result<BackupSummary, BackupError> {
    let failed = Fault::io("restoring the vault");
    must_be_free(dir)?;
    // The file first: nothing is made for one that is not there.
    fs::File::open(file).map_err(BackupError::Unreadable)?;
    let above = dir.parent().filter(|above| !above.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(above).map_err(&failed)?;
    let making = beside(dir, ".restoring");
    clear(&making)?;
    open::make_private(&making).map_err(&failed)?;
    let folder = Folder::new(&making);
    let restored = (|| {
        folder::mark_unfinished(&folder).map_err(&failed)?;
        let summary = examine(file, words, with, &folder, true, on)?;
        settle(&folder, dir, above).map_err(&failed)?;
        Ok(summary)
    })();
    restored.inspect_err(|_: &BackupError| drop(fs::remove_dir_all(&making)))
}

/// Moves the finished vault to its place.
fn settle(folder: &Folder, dir: &Path, above: &Path) -> io::Result<()> {
    folder::make_folder(&folder.objects())?;
    for left in [folder.log(), folder.database().with_extension("db-shm")] {
        folder::remove_file(&left)?;
    }
    fs::File::open(folder.database())?.sync_all()?;
    folder::sync_folder(folder.root())?;
    // Some systems rename over an empty folder and some do not.
    match fs::remove_dir(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::rename(folder.root(), dir)?;
    folder::sync_folder(above)?;
    // The mark goes last: until then, what lies beside the place is known to be ours and not finished.
    folder::remove_file(&Folder::new(dir).unfinished())
}

fn must_be_free(dir: &Path) -> Result<(), BackupError> {
    match fs::read_dir(dir) {
        Ok(mut entries) => {
            if entries.next().is_some() {
                return Err(BackupError::FolderNotEmpty);
            }
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Err(BackupError::FolderNotEmpty),
        Err(error) => Err(Fault::io("reading the folder")(error).into()),
    }
}

/// Removes what a restore that was interrupted left. A folder that is not ours stands in the way and is left alone.
fn clear(making: &Path) -> Result<(), BackupError> {
    if fs::exists(Folder::new(making).unfinished()).unwrap_or(false) {
        fs::remove_dir_all(making).map_err(Fault::io("restoring the vault"))?;
    }
    must_be_free(making)
}

/// What the sweeps over faults restore with: the envelope's own words, and the raw key of the vault inside.
#[cfg(all(test, feature = "faults"))]
pub(crate) fn restore_by_key(
    file: &Path,
    words: age::secrecy::SecretString,
    key: &crate::key::Key,
    dir: &Path,
) -> Result<BackupSummary, BackupError> {
    restore_with(file, words, With::Key(key), dir, &mut |_| true)
}

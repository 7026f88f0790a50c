//! One window per data folder, with or without a session bus: where there is no bus for the second start to call the
//! first on, it leaves a sign beside a file that the first holds locked.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tauri::AppHandle;

use crate::window;

/// Held as long as the program runs.
#[derive(Debug)]
pub(crate) struct Only(#[allow(dead_code)] File); // released when dropped

/// This is the only one; or another holds the folder and was asked to show its window.
pub(crate) fn take(folder: &Path) -> io::Result<Option<Only>> {
    std::fs::create_dir_all(folder)?;
    let file = File::options().create(true).truncate(false).write(true).open(folder.join("window.lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Only(file))),
        Err(TryLockError::WouldBlock) => {
            std::fs::write(sign(folder), "")?;
            Ok(None)
        }
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Shows the window whenever a second start asked for it.
pub(crate) fn watch(app: &AppHandle, folder: PathBuf) {
    const LOOK: Duration = Duration::from_secs(1);
    let (app, sign) = (app.clone(), sign(&folder));
    drop(std::fs::remove_file(&sign));
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(LOOK);
            if std::fs::remove_file(&sign).is_ok() {
                window::show(&app);
            }
        }
    });
}

fn sign(folder: &Path) -> PathBuf {
    folder.join("show-window")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_asks_the_first_and_the_next_may_start() {
        let folder = tempfile::tempdir().unwrap();
        let first = take(folder.path()).unwrap().unwrap();
        assert!(take(folder.path()).unwrap().is_none());
        assert!(sign(folder.path()).exists());
        drop(first);
        assert!(take(folder.path()).unwrap().is_some());
    }
}

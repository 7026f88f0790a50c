//! Files the user handed over, until they are taken in. Their paths stay on this side.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ashore_app::{AppError, ErrorCode};
use serde::Serialize;
use specta::Type;

/// A file the user chose.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct ChosenFile {
    /// Names it in later requests.
    pub handle: String,
    /// Its name.
    pub name: String,
}

/// What was handed over since the program started.
#[derive(Default)]
pub(crate) struct Intake {
    files: Mutex<Files>,
}

#[derive(Default)]
struct Files {
    chosen: Vec<PathBuf>,
    dropped: Vec<ChosenFile>,
}

impl Intake {
    fn files(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Files chosen by dialog.
    pub(crate) fn put(&self, paths: Vec<PathBuf>) -> Vec<ChosenFile> {
        let mut files = self.files();
        let mut chosen = Vec::with_capacity(paths.len());
        for path in paths {
            let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            chosen.push(ChosenFile { handle: files.chosen.len().to_string(), name });
            files.chosen.push(path);
        }
        chosen
    }

    /// Files dropped on the window; they wait until the page asks.
    pub(crate) fn drop_in(&self, paths: Vec<PathBuf>) {
        let dropped = self.put(paths);
        self.files().dropped.extend(dropped);
    }

    /// The files dropped since this was asked last.
    pub(crate) fn take_dropped(&self) -> Vec<ChosenFile> {
        std::mem::take(&mut self.files().dropped)
    }

    /// Where a chosen file lies, and its name.
    pub(crate) fn file(&self, handle: &str) -> Result<(PathBuf, String), AppError> {
        let place = handle.parse::<usize>().ok();
        let path = place.and_then(|place| self.files().chosen.get(place).cloned());
        let path = path.ok_or_else(|| {
            AppError::field(ErrorCode::NotFound, "file", "this file is no longer at hand; choose it again")
        })?;
        let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        Ok((path, name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dropped_is_told_once_by_name_and_found_by_handle() {
        let intake = Intake::default();
        let chosen = intake.put(vec!["/data/a/账单.csv".into()]);
        intake.drop_in(vec!["/data/a/短信.xml".into(), "/mnt/b/短信.xml".into()]);
        intake.drop_in(vec!["/data/a/..".into()]);

        let dropped = intake.take_dropped();
        let names: Vec<_> = dropped.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(names, ["短信.xml", "短信.xml", ""]);
        let told = serde_json::to_string(&dropped).unwrap();
        assert!(
            !told.contains("data") && !told.contains("mnt"),
            "a page never learns where files lie: {told}"
        );
        assert!(intake.take_dropped().is_empty(), "each is told once");

        let found = |file: &ChosenFile| intake.file(&file.handle).unwrap();
        assert_eq!(found(&dropped[1]), (PathBuf::from("/mnt/b/短信.xml"), "短信.xml".to_owned()));
        assert_eq!(found(&chosen[0]).0, PathBuf::from("/data/a/账单.csv"), "dialog and drop keep apart");
        for unknown in ["4", "-1", "", "../0", "/data/a/短信.xml"] {
            let refused = intake.file(unknown).unwrap_err();
            assert_eq!(
                (refused.code, refused.field.as_deref()),
                (ErrorCode::NotFound, Some("file")),
                "{unknown}"
            );
        }
    }
}

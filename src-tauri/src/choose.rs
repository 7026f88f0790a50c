//! Native dialogs in which the user chooses a file. Paths stay on this side.
//!
//! A dialog takes the focus from the window, so the page is told: a vault that locks when the window is left does not
//! lock because of one. While the vault is locked none opens, but those that a locked program needs.

use std::path::PathBuf;

use ashore_app::{AppError, ErrorCode};
use tauri::{AppHandle, Manager, Wry};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};
use tauri_specta::Event;

use crate::environment;
use crate::events::DialogOpen;
use crate::state::Desk;

/// A file that exists; `None` when the user changed their mind. Waits for them, so not on the main thread.
///
/// # Errors
/// The vault is locked.
pub(crate) fn existing(app: &AppHandle) -> Result<Option<PathBuf>, AppError> {
    in_vault(app)?;
    Ok(existing_for_anybody(app))
}

/// The same for what needs no vault: a backup to restore, a pack of somebody else's to verify.
pub(crate) fn existing_for_anybody(app: &AppHandle) -> Option<PathBuf> {
    environment::chosen_file()
        .unwrap_or_else(|| asked(app, |dialog| dialog.blocking_pick_file()?.into_path().ok()))
}

/// Where to write a new file, with a name proposed.
///
/// # Errors
/// The vault is locked.
pub(crate) fn new(app: &AppHandle, name: &str) -> Result<Option<PathBuf>, AppError> {
    in_vault(app)?;
    let ask =
        |dialog: FileDialogBuilder<Wry>| dialog.set_file_name(name).blocking_save_file()?.into_path().ok();
    Ok(environment::chosen_file().unwrap_or_else(|| asked(app, ask)))
}

/// A folder to write into; `None` when the user changed their mind.
///
/// # Errors
/// The vault is locked.
pub(crate) fn folder(app: &AppHandle) -> Result<Option<PathBuf>, AppError> {
    in_vault(app)?;
    Ok(folder_for_anybody(app))
}

/// A folder for what needs no vault.
pub(crate) fn folder_for_anybody(app: &AppHandle) -> Option<PathBuf> {
    environment::chosen_file()
        .unwrap_or_else(|| asked(app, |dialog| dialog.blocking_pick_folder()?.into_path().ok()))
}

/// Files that exist, as many as the user likes; none when they changed their mind.
///
/// # Errors
/// The vault is locked.
pub(crate) fn several(app: &AppHandle) -> Result<Vec<PathBuf>, AppError> {
    in_vault(app)?;
    if let Some(chosen) = environment::chosen_file() {
        return Ok(chosen.into_iter().collect());
    }
    let chosen = asked(app, |dialog| dialog.blocking_pick_files().unwrap_or_default());
    Ok(chosen.into_iter().filter_map(|path| path.into_path().ok()).collect())
}

fn in_vault(app: &AppHandle) -> Result<(), AppError> {
    if app.state::<Desk>().is_open() {
        return Ok(());
    }
    Err(AppError::new(ErrorCode::Locked, "the vault is locked"))
}

/// Asks in a dialog over the window; the page knows how long it is open.
fn asked<T>(app: &AppHandle, ask: impl FnOnce(FileDialogBuilder<Wry>) -> T) -> T {
    let dialog = app.dialog().file();
    let dialog = match app.get_webview_window("main") {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    };
    tell(app, true);
    let answer = ask(dialog);
    tell(app, false);
    answer
}

fn tell(app: &AppHandle, open: bool) {
    if let Err(error) = (DialogOpen { open }).emit(app) {
        crate::say(&format!("The page could not be told of a dialog: {error}"));
    }
}

/// What the page may know of a place: the last name in it.
pub(crate) fn shown(path: &str) -> String {
    std::path::Path::new(path)
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

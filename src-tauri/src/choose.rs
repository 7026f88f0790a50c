//! Native dialogs in which the user chooses a file. Paths stay on this side.

use std::path::PathBuf;

use tauri::{AppHandle, Manager};
use tauri_plugin_dialog::DialogExt;

use crate::environment;

/// A file that exists; `None` when the user changed their mind. Waits for them, so not on the main thread.
pub(crate) fn existing(app: &AppHandle) -> Option<PathBuf> {
    environment::chosen_file().unwrap_or_else(|| {
        let dialog = app.dialog().file();
        let dialog = match app.get_webview_window("main") {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        };
        dialog.blocking_pick_file()?.into_path().ok()
    })
}

/// Where to write a new file, with a name proposed.
pub(crate) fn new(app: &AppHandle, name: &str) -> Option<PathBuf> {
    environment::chosen_file().unwrap_or_else(|| {
        let dialog = app.dialog().file().set_file_name(name);
        let dialog = match app.get_webview_window("main") {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        };
        dialog.blocking_save_file()?.into_path().ok()
    })
}

/// A folder to write into or read from; `None` when the user changed their mind.
pub(crate) fn folder(app: &AppHandle) -> Option<PathBuf> {
    environment::chosen_file().unwrap_or_else(|| {
        let dialog = app.dialog().file();
        let dialog = match app.get_webview_window("main") {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        };
        dialog.blocking_pick_folder()?.into_path().ok()
    })
}

/// Files that exist, as many as the user likes; none when they changed their mind.
pub(crate) fn several(app: &AppHandle) -> Vec<PathBuf> {
    if let Some(chosen) = environment::chosen_file() {
        return chosen.into_iter().collect();
    }
    let dialog = app.dialog().file();
    let dialog = match app.get_webview_window("main") {
        Some(window) => dialog.set_parent(&window),
        None => dialog,
    };
    let chosen = dialog.blocking_pick_files().unwrap_or_default();
    chosen.into_iter().filter_map(|path| path.into_path().ok()).collect()
}

/// What the page may know of a place: the last name in it.
pub(crate) fn shown(path: &str) -> String {
    std::path::Path::new(path)
        .file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

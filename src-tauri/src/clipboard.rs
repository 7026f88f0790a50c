//! What is copied out of the program stays on the clipboard for a minute, or until the vault is locked, and goes only if
//! it is still ours: what another program copied meanwhile is none of our business.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, Manager};

/// How long it stays.
const STAYS: Duration = Duration::from_secs(60);

/// What was copied last, and how often anything was.
#[derive(Debug, Default)]
pub(crate) struct Copied(Mutex<(u64, Option<String>)>);

/// Copies, for a while.
pub(crate) fn copy(app: &AppHandle, text: String) {
    let mine = {
        let copied = app.state::<Copied>();
        let mut copied = copied.0.lock().unwrap_or_else(PoisonError::into_inner);
        *copied = (copied.0 + 1, Some(text.clone()));
        copied.0
    };
    on_main(app, move || put(&text));
    let app = app.clone();
    std::thread::spawn(move || {
        std::thread::sleep(STAYS);
        let latest = app.state::<Copied>().0.lock().unwrap_or_else(PoisonError::into_inner).0;
        // A later copy has a minute of its own.
        if latest == mine {
            clear(&app);
        }
    });
}

/// Takes from the clipboard what is still ours.
pub(crate) fn clear(app: &AppHandle) {
    let ours = app.state::<Copied>().0.lock().unwrap_or_else(PoisonError::into_inner).1.take();
    if let Some(ours) = ours {
        on_main(app, move || take_back(ours));
    }
}

fn on_main(app: &AppHandle, act: impl FnOnce() + Send + 'static) {
    if let Err(error) = app.run_on_main_thread(act) {
        crate::say(&format!("The clipboard could not be reached: {error}"));
    }
}

#[cfg(target_os = "linux")]
fn put(text: &str) {
    gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD).set_text(text);
}

#[cfg(target_os = "linux")]
fn take_back(ours: String) {
    gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD).request_text(move |clipboard, now| {
        if now == Some(ours.as_str()) {
            clipboard.set_text("");
        }
    });
}

#[cfg(not(target_os = "linux"))]
fn put(_text: &str) {}

#[cfg(not(target_os = "linux"))]
fn take_back(_ours: String) {}

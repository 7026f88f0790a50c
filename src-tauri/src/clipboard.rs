//! What is copied out of the program stays on the clipboard for half a minute, or until the vault is locked, and goes
//! only if it is still ours: what another program copied meanwhile is none of our business.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tauri::{AppHandle, Manager};

/// How long it stays.
const STAYS: Duration = Duration::from_secs(30);

/// What was copied last, and how often anything was.
#[derive(Debug, Default)]
pub(crate) struct Copied(Mutex<(u64, Option<String>)>);

impl Copied {
    fn held(&self) -> MutexGuard<'_, (u64, Option<String>)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something is copied; the number says which time it is.
    fn put(&self, text: &str) -> u64 {
        let mut copied = self.held();
        *copied = (copied.0 + 1, Some(text.to_owned()));
        copied.0
    }

    /// What is to be taken back when the time of this copy is over. A later copy has a time of its own.
    fn over(&self, which: u64) -> Option<String> {
        let mut copied = self.held();
        if copied.0 == which { copied.1.take() } else { None }
    }

    /// What is to be taken back at once.
    fn take(&self) -> Option<String> {
        self.held().1.take()
    }
}

/// Copies, for a while.
pub(crate) fn copy(app: &AppHandle, text: String) {
    let mine = app.state::<Copied>().put(&text);
    on_main(app, move || put(&text));
    let app = app.clone();
    std::thread::spawn(move || {
        std::thread::sleep(STAYS);
        if let Some(ours) = app.state::<Copied>().over(mine) {
            on_main(&app, move || take_back(ours));
        }
    });
}

/// Takes from the clipboard what is still ours.
pub(crate) fn clear(app: &AppHandle) {
    if let Some(ours) = app.state::<Copied>().take() {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stays_thirty_seconds_and_a_later_copy_has_its_own() {
        assert_eq!(STAYS, Duration::from_secs(30));
        let copied = Copied::default();
        let (first, second) = (copied.put("first"), copied.put("second"));
        assert_eq!(copied.over(first), None, "the second stands there");
        assert_eq!(copied.over(second).as_deref(), Some("second"));
        assert_eq!(copied.over(second), None, "taken back once");
        let third = copied.put("third");
        assert_eq!(copied.take().as_deref(), Some("third"), "a lock takes it back at once");
        assert_eq!(copied.over(third), None);
    }
}

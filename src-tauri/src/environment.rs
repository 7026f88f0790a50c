//! An installed build is driven by its user alone.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use ashore_app::clock::Clock;

/// Variables with which another program could steer the page, read it, or open a port into it.
const FOREIGN_HANDS: [&str; 4] = [
    "TAURI_WEBVIEW_AUTOMATION",
    "WEBKIT_INSPECTOR_SERVER",
    "WEBKIT_INSPECTOR_HTTP_SERVER",
    "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS",
];

/// Whether this build lets a WebDriver in: development builds, and builds made for measuring.
pub(crate) const AUTOMATION: bool = cfg!(any(debug_assertions, feature = "automation"));

/// Whether a WebDriver started us.
pub(crate) fn automated() -> bool {
    AUTOMATION && std::env::var("TAURI_WEBVIEW_AUTOMATION").is_ok_and(|value| value == "true")
}

/// Starts the program anew without those variables when one is set; `Some` only if that failed.
///
/// A process may not change its own environment once it has threads, so it is replaced by one that never had them.
pub(crate) fn leave_foreign_hands() -> Option<ExitCode> {
    if AUTOMATION || FOREIGN_HANDS.iter().all(|name| std::env::var_os(name).is_none()) {
        return None;
    }
    replace()
}

#[cfg(unix)]
fn replace() -> Option<ExitCode> {
    use std::os::unix::process::CommandExt;
    let Ok(this) = std::env::current_exe() else { return Some(ExitCode::FAILURE) };
    let mut again = Command::new(this);
    again.args(std::env::args_os().skip(1));
    for name in FOREIGN_HANDS {
        again.env_remove(name);
    }
    let failed = again.exec();
    crate::say(&format!("Ashore could not start without a debugger attached: {failed}"));
    Some(ExitCode::FAILURE)
}

#[cfg(not(unix))]
fn replace() -> Option<ExitCode> {
    Some(ExitCode::FAILURE)
}

/// A native dialog can't be driven. Under a WebDriver its answer stands in a file that this variable names: a path, or
/// no file for a person who changed their mind. `None` when the dialog itself is to be asked.
pub(crate) fn chosen_file() -> Option<Option<PathBuf>> {
    let note = automated().then(|| std::env::var_os("ASHORE_CHOSEN_FILE")).flatten()?;
    Some(std::fs::read_to_string(note).ok().map(PathBuf::from))
}

/// The clock of a run under test stands still at the instant this variable names.
pub(crate) fn clock() -> Clock {
    let fixed = AUTOMATION.then(|| std::env::var("ASHORE_NOW").ok()).flatten();
    fixed.and_then(|at| at.parse().ok()).map_or(Clock::System, Clock::Fixed)
}

/// Leaves a sign that the first screen is drawn where the one who started us looks for it.
pub(crate) fn note_ready() {
    if let Some(sign) = std::env::var_os("ASHORE_READY_FILE")
        && let Err(error) = std::fs::write(sign, "")
    {
        crate::say(&format!("The sign that the window is ready could not be left: {error}"));
    }
}

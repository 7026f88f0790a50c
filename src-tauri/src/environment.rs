//! An installed build is driven by its user alone.

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use ashore_app::clock::Clock;
use chrono::{DateTime, FixedOffset};

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

/// The clock of a run under test stands at the instant that a file says; the test turns it by writing the file anew.
pub(crate) fn clock() -> Clock {
    if AUTOMATION && clock_file().is_some() { Clock::Told(told) } else { Clock::System }
}

fn clock_file() -> Option<OsString> {
    std::env::var_os("ASHORE_CLOCK_FILE")
}

fn told() -> DateTime<FixedOffset> {
    let text = clock_file().and_then(|file| std::fs::read_to_string(file).ok());
    text.and_then(|at| at.parse().ok()).unwrap_or_else(|| Clock::System.now())
}

/// Leaves a sign that the page is loaded where the one who started us looks for it.
pub(crate) fn note_loaded() {
    leave_sign("ASHORE_LOADED_FILE");
}

/// Leaves a sign that the first screen is drawn where the one who started us looks for it.
pub(crate) fn note_ready() {
    leave_sign("ASHORE_READY_FILE");
}

fn leave_sign(variable: &str) {
    if let Some(sign) = std::env::var_os(variable)
        && let Err(error) = std::fs::write(sign, "")
    {
        crate::say(&format!("The sign that {variable} asks for could not be left: {error}"));
    }
}

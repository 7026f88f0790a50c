//! What Rust tells the page without being asked.

use ashore_app::import::Progress;
use ashore_app::reminders::Notice;
use ashore_app::words::ReminderKind;
use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

/// The vault was locked or opened from elsewhere; ask for the status again.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct SessionChanged;

/// The vault is about to be locked from elsewhere: keep what is half typed, and lock.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct LockRequested;

/// A notification was clicked: show what it is about, or the reminders when it stands for many things or for none.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct OpenRequested {
    /// The loan.
    pub loan_id: Option<String>,
    /// What it is about.
    pub kind: Option<ReminderKind>,
    /// Identifier of that thing.
    pub key: Option<String>,
}

impl OpenRequested {
    /// What this notice opens.
    pub(crate) fn of(notice: &Notice) -> Self {
        Self { loan_id: notice.loan_id.clone(), kind: notice.kind, key: notice.key.clone() }
    }
}

/// How far the file on its way in or out is.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct ErrandProgress {
    /// Of its bytes, or of the attached files' when many go out, in percent.
    pub percent: u8,
}

/// A native dialog opened over the window and took its focus, or closed again.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct DialogOpen {
    /// It is open.
    pub open: bool,
}

/// Files were dropped on the window; they wait to be asked for.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct FilesDropped;

/// How far the work on a file is.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct ImportProgress {
    /// How far.
    pub progress: Progress,
}

/// How far a backup has come.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct BackupProgress {
    /// It is being read back, or only read.
    pub verifying: bool,
    /// 0 to 100.
    pub percent: u8,
}

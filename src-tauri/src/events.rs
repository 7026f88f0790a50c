//! What Rust tells the page without being asked.

use serde::{Deserialize, Serialize};
use specta::Type;
use tauri_specta::Event;

/// The vault was locked or opened from elsewhere; ask for the status again.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct SessionChanged;

/// A notification was clicked: show this loan, or the home screen when there is none.
#[derive(Debug, Clone, Serialize, Deserialize, Type, Event)]
pub(crate) struct OpenRequested {
    /// The loan.
    pub loan_id: Option<String>,
}

//! Dues become reminders: each stage shown once, caught up after being off, and never silent while locked.

mod due;
mod list;
mod locked;
mod text;
mod tick;

pub use list::{ReminderListView, ReminderView};
pub use locked::OpaqueReminders;
pub use tick::Notice;

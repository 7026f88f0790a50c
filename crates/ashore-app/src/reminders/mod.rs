//! What has a day becomes reminders: each stage shown once, caught up after being off, and never silent while locked.
//!
//! Sources say what there is to be reminded of, rules and the borrower's choices say when, and the vault remembers what
//! was settled. Everything is computed anew from civil dates on each pass; no timer is trusted.

mod calendar;
mod item;
mod legs;
mod list;
mod locked;
mod settings;
mod snooze;
mod sources;
mod spoke;
mod standing;
mod text;
mod tick;

pub use calendar::CalendarFile;
pub use legs::{ReminderState, UnreadReminder};
pub use list::{ReminderListView, ReminderView};
pub use locked::OpaqueReminders;
pub use settings::{ItemChoice, KindChoice, KindDefault, ReminderSettings, ReminderSettingsView};
pub use tick::{Notice, NoticeLine};

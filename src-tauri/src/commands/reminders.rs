use std::sync::Arc;

use ashore_app::reminders::{
    CalendarFile, ReminderListView, ReminderSettings, ReminderSettingsView, UnreadReminder,
};
use ashore_app::{AppError, ErrorCode};
use serde::Serialize;
use specta::Type;
use tauri::{AppHandle, Manager, State};

use crate::notifier::{Note, Notifier};
use crate::state::Desk;
use crate::words::Words;
use crate::{autostart, choose, desktop};

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn list_reminders(
    desk: State<'_, Desk>,
    from: Option<String>,
    to: Option<String>,
) -> Result<ReminderListView, AppError> {
    desk.read(|app| app.list_reminders(from.as_deref(), to.as_deref()))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn reminder_settings(desk: State<'_, Desk>) -> Result<ReminderSettingsView, AppError> {
    desk.read(|app| app.reminder_settings_view())
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_reminder_settings(
    desk: State<'_, Desk>,
    settings: ReminderSettings,
) -> Result<ReminderSettingsView, AppError> {
    desk.write(|app| {
        app.save_reminder_settings(&settings)?;
        app.reminder_settings_view()
    })
}

/// What carries a reminder from the vault to a person, leg by leg.
#[derive(Debug, Clone, Serialize, Type)]
pub(crate) struct ReminderLegs {
    /// The program starts with the desktop; absent where that cannot be told.
    autostart: Option<bool>,
    /// The desktop has a place for the tray icon.
    tray: bool,
    /// The file for the phone was written last at this instant.
    calendar_at: Option<String>,
    /// Notifications name nobody and no amount.
    neutral: bool,
    /// So many reminders were caught up at once when the program last came back.
    caught_up: u32,
    /// When that was.
    caught_up_at: Option<String>,
    /// When the last test notification was taken by the desktop.
    tested_at: Option<String>,
    /// Things with a day that cannot be read, so that nothing reminds of them.
    unread: Vec<UnreadReminder>,
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn reminder_legs(app: AppHandle, desk: State<'_, Desk>) -> Result<ReminderLegs, AppError> {
    let state = desk.read(|app| app.reminder_state())?;
    Ok(ReminderLegs {
        autostart: autostart::is_told(&app),
        tray: desktop::has_indicator_library() && desktop::has_tray_host(),
        calendar_at: state.calendar_at,
        neutral: state.neutral,
        caught_up: state.caught_up,
        caught_up_at: state.caught_up_at,
        tested_at: state.tested_at,
        unread: state.unread,
    })
}

/// Sends a real notification and waits for the desktop's answer.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn test_reminder(app: AppHandle, desk: State<'_, Desk>) -> Result<ReminderLegs, AppError> {
    // Its outcome is remembered in the vault, so a locked program does not try.
    desk.read(|_| Ok(()))?;
    let words = Words::of(&desk.preferences());
    let note = Note {
        title: words.reminder().to_owned(),
        body: words.this_is_a_test().to_owned(),
        open: words.open().to_owned(),
        snooze: words.snooze().to_owned(),
    };
    let window = app.clone();
    app.state::<Arc<dyn Notifier>>()
        .show(&note, Box::new(move |_| crate::window::show(&window)))
        .map_err(|why| AppError::new(ErrorCode::NotNotified, why.to_string()))?;
    desk.write(|app| app.remember_test())?;
    reminder_legs(app.clone(), app.state::<Desk>())
}

/// Writes the calendar file to where the user says; nothing when they change their mind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_calendar(app: AppHandle, desk: State<'_, Desk>) -> Result<Option<CalendarFile>, AppError> {
    let name = Words::of(&desk.preferences()).calendar_file();
    let Some(path) = choose::new(&app, name)? else { return Ok(None) };
    desk.write(|app| app.write_calendar(&path, None, None)).map(Some)
}

use ashore_app::AppError;
use ashore_app::home::HomeView;
use ashore_app::reminders::ReminderListView;
use tauri::State;

use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn home(desk: State<'_, Desk>) -> Result<HomeView, AppError> {
    desk.read(|app| app.home())
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn list_reminders(
    desk: State<'_, Desk>,
    from: Option<String>,
    to: Option<String>,
) -> Result<ReminderListView, AppError> {
    desk.read(|app| app.list_reminders(from.as_deref(), to.as_deref()))
}

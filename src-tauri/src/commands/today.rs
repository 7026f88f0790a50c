use ashore_app::AppError;
use ashore_app::home::HomeView;
use tauri::State;

use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn home(desk: State<'_, Desk>) -> Result<HomeView, AppError> {
    desk.read(|app| app.home())
}

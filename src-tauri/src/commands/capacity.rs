use ashore_app::AppError;
use ashore_app::capacity::{CapacityForm, CapacityView};
use tauri::State;

use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn capacity(desk: State<'_, Desk>) -> Result<Option<CapacityView>, AppError> {
    desk.read(|app| app.capacity())
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_capacity(desk: State<'_, Desk>, form: CapacityForm) -> Result<CapacityView, AppError> {
    desk.read(|app| app.preview_capacity(&form))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_capacity(desk: State<'_, Desk>, form: CapacityForm) -> Result<CapacityView, AppError> {
    desk.write(|app| app.set_capacity(&form))
}

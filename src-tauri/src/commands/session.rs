#![allow(clippy::result_large_err)] // a refused opening hands the app itself back

use ashore_app::session::{
    AppStatus, ChangePassphraseRequest, CreateVaultRequest, CreatedVault, Preferences, Settings,
    UnlockRequest,
};
use ashore_app::{AppError, KdfCost};
use tauri::State;

use crate::environment;
use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn app_status(desk: State<'_, Desk>) -> Result<AppStatus, AppError> {
    desk.status()
}

/// The page says that its first screen stands; whoever started us may be waiting for that.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn first_screen_drawn() {
    environment::note_ready();
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_preferences(desk: State<'_, Desk>, preferences: Preferences) -> Result<(), AppError> {
    desk.save_preferences(&preferences)
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_settings(desk: State<'_, Desk>, settings: Settings) -> Result<(), AppError> {
    desk.write(|app| app.save_settings(&settings))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn create_vault(
    desk: State<'_, Desk>,
    request: CreateVaultRequest,
) -> Result<CreatedVault, AppError> {
    desk.open(|app| app.create_vault(request, KdfCost::calibrated()))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn unlock(desk: State<'_, Desk>, request: UnlockRequest) -> Result<(), AppError> {
    desk.open(|app| app.unlock(request).map(|app| (app, ())))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn lock(desk: State<'_, Desk>) -> Result<(), AppError> {
    desk.lock();
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn change_passphrase(
    desk: State<'_, Desk>,
    request: ChangePassphraseRequest,
) -> Result<(), AppError> {
    desk.write(|app| app.change_passphrase(request, KdfCost::calibrated()))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn new_recovery_code(desk: State<'_, Desk>, passphrase: String) -> Result<CreatedVault, AppError> {
    desk.write(|app| app.new_recovery_code(passphrase, KdfCost::calibrated()))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn open_sample(desk: State<'_, Desk>) -> Result<(), AppError> {
    desk.open(|app| app.open_sample().map(|app| (app, ())))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn leave_sample(desk: State<'_, Desk>) -> Result<(), AppError> {
    desk.lock();
    Ok(())
}

#![allow(clippy::result_large_err)] // a refused opening hands the app itself back

use ashore_app::session::{
    AppStatus, ChangePassphraseRequest, CreateVaultRequest, CreatedVault, DraftView, Preferences, Settings,
    UnlockRequest,
};
use ashore_app::{AppError, ErrorCode, KdfCost};
use tauri::{AppHandle, Manager, State};

use crate::idle::Idle;
use crate::state::Desk;
use crate::{autostart, clipboard, environment};

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
pub(crate) fn unlock(app: AppHandle, desk: State<'_, Desk>, request: UnlockRequest) -> Result<(), AppError> {
    let again = request.clone();
    desk.open(|app| app.unlock(request).map(|app| (app, ())))?;
    super::backup::scheduled(&app, again);
    Ok(())
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn lock(app: AppHandle, desk: State<'_, Desk>) -> Result<(), AppError> {
    desk.lock();
    clipboard::clear(&app);
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

/// The page was used a moment ago: what it reports keeps the vault from locking by time.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn note_use(desk: State<'_, Desk>, idle: State<'_, Idle>) -> Result<(), AppError> {
    desk.read(|_| Ok(()))?;
    idle.stir();
    Ok(())
}

/// Keeps what was typed into a form before the vault closes.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_draft(desk: State<'_, Desk>, name: String, body: String) -> Result<(), AppError> {
    desk.write(|app| app.save_draft(&name, &body))
}

/// The draft of a form, once.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn take_draft(desk: State<'_, Desk>, name: String) -> Result<Option<DraftView>, AppError> {
    desk.write(|app| app.take_draft(&name))
}

/// Whether the program starts with the desktop session.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn autostart(app: AppHandle) -> Result<bool, AppError> {
    Ok(app.path().config_dir().is_ok_and(|config| autostart::is_on(&config)))
}

/// Starts with the desktop session from now on, hidden in the tray, or no more.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_autostart(app: AppHandle, on: bool) -> Result<(), AppError> {
    let config = app.path().config_dir().map_err(|why| AppError::new(ErrorCode::Io, why.to_string()))?;
    autostart::set(&config, on)
}

/// Puts a vault that cannot be opened any more aside, so that a new one can be made or a backup restored. Nothing of it
/// is removed.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_vault_aside(desk: State<'_, Desk>) -> Result<(), AppError> {
    desk.closed(|app| app.set_vault_aside().map(drop))
}

/// Copies text, for half a minute or until the vault is locked.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn copy_for_a_while(app: AppHandle, text: String) -> Result<(), AppError> {
    clipboard::copy(&app, text);
    Ok(())
}

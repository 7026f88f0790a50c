use ashore_app::AppError;
use ashore_app::contacts::{
    ContactDetailView, ContactListView, FileLookView, ListContactsRequest, LogContactRequest, PasteRequest,
    PastedView, SearchRequest, SearchView, StagedFileView,
};
use ashore_app::evidence::proposed_name;
use tauri::{AppHandle, State};

use super::errand::told;
use crate::choose;
use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn list_contacts(
    desk: State<'_, Desk>,
    request: ListContactsRequest,
) -> Result<ContactListView, AppError> {
    desk.read(|app| app.list_contacts(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn contact(desk: State<'_, Desk>, record_id: String) -> Result<ContactDetailView, AppError> {
    desk.read(|app| app.contact(&record_id))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn log_contact(
    desk: State<'_, Desk>,
    request: LogContactRequest,
) -> Result<ContactDetailView, AppError> {
    desk.write(|app| app.log_contact(&request))
}

/// Lets the user choose a file and keeps an encrypted copy; nothing when they change their mind. The page never
/// learns where it lies.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn choose_file(app: AppHandle, desk: State<'_, Desk>) -> Result<Option<StagedFileView>, AppError> {
    let Some(path) = choose::existing(&app)? else { return Ok(None) };
    desk.run_errand(|vault, going| vault.stage_file(&path, &mut told(&app, going))).map(Some)
}

/// Writes an attachment out to where the user says; `false` when they change their mind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_attachment(
    app: AppHandle,
    desk: State<'_, Desk>,
    attachment_id: String,
    name: String,
) -> Result<bool, AppError> {
    let Some(path) = choose::new(&app, &proposed_name(&name))? else { return Ok(false) };
    desk.run_errand(|vault, going| vault.save_attachment(&attachment_id, &path, &mut told(&app, going)))
        .map(|()| true)
}

/// What an attached file is shown as; its bytes come through the files' own protocol.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn look_at_file(desk: State<'_, Desk>, attachment_id: String) -> Result<FileLookView, AppError> {
    let shown = desk.read(|app| app.take_in_hand(&attachment_id))?.look();
    // It may have taken long; a vault that was locked meanwhile tells nothing more.
    desk.read(|_| Ok(shown))
}

/// Records in which all parts of the query stand, newest first.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn search(desk: State<'_, Desk>, request: SearchRequest) -> Result<SearchView, AppError> {
    desk.read(|app| app.search(&request))
}

/// What pasted words seem to be; nothing is stored.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn read_pasted(desk: State<'_, Desk>, request: PasteRequest) -> Result<PastedView, AppError> {
    desk.read(|app| app.read_pasted(&request))
}

/// Deletes a record and the files only it needs; a tombstone stays.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn remove_contact(
    desk: State<'_, Desk>,
    record_id: String,
    reason: String,
) -> Result<ContactDetailView, AppError> {
    desk.write(|app| app.remove_contact(&record_id, &reason))
}

use ashore_app::AppError;
use ashore_app::letters::{
    AnswerLetterRequest, BorrowerForm, ChannelListView, ExportedLetterView, LetterDraftView, LetterListView,
    LetterPagesView, LetterRequest, LetterView, PackageRequest, PackageView, SendLetterRequest,
};
use tauri::{AppHandle, State};

use crate::choose;
use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn borrower(desk: State<'_, Desk>) -> Result<BorrowerForm, AppError> {
    desk.read(|app| app.borrower())
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_borrower(desk: State<'_, Desk>, form: BorrowerForm) -> Result<BorrowerForm, AppError> {
    desk.write(|app| app.set_borrower(&form))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn draft_letter(
    desk: State<'_, Desk>,
    request: LetterRequest,
) -> Result<LetterDraftView, AppError> {
    desk.read(|app| app.draft_letter(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn letter_pages(
    desk: State<'_, Desk>,
    request: LetterRequest,
) -> Result<LetterPagesView, AppError> {
    desk.read(|app| app.letter_pages(&request))
}

/// Keeps the letter and writes it to where the user says; nothing when they change their mind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn export_letter(
    app: AppHandle,
    desk: State<'_, Desk>,
    request: LetterRequest,
    name: String,
) -> Result<Option<ExportedLetterView>, AppError> {
    choose::new(&app, &name).map(|path| desk.write(|app| app.export_letter(&request, &path))).transpose()
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn list_letters(
    desk: State<'_, Desk>,
    loan_id: Option<String>,
) -> Result<LetterListView, AppError> {
    desk.read(|app| app.list_letters(loan_id.as_deref()))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn letter(desk: State<'_, Desk>, letter_id: String) -> Result<LetterView, AppError> {
    desk.read(|app| app.letter(&letter_id))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn letter_sent(desk: State<'_, Desk>, request: SendLetterRequest) -> Result<LetterView, AppError> {
    desk.write(|app| app.letter_sent(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn letter_answered(
    desk: State<'_, Desk>,
    request: AnswerLetterRequest,
) -> Result<LetterView, AppError> {
    desk.write(|app| app.letter_answered(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn complaint_channels(
    desk: State<'_, Desk>,
    loan_id: String,
) -> Result<ChannelListView, AppError> {
    desk.read(|app| app.complaint_channels(&loan_id))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn help_channels(desk: State<'_, Desk>) -> Result<ChannelListView, AppError> {
    desk.read(|app| app.help_channels())
}

/// Writes a complaint package to where the user says; nothing when they change their mind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn export_package(
    app: AppHandle,
    desk: State<'_, Desk>,
    request: PackageRequest,
    name: String,
) -> Result<Option<PackageView>, AppError> {
    choose::new(&app, &name).map(|path| desk.read(|app| app.export_package(&request, &path))).transpose()
}

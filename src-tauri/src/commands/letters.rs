use ashore_app::AppError;
use ashore_app::letters::{
    AdviserPackRequest, AdviserPackView, AnswerLetterRequest, BorrowerForm, ChannelListView,
    ExportedLetterView, LetterDraftView, LetterListView, LetterPagesView, LetterRequest, LetterView,
    LetterWarning, PackageRequest, PackageView, ProveLetterRequest, SavedLetterView, SendLetterRequest,
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
pub(crate) fn preview_letter(
    desk: State<'_, Desk>,
    request: LetterRequest,
) -> Result<LetterPagesView, AppError> {
    desk.write(|app| app.preview_letter(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_kept_letter(
    desk: State<'_, Desk>,
    letter_id: String,
) -> Result<LetterPagesView, AppError> {
    desk.write(|app| app.preview_kept_letter(&letter_id))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn keep_letter(
    desk: State<'_, Desk>,
    request: LetterRequest,
) -> Result<ExportedLetterView, AppError> {
    desk.write(|app| app.keep_letter(&request))
}

/// Writes a kept version to where the user says; nothing when they change their mind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_letter(
    app: AppHandle,
    desk: State<'_, Desk>,
    letter_id: String,
    name: String,
) -> Result<Option<SavedLetterView>, AppError> {
    let Some(path) = choose::new(&app, &name)? else { return Ok(None) };
    let mut made = desk.read(|app| app.save_letter(&letter_id, &path))?;
    made.file = choose::shown(&made.file);
    Ok(Some(made))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn sending_warnings(
    desk: State<'_, Desk>,
    letter_id: String,
    to: Option<String>,
) -> Result<Vec<LetterWarning>, AppError> {
    desk.read(|app| app.sending_warnings(&letter_id, to.as_deref()))
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
    let Some(path) = choose::new(&app, &name)? else { return Ok(None) };
    let mut made = desk.write(|app| app.export_letter(&request, &path))?;
    made.file = choose::shown(&made.file);
    Ok(Some(made))
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
pub(crate) fn letter_proved(
    desk: State<'_, Desk>,
    request: ProveLetterRequest,
) -> Result<LetterView, AppError> {
    desk.write(|app| app.letter_proved(&request))
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
    let Some(path) = choose::new(&app, &name)? else { return Ok(None) };
    let mut made = desk.write(|app| app.export_package(&request, &path))?;
    made.file = choose::shown(&made.file);
    Ok(Some(made))
}

/// Writes a set for an adviser to where the user says; nothing when they change their mind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn export_adviser_pack(
    app: AppHandle,
    desk: State<'_, Desk>,
    request: AdviserPackRequest,
    name: String,
) -> Result<Option<AdviserPackView>, AppError> {
    let Some(path) = choose::new(&app, &name)? else { return Ok(None) };
    let mut made = desk.read(|app| app.export_adviser_pack(&request, &path))?;
    made.file = choose::shown(&made.file);
    Ok(Some(made))
}

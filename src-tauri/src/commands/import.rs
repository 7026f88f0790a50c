use ashore_app::AppError;
use ashore_app::import::{
    ConfirmSuggestionRequest, FileReport, ImportOptions, MappingForm, Progress, SuggestionListView,
};
use ashore_app::payments::PaymentView;
use tauri::{AppHandle, State};
use tauri_specta::Event;

use crate::choose;
use crate::events::ImportProgress;
use crate::intake::{ChosenFile, Intake};
use crate::state::Desk;

/// Lets the user choose files to take in. The page learns their names, never where they lie.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn choose_imports(app: AppHandle, intake: State<'_, Intake>) -> Result<Vec<ChosenFile>, AppError> {
    Ok(intake.put(choose::several(&app)?))
}

/// The files dropped on the window since this was asked last.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn dropped_imports(
    desk: State<'_, Desk>,
    intake: State<'_, Intake>,
) -> Result<Vec<ChosenFile>, AppError> {
    desk.read(|_| Ok(intake.take_dropped()))
}

/// What a chosen file holds; nothing is stored.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_import(
    app: AppHandle,
    desk: State<'_, Desk>,
    intake: State<'_, Intake>,
    handle: String,
    mapping: Option<MappingForm>,
) -> Result<FileReport, AppError> {
    desk.read(|_| Ok(()))?;
    work(&app, &desk, &intake, &handle, &ImportOptions { dry_run: true, mapping })
}

/// Takes a chosen file in: all of it or nothing.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn take_import(
    app: AppHandle,
    desk: State<'_, Desk>,
    intake: State<'_, Intake>,
    handle: String,
    mapping: Option<MappingForm>,
) -> Result<FileReport, AppError> {
    desk.read(|_| Ok(()))?;
    work(&app, &desk, &intake, &handle, &ImportOptions { dry_run: false, mapping })
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn list_suggestions(desk: State<'_, Desk>) -> Result<SuggestionListView, AppError> {
    desk.read(|app| app.list_suggestions())
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn confirm_suggestion(
    desk: State<'_, Desk>,
    request: ConfirmSuggestionRequest,
) -> Result<PaymentView, AppError> {
    desk.write(|app| app.confirm_suggestion(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn decline_suggestion(desk: State<'_, Desk>, record_id: String) -> Result<(), AppError> {
    desk.write(|app| app.decline_suggestion(&record_id))
}

fn work(
    app: &AppHandle,
    desk: &Desk,
    intake: &Intake,
    handle: &str,
    options: &ImportOptions,
) -> Result<FileReport, AppError> {
    let (path, name) = intake.file(handle)?;
    let report = desk.run_errand(|vault, going| {
        let mut watch = |progress: Progress| {
            // A page that is gone needs no telling.
            drop(ImportProgress { progress }.emit(app));
            going.on()
        };
        vault.import_file(&path, options, &mut watch)
    })?;
    Ok(FileReport { path: name, ..report })
}

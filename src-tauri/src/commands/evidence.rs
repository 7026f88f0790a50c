use ashore_app::AppError;
use ashore_app::conduct::{CheckConductRequest, ConductView, ReviewConductRequest};
use ashore_app::evidence::{
    AnchorRequestView, AnchorView, AnchorsView, EvidenceReport, ExportPackRequest, OpenExportView,
    PackVerdict, PackView, place_within, verify_pack,
};
use tauri::{AppHandle, State};

use super::errand::told;
use crate::choose;
use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn verify_evidence(desk: State<'_, Desk>) -> Result<EvidenceReport, AppError> {
    desk.read(|app| app.verify_evidence())
}

/// Writes a pack into a folder the user chooses; nothing when they change their mind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn export_pack(
    app: AppHandle,
    desk: State<'_, Desk>,
    request: ExportPackRequest,
    name: String,
) -> Result<Option<PackView>, AppError> {
    let Some(folder) = choose::folder(&app)? else { return Ok(None) };
    let target = place_within(&folder, &name);
    let made = desk.run_errand(|vault, going| vault.export_pack(&request, &target, &mut told(&app, going)));
    made.map(|view| Some(view.named()))
}

/// Writes everything in open formats into a folder the user chooses; nothing when they change their mind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn export_open(
    app: AppHandle,
    desk: State<'_, Desk>,
    name: String,
) -> Result<Option<OpenExportView>, AppError> {
    let Some(folder) = choose::folder(&app)? else { return Ok(None) };
    let target = place_within(&folder, &name);
    let made = desk.run_errand(|vault, going| vault.export_open(&target, &mut told(&app, going)));
    made.map(|view| Some(view.named()))
}

/// Checks a pack that somebody handed over: an archive, or a folder. Nothing when the user changes their mind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn verify_chosen_pack(app: AppHandle, archive: bool) -> Result<Option<PackVerdict>, AppError> {
    let chosen = if archive { choose::existing_for_anybody(&app) } else { choose::folder_for_anybody(&app) };
    chosen.map(|path| verify_pack(&path)).transpose()
}

/// Keeps the hours in which the borrower agreed to be contacted.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_consented_hours(desk: State<'_, Desk>, hours: Vec<String>) -> Result<(), AppError> {
    desk.write(|app| app.save_consented_hours(&hours))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn anchors(desk: State<'_, Desk>) -> Result<AnchorsView, AppError> {
    desk.read(|app| app.anchors())
}

/// Writes a request for a timestamp authority to where the user says; nothing when they change their mind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn request_anchor(
    app: AppHandle,
    desk: State<'_, Desk>,
    name: String,
) -> Result<Option<AnchorRequestView>, AppError> {
    choose::new(&app, &name)?.map(|path| desk.write(|vault| vault.request_anchor(&path))).transpose()
}

/// Keeps the response of an authority that the user chooses; nothing when they change their mind.
#[tauri::command(async)]
#[specta::specta]
pub(crate) fn import_anchor(app: AppHandle, desk: State<'_, Desk>) -> Result<Option<AnchorView>, AppError> {
    choose::existing(&app)?.map(|path| desk.write(|vault| vault.import_anchor(&path))).transpose()
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check_conduct(
    desk: State<'_, Desk>,
    request: CheckConductRequest,
) -> Result<ConductView, AppError> {
    desk.read(|app| app.check_conduct(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn review_conduct(desk: State<'_, Desk>, request: ReviewConductRequest) -> Result<(), AppError> {
    desk.write(|app| app.review_conduct(&request))
}

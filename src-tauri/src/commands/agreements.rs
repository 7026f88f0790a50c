use ashore_app::AppError;
use ashore_app::agreements::{
    AgreementCheckView, AgreementListView, AgreementPreview, AgreementView, CheckAgreementRequest,
    FilesToRead, RecordAgreementRequest,
};
use tauri::State;

use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn record_agreement(
    desk: State<'_, Desk>,
    request: RecordAgreementRequest,
) -> Result<AgreementView, AppError> {
    desk.write(|app| app.record_agreement(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn agreement(desk: State<'_, Desk>, agreement_id: String) -> Result<AgreementView, AppError> {
    desk.read(|app| app.agreement(&agreement_id))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn list_agreements(
    desk: State<'_, Desk>,
    loan_id: Option<String>,
) -> Result<AgreementListView, AppError> {
    desk.read(|app| app.list_agreements(loan_id.as_deref()))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_agreement(
    desk: State<'_, Desk>,
    request: RecordAgreementRequest,
) -> Result<AgreementPreview, AppError> {
    let words = desk.apart(|app| app.files_to_preview(&request), FilesToRead::read)?;
    desk.read(|app| app.preview_agreement_by(&request, &words))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn check_agreement(
    desk: State<'_, Desk>,
    request: CheckAgreementRequest,
) -> Result<AgreementCheckView, AppError> {
    let words = desk.apart(|app| app.files_to_check(&request), FilesToRead::read)?;
    desk.read(|app| app.check_agreement_by(&request, &words))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn keep_agreement_check(
    desk: State<'_, Desk>,
    request: CheckAgreementRequest,
) -> Result<AgreementCheckView, AppError> {
    let words = desk.apart(|app| app.files_to_check(&request), FilesToRead::read)?;
    desk.write(|app| app.keep_agreement_check_by(&request, &words))
}

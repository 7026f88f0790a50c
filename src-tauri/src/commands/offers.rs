use ashore_app::AppError;
use ashore_app::offers::{
    CompareView, OffersView, PreviewOffersRequest, ProposalListView, SaveOffersRequest,
};
use tauri::State;

use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_offers(
    desk: State<'_, Desk>,
    request: PreviewOffersRequest,
) -> Result<OffersView, AppError> {
    desk.read(|app| app.preview_offers(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_offers(
    desk: State<'_, Desk>,
    request: SaveOffersRequest,
) -> Result<ProposalListView, AppError> {
    desk.write(|app| app.save_offers(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn list_proposals(
    desk: State<'_, Desk>,
    loan_id: Option<String>,
) -> Result<ProposalListView, AppError> {
    desk.read(|app| app.list_proposals(loan_id.as_deref()))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn compare_offers(desk: State<'_, Desk>, loan_id: String) -> Result<CompareView, AppError> {
    desk.read(|app| app.compare_offers(&loan_id))
}

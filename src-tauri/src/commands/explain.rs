use ashore_app::AppError;
use ashore_app::explain::{ExplainRequest, ExplanationView};
use tauri::State;

use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn explain(desk: State<'_, Desk>, request: ExplainRequest) -> Result<ExplanationView, AppError> {
    desk.read(|app| app.explain(&request))
}

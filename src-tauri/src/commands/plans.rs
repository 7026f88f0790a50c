use ashore_app::AppError;
use ashore_app::offers::ProposalListView;
use ashore_app::plans::{SavePlanRequest, StudioRequest, StudioView};
use ashore_app::words::PlanObjective;
use tauri::State;

use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn plan_studio(
    desk: State<'_, Desk>,
    request: StudioRequest,
    drawn: PlanObjective,
) -> Result<StudioView, AppError> {
    desk.read(|app| app.plan_studio_drawn(&request, drawn))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn save_plan(
    desk: State<'_, Desk>,
    request: SavePlanRequest,
) -> Result<ProposalListView, AppError> {
    desk.write(|app| app.save_plan(&request))
}

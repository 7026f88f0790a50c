use ashore_app::AppError;
use ashore_app::deadlines::{
    AddDeadlineRequest, DeadlineListView, DeadlineRuleListView, DeadlineView, SettleDeadlineRequest,
};
use ashore_app::reviews::{FinishReviewRequest, ReviewView};
use tauri::State;

use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn list_deadlines(desk: State<'_, Desk>) -> Result<DeadlineListView, AppError> {
    desk.read(|app| app.list_deadlines())
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn list_deadline_rules(desk: State<'_, Desk>) -> Result<DeadlineRuleListView, AppError> {
    desk.read(|app| app.list_deadline_rules())
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_deadline(
    desk: State<'_, Desk>,
    rule: String,
    starts_on: String,
) -> Result<DeadlineView, AppError> {
    desk.read(|app| app.preview_deadline(&rule, &starts_on))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn add_deadline(
    desk: State<'_, Desk>,
    request: AddDeadlineRequest,
) -> Result<DeadlineView, AppError> {
    desk.write(|app| app.add_deadline(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn settle_deadline(desk: State<'_, Desk>, request: SettleDeadlineRequest) -> Result<(), AppError> {
    desk.write(|app| app.settle_deadline(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn review(desk: State<'_, Desk>) -> Result<ReviewView, AppError> {
    desk.read(|app| app.review())
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn finish_review(
    desk: State<'_, Desk>,
    request: FinishReviewRequest,
) -> Result<ReviewView, AppError> {
    desk.write(|app| app.finish_review(&request))
}

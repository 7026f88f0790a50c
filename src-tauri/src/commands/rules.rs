use ashore_app::AppError;
use ashore_app::rules::{RulesView, SetOwnRuleRequest, WithdrawOwnRuleRequest};
use tauri::State;

use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn rules(desk: State<'_, Desk>) -> Result<RulesView, AppError> {
    desk.read(|app| app.rules_view())
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn set_own_rule(desk: State<'_, Desk>, request: SetOwnRuleRequest) -> Result<RulesView, AppError> {
    desk.write(|app| app.set_own_rule(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn withdraw_own_rule(
    desk: State<'_, Desk>,
    request: WithdrawOwnRuleRequest,
) -> Result<RulesView, AppError> {
    desk.write(|app| app.withdraw_own_rule(&request))
}

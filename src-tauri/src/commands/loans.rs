use ashore_app::AppError;
use ashore_app::loans::{
    AddLoanRequest, AmendLoanRequest, BorrowRequest, BorrowView, CloseLoanRequest, LegalStep,
    LimitationEffectView, LoanCard, LoanDetailView, LoanListView, LoanPreview,
};
use tauri::State;

use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn list_loans(desk: State<'_, Desk>) -> Result<LoanListView, AppError> {
    desk.read(|app| app.list_loans())
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn loan(
    desk: State<'_, Desk>,
    loan_id: String,
    as_of: Option<String>,
) -> Result<LoanDetailView, AppError> {
    desk.read(|app| app.loan(&loan_id, as_of.as_deref()))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_loan(desk: State<'_, Desk>, request: AddLoanRequest) -> Result<LoanPreview, AppError> {
    desk.read(|app| app.preview_loan(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn add_loan(desk: State<'_, Desk>, request: AddLoanRequest) -> Result<LoanCard, AppError> {
    desk.write(|app| app.add_loan(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn amend_loan(desk: State<'_, Desk>, request: AmendLoanRequest) -> Result<LoanCard, AppError> {
    desk.write(|app| app.amend_loan(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn close_loan(desk: State<'_, Desk>, request: CloseLoanRequest) -> Result<(), AppError> {
    desk.write(|app| app.close_loan(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn limitation_effect(
    desk: State<'_, Desk>,
    loan_id: String,
    step: LegalStep,
) -> Result<LimitationEffectView, AppError> {
    desk.read(|app| app.limitation_effect(&loan_id, step))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn limitation_warnings(
    desk: State<'_, Desk>,
    step: LegalStep,
) -> Result<Vec<LimitationEffectView>, AppError> {
    desk.read(|app| app.limitation_warnings(step))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_borrowing(
    desk: State<'_, Desk>,
    request: BorrowRequest,
) -> Result<BorrowView, AppError> {
    desk.read(|app| app.preview_borrowing(&request))
}

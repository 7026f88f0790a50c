use ashore_app::AppError;
use ashore_app::payments::{
    AddPaymentRequest, MatchPaymentRequest, PaymentListView, PaymentMatchView, PaymentPreview, PaymentView,
    PreviewPaymentRequest, ReturnPaymentRequest, VoidPaymentRequest,
};
use tauri::State;

use crate::state::Desk;

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn list_payments(
    desk: State<'_, Desk>,
    loan_id: Option<String>,
) -> Result<PaymentListView, AppError> {
    desk.read(|app| app.list_payments(loan_id.as_deref()))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn add_payment(
    desk: State<'_, Desk>,
    request: AddPaymentRequest,
) -> Result<PaymentView, AppError> {
    desk.write(|app| app.add_payment(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn void_payment(desk: State<'_, Desk>, request: VoidPaymentRequest) -> Result<(), AppError> {
    desk.write(|app| app.void_payment(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn preview_payment(
    desk: State<'_, Desk>,
    request: PreviewPaymentRequest,
) -> Result<PaymentPreview, AppError> {
    desk.read(|app| app.preview_payment(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn match_payment(
    desk: State<'_, Desk>,
    request: MatchPaymentRequest,
) -> Result<PaymentMatchView, AppError> {
    desk.read(|app| app.match_payment(&request))
}

#[tauri::command(async)]
#[specta::specta]
pub(crate) fn return_payment(desk: State<'_, Desk>, request: ReturnPaymentRequest) -> Result<(), AppError> {
    desk.write(|app| app.return_payment(&request))
}

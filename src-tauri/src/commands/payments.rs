use ashore_app::AppError;
use ashore_app::payments::{AddPaymentRequest, PaymentListView, PaymentView, VoidPaymentRequest};
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

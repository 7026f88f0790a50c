use ashore_app::AppError;
use ashore_app::agreements::{AdvanceAgreementRequest, AgreementView};
use ashore_app::cases::{
    AddTaskRequest, CallScriptView, CaseBoardView, CaseTaskView, CaseView, HardshipForm, HardshipView,
    SetDocumentRequest, SetStageRequest, TaskListView,
};
use ashore_app::lenders::{
    AddPartyRequest, LegitimacyView, PartyListView, PartyPlaceView, PartyRecordView, SetLegitimacyRequest,
    SetLoanPartiesRequest,
};
use ashore_app::offers::{
    AcceptOfferRequest, MakeOfferRequest, OfferDetailView, OfferEffectView, ProposalView,
};
use tauri::State;

use crate::state::Desk;

/// A command that reads.
macro_rules! reads {
    ($($name:ident($($arg:ident: $type:ty),*) -> $view:ty, $app:ident => $call:expr;)+) => {$(
        #[tauri::command(async)]
        #[specta::specta]
        pub(crate) fn $name(desk: State<'_, Desk>, $($arg: $type),*) -> Result<$view, AppError> {
            desk.read(|$app| $call)
        }
    )+};
}

/// A command that records.
macro_rules! writes {
    ($($name:ident($($arg:ident: $type:ty),*) -> $view:ty, $app:ident => $call:expr;)+) => {$(
        #[tauri::command(async)]
        #[specta::specta]
        pub(crate) fn $name(desk: State<'_, Desk>, $($arg: $type),*) -> Result<$view, AppError> {
            desk.write(|$app| $call)
        }
    )+};
}

reads! {
    case_board() -> CaseBoardView, app => app.case_board();
    case_of(loan_id: String) -> CaseView, app => app.case(&loan_id);
    call_script(loan_id: String) -> CallScriptView, app => app.call_script(&loan_id);
    hardship() -> Option<HardshipView>, app => app.hardship();
    offer_detail(proposal_id: String) -> OfferDetailView, app => app.offer_detail(&proposal_id);
    preview_proposal(request: MakeOfferRequest) -> OfferEffectView, app => app.preview_proposal(&request);
    list_parties() -> PartyListView, app => app.list_parties();
    draft(name: String) -> Option<String>, app => app.draft(&name);
}

writes! {
    set_hardship(request: HardshipForm) -> HardshipView, app => app.set_hardship(&request);
    set_case_stage(request: SetStageRequest) -> CaseView, app => app.set_case_stage(&request);
    set_case_document(request: SetDocumentRequest) -> CaseView, app => app.set_case_document(&request);
    add_task(request: AddTaskRequest) -> CaseTaskView, app => app.add_task(&request);
    finish_task(task_id: String) -> TaskListView, app => app.finish_task(&task_id);
    add_proposal(request: MakeOfferRequest) -> ProposalView, app => app.add_proposal(&request);
    accept_proposal(request: AcceptOfferRequest) -> ProposalView, app => app.accept_proposal(&request);
    advance_agreement(request: AdvanceAgreementRequest) -> AgreementView, app => app.advance_agreement(&request);
    add_party(request: AddPartyRequest) -> PartyRecordView, app => app.add_party(&request);
    set_loan_parties(request: SetLoanPartiesRequest) -> Vec<PartyPlaceView>, app => app.set_loan_parties(&request);
    set_legitimacy(request: SetLegitimacyRequest) -> Vec<LegitimacyView>, app => app.set_legitimacy(&request);
    keep_draft(name: String, text: Option<String>) -> (), app => app.keep_draft(&name, text.as_deref());
}

//! From what can be paid to an agreement: a request changes nothing, an agreement changes the dues.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::agreements::RecordAgreementRequest;
use ashore_app::capacity::CapacityForm;
use ashore_app::loans::AddLoanRequest;
use ashore_app::offers::{PreviewOffersRequest, ProposalState, SaveOffersRequest};
use ashore_app::{AppError, ErrorCode};
use ashore_test_support::Home;
use serde_json::{Value, json};

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn sheet() -> CapacityForm {
    serde_json::from_value(json!({
        "income": [
            {"name": "工资", "amount": "7,400", "certainty": "fixed"},
            {"name": "零工", "amount": "3200", "certainty": "variable"},
        ],
        "expenses": [
            {"name": "房租", "class": "essential", "amount": "2300"},
            {"name": "吃饭和其他", "class": "essential", "amount": "4770"},
            {"name": "其他", "class": "flexible", "amount": "230"},
        ],
    }))
    .unwrap()
}

fn loan(
    app: &str,
    received: &str,
    payment: &str,
    terms: &str,
    first_due: &str,
    paid: &str,
) -> AddLoanRequest {
    let text = |value: &str| Some(value.to_owned());
    AddLoanRequest {
        app: app.to_owned(),
        received: text(received),
        payment: text(payment),
        terms: text(terms),
        first_due: text(first_due),
        terms_paid: text(paid),
        ..AddLoanRequest::default()
    }
}

fn json_of(view: &impl serde::Serialize) -> Value {
    serde_json::to_value(view).unwrap()
}

fn fen(value: &Value) -> i64 {
    value.as_str().unwrap().replace('.', "").parse().unwrap()
}

#[test]
fn the_worksheet_leaves_what_a_creditor_can_check() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let view = json_of(&app.set_capacity(&sheet()).unwrap());
    assert_eq!(view["capacity"], "2593.00", "10,600 − 7,070 − 230 − 707");
    assert_eq!(view["totals"]["buffer"], "707.00");
    assert_eq!(view["form"], json_of(&app.capacity().unwrap().unwrap().form), "read back as stated");
    let mut bad = sheet();
    bad.expenses[1].amount = "一千".to_owned();
    let error: AppError = app.preview_capacity(&bad).unwrap_err();
    assert_eq!((error.field.as_deref(), error.code), (Some("expenses.1.amount"), ErrorCode::AmountInWords));
}

#[test]
fn a_request_changes_nothing_and_an_agreement_changes_the_dues() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let jia = app.add_loan(&loan("甲贷", "30000", "1586.13", "24", "2026-02-25", "9")).unwrap().id;
    let wu = app.add_loan(&loan("戊借", "15000", "1418.39", "12", "2026-07-28", "2")).unwrap().id;
    let nothing = app.preview_offers(&PreviewOffersRequest::default()).unwrap_err();
    assert_eq!(nothing.code, ErrorCode::FieldMissing, "no capacity is invented");
    app.set_capacity(&sheet()).unwrap();

    let offers = json_of(&app.preview_offers(&PreviewOffersRequest::default()).unwrap());
    let monthly: i64 = offers["offers"].as_array().unwrap().iter().map(|o| fen(&o["monthly"])).sum();
    assert_eq!(monthly, 259_300, "the shares add up to the capacity");
    let dues = |app: &ashore_app::session::App<_>| json_of(&app.list_reminders(None, None).unwrap());
    let before = dues(&app);
    let saved = app.save_offers(&SaveOffersRequest::default()).unwrap().proposals;
    assert_eq!(saved.len(), 2);
    assert!(saved.iter().all(|p| p.state == ProposalState::Requested));
    assert_eq!(dues(&app), before, "contract dues and reminders stay live");

    let offer = saved.iter().find(|p| p.loan_id == wu).unwrap();
    let request: RecordAgreementRequest = serde_json::from_value(json!({
        "loan_id": wu, "proposal_id": offer.id, "form": "email", "creditor": "戊山小额贷款有限公司",
        "confirmation_text": "同意按上述方案还款。",
    }))
    .unwrap();
    let agreement = json_of(&app.record_agreement(&request).unwrap());
    assert_eq!(agreement["total"], json_of(offer)["total"]);
    let card = json_of(&app.loan(&wu, None).unwrap().card);
    assert_eq!(card["overdue_days"], 0, "the agreement's dues hold from its day");
    assert_eq!(card["next_due"]["agreed"], true);
    assert_eq!(card["owed"], agreement["total"]);
    let after = app.list_reminders(None, None).unwrap().reminders;
    assert!(
        after.iter().any(|r| r.loan_id.as_ref() == Some(&jia) && !r.agreed),
        "the other contract goes on"
    );
    assert!(after.iter().filter(|r| r.loan_id.as_ref() == Some(&wu) && r.amount.is_some()).all(|r| r.agreed));
    assert_eq!(app.list_proposals(Some(&wu)).unwrap().proposals[0].state, ProposalState::Agreed);

    let offers = json_of(&app.preview_offers(&PreviewOffersRequest::default()).unwrap());
    assert_eq!(offers["offers"].as_array().unwrap().len(), 1, "what is agreed is not offered again");
    assert_eq!(fen(&offers["agreed_monthly"]) + fen(&offers["monthly"]), 259_300, "and is kept first");
}

#[test]
fn agreements_that_say_nothing_payable_are_refused() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let wu = app.add_loan(&loan("戊借", "15000", "1418.39", "12", "2026-07-28", "2")).unwrap().id;
    let with = |more: Value| -> RecordAgreementRequest {
        let mut request = json!({"loan_id": wu, "form": "sms", "confirmation_text": "确认，按此执行。"});
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(request).unwrap()
    };
    for (request, field, code) in [
        (with(json!({})), "payment", ErrorCode::AgreementNeedsRows),
        (
            with(json!({"payment": "720", "terms": "0", "first_due": "2026-12-28"})),
            "terms",
            ErrorCode::CountOutOfRange,
        ),
        (
            with(json!({"payment": "720", "terms": "18", "first_due": "2026-11-01"})),
            "first_due",
            ErrorCode::DateOrder,
        ),
        (
            with(json!({"agreed_on": "2026-12-01", "payment": "1", "terms": "1", "first_due": "2026-12-28"})),
            "agreed_on",
            ErrorCode::DateOrder,
        ),
    ] {
        let error = app.record_agreement(&request).unwrap_err();
        assert_eq!((error.field.as_deref(), error.code), (Some(field), code), "{error}");
    }
    let good = with(json!({"payment": "720", "terms": "18", "first_due": "2026-12-28"}));
    let agreement = json_of(&app.record_agreement(&good).unwrap());
    assert_eq!(
        (agreement["total"].as_str(), agreement["rows"].as_array().unwrap().len()),
        (Some("12960.00"), 18)
    );
    assert_eq!(json_of(&app.loan(&wu, None).unwrap().card)["owed"], "12960.00");
}

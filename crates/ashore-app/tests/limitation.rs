//! What is said of the limitation of action: every interruption shown, and a word before an act that would change it.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::agreements::RecordAgreementRequest;
use ashore_app::loans::{
    AddLoanRequest, LegalStep, LimitationChange, LimitationEffectView, LimitationStanding, LimitationTrace,
};
use ashore_app::payments::{AddPaymentRequest, VoidPaymentRequest};
use ashore_app::session::{App, Unlocked};
use ashore_test_support::Home;
use serde_json::json;

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

/// Six terms from 6 February 2022: the last fell due on 6 July 2022.
fn old_loan(app: &mut App<Unlocked>) -> String {
    let request = AddLoanRequest {
        app: "甲花".to_owned(),
        received: text("6000"),
        payment: text("1050"),
        terms: text("6"),
        first_due: text("2022-02-06"),
        terms_paid: text("2"),
        ..AddLoanRequest::default()
    };
    app.add_loan(&request).unwrap().id
}

fn pay(app: &mut App<Unlocked>, loan: &str, on: &str) -> String {
    let request = json!({ "loan_id": loan, "on": on, "amount": "200" });
    app.add_payment(&serde_json::from_value::<AddPaymentRequest>(request).unwrap()).unwrap().id
}

fn effect(app: &App<Unlocked>, loan: &str, step: LegalStep) -> LimitationEffectView {
    app.limitation_effect(loan, step).unwrap()
}

#[test]
fn the_period_counts_from_the_last_due_and_an_act_after_it_warns() {
    let home = Home::new();
    let mut app = home.created("2026-11-18T09:30:00+08:00");
    let loan = old_loan(&mut app);
    let seen = app.limitation(&loan).unwrap().unwrap();
    // 6 July 2025 was a Sunday, so the period ended on the Monday.
    assert_eq!((seen.started.as_str(), seen.ends.as_str()), ("2022-07-06", "2025-07-07"));
    assert_eq!(seen.state, LimitationStanding::PossiblyExpired);
    assert!(seen.events.is_empty());

    let paying = effect(&app, &loan, LegalStep::Payment);
    assert!(paying.consult && paying.warn);
    assert_eq!(paying.change, LimitationChange::Unclear);
    let agreeing = effect(&app, &loan, LegalStep::RepaymentAgreement);
    assert_eq!(agreeing.change, LimitationChange::Revives);
    assert_eq!(agreeing.ends_after, "2029-11-19", "18 November 2029 is a Sunday");
    assert_eq!(app.limitation_warnings(LegalStep::RepaymentPlan).unwrap().len(), 1);
}

#[test]
fn a_payment_that_counts_interrupts_and_a_voided_one_does_not() {
    let home = Home::new();
    let mut app = home.created("2024-03-01T09:30:00+08:00");
    let loan = old_loan(&mut app);
    let payment = pay(&mut app, &loan, "2024-02-20");
    let seen = app.limitation(&loan).unwrap().unwrap();
    assert_eq!((seen.started.as_str(), seen.state), ("2024-02-20", LimitationStanding::Running));
    let [event] = seen.events.as_slice() else { panic!("one event, not {:?}", seen.events) };
    assert_eq!((event.kind.as_str(), event.change), ("payment", LimitationChange::Restarts));
    assert!(event.by_borrower);
    assert_eq!(
        event.trace,
        LimitationTrace::Payment {
            id: payment.clone(),
            amount: ashore_domain::Money::from_fen(20_000).into()
        }
    );
    let again = effect(&app, &loan, LegalStep::Payment);
    assert!(again.warn && !again.consult, "it begins anew, but nothing is over");

    let void = json!({ "payment_id": payment, "reason": "记重了" });
    app.void_payment(&serde_json::from_value::<VoidPaymentRequest>(void).unwrap()).unwrap();
    assert!(app.limitation(&loan).unwrap().unwrap().events.is_empty());
}

#[test]
fn records_say_by_label_promise_or_kind_what_they_are() {
    let home = Home::new();
    let mut app = home.created("2025-03-01T09:30:00+08:00");
    let loan = old_loan(&mut app);
    let log = |app: &mut App<Unlocked>, more: serde_json::Value| {
        let mut request = json!({ "loan_ids": [loan], "direction": "incoming", "summary": "对方来信" });
        request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        app.log_contact(&serde_json::from_value(request).unwrap()).unwrap()
    };
    log(
        &mut app,
        json!({ "at": "2023-05-01T23:30:00+08:00", "tags": ["demand_message"],
        "details": { "kind": "sms", "body": "请还款" } }),
    );
    log(
        &mut app,
        json!({ "at": "2023-06-01T09:00:00+08:00", "details": { "kind": "sms", "body": "周年庆" } }),
    );
    log(
        &mut app,
        json!({ "at": "2024-01-05T09:00:00+08:00", "promises": [{ "by": "user", "what": "月底还一千" }],
        "details": { "kind": "call", "status": "answered" } }),
    );
    log(
        &mut app,
        json!({ "at": "2024-08-01T09:00:00+08:00", "tags": ["债权转让通知到达"],
        "details": { "kind": "letter" } }),
    );
    log(&mut app, json!({ "at": "2024-09-02T09:00:00+08:00", "details": { "kind": "court_doc" } }));
    let seen = app.limitation(&loan).unwrap().unwrap();
    let found: Vec<(&str, &str)> = seen.events.iter().map(|e| (e.on.as_str(), e.kind.as_str())).collect();
    assert_eq!(
        found,
        [
            ("2023-05-01", "demand_message"),
            ("2024-01-05", "promise_to_pay"),
            ("2024-08-01", "assignment_notice"),
            ("2024-09-02", "lawsuit"),
        ]
    );
    assert_eq!(seen.started, "2024-09-02");
}

#[test]
fn an_agreement_begins_a_time_of_its_own() {
    let home = Home::new();
    let mut app = home.created("2026-11-18T09:30:00+08:00");
    let loan = old_loan(&mut app);
    let mail = json!({ "loan_ids": [loan], "direction": "incoming", "summary": "书面确认", "confirmation": "written",
        "at": "2026-11-18T09:00:00+08:00", "details": { "kind": "email", "body": "同意" } });
    let mail = app.log_contact(&serde_json::from_value(mail).unwrap()).unwrap().id;
    let request = json!({ "loan_id": loan, "form": "email", "payment": "500", "terms": "4",
        "first_due": "2026-12-06", "evidence_ids": [mail] });
    app.record_agreement(&serde_json::from_value::<RecordAgreementRequest>(request).unwrap()).unwrap();
    let seen = app.limitation(&loan).unwrap().unwrap();
    assert_eq!((seen.started.as_str(), seen.state), ("2027-03-06", LimitationStanding::NotStarted));
    let [event] = seen.events.as_slice() else { panic!("one event, not {:?}", seen.events) };
    assert_eq!(event.change, LimitationChange::Revives, "the time of the contract was over");
    let paying = effect(&app, &loan, LegalStep::Payment);
    assert_eq!((paying.change, paying.warn), (LimitationChange::BeforeDue, false));
    assert!(app.limitation_warnings(LegalStep::Payment).unwrap().is_empty());
}

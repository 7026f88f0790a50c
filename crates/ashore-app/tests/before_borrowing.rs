//! A loan that is only offered: its true cost, what the sheet leaves out, and what it does. Nothing is stored.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::loans::BorrowRequest;
use ashore_app::payments::AddPaymentRequest;
use ashore_app::session::{App, Unlocked};
use ashore_test_support::Home;
use serde_json::{Value, json};

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn asked(change: Value) -> BorrowRequest {
    let mut form = json!({
        "received": "10000", "payment": "950", "terms": "12", "first_due": "2026-12-18", "lender_kind": "bank",
        "fees": [
            { "kind": "guarantee_fee", "amount": "40", "when": "each_term", "disclosed": "240" },
            { "kind": "service_fee", "amount": "300", "when": "upfront", "disclosed": "300" },
        ],
    });
    form.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    serde_json::from_value(form).unwrap()
}

fn sheet(app: &mut App<Unlocked>) {
    let form = json!({ "income": [{ "name": "工资", "amount": "3600", "certainty": "fixed" }],
        "expenses": [{ "name": "生活", "class": "essential", "amount": "3000" }], "buffer": "0" });
    app.set_capacity(&serde_json::from_value(form).unwrap()).unwrap();
}

#[test]
fn what_is_offered_is_held_against_its_sheet_and_the_forecast() {
    let home = Home::new();
    let mut app = home.created(NOW);
    assert!(app.preview_borrowing(&asked(json!({}))).unwrap().before.is_none(), "no worksheet, no forecast");
    sheet(&mut app);
    let view = serde_json::to_value(app.preview_borrowing(&asked(json!({}))).unwrap()).unwrap();
    assert_eq!(view["cost"]["received"], "10000.00");
    assert_eq!(view["cost"]["principal"], "10300.00", "what is kept back stands in the principal");
    assert_eq!(
        view["undisclosed"],
        json!([{ "kind": "guarantee_fee", "charged": "480.00", "disclosed": "240.00" }])
    );
    assert_eq!(view["sheet_rule"]["id"], "DISC-2026");
    assert_eq!(view["before"]["count"], 0);
    assert_eq!(view["after"]["count"], 0, "the money received pays the first terms");
    let small = asked(json!({ "received": "1000", "payment": "1000", "terms": "6", "fees": [] }));
    let view = serde_json::to_value(app.preview_borrowing(&small).unwrap()).unwrap();
    assert!(
        view["after"]["count"].as_u64().unwrap() > 0,
        "six hundred a month do not pay a thousand: {}",
        view["after"]
    );
    // No rate of twelve decimals gives exactly these six payments; the last one absorbs what is left.
    assert_eq!(view["repaid"], "5999.90");
    assert_eq!(view["last_payment"], "999.90", "and it is told, so that six times a thousand adds up");
    assert!(app.list_loans().unwrap().loans.is_empty());
}

#[test]
fn a_form_that_is_wrong_is_refused_by_field() {
    let home = Home::new();
    let app = home.created(NOW);
    for (change, field) in [
        (json!({ "received": "" }), "received"),
        (json!({ "first_due": "2026-11-18" }), "first_due"),
        (json!({ "fees": [{ "kind": "service_fee", "amount": "ten", "when": "final" }] }), "fees.0.amount"),
    ] {
        let refused = app.preview_borrowing(&asked(change)).unwrap_err();
        assert_eq!(refused.field.as_deref(), Some(field));
    }
}

#[test]
fn the_lenders_allocation_stands_beside_ours() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = json!({ "app": "甲花", "received": "12000", "payment": "1100", "terms": "12", "first_due": "2026-09-10" });
    let loan = app.add_loan(&serde_json::from_value(loan).unwrap()).unwrap().id;
    let pay = |allocation: Value| -> AddPaymentRequest {
        serde_json::from_value(
            json!({ "loan_id": loan, "on": "2026-09-10", "amount": "1100", "lender_allocation": allocation }),
        )
        .unwrap()
    };
    let refused = app.add_payment(&pay(json!({ "principal": "1000", "penalty": "200" }))).unwrap_err();
    assert_eq!(refused.field.as_deref(), Some("lender_allocation"));
    app.add_payment(&pay(json!({ "principal": "900", "penalty": "200" }))).unwrap();
    let lines = serde_json::to_value(&app.loan(&loan, None).unwrap().payments[0].allocation).unwrap();
    let of = |bucket: &str| {
        lines.as_array().unwrap().iter().find(|line| line["bucket"] == bucket).cloned().unwrap()
    };
    assert_eq!(
        (of("penalty")["ours"].clone(), of("penalty")["theirs"].clone()),
        (json!("0.00"), json!("200.00"))
    );
    assert!(of("principal")["differs"].as_bool().unwrap());
    let fen = |line: &Value| line["ours"].as_str().unwrap().replace('.', "").parse::<i64>().unwrap();
    assert_eq!(lines.as_array().unwrap().iter().map(fen).sum::<i64>(), 110_000, "ours is the whole payment");
}

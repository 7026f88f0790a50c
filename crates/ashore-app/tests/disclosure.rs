//! A stored loan beside its cost disclosure sheet: typed with the loan, kept with it, corrected, and never in older
//! entries.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::ErrorCode;
use ashore_app::loans::{AddLoanRequest, AmendLoanRequest, OpenLoanRequest};
use ashore_app::session::{App, Unlocked};
use ashore_test_support::Home;
use serde_json::{Value, json};

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn form(change: Value) -> AddLoanRequest {
    let mut form = json!({
        "app": "庚贷", "received": "10000", "payment": "950", "terms": "12", "first_due": "2026-12-18",
        "lender": "庚海银行", "lender_kind": "bank", "contract_date": "2026-11-18",
        "fees": [
            { "kind": "guarantee_fee", "amount": "40", "when": "each_term", "disclosed": "240" },
            { "kind": "service_fee", "amount": "300", "when": "upfront", "disclosed": "300" },
        ],
    });
    form.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    serde_json::from_value(form).unwrap()
}

fn shown(app: &App<Unlocked>, loan: &str) -> Value {
    serde_json::to_value(app.loan(loan, None).unwrap()).unwrap()
}

#[test]
fn fees_charged_are_held_against_the_sheet() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = app.add_loan(&form(json!({}))).unwrap().id;
    let view = shown(&app, &loan);
    assert_eq!(view["cost"]["received"], "10000.00");
    assert_eq!(view["cost"]["principal"], "10300.00", "what is kept back stands in the principal");
    assert_eq!(view["disclosure"]["rule"]["id"], "DISC-2026");
    assert_eq!(view["disclosure"]["verdict"], "beyond");
    assert_eq!(
        view["disclosure"]["fees"],
        json!([
            { "kind": "guarantee_fee", "charged": "480.00", "disclosed": "240.00", "beyond": "240.00" },
            { "kind": "service_fee", "charged": "300.00", "disclosed": "300.00", "beyond": null },
        ])
    );
    assert!(view["reference"]["findings"].as_array().unwrap().contains(&json!("fee_not_disclosed")));
    // The very form can be corrected: nothing of it is lost, and a sheet alone changes no figure.
    assert_eq!(view["form"]["whole"], true);
    let mut fields: AddLoanRequest = serde_json::from_value(view["form"]["fields"].clone()).unwrap();
    assert_eq!(fields.fees.len(), 2);
    fields.fees[0].disclosed = Some("480".to_owned());
    let request =
        AmendLoanRequest { loan_id: loan.clone(), loan: fields, reason: "表上写的是全部".to_owned() };
    app.amend_loan(&request).unwrap();
    let after = shown(&app, &loan);
    assert_eq!(after["disclosure"]["verdict"], "all_shown");
    assert_eq!(after["cost"], view["cost"]);
    assert_eq!(after["statement"], view["statement"]);
}

#[test]
fn a_contract_that_needs_a_sheet_says_so_and_an_older_one_does_not() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let bare = json!([{ "kind": "service_fee", "amount": "300", "when": "upfront" }]);
    let loan = app.add_loan(&form(json!({ "fees": bare }))).unwrap().id;
    let view = shown(&app, &loan);
    assert_eq!(view["disclosure"]["verdict"], "no_sheet");
    let fee = json!({ "kind": "service_fee", "charged": "300.00", "disclosed": null, "beyond": null });
    assert_eq!(view["disclosure"]["fees"], json!([fee]));
    // A sheet that shows no fee at all is something else than no sheet.
    let loan = app.add_loan(&form(json!({ "app": "辛贷", "fees": bare, "sheet": true }))).unwrap().id;
    let view = shown(&app, &loan);
    assert_eq!(view["disclosure"]["verdict"], "beyond");
    assert_eq!(view["form"]["fields"]["sheet"], true);
    let older = json!({ "app": "壬贷", "contract_date": "2026-07-31", "fees": [] });
    let loan = app.add_loan(&form(older)).unwrap().id;
    assert_eq!(shown(&app, &loan)["disclosure"], Value::Null);
    // What a stated rate leaves of the payment is not typed as a fee.
    let rated = json!({ "app": "癸贷", "fees": [], "rate": "12", "contract_date": "2026-07-31" });
    let loan = app.add_loan(&form(rated)).unwrap().id;
    let view = shown(&app, &loan);
    assert_eq!((&view["form"]["fields"]["fees"], &view["form"]["whole"]), (&json!([]), &json!(true)));
    assert_eq!(view["cost"]["parts"][1]["kind"], "service_fee");
}

#[test]
fn a_loan_described_in_full_takes_the_sheet_as_calc_does() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let request = json!({ "name": "子贷", "lender": "子山银行", "lender_kind": "bank", "loan": {
        "principal": "10000", "disbursed_on": "2026-11-18", "method": "equal_installment", "terms": 12,
        "rate": { "value": "0.12", "per": "year" }, "first_due": "2026-12-18", "lender_kind": "bank",
        "fees": [{ "kind": "membership_fee", "amount": "19.90", "when": "each_term", "counts_in_cost": true }],
    }, "disclosed": [{ "kind": "guarantee_fee", "amount": "100" }] });
    let request: OpenLoanRequest = serde_json::from_value(request).unwrap();
    let loan = app.open_loan(&request).unwrap().id;
    assert_eq!(
        shown(&app, &loan)["disclosure"]["fees"],
        json!([
            { "kind": "membership_fee", "charged": "238.80", "disclosed": "0.00", "beyond": "238.80" },
            { "kind": "guarantee_fee", "charged": "0.00", "disclosed": "100.00", "beyond": null },
        ])
    );
}

#[test]
fn a_fee_that_is_wrong_is_refused_by_its_field_and_nothing_is_kept() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let fee = |amount: &str, disclosed: &str| json!({ "fees": [{ "kind": "service_fee", "amount": amount, "when": "upfront", "disclosed": disclosed }] });
    for (change, field, code) in [
        (fee("ten", "1"), "fees.0.amount", ErrorCode::AmountNotANumber),
        (fee("10", "-1"), "fees.0.disclosed", ErrorCode::AmountNotPositive),
        (json!({ "principal": "10100" }), "principal", ErrorCode::AmountOutOfRange),
    ] {
        let refused = app.add_loan(&form(change)).unwrap_err();
        assert_eq!((refused.field.as_deref(), refused.code), (Some(field), code));
    }
    assert!(app.list_loans().unwrap().loans.is_empty());
}

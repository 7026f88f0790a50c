//! Loans as borrowers know them, and every wrong way to enter one.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::ErrorCode;
use ashore_app::loans::{
    AddLoanRequest, AmendLoanRequest, BalanceForm, CloseLoanRequest, LoanBasis, TermStatus,
};
use ashore_app::payments::{AddPaymentRequest, VoidPaymentRequest};
use ashore_app::words::CloseReason;
use ashore_test_support::Home;
use serde_json::{Value, json};

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

/// Received 18,800, pays 1,375.70 eighteen times from 6 March, seven paid.
fn plan() -> AddLoanRequest {
    AddLoanRequest {
        app: "丙分期".to_owned(),
        received: text("18,800"),
        payment: text("１３７５．７０"),
        terms: text("18"),
        first_due: text("2026-03-06"),
        terms_paid: text("7"),
        ..AddLoanRequest::default()
    }
}

fn json_of(view: &impl serde::Serialize) -> Value {
    serde_json::to_value(view).unwrap()
}

#[test]
fn six_fields_give_the_true_cost_and_what_is_late() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let preview = app.preview_loan(&plan()).unwrap();
    assert_eq!(preview.overdue_terms, [8, 9]);
    assert_eq!(preview.due_day, Some(6));
    let cost = json_of(&preview.cost.unwrap());
    assert!(cost["apr_nominal"].as_str().unwrap().starts_with("0.3691"), "{cost}");
    assert_eq!(
        cost["total_cost"], "5962.67",
        "18 payments less what was received; the last one takes up the rounding"
    );
    assert!(cost["rate_solved"].as_bool().unwrap());
    assert!(app.list_loans().unwrap().loans.is_empty(), "a preview stores nothing");

    let card = app.add_loan(&plan()).unwrap();
    assert_eq!((card.overdue_days, card.terms_paid, card.terms_total), (43, 7, 18));
    let detail = app.loan(&card.id, None).unwrap();
    let status: Vec<TermStatus> = detail.statement.terms.iter().map(|t| t.status).collect();
    assert!(status[..7].iter().all(|s| *s == TermStatus::Paid));
    assert!(status[7..9].iter().all(|s| *s == TermStatus::Overdue));
    assert!(status[9..].iter().all(|s| *s == TermStatus::Upcoming));
}

#[test]
fn a_stated_rate_leaves_the_rest_of_the_payment_as_a_fee() {
    let home = Home::new();
    let app = home.created(NOW);
    let request = AddLoanRequest { rate: text("15"), principal: text("20000"), ..plan() };
    let cost = json_of(&app.preview_loan(&request).unwrap().cost.unwrap());
    assert_eq!(cost["kept_back"], "1200.00");
    let parts: Vec<(&str, &str)> = cost["parts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| (part["kind"].as_str().unwrap(), part["amount"].as_str().unwrap()))
        .collect();
    assert_eq!(parts, [("interest", "2458.51"), ("service_fee", "2304.00"), ("kept_back", "1200.00")]);
    assert_eq!(cost["total_cost"], "5962.51", "the parts add up");
}

#[test]
fn what_the_lender_says_is_owed_is_enough() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let request = AddLoanRequest {
        app: "己贷".to_owned(),
        basis: LoanBasis::Balance,
        balance: Some(BalanceForm {
            total: text("5099.34"),
            interest: text("240"),
            oldest_unpaid_due: text("2026-11-15"),
            ..BalanceForm::default()
        }),
        ..AddLoanRequest::default()
    };
    let card = json_of(&app.add_loan(&request).unwrap());
    assert_eq!((card["owed"].as_str(), card["overdue_days"].as_u64()), (Some("5099.34"), Some(3)));
    assert_eq!(card["terms_total"], 0);
    assert_eq!(card["tag"], "lender_unknown");
}

#[test]
fn wrong_input_is_refused_by_field_and_nothing_is_stored() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let cases: Vec<(&str, AddLoanRequest, ErrorCode)> = vec![
        ("app", AddLoanRequest { app: " ".to_owned(), ..plan() }, ErrorCode::FieldMissing),
        ("app", AddLoanRequest { app: "长".repeat(100_000), ..plan() }, ErrorCode::FieldTooLong),
        ("received", AddLoanRequest { received: text("十万"), ..plan() }, ErrorCode::AmountInWords),
        ("received", AddLoanRequest { received: text("1e400"), ..plan() }, ErrorCode::AmountNotANumber),
        ("received", AddLoanRequest { received: None, ..plan() }, ErrorCode::FieldMissing),
        ("received", AddLoanRequest { received: text("0"), ..plan() }, ErrorCode::AmountNotPositive),
        ("payment", AddLoanRequest { payment: text("1375.705"), ..plan() }, ErrorCode::AmountTooManyDecimals),
        ("payment", AddLoanRequest { payment: text("-5"), ..plan() }, ErrorCode::AmountNotPositive),
        ("payment", AddLoanRequest { payment: text("1000"), ..plan() }, ErrorCode::DoesNotAmortise),
        ("terms", AddLoanRequest { terms: text("-3"), ..plan() }, ErrorCode::CountNotANumber),
        ("terms", AddLoanRequest { terms: text("0"), ..plan() }, ErrorCode::CountOutOfRange),
        ("terms", AddLoanRequest { terms: text("601"), ..plan() }, ErrorCode::CountOutOfRange),
        ("terms_paid", AddLoanRequest { terms_paid: text("19"), ..plan() }, ErrorCode::CountOutOfRange),
        ("first_due", AddLoanRequest { first_due: text("2026-02-30"), ..plan() }, ErrorCode::DateImpossible),
        ("first_due", AddLoanRequest { first_due: text("1890-02-03"), ..plan() }, ErrorCode::DateImpossible),
        ("rate", AddLoanRequest { rate: text("two"), ..plan() }, ErrorCode::RateNotANumber),
        ("rate", AddLoanRequest { rate: text("90"), ..plan() }, ErrorCode::RateOutOfRange),
        ("principal", AddLoanRequest { principal: text("100"), ..plan() }, ErrorCode::AmountOutOfRange),
    ];
    for (field, request, code) in cases {
        let error = app.add_loan(&request).unwrap_err();
        assert_eq!((error.field.as_deref(), error.code), (Some(field), code), "{error}");
    }
    assert!(app.list_loans().unwrap().loans.is_empty());
    assert_eq!(app.vault_info().unwrap().facts, 0, "nothing half-stored");
}

#[test]
fn a_payment_changes_what_is_owed_and_a_voided_one_does_not() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = app.add_loan(&plan()).unwrap().id;
    let pay = |on: &str, amount: &str| AddPaymentRequest {
        loan_id: loan.clone(),
        on: on.to_owned(),
        amount: amount.to_owned(),
        parts: Vec::new(),
        channel: None,
        designation: text("第 8 期"),
        note: None,
        lender_allocation: None,
        evidence_ids: Vec::new(),
    };
    let before = json_of(&app.loan(&loan, None).unwrap().card);
    let payment = app.add_payment(&pay("2026-11-17", "1375.70")).unwrap();
    let after = app.loan(&loan, None).unwrap();
    assert_eq!(after.card.overdue_days, 12, "the older of the two late terms is paid");
    assert_eq!(after.statement.terms[7].status, TermStatus::Paid);
    app.void_payment(&VoidPaymentRequest { payment_id: payment.id.clone(), reason: "记错了".to_owned() })
        .unwrap();
    assert_eq!(json_of(&app.loan(&loan, None).unwrap().card), before, "figures are replayed");
    assert_eq!(app.list_payments(None).unwrap().payments.len(), 1, "the entry stays readable");
    let again = VoidPaymentRequest { payment_id: payment.id, reason: "再来".to_owned() };
    assert_eq!(app.void_payment(&again).unwrap_err().code, ErrorCode::AlreadyVoided);
    for (request, code) in [
        (pay("2026-11-19", "1"), ErrorCode::DateOrder),
        (pay("2025-01-01", "1"), ErrorCode::DateOrder),
        (pay("2026-11-17", "0"), ErrorCode::AmountNotPositive),
    ] {
        assert_eq!(app.add_payment(&request).unwrap_err().code, code);
    }
}

#[test]
fn corrections_append_and_closing_ends_the_dues() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let loan = app.add_loan(&plan()).unwrap().id;
    let facts = app.vault_info().unwrap().facts;
    let described = AddLoanRequest { terms_paid: text("9"), ..plan() };
    let amend =
        AmendLoanRequest {
            loan_id: loan.clone(), loan: described, reason: "第 8、9 期其实还了".to_owned()
        };
    assert_eq!(app.amend_loan(&amend).unwrap().overdue_days, 0);
    assert_eq!(app.vault_info().unwrap().facts, facts + 1, "appended, not edited");
    assert_eq!(app.loan(&loan, None).unwrap().contract.corrections, 1);
    let close =
        CloseLoanRequest { loan_id: loan.clone(), on: None, reason: CloseReason::PaidOff, note: None };
    app.close_loan(&close).unwrap();
    assert!(app.list_loans().unwrap().loans.is_empty());
    assert_eq!(app.list_loans().unwrap().closed.len(), 1);
    assert!(app.list_reminders(None, None).unwrap().reminders.is_empty());
    assert_eq!(app.close_loan(&close).unwrap_err().code, ErrorCode::AlreadyClosed);
}

#[test]
fn a_loan_in_full_reads_the_contract_form() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let request = serde_json::from_value(json!({
        "name": "甲贷", "lender": "甲州银行", "lender_kind": "bank", "contract_no": "JZ-1", "paid_terms": 9,
        "loan": {"principal": "30000", "disbursed_on": "2026-01-25", "method": "equal_installment",
            "rate": {"value": "0.24", "per": "year"}, "terms": 24, "first_due": "2026-02-25"}
    }))
    .unwrap();
    let card = json_of(&app.open_loan(&request).unwrap());
    assert_eq!(
        card["next_due"],
        json!({"term": 10, "due": "2026-11-25", "amount": "1586.13", "agreed": false})
    );
    assert_eq!((card["lender"].as_str(), card["lender_kind"].as_str()), (Some("甲州银行"), Some("bank")));
}

//! The sample household on one fixed day, as every view of the façade shows it: what `npm run dev` plays back.
//! `cargo run -p ashore-app --example household > ui/src/dev/household.json`, and with the argument `studio` the plan
//! studio under some settings for `ui/src/dev/studio.json`.
#![allow(clippy::unwrap_used)] // a development tool; it stops where something is wrong

use std::io::Write;

use ashore_app::explain::ExplainRequest;
use ashore_app::loans::{AddLoanRequest, BalanceForm, BorrowRequest, LegalStep, LoanBasis};
use ashore_app::session::{App, Unlocked};
use ashore_test_support::Home;
use serde_json::{Map, Value, json};

const NOW: &str = "2026-11-18T20:15:00+08:00";

fn main() {
    let home = Home::new();
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    let studio = std::env::args().nth(1).is_some_and(|which| which == "studio");
    let told = if studio { studios(&app) } else { views(&app) };
    let plain = readable_ids(&told.to_string(), &app);
    // Read once more, so that the keys stand in the order of their readable names.
    let sorted: Value = serde_json::from_str(&plain).unwrap();
    let plain = if studio { sorted.to_string() } else { serde_json::to_string_pretty(&sorted).unwrap() };
    std::io::stdout().write_all(plain.as_bytes()).unwrap();
    std::io::stdout().write_all(b"\n").unwrap();
}

/// The studio under a few settings; what is asked between them is answered with the nearest.
fn studios(app: &App<Unlocked>) -> Value {
    let settings = [
        json!({}),
        json!({"monthly": "3500", "terms_max": 36}),
        json!({"monthly": "3000", "terms_max": 48, "grace_max": 2}),
        json!({"terms_max": 60, "grace_max": 3}),
        json!({"terms_max": 60, "waive_penalties": true}),
        json!({"monthly": "1500", "terms_max": 12}),
    ];
    let answer = |form: Value| {
        let view = app.plan_studio(&serde_json::from_value(form.clone()).unwrap()).unwrap();
        json!({ "request": form, "view": view })
    };
    settings.into_iter().map(answer).collect()
}

fn views(app: &App<Unlocked>) -> Value {
    let list = app.list_loans().unwrap();
    let contacts = app.list_contacts(&Default::default()).unwrap();
    let loans: Map<String, Value> =
        list.loans.iter().map(|l| (l.id.clone(), json!(app.loan(&l.id, None).unwrap()))).collect();
    let records: Map<String, Value> =
        contacts.contacts.iter().map(|c| (c.id.clone(), json!(app.contact(&c.id).unwrap()))).collect();
    let text = |given: &str| Some(given.to_owned());
    let plan = AddLoanRequest {
        app: "丙分期".to_owned(),
        received: text("18800"),
        payment: text("1375.70"),
        terms: text("18"),
        first_due: text("2026-03-06"),
        terms_paid: text("7"),
        ..AddLoanRequest::default()
    };
    let stated = BalanceForm {
        total: text("5099.34"),
        oldest_unpaid_due: text("2026-11-15"),
        ..BalanceForm::default()
    };
    let balance = AddLoanRequest {
        app: "己贷".to_owned(),
        basis: LoanBasis::Balance,
        balance: Some(stated),
        ..AddLoanRequest::default()
    };
    json!({
        "home": app.home().unwrap(),
        "loans": list,
        "loan": loans,
        "preview": {
            "plan": app.preview_loan(&plan).unwrap(),
            "balance": app.preview_loan(&balance).unwrap(),
        },
        "borrow": app.preview_borrowing(&offered()).unwrap(),
        "compare": list
            .loans
            .iter()
            .filter_map(|l| Some((l.id.clone(), json!(app.compare_offers(&l.id).ok()?))))
            .collect::<Map<String, Value>>(),
        "effect": list.loans.iter().map(|l| (l.id.clone(), effects(app, &l.id))).collect::<Map<String, Value>>(),
        "payments": app.list_payments(None).unwrap(),
        "contacts": contacts,
        "contact": records,
        "capacity": app.capacity().unwrap(),
        "offers": app.preview_offers(&Default::default()).unwrap(),
        "proposals": app.list_proposals(None).unwrap(),
        "agreements": app.list_agreements(None).unwrap(),
        "reminders": app.list_reminders(None, None).unwrap(),
        "rules": app.rules_view().unwrap(),
        "cases": cases(app),
        "keep": {
            "settings": app.reminder_settings_view().unwrap(),
            "deadlines": app.list_deadlines().unwrap(),
            "rules": app.list_deadline_rules().unwrap(),
            "deadline": app.preview_deadline("DL-PAYMENT-ORDER", "2026-11-18").unwrap(),
            "review": app.review().unwrap(),
        },
        "conduct": app.check_conduct(&Default::default()).unwrap(),
        "letters": app.list_letters(None).unwrap(),
        "channels": app.help_channels().unwrap(),
        "anchors": app.anchors().unwrap(),
        "suggestions": app.list_suggestions().unwrap(),
        "explain": app.explain(&followed(&list.loans[0].id)).unwrap(),
    })
}

/// What is being negotiated: every case, its call script, and the offers as their pages show them.
fn cases(app: &App<Unlocked>) -> Value {
    let loans = app.list_loans().unwrap().loans;
    let each = |of: &dyn Fn(&str) -> Value| {
        loans.iter().map(|l| (l.id.clone(), of(&l.id))).collect::<Map<String, Value>>()
    };
    let offers = app.list_proposals(None).unwrap().proposals;
    json!({
        "board": app.case_board().unwrap(),
        "case": each(&|id| json!(app.case(id).unwrap())),
        "script": each(&|id| json!(app.call_script(id).unwrap())),
        "offer": offers
            .iter()
            .map(|o| (o.id.clone(), json!(app.offer_detail(&o.id).unwrap())))
            .collect::<Map<String, Value>>(),
    })
}

/// One figure followed to its steps, for the sheet in which all of them are shown.
fn followed(loan: &str) -> ExplainRequest {
    let on = json!({ "page": "loan", "loan_id": loan });
    serde_json::from_value(json!({ "shown_on": on, "path": "statement.outstanding.total" })).unwrap()
}

/// Twelve terms of 950 for 10,000 received, with a fee the sheet does not show in full.
fn offered() -> BorrowRequest {
    serde_json::from_value(json!({
        "received": "10000", "payment": "950", "terms": "12", "first_due": "2026-12-18", "lender_kind": "micro_loan_co",
        "fees": [{ "kind": "guarantee_fee", "amount": "40", "when": "each_term", "disclosed": "240" }],
    }))
    .unwrap()
}

/// What each act the pages ask about would do to the limitation of a loan.
fn effects(app: &App<Unlocked>, loan: &str) -> Value {
    let steps = [LegalStep::Payment, LegalStep::RepaymentPlan, LegalStep::RepaymentAgreement];
    json!(steps.map(|step| app.limitation_effect(loan, step).unwrap()))
}

/// Ids differ from run to run; here they read `loan-1`, `contact-3`, so that the file changes with the figures
/// and with the hashes of the ledger, and with nothing else.
fn readable_ids(text: &str, app: &App<Unlocked>) -> String {
    let numbered = |kind: &'static str, ids: Vec<String>| {
        ids.into_iter().zip(1..).map(move |(id, n)| (id, format!("{kind}-{n}"))).collect::<Vec<_>>()
    };
    let loans = app.list_loans().unwrap().loans.into_iter().map(|l| l.id).collect();
    let contacts =
        app.list_contacts(&Default::default()).unwrap().contacts.into_iter().map(|c| c.id).collect();
    let payments = app.list_payments(None).unwrap().payments.into_iter().map(|p| p.id).collect();
    let proposals = app.list_proposals(None).unwrap().proposals.into_iter().map(|p| p.id).collect();
    let agreements = app.list_agreements(None).unwrap().agreements.into_iter().map(|a| a.id).collect();
    [
        numbered("loan", loans),
        numbered("contact", contacts),
        numbered("payment", payments),
        numbered("proposal", proposals),
        numbered("agreement", agreements),
    ]
    .concat()
    .into_iter()
    .fold(text.to_owned(), |text, (id, name)| text.replace(&id, &name))
}

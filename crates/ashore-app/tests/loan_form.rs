//! A correction starts from the form a loan could have been entered with, and loses nothing the form does not show.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::ErrorCode;
use ashore_app::loans::{
    AddLoanRequest, AmendLoanRequest, BalanceForm, LoanBasis, LoanDetailView, TermStatus,
};
use ashore_app::session::{App, Unlocked};
use ashore_test_support::Home;

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn text(given: &str) -> Option<String> {
    Some(given.to_owned())
}

fn plan() -> AddLoanRequest {
    AddLoanRequest {
        app: "丙分期".to_owned(),
        received: text("18800.00"),
        payment: text("1375.70"),
        terms: text("18"),
        first_due: text("2026-03-06"),
        terms_paid: text("7"),
        ..AddLoanRequest::default()
    }
}

fn of_sample(app: &App<Unlocked>, name: &str) -> LoanDetailView {
    let loans = app.list_loans().unwrap().loans;
    app.loan(&loans.iter().find(|l| l.name == name).unwrap().id, None).unwrap()
}

fn amend(app: &mut App<Unlocked>, loan: &LoanDetailView, fields: AddLoanRequest) -> LoanDetailView {
    let request =
        AmendLoanRequest { loan_id: loan.card.id.clone(), loan: fields, reason: "抄错了".to_owned() };
    app.amend_loan(&request).unwrap();
    app.loan(&loan.card.id, None).unwrap()
}

#[test]
fn what_was_typed_comes_back() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let balance = AddLoanRequest {
        app: "己贷".to_owned(),
        basis: LoanBasis::Balance,
        balance: Some(BalanceForm {
            as_of: text("2026-11-17"),
            principal: text("4800.00"),
            interest: text("240.00"),
            oldest_unpaid_due: text("2026-11-15"),
            ..BalanceForm::default()
        }),
        ..AddLoanRequest::default()
    };
    for typed in [plan(), balance] {
        let card = app.add_loan(&typed).unwrap();
        let form = app.loan(&card.id, None).unwrap().form;
        assert!(form.whole);
        let unasked = AddLoanRequest { lender_kind: None, product: None, ..form.fields };
        assert_eq!(unasked, typed);
    }
}

#[test]
fn a_new_name_leaves_every_figure_as_it_was() {
    let home = Home::new();
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    // Equal principal under an agreement, fees with a penalty, a stated balance.
    for name in ["丁卡", "丙分期", "己贷"] {
        let before = of_sample(&app, name);
        let fields =
            AddLoanRequest {
                lender: text("新的出借人"), note: text("核对过"), ..before.form.fields.clone()
            };
        let after = amend(&mut app, &before, fields);
        assert_eq!(after.card.lender.as_deref(), Some("新的出借人"));
        assert_eq!(after.contract.corrections, 1);
        assert_eq!(after.statement, before.statement, "{name}");
        assert_eq!(after.cost, before.cost, "{name}");
    }
}

#[test]
fn a_new_figure_keeps_the_penalty() {
    let home = Home::new();
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    let before = of_sample(&app, "戊借");
    assert!(!before.form.whole, "the form does not show the penalty");
    let fields = AddLoanRequest { terms: text("14"), payment: text("1400"), ..before.form.fields.clone() };
    let after = amend(&mut app, &before, fields);
    assert_eq!(after.contract.penalty, before.contract.penalty);
    assert_eq!(after.contract.terms, Some(14));
    assert_ne!(after.statement, before.statement);
}

#[test]
fn rows_that_an_agreement_replaced_are_not_called_paid() {
    let home = Home::new();
    let mut app = home.created(NOW);
    app.fill_with_sample().unwrap();
    let terms = of_sample(&app, "丁卡").statement.terms;
    let replaced = terms.iter().filter(|t| t.status == TermStatus::Replaced).collect::<Vec<_>>();
    assert_eq!(replaced.len(), 2);
    assert!(replaced.iter().all(|t| !t.agreed && t.due.as_str() < "2026-07-18"));
}

#[test]
fn a_corrected_loan_keeps_its_method_and_says_when_it_cannot() {
    let home = Home::new();
    let mut app = home.created("2026-11-18T09:30:00+08:00");
    let bullet = AddLoanRequest {
        app: "乙贷".to_owned(),
        received: Some("10000".to_owned()),
        terms: Some("6".to_owned()),
        first_due: Some("2026-09-10".to_owned()),
        method: Some(ashore_app::words::Method::InterestOnlyBullet),
        rate: Some("12".to_owned()),
        ..AddLoanRequest::default()
    };
    let without = AddLoanRequest { rate: None, ..bullet.clone() };
    assert_eq!(app.preview_loan(&without).unwrap_err().field.as_deref(), Some("rate"));
    let id = app.add_loan(&bullet).unwrap().id;
    let view = app.loan(&id, None).unwrap();
    assert!(view.form.whole, "the form says all there is");
    assert_eq!(view.contract.method, bullet.method);
    let longer = AddLoanRequest { terms: Some("9".to_owned()), ..view.form.fields };
    let amend = ashore_app::loans::AmendLoanRequest {
        loan_id: id.clone(),
        loan: longer,
        reason: "期数看错".to_owned(),
    };
    app.amend_loan(&amend).unwrap();
    let after = app.loan(&id, None).unwrap();
    assert_eq!((after.contract.method, after.contract.terms), (bullet.method, Some(9)));
    let rows = serde_json::to_value(&after.statement.terms).unwrap();
    assert_eq!(rows[0]["principal"], "0.00", "principal comes with the last term");
    let custom = AddLoanRequest { method: Some(ashore_app::words::Method::Custom), ..bullet };
    assert_eq!(app.preview_loan(&custom).unwrap_err().field.as_deref(), Some("method"));
}

#[test]
fn the_contracts_grace_is_kept_shown_and_refused_by_field() {
    let home = Home::new();
    let mut app = home.created("2026-11-12T09:30:00+08:00");
    let graced = AddLoanRequest {
        app: "丙贷".to_owned(),
        received: Some("12000".to_owned()),
        payment: Some("1100".to_owned()),
        terms: Some("12".to_owned()),
        first_due: Some("2026-11-10".to_owned()),
        grace_days: Some("3".to_owned()),
        ..AddLoanRequest::default()
    };
    let id = app.add_loan(&graced).unwrap().id;
    let view = app.loan(&id, None).unwrap();
    assert_eq!((view.contract.grace_days, view.form.fields.grace_days.as_deref()), (3, Some("3")));
    assert!(view.form.whole);
    let late = &view.statement.terms[0];
    assert_eq!((late.overdue_days, late.in_grace_until.as_deref()), (2, Some("2026-11-13")));
    let over = app.loan(&id, Some("2026-11-14")).unwrap();
    assert_eq!(over.statement.terms[0].in_grace_until, None, "the grace is over");
    let without = AddLoanRequest { grace_days: None, ..graced.clone() };
    let amend = ashore_app::loans::AmendLoanRequest {
        loan_id: id.clone(),
        loan: without,
        reason: "合同没有宽限期".to_owned(),
    };
    app.amend_loan(&amend).unwrap();
    assert_eq!(app.loan(&id, None).unwrap().contract.grace_days, 0, "leaving it out is a change");
    for wrong in ["91", "-1", "three"] {
        let form = AddLoanRequest { grace_days: Some(wrong.to_owned()), ..graced.clone() };
        assert_eq!(app.preview_loan(&form).unwrap_err().field.as_deref(), Some("grace_days"), "{wrong}");
    }
}

#[test]
fn after_the_due_a_reminder_names_the_end_of_the_grace() {
    use ashore_app::session::{NotificationText, Settings};
    let home = Home::new();
    let mut app = home.created("2026-11-01T09:30:00+08:00");
    let settings = Settings { notification_text: NotificationText::Full, ..app.settings().unwrap() };
    app.save_settings(&settings).unwrap();
    let graced = AddLoanRequest {
        app: "丙贷".to_owned(),
        received: Some("12000".to_owned()),
        payment: Some("1100".to_owned()),
        terms: Some("12".to_owned()),
        first_due: Some("2026-11-10".to_owned()),
        grace_days: Some("3".to_owned()),
        ..AddLoanRequest::default()
    };
    app.add_loan(&graced).unwrap();
    drop(app);
    let on_due = home.reopened("2026-11-10T09:05:00+08:00").tick().unwrap();
    assert!(on_due.iter().all(|notice| !notice.body.contains("宽限")), "the due is what counts: {on_due:?}");
    let after = home.reopened("2026-11-11T09:05:00+08:00").tick().unwrap();
    assert!(after.iter().any(|notice| notice.body.contains("合同宽限到 11 月 13 日")), "{after:?}");
}

#[test]
fn a_plan_that_ends_beyond_the_calendar_is_refused_at_its_first_due() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let late = AddLoanRequest { first_due: text("2099-08-06"), terms_paid: None, ..plan() };
    let refused = app.add_loan(&late).unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::DateImpossible, Some("first_due")));
    assert!(app.list_loans().unwrap().loans.is_empty(), "nothing half-stored");
    app.add_loan(&AddLoanRequest { first_due: text("2099-07-06"), ..late }).unwrap();
}

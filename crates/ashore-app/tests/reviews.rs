//! A review prepares what is to be asked for before a due fails, and comes at once when income changes much.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::clock::Clock;
use ashore_app::reviews::{FinishReviewRequest, PreparedShape};
use ashore_app::session::{App, Unlocked};
use ashore_app::words::{LetterKind, ReminderKind};
use ashore_test_support::Home;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

fn sheet(app: &mut App<Unlocked>, pay: &str) {
    let form = json!({"income": [{"name": "工资", "amount": pay, "certainty": "fixed"}],
        "expenses": [{"name": "生活", "class": "essential", "amount": "3000"}], "buffer": "0"});
    app.set_capacity(&read(form)).unwrap();
}

/// On 18 November; the next due, 945.60, is on 28 December: forty days ahead.
fn home() -> (Home, App<Unlocked>) {
    let home = Home::new();
    let mut app = home.created("2026-11-18T09:30:00+08:00");
    let loan = json!({"app": "甲贷", "received": "9000", "payment": "945.60", "terms": "12",
        "first_due": "2026-12-28", "terms_paid": "0"});
    app.add_loan(&read(loan)).unwrap();
    (home, app)
}

/// What is told of one kind at an instant.
fn told(app: &mut App<Unlocked>, now: &str, kind: ReminderKind) -> Vec<i16> {
    app.set_clock(Clock::fixed(now).unwrap());
    let lines = app.tick().unwrap().into_iter().flat_map(|notice| notice.lines);
    lines.filter(|line| line.kind == kind).map(|line| line.stage).collect()
}

#[test]
fn a_break_in_forty_days_is_prepared_for_with_offer_letter_and_task() {
    let (_home, mut app) = home();
    // 400 a month: November and December together cannot pay 945.60.
    sheet(&mut app, "3400");
    let near = app.review().unwrap().renegotiate.unwrap();
    assert_eq!((near.due.as_str(), near.days, near.requested), ("2026-12-28", 40, false));
    assert_eq!(near.letter, LetterKind::Application);
    let offer = near.offer.unwrap();
    assert_eq!(offer.shape, PreparedShape::TermExtension, "more terms before interest is given up");
    assert_eq!(offer.effect.fits_all, Some(true));
    // The next shorter one asks for less and does not fit: this is the smallest.
    let shorter =
        [6, 12, 18, 24, 30, 36, 48, 60].into_iter().rfind(|terms| *terms < offer.terms && *terms > 12);
    if let Some(terms) = shorter {
        let less = json!({"loan_id": near.loan_id, "terms": [{"kind": "term_extension", "terms": terms}]});
        assert_eq!(app.preview_proposal(&read(less)).unwrap().fits_all, Some(false), "{terms} terms");
    }
    assert!(app.list_proposals(None).unwrap().proposals.is_empty(), "worked out, not kept");
    let after = app.finish_review(&FinishReviewRequest::default()).unwrap();
    assert!(after.renegotiate.is_some_and(|near| near.offer.is_some()), "it stays at hand");
    let tasks = app.list_tasks(None).unwrap().tasks;
    assert_eq!(tasks.iter().map(|task| task.due.as_deref()).collect::<Vec<_>>(), [Some("2026-12-14")]);
    for (now, stages) in [
        ("2026-11-28T09:00:30+08:00", vec![-30]),
        ("2026-12-21T09:00:30+08:00", vec![-7]),
        ("2026-12-24T09:00:30+08:00", vec![-4]),
        ("2026-12-24T19:00:30+08:00", vec![]),
    ] {
        assert_eq!(told(&mut app, now, ReminderKind::Shortfall), stages, "{now}");
    }
}

#[test]
fn nothing_is_prepared_twice_or_where_one_lender_is_not_enough() {
    let (_home, mut app) = home();
    sheet(&mut app, "3400");
    let near = app.review().unwrap().renegotiate.unwrap();
    let ask = json!({"loan_id": near.loan_id, "terms": [{"kind": "term_extension", "terms": 24}]});
    app.add_proposal(&read(ask)).unwrap();
    let asked = app.review().unwrap().renegotiate.unwrap();
    assert!(asked.requested && asked.offer.is_none());
    let (_home, mut app) = home();
    sheet(&mut app, "3010");
    assert!(app.review().unwrap().renegotiate.unwrap().offer.is_none(), "ten yuan a month is no offer");
}

#[test]
fn a_quarter_less_income_asks_for_a_review_the_same_day() {
    let (_home, mut app) = home();
    sheet(&mut app, "8000");
    app.finish_review(&FinishReviewRequest::default()).unwrap();
    assert!(told(&mut app, "2026-11-20T19:00:30+08:00", ReminderKind::Review).is_empty());
    app.set_clock(Clock::fixed("2026-11-21T20:30:00+08:00").unwrap());
    sheet(&mut app, "6000");
    assert!(app.review().unwrap().due);
    assert_eq!(told(&mut app, "2026-11-21T20:31:00+08:00", ReminderKind::Review), [0]);
    app.finish_review(&FinishReviewRequest::default()).unwrap();
    assert!(
        told(&mut app, "2026-11-28T19:00:30+08:00", ReminderKind::Review).is_empty(),
        "it was looked over"
    );
}

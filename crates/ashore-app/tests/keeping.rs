//! Keeping the agreement: time limits, payments that match and come back, reviews, the calendar for the phone.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use std::process::Command;

use ashore_app::deadlines::{AddDeadlineRequest, SettleDeadlineRequest};
use ashore_app::loans::AddLoanRequest;
use ashore_app::payments::{
    AddPaymentRequest, MatchConfidence, MatchPaymentRequest, MatchReason, PaymentPartForm,
    PreviewPaymentRequest, ReturnPaymentRequest,
};
use ashore_app::reminders::{ItemChoice, KindChoice, ReminderSettings};
use ashore_app::reviews::{FinishReviewRequest, ReviewChangeKind};
use ashore_app::session::{App, Unlocked};
use ashore_app::{ErrorCode, words};
use ashore_test_support::Home;
use serde_json::json;

const NOW: &str = "2026-11-18T09:30:00+08:00";

fn loan(app: &mut App<Unlocked>, name: &str, first_due: &str, payment: &str) -> String {
    let text = |value: &str| Some(value.to_owned());
    let request = AddLoanRequest {
        app: name.to_owned(),
        received: text("9000"),
        payment: text(payment),
        terms: text("12"),
        first_due: text(first_due),
        terms_paid: text("0"),
        ..AddLoanRequest::default()
    };
    serde_json::to_value(app.add_loan(&request).unwrap()).unwrap()["id"].as_str().unwrap().to_owned()
}

fn pay(loan_id: &str, on: &str, amount: &str) -> AddPaymentRequest {
    AddPaymentRequest {
        loan_id: loan_id.to_owned(),
        on: on.to_owned(),
        amount: amount.to_owned(),
        parts: Vec::new(),
        channel: None,
        designation: None,
        note: None,
        lender_allocation: None,
        evidence_ids: Vec::new(),
    }
}

fn deadline(rule: &str, starts_on: &str) -> AddDeadlineRequest {
    AddDeadlineRequest {
        rule: rule.to_owned(),
        starts_on: starts_on.to_owned(),
        loan_ids: Vec::new(),
        party_id: None,
        reference: None,
        evidence_ids: Vec::new(),
        note: None,
    }
}

#[test]
fn a_payment_order_alarms_every_day_up_to_the_unrolled_last_one() {
    let home = Home::new();
    let mut app = home.created("2026-09-18T20:00:00+08:00");
    let view = app.add_deadline(&deadline("DL-PAYMENT-ORDER", "2026-09-18")).unwrap();
    assert_eq!((view.unrolled_last_day.as_str(), view.last_day.as_str()), ("2026-10-03", "2026-10-08"));
    assert_eq!((view.counted.len(), view.alarms.len()), (15, 15));
    drop(app);
    let mut spoken = Vec::new();
    for day in ["2026-09-19", "2026-09-20", "2026-10-02", "2026-10-03", "2026-10-04", "2026-10-05"] {
        for notice in home.reopened(&format!("{day}T09:00:30+08:00")).tick().unwrap() {
            spoken.push((day, notice.stage));
        }
    }
    let expected =
        [("2026-09-19", -14), ("2026-09-20", -13), ("2026-10-02", -1), ("2026-10-03", 0), ("2026-10-04", 1)];
    assert_eq!(
        spoken,
        expected.map(|(day, stage)| (day, Some(stage))),
        "late ones are covered by the latest"
    );
}

#[test]
fn a_settled_time_limit_is_silent_and_a_wrong_one_refused() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let view = app.add_deadline(&deadline("DL-ANSWER", "2026-11-17")).unwrap();
    let settle = SettleDeadlineRequest {
        deadline_id: view.id.clone(),
        on: None,
        outcome: words::DeadlineOutcome::Done,
        note: None,
    };
    app.settle_deadline(&settle).unwrap();
    assert_eq!(app.settle_deadline(&settle).unwrap_err().code, ErrorCode::AlreadySettled);
    assert!(app.list_reminders(None, None).unwrap().reminders.is_empty());
    assert_eq!(app.list_deadlines().unwrap().deadlines[0].outcome, Some(words::DeadlineOutcome::Done));
    for (rule, on, code) in [
        ("DL-NONE", "2026-11-17", ErrorCode::NotFound),
        ("LIM-GENERAL", "2026-11-17", ErrorCode::NotFound),
        ("DL-ANSWER", "2026-11-19", ErrorCode::DateOrder),
        ("DL-ANSWER", "2026-02-30", ErrorCode::DateImpossible),
    ] {
        assert_eq!(app.add_deadline(&deadline(rule, on)).unwrap_err().code, code, "{rule} {on}");
    }
    assert_eq!(app.list_deadlines().unwrap().deadlines.len(), 1, "nothing half-stored");
}

#[test]
fn a_payment_says_plainly_whether_it_is_enough() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let id = loan(&mut app, "甲贷", "2026-11-21", "945.60");
    let preview = |app: &App<Unlocked>, amount: &str| {
        let request = PreviewPaymentRequest {
            loan_id: id.clone(),
            on: "2026-11-21".to_owned(),
            amount: amount.to_owned(),
            parts: Vec::new(),
        };
        serde_json::to_value(app.preview_payment(&request).unwrap()).unwrap()
    };
    let exact = preview(&app, "945.60");
    assert_eq!(exact["fit"], "exact");
    assert_eq!(exact["designation"], "还甲贷借款第1期");
    assert_eq!(
        exact["dues"],
        json!([{"term": 1, "due": "2026-11-21", "agreed": false, "unpaid": "945.60", "paid": "945.60", "left": "0.00"}])
    );
    let under = preview(&app, "900");
    assert_eq!((&under["fit"], &under["difference"]), (&json!("under"), &json!("45.60")));
    assert_eq!(under["dues"][0]["left"], "45.60");
    let over = preview(&app, "1000.00");
    assert_eq!((&over["fit"], &over["difference"]), (&json!("over"), &json!("54.40")));
    assert_eq!(over["dues"][1]["paid"], "54.40", "the rest meets the next due");
    app.set_clock(ashore_app::clock::Clock::fixed("2026-11-21T12:00:00+08:00").unwrap());
    assert!(app.list_payments(None).unwrap().payments.is_empty(), "nothing was stored");
}

#[test]
fn what_came_back_does_not_count_and_takes_its_parts_with_it() {
    let home = Home::new();
    let mut app = home.created("2026-11-21T12:00:00+08:00");
    let (one, two) =
        (loan(&mut app, "甲贷", "2026-11-21", "945.60"), loan(&mut app, "乙花", "2026-11-21", "800.00"));
    let mut request = pay(&one, "2026-11-21", "1745.60");
    request.parts = vec![PaymentPartForm { loan_id: two.clone(), amount: "800".to_owned() }];
    let first = app.add_payment(&request).unwrap();
    let owed = |app: &App<Unlocked>| serde_json::to_value(app.home().unwrap()).unwrap()["upcoming"].clone();
    assert_eq!(owed(&app)[0]["due"], "2026-12-21", "both dues are paid");
    let payments = app.list_payments(None).unwrap().payments;
    assert_eq!(payments.len(), 2);
    assert_eq!(payments.iter().filter(|p| p.together_with.as_deref() == Some(first.id.as_str())).count(), 1);
    let back = ReturnPaymentRequest {
        payment_id: payments[0].id.clone(),
        on: "2026-11-21".to_owned(),
        reason: "余额不足".to_owned(),
        evidence_ids: Vec::new(),
    };
    app.return_payment(&back).unwrap();
    assert_eq!(app.return_payment(&back).unwrap_err().code, ErrorCode::AlreadyVoided);
    assert!(app.list_payments(None).unwrap().payments.iter().all(|p| p.returned_on.is_some()));
    assert_eq!(owed(&app)[0]["due"], "2026-11-21", "both are to be paid again");
    for parts in [[(one.clone(), "1")], [(two.clone(), "1745.60")]] {
        let mut wrong = pay(&one, "2026-11-21", "1745.60");
        wrong.parts =
            parts.map(|(loan_id, amount)| PaymentPartForm { loan_id, amount: amount.to_owned() }).into();
        app.add_payment(&wrong).unwrap_err();
    }
    assert_eq!(app.list_payments(None).unwrap().payments.len(), 2, "nothing half-stored");
}

#[test]
fn a_row_of_a_statement_finds_its_loan() {
    let home = Home::new();
    let mut app = home.created("2026-11-21T12:00:00+08:00");
    let one = loan(&mut app, "甲贷", "2026-11-21", "945.60");
    let two = loan(&mut app, "乙花", "2026-11-25", "945.60");
    let find = |amount: &str, payee: Option<&str>| {
        let request = MatchPaymentRequest {
            on: "2026-11-21".to_owned(),
            amount: amount.to_owned(),
            payee: payee.map(str::to_owned),
            remark: None,
        };
        app.match_payment(&request).unwrap().candidates
    };
    let sure = &find("945.60", Some("甲贷（南京）"))[0];
    assert_eq!((sure.parts[0].loan_id.as_str(), sure.confidence), (one.as_str(), MatchConfidence::High));
    assert_eq!(sure.reasons, [MatchReason::OneDue, MatchReason::OnTheDay, MatchReason::PartyNamed]);
    let by_date = find("945.60", None);
    assert_eq!(
        (by_date[0].parts[0].loan_id.as_str(), by_date[0].confidence),
        (one.as_str(), MatchConfidence::Mid)
    );
    assert_eq!(by_date[1].parts[0].loan_id, two);
    let both = find("1891.20", Some("银联"));
    let together = both.iter().find(|candidate| candidate.parts.len() == 2);
    assert!(together.is_some() || both[0].reasons[0] == MatchReason::SeveralDues, "{both:?}");
    assert!(find("3.14", None).iter().all(|c| c.confidence == MatchConfidence::Low));
}

#[test]
fn a_preview_of_one_transfer_for_two_loans_says_what_each_gets() {
    let home = Home::new();
    let mut app = home.created("2026-11-21T12:00:00+08:00");
    let one = loan(&mut app, "甲贷", "2026-11-21", "945.60");
    let two = loan(&mut app, "乙花", "2026-11-25", "800.00");
    let request = |share: &str| PreviewPaymentRequest {
        loan_id: one.clone(),
        on: "2026-11-21".to_owned(),
        amount: "1745.60".to_owned(),
        parts: vec![PaymentPartForm { loan_id: two.clone(), amount: share.to_owned() }],
    };
    let view = serde_json::to_value(app.preview_payment(&request("800")).unwrap()).unwrap();
    assert_eq!((&view["own"], &view["fit"]), (&json!("945.60"), &json!("exact")));
    assert_eq!((&view["parts"][0]["loan_id"], &view["parts"][0]["amount"]), (&json!(two), &json!("800.00")));
    assert_eq!(view["parts"][0]["dues"][0]["left"], "0.00");
    let whole = app.preview_payment(&request("1745.60")).unwrap_err();
    assert_eq!((whole.field.as_deref(), whole.code), (Some("parts"), ErrorCode::AmountOutOfRange));
}

#[test]
fn a_review_says_what_changed_and_is_due_again_in_a_month() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let id = loan(&mut app, "甲贷", "2026-11-21", "945.60");
    let first = app.review().unwrap();
    assert!(!first.due && first.last_on.is_none());
    app.finish_review(&FinishReviewRequest::default()).unwrap();
    app.set_clock(ashore_app::clock::Clock::fixed("2026-11-22T10:00:00+08:00").unwrap());
    app.add_payment(&pay(&id, "2026-11-21", "945.60")).unwrap();
    let second = app.review().unwrap();
    assert_eq!((second.last_on.as_deref(), second.next_on.as_str()), (Some("2026-11-18"), "2026-12-18"));
    assert_eq!(second.changes.iter().map(|c| c.kind).collect::<Vec<_>>(), [ReviewChangeKind::Paid]);
    assert_ne!(second.owed_before, Some(second.owed.clone()));
    drop(app);
    let notices = home.reopened("2026-12-18T19:00:10+08:00").tick().unwrap();
    assert!(notices.iter().flat_map(|n| &n.lines).any(|line| line.kind == words::ReminderKind::Review));
}

#[test]
fn stages_are_chosen_by_kind_and_by_loan_and_the_past_is_not_made_up_for() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let (one, _) =
        (loan(&mut app, "甲贷", "2026-11-25", "945.60"), loan(&mut app, "乙花", "2026-11-25", "800.00"));
    let choice = |kind, stages: Vec<i16>| KindChoice { kind, stages, at: "08:00".to_owned() };
    let settings = ReminderSettings {
        kinds: vec![choice(words::ReminderKind::LoanDue, vec![-8, -2])],
        items: vec![ItemChoice { kind: words::ReminderKind::LoanDue, key: one.clone(), stages: Vec::new() }],
        ..ReminderSettings::default()
    };
    app.save_reminder_settings(&settings).unwrap();
    assert!(app.tick().unwrap().is_empty(), "eight days before is over");
    drop(app);
    let notices = home.reopened("2026-11-23T08:00:30+08:00").tick().unwrap();
    assert_eq!(notices.len(), 1, "one loan is silent, the other speaks at its new time");
    assert_eq!(notices[0].stage, Some(-2));
    let mut app = home.reopened("2026-11-23T08:10:00+08:00");
    app.snooze_notice(&notices[0]).unwrap();
    for wrong in [
        choice(words::ReminderKind::LoanDue, vec![-400]),
        KindChoice { at: "25:00".to_owned(), ..choice(words::ReminderKind::Task, vec![0]) },
    ] {
        let settings = ReminderSettings { kinds: vec![wrong], ..ReminderSettings::default() };
        app.save_reminder_settings(&settings).unwrap_err();
    }
    drop(app);
    let mut app = home.reopened("2026-11-23T09:09:00+08:00");
    assert!(app.tick().unwrap().is_empty(), "put off, over a restart");
    drop(app);
    assert_eq!(home.reopened("2026-11-23T09:10:30+08:00").tick().unwrap().len(), 1, "and back");
}

#[test]
fn quiet_hours_are_those_of_the_place_and_put_off_no_longer_than_they_last() {
    let home = Home::new();
    let mut app = home.created(NOW);
    loan(&mut app, "甲贷", "2026-11-25", "945.60");
    app.save_reminder_settings(&ReminderSettings { quiet: true, ..ReminderSettings::default() }).unwrap();
    drop(app);
    // Nine in Shanghai is one at night in London.
    assert!(home.reopened("2026-11-22T01:00:30+00:00").tick().unwrap().is_empty());
    assert_eq!(home.reopened("2026-11-22T08:00:10+00:00").tick().unwrap().len(), 1);
}

#[test]
fn many_missed_ones_come_as_one() {
    let home = Home::new();
    let mut app = home.created(NOW);
    for n in 0..7 {
        loan(&mut app, &format!("第{n}贷"), "2026-11-25", "945.60");
    }
    drop(app);
    let notices = home.reopened("2026-11-24T12:00:00+08:00").tick().unwrap();
    assert_eq!((notices.len(), notices[0].lines.len()), (1, 7));
    assert_eq!(notices[0].body, "有 7 件事到时间了");
    assert_eq!(notices[0].loan_id, None);
    assert!(home.reopened("2026-11-24T12:00:30+08:00").tick().unwrap().is_empty());
}

/// Reads a calendar with a program that knows nothing of ours, and hands back what it found as JSON.
fn read_with(library: &str, file: &std::path::Path) -> serde_json::Value {
    let script = match library {
        "icalendar" => {
            "import sys,json,icalendar\nc=icalendar.Calendar.from_ical(open(sys.argv[1],'rb').read())\nprint(json.dumps([[str(e['uid']),int(e['sequence']),str(e['summary']),str(e['status']),e.decoded('dtstart').isoformat(),sorted(int(a.decoded('trigger').total_seconds())//86400 for a in e.walk('VALARM'))] for e in c.walk('VEVENT')]))"
        }
        _ => {
            "import sys,json,vobject\nc=vobject.readOne(open(sys.argv[1],encoding='utf-8').read())\nprint(json.dumps([[e.uid.value,int(e.sequence.value),e.summary.value,e.status.value,e.dtstart.value.isoformat(),sorted(int(a.trigger.value.total_seconds())//86400 for a in e.contents.get('valarm',[]))] for e in c.contents.get('vevent',[])]))"
        }
    };
    // Debian's own: the readers are its packages.
    let read = Command::new("/usr/bin/python3").args(["-c", script]).arg(file).output().unwrap();
    assert!(read.status.success(), "{library}: {}", String::from_utf8_lossy(&read.stderr));
    serde_json::from_slice(&read.stdout).unwrap()
}

#[test]
fn two_other_programs_read_the_calendar_and_an_update_replaces_what_they_have() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let id = loan(&mut app, "甲贷", "2026-11-25", "945.60");
    let file = home.path().join("phone.ics");
    let written = app.write_calendar(&file, None, Some("2027-01-31")).unwrap();
    assert_eq!((written.events, written.cancelled), (5, 0), "three dues, a review, the age of the LPR");
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(!text.contains("甲贷") && !text.contains("945.60") && !text.contains(&id), "neutral: {text}");
    let (one, other) = (read_with("icalendar", &file), read_with("vobject", &file));
    assert_eq!(one, other, "both read the same");
    let first = one.as_array().unwrap().iter().find(|e| e[4] == "2026-11-25T01:00:00+00:00").unwrap().clone();
    assert_eq!((&first[1], &first[3]), (&json!(0), &json!("CONFIRMED")));
    assert_eq!(first[5], json!([-3, -1, 0, 1]), "an alarm for each stage that is still to come");
    app.write_calendar(&file, None, Some("2027-01-31")).unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text, "nothing changed: the same bytes");
    // Paid: the phone is told to take it out, under the same identifier and a higher number.
    app.add_payment(&pay(&id, "2026-11-18", "945.60")).unwrap();
    let written = app.write_calendar(&file, None, Some("2027-01-31")).unwrap();
    assert_eq!((written.events, written.cancelled), (4, 1));
    let gone = read_with("vobject", &file);
    let gone = gone.as_array().unwrap().iter().find(|e| e[0] == first[0]).unwrap().clone();
    assert_eq!((&gone[1], &gone[3]), (&json!(1), &json!("CANCELLED")));
}

//! Every kind of reminder: when it speaks, and what ends it.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::backup::verify_backup;
use ashore_app::clock::Clock;
use ashore_app::reviews::FinishReviewRequest;
use ashore_app::session::{App, Unlocked};
use ashore_app::words::ReminderKind;
use ashore_test_support::{Home, PASSPHRASE, by_passphrase};
use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A vault made on 18 November with one loan, due on the 25th.
fn home() -> Home {
    let home = Home::new();
    let mut app = home.created("2026-11-18T09:30:00+08:00");
    let loan = json!({"app": "甲贷", "received": "30000", "payment": "1586.13", "terms": "24",
        "first_due": "2026-02-25", "terms_paid": "9"});
    app.add_loan(&read(loan)).unwrap();
    home
}

fn read<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

/// Something that reminds: how it comes about, when it speaks, and what ends it.
struct Case {
    kind: ReminderKind,
    name: &'static str,
    /// The last day looked at.
    until: &'static str,
    /// Makes it, on 18 November, with the loan of [`home`]; what it gives back ends it.
    make: fn(&mut App<Unlocked>, &str) -> String,
    /// Month-day, hour and stage of every notice of this kind.
    speaks: &'static [(&'static str, u8, i16)],
    end: fn(&mut App<Unlocked>, &str, &str),
}

fn offer(app: &mut App<Unlocked>, loan: &str) -> String {
    let request = json!({"loan_id": loan, "terms": [{"kind": "individual_instalment", "terms": 24, "rate": "0"}],
        "first_due": "2026-12-28", "expires_on": "2026-11-30"});
    app.add_proposal(&read(request)).unwrap().id
}

fn spoken_yes(app: &mut App<Unlocked>, loan: &str) -> String {
    let offer = offer(app, loan);
    app.accept_proposal(&read(json!({"proposal_id": offer}))).unwrap();
    offer
}

fn written(app: &mut App<Unlocked>, loan: &str, offer: &str) {
    let sms = json!({"loan_ids": [loan], "direction": "incoming", "summary": "短信同意", "confirmation": "written",
        "proposal_ids": [offer], "details": {"kind": "sms", "body": "同意分 24 期"}});
    app.log_contact(&read(sms)).unwrap();
}

fn limit(app: &mut App<Unlocked>, loan: &str, rule: &str) -> String {
    let request = json!({"rule": rule, "starts_on": "2026-11-18", "loan_ids": [loan]});
    app.add_deadline(&read(request)).unwrap().id
}

fn settle(app: &mut App<Unlocked>, _: &str, id: &str) {
    app.settle_deadline(&read(json!({"deadline_id": id, "outcome": "answered"}))).unwrap();
}

fn sheet(app: &mut App<Unlocked>, pay: &str) {
    let form = json!({"income": [{"name": "工资", "amount": pay, "certainty": "fixed"}],
        "expenses": [{"name": "生活", "class": "essential", "amount": "1000"}], "buffer": "0"});
    app.set_capacity(&read(form)).unwrap();
}

const CASES: &[Case] = &[
    Case {
        kind: ReminderKind::LoanDue,
        name: "a due of the contract",
        until: "2026-12-01",
        make: |_, _| String::new(),
        speaks: &[("11-22", 9, -3), ("11-24", 9, -1), ("11-25", 9, 0), ("11-26", 9, 1)],
        end: |app, loan, _| {
            app.add_payment(&read(json!({"loan_id": loan, "on": "2026-11-18", "amount": "1586.13"})))
                .unwrap();
        },
    },
    Case {
        kind: ReminderKind::Shortfall,
        name: "a due that will not be covered",
        until: "2026-12-01",
        make: |app, _| {
            sheet(app, "1100");
            String::new()
        },
        // Once that due is past it is late, and the next one is the first to fail.
        speaks: &[("11-21", 9, -4), ("11-26", 9, -30)],
        end: |app, _, _| sheet(app, "9000"),
    },
    Case {
        kind: ReminderKind::Promise,
        name: "a promise",
        until: "2026-12-17",
        make: |app, loan| {
            let call = json!({"loan_ids": [loan], "direction": "outgoing", "summary": "打客服",
                "promises": [{"by": "lender_staff", "what": "发方案", "due": "2026-11-23"}],
                "details": {"kind": "call", "number": "4000000000", "duration_s": 60, "status": "answered"}});
            app.log_contact(&read(call)).unwrap().id
        },
        speaks: &[("11-22", 9, -1), ("11-23", 9, 0), ("11-24", 9, 1)],
        end: |app, _, call| {
            app.amend_contact(call, json!({"promises": []}).as_object().unwrap()).unwrap();
        },
    },
    Case {
        kind: ReminderKind::OfferExpiry,
        name: "an offer that runs out",
        until: "2026-12-17",
        make: offer,
        speaks: &[("11-27", 9, -3), ("11-29", 9, -1), ("11-30", 9, 0)],
        end: |app, _, offer| {
            app.accept_proposal(&read(json!({"proposal_id": offer}))).unwrap();
        },
    },
    Case {
        kind: ReminderKind::Task,
        name: "a task",
        until: "2026-12-17",
        make: |app, loan| {
            let task = json!({"loan_id": loan, "what": "打流水", "due": "2026-11-24"});
            app.add_task(&read(task)).unwrap().id
        },
        speaks: &[("11-23", 9, -1), ("11-24", 9, 0), ("11-27", 9, 3)],
        end: |app, _, task| {
            app.finish_task(task).unwrap();
        },
    },
    Case {
        kind: ReminderKind::ReplyDue,
        name: "a letter that waits for its reply, five working days",
        until: "2026-12-17",
        make: |app, loan| limit(app, loan, "DL-LENDER-REPLY"),
        speaks: &[("11-25", 9, 0), ("11-28", 9, 3)],
        end: settle,
    },
    Case {
        kind: ReminderKind::ReplyDue,
        name: "a spoken yes that waits for its writing, five working days",
        until: "2026-12-17",
        make: spoken_yes,
        speaks: &[("11-25", 9, 0), ("11-28", 9, 3)],
        end: written,
    },
    Case {
        kind: ReminderKind::Deadline,
        name: "a complaint's answer, fifteen days, with alarms of its own rule",
        until: "2026-12-17",
        make: |app, loan| limit(app, loan, "DL-COMPLAINT"),
        speaks: &[("11-30", 9, -3), ("12-03", 9, 0), ("12-04", 9, 1)],
        end: settle,
    },
    Case {
        kind: ReminderKind::AgreementDue,
        name: "a due of an agreement",
        until: "2026-12-17",
        make: |app, loan| {
            let sms = json!({"loan_ids": [loan], "direction": "incoming", "summary": "短信同意",
                "confirmation": "written", "details": {"kind": "sms", "body": "同意分 10 期"}});
            let sms = app.log_contact(&read(sms)).unwrap().id;
            let agreed = json!({"loan_id": loan, "form": "sms", "payment": "500", "terms": "10",
                "first_due": "2026-12-02", "evidence_ids": [sms]});
            app.record_agreement(&read(agreed)).unwrap().id
        },
        speaks: &[("11-25", 9, -7), ("11-29", 9, -3), ("12-01", 9, -1), ("12-02", 9, 0), ("12-03", 9, 1)],
        end: |app, loan, _| {
            app.add_payment(&read(json!({"loan_id": loan, "on": "2026-11-18", "amount": "500"}))).unwrap();
        },
    },
    Case {
        kind: ReminderKind::Review,
        name: "the monthly review",
        until: "2027-01-05",
        make: |_, _| String::new(),
        speaks: &[("12-18", 19, 0), ("12-25", 19, 7)],
        end: |app, _, _| {
            app.set_clock(Clock::fixed("2026-12-10T09:30:00+08:00").unwrap());
            app.finish_review(&FinishReviewRequest::default()).unwrap();
        },
    },
    Case {
        kind: ReminderKind::RulesStale,
        name: "the LPR, once its last quote is old",
        until: "2027-01-05",
        make: |_, _| String::new(),
        speaks: &[("01-02", 19, 0)],
        end: |app, _, _| {
            let quote = json!({"rule": "LPR", "on": "2026-10-20", "value": "3.0", "five_year": "3.5",
                "source": "全国银行间同业拆借中心", "note": "查过"});
            app.set_own_rule(&read(quote)).unwrap();
        },
    },
];

/// What of one kind is told, looked at twice a day.
fn told(app: &mut App<Unlocked>, kind: ReminderKind, until: &str) -> Vec<(String, u8, i16)> {
    let (from, until) = (app.clock().now().date_naive(), until.parse::<NaiveDate>().unwrap());
    let mut told = Vec::new();
    for day in from.iter_days().take_while(|day| *day <= until) {
        for hour in [9, 19] {
            app.set_clock(Clock::fixed(&format!("{day}T{hour:02}:00:30+08:00")).unwrap());
            for line in app.tick().unwrap().into_iter().flat_map(|notice| notice.lines) {
                if line.kind == kind {
                    told.push((day.format("%m-%d").to_string(), hour, line.stage));
                }
            }
        }
    }
    told
}

#[test]
fn every_kind_speaks_at_its_stages_and_is_silent_once_it_was_answered_or_paid() {
    for case in CASES {
        for ends in [false, true] {
            let home = home();
            let mut app = home.reopened("2026-11-18T09:31:00+08:00");
            let loan = app.list_loans().unwrap().loans[0].id.clone();
            let made = (case.make)(&mut app, &loan);
            if ends {
                (case.end)(&mut app, &loan, &made);
            }
            let expected: Vec<_> =
                case.speaks.iter().map(|(day, hour, stage)| ((*day).to_owned(), *hour, *stage)).collect();
            let told = told(&mut app, case.kind, case.until);
            assert_eq!(told, if ends { Vec::new() } else { expected }, "{}, ended: {ends}", case.name);
        }
    }
}

#[test]
fn the_yearly_drill_is_asked_for_until_a_backup_was_read_to_its_last_byte() {
    let home = home();
    let at = |app: &mut App<Unlocked>, now: &str| {
        app.set_clock(Clock::fixed(now).unwrap());
        let lines = app.tick().unwrap().into_iter().flat_map(|notice| notice.lines);
        lines
            .filter(|line| line.kind == ReminderKind::RestoreDrill)
            .map(|line| line.stage)
            .collect::<Vec<_>>()
    };
    let mut app = home.reopened("2026-11-19T10:00:00+08:00");
    assert!(at(&mut app, "2027-11-18T18:59:00+08:00").is_empty());
    assert_eq!(at(&mut app, "2027-11-18T19:00:30+08:00"), [0]);
    assert_eq!(at(&mut app, "2027-12-18T19:00:30+08:00"), [30]);
    let home = self::home();
    let mut app = home.reopened("2026-11-19T10:00:00+08:00");
    let file = home.path().join("上岸.age");
    app.make_backup(&file, by_passphrase(PASSPHRASE), &mut |_| true).unwrap();
    let verified = verify_backup(&file, by_passphrase(PASSPHRASE), &mut |_| true).unwrap();
    app.set_clock(Clock::fixed("2027-11-18T12:00:00+08:00").unwrap());
    assert!(app.note_drill(&verified).unwrap());
    assert!(at(&mut app, "2028-01-18T19:00:30+08:00").is_empty(), "a year from the drill");
}

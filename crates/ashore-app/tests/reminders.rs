//! Each stage of each due is shown once, whatever the clock and the lock do.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::ErrorCode;
use ashore_app::clock::Clock;
use ashore_app::loans::AddLoanRequest;
use ashore_app::payments::AddPaymentRequest;
use ashore_app::session::{NotificationText, Settings};
use ashore_app::words::ReminderKind;
use ashore_domain::{Deadline, DeadlineId, Fact, Sensitive};
use ashore_test_support::{Home, PASSPHRASE, by_passphrase};
use ashore_vault::{Secret, Vault};
use chrono::{DateTime, NaiveDate};

fn loan() -> AddLoanRequest {
    let text = |value: &str| Some(value.to_owned());
    AddLoanRequest {
        app: "甲贷".to_owned(),
        received: text("30000"),
        payment: text("1586.13"),
        terms: text("24"),
        first_due: text("2026-02-25"),
        terms_paid: text("9"),
        ..AddLoanRequest::default()
    }
}

/// A vault made on 18 November with one loan, due on the 25th.
fn home() -> Home {
    let home = Home::new();
    let mut app = home.created("2026-11-18T09:30:00+08:00");
    app.add_loan(&loan()).unwrap();
    home
}

#[test]
fn each_stage_speaks_once_and_neutrally() {
    let home = home();
    let mut spoken = Vec::new();
    for day in 19..=28 {
        for hour in ["08:59", "09:00", "09:01", "20:00"] {
            let mut app = home.reopened(&format!("2026-11-{day}T{hour}:00+08:00"));
            for notice in app.tick().unwrap() {
                assert_eq!((notice.title.as_str(), notice.body.as_str()), ("提醒", "有一件事到时间了"));
                spoken.push((day, hour, notice.stage));
            }
        }
    }
    assert_eq!(
        spoken,
        [(22, -3), (24, -1), (25, 0), (26, 1)].map(|(day, stage)| (day, "09:00", Some(stage)))
    );
}

#[test]
fn after_being_off_only_the_latest_stage_speaks() {
    let home = home();
    let mut app = home.reopened("2026-11-25T18:00:00+08:00");
    let notices = app.tick().unwrap();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].stage, Some(0));
    assert!(app.tick().unwrap().is_empty(), "shown once");
}

#[test]
fn what_was_not_really_shown_is_tried_again() {
    let home = home();
    let mut app = home.reopened("2026-11-22T09:05:00+08:00");
    let notices = app.due_notices().unwrap();
    assert_eq!(app.due_notices().unwrap(), notices, "nothing is recorded before it was shown");
    app.confirm_notice(&notices[0]).unwrap();
    assert!(app.due_notices().unwrap().is_empty());
}

#[test]
fn what_was_on_its_way_to_the_desktop_at_the_moment_of_a_lock_speaks_once() {
    let home = home();
    let app = home.reopened("2026-11-22T09:05:00+08:00");
    let notices = app.due_notices().unwrap();
    let mut app = app.lock();
    app.confirm_notice(&notices[0]);
    assert!(app.tick().unwrap().is_empty(), "the desktop took it");
    let mut app = app.unlock(by_passphrase(PASSPHRASE)).map_err(|(_, e)| e).unwrap();
    assert!(app.tick().unwrap().is_empty());
    // And one that never got there speaks in neutral words.
    app.set_clock(Clock::fixed("2026-11-24T09:05:00+08:00").unwrap());
    assert_eq!(app.due_notices().unwrap().len(), 1);
    assert_eq!(app.lock().tick().unwrap().len(), 1);
}

#[test]
fn what_was_shown_and_cannot_be_recorded_is_not_shown_twice_a_minute() {
    let home = home();
    let mut app = home.reopened("2026-11-22T09:05:00+08:00");
    let notices = app.due_notices().unwrap();
    // The disk with the vault is gone: what is open can still be read, and nothing can be written.
    let (vault, away) = (home.path().join("vault"), home.path().join("away"));
    std::fs::rename(&vault, &away).unwrap();
    app.confirm_notice(&notices[0]).unwrap_err();
    assert!(app.due_notices().unwrap().is_empty(), "it was shown all the same");
    let mut app = app.lock();
    assert!(app.tick().unwrap().is_empty());
    std::fs::rename(&away, &vault).unwrap();
    // What nobody could record may come once more, rather than never.
    let app = app.unlock(by_passphrase(PASSPHRASE)).map_err(|(_, e)| e).unwrap();
    assert_eq!(app.due_notices().unwrap(), notices);
}

#[test]
fn what_is_put_off_while_the_sample_is_open_is_the_real_vaults() {
    let home = home();
    let mut app = home.reopened("2026-11-22T09:05:00+08:00");
    let notices = app.tick().unwrap();
    let mut sample = app.lock().open_sample().map_err(|(_, e)| e).unwrap();
    assert!(sample.snooze_notice(&notices[0]).unwrap());
    assert!(sample.tick().unwrap().is_empty());
    let mut app = sample.lock().unlock(by_passphrase(PASSPHRASE)).map_err(|(_, e)| e).unwrap();
    app.set_clock(Clock::fixed("2026-11-22T10:04:00+08:00").unwrap());
    assert!(app.tick().unwrap().is_empty());
    app.set_clock(Clock::fixed("2026-11-22T10:05:00+08:00").unwrap());
    assert_eq!(app.tick().unwrap().len(), 1);
}

#[test]
fn paid_dues_are_silent() {
    let home = home();
    let mut app = home.reopened("2026-11-21T09:05:00+08:00");
    let loan_id = app.list_loans().unwrap().loans[0].id.clone();
    let amount = "1586.13".to_owned();
    let pay = AddPaymentRequest {
        loan_id,
        on: "2026-11-21".to_owned(),
        amount,
        parts: Vec::new(),
        channel: None,
        designation: None,
        note: None,
        lender_allocation: None,
        evidence_ids: Vec::new(),
    };
    app.add_payment(&pay).unwrap();
    drop(app);
    for day in [22, 24, 25, 26] {
        assert!(home.reopened(&format!("2026-11-{day}T10:00:00+08:00")).tick().unwrap().is_empty());
    }
}

#[test]
fn full_text_only_when_allowed() {
    let home = home();
    let mut app = home.reopened("2026-11-22T09:05:00+08:00");
    let settings = Settings { notification_text: NotificationText::Full, ..app.settings().unwrap() };
    app.save_settings(&settings).unwrap();
    assert_eq!(app.tick().unwrap()[0].body, "甲贷 第 10 期 ¥1586.13，11 月 25 日，3 天后到期");
}

#[test]
fn locked_is_not_silent_and_what_spoke_while_locked_is_not_repeated() {
    let home = home();
    let mut app = home.reopened("2026-11-21T20:00:00+08:00").lock();
    assert!(app.tick().unwrap().is_empty(), "nothing is due yet");
    app.set_clock(Clock::fixed("2026-11-22T09:00:30+08:00").unwrap());
    let notices = app.tick().unwrap();
    assert_eq!(notices.len(), 1);
    assert_eq!(notices[0].body, "有一件事到时间了");
    assert_eq!((&notices[0].loan_id, &notices[0].due), (&None, &None), "a bare instant");
    assert!(app.tick().unwrap().is_empty());
    let mut app = app.unlock(by_passphrase(PASSPHRASE)).map_err(|(_, e)| e).unwrap();
    assert!(app.tick().unwrap().is_empty(), "it spoke already");
}

#[test]
fn after_a_restart_while_locked_one_neutral_prompt_a_day() {
    let home = home();
    for (now, prompts) in [
        ("2026-11-22T08:00:00+08:00", 0),
        ("2026-11-22T09:30:00+08:00", 1),
        ("2026-11-22T18:00:00+08:00", 0),
        ("2026-11-23T09:30:00+08:00", 1),
    ] {
        assert_eq!(home.locked(now).tick().unwrap().len(), prompts, "{now}");
    }
    assert!(
        Home::new().locked("2026-11-22T09:30:00+08:00").tick().unwrap().is_empty(),
        "no vault, no prompt"
    );
}

#[test]
fn bare_instants_lie_outside_only_when_allowed() {
    let home = home();
    let file = home.path().join("reminders.json");
    let mut app = home.reopened("2026-11-21T20:00:00+08:00");
    app.refresh_outside_instants().unwrap();
    assert!(!file.exists(), "not asked for");
    let settings = Settings { outside_instants: true, ..app.settings().unwrap() };
    app.save_settings(&settings).unwrap();
    app.refresh_outside_instants().unwrap();
    drop(app);
    let outside = std::fs::read_to_string(&file).unwrap();
    assert!(outside.contains("2026-11-22T09:00:00"), "{outside}");
    assert!(!outside.contains("甲贷") && !outside.contains("1586"), "instants, nothing else");
    assert!(home.locked("2026-11-22T08:59:00+08:00").tick().unwrap().is_empty());
    assert_eq!(
        home.locked("2026-11-22T09:01:00+08:00").tick().unwrap().len(),
        1,
        "after a restart, still locked"
    );
}

#[test]
fn the_sample_neither_speaks_nor_silences_the_real_vault() {
    let home = home();
    let locked = home.reopened("2026-11-21T20:00:00+08:00").lock();
    let mut sample = locked.open_sample().map_err(|(_, e)| e).unwrap();
    assert!(
        !sample.list_reminders(None, None).unwrap().reminders.is_empty(),
        "the page shows what would come"
    );
    for day in 21..=30 {
        sample.set_clock(Clock::fixed(&format!("2026-11-{day}T23:00:00+08:00")).unwrap());
        assert!(sample.due_notices().unwrap().is_empty(), "nothing invented speaks on the {day}th");
    }
    sample.set_clock(Clock::fixed("2026-11-22T08:59:00+08:00").unwrap());
    assert!(sample.tick().unwrap().is_empty());
    let mut app = sample.lock();
    let mut spoken = Vec::new();
    for day in 22..=24 {
        for time in ["09:00:30", "09:30:00", "19:00:30"] {
            app.set_clock(Clock::fixed(&format!("2026-11-{day}T{time}+08:00")).unwrap());
            spoken.extend(app.tick().unwrap().into_iter().map(|notice| (day, time, notice.body)));
        }
    }
    let neutral = "有一件事到时间了".to_owned();
    assert_eq!(spoken, [(22, "09:00:30", neutral.clone()), (24, "09:00:30", neutral.clone())]);
    // And one that comes while the sample is looked at, which is not told again afterwards.
    let mut sample = app.open_sample().map_err(|(_, e)| e).unwrap();
    sample.set_clock(Clock::fixed("2026-11-25T09:00:30+08:00").unwrap());
    let notices = sample.tick().unwrap();
    assert_eq!(notices.iter().map(|notice| &notice.body).collect::<Vec<_>>(), [&neutral]);
    assert!(!sample.snooze_notice(&notices[0]).unwrap(), "it names nothing: whoever showed it puts it off");
    let mut app = sample.lock().unlock(by_passphrase(PASSPHRASE)).map_err(|(_, e)| e).unwrap();
    assert!(app.tick().unwrap().is_empty(), "it spoke already");
}

#[test]
fn what_cannot_be_read_is_named_and_silences_nothing_else() {
    let home = home();
    let passphrase = Sensitive::new(PASSPHRASE.to_owned());
    let mut vault = Vault::open(&home.path().join("vault"), Secret::Passphrase(&passphrase)).unwrap();
    let gone = Deadline {
        id: DeadlineId::from_bytes([7; 16]),
        rule: "DL-GONE".to_owned(),
        starts_on: NaiveDate::from_ymd_opt(2026, 11, 17).unwrap(),
        loans: Vec::new(),
        party: None,
        reference: Some("（2026）苏 0102 民督 7 号".to_owned()),
        evidence: Vec::new(),
        note: None,
    };
    let at = DateTime::parse_from_rfc3339("2026-11-18T10:00:00+08:00").unwrap();
    vault.append(&[Fact::Deadline(gone)], Vec::new(), at).unwrap();
    drop(vault);
    let mut app = home.reopened("2026-11-22T09:00:30+08:00");
    let notices = app.tick().unwrap();
    assert_eq!(notices.iter().map(|notice| notice.kind).collect::<Vec<_>>(), [Some(ReminderKind::LoanDue)]);
    let unread = app.reminder_state().unwrap().unread;
    let told: Vec<_> = unread.iter().map(|one| (one.kind, one.name.as_str(), one.why)).collect();
    assert_eq!(told, [(ReminderKind::Deadline, "DL-GONE", ErrorCode::NotFound)]);
    let limits = app.list_deadlines().unwrap();
    assert_eq!((limits.deadlines.len(), limits.unread.len()), (0, 1));
    assert_eq!(
        (limits.unread[0].rule.as_str(), limits.unread[0].starts_on.as_str()),
        ("DL-GONE", "2026-11-17")
    );
}

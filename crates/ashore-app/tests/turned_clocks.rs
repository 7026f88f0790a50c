//! Turned clocks, locks and restarts in their smallest histories: each stage is shown once, no more and no less.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use ashore_app::clock::Clock;
use ashore_app::loans::AddLoanRequest;
use ashore_app::payments::AddPaymentRequest;
use ashore_app::reminders::{Notice, ReminderSettings};
use ashore_app::session::{App, Locked, Unlocked};
use ashore_test_support::{Home, PASSPHRASE, by_passphrase};

#[allow(clippy::large_enum_variant)] // one at a time
enum Session {
    Open(App<Unlocked>),
    Shut(App<Locked>),
}

#[derive(Clone, Copy)]
enum Then {
    /// A look, and what it shows: stages when open, `1` for a neutral notice when locked.
    Looks(&'static [i16]),
    Locks,
    Unlocks,
    /// Started anew; nobody unlocks it.
    Restarts,
    /// Stages on their way to the desktop: nobody has said yet that they were shown.
    Hands(&'static [i16]),
    /// The last notice was shown.
    Confirms,
    /// The last notice is put off for an hour.
    PutsOff,
    /// Another loan is entered, due on the same days.
    Borrows,
    /// The first due of the first loan is paid.
    Pays,
}
use Then::{Borrows, Confirms, Hands, Locks, Looks, Pays, PutsOff, Restarts, Unlocks};

fn loan(app: &str) -> AddLoanRequest {
    let text = |value: &str| Some(value.to_owned());
    AddLoanRequest {
        app: app.to_owned(),
        received: text("3000"),
        payment: text("1586.13"),
        terms: text("2"),
        first_due: text("2026-11-25"),
        terms_paid: text("0"),
        ..AddLoanRequest::default()
    }
}

fn told(notices: &[Notice]) -> Vec<i16> {
    notices.iter().flat_map(|notice| &notice.lines).map(|line| line.stage).collect()
}

fn pay(app: &mut App<Unlocked>) {
    let request = AddPaymentRequest {
        loan_id: app.list_loans().unwrap().loans[0].id.clone(),
        on: app.clock().today().to_string(),
        amount: "1586.13".to_owned(),
        parts: Vec::new(),
        channel: None,
        designation: None,
        note: None,
        lender_allocation: None,
        evidence_ids: Vec::new(),
    };
    app.add_payment(&request).unwrap();
}

/// A life that begins on 18 November 2026 at 09:30 with one loan, due on 25 November and 25 December.
fn live(name: &str, quiet: bool, life: &[(&str, Then)]) {
    let home = Home::new();
    let mut app = home.created("2026-11-18T09:30:00+08:00");
    let silent = ["rules_stale", "restore_drill", "review"].map(|kind| {
        serde_json::from_value(serde_json::json!({ "kind": kind, "stages": [], "at": "09:00" })).unwrap()
    });
    let settings = ReminderSettings { quiet, kinds: silent.into(), ..ReminderSettings::default() };
    app.save_reminder_settings(&settings).unwrap();
    app.add_loan(&loan("甲贷")).unwrap();
    let (mut session, mut last) = (Session::Open(app), Vec::<Notice>::new());
    for (at, then) in life {
        let (now, said) = (format!("{at}:00+08:00"), format!("{name}, {at}"));
        let clock = Clock::fixed(&now).unwrap();
        session = match (session, *then) {
            (Session::Open(mut app), then) => {
                app.set_clock(clock);
                match then {
                    Looks(stages) => {
                        last = app.tick().unwrap();
                        assert_eq!(told(&last), stages, "{said}");
                    }
                    Hands(stages) => {
                        last = app.due_notices().unwrap();
                        assert_eq!(told(&last), stages, "{said}");
                    }
                    Confirms => app.confirm_notice(last.last().unwrap()).unwrap(),
                    PutsOff => assert!(app.snooze_notice(last.last().unwrap()).unwrap(), "{said}"),
                    Borrows => drop(app.add_loan(&loan("乙贷")).unwrap()),
                    Pays => pay(&mut app),
                    Locks | Restarts | Unlocks => app.refresh_outside_instants().unwrap(),
                }
                match then {
                    Locks => Session::Shut(app.lock()),
                    Restarts => {
                        drop(app);
                        Session::Shut(home.locked(&now))
                    }
                    _ => Session::Open(app),
                }
            }
            (Session::Shut(mut app), then) => {
                app.set_clock(clock);
                match then {
                    Looks(notices) => {
                        assert_eq!(app.tick().unwrap().len(), notices.len(), "{said}");
                        Session::Shut(app)
                    }
                    Restarts => Session::Shut(home.locked(&now)),
                    Confirms => {
                        app.confirm_notice(last.last().unwrap());
                        Session::Shut(app)
                    }
                    PutsOff => {
                        assert!(app.snooze_notice(last.last().unwrap()), "{said}");
                        Session::Shut(app)
                    }
                    _ => Session::Open(app.unlock(by_passphrase(PASSPHRASE)).map_err(|(_, e)| e).unwrap()),
                }
            }
        };
    }
}

#[test]
fn each_stage_is_shown_once_in_every_history_that_once_went_wrong() {
    live(
        "what stood long before the lock is in the notice that speaks while locked",
        true,
        &[
            ("2026-11-18T23:00", Looks(&[])),
            // Off until a night two months later; it looks in quiet hours and is locked.
            ("2027-01-30T23:00", Looks(&[])),
            ("2027-01-30T23:00", Locks),
            ("2027-01-31T09:30", Looks(&[1])),
            ("2027-01-31T09:31", Unlocks),
            ("2027-01-31T09:31", Looks(&[])),
        ],
    );
    live(
        "a clock set forward by years while locked, and back",
        false,
        &[
            ("2026-11-18T10:00", Locks),
            ("2030-11-18T10:00", Looks(&[1])),
            ("2026-11-18T10:01", Looks(&[])),
            ("2026-11-18T10:02", Unlocks),
            ("2026-11-22T09:01", Looks(&[])),
            ("2026-12-25T09:01", Looks(&[])),
        ],
    );
    live(
        "locked under a clock that was set back by years, and right again",
        false,
        &[
            ("2022-11-18T10:00", Locks),
            ("2022-11-18T10:01", Looks(&[])),
            ("2026-11-22T09:01", Looks(&[1])),
            ("2022-11-22T09:01", Unlocks),
            ("2022-11-22T09:02", Looks(&[])),
            ("2026-11-22T09:03", Looks(&[])),
            ("2026-11-24T09:00", Looks(&[-1])),
        ],
    );
    live(
        "what was put off comes when the clock is set back, also while locked",
        false,
        &[
            ("2026-11-22T09:01", Looks(&[-3])),
            ("2026-11-22T09:02", PutsOff),
            ("2026-11-22T09:03", Locks),
            ("2026-11-22T09:04", Looks(&[])),
            ("2025-11-22T09:05", Looks(&[1])),
            ("2026-11-22T10:03", Looks(&[])),
            ("2026-11-22T10:04", Unlocks),
            ("2026-11-22T10:05", Looks(&[])),
        ],
    );
    live(
        "what was put off is not lost when another thing of the same minute speaks",
        false,
        &[
            ("2026-11-22T08:00", Looks(&[])),
            ("2026-11-22T09:00", Looks(&[-3])),
            ("2026-11-22T09:00", PutsOff),
            ("2026-11-22T08:59", Borrows),
            ("2026-11-22T09:01", Locks),
            ("2026-11-22T09:01", Looks(&[1])),
            ("2026-11-22T09:02", Unlocks),
            ("2026-11-22T09:03", Looks(&[])),
            ("2026-11-22T10:01", Looks(&[-3])),
            ("2026-11-22T10:02", Looks(&[])),
        ],
    );
    live(
        "what spoke while locked is known after a restart",
        false,
        &[
            ("2026-11-22T08:00", Locks),
            ("2026-11-22T09:00", Looks(&[1])),
            ("2026-11-22T12:00", Restarts),
            ("2026-11-22T12:01", Looks(&[])),
            ("2026-11-22T12:02", Unlocks),
            ("2026-11-22T12:03", Looks(&[])),
            ("2026-11-24T09:00", Looks(&[-1])),
        ],
    );
    live(
        "a prompt that knows of nothing stands for nothing",
        false,
        &[
            ("2026-11-21T08:00", Restarts),
            ("2026-11-22T12:00", Looks(&[1])),
            ("2026-11-22T12:02", Unlocks),
            ("2026-11-22T12:03", Looks(&[-3])),
            ("2026-11-22T12:04", Looks(&[])),
        ],
    );
    live(
        "quiet hours hold after a restart too",
        true,
        &[
            ("2026-11-21T20:00", Restarts),
            ("2026-11-21T23:00", Looks(&[])),
            ("2026-11-22T07:59", Looks(&[])),
            ("2026-11-22T09:00", Looks(&[1])),
        ],
    );
}

#[test]
fn what_is_shown_confirmed_or_put_off_at_the_moment_of_a_lock_comes_once_and_once_more_after_its_time() {
    live(
        "put off before it was confirmed",
        false,
        &[
            ("2026-11-22T09:00", Hands(&[-3])),
            ("2026-11-22T09:00", PutsOff),
            ("2026-11-22T09:00", Confirms),
            ("2026-11-22T09:01", Looks(&[])),
            ("2026-11-22T10:00", Looks(&[-3])),
            ("2026-11-22T11:01", Looks(&[])),
        ],
    );
    live(
        "put off, and locked before it was confirmed",
        false,
        &[
            ("2026-11-22T09:00", Hands(&[-3])),
            ("2026-11-22T09:00", PutsOff),
            ("2026-11-22T09:00", Locks),
            ("2026-11-22T09:00", Confirms),
            ("2026-11-22T09:01", Looks(&[])),
            ("2026-11-22T09:02", Unlocks),
            ("2026-11-22T09:02", Looks(&[])),
            ("2026-11-22T10:00", Looks(&[-3])),
            ("2026-11-22T11:01", Looks(&[])),
        ],
    );
    live(
        "it comes again and is locked before it was confirmed",
        false,
        &[
            ("2026-11-22T09:00", Looks(&[-3])),
            ("2026-11-22T09:01", PutsOff),
            ("2026-11-22T10:01", Hands(&[-3])),
            ("2026-11-22T10:01", Locks),
            ("2026-11-22T10:01", Confirms),
            ("2026-11-22T10:02", Looks(&[])),
            ("2026-11-22T10:03", Unlocks),
            ("2026-11-22T10:03", Looks(&[])),
        ],
    );
    live(
        "it comes again, is put off anew and confirmed only then",
        false,
        &[
            ("2026-11-22T09:00", Looks(&[-3])),
            ("2026-11-22T09:01", PutsOff),
            ("2026-11-22T10:01", Hands(&[-3])),
            ("2026-11-22T10:02", PutsOff),
            ("2026-11-22T10:02", Confirms),
            ("2026-11-22T10:03", Looks(&[])),
            ("2026-11-22T11:02", Looks(&[-3])),
            ("2026-11-22T11:03", Looks(&[])),
        ],
    );
    live(
        "put off after the lock, it comes again while locked",
        false,
        &[
            ("2026-11-22T09:00", Looks(&[-3])),
            ("2026-11-22T09:01", Locks),
            ("2026-11-22T09:02", PutsOff),
            ("2026-11-22T09:03", Looks(&[])),
            ("2026-11-22T10:02", Looks(&[1])),
            ("2026-11-22T10:03", Looks(&[])),
            ("2026-11-22T10:04", Unlocks),
            ("2026-11-22T10:04", Looks(&[])),
        ],
    );
    live(
        "put off after the lock and before it was confirmed, and unlocked before its time",
        false,
        &[
            ("2026-11-22T09:00", Hands(&[-3])),
            ("2026-11-22T09:01", Locks),
            ("2026-11-22T09:02", PutsOff),
            ("2026-11-22T09:02", Confirms),
            ("2026-11-22T09:30", Unlocks),
            ("2026-11-22T09:31", Looks(&[])),
            ("2026-11-22T10:01", Looks(&[])),
            ("2026-11-22T10:02", Looks(&[-3])),
            ("2026-11-22T10:03", Looks(&[])),
        ],
    );
    for (name, locked) in [("the other speaks while locked", true), ("the other speaks when unlocked", false)]
    {
        let mut life = vec![
            ("2026-11-22T08:00", Borrows),
            ("2026-11-22T09:00", Hands(&[-3, -3])),
            ("2026-11-22T09:00", Locks),
            // One of two things of the same minute had been shown.
            ("2026-11-22T09:00", Confirms),
        ];
        if locked {
            life.push(("2026-11-22T09:01", Looks(&[1])));
        }
        life.push(("2026-11-22T09:02", Unlocks));
        life.push(("2026-11-22T09:02", if locked { Looks(&[]) } else { Looks(&[-3]) }));
        life.push(("2026-11-22T09:03", Looks(&[])));
        live(name, false, &life);
    }
    live(
        "paid since it was put off, it is silent while locked too",
        false,
        &[
            ("2026-11-22T09:00", Looks(&[-3])),
            ("2026-11-22T09:01", PutsOff),
            ("2026-11-22T09:10", Pays),
            ("2026-11-22T09:11", Locks),
            ("2026-11-22T10:02", Looks(&[])),
        ],
    );
    live(
        "paid since it was put off, it is silent under a clock that was set back too",
        false,
        &[
            ("2026-11-22T09:00", Looks(&[-3])),
            ("2026-11-22T09:01", PutsOff),
            ("2026-11-22T09:10", Pays),
            ("2025-11-22T09:20", Looks(&[])),
        ],
    );
}

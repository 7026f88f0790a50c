//! One life of one computer, told by its seed.

use ashore_app::clock::Clock;
use ashore_app::loans::AddLoanRequest;
use ashore_app::payments::AddPaymentRequest;
use ashore_app::reminders::{Notice, ReminderSettings};
use ashore_app::session::{App, Locked, Unlocked};
use ashore_test_support::{Home, PASSPHRASE, by_passphrase};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeDelta};

use crate::model::{Model, Stage, Tally};

const PAYMENT: &str = "945.60";

/// Days on which calendars go wrong, and one on which they do not.
const BEGINNINGS: [&str; 8] = [
    "2026-11-18",
    "2028-02-21",
    "2027-01-30",
    "2027-12-28",
    "2028-02-28",
    "2026-12-30",
    "2027-08-30",
    "2027-02-26",
];

/// A small generator whose numbers are the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }

    fn between(&mut self, from: i64, to: i64) -> i64 {
        from + i64::try_from(self.roll(u64::try_from(to - from).unwrap() + 1)).unwrap()
    }
}

#[allow(clippy::large_enum_variant)] // there is one, and it lives as long as the test
enum Session {
    Open(App<Unlocked>),
    Shut(App<Locked>),
}

struct Life {
    home: Home,
    dice: Dice,
    model: Model,
    /// What the world's clock says, and how wrong the computer's is.
    world: DateTime<FixedOffset>,
    wrong: TimeDelta,
    zone: FixedOffset,
    session: Option<Session>,
    last: Vec<Notice>,
    /// Something happened after the lock that only this run knows.
    unrecorded: bool,
    /// Says what happens.
    aloud: bool,
}

fn zone(hours: i64, minutes: i64) -> FixedOffset {
    FixedOffset::east_opt(i32::try_from(hours * 3600 + minutes * 60).unwrap()).unwrap()
}

fn stages(notices: &[Notice]) -> Vec<Stage> {
    let lines = notices.iter().flat_map(|notice| &notice.lines);
    lines.map(|line| (line.key.clone(), line.due.parse().unwrap(), i64::from(line.stage))).collect()
}

impl Life {
    fn here(&self) -> DateTime<FixedOffset> {
        (self.world + self.wrong).with_timezone(&self.zone)
    }

    fn clock(&self) -> Clock {
        Clock::Fixed(self.here())
    }

    fn tell(&self, what: &str) {
        if self.aloud {
            println!("{} {what}", self.here());
        }
    }

    fn look(&mut self) {
        let (here, clock) = (self.here(), self.clock());
        match self.session.as_mut().unwrap() {
            Session::Open(app) => {
                app.set_clock(clock);
                self.last = app.tick().unwrap();
                let shown = stages(&self.last);
                self.tell(&format!("open: {shown:?}"));
                self.model.look(here, &shown, self.last.len());
            }
            Session::Shut(app) => {
                app.set_clock(clock);
                let notices = app.tick().unwrap();
                self.tell(&format!("locked: {}", notices.len()));
                self.model.look_locked(here, notices.len());
            }
        }
    }

    fn is_open(&self) -> bool {
        matches!(self.session, Some(Session::Open(_)))
    }

    fn unlock(&mut self) {
        self.tell("unlock");
        let clock = self.clock();
        let opened = match self.session.take().unwrap() {
            Session::Shut(mut app) => {
                app.set_clock(clock);
                self.model.unlock();
                self.unrecorded = false;
                app.unlock(by_passphrase(PASSPHRASE)).map_err(|(_, why)| why).unwrap()
            }
            Session::Open(app) => {
                drop(app);
                self.home.reopened(&self.here().to_rfc3339())
            }
        };
        self.session = Some(Session::Open(opened));
    }

    fn lock(&mut self) {
        self.tell("lock");
        let clock = self.clock();
        self.session = Some(match self.session.take().unwrap() {
            Session::Open(mut app) => {
                app.set_clock(clock);
                // As at every look at an open vault.
                app.refresh_outside_instants().unwrap();
                self.model.lock();
                Session::Shut(app.lock())
            }
            shut @ Session::Shut(_) => shut,
        });
    }

    /// Some of what is due reaches the desktop, and a lock comes before the last of it is confirmed. Somebody may put that
    /// one off before the lock or after it.
    fn lock_amid_a_look(&mut self) {
        let (here, clock) = (self.here(), self.clock());
        let Some(Session::Open(app)) = self.session.as_mut() else { return };
        app.set_clock(clock);
        let mut due = app.due_notices().unwrap();
        due.truncate(usize::try_from(self.dice.between(1, 3)).unwrap());
        let Some((last, before)) = due.split_last() else { return self.lock() };
        before.iter().for_each(|notice| app.confirm_notice(notice).unwrap());
        self.model.look_interrupted(here, &stages(&due));
        let (puts_off, marks) = (self.dice.roll(3), stages(std::slice::from_ref(last)));
        let until = here + TimeDelta::minutes(60);
        if puts_off == 0 {
            app.snooze_notice(last).unwrap();
            self.model.snooze(&marks, until);
        }
        self.lock();
        let Some(Session::Shut(app)) = self.session.as_mut() else { return };
        app.confirm_notice(last);
        if puts_off == 1 {
            assert!(app.snooze_notice(last));
            self.model.snooze_locked(&marks, until);
        }
        self.unrecorded = true;
        self.tell(&format!("locked amid {:?}, put off {puts_off}", stages(&due)));
        self.last = before.to_vec();
    }

    fn restart_locked(&mut self) {
        // A kill just then makes what was on its way come once more: nobody had recorded it.
        if self.unrecorded {
            return self.unlock();
        }
        self.tell("restart, locked");
        self.last.clear();
        self.session = None;
        let mut app = self.home.locked(&self.here().to_rfc3339());
        app.set_clock(self.clock());
        self.model.restart_locked();
        self.session = Some(Session::Shut(app));
    }

    fn pay(&mut self) {
        let ids = self.model.ids();
        let id = ids[usize::try_from(self.dice.roll(ids.len() as u64)).unwrap()].clone();
        let on = self.here().with_timezone(&zone(8, 0)).date_naive().to_string();
        let clock = self.clock();
        let Some(Session::Open(app)) = self.session.as_mut() else { return };
        app.set_clock(clock);
        let request = AddPaymentRequest {
            loan_id: id.clone(),
            on,
            amount: PAYMENT.to_owned(),
            parts: Vec::new(),
            channel: None,
            designation: None,
            note: None,
            lender_allocation: None,
            evidence_ids: Vec::new(),
        };
        // A loan whose first due is far off was not paid out yet; nobody pays on it then.
        if self.model.may_pay(&id) && app.add_payment(&request).is_ok() {
            self.tell(&format!("paid {id}"));
            self.model.pay(&id);
        }
    }

    fn snooze(&mut self) {
        let (here, clock) = (self.here(), self.clock());
        let Some(notice) = self.last.pop() else { return };
        let (marks, until) = (stages(std::slice::from_ref(&notice)), here + TimeDelta::minutes(60));
        match self.session.as_mut().unwrap() {
            Session::Open(app) => {
                app.set_clock(clock);
                app.snooze_notice(&notice).unwrap();
                self.model.snooze(&marks, until);
            }
            Session::Shut(app) => {
                app.set_clock(clock);
                app.snooze_notice(&notice);
                self.model.snooze_locked(&marks, until);
                self.unrecorded |= !marks.is_empty();
            }
        }
        self.tell(&format!("put off {marks:?}"));
    }

    /// Something happens, and then the program looks, as it does at every wake and twice a minute.
    fn step(&mut self) {
        match self.dice.roll(18) {
            0..=3 => self.world += TimeDelta::seconds(self.dice.between(20, 6 * 3600)),
            4..=5 => self.world += TimeDelta::hours(self.dice.between(8, 90)),
            6 => self.world += TimeDelta::days(self.dice.between(5, 50)),
            // To the second: just before it stands there is nothing, half a minute after it there is.
            7..=9 => {
                if let Some(next) = self.model.next_instant(self.here()) {
                    self.world = next - self.wrong - TimeDelta::seconds(1);
                    self.look();
                    self.world += TimeDelta::seconds(self.dice.between(1, 31));
                }
            }
            10 => {
                let east = [8, 8, 0, 9, -5, 1, 11, -10][usize::try_from(self.dice.roll(8)).unwrap()];
                self.zone = zone(east, self.dice.between(0, 1) * 30);
            }
            11 => {
                let days = [1, 365, 366, 30][usize::try_from(self.dice.roll(4)).unwrap()];
                let hours = [1, -1, 24 * days, -24 * days][usize::try_from(self.dice.roll(4)).unwrap()];
                self.wrong = TimeDelta::hours(hours);
                self.look();
                self.world += TimeDelta::minutes(self.dice.between(1, 300));
                self.look();
                self.wrong = TimeDelta::zero();
            }
            12 if self.is_open() => self.unlock(),
            12 | 13 if !self.is_open() => self.unlock(),
            13 => self.lock(),
            14 => self.pay(),
            16 => self.lock_amid_a_look(),
            17 => self.snooze(),
            _ if self.is_open() => self.snooze(),
            _ => self.restart_locked(),
        }
        self.look();
    }
}

/// Lives one life and tells what was counted.
pub(crate) fn run(seed: u64, aloud: bool) -> Tally {
    let mut dice = Dice(seed.wrapping_mul(0x5851_f42d_4c95_7f2d));
    let begins: NaiveDate = BEGINNINGS[usize::try_from(dice.roll(8)).unwrap()].parse().unwrap();
    let shanghai = zone(8, 0);
    let world = begins.and_hms_opt(0, 0, 0).unwrap().and_local_timezone(shanghai).unwrap()
        + TimeDelta::minutes(dice.between(0, 1439));
    let home = Home::new();
    let mut app = home.created(&world.to_rfc3339());
    let mut model = Model::default();
    model.quiet = dice.roll(3) == 0;
    let settings = ReminderSettings { quiet: model.quiet, ..ReminderSettings::default() };
    // Only dues: rules that age and yearly drills have tests of their own.
    let silent = ["rules_stale", "restore_drill", "review"].map(|kind| {
        serde_json::from_value(serde_json::json!({ "kind": kind, "stages": [], "at": "09:00" })).unwrap()
    });
    let settings = ReminderSettings { kinds: silent.into(), ..settings };
    app.save_reminder_settings(&settings).unwrap();
    for n in 0..=dice.roll(3) {
        let first = begins + TimeDelta::days(dice.between(1, 40));
        // Every other loan falls due at the end of the month.
        let first = if n % 2 == 0 { first } else { end_of_month(first) };
        let terms = u32::try_from(dice.between(6, 12)).unwrap();
        let request = AddLoanRequest {
            app: format!("第{n}贷"),
            received: Some(format!("{}", 900 * terms)),
            payment: Some(PAYMENT.to_owned()),
            terms: Some(terms.to_string()),
            first_due: Some(first.to_string()),
            terms_paid: Some("0".to_owned()),
            ..AddLoanRequest::default()
        };
        let id =
            serde_json::to_value(app.add_loan(&request).unwrap()).unwrap()["id"].as_str().unwrap().to_owned();
        model.open(id, first, terms, world);
    }
    let mut life = Life {
        home,
        dice,
        model,
        world,
        wrong: TimeDelta::zero(),
        zone: shanghai,
        session: Some(Session::Open(app)),
        last: Vec::new(),
        unrecorded: false,
        aloud,
    };
    for _ in 0..40 {
        life.step();
    }
    // At the end somebody opens it by day, a year later, and nothing may be left over.
    life.unlock();
    life.zone = shanghai;
    life.world += TimeDelta::days(366);
    life.world = life.world.date_naive().and_hms_opt(12, 0, 0).unwrap().and_local_timezone(shanghai).unwrap();
    life.look();
    life.look();
    life.model.tally
}

fn end_of_month(day: NaiveDate) -> NaiveDate {
    (28..=31).rev().find_map(|last| day.with_day(last)).unwrap()
}

//! Reading that is ended before its time.

use std::fmt::Write as _;
use std::fs;

use ashore_app::ErrorCode;
use ashore_app::import::{ImportOptions, Progress, Stage};
use ashore_app::session::{App, Unlocked};
use ashore_test_support::Home;

use super::NOW;

/// Enough messages that nobody is through with them within a moment.
fn backup(home: &Home) -> std::path::PathBuf {
    let mut text = String::from("<?xml version='1.0' encoding='UTF-8'?>\n<smses count=\"8000\">\n");
    for number in 0..8_000u64 {
        let (address, at) = (10_690_000 + number % 90, 1_762_732_800_000 + number * 1_000);
        writeln!(
            text,
            "<sms address=\"{address}\" date=\"{at}\" type=\"1\" body=\"第 {number} 条：请尽快还款\" read=\"1\" />"
        )
        .unwrap();
    }
    text.push_str("</smses>\n");
    let path = home.path().join("sms.xml");
    fs::write(&path, text).unwrap();
    path
}

fn facts(app: &App<Unlocked>) -> String {
    app.verify_evidence().unwrap().count
}

/// Answers yes until the reading has gone on for so many questions.
fn patient(questions: usize) -> impl FnMut(Progress) -> bool {
    let mut asked = 0;
    move |progress| {
        asked += usize::from(progress.stage == Stage::Reading);
        asked < questions
    }
}

pub(super) fn a_lock_ends_the_reading_of_a_file_at_once() {
    let home = Home::new();
    let mut app = home.created(NOW);
    let file = backup(&home);
    let before = facts(&app);
    for (dry_run, questions) in [(true, 1), (true, 12), (false, 1), (false, 12)] {
        let options = ImportOptions { dry_run, mapping: None };
        let ended = app.import_file(&file, &options, &mut patient(questions)).unwrap_err();
        assert_eq!(ended.code, ErrorCode::Cancelled, "{dry_run} {questions}");
        assert_eq!(facts(&app), before);
    }
    let objects = home.path().join("vault/objects/tmp");
    assert_eq!(fs::read_dir(objects).map_or(0, Iterator::count), 0, "no copy is left behind");
    let report = app.import_file(&file, &ImportOptions::default(), &mut |_| true).unwrap();
    assert_eq!((report.found, report.stored), (8_000, 8_000), "ended work is no obstacle to the next");
}

//! From the passphrase to the first lists with 200,000 records in the vault, the derivation of the key taken off: it costs
//! the same in an empty vault, which is opened in turn.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::float_arithmetic, clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::Instant;

use ashore_app::contacts::ListContactsRequest;
use ashore_app::import::ImportOptions;
use ashore_test_support::Home;
use serde_json::json;

const NOW: &str = "2026-11-18T09:30:00+08:00";
const MESSAGES: u64 = 200_000;
const ROUNDS: usize = 9;
const GOAL: f64 = 100.0;
/// One page of the timeline.
const PAGE: u32 = 100;
const PAGE_GOAL: f64 = 5.0;

fn main() -> ExitCode {
    // The import starts this program again to read the file.
    let mut output = std::io::stdout().lock();
    if let Some(done) = ashore_app::import::read_if_asked(&mut output) {
        return done;
    }
    drop(output);
    let (full, empty) = (Home::new(), Home::new());
    fill(&full);
    drop(empty.created(NOW));
    let (mut with, mut without) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        with.push(first_lists(&full));
        without.push(first_lists(&empty));
    }
    let (with, without) = (median(&mut with), median(&mut without));
    let after_key = with.0 - without.0 + with.1;
    let kept = after_key <= GOAL;
    println!(
        "unlock to first lists, {MESSAGES} records: {after_key:.1} ms after the key is there (home and timeline {:.1} ms)    goal {GOAL} ms {}",
        with.1,
        word(kept)
    );
    let pages = pages(&full);
    let quick = pages <= PAGE_GOAL;
    println!(
        "the next {PAGE} rows of the timeline as they cross to the page: p99 {pages:.1} ms    goal {PAGE_GOAL} ms {}",
        word(quick)
    );
    if kept && quick { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

const fn word(kept: bool) -> &'static str {
    if kept { "kept" } else { "MISSED" }
}

/// Six loans and a phone's backup; every fiftieth message is one of the lender's.
fn fill(home: &Home) {
    let mut app = home.created(NOW);
    for k in 0..6 {
        let asked = json!({
            "app": format!("甲花{k}"), "lender": format!("甲城{k}消费金融有限公司"), "received": "36000", "payment": "1500",
            "terms": "36", "first_due": "2026-03-06", "terms_paid": "4",
        });
        app.add_loan(&serde_json::from_value(asked).unwrap()).unwrap();
    }
    let mut text = format!("<?xml version='1.0' encoding='UTF-8'?>\n<smses count=\"{MESSAGES}\">\n");
    for n in 0..MESSAGES {
        let sender = if n % 50 == 0 { "甲花1" } else { "某某通知" };
        writeln!(
            text,
            "<sms protocol=\"0\" address=\"1069{:08}\" date=\"{}\" type=\"1\" subject=\"null\" body=\"【{sender}】第 {n} 条：您的借款本期应还 {}.{:02} 元，请留意还款安排。\" read=\"1\" status=\"-1\" />",
            n % 500,
            1_700_000_000_000 + n * 180_000,
            n % 9_000,
            n % 100
        )
        .unwrap();
    }
    text.push_str("</smses>\n");
    let backup = home.path().join("sms.xml");
    std::fs::write(&backup, text).unwrap();
    let report = app.import_file(&backup, &ImportOptions::default(), &mut |_| true).unwrap();
    assert_eq!(u64::from(report.stored), MESSAGES, "{report:?}");
    std::fs::remove_file(backup).unwrap();
}

/// Milliseconds to unlock, and from there to home and the first page of the timeline.
fn first_lists(home: &Home) -> (f64, f64) {
    let start = Instant::now();
    let app = home.reopened(NOW);
    let open = start.elapsed().as_secs_f64() * 1e3;
    let start = Instant::now();
    serde_json::to_vec(&app.home().unwrap()).unwrap();
    serde_json::to_vec(&app.list_contacts(&page(None)).unwrap()).unwrap();
    (open, start.elapsed().as_secs_f64() * 1e3)
}

fn page(before: Option<String>) -> ListContactsRequest {
    ListContactsRequest { limit: Some(PAGE), before, ..ListContactsRequest::default() }
}

/// Milliseconds of the slowest in a hundred of 300 pages, one after another into the past.
fn pages(home: &Home) -> f64 {
    let app = home.reopened(NOW);
    let mut before = None;
    let mut times: Vec<f64> = (0..300)
        .map(|_| {
            let start = Instant::now();
            let list = app.list_contacts(&page(before.take())).unwrap();
            serde_json::to_vec(&list).unwrap();
            before = list.contacts.last().map(|contact| contact.id.clone());
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() * 99 / 100]
}

/// The median of each of the two.
fn median(times: &mut [(f64, f64)]) -> (f64, f64) {
    let middle = times.len() / 2;
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    let first = times[middle].0;
    times.sort_by(|a, b| a.1.total_cmp(&b.1));
    (first, times[middle].1)
}

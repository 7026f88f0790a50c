//! Contacts held against the rules on conduct, with 200,000 messages in the vault of which few are of collectors, beside
//! reading every record, in turn, in one run. Sizes can be made smaller with `ASHORE_BENCH_MESSAGES`.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::float_arithmetic, clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::Instant;

use ashore_app::conduct::CheckConductRequest;
use ashore_app::import::ImportOptions;
use ashore_app::session::{App, Unlocked};
use ashore_domain::Sensitive;
use ashore_test_support::{Home, PASSPHRASE, loan_midway};
use ashore_vault::{EvidenceFilter, Secret, Vault};
use serde_json::json;

const NOW: &str = "2026-11-18T09:30:00+08:00";
/// One message in so many is of the collector, from one of these numbers in turn.
const ONE_IN: u64 = 50;
const NUMBERS: u64 = 97;
const ROUNDS: usize = 5;
/// Milliseconds.
const GOAL: f64 = 250.0;
/// How much faster than reading every record.
const FASTER: f64 = 10.0;

fn main() -> ExitCode {
    // The import starts this program again to read the file.
    let mut output = std::io::stdout().lock();
    if let Some(done) = ashore_app::import::read_if_asked(&mut output) {
        return done;
    }
    drop(output);
    let messages: u64 =
        std::env::var("ASHORE_BENCH_MESSAGES").ok().and_then(|n| n.parse().ok()).unwrap_or(200_000);
    let home = Home::new();
    fill(&home, messages);
    let (mut checked, mut read) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let app = home.reopened(NOW);
        let start = Instant::now();
        let view = app.check_conduct(&CheckConductRequest::default()).unwrap();
        checked.push(start.elapsed().as_secs_f64() * 1e3);
        assert_eq!(u64::from(view.checked), messages / ONE_IN);
        assert!(!view.findings.is_empty());
        drop(app);
        let passphrase = Sensitive::new(PASSPHRASE.to_owned());
        let vault = Vault::open(&home.path().join("vault"), Secret::Passphrase(&passphrase)).unwrap();
        let start = Instant::now();
        assert!(vault.evidence(&EvidenceFilter::standing(None)).unwrap().len() as u64 >= messages);
        read.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let (checked, read) = (median(&mut checked), median(&mut read));
    let kept = checked <= GOAL && read / checked >= FASTER;
    println!(
        "conduct of {} contacts among {messages} records: {checked:.0} ms; every record read: {read:.0} ms, {:.0} times as long    goals {GOAL} ms, {FASTER} times {}",
        messages / ONE_IN,
        read / checked,
        if kept { "kept" } else { "MISSED" }
    );
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn fill(home: &Home, messages: u64) {
    let mut app: App<Unlocked> = home.created(NOW);
    let loan = app.add_loan(&loan_midway()).unwrap().id;
    let numbers: Vec<_> =
        (0..NUMBERS).map(|n| json!({"channel": "sms", "value": format!("1390000{n:04}")})).collect();
    let party = json!({"name": "某委外催收", "contacts": numbers});
    let party = app.add_party(&serde_json::from_value(party).unwrap()).unwrap().id;
    let mut around: Vec<serde_json::Value> = app
        .loan_parties(&loan)
        .unwrap()
        .into_iter()
        .map(|place| json!({"party_id": place.party.id, "role": place.role}))
        .collect();
    around.push(json!({"party_id": party, "role": "collection_agency"}));
    let around = json!({"loan_id": loan, "parties": around});
    app.set_loan_parties(&serde_json::from_value(around).unwrap()).unwrap();
    let mut backup = String::from("<smses>\n");
    for n in 0..messages {
        let number = if n % ONE_IN == 0 {
            format!("1390000{:04}", n / ONE_IN % NUMBERS)
        } else {
            format!("1069{:07}", n % 500)
        };
        writeln!(
            backup,
            r#"<sms address="{number}" date="{}" type="1" body="您尾号{:04}的账单已逾期，请于今日还款，否则将移交法院执行，后果自负。第{n}条" />"#,
            1_700_000_000_000_u64 + n * 180_000,
            n % 10_000
        )
        .unwrap();
    }
    backup.push_str("</smses>\n");
    let path = home.path().join("backup.xml");
    std::fs::write(&path, backup).unwrap();
    let report = app.import_file(&path, &ImportOptions::default(), &mut |_| true).unwrap();
    assert_eq!(u64::from(report.stored), messages, "{report:?}");
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

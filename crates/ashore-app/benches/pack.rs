//! Verifying a pack beside `sha256sum` over the same bytes, in turn, in one run.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::float_arithmetic, clippy::disallowed_methods)]

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

use ashore_app::evidence::{ExportPackRequest, verify_pack};
use ashore_test_support::Home;
use serde_json::json;

const GOAL: f64 = 0.8;

fn main() -> ExitCode {
    let home = Home::new();
    let mut app = home.created("2026-11-18T09:30:00+08:00");
    let recording = home.path().join("recording.bin");
    let mut seed = 1u64;
    for round in 0..6u64 {
        let bytes: Vec<u8> = (0..40_000_000)
            .map(|_| {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(round | 1);
                (seed >> 56) as u8
            })
            .collect();
        std::fs::write(&recording, bytes).unwrap();
        log(&mut app, Some(&recording), round);
    }
    for round in 0..4_000 {
        log(&mut app, None, round);
    }
    let mut kept = true;
    for (name, masked) in [("records and files", false), ("masked records", true)] {
        let pack = home.path().join(name.replace(' ', "-"));
        app.export_pack(&ExportPackRequest { masked, ..ExportPackRequest::default() }, &pack, &mut |_, _| {
            true
        })
        .unwrap();
        let (mut ours, mut theirs) = (f64::INFINITY, f64::INFINITY);
        let mut bytes = 0.0;
        for _ in 0..7 {
            let start = Instant::now();
            let verdict = verify_pack(&pack).unwrap();
            ours = ours.min(start.elapsed().as_secs_f64());
            assert!(verdict.whole, "{verdict:?}");
            bytes = verdict.bytes.parse().unwrap();
            let start = Instant::now();
            sha256sum(&pack);
            theirs = theirs.min(start.elapsed().as_secs_f64());
        }
        let ratio = theirs / ours;
        kept &= ratio >= GOAL;
        let megabytes = bytes / 1e6;
        println!(
            "{name}: {megabytes:.1} MB; verify {:.0} MB/s, sha256sum {:.0} MB/s, ratio {ratio:.2}    goal {GOAL} {}",
            megabytes / ours,
            megabytes / theirs,
            if ratio >= GOAL { "kept" } else { "MISSED" }
        );
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn log(app: &mut ashore_app::session::App<ashore_app::session::Unlocked>, file: Option<&Path>, round: u64) {
    let files: Vec<String> =
        file.map(|path| app.stage_file(path, &mut |_, _| true).unwrap().handle).into_iter().collect();
    let request = json!({
        "at": "2026-11-16T10:42", "direction": "incoming", "summary": format!("第 {round} 条"), "files": files,
        "details": {"kind": "sms", "address": "10690000", "body": "您的账单已逾期，请尽快处理，如有困难请与我们联系。".repeat(3)},
    });
    app.log_contact(&serde_json::from_value(request).unwrap()).unwrap();
}

fn sha256sum(pack: &Path) {
    for manifest in ["manifest-sha256.txt", "tagmanifest-sha256.txt"] {
        let done =
            Command::new("sha256sum").current_dir(pack).args(["-c", "--quiet", manifest]).status().unwrap();
        assert!(done.success());
    }
}

//! Backup, verification and restore on the command line, with the statuses of its contract.
#![allow(clippy::unwrap_used)] // in helpers of tests too

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const PASSPHRASE: &str = "一只很普通的通行短语";

fn run(passphrase: &str, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ashore-cli"));
    command.env("ASHORE_PASSPHRASE", passphrase).args(["--json", "--now", "2026-11-18T09:30:00+08:00"]);
    command.args(args).output().unwrap()
}

fn ok(args: &[&str]) -> Value {
    let output = run(PASSPHRASE, args);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn refused(passphrase: &str, args: &[&str], status: i32) -> String {
    let output = run(passphrase, args);
    assert_eq!(output.status.code(), Some(status), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    let error: Value = serde_json::from_slice(&output.stderr).unwrap();
    error["error"]["code"].as_str().unwrap().to_owned()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_backup_is_made_verified_and_restored_into_an_empty_place_only() {
    let home = tempfile::tempdir().unwrap();
    let (vault, file, copy) =
        (home.path().join("账本"), home.path().join("b.age"), home.path().join("new/v"));
    ok(&["demo", "--vault", text(&vault)]);
    let made = ok(&["backup", "-o", text(&file), "--vault", text(&vault)]);
    let info = ok(&["vault", "info", "--vault", text(&vault)]);
    assert_eq!((&made["facts"], &made["loans"]), (&info["facts"], &info["loans"]));
    assert_eq!(ok(&["backup", "verify", text(&file)]), made, "verification needs no vault");

    let before = fs::read(&file).unwrap();
    assert_eq!(refused("一只不对的通行短语", &["backup", "verify", text(&file)], 3), "wrong_secret");
    assert_eq!(
        refused(PASSPHRASE, &["backup", "verify", text(&home.path().join("none"))], 2),
        "file_unreadable"
    );
    for (name, bytes) in [
        ("cut", before[..before.len() - 70_000].to_vec()),
        ("last byte", before[..before.len() - 1].to_vec()),
        ("longer", [before.as_slice(), b"x"].concat()),
        ("changed", before.iter().enumerate().map(|(n, b)| if n == 50_000 { b ^ 16 } else { *b }).collect()),
        ("empty", Vec::new()),
        ("text", b"hello".to_vec()),
    ] {
        let bad = home.path().join("bad.age");
        fs::write(&bad, bytes).unwrap();
        assert_eq!(refused(PASSPHRASE, &["backup", "verify", text(&bad)], 1), "backup_damaged", "{name}");
        assert_eq!(
            refused(PASSPHRASE, &["restore", text(&bad), "--vault", text(&copy)], 1),
            "backup_damaged",
            "{name}"
        );
        assert!(!copy.exists(), "{name}: nothing was placed");
    }

    assert_eq!(
        refused(PASSPHRASE, &["restore", text(&file), "--vault", text(&vault)], 2),
        "folder_not_empty"
    );
    assert_eq!(ok(&["restore", text(&file), "--vault", text(&copy)]), made);
    let all = |vault: &Path| {
        ["loan list", "pay list", "evidence list", "proposal list", "lender list", "evidence verify"]
            .into_iter()
            .map(|question| {
                let mut args: Vec<&str> = question.split(' ').collect();
                args.extend(["--vault", text(vault)]);
                ok(&args)
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(all(&vault), all(&copy), "record by record");
    assert!(ok(&["vault", "check", "--vault", text(&copy)])["whole"].as_bool().unwrap());
}

//! No process of a whole tour asks for a network socket: not the program, not the readers it starts for foreign files.
#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::program::{NOW, PASSPHRASE};

/// A program under `strace`, which adds to `log` every socket and every program that it or anything it starts asks for.
fn traced(log: &Path, program: &str, args: &[&str]) -> Output {
    let mut strace = Command::new("strace");
    strace
        .args(["-f", "-qq", "-A", "-e", "trace=socket,socketpair,connect,bind,listen,execve", "-o"])
        .arg(log);
    strace.arg(program).args(args).env("ASHORE_PASSPHRASE", PASSPHRASE);
    strace.output().unwrap() // scripts/setup.sh installs it
}

/// Lines of the trace that ask for a socket beyond this machine. Lines of two threads may be cut, never a family's name.
fn beyond(log: &Path) -> Vec<String> {
    let asked = std::fs::read_to_string(log).unwrap();
    let socket = |line: &&str| line.contains("socket(") && !line.contains("AF_UNIX");
    asked.lines().filter(|line| socket(line) || line.contains("AF_INET")).map(str::to_owned).collect()
}

#[test]
fn no_process_of_a_whole_tour_asks_for_a_network_socket() {
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("sockets");
    let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let vault = path("vault");
    let ask = |args: &[&str]| -> Value {
        let mut all = vec!["--json", "--now", NOW, "--vault", &vault];
        all.extend(args);
        let output = traced(&log, env!("CARGO_BIN_EXE_ashore-cli"), &all);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{args:?}: {said}");
        serde_json::from_slice(&output.stdout).unwrap_or_default()
    };
    let with = |args: &[&str], data: Value| {
        let file = path("data.json");
        std::fs::write(&file, data.to_string()).unwrap();
        ask(&[args, &["--data", &file]].concat())
    };
    ask(&["demo"]);
    let loans = ask(&["loan", "list"]);
    let id = loans["loans"][0]["id"].as_str().unwrap();

    // Foreign files: one taken in, and one whose words are looked for.
    let messages = r#"<?xml version='1.0' encoding='UTF-8'?><smses count="1"><sms protocol="0" address="106900001111"
        date="1763431800000" type="1" body="您的借款将于本月到期，请按时还款。" read="1" status="-1" /></smses>"#;
    std::fs::write(path("sms.xml"), messages).unwrap();
    assert_eq!(ask(&["import", &path("sms.xml")])["files"][0]["stored"], 1);
    ask(&["letter", "agreement_draft", "--loan", id, "-o", &path("draft.pdf")]);
    let record = with(
        &["evidence", "add", "--file", &path("draft.pdf")],
        json!({"loan_ids": [id], "direction": "incoming", "summary": "协议草稿",
            "details": {"kind": "agreement"}}),
    );
    let checked = with(&["agreement", "check"], json!({"loan_id": id, "evidence_id": record["id"]}));
    assert!(checked["text"].as_str().unwrap().chars().count() > 200, "the PDF was read: {checked}");

    ask(&["plan", "run"]);
    ask(&["tick"]);
    ask(&["export", "pack", "-o", &path("pack"), "--zip"]);
    ask(&["backup", "-o", &path("b.age")]);
    ask(&["backup", "verify", &path("b.age")]);
    ask(&["evidence", "verify"]);
    ask(&["vault", "check"]);

    let asked = std::fs::read_to_string(&log).unwrap();
    for reader in ["--read-foreign-file", "--draw-page"] {
        assert!(asked.contains(reader), "{reader} was traced with the rest");
    }
    assert_eq!(beyond(&log), Vec::<String>::new());
    // The look itself works: a socket that somebody does ask for is seen.
    let other = home.path().join("other");
    traced(&other, "python3", &["-I", "-c", "import socket; socket.socket(socket.AF_INET)"]);
    assert!(!beyond(&other).is_empty());
}

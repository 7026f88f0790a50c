//! A process may die at any moment: what it acknowledged is there, and what is there is whole.

use std::env;
use std::io::{BufRead as _, BufReader, Cursor, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

use ashore_domain::{EvidenceId, Fact};
use ashore_vault::OpenError;

use super::facts::*;

const DIR: &str = "ASHORE_TEST_CRASH_DIR";

/// How often it is killed: a sample, or all of `make faults`.
fn rounds() -> u64 {
    if env::var_os("ASHORE_FAULTS").is_some() { 200 } else { 20 }
}

fn nth(n: u64) -> EvidenceId {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&n.to_be_bytes());
    EvidenceId::from_bytes(bytes)
}

/// Appends records for ever, each third with a file, and acknowledges each on stdout.
fn append_until_killed(dir: &Path) {
    let mut vault = open(dir).unwrap();
    let mut out = std::io::stdout();
    for n in vault.info().unwrap().counts.facts + 1.. {
        let mut said = record(1, &[]);
        said.id = nth(n);
        let mut staged = Vec::new();
        if n % 3 == 0 {
            let content = n.to_be_bytes().repeat(20_000);
            let file = vault.stage(&mut Cursor::new(content), "录音.amr", "audio/amr").unwrap();
            said.files = vec![file.file().clone()];
            staged.push(file);
        }
        let seq = vault.append(&[Fact::Evidence(said)], staged, now()).unwrap()[0].seq;
        writeln!(out, "ACK {seq}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
#[ignore = "the process that the test below starts and kills"]
fn child_that_appends() {
    append_until_killed(Path::new(&env::var_os(DIR).expect("a vault to append to")));
}

fn start(dir: &Path) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(env::current_exe().unwrap())
        .args(["crash::child_that_appends", "--exact", "--ignored", "--nocapture"])
        .env(DIR, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap();
    let out = BufReader::new(child.stdout.take().unwrap());
    (child, out)
}

/// The number acknowledged in a line, whatever the test harness prints around it.
fn acknowledged(line: &str) -> Option<u64> {
    line.split_once("ACK ")?.1.trim().parse().ok()
}

#[test]
fn killed_at_any_moment_nothing_acknowledged_is_lost() {
    let dir = tempfile::tempdir().unwrap();
    drop(create(dir.path()));
    let mut last = 0;
    for round in 0..rounds() {
        let (mut child, mut out) = start(dir.path());
        let mut line = String::new();
        while acknowledged(&line).is_none() {
            line.clear();
            assert!(out.read_line(&mut line).unwrap() > 0, "the child ended by itself in round {round}");
        }
        last = last.max(acknowledged(&line).unwrap());
        if round == 0 {
            assert!(matches!(open(dir.path()), Err(OpenError::InUse)), "another process has it");
        }
        // Somewhere within the next appends; a step that shares no factor with their duration.
        std::thread::sleep(Duration::from_micros(round * 7_919 % 60_000));
        child.kill().unwrap();
        child.wait().unwrap();
        for line in out.lines().map_while(Result::ok) {
            last = last.max(acknowledged(&line).unwrap_or(0));
        }

        let vault = open(dir.path()).unwrap();
        let report = vault.check().unwrap();
        assert!(report.is_whole(), "round {round}: {report:?}");
        let count = report.chain.unwrap().count;
        assert!(count >= last, "round {round}: {last} acknowledged, {count} there");
        for n in 1..=last {
            assert!(vault.evidence_record(nth(n)).unwrap().is_some(), "round {round}: {n} is lost");
        }
        assert_eq!(report.objects_read, count / 3, "round {round}: one file for each third record");
    }
    assert!(last > rounds(), "something was appended in every round");
    println!("FAULTS kill -9: {} runs, {last} records acknowledged, 0 lost, 0 damaged", rounds());
}

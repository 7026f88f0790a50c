//! Every write, every change of a name and every sync fails once: never a false "saved", and afterwards the vault opens whole.

use std::fs;
use std::path::Path;

use super::work::{ROUND, VAULT, acknowledged, largest, traced};
use super::{copy, create, report, times};
use crate::Vault;

/// The call that was made to fail.
fn injected(log: &Path) -> Option<String> {
    let log = fs::read_to_string(log).unwrap_or_default();
    log.lines().find(|line| line.contains("INJECTED")).map(str::to_owned)
}

/// Failures that go by without a word, each for a reason; any other must be refused.
fn nobody_need_name(call: &str, line: &str, said: &[String]) -> bool {
    let of = |ending: &str| line.split(['<', '>']).nth(1).is_some_and(|path| path.ends_with(ending));
    let own_words = ["write(1<", "write(2<"].iter().any(|words| line.contains(words));
    match call {
        // The child's own words to us: it cannot say that it cannot speak, and ends.
        "write" => own_words && said.last().is_none_or(|last| last != "end"),
        // SQLite syncs the name of a new log once more, after the opening has synced it and seen that it worked.
        "fsync" => of(&format!("/{VAULT}")) && said.last().is_some_and(|last| last == "end"),
        _ => false,
    }
}

fn sweep(call: &str, count: usize, step: usize) {
    let home = tempfile::tempdir().unwrap();
    let prepared = home.path().join("prepared");
    let (vault, key) = create(&prepared.join(VAULT));
    drop(vault);
    let (mut fired, mut refused, mut tried) = (0, 0, 0);
    for nth in (1..=count).step_by(step) {
        let root = home.path().join("run");
        copy(&prepared, &root);
        let log = home.path().join("log");
        let inject = format!("inject={call}:error=EIO:when={nth}");
        let filter = format!("trace={call}");
        let log_name = log.to_str().unwrap();
        let strace = ["-f", "-qq", "-y", "-o", log_name, "-e", &filter, "-e", &inject];
        let output = traced(&strace, ROUND, &root, &key, 60);
        let _ = output.status;
        tried += 1;
        fired += usize::from(fs::read_to_string(&log).unwrap_or_default().contains("INJECTED"));
        let said = acknowledged(&output.stdout);
        let named = said.iter().any(|line| line.starts_with("refused"));
        refused += usize::from(named);
        if !named && let Some(line) = injected(&log) {
            assert!(
                nobody_need_name(call, &line, &said),
                "{call} {nth}: nobody says so: {line}, {:?}",
                said.last()
            );
        }
        let vault = Vault::open_by_key(&root.join(VAULT), &key).unwrap();
        let check = vault.check().unwrap();
        assert!(check.is_whole(), "{call} {nth}: {check:?}");
        let facts = largest(&said, "facts").unwrap_or(0);
        let there = check.chain.unwrap().count;
        assert!(there >= facts, "{call} {nth}: {facts} acknowledged, {there} there");
        drop(vault);
        fs::remove_dir_all(&root).unwrap();
    }
    assert!(fired * 10 >= tried * 9, "{call}: the injection must fire: {fired} of {tried}");
    report(&format!(
        "EIO at {call}: {tried} runs, {fired} fired, {refused} refused, {} that need no name, 0 lost, 0 silent",
        fired - refused
    ));
}

#[test]
fn a_write_that_fails_is_never_called_saved() {
    sweep("pwrite64", 500, 500 / times(4, 500));
}

/// Attachments, backups, restored vaults and the key file are written so; a few of these writes are the process's own
/// words to us, and it ends at them.
#[test]
fn a_write_beside_the_database_that_fails_is_never_called_saved() {
    sweep("write", 300, 300 / times(3, 300));
}

#[test]
fn a_file_that_does_not_come_into_its_place_is_never_called_saved() {
    sweep("rename", 60, 60 / times(3, 60));
}

#[test]
fn a_sync_that_fails_is_never_called_saved() {
    sweep("fsync", 200, 200 / times(4, 200));
}

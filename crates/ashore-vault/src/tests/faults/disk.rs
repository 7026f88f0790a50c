//! A disk that is full at any moment: a clear refusal, nothing old lost, and it goes on once there is space.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;
use std::process::Command;

use super::work::party;
use super::{create, now, report, times};
use crate::{OpenError, StageError, Vault, VaultError};

const MB: usize = 1 << 20;

const DISK: &str = "ASHORE_FAULTS_DISK";

/// A disk of 64 MB that nobody else has, seen by this process alone and gone with it.
const ON_A_SMALL_DISK: &str = r#"mount -t tmpfs -o size=64m tmpfs "$ASHORE_FAULTS_DISK" && exec "$0" "$@""#;

#[test]
fn a_full_disk_loses_nothing_and_is_called_full() {
    let disk = tempfile::tempdir().unwrap();
    let run = |options: &[&str]| {
        Command::new("unshare")
            .args(options)
            .args(["--mount", "sh", "-c", ON_A_SMALL_DISK])
            .arg(std::env::current_exe().unwrap())
            .args(["faults::disk::full_at_each_megabyte", "--exact", "--ignored", "--nocapture"])
            .env(DISK, disk.path())
            .output()
            .expect("unshare is part of every Linux")
    };
    let output =
        [&[][..], &["--map-root-user"]].into_iter().map(run).find(|o| o.stdout.starts_with(b"\nrunning"));
    let Some(output) = output else {
        return report("full disk: not tried, because this system lets nobody mount one");
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    report(said.lines().find_map(|line| line.split_once("FAULTS ")).expect("a count").1);
}

#[test]
#[ignore = "the process that the test above starts on a disk of its own"]
fn full_at_each_megabyte() {
    let disk = PathBuf::from(std::env::var_os(DISK).expect("a small disk"));
    let (mut refused, mut appended) = (0, 0);
    for free in (0..64).step_by(64 / times(2, 64)) {
        let (dir, ballast) = (disk.join("v"), disk.join("ballast"));
        let (mut vault, key) = create(&dir);
        vault.append(&[party(0)], Vec::new(), now()).unwrap();
        fill(&ballast, free * MB);
        let (mut acknowledged, mut kept) = (1, Vec::new());
        let error = loop {
            let content = vec![7; 300_000];
            let staged = match vault.stage(&mut Cursor::new(content), "f", "image/png") {
                Ok(staged) => staged,
                Err(StageError::NoSpace) => break "staging",
                Err(other) => panic!("{free} MB: {other:?}"),
            };
            // Kept to the end of the round, so that the disk fills up.
            kept.push(staged);
            match vault.append(&[party(acknowledged)], Vec::new(), now()) {
                Ok(_) => acknowledged += 1,
                Err(VaultError::NoSpace) => break "appending",
                Err(other) => panic!("{free} MB: {other:?}"),
            }
        };
        refused += 1;
        appended += acknowledged;
        drop((vault, kept));
        // Full or not, it opens or says why; what was there is there.
        let opened = Vault::open_by_key(&dir, &key);
        drop(opened);
        fs::remove_file(&ballast).unwrap();
        let mut vault = Vault::open_by_key(&dir, &key).unwrap();
        let check = vault.check().unwrap();
        assert!(check.is_whole(), "{free} MB, full while {error}: {check:?}");
        assert!(check.chain.unwrap().count >= u64::try_from(acknowledged).unwrap());
        vault.append(&[party(1_000_000)], Vec::new(), now()).unwrap();
        drop(vault);
        fs::remove_dir_all(&dir).unwrap();
    }
    // The same disk, read-only: a refusal that says so, and all of it there afterwards.
    let dir = disk.join("v");
    let (mut vault, key) = create(&dir);
    vault.append(&[party(0)], Vec::new(), now()).unwrap();
    drop(vault);
    let remount = |how: &str| {
        let done = Command::new("mount").args(["-o", &format!("remount,{how}")]).arg(&disk).status();
        assert!(done.expect("mount is there").success(), "{how}");
    };
    remount("ro");
    assert!(matches!(Vault::open_by_key(&dir, &key), Err(OpenError::Io { .. })), "nothing to be written to");
    remount("rw");
    assert!(Vault::open_by_key(&dir, &key).unwrap().check().unwrap().is_whole());
    report(&format!("full disk: {refused} fillings of 64 MB, {appended} records acknowledged, 0 lost"));
}

/// Leaves `free` bytes.
fn fill(ballast: &std::path::Path, free: usize) {
    let mut file = fs::File::create(ballast).unwrap();
    let block = vec![1; MB / 4];
    while file.write_all(&block).is_ok() {}
    let length = file.metadata().unwrap().len();
    file.set_len(length.saturating_sub(u64::try_from(free).unwrap())).unwrap();
}

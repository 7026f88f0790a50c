//! Loss of power, told from outside: `strace` notes every write, sync and change of name of a process that does all
//! there is to do; then the disk is put together as it may have been at a random moment: what was synced, and any part
//! of what was not, torn into sectors. Whatever was acknowledged by then must be there, and all of it whole.

use std::fs;
use std::path::Path;

use super::came_back::Disk;
use super::trace::Story;
use super::work::{BACKUP, ROUND, VAULT, traced, words};
use super::{Dice, create, report, times};
use crate::Vault;
use crate::backup::restore_by_key;
use crate::key::{Key, KeyFile};

fn largest(acks: &[&String], what: &str) -> Option<u64> {
    super::work::largest(acks.iter().copied(), what)
}

/// What must hold on a disk that came back.
fn must_be_whole(place: &Path, acks: &[&String], key: &Key, cut: usize) {
    let vault = Vault::open_by_key(&place.join(VAULT), key);
    let vault = vault.unwrap_or_else(|error| panic!("cut {cut}: {error:?}"));
    let check = vault.check().unwrap();
    assert!(check.is_whole(), "cut {cut}: {check:?}");
    let facts = largest(acks, "facts ").unwrap_or(0);
    let there = check.chain.unwrap().count;
    assert!(there >= facts, "cut {cut}: {facts} records acknowledged, {there} there");
    let setting: Option<u64> = vault.setting("n").unwrap().and_then(|n| n.parse().ok());
    assert!(setting >= largest(acks, "setting "), "cut {cut}: a setting is lost");
    assert!(KeyFile::read(&fs::read(place.join(VAULT).join("keys.json")).unwrap()).is_ok(), "cut {cut}");
    drop(vault);
    // A backup is there whole or not at all, and one that was acknowledged is there.
    let (backup, again) = (place.join(BACKUP), place.join("again"));
    if let Some(facts) = largest(acks, "backup ") {
        assert!(backup.exists(), "cut {cut}: an acknowledged backup is gone");
        let held =
            restore_by_key(&backup, words(), key, &again).unwrap_or_else(|e| panic!("cut {cut}: {e:?}"));
        assert!(held.counts.facts >= facts, "cut {cut}: an older backup is back");
    } else if backup.exists() {
        restore_by_key(&backup, words(), key, &again).unwrap_or_else(|e| panic!("cut {cut}: {e:?}"));
    }
    for entry in fs::read_dir(place).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if let Some(n) = name.strip_prefix("restored-").filter(|n| !n.ends_with(".restoring")) {
            let whole = Vault::open_by_key(&path, key).unwrap_or_else(|e| panic!("cut {cut}, {n}: {e:?}"));
            assert!(
                whole.check().unwrap().is_whole(),
                "cut {cut}: half a vault stands where one was restored"
            );
        }
    }
    for n in acks.iter().filter_map(|ack| ack.strip_prefix("restored ")) {
        assert!(place.join(format!("restored-{n}")).exists(), "cut {cut}: a restored vault is gone");
    }
}

#[test]
fn power_is_lost_at_any_moment_and_nothing_acknowledged_with_it() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("disk");
    let (vault, key) = create(&root.join(VAULT));
    drop(vault);
    let story = Story::of(home.path(), &root, |strace| traced(strace, ROUND, &root, &key, times(4, 12)));
    let (writes, syncs, ops) = (story.writes(), story.syncs(), &story.ops);
    assert!(writes > 100 && syncs > 20, "{writes} writes, {syncs} syncs");
    let mut dice = Dice(0x9E3_7791);
    let (points, place) = (times(60, 2000), home.path().join("came-back"));
    for n in 0..points {
        // The very end among them; else anywhere.
        let cut = if n == 0 { ops.len() } else { 1 + dice.below(ops.len()) };
        Disk::at(&story.first, ops, cut, &mut dice).lay_out(&root, &place);
        let acks = story.acknowledged_by(cut);
        must_be_whole(&place, &acks, &key, cut);
        fs::remove_dir_all(&place).unwrap();
    }
    report(&format!(
        "power lost: {points} moments among {writes} writes and {syncs} syncs, 0 acknowledged lost, 0 damaged"
    ));
}

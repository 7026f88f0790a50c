//! Killed or without power at every single write while the schema is brought up to date: in a vault that is being made,
//! and in one of an older program. Afterwards the vault opens, at the old schema or at the new one, with all in it.

use std::fs;
use std::path::Path;

use super::came_back::Disk;
use super::trace::Story;
use super::work::{VAULT, acknowledge, given, largest, party, traced};
use super::{Dice, create, from_hex, now, passphrase, report, times, to_hex};
use crate::key::Key;
use crate::migration::STEPS;
use crate::{KdfCost, OpenError, Vault};

/// What a newer program would do: a table filled from the ledger, over many pages, with an index.
const NEXT: &str = "CREATE TABLE told (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;
    INSERT INTO told SELECT seq, hex(zeroblob(300)) || seq FROM fact;
    CREATE INDEX told_body ON told (body);";

/// Facts in the vault that is brought up to date.
const FACTS: usize = 120;

fn newer() -> Vec<&'static str> {
    [STEPS, &[NEXT]].concat()
}

/// Moments at the very beginning, where nothing yet says what the folder is for: all of them are always tried.
const FIRST: usize = 12;

/// Every moment under `make faults`, and each of them once killed and once without power; else some of them.
fn at_every_write(story: &Story, whole: impl Fn(&Path, &[&String], usize)) -> usize {
    let (mut dice, place) = (Dice(0x51_7E57), story.root.with_extension("came-back"));
    let step = times(story.ops.len().div_ceil(25), 1);
    let mut tried = 0;
    let first = if step == 1 { 0 } else { FIRST.min(story.ops.len()) };
    for cut in (1..=story.ops.len()).rev().step_by(step).chain(1..=first) {
        let acks = story.acknowledged_by(cut);
        for disk in [
            Disk::killed(&story.first, &story.ops[..cut]),
            Disk::at(&story.first, &story.ops, cut, &mut dice),
        ] {
            disk.lay_out(&story.root, &place);
            whole(&place, &acks, cut);
            fs::remove_dir_all(&place).unwrap();
            tried += 1;
        }
    }
    tried
}

#[test]
#[ignore = "the process that the test below starts and traces"]
fn maker() {
    let (root, _) = given();
    let secret = passphrase();
    let (mut vault, _) = Vault::create(&root.join(VAULT), &secret, KdfCost::FLOOR, now().to_utc()).unwrap();
    acknowledge(&format!("made {}", to_hex(vault.database_key.bytes())));
    vault.append(&[party(0)], Vec::new(), now()).unwrap();
    acknowledge("facts 1");
    drop(vault);
    acknowledge("end");
}

#[test]
fn a_vault_in_the_making_is_there_whole_or_can_be_made_anew() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("disk");
    fs::create_dir_all(&root).unwrap();
    let nobodys = Key::random().unwrap();
    let story = Story::of(home.path(), &root, |strace| {
        traced(strace, "faults::migrations::maker", &root, &nobodys, 1)
    });
    let said = story.acknowledged_by(story.ops.len());
    let key = said.iter().find_map(|ack| ack.strip_prefix("made ")).unwrap();
    let key = Key::from_vec(from_hex(key)).unwrap();
    let secret = passphrase();
    let tried = at_every_write(&story, |place, acks, cut| {
        let dir = place.join(VAULT);
        if Vault::exists(&dir) {
            let vault = Vault::open_by_key(&dir, &key).unwrap_or_else(|error| panic!("cut {cut}: {error:?}"));
            let check = vault.check().unwrap();
            assert!(check.is_whole(), "cut {cut}: {check:?}");
            let facts = largest(acks.iter().copied(), "facts ").unwrap_or(0);
            assert!(check.chain.unwrap().count >= facts, "cut {cut}: {facts} acknowledged");
        } else {
            assert!(acks.is_empty(), "cut {cut}: a vault that was made is gone");
            let made = Vault::create(&dir, &secret, KdfCost::FLOOR, now().to_utc());
            let (vault, _) = made.unwrap_or_else(|error| panic!("cut {cut}: {error:?}"));
            assert!(vault.check().unwrap().is_whole(), "cut {cut}");
        }
    });
    report(&format!("first schema: {tried} disks of a vault in the making, each whole or made anew"));
}

#[test]
#[ignore = "the process that the test below starts and traces"]
fn updater() {
    let (root, key) = given();
    let mut vault = Vault::open_by_key_knowing(&root.join(VAULT), &key, &newer()).unwrap();
    acknowledge("version 2");
    vault.append(&[party(FACTS)], Vec::new(), now()).unwrap();
    acknowledge(&format!("facts {}", FACTS + 1));
    drop(vault);
    acknowledge("end");
}

#[test]
fn a_vault_brought_up_to_date_opens_at_the_old_schema_or_the_new_and_loses_nothing() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("disk");
    let (mut vault, key) = create(&root.join(VAULT));
    for n in 0..FACTS {
        vault.append(&[party(n)], Vec::new(), now()).unwrap();
    }
    drop(vault);
    let story =
        Story::of(home.path(), &root, |strace| traced(strace, "faults::migrations::updater", &root, &key, 1));
    assert!(story.writes() > 50 && story.syncs() > 5, "{} writes, {} syncs", story.writes(), story.syncs());
    let all = u64::try_from(FACTS).unwrap();
    let seen = std::cell::RefCell::new([0_usize; 3]);
    let tried = at_every_write(&story, |place, acks, cut| {
        let (dir, before) = (place.join(VAULT), place.join("before"));
        super::copy(&dir, &before);
        let facts = largest(acks.iter().copied(), "facts ").unwrap_or(all);
        // The older program: as it was, or refused because the schema is newer, with nothing changed.
        let version = match Vault::open_by_key(&before, &key) {
            Ok(vault) => {
                let check = vault.check().unwrap();
                assert!(
                    check.is_whole() && check.chain.as_ref().unwrap().count == all,
                    "cut {cut}: {check:?}"
                );
                1
            }
            Err(OpenError::NewerSchema { found: 2, known: 1 }) => 2,
            Err(error) => panic!("cut {cut}: {error:?}"),
        };
        assert!(version >= largest(acks.iter().copied(), "version ").unwrap_or(1), "cut {cut}: back again");
        seen.borrow_mut()[usize::try_from(version).unwrap()] += 1;
        // Once the schema is new, the vault as it was lies whole beside it.
        if version == 2 {
            let kept = place.join("kept");
            super::copy(&before, &kept);
            for ending in ["-wal", "-shm"] {
                let _ = fs::remove_file(kept.join(format!("vault.db{ending}")));
            }
            fs::rename(kept.join("vault.db.schema-1"), kept.join("vault.db")).unwrap();
            let vault =
                Vault::open_by_key(&kept, &key).unwrap_or_else(|error| panic!("cut {cut}: {error:?}"));
            let check = vault.check().unwrap();
            assert!(
                check.is_whole() && check.chain.as_ref().unwrap().count == all,
                "cut {cut}: the copy: {check:?}"
            );
        }
        // The newer program goes on where it was, from either.
        let vault = Vault::open_by_key_knowing(&dir, &key, &newer());
        let vault = vault.unwrap_or_else(|error| panic!("cut {cut}: {error:?}"));
        let check = vault.check().unwrap();
        assert!(check.is_whole(), "cut {cut}: {check:?}");
        let there = check.chain.unwrap().count;
        assert!(there >= facts, "cut {cut}: {facts} acknowledged, {there} there");
        let told: i64 = vault.db.query_row("SELECT count(*) FROM told", [], |row| row.get(0)).unwrap();
        assert_eq!(u64::try_from(told).unwrap(), all, "cut {cut}: half a step");
        assert_eq!(vault.info().unwrap().schema_version, 2, "cut {cut}");
    });
    let [_, old, new] = *seen.borrow();
    assert!(old > 0 && new > 0, "both ends of it were seen: {old} and {new}");
    report(&format!(
        "schema brought up to date: {tried} disks, {old} at the old one and {new} at the new, nothing lost"
    ));
}

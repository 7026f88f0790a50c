//! Damaged backups: every one refused, whatever was done to it, and nothing placed.

use std::fs;
use std::path::Path;

use super::work::{party, words};
use super::{Dice, create, now, report, times};
use crate::backup::restore_by_key;

/// One way of spoiling a file.
fn spoil(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut spoiled = bytes.to_vec();
    let at = dice.below(bytes.len());
    match dice.below(6) {
        0 => spoiled.truncate(at),
        1 => spoiled.extend_from_slice(&bytes[at..]),
        2 => {
            spoiled.remove(at);
        }
        3 => {
            let length = 512.min(bytes.len() - at);
            spoiled[at..at + length].fill(0);
        }
        // As damage most often is, and the head of the file among the places.
        4 => spoiled[dice.below(200)] ^= 1 << dice.below(8),
        _ => spoiled[at] ^= 1 << dice.below(8),
    }
    spoiled
}

fn contents(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), fs::read(&path).unwrap()))
        .collect();
    all.sort();
    all
}

#[test]
fn every_damaged_backup_is_refused_and_the_vault_untouched() {
    let home = tempfile::tempdir().unwrap();
    let dir = home.path().join("v");
    let (mut vault, key) = create(&dir);
    let facts: Vec<_> = (0..200).map(party).collect();
    vault.append(&facts, Vec::new(), now()).unwrap();
    let file = home.path().join("b.age");
    vault.snapshot(now()).unwrap().write_sealed(&file, &words(), 2, &mut |_| true).unwrap();
    drop(vault);
    let (whole, before) = (fs::read(&file).unwrap(), contents(&dir));
    let (bad, there) = (home.path().join("bad.age"), home.path().join("r"));
    let mut dice = Dice(0xBAC_0FF);
    let count = times(60, 1000);
    let mut harmless = 0;
    for n in 0..count {
        let spoiled = spoil(&whole, &mut dice);
        if spoiled == whole {
            // Zeros over zeros: not damaged at all.
            harmless += 1;
            continue;
        }
        fs::write(&bad, spoiled).unwrap();
        let outcome = restore_by_key(&bad, words(), &key, &there);
        assert!(outcome.is_err(), "{n}: {outcome:?}");
        assert!(!there.exists() && !home.path().join("r.restoring").exists(), "{n}: something was placed");
    }
    assert!(contents(&dir) == before, "the vault is untouched");
    restore_by_key(&file, words(), &key, &there).unwrap();
    report(&format!(
        "damaged backups: {count} tried, {} refused, {harmless} unchanged by chance, vault untouched",
        count - harmless
    ));
}

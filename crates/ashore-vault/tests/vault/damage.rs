//! A flipped bit anywhere is found and named as damage, never taken for a wrong passphrase and never overlooked.

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use ashore_domain::Fact;
use ashore_vault::{Draft, EvidenceFilter, KdfCost, OpenError, RekeyError, Secret, Vault, VaultError};

use super::facts::*;

/// A small generator with a fixed seed: every run flips the same bits.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

fn flip(path: &Path, byte: usize, bit: usize) {
    let mut bytes = fs::read(path).unwrap();
    bytes[byte] ^= 1 << bit;
    // Written into the same file, as failing hardware would.
    fs::write(path, bytes).unwrap();
}

fn filled(dir: &Path) -> PathBuf {
    let (mut vault, _) = create(dir);
    vault.append(&one_of_each(), Vec::new(), now()).unwrap();
    let staged = vault.stage(&mut Cursor::new(vec![7; 150_000]), "f", "image/png").unwrap();
    let mut said = record(20, &[1]);
    said.files = vec![staged.file().clone()];
    let name = staged.file().attachment.to_string();
    vault.append(&[Fact::Evidence(said)], vec![staged], now()).unwrap();
    for n in 100..160 {
        vault.append(&[Fact::Evidence(record(n, &[1]))], Vec::new(), now()).unwrap();
    }
    dir.join("objects").join(&name[..2]).join(name)
}

#[test]
fn two_hundred_flipped_bits_are_all_found_by_a_check() {
    let dir = tempfile::tempdir().unwrap();
    let object = filled(dir.path());
    let vault = open(dir.path()).unwrap();
    assert!(vault.check().unwrap().is_whole());
    let mut dice = Dice(0x0A5_4021);
    let files = [(dir.path().join("vault.db"), 120), (object, 50), (dir.path().join("keys.json"), 30)];
    // A sample, or all of `make faults`.
    let more = if std::env::var_os("ASHORE_FAULTS").is_some() { 5 } else { 1 };
    for (path, flips) in files {
        let flips = flips * more;
        let size = usize::try_from(fs::metadata(&path).unwrap().len()).unwrap();
        for _ in 0..flips {
            let (byte, bit) = (dice.below(size), dice.below(8));
            flip(&path, byte, bit);
            let report = vault.check().unwrap();
            assert!(!report.is_whole(), "bit {bit} of byte {byte} of {}", path.display());
            flip(&path, byte, bit);
        }
    }
    assert!(vault.check().unwrap().is_whole(), "mended, it is whole again");
    println!("FAULTS flipped bits: {} in database, attached file and key file, all found", 200 * more);
}

/// Everything there is to read.
fn read_all(vault: &Vault) -> Result<(), VaultError> {
    vault.parties()?;
    vault.loans()?;
    vault.payments(None)?;
    vault.proposals(None)?;
    vault.agreements(None)?;
    vault.latest_capacity()?;
    vault.evidence(&EvidenceFilter::default())?;
    vault.settled_reminders()?;
    vault.verify_chain().map(drop)
}

#[test]
fn damage_met_while_opening_or_reading_is_called_damage() {
    let dir = tempfile::tempdir().unwrap();
    filled(dir.path());
    let path = dir.path().join("vault.db");
    let size = usize::try_from(fs::metadata(&path).unwrap().len()).unwrap();
    let mut dice = Dice(0x51_0E);
    let (mut refused, mut met) = (0, 0);
    for round in 0..30 {
        // The first page always among them: it decides whether the key is taken for wrong.
        let (byte, bit) = (if round < 4 { dice.below(4096) } else { dice.below(size) }, dice.below(8));
        flip(&path, byte, bit);
        match open(dir.path()) {
            Err(OpenError::DatabaseDamaged) => refused += 1,
            Err(other) => panic!("byte {byte}: {other:?}"),
            Ok(vault) => {
                match read_all(&vault) {
                    Ok(()) => {}
                    Err(VaultError::DatabaseDamaged) => met += 1,
                    Err(other) => panic!("byte {byte}: {other:?}"),
                }
                let report = vault.check().unwrap();
                assert!(!report.is_whole() && !report.bad_pages.is_empty(), "byte {byte}: {report:?}");
            }
        }
        flip(&path, byte, bit);
    }
    assert!(refused >= 4 && met > 0, "{refused} refused, {met} met while reading");
}

#[test]
fn a_database_cut_short_or_gone_is_damage() {
    let dir = tempfile::tempdir().unwrap();
    filled(dir.path());
    let path = dir.path().join("vault.db");
    let whole = fs::read(&path).unwrap();
    for length in [0, 100, 4096, whole.len() / 2] {
        fs::write(&path, &whole[..length]).unwrap();
        let outcome = open(dir.path()).map(|vault| vault.check().unwrap().is_whole());
        assert!(matches!(outcome, Err(OpenError::DatabaseDamaged) | Ok(false)), "{length}: {outcome:?}");
    }
    fs::remove_file(&path).unwrap();
    assert!(matches!(open(dir.path()), Err(OpenError::DatabaseDamaged)));
    assert!(!path.exists(), "no empty database is made in its place");
}

#[test]
fn a_folder_that_went_away_acknowledges_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (there, away) = (home.path().join("vault"), home.path().join("elsewhere"));
    let (mut vault, _) = create(&there);
    vault.append(&one_of_each(), Vec::new(), now()).unwrap();
    let before = vault.head().unwrap();
    fs::rename(&there, &away).unwrap();
    let gone = |answer: Result<(), VaultError>| {
        assert!(
            matches!(&answer, Err(VaultError::Io { source, .. }) if source.kind() == std::io::ErrorKind::NotFound),
            "{answer:?}"
        );
    };
    gone(vault.append(&[Fact::Evidence(record(21, &[1]))], Vec::new(), now()).map(drop));
    gone(vault.set_setting("a", Some("b")));
    let draft = Draft { name: "loan".to_owned(), body: "{}".to_owned(), saved_at: String::new() };
    gone(vault.save_draft(&draft));
    gone(vault.drop_draft("loan"));
    // Another folder at the same place is not it.
    fs::create_dir(&there).unwrap();
    fs::write(there.join("vault.lock"), "").unwrap();
    gone(vault.append(&[Fact::Evidence(record(21, &[1]))], Vec::new(), now()).map(drop));
    // Least of all another vault, whose keys would be lost.
    fs::remove_dir_all(&there).unwrap();
    drop(create(&there));
    let (keys, typed) = (fs::read(there.join("keys.json")).unwrap(), secret(PASSPHRASE));
    let refused = vault.change_passphrase(
        Secret::Passphrase(&typed),
        &secret("a new one, long enough"),
        KdfCost::FLOOR,
    );
    assert!(matches!(refused, Err(RekeyError::Io { .. })), "{refused:?}");
    assert_eq!(fs::read(there.join("keys.json")).unwrap(), keys);
    fs::remove_dir_all(&there).unwrap();
    fs::rename(&away, &there).unwrap();
    assert_eq!(vault.head().unwrap(), before, "nothing of what was refused is there");
    vault.append(&[Fact::Evidence(record(21, &[1]))], Vec::new(), now()).unwrap();
}

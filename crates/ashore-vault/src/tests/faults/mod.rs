//! What a disk can do to a vault, thousands of times over: power lost between and inside any two writes, errors of
//! every write and sync, a full disk, damaged backups. `make faults` runs the full counts and prints them; without
//! `ASHORE_FAULTS` the same tests take a sample of each. Vaults are opened by their raw key here and nowhere else.

mod backups;
mod came_back;
mod disk;
mod errors;
mod migrations;
mod power;
mod trace;
mod work;

use std::path::Path;

use ashore_domain::Sensitive;
use chrono::{DateTime, FixedOffset};

use crate::key::Key;
use crate::{KdfCost, Vault};

/// How often something is tried: the sample, or all of it under `make faults`.
fn times(sample: usize, all: usize) -> usize {
    if std::env::var_os("ASHORE_FAULTS").is_some() { all } else { sample }
}

/// Says what was counted where somebody asked for it.
fn report(line: &str) {
    println!("FAULTS {line}");
}

/// The same dice in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    fn chance(&mut self, of: usize) -> bool {
        self.below(of) == 0
    }
}

const PASSPHRASE: &str = "一条足够长的口令";

fn passphrase() -> Sensitive<String> {
    Sensitive::new(PASSPHRASE.to_owned())
}

fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-22T10:00:00+08:00").unwrap()
}

/// A new vault and its raw key.
fn create(dir: &Path) -> (Vault, Key) {
    let (vault, _) = Vault::create(dir, &passphrase(), KdfCost::FLOOR, now().to_utc()).unwrap();
    let key = vault.database_key.clone();
    (vault, key)
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .map(|p| u8::from_str_radix(std::str::from_utf8(p).unwrap(), 16).unwrap())
        .collect()
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &there);
        } else {
            std::fs::copy(&path, there).unwrap();
        }
    }
}

//! One round of every command that writes, in a process of its own that says what is done.

use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use age::secrecy::SecretString;
use ashore_domain::*;

use super::{from_hex, now, passphrase, to_hex};
use crate::key::Key;
use crate::{Draft, KdfCost, Secret, Vault, VaultError, content_key};

const DIR: &str = "ASHORE_FAULTS_DIR";
const KEY: &str = "ASHORE_FAULTS_KEY";
const ROUNDS: &str = "ASHORE_FAULTS_ROUNDS";

/// The child that does a round of every command.
pub(super) const ROUND: &str = "faults::work::child";

/// Name of the backup that the round writes, beside the vault.
pub(super) const BACKUP: &str = "b.age";
pub(super) const RESTORED: &str = "restored";
pub(super) const VAULT: &str = "v";

pub(super) fn words() -> SecretString {
    SecretString::from("words".to_owned())
}

pub(super) fn party(n: usize) -> Fact {
    let mut id = [0; 16];
    id[..8].copy_from_slice(&u64::try_from(n).unwrap().to_be_bytes());
    Fact::Party(Party {
        id: PartyId::from_bytes(id),
        name: format!("平台{n}"),
        legal_name: Some("某某信息科技有限公司".to_owned()),
        lender_kind: LenderKind::MicroLoanCo,
        aliases: vec!["甲".to_owned()],
        contacts: Vec::new(),
        licence: None,
        note: Some("备注".repeat(n % 40)),
    })
}

/// Says that what came before is done: the disk must never lose it from here on.
pub(super) fn acknowledge(what: &str) {
    let line = format!("ACK {what}\n");
    // One write, so that the trace shows it whole.
    std::io::stdout().write_all(line.as_bytes()).unwrap();
    std::io::stdout().flush().unwrap();
}

/// A note; `kind` and `n` make its id.
fn note(kind: u8, n: usize, file: Option<FileRef>) -> EvidenceRecord {
    let mut id = [kind; 16];
    id[..8].copy_from_slice(&u64::try_from(n).unwrap().to_be_bytes());
    EvidenceRecord {
        id: EvidenceId::from_bytes(id),
        loans: Vec::new(),
        proposals: Vec::new(),
        agreements: Vec::new(),
        happened: EventTime { at: now(), precision: Precision::Minute, source: TimeSource::User },
        people: Vec::new(),
        direction: Direction::None,
        summary: format!("第 {n} 次"),
        outcomes: Vec::new(),
        promises: Vec::new(),
        language: "zh".to_owned(),
        tags: Vec::new(),
        files: file.into_iter().collect(),
        extraction: None,
        details: EvidenceDetails::Note { body: "对方说会回电。".repeat(n % 20) },
        corrects: None,
        confirmation: None,
        imported: None,
    }
}

/// A file with three records in it, taken in as a whole.
fn take_in(vault: &mut Vault, n: usize) -> Result<(), String> {
    let told = |error: VaultError| format!("{error:?}");
    let mut of = [9; 16];
    of[..8].copy_from_slice(&u64::try_from(n).unwrap().to_be_bytes());
    let id = ImportId::from_bytes(of);
    let content = format!("<smses n='{n}'/>").repeat(3_000);
    let original = vault.stage(&mut Cursor::new(content), "sms.xml", "application/xml");
    let original = original.map_err(|error| format!("{error:?}"))?;
    let file = original.file().clone();
    let mut importing = vault.import(original, now()).map_err(told)?;
    for k in 0..3 {
        let number = u64::try_from(n * 3 + k).unwrap();
        let imported = Some(Imported { import: id, number, key: content_key(&number.to_be_bytes()) });
        importing.add(EvidenceRecord { imported, ..note(3, n * 3 + k, None) }, Vec::new()).map_err(told)?;
    }
    let format = "sms_backup".to_owned();
    importing
        .finish(Import { id, file, format, found: 3, stored: 3, duplicates: 0, left_out: 0 })
        .map_err(told)?;
    Ok(())
}

/// Appends, keeps records with files, takes files in, deletes, sets, keeps drafts, backs up, restores, compacts, changes
/// the passphrase and the recovery code.
fn round(root: &Path, vault: &mut Vault, n: usize) -> Result<(), String> {
    let told = |error: VaultError| format!("{error:?}");
    for _ in 0..3 {
        let facts = vault.info().map_err(told)?.counts.facts;
        vault.append(&[party(usize::try_from(facts).unwrap())], Vec::new(), now()).map_err(told)?;
        acknowledge(&format!("facts {}", facts + 1));
    }
    let content = u64::try_from(n).unwrap().to_le_bytes().repeat(9_000);
    let staged =
        vault.stage(&mut Cursor::new(content), "录音.amr", "audio/amr").map_err(|e| format!("{e:?}"))?;
    // Dropped unnamed: what a crash leaves of it must never be in the way.
    drop(staged);
    let recording = format!("录音 {n}").repeat(9_000);
    let kept =
        vault.stage(&mut Cursor::new(recording), "录音.amr", "audio/amr").map_err(|e| format!("{e:?}"))?;
    let said = Fact::Evidence(note(1, n, Some(kept.file().clone())));
    vault.append(&[said], vec![kept], now()).map_err(told)?;
    acknowledge(&format!("facts {}", vault.info().map_err(told)?.counts.facts));
    if n % 2 == 0 {
        take_in(vault, n)?;
        acknowledge(&format!("facts {}", vault.info().map_err(told)?.counts.facts));
    }
    if n % 3 == 2 {
        let gone = note(1, n - 1, None).id;
        let removed = Fact::EvidenceRemoved(EvidenceRemoved { record: gone, reason: "记错了".to_owned() });
        vault.append(&[removed], Vec::new(), now()).map_err(told)?;
        acknowledge(&format!("facts {}", vault.info().map_err(told)?.counts.facts));
    }
    vault.set_setting("n", Some(&n.to_string())).map_err(told)?;
    acknowledge(&format!("setting {n}"));
    let draft = Draft { name: "loan".to_owned(), body: "{}".repeat(n), saved_at: String::new() };
    vault.save_draft(&draft).map_err(told)?;
    if n % 3 == 0 {
        let facts = vault.info().map_err(told)?.counts.facts;
        let snapshot = vault.snapshot(now()).map_err(|e| format!("{e:?}"))?;
        let file = root.join(BACKUP);
        snapshot.write_sealed(&file, &words(), 2, &mut |_| true).map_err(|e| format!("{e:?}"))?;
        acknowledge(&format!("backup {facts}"));
        drop(snapshot);
        let there = root.join(format!("{RESTORED}-{n}"));
        crate::backup::restore_by_key(&file, words(), &vault.database_key, &there)
            .map_err(|e| format!("{e:?}"))?;
        acknowledge(&format!("restored {n}"));
    }
    if n % 4 == 1 {
        vault.compact().map_err(told)?;
        acknowledge("compacted");
    }
    if n % 8 == 2 {
        let secret = passphrase();
        vault
            .change_passphrase(Secret::Passphrase(&secret), &secret, KdfCost::FLOOR)
            .map_err(|e| format!("{e:?}"))?;
        acknowledge("rekeyed");
    }
    if n % 8 == 5 {
        let secret = passphrase();
        vault.new_recovery_code(Secret::Passphrase(&secret), KdfCost::FLOOR).map_err(|e| format!("{e:?}"))?;
        acknowledge("new code");
    }
    Ok(())
}

/// The folder to work in and the key of its vault, in a child.
pub(super) fn given() -> (PathBuf, Key) {
    let root = PathBuf::from(std::env::var_os(DIR).expect("a folder to work in"));
    (root, Key::from_vec(from_hex(&std::env::var(KEY).unwrap())).unwrap())
}

#[test]
#[ignore = "the process that other tests start, trace and fail"]
fn child() {
    let (root, key) = given();
    let rounds: usize = std::env::var(ROUNDS).unwrap().parse().unwrap();
    let mut vault = match Vault::open_by_key(&root.join(VAULT), &key) {
        Ok(vault) => vault,
        Err(error) => return acknowledge(&format!("refused {error:?}")),
    };
    for n in 0..rounds {
        if let Err(error) = round(&root, &mut vault, n) {
            return acknowledge(&format!("refused {}", error.replace('\n', " ")));
        }
    }
    acknowledge("end");
}

/// The child under `strace` with these arguments.
pub(super) fn traced(
    strace: &[&str],
    child: &str,
    root: &Path,
    key: &Key,
    rounds: usize,
) -> std::process::Output {
    Command::new("strace")
        // Stopped at the calls asked for and at no other: many times faster, above all on a busy machine.
        .arg("--seccomp-bpf")
        .args(strace)
        .arg(std::env::current_exe().unwrap())
        .args([child, "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .env(DIR, root)
        .env(KEY, to_hex(key.bytes()))
        .env(ROUNDS, rounds.to_string())
        .output()
        .expect("strace is installed")
}

/// What was acknowledged, in order.
pub(super) fn acknowledged(stdout: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(stdout);
    text.lines().filter_map(|line| Some(line.split_once("ACK ")?.1.trim().to_owned())).collect()
}

/// The largest number acknowledged for `what`.
pub(super) fn largest<'a>(acknowledged: impl IntoIterator<Item = &'a String>, what: &str) -> Option<u64> {
    acknowledged.into_iter().filter_map(|line| line.strip_prefix(what)?.trim().parse().ok()).max()
}

//! A backup holds all of the vault, opens with the ordinary `age` tool, and what is restored from it is the vault,
//! record by record. Whatever is wrong is refused before anything is placed.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use ashore_domain::Fact;
use ashore_vault::*;

use super::facts::*;

/// Records, a correction, settings, and two files, one of several chunks.
fn filled(dir: &Path) -> (Vault, RecoveryCode) {
    let (mut vault, code) = create(dir);
    vault.append(&one_of_each(), Vec::new(), now()).unwrap();
    for (n, content) in [(30, vec![9; 200_000]), (31, b"small".to_vec())] {
        let staged = vault.stage(&mut Cursor::new(content), "凭证.png", "image/png").unwrap();
        let mut said = record(n, &[1]);
        said.files = vec![staged.file().clone()];
        vault.append(&[Fact::Evidence(said)], vec![staged], now()).unwrap();
    }
    vault.set_setting("language", Some("zh")).unwrap();
    (vault, code)
}

fn back_up(vault: &Vault, to: &Path) -> BackupSummary {
    let passphrase = secret(PASSPHRASE);
    vault.snapshot(now()).unwrap().write(to, Secret::Passphrase(&passphrase), &mut |_| true).unwrap()
}

fn restore(file: &Path, dir: &Path) -> Result<BackupSummary, BackupError> {
    restore_backup(file, Secret::Passphrase(&secret(PASSPHRASE)), dir, &mut |_| true)
}

/// Everything that can be asked of a vault, as text.
fn dump(vault: &Vault) -> String {
    let files: Vec<_> = vault
        .evidence(&EvidenceFilter::default())
        .unwrap()
        .iter()
        .flat_map(|state| state.record.files.clone())
        .map(|file| {
            let mut bytes = Vec::new();
            vault.read_attachment(file.attachment).unwrap().read_to_end(&mut bytes).unwrap();
            (file.name, bytes.len(), bytes.iter().map(|b| u64::from(*b)).sum::<u64>())
        })
        .collect();
    format!(
        "{:#?}",
        (
            vault.ledger(0, u32::MAX).unwrap(),
            vault.head().unwrap(),
            vault.parties().unwrap(),
            vault.loans().unwrap(),
            vault.payments(None).unwrap(),
            vault.proposals(None).unwrap(),
            vault.agreements(None).unwrap(),
            vault.evidence(&EvidenceFilter::default()).unwrap(),
            vault.setting("language").unwrap(),
            files,
        )
    )
}

#[test]
fn what_is_restored_is_the_vault_record_by_record() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, code) = filled(&dir.path().join("账本"));
    let file = dir.path().join("备份.age");
    let mut steps = Vec::new();
    let passphrase = secret(PASSPHRASE);
    let made = vault
        .snapshot(now())
        .unwrap()
        .write(&file, Secret::Passphrase(&passphrase), &mut |progress| {
            steps.push(progress);
            true
        })
        .unwrap();
    assert_eq!(made.counts, vault.info().unwrap().counts);
    assert_eq!(made.head, vault.verify_chain().unwrap().h);
    assert!(
        steps.iter().any(|p| !p.verifying) && steps.iter().any(|p| p.verifying),
        "both halves are told of"
    );
    assert!(steps.iter().all(|p| p.done <= p.total), "never more than all");
    let names: Vec<_> = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "the vault, the backup and nothing else: {names:?}");

    let verified = verify_backup(&file, Secret::Passphrase(&passphrase), &mut |_| true).unwrap();
    assert_eq!(verified, made);
    let before = dump(&vault);
    drop(vault);
    let copy = dir.path().join("新电脑/账本");
    assert_eq!(restore(&file, &copy).unwrap(), made);
    let restored = open(&copy).unwrap();
    assert!(dump(&restored) == before, "record by record");
    assert!(restored.check().unwrap().is_whole());
    drop(restored);
    let typed = secret(&code.to_string());
    assert!(Vault::open(&copy, Secret::RecoveryCode(&typed)).is_ok(), "the recovery code came along");
    assert!(matches!(restore(&file, &copy), Err(BackupError::FolderNotEmpty)));
}

#[test]
fn the_vault_is_worked_on_while_a_backup_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = filled(&dir.path().join("v"));
    let snapshot = vault.snapshot(now()).unwrap();
    let head = vault.verify_chain().unwrap().h;
    for n in 40..140 {
        vault.append(&[Fact::Evidence(record(n, &[1]))], Vec::new(), now()).unwrap();
    }
    let file = dir.path().join("b.age");
    let passphrase = secret(PASSPHRASE);
    let made = snapshot.write(&file, Secret::Passphrase(&passphrase), &mut |_| true).unwrap();
    assert_eq!(made.head, head, "the moment of the snapshot, not of the writing");
    drop(snapshot);
    vault.append(&[Fact::Evidence(record(150, &[1]))], Vec::new(), now()).unwrap();
    assert!(vault.check().unwrap().is_whole());
    restore(&file, &dir.path().join("r")).unwrap();
    assert_eq!(open(&dir.path().join("r")).unwrap().verify_chain().unwrap().h, head);
}

#[test]
fn what_is_in_the_way_or_wrong_is_refused_and_nothing_is_left() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, code) = filled(&dir.path().join("v"));
    let file = dir.path().join("b.age");
    let (passphrase, wrong, typed) = (secret(PASSPHRASE), secret("another one"), secret(&code.to_string()));
    let snapshot = vault.snapshot(now()).unwrap();
    let refused = snapshot.write(&file, Secret::Passphrase(&wrong), &mut |_| true);
    assert!(matches!(refused, Err(BackupError::WrongSecret)), "a slip would seal it for ever: {refused:?}");
    for stop_while_verifying in [false, true] {
        let stopped = snapshot
            .write(&file, Secret::Passphrase(&passphrase), &mut |p| p.verifying != stop_while_verifying);
        assert!(matches!(stopped, Err(BackupError::Stopped)), "{stopped:?}");
    }
    // Nor is it waited for while its tables are proved, which reads no byte of the file.
    let (mut last, mut again) = (0, 0);
    let stopped = snapshot.write(&file, Secret::Passphrase(&passphrase), &mut |p| {
        again = if p.verifying && p.done == last { again + 1 } else { 0 };
        last = p.done;
        again < 20
    });
    assert!(matches!(stopped, Err(BackupError::Stopped)), "{stopped:?}");
    let nowhere = dir.path().join("gone/b.age");
    let failed = snapshot.write(&nowhere, Secret::Passphrase(&passphrase), &mut |_| true);
    assert!(matches!(failed, Err(BackupError::Io { .. })), "{failed:?}");
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "only the vault");
    // By recovery code, for whom the passphrase is lost.
    snapshot.write(&file, Secret::RecoveryCode(&typed), &mut |_| true).unwrap();
    let verify = |secret: Secret<'_>| verify_backup(&file, secret, &mut |_| true).err();
    assert!(verify(Secret::RecoveryCode(&typed)).is_none());
    assert!(matches!(verify(Secret::Passphrase(&passphrase)), Some(BackupError::WrongSecret)));
    let slip = secret("01234-56789");
    assert!(matches!(verify(Secret::RecoveryCode(&slip)), Some(BackupError::RecoveryCodeMistyped)));
    let absent = verify_backup(&nowhere, Secret::Passphrase(&passphrase), &mut |_| true);
    assert!(matches!(absent, Err(BackupError::Unreadable(_))));
    let folder = verify_backup(dir.path(), Secret::Passphrase(&passphrase), &mut |_| true);
    assert!(matches!(folder, Err(BackupError::Unreadable(_))), "{folder:?}");

    let target = dir.path().join("r");
    assert!(matches!(restore(&file, &target), Err(BackupError::WrongSecret)));
    assert!(!target.exists() && !dir.path().join("r.restoring").exists());
    let stopped = restore_backup(&file, Secret::RecoveryCode(&typed), &target, &mut |p| p.done < 50_000);
    assert!(matches!(stopped, Err(BackupError::Stopped)));
    assert!(!target.exists() && !dir.path().join("r.restoring").exists());
    fs::write(&target, "a letter").unwrap();
    let refused = restore_backup(&file, Secret::RecoveryCode(&typed), &target, &mut |_| true);
    assert!(matches!(refused, Err(BackupError::FolderNotEmpty)));
    assert_eq!(fs::read(&target).unwrap(), b"a letter");
    // An empty folder is as good as none.
    fs::remove_file(&target).unwrap();
    fs::create_dir(&target).unwrap();
    restore_backup(&file, Secret::RecoveryCode(&typed), &target, &mut |_| true).unwrap();
    assert!(open(&target).unwrap().check().unwrap().is_whole());
}

#[test]
fn a_damaged_file_is_left_out_by_name_and_the_rest_is_saved() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _) = filled(&dir.path().join("v"));
    let records = vault.evidence(&EvidenceFilter::default()).unwrap();
    let files: Vec<_> = records.iter().flat_map(|state| state.record.files.clone()).collect();
    let place = |n: usize| {
        let name = files[n].attachment.to_string();
        dir.path().join("v/objects").join(&name[..2]).join(name)
    };
    fs::remove_file(place(0)).unwrap();
    let mut bytes = fs::read(place(1)).unwrap();
    bytes[3] ^= 1;
    fs::write(place(1), bytes).unwrap();
    let made = back_up(&vault, &dir.path().join("b.age"));
    let mut left_out: Vec<_> = made.left_out.iter().map(|l| (l.attachment, l.missing)).collect();
    left_out.sort();
    let mut expected = vec![(files[0].attachment, true), (files[1].attachment, false)];
    expected.sort();
    assert_eq!(left_out, expected);
    restore(&dir.path().join("b.age"), &dir.path().join("r")).unwrap();
    let report = open(&dir.path().join("r")).unwrap().check().unwrap();
    assert!(report.objects.iter().all(|fault| fault.missing) && report.objects.len() == 2, "{report:?}");
    assert!(report.chain.is_ok() && report.bad_pages.is_empty());
}

#[test]
fn a_damaged_database_is_not_saved_as_if_it_were_whole() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _) = filled(&dir.path().join("v"));
    drop(vault);
    let path = dir.path().join("v/vault.db");
    let mut bytes = fs::read(&path).unwrap();
    let place = bytes.len() - 3000;
    bytes[place] ^= 4;
    fs::write(&path, bytes).unwrap();
    let vault = open(&dir.path().join("v")).unwrap();
    let refused = vault.snapshot(now());
    assert!(matches!(refused, Err(BackupError::Vault(VaultError::DatabaseDamaged))), "{refused:?}");
}

/// Runs a program, with text on its stdin.
fn run(program: &str, arguments: &[&str], dir: &Path) -> std::process::Output {
    Command::new(program)
        .args(arguments)
        .current_dir(dir)
        .stdin(Stdio::null())
        .output()
        .expect("it is installed")
}

/// The steps of docs/backup.md.
#[test]
fn the_ordinary_age_tool_and_tar_read_it() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _) = filled(&dir.path().join("v"));
    back_up(&vault, &dir.path().join("b.age"));
    // age asks for its passphrase on a terminal only; `script` gives it one.
    let ask = "age -d -o b.tar b.age";
    let mut script = Command::new("script")
        .args(["-qec", ask, "/dev/null"])
        .current_dir(dir.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("script is installed");
    writeln!(script.stdin.as_mut().unwrap(), "{PASSPHRASE}").unwrap();
    assert!(script.wait().unwrap().success(), "age opens it");
    assert!(run("tar", &["xf", "b.tar"], dir.path()).status.success());
    let inside = dir.path().join("ashore-backup");
    let ledger = fs::read_to_string(inside.join("ledger.jsonl")).unwrap();
    let entries = vault.ledger(0, u32::MAX).unwrap();
    assert_eq!(ledger.lines().count(), entries.len());
    for (line, entry) in ledger.lines().zip(&entries) {
        assert_eq!(line.as_bytes(), entry.body);
    }
    let manifest: serde_json::Value =
        serde_json::from_slice(&fs::read(inside.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["counts"]["facts"], serde_json::json!(entries.len()));
    let before = dump(&vault);
    drop(vault);
    let by_hand = open(&inside.join("vault")).unwrap();
    assert!(dump(&by_hand) == before, "the folder inside is a vault");
}

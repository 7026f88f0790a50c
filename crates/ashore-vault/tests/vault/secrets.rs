//! Who gets in, who does not, and that each failure says what to do.

use std::fs;

use ashore_domain::Sensitive;
use ashore_vault::*;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::facts::*;

#[test]
fn each_way_of_not_getting_in_is_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    let home = dir.path().join("账本");
    assert!(!Vault::exists(&home));
    assert!(matches!(open(&home), Err(OpenError::NoVault)));
    assert!(!home.exists(), "looking creates nothing");
    let (vault, code) = create(&home);
    assert!(Vault::exists(&home));
    assert!(matches!(open(&home), Err(OpenError::InUse)), "a second opening, same process or other");
    drop(vault);

    assert!(matches!(Vault::open(&home, Secret::Passphrase(&secret("wrong"))), Err(OpenError::WrongSecret)));
    let typed = |text: &str| Vault::open(&home, Secret::RecoveryCode(&secret(text)));
    assert!(matches!(typed("01234-56789"), Err(OpenError::RecoveryCodeMistyped)));
    let slip = code.to_string().replacen(|c: char| c != '-' && c != '7', "7", 1);
    assert!(matches!(typed(&slip), Err(OpenError::RecoveryCodeMistyped)));
    let elsewhere = tempfile::tempdir().unwrap();
    let (_, other) = create(elsewhere.path());
    assert!(matches!(typed(&other.to_string()), Err(OpenError::WrongSecret)), "another vault's code");
    assert!(typed(&code.to_string().replace('-', " ")).is_ok());
    // A passphrase typed with combining marks is the same passphrase.
    let folder = tempfile::tempdir().unwrap();
    drop(Vault::create(folder.path(), &secret("caf\u{e9}"), KdfCost::FLOOR, now().to_utc()).unwrap());
    assert!(Vault::open(folder.path(), Secret::Passphrase(&secret("cafe\u{301}"))).is_ok());
}

#[test]
fn creation_touches_no_folder_that_holds_something() {
    let dir = tempfile::tempdir().unwrap();
    drop(create(dir.path()));
    let again = || Vault::create(dir.path(), &secret("x"), KdfCost::FLOOR, now().to_utc()).unwrap_err();
    assert!(matches!(again(), CreateError::AlreadyThere));
    fs::remove_file(dir.path().join("keys.json")).unwrap();
    assert!(matches!(again(), CreateError::AlreadyThere), "a vault without its keys is still somebody's");
    assert!(matches!(open(dir.path()), Err(OpenError::HeaderDamaged { .. })));
    let full = tempfile::tempdir().unwrap();
    fs::write(full.path().join("letter.txt"), "keep me").unwrap();
    let refused = Vault::create(full.path(), &secret("x"), KdfCost::FLOOR, now().to_utc());
    assert!(matches!(refused, Err(CreateError::FolderNotEmpty)));
    assert_eq!(fs::read_dir(full.path()).unwrap().count(), 1);
    let empty = Vault::create(&full.path().join("new"), &secret(""), KdfCost::FLOOR, now().to_utc());
    assert!(matches!(empty, Err(CreateError::EmptyPassphrase)));
}

#[test]
fn an_interrupted_creation_does_not_stand_in_the_way() {
    let dir = tempfile::tempdir().unwrap();
    drop(create(dir.path()));
    fs::remove_file(dir.path().join("keys.json")).unwrap();
    fs::write(dir.path().join("unfinished"), "").unwrap();
    assert!(!Vault::exists(dir.path()));
    assert!(matches!(open(dir.path()), Err(OpenError::NoVault)));
    drop(create(dir.path()));
    assert!(open(dir.path()).unwrap().check().unwrap().is_whole());
    assert!(!dir.path().join("unfinished").exists());
}

#[test]
fn passphrase_and_code_are_replaced_one_without_the_other() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, code) = create(dir.path());
    vault.append(&one_of_each(), Vec::new(), now()).unwrap();
    let head = vault.head().unwrap();
    let (old, new, wrong) = (secret(PASSPHRASE), secret("新口令"), secret("wrong"));
    let refused = vault.change_passphrase(Secret::Passphrase(&wrong), &new, KdfCost::FLOOR);
    assert!(matches!(refused, Err(RekeyError::WrongSecret)));
    let refused = vault.change_passphrase(Secret::Passphrase(&old), &secret(""), KdfCost::FLOOR);
    assert!(matches!(refused, Err(RekeyError::EmptyPassphrase)));
    let refused = vault.new_recovery_code(Secret::RecoveryCode(&wrong), KdfCost::FLOOR);
    assert!(matches!(refused, Err(RekeyError::RecoveryCodeMistyped)));
    let code = secret(&code.to_string());
    // Forgotten: the recovery code sets a new passphrase.
    vault.change_passphrase(Secret::RecoveryCode(&code), &new, KdfCost::FLOOR).unwrap();
    drop(vault);
    assert!(matches!(Vault::open(dir.path(), Secret::Passphrase(&old)), Err(OpenError::WrongSecret)));
    let mut vault = Vault::open(dir.path(), Secret::RecoveryCode(&code)).unwrap();
    let newer = vault.new_recovery_code(Secret::Passphrase(&new), KdfCost::FLOOR).unwrap();
    assert!(vault.check().unwrap().is_whole());
    drop(vault);
    assert!(matches!(Vault::open(dir.path(), Secret::RecoveryCode(&code)), Err(OpenError::WrongSecret)));
    drop(Vault::open(dir.path(), Secret::Passphrase(&new)).unwrap());
    let vault = Vault::open(dir.path(), Secret::RecoveryCode(&secret(&newer.to_string()))).unwrap();
    assert_eq!(vault.head().unwrap(), head, "nothing but the wrapping changed");
}

/// `keys.json` as somebody rewrites it who knows its form.
fn forge(dir: &std::path::Path, change: impl Fn(&mut Value)) {
    let path = dir.join("keys.json");
    let mut value: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    value.as_object_mut().unwrap().remove("checksum");
    change(&mut value);
    let digest = Sha256::new()
        .chain_update(b"ashore:keys:v1\n")
        .chain_update(ashore_evidence::canonical::to_bytes(&value).unwrap());
    value["checksum"] = ashore_evidence::Digest(digest.finalize().into()).to_string().into();
    let mut bytes = ashore_evidence::canonical::to_bytes(&value).unwrap();
    bytes.push(b'\n');
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_weakened_a_newer_and_a_foreign_key_file_are_told_apart() {
    let dir = tempfile::tempdir().unwrap();
    drop(create(dir.path()));
    let whole = fs::read(dir.path().join("keys.json")).unwrap();
    let after = |change: &dyn Fn(&mut Value)| {
        fs::write(dir.path().join("keys.json"), &whole).unwrap();
        forge(dir.path(), change);
        open(dir.path())
    };
    assert!(after(&|_| {}).is_ok(), "forged without a change it is the same");
    assert!(matches!(
        after(&|v| v["passphrase"]["kdf"]["memory_kib"] = json!(1024)),
        Err(OpenError::HeaderTooWeak)
    ));
    assert!(matches!(
        after(&|v| v["recovery"]["kdf"]["iterations"] = json!(1)),
        Err(OpenError::HeaderTooWeak)
    ));
    assert!(matches!(after(&|v| v["format"] = json!(7)), Err(OpenError::NewerSchema { found: 7, known: 1 })));
    assert!(matches!(after(&|v| v["extra"] = json!(1)), Err(OpenError::HeaderDamaged { .. })));
    assert!(
        matches!(
            after(&|v| v["vault"] = json!("00000000-0000-4000-8000-000000000000")),
            Err(OpenError::WrongSecret)
        ),
        "the identity is bound into the tag"
    );
    fs::write(dir.path().join("keys.json"), &whole[..whole.len() / 2]).unwrap();
    assert!(matches!(open(dir.path()), Err(OpenError::HeaderDamaged { .. })));
    // Another vault's key file over this vault's database.
    let other = tempfile::tempdir().unwrap();
    drop(create(other.path()));
    fs::copy(other.path().join("keys.json"), dir.path().join("keys.json")).unwrap();
    assert!(matches!(open(dir.path()), Err(OpenError::DatabaseDamaged)));
}

#[test]
fn secrets_never_print() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, code) = create(dir.path());
    let passphrase: Sensitive<String> = secret(PASSPHRASE);
    let printed = format!("{vault:?} {code:?} {:?}", Secret::Passphrase(&passphrase));
    assert!(!printed.contains(PASSPHRASE) && !printed.contains(&code.to_string()), "{printed}");
    // Nothing but ciphertext, and nothing that tells what is inside.
    drop(vault);
    for entry in fs::read_dir(dir.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = if path.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
        for sign in ["SQLite format", "fact", "correct horse"] {
            let found = bytes.windows(sign.len()).any(|window| window == sign.as_bytes());
            assert!(!found, "{sign} in {}", path.display());
        }
    }
}

use std::io::Cursor;

use super::facts::*;
use ashore_domain::*;
use ashore_vault::*;

fn message(n: u16) -> EvidenceRecord {
    let mut id = [9; 16];
    id[..2].copy_from_slice(&n.to_be_bytes());
    let mut said = record(1, &[]);
    said.id = EvidenceId::from_bytes(id);
    said.happened.at = now() - chrono::TimeDelta::minutes(i64::from(n));
    said.details = EvidenceDetails::Note { body: format!("第{n}条，逾期提醒") };
    let (import, key) = (ImportId::from_bytes([3; 16]), content_key(&n.to_be_bytes()));
    said.imported = Some(Imported { import, number: n.into(), key });
    said
}

fn stage(vault: &Vault) -> Staged {
    vault.stage(&mut Cursor::new(b"<smses/>".repeat(20_000)), "sms.xml", "application/xml").unwrap()
}

fn found(vault: &Vault) -> usize {
    vault
        .search(&SearchQuery { text: "逾期".to_owned(), limit: 1000, ..SearchQuery::default() })
        .unwrap()
        .len()
}

/// So many that the end of it, one step of the database after another without a question in between, takes a while.
#[test]
fn the_end_of_an_import_is_interrupted_and_nothing_of_it_is_stored() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    vault.append(&one_of_each(), Vec::new(), now()).unwrap();
    let (before, interrupter) = (vault.info().unwrap().counts, vault.interrupter());
    let staged = stage(&vault);
    let file = staged.file().clone();
    let mut importing = vault.import(staged, now()).unwrap();
    for n in 0..6_000 {
        importing.add(message(n), Vec::new()).unwrap();
    }
    let id = ImportId::from_bytes([3; 16]);
    let format = "note".to_owned();
    let import = Import { id, file, format, found: 6_000, stored: 6_000, duplicates: 0, left_out: 0 };
    let ended = std::sync::atomic::AtomicBool::new(false);
    let outcome = std::thread::scope(|scope| {
        scope.spawn(|| {
            while !ended.load(std::sync::atomic::Ordering::Acquire) {
                interrupter.interrupt();
            }
        });
        let outcome = importing.finish(import);
        ended.store(true, std::sync::atomic::Ordering::Release);
        outcome
    });
    assert!(outcome.is_err(), "{outcome:?}");
    assert_eq!(vault.info().unwrap().counts, before);
    assert_eq!(found(&vault), 0);
    assert!(vault.check().unwrap().is_whole());
    assert_eq!(std::fs::read_dir(dir.path().join("objects/tmp")).unwrap().count(), 0);
    drop(vault);
    interrupter.interrupt();
    assert!(
        open(dir.path()).unwrap().check().unwrap().is_whole(),
        "nor does it reach a vault that is closed"
    );
}

#[test]
fn a_file_is_taken_in_whole_or_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    vault.append(&one_of_each(), Vec::new(), now()).unwrap();
    let before = vault.info().unwrap().counts;

    let staged = stage(&vault);
    let mut importing = vault.import(staged, now()).unwrap();
    for n in 0..200 {
        importing.add(message(n), Vec::new()).unwrap();
        assert!(importing.knows_content(&content_key(&n.to_be_bytes())).unwrap(), "seen within the file too");
    }
    drop(importing);
    assert_eq!(vault.info().unwrap().counts, before, "given up half-way");
    assert_eq!(found(&vault), 0);
    assert_eq!(std::fs::read_dir(dir.path().join("objects/tmp")).unwrap().count(), 0);
    assert!(vault.check().unwrap().is_whole());

    let staged = stage(&vault);
    let file = staged.file().clone();
    let mut importing = vault.import(staged, now()).unwrap();
    for n in 0..200 {
        importing.add(message(n), Vec::new()).unwrap();
    }
    let id = ImportId::from_bytes([3; 16]);
    let import = Import {
        id,
        file: file.clone(),
        format: "note".to_owned(),
        found: 201,
        stored: 200,
        duplicates: 0,
        left_out: 1,
    };
    importing.finish(import.clone()).unwrap();
    assert_eq!(vault.imports().unwrap(), [import]);
    assert_eq!((vault.info().unwrap().counts.evidence, found(&vault)), (before.evidence + 200, 200));
    assert!(vault.knows_content(&content_key(&7u16.to_be_bytes())).unwrap());
    let report = vault.check().unwrap();
    assert!(report.is_whole(), "{report:?}");

    // The file goes with the last of its records, and no sooner.
    let remove =
        |n| Fact::EvidenceRemoved(EvidenceRemoved { record: message(n).id, reason: "误存".to_owned() });
    let most: Vec<Fact> = (0..199).map(remove).collect();
    vault.append(&most, Vec::new(), now()).unwrap();
    assert!(vault.read_attachment(file.attachment).is_ok());
    vault.append(&[remove(199)], Vec::new(), now()).unwrap();
    assert!(matches!(vault.read_attachment(file.attachment), Err(VaultError::AttachmentRemoved(_))));
    assert!(matches!(vault.append(&[remove(5)], Vec::new(), now()), Err(VaultError::AlreadyRemoved(_))));
    let corrects = Fact::Evidence(EvidenceRecord {
        id: evidence_id(250),
        corrects: Some(message(5).id),
        imported: None,
        ..message(5)
    });
    assert!(matches!(vault.append(&[corrects], Vec::new(), now()), Err(VaultError::AlreadyRemoved(_))));
    assert_eq!(found(&vault), 0);
    drop(vault);
    let mut vault = open(dir.path()).unwrap();
    assert!(vault.check().unwrap().is_whole(), "the ledger keeps the digests");
    assert!(
        vault.knows_content(&content_key(&7u16.to_be_bytes())).unwrap(),
        "what was deleted does not come again"
    );

    // Kept once more, it is there again.
    let staged = stage(&vault);
    let mut again = record(77, &[]);
    again.files = vec![staged.file().clone()];
    vault.append(&[Fact::Evidence(again)], vec![staged], now()).unwrap();
    assert!(vault.read_attachment(file.attachment).is_ok());
    assert!(vault.check().unwrap().is_whole());
}

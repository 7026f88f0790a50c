use std::io::{Cursor, Read as _, Seek as _, SeekFrom};

use super::facts::*;
use ashore_domain::*;
use ashore_vault::*;

#[test]
fn everything_recorded_is_found_again_after_closing() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, code) = create(dir.path());
    let content: Vec<u8> = (0..200_000u32).flat_map(u32::to_le_bytes).collect();
    let staged = vault.stage(&mut Cursor::new(&content), "录音.m4a", "audio/mp4").unwrap();
    let mut with_file = record(9, &[1, 2]);
    with_file.files = vec![staged.file().clone()];
    let mut facts = one_of_each();
    facts.push(Fact::Evidence(with_file.clone()));
    let entries = vault.append(&facts, vec![staged], now()).unwrap();
    assert!(entries.iter().map(|entry| entry.seq).eq(1..=facts.len() as u64));
    vault.set_setting("language", Some("zh")).unwrap();
    let head = vault.head().unwrap();
    drop(vault);

    let vault =
        Vault::open(dir.path(), Secret::RecoveryCode(&secret(&code.to_string().to_lowercase()))).unwrap();
    assert_eq!(vault.head().unwrap(), head, "the same ledger has the same head");
    assert_eq!(vault.parties().unwrap(), [party(1)]);
    let loans = vault.loans().unwrap();
    assert_eq!(loans.len(), 2);
    assert_eq!((loans[0].loan.clone(), loans[0].opened_at, loans[0].corrections), (loan(1), now(), 0));
    assert_eq!((loans[1].loan.name.as_str(), loans[1].corrections), ("改名", 1));
    assert_eq!(loans[1].closed.as_ref().map(|closed| closed.reason), Some(CloseReason::PaidOff));
    assert_eq!(vault.loan(loan_id(2)).unwrap().as_ref(), Some(&loans[1]));
    let payments = vault.payments(Some(loan_id(1))).unwrap();
    assert_eq!((payments[0].payment.clone(), payments[0].voided.as_deref()), (payment(1, 1), Some("重复")));
    assert!(vault.payments(Some(loan_id(2))).unwrap().is_empty());
    assert_eq!(vault.waivers(loan_id(1)).unwrap().len(), 1);
    assert_eq!(vault.proposals(None).unwrap(), [proposal(1, 1)]);
    assert_eq!(vault.agreements(Some(loan_id(1))).unwrap()[0].evidence, [evidence_id(1)]);
    assert!(vault.latest_capacity().unwrap().is_some());
    assert_eq!(vault.case_entries().unwrap().len(), 1);
    assert_eq!(vault.setting("language").unwrap().as_deref(), Some("zh"));
    let found = vault.evidence_record(evidence_id(9)).unwrap().unwrap();
    assert_eq!(
        (found.record, found.seq, found.chain),
        (with_file.clone(), facts.len() as u64, entries.last().unwrap().chain)
    );

    let mut reader = vault.read_attachment(with_file.files[0].attachment).unwrap();
    let mut read = Vec::new();
    reader.read_to_end(&mut read).unwrap();
    assert!(read == content, "byte for byte");
    reader.seek(SeekFrom::Start(70_000)).unwrap();
    let mut some = [0; 100];
    reader.read_exact(&mut some).unwrap();
    assert_eq!(some, content[70_000..70_100]);

    let report = vault.check().unwrap();
    assert!(report.is_whole(), "{report:?}");
    assert_eq!((report.objects_read, report.chain.unwrap().count), (1, facts.len() as u64));
}

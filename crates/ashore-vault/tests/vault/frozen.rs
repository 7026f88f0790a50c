//! Frozen bytes: what is recorded today is recorded the same tomorrow.

use serde_json::Value;

use super::facts::*;

const FROZEN: &str = include_str!("../frozen/ledger-1.jsonl");

/// A body without the random identifier it gets when it is recorded.
fn body(bytes: &[u8]) -> (String, Value) {
    let mut body: Value = serde_json::from_slice(bytes).unwrap();
    let id = body.as_object_mut().unwrap().remove("id").unwrap();
    (id.as_str().unwrap().to_owned(), body)
}

#[test]
fn a_small_ledger_has_its_frozen_bodies() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    vault.append(&one_of_each(), Vec::new(), now()).unwrap();
    let ledger = vault.ledger(0, 100).unwrap();
    // A file taken in and a deletion need files that are stored; they are written down at the end.
    assert_eq!(ledger.len() + 2, FROZEN.lines().count());
    let mut ids = Vec::new();
    for (found, frozen) in ledger.iter().zip(FROZEN.lines()) {
        let (id, found_body) = body(&found.body);
        let (frozen_id, frozen_body) = body(frozen.as_bytes());
        assert_eq!(found_body, frozen_body);
        assert_eq!(
            String::from_utf8(found.body.clone()).unwrap().replace(&id, &frozen_id),
            frozen,
            "to the byte"
        );
        ids.push(id);
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), ledger.len(), "every leaf is unguessable: no identifier comes twice");
}

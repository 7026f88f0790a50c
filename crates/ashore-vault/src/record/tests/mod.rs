mod arbitrary;
mod arbitrary_evidence;

use ashore_domain::{FactKind, LenderKind, Money};
use ashore_evidence::{Link, chain, merkle};
use proptest::prelude::*;

use super::*;

const FROZEN: &str = include_str!("../../../tests/frozen/ledger-1.jsonl");

/// Frozen: what was recorded once is read for ever, and written again it is the same.
#[test]
fn frozen_bodies_of_every_kind_are_read_and_written_the_same() {
    let mut kinds = Vec::new();
    for body in FROZEN.lines() {
        let recorded = decode(body.as_bytes()).unwrap();
        assert_eq!(
            String::from_utf8(encode(&recorded.fact, recorded.id, recorded.at).unwrap()).unwrap(),
            body
        );
        kinds.push(recorded.fact.kind());
    }
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), FactKind::WORDS.len(), "one of every kind");
}

/// Frozen: the chain over those bodies, computed by another program.
#[test]
fn frozen_chain_over_the_frozen_bodies() {
    let (mut link, mut tree) = (Link::genesis(), merkle::Tree::default());
    let mut lines = Vec::new();
    for body in FROZEN.lines() {
        let leaf = chain::leaf(body.as_bytes());
        link = link.next(leaf);
        tree.push(leaf);
        lines.push(format!("{} {leaf} {}", link.n, link.h));
    }
    lines.push(format!("root {}", tree.root()));
    assert_eq!(lines, include_str!("../../../tests/frozen/ledger-1.chain").lines().collect::<Vec<_>>());
}

#[test]
fn a_newer_version_and_an_unknown_kind_are_told_apart_from_damage() {
    let body = |change: &dyn Fn(&mut Value)| {
        let mut value: Value = serde_json::from_str(FROZEN.lines().next().unwrap()).unwrap();
        change(&mut value);
        decode(value.to_string().as_bytes()).unwrap_err()
    };
    let newer = RecordError::NewerVersion { kind: "party".to_owned(), found: 2, known: 1 };
    assert_eq!(body(&|v| v["v"] = 2.into()), newer);
    assert_eq!(
        body(&|v| {
            v["v"] = 2.into();
            v["data"] = "anything".into();
        }),
        newer,
        "whatever a newer form looks like"
    );
    assert_eq!(body(&|v| v["kind"] = "dream".into()), RecordError::UnknownKind("dream".to_owned()));
    for change in [
        (|v| v["data"]["surprise"] = 1.into()) as fn(&mut Value),
        |v| v["data"]["lender_kind"] = "bakery".into(),
        |v| v["data"]["id"] = "42".into(),
        |v| v["data"] = Value::Null,
        |v| v["recorded_at"] = "2026-11-22T02:00:00Z".into(),
        |v| drop(v.as_object_mut().unwrap().remove("v")),
    ] {
        assert!(matches!(body(&change), RecordError::Unreadable(_)));
    }
    assert!(matches!(decode(b"{"), Err(RecordError::Unreadable(_))));
}

#[test]
fn what_cannot_be_written_exactly_is_refused() {
    let recorded = decode(FROZEN.lines().find(|l| l.contains("\"payment\"")).unwrap().as_bytes()).unwrap();
    let Fact::Payment(mut payment) = recorded.fact else { unreachable!("a payment") };
    payment.amount = Money::from_fen(i64::MAX);
    assert!(matches!(
        encode(&Fact::Payment(payment.clone()), recorded.id, recorded.at),
        Err(RecordError::Unwritable(_))
    ));
    payment.amount = Money::from_fen(1);
    let seconds = chrono::FixedOffset::east_opt(29_143).unwrap();
    let odd = recorded.at.with_timezone(&seconds);
    assert!(matches!(
        encode(&Fact::Payment(payment.clone()), recorded.id, odd),
        Err(RecordError::Unwritable(_))
    ));
    payment.on = chrono::NaiveDate::MAX;
    assert!(matches!(
        encode(&Fact::Payment(payment), recorded.id, recorded.at),
        Err(RecordError::Unwritable(_))
    ));
}

#[test]
fn words_are_unique_and_read_back() {
    for (kind, word) in LenderKind::WORDS {
        assert_eq!(LenderKind::from_word(word), Some(*kind));
    }
    let mut words: Vec<_> = FactKind::WORDS.iter().map(|(_, word)| word).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), FactKind::WORDS.len());
    assert_eq!(LenderKind::from_word("Bank"), None, "words are exact");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_fact_survives_its_frozen_form(fact in arbitrary::fact(), id in arbitrary::id(), at in arbitrary::instant()) {
        let id = FactId::from_bytes(id);
        let body = encode(&fact, id, at).unwrap();
        let back = decode(&body).unwrap();
        prop_assert_eq!((&back.fact, back.id, back.at, back.at.offset()), (&fact, id, at, at.offset()));
        prop_assert_eq!(encode(&back.fact, back.id, back.at).unwrap(), body);
        // A stranger's JSON reader sees the same.
        let value: Value = serde_json::from_slice(&encode(&fact, id, at).unwrap()).unwrap();
        prop_assert_eq!(&value["kind"], fact.kind().word());
        prop_assert_eq!(&value["v"], 1);
    }
}

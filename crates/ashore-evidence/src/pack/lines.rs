//! Lines of `chain.jsonl` and of masked records: canonical JSON, one entry each.

use serde_json::{Value, json};

use crate::canonical::{self, CanonicalError};
use crate::{Digest, Link};

/// An entry with its place in the whole chain.
///
/// # Errors
/// The number is beyond all ledgers.
pub fn whole_line(link: Link, leaf: Digest) -> Result<Vec<u8>, CanonicalError> {
    canonical::to_bytes(&json!({"n": link.n, "leaf": leaf.to_string(), "h": link.h.to_string()}))
}

/// An entry with the path that proves it without its neighbours.
///
/// # Errors
/// The number is beyond all ledgers.
pub fn chosen_line(n: u64, leaf: Digest, path: &[Digest]) -> Result<Vec<u8>, CanonicalError> {
    canonical::to_bytes(&json!({"n": n, "leaf": leaf.to_string(), "path": texts(path)}))
}

/// The derived copy of a record, naming the leaf of its original.
///
/// # Errors
/// The record has no canonical form.
pub fn masked_line(n: u64, leaf: Digest, record: &Value) -> Result<Vec<u8>, CanonicalError> {
    canonical::to_bytes(&json!({"n": n, "derived_from": leaf.to_string(), "masked": record}))
}

/// A consistency proof as canonical JSON.
///
/// # Errors
/// Never in practice.
pub fn consistency(path: &[Digest]) -> Result<Vec<u8>, CanonicalError> {
    canonical::to_bytes(&json!({ "path": texts(path) }))
}

/// One line of `chain.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ChainLine {
    pub(super) n: u64,
    pub(super) leaf: Digest,
    pub(super) proof: Proof,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Proof {
    Chain(Digest),
    Path(Vec<Digest>),
}

pub(super) fn read_chain_line(line: &[u8]) -> Option<ChainLine> {
    let value: Value = serde_json::from_slice(line).ok()?;
    let digest = |name: &str| value.get(name)?.as_str()?.parse::<Digest>().ok();
    let (n, leaf) = (value.get("n")?.as_u64()?, digest("leaf")?);
    let (proof, written) = if let Some(h) = digest("h") {
        (Proof::Chain(h), whole_line(Link { n, h }, leaf))
    } else {
        let path = path_of(&value)?;
        let written = chosen_line(n, leaf, &path);
        (Proof::Path(path), written)
    };
    // Written anew it must give the same bytes: nothing was left out, nothing added.
    (written.ok()? == line).then_some(ChainLine { n, leaf, proof })
}

pub(super) fn read_masked_line(line: &[u8]) -> Option<(u64, Digest)> {
    let value = canonical::read(line)?;
    let _derived = value.get("masked")?.as_object()?;
    Some((value.get("n")?.as_u64()?, value.get("derived_from")?.as_str()?.parse().ok()?))
}

pub(super) fn read_consistency(bytes: &[u8]) -> Option<Vec<Digest>> {
    let path = path_of(&canonical::read(bytes)?)?;
    (consistency(&path).ok()? == bytes).then_some(path)
}

fn path_of(value: &Value) -> Option<Vec<Digest>> {
    value.get("path")?.as_array()?.iter().map(|text| text.as_str()?.parse().ok()).collect()
}

fn texts(path: &[Digest]) -> Vec<String> {
    path.iter().map(ToString::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frozen: these lines may never change.
    #[test]
    fn frozen_lines() {
        let (zeros, ones) = ("00".repeat(32), "11".repeat(32));
        let (zero, one) = (Digest([0; 32]), Digest([0x11; 32]));
        let text = |line: Result<Vec<u8>, CanonicalError>| String::from_utf8(line.unwrap()).unwrap();
        let whole = text(whole_line(Link { n: 3, h: one }, zero));
        assert_eq!(whole, format!(r#"{{"h":"{ones}","leaf":"{zeros}","n":3}}"#));
        let chosen = text(chosen_line(3, zero, &[one]));
        assert_eq!(chosen, format!(r#"{{"leaf":"{zeros}","n":3,"path":["{ones}"]}}"#));
        let masked = text(masked_line(3, zero, &json!({"kind": "evidence"})));
        assert_eq!(masked, format!(r#"{{"derived_from":"{zeros}","masked":{{"kind":"evidence"}},"n":3}}"#));
        assert_eq!(text(consistency(&[one])), format!(r#"{{"path":["{ones}"]}}"#));
        assert_eq!(read_chain_line(whole.as_bytes()).unwrap().proof, Proof::Chain(one));
        assert_eq!(read_chain_line(chosen.as_bytes()).unwrap().proof, Proof::Path(vec![one]));
        assert_eq!(read_masked_line(masked.as_bytes()), Some((3, zero)));
        for other in
            [whole.replace(":3", ": 3"), whole.replace("}", ",\"x\":1}"), chosen.replace("11\"", "1g\"")]
        {
            assert_eq!(read_chain_line(other.as_bytes()), None, "{other}");
        }
    }
}

//! Lines of `chain.jsonl` and of masked records: canonical JSON, one entry each.

use serde_json::value::RawValue;
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

/// Canonical JSON has one form for these members, so the bytes are taken apart as they must stand: nothing can be left
/// out or added, and no tree of values is built, which would cost several times the hashing.
pub(super) fn read_chain_line(line: &[u8]) -> Option<ChainLine> {
    if let Some(rest) = line.strip_prefix(br#"{"h":""#) {
        let (h, rest) = digest(rest)?;
        let (leaf, rest) = digest(rest.strip_prefix(br#"","leaf":""#)?)?;
        let n = number(rest.strip_prefix(br#"","n":"#)?.strip_suffix(b"}")?)?;
        return Some(ChainLine { n, leaf, proof: Proof::Chain(h) });
    }
    let (leaf, rest) = digest(line.strip_prefix(br#"{"leaf":""#)?)?;
    let rest = rest.strip_prefix(br#"","n":"#)?;
    let (n, path) = rest.split_at(memchr::memchr(b',', rest)?);
    let mut path = path.strip_prefix(br#","path":["#)?.strip_suffix(b"]}")?;
    let mut nodes = Vec::new();
    while !path.is_empty() {
        let (node, rest) = digest(path.strip_prefix(b"\"")?)?;
        nodes.push(node);
        let rest = rest.strip_prefix(b"\"")?;
        path = match rest {
            [] => rest,
            _ => rest.strip_prefix(b",").filter(|more| !more.is_empty())?,
        };
    }
    Some(ChainLine { n: number(n)?, leaf, proof: Proof::Path(nodes) })
}

/// The derived record is any JSON object: what it says is the sealed manifest's to vouch for.
pub(super) fn read_masked_line(line: &[u8]) -> Option<(u64, Digest)> {
    let (leaf, rest) = digest(line.strip_prefix(br#"{"derived_from":""#)?)?;
    let rest = rest.strip_prefix(br#"","masked":"#)?;
    let end = memchr::memmem::rfind(rest, br#","n":"#)?;
    let (masked, n) = rest.split_at(end);
    let is_object = masked.first() == Some(&b'{') && serde_json::from_slice::<&RawValue>(masked).is_ok();
    let n = number(n.strip_prefix(br#","n":"#)?.strip_suffix(b"}")?)?;
    is_object.then_some((n, leaf))
}

/// Sixty-four lower-case hexadecimal digits and what follows them.
fn digest(text: &[u8]) -> Option<(Digest, &[u8])> {
    let (hex, rest) = text.split_at_checked(64)?;
    Some((std::str::from_utf8(hex).ok()?.parse().ok()?, rest))
}

/// A whole number as canonical JSON writes it.
fn number(text: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(text).ok()?;
    let plain = text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|n| plain && *n <= canonical::INTEGER_MAX.unsigned_abs())
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
        let two = text(chosen_line(9_007_199_254_740_991, one, &[one, zero]));
        assert_eq!(read_chain_line(two.as_bytes()).unwrap().proof, Proof::Path(vec![one, zero]));
        let none = text(chosen_line(1, one, &[]));
        assert_eq!(read_chain_line(none.as_bytes()).unwrap().proof, Proof::Path(Vec::new()));
        for other in [
            whole.replace(":3", ": 3"),
            whole.replace(":3", ":03"),
            whole.replace(":3", ":+3"),
            whole.replace(":3", ":9007199254740992"),
            whole.replace('}', ",\"x\":1}"),
            whole.replace("11", "1A"),
            chosen.replace("11\"", "1g\""),
            chosen.replace("\"]", "\",]"),
            two.replace("\",\"0", "\"\"0"),
            String::new(),
        ] {
            assert_eq!(read_chain_line(other.as_bytes()), None, "{other}");
        }
        for other in [
            masked.replace("{\"kind\":\"evidence\"}", "[]"),
            masked.replace("\"evidence\"}", "\"evidence\""),
            masked.replace(":3", ": 3"),
        ] {
            assert_eq!(read_masked_line(other.as_bytes()), None, "{other}");
        }
    }
}

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Statement;
use crate::{Digest, Head};

/// Digests by path as a BagIt manifest, which `sha256sum -c` reads too; paths in order of their bytes.
#[must_use]
pub fn manifest(digests: &BTreeMap<String, Digest>) -> String {
    digests.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect()
}

/// Facts for people: size, day, head.
#[must_use]
pub fn bag_info(statement: &Statement, head: &Head, payload_bytes: u64, payload_files: u64) -> String {
    let mut text = String::new();
    let of = if statement.whole { "every entry of the vault" } else { "the chosen loans" };
    let masked = if statement.masked { ", third persons masked" } else { "" };
    let _ = writeln!(text, "Bag-Software-Agent: {}", head.app);
    let _ = writeln!(text, "Bagging-Date: {}", statement.made_at.date_naive());
    let _ = writeln!(text, "External-Description: Evidence pack, {of}{masked}. Read VERIFY.md.");
    let _ = writeln!(text, "Payload-Oxum: {payload_bytes}.{payload_files}");
    text
}

/// The digests of a manifest in exactly the form written above, or the first line that is not.
pub(super) fn read_manifest(bytes: &[u8]) -> Result<BTreeMap<String, (Digest, u64)>, u64> {
    let text = std::str::from_utf8(bytes).map_err(|_| 1u64)?;
    let mut found: BTreeMap<String, (Digest, u64)> = BTreeMap::new();
    let mut number = 0;
    for line in text.split_inclusive('\n') {
        number += 1;
        let (digest, path) = line.strip_suffix('\n').and_then(|line| line.split_once("  ")).ok_or(number)?;
        let digest: Digest = digest.parse().map_err(|_| number)?;
        let in_order = found.last_key_value().is_none_or(|(last, _)| last.as_str() < path);
        if !in_order || !is_clean(path) {
            return Err(number);
        }
        found.insert(path.to_owned(), (digest, number));
    }
    if found.is_empty() { Err(1) } else { Ok(found) }
}

/// Whether a path stays inside the pack on every system and shows what it is.
pub(super) fn is_clean(path: &str) -> bool {
    let disguised = |c: char| {
        c.is_control()
            || matches!(c, '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    !path.is_empty()
        && path.len() <= 512
        && !path.contains(disguised)
        && path.split('/').all(|part| !matches!(part, "" | "." | "..") && !part.ends_with(['.', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_paths_inside_the_pack_are_clean() {
        for good in ["data/records.jsonl", "data/originals/0007-1-录音.amr", "VERIFY.md"] {
            assert!(is_clean(good), "{good}");
        }
        for bad in [
            "",
            "/etc/passwd",
            "../x",
            "data/../x",
            "data//x",
            "./x",
            "C:x",
            "a\\b",
            "a\nb",
            "x\u{202e}fdp.exe",
            "a/",
            "con:",
            "x.",
            "x ",
            "a\0b",
        ] {
            assert!(!is_clean(bad), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn a_manifest_reads_back_and_no_changed_byte_passes_unseen(names in prop::collection::btree_set("[a-z]{1,8}", 1..6), at in any::<prop::sample::Index>(), bit in 0u8..7) {
            let digests: BTreeMap<String, Digest> = names.iter().map(|name| (format!("data/{name}"), Digest([bit; 32]))).collect();
            let text = manifest(&digests).into_bytes();
            let read = read_manifest(&text).unwrap();
            prop_assert!(read.iter().map(|(path, (digest, _))| (path, digest)).eq(digests.iter()));
            let mut changed = text.clone();
            let place = at.index(changed.len());
            changed[place] ^= 1 << bit;
            let same = read_manifest(&changed).is_ok_and(|other| other == read);
            prop_assert!(!same, "byte {place}");
        }
    }
}

//! Records, their proofs and their files, followed line by line.

use std::collections::BTreeSet;

use super::check::{AnchorReport, Check};
use super::lines::{ChainLine, Proof, read_chain_line, read_consistency, read_masked_line};
use super::{
    ANCHORS, CHAIN, HEAD, HEAD_SIGNATURE, MANIFEST, ORIGINAL_RECORDS, ORIGINALS, PackFaultKind as What,
    RECORDS, STATEMENT,
};
use crate::merkle::{Tree, includes};
use crate::proofs::extends;
use crate::stamp::Stamp;
use crate::{Digest, Link, chain};

impl Check<'_> {
    /// Every line of the chain against the head.
    pub(super) fn chain(&mut self) {
        let Some(head) = self.report.head.clone() else { return };
        let whole = self.report.statement.as_ref().is_some_and(|statement| statement.whole);
        let (mut link, mut tree) = (Link::genesis(), Tree::default());
        let (mut proved, mut faults) = (Vec::new(), Vec::new());
        let digest = self.lines(CHAIN, &mut |number, line| {
            let Some(ChainLine { n, leaf, proof }) = read_chain_line(line) else {
                faults.push((number, None, What::Form));
                return;
            };
            let last = proved.last().map_or(0, |(n, _)| *n);
            let in_order = if whole { n == last + 1 } else { n > last };
            let fault = match proof {
                _ if !in_order => Some(What::Order),
                Proof::Chain(h) if whole => {
                    let fits = link.next(leaf).h == h;
                    // One break is named once: the chain goes on from what the line states.
                    link = Link { n, h };
                    tree.push(leaf);
                    (!fits).then_some(What::Link)
                }
                Proof::Path(path) if !whole => {
                    let fits = n > 0 && includes(head.root, leaf, n - 1, head.n, &path);
                    (!fits).then_some(What::Proof)
                }
                _ => Some(What::Form),
            };
            if let Some(what) = fault {
                faults.push((number, Some(n), what));
            }
            proved.push((n, leaf));
        });
        self.noted(CHAIN, digest);
        for (line, entry, what) in faults {
            self.fault(CHAIN, Some(line), entry, what);
        }
        let found = proved.len() as u64;
        let stated = self.report.statement.as_ref().map_or(found, |statement| statement.entries);
        if found != stated {
            self.fault(CHAIN, None, None, What::Count { found, stated });
        }
        if whole && (link.n != head.n || link.h != head.h || tree.root() != head.root) {
            self.fault(HEAD, None, None, What::Head);
        }
        self.proved = proved;
    }

    /// Every file under `data/` against the manifest, each read once.
    pub(super) fn payload(&mut self) {
        let listed = std::mem::take(&mut self.manifest);
        let inside: Vec<String> =
            self.paths.iter().filter(|path| path.starts_with("data/")).cloned().collect();
        for path in inside.iter().filter(|path| !listed.contains_key(*path)) {
            self.fault(path, None, None, What::Extra);
        }
        for path in listed.keys() {
            match path.as_str() {
                RECORDS | ORIGINAL_RECORDS => self.held(path),
                path if self.found.contains_key(path) => {}
                path => {
                    let digest = self.pass(path, &mut |_| ());
                    self.noted(path, digest);
                }
            }
        }
        for (path, (digest, _)) in &listed {
            if self.found.get(path).is_some_and(|found| found != digest) {
                self.fault(path, None, None, What::Digest);
            }
        }
        for path in [STATEMENT, RECORDS, CHAIN, HEAD, HEAD_SIGNATURE] {
            if !listed.contains_key(path) {
                self.fault(MANIFEST, None, None, What::FileMissing(path.to_owned()));
            }
        }
    }

    /// Records line by line against the leaves proved for them.
    fn held(&mut self, path: &str) {
        let masked =
            path == RECORDS && self.report.statement.as_ref().is_some_and(|statement| statement.masked);
        let proved = std::mem::take(&mut self.proved);
        let (mut faults, mut named, mut count) = (Vec::new(), Vec::new(), 0u64);
        let digest = self.lines(path, &mut |number, line| {
            count = number;
            let expected = usize::try_from(number - 1).ok().and_then(|place| proved.get(place)).copied();
            let Some((n, leaf)) = expected else {
                faults.push((number, None, What::Order));
                return;
            };
            let fits =
                if masked { read_masked_line(line) == Some((n, leaf)) } else { chain::leaf(line) == leaf };
            if !fits {
                faults.push((number, Some(n), What::Record));
            }
            if !masked {
                named.extend(files_of(line).into_iter().map(|digest| (number, digest)));
            }
        });
        self.noted(path, digest);
        for (line, entry, what) in faults {
            self.fault(path, Some(line), entry, what);
        }
        if count != proved.len() as u64 && digest.is_some() {
            self.fault(path, None, None, What::Count { found: count, stated: proved.len() as u64 });
        }
        self.report.records = self.report.records.max(count);
        self.proved = proved;
        self.named.extend(named);
    }

    /// Every file that a record names is there, or is stated as no longer kept.
    pub(super) fn records(&mut self) {
        let mut known: BTreeSet<Digest> = self
            .found
            .iter()
            .filter(|(path, _)| path.starts_with(ORIGINALS) && *path != ORIGINAL_RECORDS)
            .map(|(_, digest)| *digest)
            .collect();
        known.extend(self.report.statement.iter().flat_map(|statement| statement.absent.iter().copied()));
        for (line, digest) in std::mem::take(&mut self.named) {
            if !known.contains(&digest) {
                self.fault(RECORDS, Some(line), None, What::FileMissing(digest.to_string()));
            }
        }
    }

    pub(super) fn anchors(&mut self) {
        let folders: BTreeSet<String> = self
            .paths
            .iter()
            .filter_map(|path| path.strip_prefix(ANCHORS)?.split_once('/'))
            .map(|(folder, _)| format!("{ANCHORS}{folder}/"))
            .collect();
        let stated = self.report.statement.as_ref().map_or(0, |statement| statement.anchors);
        if folders.len() as u64 != stated {
            let what = What::Count { found: folders.len() as u64, stated };
            self.fault(ANCHORS, None, None, what);
        }
        for folder in folders {
            let paths = ["head.json", "head.json.sig", "head.json.tsr", "consistency.json"];
            let [head, signature, token, path] = paths.map(|name| format!("{folder}{name}"));
            let old = self.signed(&head, &signature);
            let (token_bytes, path_bytes) = (self.small(&token), self.small(&path));
            let (Some(old), Some(bytes), Some(path_bytes)) = (old, token_bytes, path_bytes) else { continue };
            match Stamp::read(&bytes, self.found.get(&head).copied().unwrap_or(Digest([0; 32])), None) {
                Err(why) => self.fault(&token, None, None, why.into()),
                Ok(stamp) => self.report.anchors.push(AnchorReport {
                    path: folder.clone(),
                    entries: old.n,
                    at: stamp.at,
                    authority: stamp.authority,
                    digest: stamp.imprint,
                }),
            }
            let Some(now) = self.report.head.clone() else { continue };
            let earlier = read_consistency(&path_bytes)
                .is_some_and(|nodes| extends(old.root, old.n, now.root, now.n, &nodes));
            if !earlier {
                self.fault(&path, None, None, What::Consistency);
            }
        }
        self.report.anchors.sort_by_key(|anchor| anchor.at);
    }
}

/// Digests of the files that a record's canonical text names.
fn files_of(line: &[u8]) -> Vec<Digest> {
    // Few records have files, and reading JSON is slower than hashing it: look for the word first.
    if memchr::memmem::find(line, br#""sha256":""#).is_none() {
        return Vec::new();
    }
    let Ok(record) = serde_json::from_slice::<serde_json::Value>(line) else { return Vec::new() };
    let files = record.pointer("/data/files").and_then(serde_json::Value::as_array);
    files.into_iter().flatten().filter_map(|file| file.get("sha256")?.as_str()?.parse().ok()).collect()
}

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use super::bag::{is_clean, read_manifest};
use super::key::read_key_pem;
use super::lines::{ChainLine, Proof, read_chain_line, read_consistency, read_masked_line};
use super::{
    ANCHORS, BAGIT, BAGIT_TEXT, CHAIN, HEAD, HEAD_SIGNATURE, KEY, MANIFEST, ORIGINAL_RECORDS, ORIGINALS,
    PackFault, PackFaultKind as What, PackSource, RECORDS, SEAL, STATEMENT, Statement, TAG_MANIFEST,
};
use crate::merkle::{Tree, includes};
use crate::proofs::extends;
use crate::stamp::Stamp;
use crate::{Digest, Head, Link, SignedHead, chain, head};

/// What a check of a pack found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackReport {
    /// The head everything is proved against, when its signature holds.
    pub head: Option<Head>,
    /// What the pack says about itself.
    pub statement: Option<Statement>,
    /// SHA-256 of the key that sealed it: compare it with one learnt elsewhere.
    pub key: Option<Digest>,
    /// Records that were held against their leaves and proofs.
    pub records: u64,
    /// Files that were read.
    pub files: u64,
    /// Bytes that were read.
    pub bytes: u64,
    /// Outside anchors whose form, digest and place hold; the authority's signature is for `openssl ts`.
    pub anchors: Vec<AnchorReport>,
    /// Everything that does not hold, the most telling first; at most a hundred.
    pub faults: Vec<PackFault>,
}

/// An outside anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnchorReport {
    /// Its folder.
    pub path: String,
    /// It covers the entries up to this number.
    pub entries: u64,
    /// When the authority saw it.
    pub at: DateTime<Utc>,
    /// What the authority calls itself.
    pub authority: Option<String>,
}

impl PackReport {
    /// True when nothing at all was found.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Files that are read into memory are never larger.
const SMALL_MAX: usize = 64 * 1024 * 1024;
/// No line is longer.
const LINE_MAX: usize = 16 * 1024 * 1024;
const FAULTS_MAX: usize = 100;

/// Checks everything a pack promises, each file read once: from the seal over the manifests and digests to every
/// record's proof against the signed head. Nothing in the pack is believed before it is checked.
pub fn verify(source: &mut dyn PackSource) -> PackReport {
    let mut check = Check::new(source);
    check.list();
    check.seal();
    check.tags();
    check.head();
    check.chain();
    check.payload();
    check.records();
    check.anchors();
    check.report
}

struct Check<'a> {
    source: &'a mut dyn PackSource,
    report: PackReport,
    paths: BTreeSet<String>,
    key: Option<[u8; 32]>,
    manifest: BTreeMap<String, (Digest, u64)>,
    // What chain.jsonl proves: number and leaf, line by line.
    proved: Vec<(u64, Digest)>,
    found: BTreeMap<String, Digest>,
    named: Vec<(u64, Digest)>,
}

impl<'a> Check<'a> {
    fn new(source: &'a mut dyn PackSource) -> Self {
        let report = PackReport {
            head: None,
            statement: None,
            key: None,
            records: 0,
            files: 0,
            bytes: 0,
            anchors: Vec::new(),
            faults: Vec::new(),
        };
        Self {
            source,
            report,
            paths: BTreeSet::new(),
            key: None,
            manifest: BTreeMap::new(),
            proved: Vec::new(),
            found: BTreeMap::new(),
            named: Vec::new(),
        }
    }

    fn fault(&mut self, path: &str, line: Option<u64>, entry: Option<u64>, what: What) {
        if self.report.faults.len() < FAULTS_MAX {
            self.report.faults.push(PackFault { path: path.to_owned(), line, entry, what });
        }
    }

    fn list(&mut self) {
        match self.source.entries() {
            Err(why) => self.fault("", None, None, What::Unreadable(why)),
            Ok(entries) => {
                for entry in entries {
                    let what = if !is_clean(&entry.path) {
                        What::UnsafeName
                    } else if !entry.plain {
                        What::NotPlain
                    } else if !self.paths.insert(entry.path.clone()) {
                        What::Extra
                    } else {
                        continue;
                    };
                    self.fault(&entry.path, None, None, what);
                }
            }
        }
    }

    /// Reads a file to its end, past the digest to `take`. `None` with the fault noted when that fails.
    fn pass(&mut self, path: &str, take: &mut dyn FnMut(&[u8])) -> Option<Digest> {
        if !self.paths.contains(path) {
            self.fault(path, None, None, What::Missing);
            return None;
        }
        let (mut digest, mut bytes) = (Sha256::new(), 0);
        let read = self.source.read(path, &mut |piece| {
            digest.update(piece);
            bytes += piece.len() as u64;
            take(piece);
        });
        self.report.files += 1;
        self.report.bytes += bytes;
        match read {
            Ok(()) => Some(Digest(digest.finalize().into())),
            Err(why) => {
                self.fault(path, None, None, What::Unreadable(why));
                None
            }
        }
    }

    /// A small file's bytes, its digest noted.
    fn small(&mut self, path: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let mut over = false;
        let digest = self.pass(path, &mut |piece| {
            over |= bytes.len() + piece.len() > SMALL_MAX;
            if !over {
                bytes.extend_from_slice(piece);
            }
        })?;
        self.found.insert(path.to_owned(), digest);
        if over {
            self.fault(path, None, None, What::TooLarge);
            return None;
        }
        Some(bytes)
    }

    /// The vault's signature over the manifest of manifests.
    fn seal(&mut self) {
        let key = self.small(KEY);
        let seal = self.small(SEAL);
        let sealed = self.small(TAG_MANIFEST);
        let (Some(key), Some(seal), Some(sealed)) = (key, seal, sealed) else { return };
        self.key = read_key_pem(&key);
        self.report.key = self.key.map(|key| chain::sha256(&[&key]));
        match self.key {
            None => self.fault(KEY, None, None, What::Form),
            Some(key) => {
                let fits = seal.as_slice().try_into().is_ok_and(|seal| head::signs(&key, &sealed, seal));
                if !fits {
                    self.fault(SEAL, None, None, What::Seal);
                }
            }
        }
        match read_manifest(&sealed) {
            Ok(listed) => self.manifest = listed,
            Err(line) => self.fault(TAG_MANIFEST, Some(line), None, What::Form),
        }
    }

    /// Everything outside `data/` against the manifest of manifests; then the manifest itself is believed.
    fn tags(&mut self) {
        let listed = std::mem::take(&mut self.manifest);
        let outside: Vec<String> =
            self.paths.iter().filter(|path| !path.starts_with("data/")).cloned().collect();
        for path in outside.iter().filter(|path| *path != SEAL && *path != TAG_MANIFEST) {
            if !listed.contains_key(path) {
                self.fault(path, None, None, What::Extra);
            }
        }
        for (path, (digest, _)) in &listed {
            match self.found.get(path) {
                Some(found) if found == digest => {}
                Some(_) => self.fault(path, None, None, What::Digest),
                None => match self.small(path) {
                    Some(bytes) if chain::sha256(&[&bytes]) != *digest => {
                        self.fault(path, None, None, What::Digest);
                        self.tag(path, &bytes);
                    }
                    Some(bytes) => self.tag(path, &bytes),
                    None => {}
                },
            }
        }
        for path in [MANIFEST, BAGIT, KEY] {
            if !listed.contains_key(path) {
                self.fault(TAG_MANIFEST, None, None, What::FileMissing(path.to_owned()));
            }
        }
    }

    fn tag(&mut self, path: &str, bytes: &[u8]) {
        if path == BAGIT && bytes != BAGIT_TEXT.as_bytes() {
            self.fault(path, None, None, What::Form);
        }
        if path == MANIFEST {
            match read_manifest(bytes) {
                Ok(listed) => self.manifest = listed,
                Err(line) => self.fault(path, Some(line), None, What::Form),
            }
        }
    }

    fn head(&mut self) {
        if let Some(bytes) = self.small(STATEMENT) {
            self.report.statement = Statement::read(&bytes);
            if self.report.statement.is_none() {
                self.fault(STATEMENT, None, None, What::Form);
            }
        }
        self.report.head = self.signed(HEAD, HEAD_SIGNATURE);
    }

    fn signed(&mut self, path: &str, signature: &str) -> Option<Head> {
        let (bytes, by) = (self.small(path)?, self.small(signature)?);
        let read = self.key.zip(by.as_slice().try_into().ok());
        let head = read.and_then(|(key, by)| SignedHead::read(&bytes, by, &key).ok());
        if head.is_none() {
            self.fault(path, None, None, What::HeadSignature);
        }
        head.map(|signed| signed.head)
    }

    /// Every line of the chain against the head.
    fn chain(&mut self) {
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
    fn payload(&mut self) {
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
    fn records(&mut self) {
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

    fn anchors(&mut self) {
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

    fn noted(&mut self, path: &str, digest: Option<Digest>) {
        if let Some(digest) = digest {
            self.found.insert(path.to_owned(), digest);
        }
    }

    /// Hands every line to `take` with its number, without its end; a last line without one is malformed.
    fn lines(&mut self, path: &str, take: &mut dyn FnMut(u64, &[u8])) -> Option<Digest> {
        let (mut rest, mut number, mut over) = (Vec::new(), 0, false);
        let digest = self.pass(path, &mut |piece| {
            let mut piece = piece;
            while let Some(end) = memchr::memchr(b'\n', piece) {
                let (line, after) = piece.split_at(end);
                number += 1;
                if rest.is_empty() {
                    take(number, line);
                } else {
                    rest.extend_from_slice(line);
                    take(number, &rest);
                    rest.clear();
                }
                piece = after.get(1..).unwrap_or_default();
            }
            over |= rest.len() + piece.len() > LINE_MAX;
            if !over {
                rest.extend_from_slice(piece);
            }
        })?;
        if over {
            self.fault(path, Some(number + 1), None, What::TooLarge);
        } else if !rest.is_empty() {
            self.fault(path, Some(number + 1), None, What::Form);
        }
        Some(digest)
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

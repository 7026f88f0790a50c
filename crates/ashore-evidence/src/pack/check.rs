use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};

use super::bag::{is_clean, read_manifest};
use super::key::read_key_pem;
use super::{
    BAGIT, BAGIT_TEXT, HEAD, HEAD_SIGNATURE, KEY, MANIFEST, PackFault, PackFaultKind as What, PackSource,
    SEAL, STATEMENT, Statement, TAG_MANIFEST,
};
use crate::{Digest, Head, SignedHead, chain, head};

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
    /// SHA-256 of the head it saw.
    pub digest: Digest,
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

pub(super) struct Check<'a> {
    pub(super) source: &'a mut dyn PackSource,
    pub(super) report: PackReport,
    pub(super) paths: BTreeSet<String>,
    key: Option<[u8; 32]>,
    pub(super) manifest: BTreeMap<String, (Digest, u64)>,
    // What chain.jsonl proves: number and leaf, line by line.
    pub(super) proved: Vec<(u64, Digest)>,
    pub(super) found: BTreeMap<String, Digest>,
    pub(super) named: Vec<(u64, Digest)>,
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

    pub(super) fn fault(&mut self, path: &str, line: Option<u64>, entry: Option<u64>, what: What) {
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
    pub(super) fn pass(&mut self, path: &str, take: &mut dyn FnMut(&[u8])) -> Option<Digest> {
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
    pub(super) fn small(&mut self, path: &str) -> Option<Vec<u8>> {
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

    pub(super) fn signed(&mut self, path: &str, signature: &str) -> Option<Head> {
        let (bytes, by) = (self.small(path)?, self.small(signature)?);
        let read = self.key.zip(by.as_slice().try_into().ok());
        let head = read.and_then(|(key, by)| SignedHead::read(&bytes, by, &key).ok());
        if head.is_none() {
            self.fault(path, None, None, What::HeadSignature);
        }
        head.map(|signed| signed.head)
    }

    pub(super) fn noted(&mut self, path: &str, digest: Option<Digest>) {
        if let Some(digest) = digest {
            self.found.insert(path.to_owned(), digest);
        }
    }

    /// Hands every line to `take` with its number, without its end; a last line without one is malformed.
    pub(super) fn lines(&mut self, path: &str, take: &mut dyn FnMut(u64, &[u8])) -> Option<Digest> {
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

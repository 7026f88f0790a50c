use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use ashore_domain::{AttachmentId, Custody, CustodyAction, Fact, LoanId};
use ashore_evidence::pack::{self, Masker, Statement};
use ashore_evidence::proofs::Proofs;
use ashore_evidence::{Digest, Head, Link, SignedHead, digest_of};
use ashore_vault::{FactEntry, VaultError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;

use super::choose::{Chosen, choose};
use super::index::{self, Row};
use super::index_pdf;
use super::names::safe_name;
use super::outgoing::{Hashing, Outgoing, must_be_free, refused};
use super::pack_archive;
use crate::ended::{OnBytes, Steps};
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id};

/// What a pack should hold.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ExportPackRequest {
    /// The loans it is about; none means everything.
    #[serde(default)]
    pub loan_ids: Vec<String>,
    /// Records as derived copies with third persons masked, and digests instead of originals. Derived files (redactions,
    /// transcripts, crops) go along: texts masked like the records, others as the borrower made them.
    #[serde(default)]
    pub masked: bool,
    /// In a masked pack, the originals all the same. An unmasked pack always holds them.
    #[serde(default)]
    pub originals: bool,
    /// Also one archive of the same.
    #[serde(default)]
    pub zip: bool,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PackView {
    /// The folder; absent when only an archive was asked for.
    pub path: Option<String>,
    /// The archive, when asked for.
    pub zip: Option<String>,
    /// Records in it, as text.
    pub records: String,
    /// Records of these that also name a loan that was not chosen, as text.
    pub also_of_others: String,
    /// Attached files in it, as text.
    pub files: String,
    /// Derived copies among these, in a pack without originals, as text.
    pub derived: String,
    /// Size of everything, in bytes, as text.
    pub bytes: String,
    /// Entries of the chain the pack's head covers, as text.
    pub entries: String,
    /// The chain's head, in hex.
    pub head: String,
    /// SHA-256 of the manifests the seal signs, in hex; the ledger keeps it too.
    pub seal: String,
    /// Third persons are masked.
    pub masked: bool,
    /// Originals are in it.
    pub originals: bool,
    /// Outside anchors in it.
    pub anchors: u32,
    /// The instant of the earliest outside anchor, when there is one: since then "unchanged" is proved towards others.
    pub unchanged_since: Option<String>,
}

impl PackView {
    /// The same with names instead of places: a page never learns where files lie.
    #[must_use]
    pub fn named(self) -> Self {
        Self { path: self.path.map(|path| named(&path)), zip: self.zip.map(|path| named(&path)), ..self }
    }
}

/// The last part of a path.
pub(super) fn named(path: &str) -> String {
    Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned())
}

impl App<Unlocked> {
    /// Writes a pack to `target`, an empty or absent folder: whole or not at all. The ledger says so, before the pack
    /// stands in its place, so that none exists that the ledger does not know. `told` hears how far it is and answers
    /// whether to go on.
    ///
    /// # Errors
    /// Something is at the place already, a loan is unknown, the chain is broken, a stored file is damaged, the disk
    /// refuses, or `told` said no. Nothing is left at the place then.
    pub fn export_pack(
        &mut self,
        request: &ExportPackRequest,
        target: &Path,
        told: OnBytes<'_>,
    ) -> Result<PackView, AppError> {
        let only_zip = target.extension().is_some_and(|ending| ending == "zip");
        let archive = (request.zip || only_zip).then(|| zip_beside(target));
        if let Some(archive) = &archive {
            must_be_free(archive)?;
        }
        let loans = self.chosen_loans(&request.loan_ids)?;
        let now = self.clock.now();
        let head = self.state.vault.head()?;
        let chosen = choose(&self.state.vault, &loans, told)?;
        let mut making = Making {
            app: self,
            chosen: &chosen,
            head: &head,
            masked: request.masked,
            originals: request.originals || !request.masked,
            out: Outgoing::begin(target)?,
            absent: Vec::new(),
            rows: Vec::new(),
            files: 0,
            derived: 0,
        };
        making.records(told)?;
        making.attached(told)?;
        let anchors = making.anchors()?;
        let statement = Statement {
            made_at: now,
            entries: chosen.count,
            whole: chosen.entries.is_none(),
            masked: making.masked,
            originals: making.originals,
            loans: loans.iter().map(ToString::to_string).collect(),
            absent: making.absent.clone(),
            anchors: anchors.0.into(),
        };
        let seal = making.close(&statement)?;
        let Making { out, masked, originals, files, derived, .. } = making;
        let view = PackView {
            path: (!only_zip).then(|| target.to_string_lossy().into_owned()),
            zip: archive.as_ref().map(|path| path.to_string_lossy().into_owned()),
            records: chosen.count.to_string(),
            also_of_others: chosen.also_of_others.to_string(),
            files: files.to_string(),
            derived: derived.to_string(),
            bytes: out.bytes.to_string(),
            entries: head.head.n.to_string(),
            head: head.head.h.to_string(),
            seal: seal.to_string(),
            masked,
            originals,
            anchors: anchors.0,
            unchanged_since: anchors.1,
        };
        let zipped = archive.map(|path| pack_archive::write(out.folder(), &path, told)).transpose()?;
        let custody = Custody {
            action: CustodyAction::PackExported,
            loans: loans.into_iter().collect(),
            records: chosen.records,
            masked,
            originals,
            seal: Some(seal.0),
        };
        self.state.vault.append(&[Fact::Custody(custody)], Vec::new(), now)?;
        if !only_zip {
            out.settle()?;
        }
        zipped.map_or(Ok(()), pack_archive::Zipped::settle)?;
        Ok(view)
    }

    fn chosen_loans(&self, ids: &[String]) -> Result<BTreeSet<LoanId>, AppError> {
        let known = self.loan_names()?;
        ids.iter()
            .map(|text| {
                let loan: LoanId = id::parse("loan_ids", text)?;
                if known.contains_key(&loan) {
                    return Ok(loan);
                }
                let message = format!("no loan is known by the id {loan}");
                Err(AppError::field(ErrorCode::NotFound, "loan_ids", message))
            })
            .collect()
    }
}

fn zip_beside(target: &Path) -> PathBuf {
    if target.extension().is_some_and(|ending| ending == "zip") {
        return target.to_owned();
    }
    let mut name = target.as_os_str().to_owned();
    name.push(".zip");
    PathBuf::from(name)
}

struct Making<'a> {
    app: &'a App<Unlocked>,
    chosen: &'a Chosen,
    head: &'a SignedHead,
    masked: bool,
    originals: bool,
    out: Outgoing,
    absent: Vec<Digest>,
    rows: Vec<Row>,
    files: u64,
    derived: u64,
}

/// A longer text is no transcript; it goes along as its bytes only where originals do.
const MOST_MASKED: u64 = 4 << 20;

impl Making<'_> {
    /// Records with their proofs, line beside line.
    fn records(&mut self, told: OnBytes<'_>) -> Result<(), AppError> {
        let vault = &self.app.state.vault;
        let masker = self.masker();
        let proofs: Option<Proofs> = self
            .chosen
            .entries
            .is_some()
            .then(|| vault.leaves())
            .transpose()?
            .map(|l| l.into_iter().collect());
        let file = |path: &str| self.out.create(path).map(Hashing::new).map_err(refused);
        let (mut records, mut chain) = (file(pack::RECORDS)?, file(pack::CHAIN)?);
        let mut unmasked =
            (self.masked && self.originals).then(|| file(pack::ORIGINAL_RECORDS)).transpose()?;
        let rows = &mut self.rows;
        let mut steps = Steps::default();
        vault.each_fact(|FactEntry { entry, body, fact, .. }| -> Result<(), AppError> {
            steps.step(told)?;
            if self.chosen.entries.as_ref().is_some_and(|chosen| !chosen.contains(&entry.seq)) {
                return Ok(());
            }
            let odd = |_| AppError::from(VaultError::DatabaseDamaged);
            let record: Value = serde_json::from_slice(&body).map_err(|_| VaultError::DatabaseDamaged)?;
            let shown = if self.masked { masker.record(&record) } else { record };
            let line = if self.masked {
                pack::masked_line(entry.seq, entry.leaf, &shown).map_err(odd)?
            } else {
                body.clone()
            };
            let proof = match &proofs {
                None => pack::whole_line(Link { n: entry.seq, h: entry.chain }, entry.leaf),
                Some(proofs) => {
                    let place = usize::try_from(entry.seq - 1).unwrap_or(usize::MAX);
                    let path = proofs.inclusion(place).ok_or(VaultError::DatabaseDamaged)?;
                    pack::chosen_line(entry.seq, entry.leaf, &path)
                }
            };
            let write = |to: &mut Hashing, line: &[u8]| {
                to.write_all(line).and_then(|()| to.write_all(b"\n")).map_err(refused)
            };
            write(&mut records, &line)?;
            write(&mut chain, &proof.map_err(odd)?)?;
            if let Some(unmasked) = &mut unmasked {
                write(unmasked, &body)?;
            }
            rows.push(Row::of(entry.seq, entry.leaf, &fact, &shown));
            Ok(())
        })?;
        self.out.close(pack::RECORDS, records)?;
        self.out.close(pack::CHAIN, chain)?;
        if let Some(unmasked) = unmasked {
            self.out.close(pack::ORIGINAL_RECORDS, unmasked)?;
        }
        Ok(())
    }

    fn masker(&self) -> Masker {
        let third: Vec<Vec<&str>> =
            self.chosen.third_persons.iter().map(|p| p.iter().map(String::as_str).collect()).collect();
        Masker::new(third, self.chosen.kept.iter().map(String::as_str))
    }

    /// In a masked pack: the copies that the borrower derived, and no original. What stands in pictures and recordings
    /// cannot be masked here; texts can.
    fn derived(&mut self, told: OnBytes<'_>) -> Result<(), AppError> {
        let masker = self.masker();
        let copies: Vec<_> = self.chosen.files.iter().filter(|(_, file)| !file.original).collect();
        let total = copies.iter().map(|(_, file)| file.bytes).sum();
        for (place, (seq, file)) in copies.into_iter().enumerate() {
            let words = file.mime.starts_with("text/");
            if words && file.bytes > MOST_MASKED {
                continue;
            }
            let mut source = match self.app.state.vault.read_attachment(file.attachment) {
                Ok(source) => source,
                Err(VaultError::UnknownAttachment(_) | VaultError::AttachmentRemoved(_)) => continue,
                Err(error) => return Err(error.into()),
            };
            let path = format!("{}{seq:06}-{}-{}", pack::DERIVED, place + 1, safe_name(file, true));
            if words {
                let mut text = Vec::new();
                source.read_to_end(&mut text).map_err(refused)?;
                self.out.write(&path, masker.text(&String::from_utf8_lossy(&text)).as_bytes())?;
            } else if self.out.put(&path, &mut source, told, total)?.0 != file.sha256 {
                return Err(VaultError::ObjectDamaged(file.attachment).into());
            }
            self.files += 1;
            self.derived += 1;
            self.note(file.attachment, &path);
        }
        Ok(())
    }

    /// Attached files, each once.
    fn attached(&mut self, told: OnBytes<'_>) -> Result<(), AppError> {
        if !self.originals {
            return self.derived(told);
        }
        let total = self.chosen.files.iter().map(|(_, file)| file.bytes).sum();
        for (place, (seq, file)) in self.chosen.files.iter().enumerate() {
            match self.app.state.vault.read_attachment(file.attachment) {
                Ok(mut source) => {
                    let path =
                        format!("{}{seq:06}-{}-{}", pack::ORIGINALS, place + 1, safe_name(file, self.masked));
                    let digest = self.out.put(&path, &mut source, told, total)?;
                    if digest.0 != file.sha256 {
                        return Err(VaultError::ObjectDamaged(file.attachment).into());
                    }
                    self.files += 1;
                    self.note(file.attachment, &path);
                }
                Err(VaultError::UnknownAttachment(_) | VaultError::AttachmentRemoved(_)) => {
                    self.absent.push(Digest(file.sha256))
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    fn note(&mut self, attachment: AttachmentId, path: &str) {
        let attachment = attachment.to_string();
        for file in self.rows.iter_mut().flat_map(|row| &mut row.files) {
            if file.attachment == attachment {
                file.path = path.strip_prefix("data/").map(str::to_owned);
            }
        }
    }

    /// Outside anchors with the proofs that their heads are earlier states of this one.
    fn anchors(&mut self) -> Result<(u32, Option<String>), AppError> {
        let vault = &self.app.state.vault;
        let anchors = vault.anchors()?;
        let Some(first) = anchors.first() else { return Ok((0, None)) };
        let proofs: Proofs = vault.leaves()?.into_iter().collect();
        let mut count = 0;
        for anchor in &anchors {
            let earlier = Head::read(&anchor.head).map_err(|_| VaultError::DatabaseDamaged)?;
            let earlier = usize::try_from(earlier.n).ok().and_then(|n| proofs.consistency(n));
            let path = pack::consistency(&earlier.ok_or(VaultError::DatabaseDamaged)?);
            let path = path.map_err(|_| VaultError::DatabaseDamaged)?;
            count += 1;
            let folder = format!("{}{count:04}/", pack::ANCHORS);
            self.out.write(&format!("{folder}head.json"), &anchor.head)?;
            self.out.write(&format!("{folder}head.json.sig"), &anchor.signature)?;
            self.out.write(&format!("{folder}head.json.tsr"), &anchor.response)?;
            self.out.write(&format!("{folder}consistency.json"), &path)?;
        }
        Ok((count, Some(first.stamped_at.with_timezone(&crate::clock::shanghai()).to_rfc3339())))
    }

    /// Everything that speaks about the rest, the seal last.
    fn close(&mut self, statement: &Statement) -> Result<Digest, AppError> {
        let bytes = statement.to_bytes().ok_or(VaultError::DatabaseDamaged)?;
        let rows = index::in_order(&self.rows);
        let paper = index_pdf::page(&rows, statement, &self.head.head);
        let page = index::page(&rows, statement, &self.head.head, paper.is_some());
        self.out.write(pack::STATEMENT, &bytes)?;
        self.out.write(pack::HEAD, &self.head.bytes)?;
        self.out.write(pack::HEAD_SIGNATURE, &self.head.signature)?;
        self.out.write(pack::INDEX, page.as_bytes())?;
        if let Some(paper) = paper {
            self.out.write(pack::INDEX_PDF, &paper)?;
        }
        let inside = self.out.digests.len() as u64;
        let info = pack::bag_info(statement, &self.head.head, self.out.bytes, inside);
        let manifest = self.out.manifest(true);
        self.out.write(pack::BAGIT, pack::BAGIT_TEXT.as_bytes())?;
        self.out.write(pack::BAG_INFO, info.as_bytes())?;
        self.out.write(pack::KEY, pack::key_pem(&self.head.public_key).as_bytes())?;
        self.out.write(pack::VERIFY_TEXT, pack::VERIFY_TEXT_BYTES.as_bytes())?;
        self.out.write(pack::VERIFY_SCRIPT, pack::VERIFY_SCRIPT_BYTES.as_bytes())?;
        self.out.write(pack::MANIFEST, manifest.as_bytes())?;
        let manifests = self.out.manifest(false);
        let seal = self.app.state.vault.seal(manifests.as_bytes())?;
        self.out.write(pack::TAG_MANIFEST, manifests.as_bytes())?;
        self.out.write(pack::SEAL, &seal)?;
        self.out.sync()?;
        Ok(digest_of(manifests.as_bytes()))
    }
}

use std::path::Path;

use ashore_evidence::pack::{PackFault, PackReport, verify};
use serde::Serialize;
use specta::Type;

use super::anchor::AnchorView;
use super::pack_archive::PackArchive;
use super::pack_folder::PackFolder;
use crate::clock::shanghai;
use crate::{AppError, ErrorCode};

/// What the check of a pack found. No vault is needed for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PackVerdict {
    /// Nothing at all was found.
    pub whole: bool,
    /// The first thing that does not hold, in a sentence that names its place.
    pub first_break: Option<String>,
    /// Everything that does not hold; at most a hundred.
    pub faults: Vec<PackFaultView>,
    /// Records that were held against their proofs, as text.
    pub records: String,
    /// Files that were read, as text.
    pub files: String,
    /// Bytes that were read, as text.
    pub bytes: String,
    /// Entries the head covers, as text.
    pub entries: Option<String>,
    /// The head, in hex.
    pub head: Option<String>,
    /// SHA-256 of the key that sealed it, in hex: compare it with one learnt elsewhere.
    pub key: Option<String>,
    /// Third persons are masked in it.
    pub masked: bool,
    /// When it says it was made.
    pub made_at: Option<String>,
    /// Outside anchors whose form, digest and place hold, the earliest first.
    pub anchors: Vec<AnchorView>,
    /// What it proves, in a sentence.
    pub proves: String,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PackFaultView {
    /// The file.
    pub path: String,
    /// The line in it, from 1, as text.
    pub line: Option<String>,
    /// The entry's number in the chain, as text.
    pub entry: Option<String>,
    /// What does not hold, as a code.
    pub code: String,
    /// The sentence.
    pub message: String,
}

/// Checks a pack in a folder or an archive, each file read once, nothing unpacked, nothing believed before it is checked.
///
/// # Errors
/// There is nothing at `path`. Whatever is there gets a verdict.
pub fn verify_pack(path: &Path) -> Result<PackVerdict, AppError> {
    let found = std::fs::metadata(path).map_err(|error| {
        AppError::field(ErrorCode::FileUnreadable, "pack", format!("the pack could not be opened: {error}"))
    })?;
    let report = if found.is_dir() {
        verify(&mut PackFolder::new(path))
    } else {
        match PackArchive::open(path) {
            Ok(mut archive) => verify(&mut archive),
            Err(why) => return Ok(PackVerdict::no_archive(&why)),
        }
    };
    Ok(PackVerdict::of(&report))
}

impl PackVerdict {
    fn no_archive(why: &str) -> Self {
        let message = format!("the archive cannot be read: {why}");
        let fault = PackFaultView {
            path: String::new(),
            line: None,
            entry: None,
            code: "no_archive".to_owned(),
            message: message.clone(),
        };
        Self {
            whole: false,
            first_break: Some(message),
            faults: vec![fault],
            records: "0".to_owned(),
            files: "0".to_owned(),
            bytes: "0".to_owned(),
            entries: None,
            head: None,
            key: None,
            masked: false,
            made_at: None,
            anchors: Vec::new(),
            proves: NOTHING.to_owned(),
        }
    }

    fn of(report: &PackReport) -> Self {
        let statement = report.statement.as_ref();
        let proves = match report.anchors.first() {
            _ if !report.is_whole() => NOTHING.to_owned(),
            None => "It is unchanged since it was made. There is no outside anchor, so towards others it does not show \
                     when that was."
                .to_owned(),
            Some(first) => format!(
                "Entries up to number {} are unchanged since {}, if the authority's signature holds (openssl ts).",
                first.entries,
                first.at.with_timezone(&shanghai()).to_rfc3339()
            ),
        };
        Self {
            whole: report.is_whole(),
            first_break: report.faults.first().map(ToString::to_string),
            faults: report.faults.iter().map(PackFaultView::of).collect(),
            records: report.records.to_string(),
            files: report.files.to_string(),
            bytes: report.bytes.to_string(),
            entries: report.head.as_ref().map(|head| head.n.to_string()),
            head: report.head.as_ref().map(|head| head.h.to_string()),
            key: report.key.map(|key| key.to_string()),
            masked: statement.is_some_and(|statement| statement.masked),
            made_at: statement.map(|statement| statement.made_at.to_rfc3339()),
            anchors: report
                .anchors
                .iter()
                .map(|anchor| AnchorView {
                    entries: anchor.entries.to_string(),
                    stamped_at: anchor.at.with_timezone(&shanghai()).to_rfc3339(),
                    authority: anchor.authority.clone(),
                    digest: anchor.digest.to_string(),
                })
                .collect(),
            proves,
        }
    }
}

impl PackFaultView {
    fn of(fault: &PackFault) -> Self {
        Self {
            path: fault.path.clone(),
            line: fault.line.map(|line| line.to_string()),
            entry: fault.entry.map(|entry| entry.to_string()),
            code: fault.what.code().to_owned(),
            message: fault.to_string(),
        }
    }
}

const NOTHING: &str = "It proves nothing as it is.";

use ashore_domain::AttachmentId;
use ashore_evidence::{Digest, canonical};
use chrono::{DateTime, FixedOffset, Utc};
use serde_json::{Value, json};

use super::BackupError;
use crate::Counts;

/// What is in a backup. From [`super::verify_backup`] and from making one, everything in it was proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupSummary {
    /// When it was made.
    pub made_at: DateTime<FixedOffset>,
    /// Identity of the vault.
    pub vault: String,
    /// When that vault was created.
    pub vault_created_at: DateTime<Utc>,
    /// Version of its database schema.
    pub schema_version: u32,
    /// How much it holds.
    pub counts: Counts,
    /// The chain's hash at the last fact.
    pub head: Digest,
    /// Size of the database, in bytes.
    pub database_bytes: u64,
    /// Size of all attached files as encrypted, in bytes.
    pub object_bytes: u64,
    /// Attached files that were not whole when it was made, and so are not in it.
    pub left_out: Vec<LeftOut>,
}

/// An attached file that could not be saved because it was not whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeftOut {
    /// Which.
    pub attachment: AttachmentId,
    /// True when it was gone, false when it was changed.
    pub missing: bool,
}

/// One file inside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inside {
    pub(super) path: String,
    pub(super) bytes: u64,
    pub(super) sha256: [u8; 32],
}

pub(super) const FORMAT: u32 = 1;

/// The manifest as canonical JSON.
pub(super) fn write(summary: &BackupSummary, files: &[Inside]) -> Result<Vec<u8>, BackupError> {
    let c = &summary.counts;
    let value = json!({
        "format": FORMAT,
        "made_at": canonical::instant(summary.made_at),
        "vault": summary.vault,
        "vault_created_at": canonical::instant(summary.vault_created_at.fixed_offset()),
        "schema": summary.schema_version,
        "head": summary.head.to_string(),
        "counts": {
            "facts": c.facts, "parties": c.parties, "loans": c.loans, "payments": c.payments,
            "evidence": c.evidence, "proposals": c.proposals, "agreements": c.agreements,
            "attachments": c.attachments,
        },
        "database_bytes": summary.database_bytes,
        "object_bytes": summary.object_bytes,
        "left_out": summary.left_out.iter()
            .map(|l| json!({ "attachment": l.attachment.to_string(), "missing": l.missing }))
            .collect::<Vec<_>>(),
        "files": files.iter()
            .map(|f| json!({ "path": f.path, "bytes": f.bytes, "sha256": Digest(f.sha256).to_string() }))
            .collect::<Vec<_>>(),
    });
    canonical::to_bytes(&value).map_err(|error| BackupError::damaged(error.to_string()))
}

/// What a manifest says. It must be in its canonical form, and written anew give the same bytes.
pub(super) fn read(bytes: &[u8]) -> Result<(BackupSummary, Vec<Inside>), BackupError> {
    let unreadable = || BackupError::damaged("its manifest cannot be read");
    let value = canonical::read(bytes).ok_or_else(unreadable)?;
    let format = value.get("format").and_then(number).ok_or_else(unreadable)?;
    if format > u64::from(FORMAT) {
        let found = u32::try_from(format).unwrap_or(u32::MAX);
        return Err(BackupError::Newer { found, known: FORMAT });
    }
    let (summary, files) = parse(&value).ok_or_else(unreadable)?;
    if write(&summary, &files)? == bytes { Ok((summary, files)) } else { Err(unreadable()) }
}

fn number(value: &Value) -> Option<u64> {
    value.as_u64()
}

fn parse(value: &Value) -> Option<(BackupSummary, Vec<Inside>)> {
    let text = |name: &str| value.get(name)?.as_str();
    let count = |name: &str| value.get("counts")?.get(name)?.as_u64();
    let counts = Counts {
        facts: count("facts")?,
        parties: count("parties")?,
        loans: count("loans")?,
        payments: count("payments")?,
        evidence: count("evidence")?,
        proposals: count("proposals")?,
        agreements: count("agreements")?,
        attachments: count("attachments")?,
    };
    let left_out = value.get("left_out")?.as_array()?.iter().map(|l| {
        Some(LeftOut {
            attachment: l.get("attachment")?.as_str()?.parse().ok()?,
            missing: l.get("missing")?.as_bool()?,
        })
    });
    let files = value.get("files")?.as_array()?.iter().map(|f| {
        Some(Inside {
            path: f.get("path")?.as_str()?.to_owned(),
            bytes: f.get("bytes")?.as_u64()?,
            sha256: f.get("sha256")?.as_str()?.parse::<Digest>().ok()?.0,
        })
    });
    let summary = BackupSummary {
        made_at: canonical::read_instant(text("made_at")?)?,
        vault: text("vault")?.to_owned(),
        vault_created_at: canonical::read_instant(text("vault_created_at")?)?.to_utc(),
        schema_version: value.get("schema")?.as_u64()?.try_into().ok()?,
        counts,
        head: text("head")?.parse().ok()?,
        database_bytes: value.get("database_bytes")?.as_u64()?,
        object_bytes: value.get("object_bytes")?.as_u64()?,
        left_out: left_out.collect::<Option<_>>()?,
    };
    Some((summary, files.collect::<Option<_>>()?))
}

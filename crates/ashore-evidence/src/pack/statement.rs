use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use crate::{Digest, canonical};

/// What a pack says about itself, canonical in `data/pack.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// When it was made.
    pub made_at: DateTime<FixedOffset>,
    /// Number of records.
    pub entries: u64,
    /// All entries of the vault up to the head are there.
    pub whole: bool,
    /// Records are derived copies with third persons masked.
    pub masked: bool,
    /// The originals' bytes are there.
    pub originals: bool,
    /// Identifiers of the loans it is about; none when it is whole.
    pub loans: Vec<String>,
    /// Files that records name and that the vault no longer has.
    pub absent: Vec<Digest>,
    /// Number of outside anchors.
    pub anchors: u64,
}

impl Statement {
    /// Canonical bytes; `None` when the instant has no RFC 3339 text.
    #[must_use]
    pub fn to_bytes(&self) -> Option<Vec<u8>> {
        canonical::to_bytes(&json!({
            "v": 1,
            "made_at": canonical::instant(self.made_at)?,
            "entries": self.entries,
            "whole": self.whole,
            "masked": self.masked,
            "originals": self.originals,
            "loans": self.loans,
            "absent": self.absent.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "anchors": self.anchors,
        }))
        .ok()
    }

    /// The statement of canonical bytes.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let value = canonical::read(bytes)?;
        let flag = |name: &str| value.get(name).and_then(Value::as_bool);
        let texts = |name: &str| -> Option<Vec<String>> {
            value.get(name)?.as_array()?.iter().map(|text| text.as_str().map(str::to_owned)).collect()
        };
        let statement = Self {
            made_at: canonical::read_instant(value.get("made_at")?.as_str()?)?,
            entries: value.get("entries")?.as_u64()?,
            whole: flag("whole")?,
            masked: flag("masked")?,
            originals: flag("originals")?,
            loans: texts("loans")?,
            absent: texts("absent")?.iter().map(|hex| hex.parse().ok()).collect::<Option<_>>()?,
            anchors: value.get("anchors")?.as_u64()?,
        };
        (statement.to_bytes()? == bytes).then_some(statement)
    }
}

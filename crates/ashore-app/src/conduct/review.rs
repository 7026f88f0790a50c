use ashore_domain::{ConductReview, Fact};
use serde::Deserialize;
use specta::Type;

use crate::session::{App, Unlocked};
use crate::words::ReviewVerdict;
use crate::{AppError, id, input};

/// What the borrower thinks of a finding.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ReviewConductRequest {
    /// The rule's identifier.
    pub rule: String,
    /// The records the finding cites, all of them.
    pub record_ids: Vec<String>,
    /// What they think.
    pub verdict: ReviewVerdict,
    /// In words.
    #[serde(default)]
    pub note: Option<String>,
}

impl App<Unlocked> {
    /// Records, as an entry of its own, that a finding is so or is not. The next one about the same records holds.
    ///
    /// # Errors
    /// A record is unknown, none is named, or the disk refuses.
    pub fn review_conduct(&mut self, request: &ReviewConductRequest) -> Result<(), AppError> {
        let records = request.record_ids.iter().map(|text| id::parse("record_ids", text));
        let review = ConductReview {
            rule: input::words("rule", &request.rule)?,
            records: records.collect::<Result<_, _>>()?,
            verdict: request.verdict.into(),
            note: input::words_or_none("note", request.note.as_deref())?,
        };
        self.state.vault.append(&[Fact::ConductReview(review)], Vec::new(), self.clock.now())?;
        Ok(())
    }
}

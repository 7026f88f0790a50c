use ashore_domain::{EvidenceId, EvidenceRecord};

use crate::AppError;
use crate::session::{App, Unlocked};

/// A fact names records as they were on its day. What they say today is their newest correction, and nothing once they
/// were deleted.
impl App<Unlocked> {
    /// A record as it stands today.
    pub(crate) fn as_it_stands(&self, record: EvidenceId) -> Result<Option<EvidenceRecord>, AppError> {
        let mut next = Some(record);
        while let Some(id) = next {
            let Some(state) = self.state.vault.evidence_record(id)? else { return Ok(None) };
            if state.removed.is_some() {
                return Ok(None);
            }
            match state.corrected_by {
                None => return Ok(Some(state.record)),
                newer => next = newer,
            }
        }
        Ok(None)
    }

    /// Those of the records that still stand, as they stand.
    pub(crate) fn those_that_stand(&self, records: &[EvidenceId]) -> Result<Vec<EvidenceRecord>, AppError> {
        records.iter().filter_map(|id| self.as_it_stands(*id).transpose()).collect()
    }

    /// Whether one of the records still stands.
    pub(crate) fn any_stands(&self, records: &[EvidenceId]) -> Result<bool, AppError> {
        Ok(!self.those_that_stand(records)?.is_empty())
    }

    /// A record and all that it corrects, the newest first.
    pub(crate) fn versions_of(&self, newest: &EvidenceRecord) -> Result<Vec<EvidenceId>, AppError> {
        let mut versions = vec![newest.id];
        let mut older = newest.corrects;
        while let Some(id) = older {
            versions.push(id);
            older = self.state.vault.evidence_record(id)?.and_then(|state| state.record.corrects);
        }
        Ok(versions)
    }
}

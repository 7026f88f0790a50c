use std::collections::BTreeSet;

use ashore_domain::{CaseEntry, CaseEntryId, CaseStep, EvidenceRecord, Fact, Promise};
use chrono::{DateTime, FixedOffset};

use crate::session::{App, Unlocked};
use crate::{AppError, id};

impl App<Unlocked> {
    /// A promise that was ticked off stays so in the record that corrects its own, as long as it says the same: by the
    /// same side, in the same words. What is promised anew there, or otherwise, waits.
    pub(super) fn promises_kept_before(
        &self,
        record: &EvidenceRecord,
        now: DateTime<FixedOffset>,
    ) -> Result<Vec<Fact>, AppError> {
        let before = record.corrects.map(|old| self.state.vault.evidence_record(old)).transpose()?.flatten();
        let Some(before) = before.map(|state| state.record) else { return Ok(Vec::new()) };
        let mut carried = BTreeSet::new();
        let mut facts = Vec::new();
        for done in self.state.vault.case_entries()? {
            let CaseStep::PromiseDone { record: of, position } = done.step else { continue };
            let Some(promise) = before.promises.get(usize::from(position)).filter(|_| of == before.id) else {
                continue;
            };
            let same = |(place, now): &(u16, &Promise)| {
                now.by == promise.by && now.what == promise.what && !carried.contains(place)
            };
            let Some((position, _)) = (0..).zip(&record.promises).find(same) else { continue };
            carried.insert(position);
            facts.push(Fact::Case(CaseEntry {
                id: CaseEntryId::from_bytes(id::fresh(now)?),
                loan: record.loans.first().copied(),
                on: done.on,
                step: CaseStep::PromiseDone { record: record.id, position },
                evidence: vec![record.id],
                note: None,
            }));
        }
        Ok(facts)
    }
}

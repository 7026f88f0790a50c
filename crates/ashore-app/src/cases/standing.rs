use std::collections::{BTreeMap, BTreeSet};

use ashore_domain::{
    AgreementId, AgreementStep, CaseEntry, CaseEntryId, CaseStep, CloseReason, EvidenceId, LoanId,
};

use crate::AppError;
use crate::rules::{CaseRow, case_rules};
use crate::session::{App, Unlocked};

/// What decides whether a task still waits to be done: what became of the agreement it follows from, and of its loan.
pub(super) struct Standing {
    superseded: BTreeSet<AgreementId>,
    closed: BTreeMap<LoanId, CloseReason>,
    /// Steps of agreements with the entry's place among all entries.
    steps: Vec<(usize, AgreementId, AgreementStep)>,
    places: BTreeMap<CaseEntryId, usize>,
    kept: BTreeSet<(EvidenceId, u16)>,
    rules: &'static [CaseRow],
}

impl App<Unlocked> {
    pub(super) fn task_standing(&self, entries: &[CaseEntry]) -> Result<Standing, AppError> {
        let vault = &self.state.vault;
        let closed = vault.loans()?.into_iter().filter_map(|l| Some((l.loan.id, l.closed?.reason)));
        let steps = entries.iter().enumerate().filter_map(|(place, entry)| match entry.step {
            CaseStep::AgreementState { agreement, state } => Some((place, agreement, state)),
            _ => None,
        });
        let kept = entries.iter().filter_map(|entry| match entry.step {
            CaseStep::PromiseDone { record, position } => Some((record, position)),
            _ => None,
        });
        Ok(Standing {
            superseded: vault.agreements(None)?.iter().filter_map(|a| a.supersedes).collect(),
            closed: closed.collect(),
            steps: steps.collect(),
            places: entries.iter().enumerate().map(|(place, entry)| (entry.id, place)).collect(),
            kept: kept.collect(),
            rules: &case_rules()?.tasks,
        })
    }
}

impl Standing {
    /// True for a task of one's own, and for one that follows from an agreement as long as that agreement stands, the
    /// step that ends the task was not taken after it was set, and its loan is open. What follows from the last payment
    /// outlives the loan, unless the loan was entered by mistake.
    pub(super) fn awaits(&self, entry: &CaseEntry) -> bool {
        let CaseStep::Task { rule, agreement: Some(agreement), .. } = &entry.step else { return true };
        let row = self.rules.iter().find(|row| Some(&row.id) == rule.as_ref());
        if self.superseded.contains(agreement) {
            return false;
        }
        let set_at = self.places.get(&entry.id).copied().unwrap_or_default();
        let until = row.and_then(|row| row.until).map(AgreementStep::from);
        let mut later = self.steps.iter().filter(|(place, of, _)| of == agreement && *place > set_at);
        if until.is_some_and(|until| later.any(|(_, _, step)| *step >= until)) {
            return false;
        }
        let outlives = row.is_some_and(|row| row.from.as_deref() == Some("completed"));
        match entry.loan.and_then(|loan| self.closed.get(&loan)) {
            None => true,
            Some(CloseReason::EnteredByMistake) => false,
            Some(CloseReason::PaidOff | CloseReason::Settled) => outlives,
        }
    }

    /// The promise was said to be done.
    pub(super) fn kept(&self, record: EvidenceId, position: usize) -> bool {
        u16::try_from(position).is_ok_and(|position| self.kept.contains(&(record, position)))
    }

    /// All loans a record is about are closed; false for a record about none.
    pub(super) fn all_closed(&self, loans: &[LoanId]) -> bool {
        !loans.is_empty() && loans.iter().all(|loan| self.closed.contains_key(loan))
    }
}

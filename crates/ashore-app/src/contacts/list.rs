use std::collections::BTreeMap;

use ashore_domain::{EvidenceDetails, EvidenceRecord, LoanId};
use ashore_vault::{EvidenceFilter, EvidenceState, texts};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::log::{OutcomeForm, PersonForm};
use crate::session::{App, Unlocked};
use crate::words::{CallStatus, ConfirmationForm, Direction, EvidenceKind, Precision};
use crate::{AppError, id};

/// Which records to list.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ListContactsRequest {
    /// Only of this loan.
    #[serde(default)]
    pub loan_id: Option<String>,
    /// Only of this kind.
    #[serde(default)]
    pub kind: Option<EvidenceKind>,
    /// Only those that were neither corrected nor deleted.
    #[serde(default)]
    pub standing: bool,
    /// At most so many.
    #[serde(default)]
    pub limit: Option<u32>,
    /// Only those that come after this record in the list: the last one already shown.
    #[serde(default)]
    pub before: Option<String>,
}

/// One entry of the timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the record explains them
pub struct ContactCard {
    pub id: String,
    pub kind: EvidenceKind,
    pub at: String,
    /// How exact the time is: a day has no time of day to show.
    pub precision: Precision,
    pub direction: Direction,
    /// The borrower's own line, or the beginning of what was said where there is none.
    pub summary: String,
    pub person: Option<PersonForm>,
    pub loans: Vec<LoanName>,
    pub outcomes: Vec<OutcomeForm>,
    pub confirmation: Option<ConfirmationForm>,
    /// How a call ended up; absent for every other kind.
    pub call_status: Option<CallStatus>,
    /// How long a call lasted, when known.
    pub duration_s: Option<u32>,
    /// How many files are attached.
    pub files: u32,
    /// A later record corrects this one.
    pub corrected: bool,
    /// It was deleted; what it said is shown no longer.
    pub removed: bool,
    /// Its place in the chain, from 1, as text.
    pub seq: String,
    /// The hours a rule keeps quiet and in which it came, such as `22:00-08:00`; told only of the pages of a list.
    pub quiet_hours: Option<String>,
}

/// A loan by id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct LoanName {
    pub id: String,
    pub name: String,
}

/// The timeline, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ContactListView {
    /// The entries.
    pub contacts: Vec<ContactCard>,
    /// Every loan, for the filter.
    pub loans: Vec<LoanName>,
}

pub(super) fn loan_names(ids: &[LoanId], names: &BTreeMap<LoanId, String>) -> Vec<LoanName> {
    ids.iter()
        .map(|id| LoanName { id: id.to_string(), name: names.get(id).cloned().unwrap_or_default() })
        .collect()
}

/// Records of one page, at most.
const PAGE_MAX: u32 = 200;

/// Signs of a message that stand for it in a list.
const LINE: usize = 120;

/// One line that tells what a record is about.
fn line(record: &EvidenceRecord) -> String {
    if !record.summary.is_empty() {
        return record.summary.clone();
    }
    let texts = texts(record);
    let text = texts.first().map(String::as_str).unwrap_or_default();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().take(LINE));
        if line.chars().count() >= LINE {
            break;
        }
    }
    line.chars().take(LINE).collect()
}

impl ContactCard {
    pub(super) fn of(state: &EvidenceState, names: &BTreeMap<LoanId, String>) -> Self {
        use ashore_domain::PersonRole;
        let record = &state.record;
        let (call_status, duration_s) = match &record.details {
            EvidenceDetails::Call { status, duration_s, .. } => (Some((*status).into()), *duration_s),
            _ => (None, None),
        };
        // What a deleted record said is shown no longer.
        let removed = state.removed.is_some();
        let other = record.people.iter().find(|p| p.role != PersonRole::User && !removed);
        let outcomes = record.outcomes.iter().filter(|_| !removed);
        Self {
            id: record.id.to_string(),
            kind: record.details.kind().into(),
            at: record.happened.at.to_rfc3339(),
            precision: record.happened.precision.into(),
            direction: record.direction.into(),
            summary: if removed { String::new() } else { line(record) },
            person: other.map(PersonForm::of),
            loans: loan_names(&record.loans, names),
            outcomes: outcomes.map(OutcomeForm::of).collect(),
            confirmation: record.confirmation.map(Into::into),
            call_status,
            duration_s,
            files: u32::try_from(record.files.len()).unwrap_or(u32::MAX),
            corrected: state.corrected_by.is_some(),
            removed,
            seq: state.seq.to_string(),
            quiet_hours: None,
        }
    }
}

impl App<Unlocked> {
    /// The timeline, newest first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn list_contacts(&self, request: &ListContactsRequest) -> Result<ContactListView, AppError> {
        let names = self.loan_names()?;
        let filter = EvidenceFilter {
            loan: request.loan_id.as_deref().map(|text| id::parse("loan_id", text)).transpose()?,
            kind: request.kind.map(Into::into),
            standing: request.standing,
            with: None,
            limit: request.limit,
            before: request.before.as_deref().map(|text| id::parse("before", text)).transpose()?,
        };
        let found = self.state.vault.evidence(&filter)?;
        let loans =
            names.iter().map(|(id, name)| LoanName { id: id.to_string(), name: name.clone() }).collect();
        let mut contacts: Vec<ContactCard> = found.iter().map(|s| ContactCard::of(s, &names)).collect();
        // A page to look at; who reads a whole history asks for what may not fit a rule by itself.
        if request.limit.is_some_and(|limit| limit <= PAGE_MAX) {
            let quiet = self.quiet_among(&found)?;
            for (card, state) in contacts.iter_mut().zip(&found) {
                card.quiet_hours = quiet.get(&state.record.id).cloned();
            }
        }
        Ok(ContactListView { contacts, loans })
    }
}

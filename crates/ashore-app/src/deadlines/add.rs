use ashore_domain::{Deadline, DeadlineId, Fact};
use serde::Deserialize;
use specta::Type;

use super::DeadlineView;
use super::list::{count_from, rule_on};
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input};

/// A paper that was received, or something that was handed in.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct AddDeadlineRequest {
    /// Identifier of a rule, such as `DL-PAYMENT-ORDER`.
    pub rule: String,
    /// The day of receipt or of handing in.
    pub starts_on: String,
    /// The loans it concerns.
    #[serde(default)]
    pub loan_ids: Vec<String>,
    /// Who has to answer, or from whom the paper came.
    #[serde(default)]
    pub party_id: Option<String>,
    /// Number of the case or of the complaint.
    #[serde(default)]
    pub reference: Option<String>,
    /// The paper, recorded before.
    #[serde(default)]
    pub evidence_ids: Vec<String>,
    /// The borrower's own note.
    #[serde(default)]
    pub note: Option<String>,
}

impl App<Unlocked> {
    /// What a time limit would be, before it is recorded.
    ///
    /// # Errors
    /// An unknown rule or an impossible day.
    pub fn preview_deadline(&self, rule: &str, starts_on: &str) -> Result<DeadlineView, AppError> {
        let starts_on = input::date("starts_on", starts_on)?;
        let deadline = Deadline {
            id: DeadlineId::from_bytes([0; 16]),
            rule: rule_on(&*self.rules()?, rule, starts_on)?.rule.id.clone(),
            starts_on,
            loans: Vec::new(),
            party: None,
            reference: None,
            evidence: Vec::new(),
            note: None,
        };
        self.deadline_view(&deadline, None)
    }

    /// Records a time limit. Its alarms ring from the day after it starts.
    ///
    /// # Errors
    /// An unknown rule, loan, party or record; a day in the future or impossible.
    pub fn add_deadline(&mut self, request: &AddDeadlineRequest) -> Result<DeadlineView, AppError> {
        let starts_on = input::date("starts_on", &request.starts_on)?;
        if starts_on > self.clock.today() {
            let message = "a paper is recorded once it was received";
            return Err(AppError::field(ErrorCode::DateOrder, "starts_on", message));
        }
        let rules = self.rules()?;
        let rule = rule_on(&rules, &request.rule, starts_on)?;
        count_from(&rules, rule, starts_on)?;
        let now = self.clock.now();
        let loans = request.loan_ids.iter().map(|text| {
            let loan = id::parse("loan_ids", text)?;
            self.loan_file(loan).map(|file| file.id())
        });
        let deadline = Deadline {
            id: DeadlineId::from_bytes(id::fresh(now)?),
            rule: rule.rule.id.clone(),
            starts_on,
            loans: loans.collect::<Result<_, AppError>>()?,
            party: request.party_id.as_deref().map(|text| id::parse("party_id", text)).transpose()?,
            reference: input::line_or_none("reference", request.reference.as_deref())?,
            evidence: request
                .evidence_ids
                .iter()
                .map(|text| id::parse("evidence_ids", text))
                .collect::<Result<_, _>>()?,
            note: input::words_or_none("note", request.note.as_deref())?,
        };
        let view = self.deadline_view(&deadline, None)?;
        self.state.vault.append(&[Fact::Deadline(deadline)], Vec::new(), now)?;
        Ok(view)
    }
}

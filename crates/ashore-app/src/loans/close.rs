use ashore_domain::{AgreementStep, CloseReason as Reason, Fact, LoanClosed, LoanId};
use serde::Deserialize;
use specta::Type;

use crate::agreements::follow_ups;
use crate::session::{App, Unlocked};
use crate::words::CloseReason;
use crate::{AppError, ErrorCode, id, input};

/// A loan that is over.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CloseLoanRequest {
    /// Which.
    pub loan_id: String,
    /// On which day; today when absent.
    #[serde(default)]
    pub on: Option<String>,
    /// Why.
    pub reason: CloseReason,
    /// In words.
    #[serde(default)]
    pub note: Option<String>,
}

impl App<Unlocked> {
    /// Closes a loan: its dues and reminders end, everything recorded stays.
    ///
    /// # Errors
    /// An unknown or already closed loan, or a day in the future.
    pub fn close_loan(&mut self, request: &CloseLoanRequest) -> Result<(), AppError> {
        let loan: LoanId = id::parse("loan_id", &request.loan_id)?;
        let file = self.loan_file(loan)?;
        if file.state.closed.is_some() {
            return Err(AppError::field(ErrorCode::AlreadyClosed, "loan_id", "this loan is already closed"));
        }
        let today = self.clock.today();
        let on = input::day_or_today("on", request.on.as_deref(), today)?;
        if on > today {
            return Err(AppError::field(ErrorCode::DateOrder, "on", "this day has not come yet"));
        }
        let note = input::words_or_none("note", request.note.as_deref())?;
        let now = self.clock.now();
        let reason = request.reason.into();
        let mut facts = vec![Fact::LoanClosed(LoanClosed { loan, on, reason, note })];
        // Paid off without a word on the agreement: what follows its last payment follows now.
        if let Some(agreement) = file.standing_agreement().filter(|_| reason != Reason::EnteredByMistake)
            && !self.case_of(&file)?.steps_of(agreement.id).any(|(_, step)| step >= AgreementStep::Completed)
        {
            facts.extend(follow_ups(agreement, AgreementStep::Completed, on, now)?);
        }
        self.state.vault.append(&facts, Vec::new(), now)?;
        Ok(())
    }
}

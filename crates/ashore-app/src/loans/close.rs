use ashore_domain::{Fact, LoanClosed, LoanId};
use serde::Deserialize;
use specta::Type;

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
        if self.loan_file(loan)?.state.closed.is_some() {
            return Err(AppError::field(ErrorCode::AlreadyClosed, "loan_id", "this loan is already closed"));
        }
        let today = self.clock.today();
        let on = input::date_or_none("on", request.on.as_deref())?.unwrap_or(today);
        if on > today {
            return Err(AppError::field(ErrorCode::DateOrder, "on", "this day has not come yet"));
        }
        let note = input::words_or_none("note", request.note.as_deref())?;
        let fact = Fact::LoanClosed(LoanClosed { loan, on, reason: request.reason.into(), note });
        self.state.vault.append(&[fact], Vec::new(), self.clock.now())?;
        Ok(())
    }
}

use ashore_domain::{Fact, LoanCorrected, LoanId};
use serde::Deserialize;
use specta::Type;

use super::{AddLoanRequest, LoanCard};
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input};

/// A loan described anew.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct AmendLoanRequest {
    /// Which.
    pub loan_id: String,
    /// The whole new description.
    pub loan: AddLoanRequest,
    /// Why.
    pub reason: String,
}

impl App<Unlocked> {
    /// Appends a correction: figures are replayed from the new description, the old one stays readable.
    ///
    /// # Errors
    /// An unknown or closed loan, or a field that cannot be read.
    pub fn amend_loan(&mut self, request: &AmendLoanRequest) -> Result<LoanCard, AppError> {
        let loan: LoanId = id::parse("loan_id", &request.loan_id)?;
        let file = self.loan_file(loan)?;
        if file.state.closed.is_some() {
            return Err(AppError::field(ErrorCode::AlreadyClosed, "loan_id", "this loan is closed"));
        }
        let reason = input::words("reason", &request.reason)?;
        let read = self.read_correction(&file, &request.loan)?;
        let mut facts: Vec<Fact> = read.parties.into_iter().map(Fact::Party).collect();
        facts.push(Fact::LoanCorrected(LoanCorrected { loan: read.loan, reason }));
        self.state.vault.append(&facts, Vec::new(), self.clock.now())?;
        self.loan_card(loan)
    }
}

use ashore_domain::{Fact, LoanId, Payment, PaymentId, limits};
use serde::Deserialize;
use specta::Type;

use super::PaymentView;
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input};

/// A payment the borrower made.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct AddPaymentRequest {
    /// On which loan.
    pub loan_id: String,
    /// The civil day it was made.
    pub on: String,
    /// Yuan, as typed.
    pub amount: String,
    /// Bank transfer, in the app, auto-debit.
    #[serde(default)]
    pub channel: Option<String>,
    /// What was written in the transfer remark.
    #[serde(default)]
    pub designation: Option<String>,
    /// The borrower's own note.
    #[serde(default)]
    pub note: Option<String>,
    /// Receipts already recorded.
    #[serde(default)]
    pub evidence_ids: Vec<String>,
}

impl App<Unlocked> {
    /// Records a payment. It counts from its day on; earlier figures stay what they were.
    ///
    /// # Errors
    /// An unknown loan, an amount that is none, a day in the future or before the money was lent.
    pub fn add_payment(&mut self, request: &AddPaymentRequest) -> Result<PaymentView, AppError> {
        let loan: LoanId = id::parse("loan_id", &request.loan_id)?;
        let file = self.loan_file(loan)?;
        if file.state.closed.is_some() {
            return Err(AppError::field(ErrorCode::AlreadyClosed, "loan_id", "this loan is closed"));
        }
        if file.payments.len() >= limits::PAYMENTS_MAX {
            return Err(AppError::field(
                ErrorCode::CountOutOfRange,
                "loan_id",
                "at most 5,000 payments on a loan",
            ));
        }
        let on = input::date("on", &request.on)?;
        if on > self.clock.today() {
            return Err(AppError::field(ErrorCode::DateOrder, "on", "a payment is recorded once it is made"));
        }
        if file.terms().is_some_and(|terms| on < terms.get().disbursed_on) {
            return Err(AppError::field(ErrorCode::DateOrder, "on", "this day is before the money was lent"));
        }
        let now = self.clock.now();
        let payment = Payment {
            id: PaymentId::from_bytes(id::fresh(now)?),
            loan,
            on,
            amount: input::positive("amount", &request.amount)?,
            channel: input::words_or_none("channel", request.channel.as_deref())?,
            designation: input::words_or_none("designation", request.designation.as_deref())?,
            lender_allocation: Vec::new(),
            evidence: request
                .evidence_ids
                .iter()
                .map(|text| id::parse("evidence_ids", text))
                .collect::<Result<_, _>>()?,
            together_with: None,
            note: input::words_or_none("note", request.note.as_deref())?,
        };
        let view = PaymentView::of(&payment, &file.state.loan.name, now, None);
        self.state.vault.append(&[Fact::Payment(payment)], Vec::new(), now)?;
        Ok(view)
    }
}

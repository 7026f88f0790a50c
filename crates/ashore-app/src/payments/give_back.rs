use ashore_domain::{EvidenceId, Fact, PaymentId, PaymentReturned};
use serde::Deserialize;
use specta::Type;

use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input};

/// The money of a payment came back.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ReturnPaymentRequest {
    /// Which.
    pub payment_id: String,
    /// The day it came back.
    pub on: String,
    /// Why, as the bank or the app said.
    pub reason: String,
    /// What shows it.
    #[serde(default)]
    pub evidence_ids: Vec<String>,
}

impl App<Unlocked> {
    /// Records that the money of a payment came back. It does not count from its own day on, as if it had never been
    /// made; that it was tried stays on record. The other parts of the same transfer come back with it.
    ///
    /// # Errors
    /// An unknown payment or one that does not count any more; a day before it was made or in the future.
    pub fn return_payment(&mut self, request: &ReturnPaymentRequest) -> Result<(), AppError> {
        let payment: PaymentId = id::parse("payment_id", &request.payment_id)?;
        let known = self.state.vault.payments(None)?;
        let found = known.iter().find(|p| p.payment.id == payment).ok_or_else(|| {
            AppError::field(ErrorCode::NotFound, "payment_id", "no payment is known by this id")
        })?;
        if !found.counts() {
            let message = "this payment is already void, or came back before";
            return Err(AppError::field(ErrorCode::AlreadyVoided, "payment_id", message));
        }
        let on = input::date("on", &request.on)?;
        if on > self.clock.today() || on < found.payment.on {
            let message = "between the day it was made and today";
            return Err(AppError::field(ErrorCode::DateOrder, "on", message));
        }
        let reason = input::words("reason", &request.reason)?;
        let evidence: Vec<EvidenceId> = request
            .evidence_ids
            .iter()
            .map(|text| id::parse("evidence_ids", text))
            .collect::<Result<_, _>>()?;
        let first = found.payment.together_with.unwrap_or(payment);
        let parts = known.iter().filter(|p| {
            let same = p.payment.id == first || p.payment.together_with == Some(first);
            p.counts() && same
        });
        let facts: Vec<Fact> = parts
            .map(|part| {
                Fact::PaymentReturned(PaymentReturned {
                    payment: part.payment.id,
                    on,
                    reason: reason.clone(),
                    evidence: evidence.clone(),
                })
            })
            .collect();
        self.state.vault.append(&facts, Vec::new(), self.clock.now())?;
        Ok(())
    }
}

use ashore_domain::{Fact, PaymentId, PaymentVoided};
use serde::Deserialize;
use specta::Type;

use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input};

/// A payment entered by mistake.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct VoidPaymentRequest {
    /// Which.
    pub payment_id: String,
    /// Why.
    pub reason: String,
}

impl App<Unlocked> {
    /// Lets a payment no longer count. The entry stays readable, with the reason.
    ///
    /// # Errors
    /// An unknown or already voided payment.
    pub fn void_payment(&mut self, request: &VoidPaymentRequest) -> Result<(), AppError> {
        let payment: PaymentId = id::parse("payment_id", &request.payment_id)?;
        let known = self.state.vault.payments(None)?;
        let found = known.iter().find(|p| p.payment.id == payment).ok_or_else(|| {
            AppError::field(ErrorCode::NotFound, "payment_id", "no payment is known by this id")
        })?;
        if !found.counts() {
            return Err(AppError::field(
                ErrorCode::AlreadyVoided,
                "payment_id",
                "this payment is already void, or came back before",
            ));
        }
        let reason = input::words("reason", &request.reason)?;
        let fact = Fact::PaymentVoided(PaymentVoided { payment, reason });
        self.state.vault.append(&[fact], Vec::new(), self.clock.now())?;
        Ok(())
    }
}

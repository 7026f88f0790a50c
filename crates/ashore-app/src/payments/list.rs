use ashore_domain::{LoanId, Payment, PaymentReturned};
use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use specta::Type;

use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};
use crate::{AppError, id};

/// A recorded payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the request of the same fields explains them
pub struct PaymentView {
    pub id: String,
    pub loan_id: String,
    pub loan_name: String,
    pub on: String,
    pub amount: Yuan,
    pub channel: Option<String>,
    pub designation: Option<String>,
    pub note: Option<String>,
    /// When it was written down.
    pub recorded_at: String,
    /// Receipts.
    pub evidence_ids: Vec<String>,
    /// The first part of the same transfer, when one transfer paid several loans.
    pub together_with: Option<String>,
    /// Why it does not count, when it was entered by mistake.
    pub voided: Option<String>,
    /// The day its money came back, when it did.
    pub returned_on: Option<String>,
    /// Why it came back.
    pub return_reason: Option<String>,
}

/// Payments, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PaymentListView {
    /// Every payment, voided ones included.
    pub payments: Vec<PaymentView>,
}

impl PaymentView {
    pub(crate) fn of(
        payment: &Payment,
        loan_name: &str,
        recorded_at: DateTime<FixedOffset>,
        voided: Option<&str>,
        returned: Option<&PaymentReturned>,
    ) -> Self {
        Self {
            id: payment.id.to_string(),
            loan_id: payment.loan.to_string(),
            loan_name: loan_name.to_owned(),
            on: day(payment.on),
            amount: payment.amount.into(),
            channel: payment.channel.clone(),
            designation: payment.designation.clone(),
            note: payment.note.clone(),
            recorded_at: recorded_at.to_rfc3339(),
            evidence_ids: payment.evidence.iter().map(ToString::to_string).collect(),
            together_with: payment.together_with.map(|first| first.to_string()),
            voided: voided.map(str::to_owned),
            returned_on: returned.map(|back| day(back.on)),
            return_reason: returned.map(|back| back.reason.clone()),
        }
    }
}

impl App<Unlocked> {
    /// Payments on one loan or on all, newest first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn list_payments(&self, loan_id: Option<&str>) -> Result<PaymentListView, AppError> {
        let loan: Option<LoanId> = loan_id.map(|text| id::parse("loan_id", text)).transpose()?;
        let names = self.loan_names()?;
        let mut found = self.state.vault.payments(loan)?;
        found.sort_by_key(|p| std::cmp::Reverse((p.payment.on, p.recorded_at)));
        let payments = found
            .iter()
            .map(|p| {
                let name = names.get(&p.payment.loan).map_or("", String::as_str);
                PaymentView::of(&p.payment, name, p.recorded_at, p.voided.as_deref(), p.returned.as_ref())
            })
            .collect();
        Ok(PaymentListView { payments })
    }
}

use ashore_domain::{Buckets, LoanId, Money, Payment, PaymentReturned};
use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use specta::Type;

use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};
use crate::words::Bucket;
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
    /// The lender's own allocation beside ours, bucket by bucket; empty when it stated none. Ours is absent where only
    /// the payment itself is at hand.
    pub allocation: Vec<AllocationLine>,
}

/// One bucket of a payment, as we allocate and as the lender says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AllocationLine {
    /// The bucket.
    pub bucket: Bucket,
    /// By the contract's order or the law's.
    pub ours: Option<Yuan>,
    /// As the lender says.
    pub theirs: Yuan,
    /// The two are not the same.
    pub differs: bool,
}

/// The lender's statement beside ours; buckets that are nothing in both are left out.
fn beside(payment: &Payment, ours: Option<Buckets>) -> Vec<AllocationLine> {
    if payment.lender_allocation.is_empty() {
        return Vec::new();
    }
    let stated = |bucket| -> Money {
        payment.lender_allocation.iter().filter(|(b, _)| *b == bucket).map(|(_, amount)| *amount).sum()
    };
    let lines = ashore_domain::Bucket::STATUTORY_ORDER.into_iter().filter_map(|bucket| {
        let (own, theirs) = (ours.map(|ours| ours.get(bucket)), stated(bucket));
        let something = theirs.is_positive() || own.is_some_and(|own| !own.is_zero());
        something.then(|| AllocationLine {
            bucket: bucket.into(),
            ours: own.map(Into::into),
            theirs: theirs.into(),
            differs: own.is_some_and(|own| own != theirs),
        })
    });
    lines.collect()
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
            allocation: beside(payment, None),
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
                let mut view = PaymentView::of(
                    &p.payment,
                    name,
                    p.recorded_at,
                    p.voided.as_deref(),
                    p.returned.as_ref(),
                );
                if p.counts() && !p.payment.lender_allocation.is_empty() {
                    let ours = self.loan_file(p.payment.loan)?.allocated(&p.payment, self.clock.today())?;
                    view.allocation = beside(&p.payment, Some(ours));
                }
                Ok(view)
            })
            .collect::<Result<_, AppError>>()?;
        Ok(PaymentListView { payments })
    }
}

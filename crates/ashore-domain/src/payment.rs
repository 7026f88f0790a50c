use chrono::NaiveDate;

use crate::{Bucket, EvidenceId, LoanId, Money, PaymentId};

/// Money the borrower paid on a loan. A payment is never edited: a mistake is voided and entered anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payment {
    /// Which payment.
    pub id: PaymentId,
    /// On which loan.
    pub loan: LoanId,
    /// The civil day it was made.
    pub on: NaiveDate,
    /// How much; above zero.
    pub amount: Money,
    /// How: bank transfer, in the app, auto-debit.
    pub channel: Option<String>,
    /// 指定用途, what the borrower wrote in the transfer remark.
    pub designation: Option<String>,
    /// How the lender says it allocated the money, when it said so.
    pub lender_allocation: Vec<(Bucket, Money)>,
    /// Receipts.
    pub evidence: Vec<EvidenceId>,
    /// The first part of the same transfer, when one transfer paid several loans.
    pub together_with: Option<PaymentId>,
    /// The borrower's own note.
    pub note: Option<String>,
}

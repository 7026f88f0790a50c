use chrono::NaiveDate;

use crate::{AgreementId, Buckets, CustomRow, EvidenceId, LoanId, ProposalId};

/// What lender and borrower agreed on, in writing. From `effective_from` its rows replace the unpaid rows of
/// the contract; the contract's history stays. An agreement is never edited: a new one supersedes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Which agreement.
    pub id: AgreementId,
    /// About which loan.
    pub loan: LoanId,
    /// The offer it came from.
    pub proposal: Option<ProposalId>,
    /// The one it supersedes.
    pub supersedes: Option<AgreementId>,
    /// Day it was made.
    pub agreed_on: NaiveDate,
    /// Day its rows take over.
    pub effective_from: NaiveDate,
    /// In what form it is confirmed.
    pub form: AgreedForm,
    /// Full legal name of the creditor as the text has it.
    pub creditor: Option<String>,
    /// Where to pay, as the text has it.
    pub payment_account: Option<String>,
    /// Waived by bucket.
    pub waived: Buckets,
    /// The new dues, strictly ascending; never empty.
    pub rows: Vec<CustomRow>,
    /// The written confirmation and whatever else proves it.
    pub evidence: Vec<EvidenceId>,
    /// In words.
    pub note: Option<String>,
}

/// Form of an agreement, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AgreedForm {
    /// Signed contract.
    SignedContract,
    /// Letter with the lender's seal.
    StampedLetter,
    /// E-mail (民法典 469: retrievable data message).
    Email,
    /// SMS from an official number.
    Sms,
    /// Shown in the lender's own app.
    InApp,
    /// Recorded call; the weakest.
    RecordedCall,
}

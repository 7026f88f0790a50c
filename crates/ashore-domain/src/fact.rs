use chrono::NaiveDate;

use crate::{
    Agreement, AgreementId, Anchor, Borrower, Bucket, CaseEntry, CloseReason, ConductReview, Custody,
    Deadline, DeadlineSettled, EvidenceId, EvidenceRecord, FileRef, ImportId, Letter, LetterAnswered,
    LetterProved, LetterSent, Loan, LoanId, Money, OwnRule, Party, Payment, PaymentId, Proposal, Review,
    Worksheet,
};

/// Something that happened or that the borrower told us. Facts are only ever appended, each with its link in the
/// evidence chain; what holds today is computed from all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::large_enum_variant)] // facts are few at a time; a box would only hide their plainness
pub enum Fact {
    /// A party became known, or is described anew (the latest description holds).
    Party(Party),
    /// A loan was opened.
    LoanOpened(Loan),
    /// A loan was described anew; figures are replayed from the new description, the old one stays readable.
    LoanCorrected(LoanCorrected),
    /// A loan was closed.
    LoanClosed(LoanClosed),
    /// A payment was made.
    Payment(Payment),
    /// A payment entered by mistake does not count.
    PaymentVoided(PaymentVoided),
    /// The money of a payment came back.
    PaymentReturned(PaymentReturned),
    /// The lender gave something up, outside an agreement.
    Waiver(Waiver),
    /// Something was said, sent or shown.
    Evidence(EvidenceRecord),
    /// A file was read, and its records taken in.
    Imported(Import),
    /// A record was deleted: its files are gone, their digests stay.
    EvidenceRemoved(EvidenceRemoved),
    /// Income and expenses were stated.
    Capacity(Worksheet),
    /// An offer was made.
    Proposal(Proposal),
    /// An agreement was recorded.
    Agreement(Agreement),
    /// A case went on.
    Case(CaseEntry),
    /// Something was taken out of the vault for others.
    Custody(Custody),
    /// An outside authority stamped a head.
    Anchor(Anchor),
    /// A suggestion of the conduct check was confirmed or dismissed.
    ConductReview(ConductReview),
    /// A time limit runs.
    Deadline(Deadline),
    /// A time limit is over.
    DeadlineSettled(DeadlineSettled),
    /// Everything was looked over.
    Review(Review),
    /// The borrower stated their own particulars.
    Borrower(Borrower),
    /// A version of a letter was kept.
    Letter(Letter),
    /// A letter went out.
    LetterSent(LetterSent),
    /// Proof that a letter arrived came.
    LetterProved(LetterProved),
    /// A letter was answered.
    LetterAnswered(LetterAnswered),
    /// A rule was changed by the borrower, or given back.
    OwnRule(OwnRule),
}

/// A loan described anew. `loan.id` names which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanCorrected {
    /// The whole new description.
    pub loan: Loan,
    /// Why.
    pub reason: String,
}

/// A file with the records that were read from it. They name it; it is kept once, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Which.
    pub id: ImportId,
    /// The file itself.
    pub file: FileRef,
    /// What it is, found by its content.
    pub format: String,
    /// How many records it holds.
    pub found: u64,
    /// How many were taken.
    pub stored: u64,
    /// How many were there already.
    pub duplicates: u64,
    /// How many could not be read.
    pub left_out: u64,
}

/// A record deleted by its owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRemoved {
    /// Which.
    pub record: EvidenceId,
    /// Why.
    pub reason: String,
}

/// A loan was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoanClosed {
    /// Which.
    pub loan: LoanId,
    /// On which day.
    pub on: NaiveDate,
    /// Why.
    pub reason: CloseReason,
    /// In words.
    pub note: Option<String>,
}

/// A payment does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentVoided {
    /// Which.
    pub payment: PaymentId,
    /// Why.
    pub reason: String,
}

/// The money of a payment came back: a debit failed, a transfer bounced. It never reached the lender, so it does not
/// count; that it was tried stays on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentReturned {
    /// Which.
    pub payment: PaymentId,
    /// The day it came back.
    pub on: NaiveDate,
    /// Why, as the bank or the app said.
    pub reason: String,
    /// What shows it.
    pub evidence: Vec<EvidenceId>,
}

/// The lender gave something up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// On which loan.
    pub loan: LoanId,
    /// From which day.
    pub on: NaiveDate,
    /// Amounts by bucket.
    pub amounts: Vec<(Bucket, Money)>,
    /// The agreement it belongs to.
    pub agreement: Option<AgreementId>,
    /// In words.
    pub note: Option<String>,
}

/// Kind of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // each is the variant of `Fact` of the same name
pub enum FactKind {
    Party,
    LoanOpened,
    LoanCorrected,
    LoanClosed,
    Payment,
    PaymentVoided,
    PaymentReturned,
    Waiver,
    Evidence,
    Imported,
    EvidenceRemoved,
    Capacity,
    Proposal,
    Agreement,
    Case,
    Anchor,
    Borrower,
    ConductReview,
    Custody,
    Deadline,
    DeadlineSettled,
    Letter,
    LetterAnswered,
    LetterProved,
    LetterSent,
    OwnRule,
    Review,
}

impl Fact {
    /// The fact's kind.
    #[must_use]
    pub const fn kind(&self) -> FactKind {
        match self {
            Self::Party(_) => FactKind::Party,
            Self::LoanOpened(_) => FactKind::LoanOpened,
            Self::LoanCorrected(_) => FactKind::LoanCorrected,
            Self::LoanClosed(_) => FactKind::LoanClosed,
            Self::Payment(_) => FactKind::Payment,
            Self::PaymentVoided(_) => FactKind::PaymentVoided,
            Self::PaymentReturned(_) => FactKind::PaymentReturned,
            Self::Waiver(_) => FactKind::Waiver,
            Self::Evidence(_) => FactKind::Evidence,
            Self::Imported(_) => FactKind::Imported,
            Self::EvidenceRemoved(_) => FactKind::EvidenceRemoved,
            Self::Capacity(_) => FactKind::Capacity,
            Self::Proposal(_) => FactKind::Proposal,
            Self::Agreement(_) => FactKind::Agreement,
            Self::Case(_) => FactKind::Case,
            Self::Custody(_) => FactKind::Custody,
            Self::Anchor(_) => FactKind::Anchor,
            Self::ConductReview(_) => FactKind::ConductReview,
            Self::Deadline(_) => FactKind::Deadline,
            Self::DeadlineSettled(_) => FactKind::DeadlineSettled,
            Self::Review(_) => FactKind::Review,
            Self::Borrower(_) => FactKind::Borrower,
            Self::Letter(_) => FactKind::Letter,
            Self::LetterSent(_) => FactKind::LetterSent,
            Self::LetterProved(_) => FactKind::LetterProved,
            Self::LetterAnswered(_) => FactKind::LetterAnswered,
            Self::OwnRule(_) => FactKind::OwnRule,
        }
    }
}

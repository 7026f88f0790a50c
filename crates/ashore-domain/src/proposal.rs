use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;

use crate::{Buckets, ContactChannel, EvidenceId, LoanId, Money, ProposalId};

/// An offer about one loan. It is a request until an agreement is recorded: contract dues, penalties and
/// reminders stay live. Offers are appended; a counter-offer names the one it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Which offer.
    pub id: ProposalId,
    /// About which loan.
    pub loan: LoanId,
    /// Whose offer.
    pub by: Side,
    /// When it was made.
    pub made_at: DateTime<FixedOffset>,
    /// The one it answers.
    pub in_reply_to: Option<ProposalId>,
    /// By which channel.
    pub channel: Option<ContactChannel>,
    /// What is asked for besides the rows.
    pub reliefs: Vec<Relief>,
    /// Waived by bucket.
    pub waived: Buckets,
    /// What would be paid when.
    pub rows: Vec<ProposedRow>,
    /// Last day it stands.
    pub expires_on: Option<NaiveDate>,
    /// What backs it.
    pub evidence: Vec<EvidenceId>,
    /// In words.
    pub note: Option<String>,
}

/// Whose offer it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The borrower's.
    Borrower,
    /// The lender's.
    Lender,
}

/// A payment an offer names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProposedRow {
    /// The day.
    pub due: NaiveDate,
    /// How much.
    pub amount: Money,
}

/// Kind of relief (domain §4.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relief {
    /// 延期还款 by months.
    Deferral {
        /// Months without payment.
        months: u16,
        /// What becomes of interest meanwhile.
        interest: DeferredInterest,
    },
    /// 展期 to so many terms.
    TermExtension {
        /// New number of terms.
        terms: u16,
        /// Annual rate after the change; the contract's when absent.
        rate: Option<Decimal>,
    },
    /// 个性化分期.
    IndividualInstalment {
        /// Number of terms.
        terms: u16,
        /// Annual rate after the change, often zero.
        rate: Decimal,
        /// What is paid in instalments; everything owed less what is waived when absent.
        total: Option<Money>,
        /// Part that is left for the last instalment.
        balloon: Option<Money>,
    },
    /// 停息 from a day.
    InterestStop {
        /// From when.
        from: NaiveDate,
    },
    /// 减免, amounts stand in the offer's `waived`.
    Waiver {
        /// Whether it lapses on breach.
        lapses_on_breach: bool,
    },
    /// 一次性结清 until a day.
    LumpSumSettlement {
        /// How much.
        amount: Money,
        /// Until when.
        until: NaiveDate,
    },
    /// 先还息后还本 for months.
    InterestOnly {
        /// Months of interest only.
        months: u16,
    },
    /// 阶梯还款.
    StepPlan {
        /// In order of time; the last payment adjusts.
        steps: Vec<PaymentStep>,
    },
    /// 最低还款.
    MinimumPayment {
        /// How much a term.
        amount: Money,
    },
    /// 停催 until a day.
    CollectionPause {
        /// Until when.
        until: NaiveDate,
    },
    /// 降息 to an annual rate.
    RateCut {
        /// Annual rate.
        rate: Decimal,
    },
    /// 按参考线调减.
    CostToCap {
        /// Annual line.
        rate: Decimal,
    },
    /// 置换: a new loan for the old one; shown with a warning.
    DebtConsolidation,
}

/// What becomes of interest while payments are deferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeferredInterest {
    /// It accrues, joins the principal and bears interest afterwards.
    Accrues,
    /// It accrues and is paid with the last instalment, bearing none itself.
    AccruesNoCompound,
    /// It stops.
    Stopped,
}

/// So many equal payments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentStep {
    /// How many months.
    pub months: u16,
    /// How much a month.
    pub amount: Money,
}

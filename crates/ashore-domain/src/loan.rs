use chrono::NaiveDate;

use crate::{Buckets, FeeKind, LoanId, LoanParty, LoanTerms, Money, ProductKind};

/// A loan as it was first told to us. What happened since (payments, waivers, agreements, corrections) are
/// facts of their own; the opening is never edited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loan {
    /// Which loan.
    pub id: LoanId,
    /// What the borrower calls it, usually the app's brand.
    pub name: String,
    /// What was sold.
    pub product: ProductKind,
    /// 合同编号.
    pub contract_no: Option<String>,
    /// Everyone around it. The present creditor is asked for later.
    pub parties: Vec<LoanParty>,
    /// Where its figures begin.
    pub opening: Opening,
    /// What the cost disclosure sheet (综合融资成本明示表) shows, fee by fee; an empty list is a sheet without fees. Absent
    /// when there is none at hand.
    pub disclosed: Option<Vec<DisclosedFee>>,
    /// The borrower's own note.
    pub note: Option<String>,
}

/// What a cost disclosure sheet shows of one kind of fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisclosedFee {
    /// Its name.
    pub kind: FeeKind,
    /// Over the whole loan.
    pub amount: Money,
}

/// Where a loan's figures begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// With the contract's terms. `paid_terms` were paid on their dues before the borrower came to us.
    Contract {
        /// The terms.
        terms: Box<LoanTerms>,
        /// Terms already paid, by the borrower's own statement.
        paid_terms: u16,
    },
    /// With what the lender says is owed on a day, the past unknown.
    Stated(StatedBalance),
    /// Both: the contract's terms going on from the lender's stated balance.
    ContractFromBalance {
        /// The terms.
        terms: Box<LoanTerms>,
        /// The balance they go on from.
        stated: StatedBalance,
    },
}

impl Opening {
    /// The contract's terms, when they are known.
    #[must_use]
    pub fn terms(&self) -> Option<&LoanTerms> {
        match self {
            Self::Contract { terms, .. } | Self::ContractFromBalance { terms, .. } => Some(terms),
            Self::Stated(_) => None,
        }
    }

    /// The lender's stated balance, when the figures begin there.
    #[must_use]
    pub const fn stated(&self) -> Option<&StatedBalance> {
        match self {
            Self::Stated(stated) | Self::ContractFromBalance { stated, .. } => Some(stated),
            Self::Contract { .. } => None,
        }
    }
}

/// What a lender says is owed on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatedBalance {
    /// The day it speaks of.
    pub as_of: NaiveDate,
    /// By bucket; a lender that names one sum only has it in `principal`.
    pub buckets: Buckets,
    /// Due of the oldest unpaid term, when something is overdue.
    pub oldest_unpaid_due: Option<NaiveDate>,
}

/// Why a loan was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CloseReason {
    /// 已结清.
    PaidOff,
    /// Settled for less under an agreement.
    Settled,
    /// Entered by mistake or twice.
    EnteredByMistake,
}

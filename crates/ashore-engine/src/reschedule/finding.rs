use ashore_domain::Money;

/// What the reader of an offer should know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RescheduleFinding {
    /// The contract's rate is not known, so that no interest could be counted.
    RateUnknown,
    /// Interest of the deferred months is paid later.
    DeferredInterest {
        /// How much.
        amount: Money,
    },
    /// A settlement that says nothing of what it leaves open.
    SettlementLeavesOpen {
        /// How much.
        amount: Money,
    },
    /// A settlement of more than is owed.
    SettlementAboveOwed {
        /// How much more.
        amount: Money,
    },
    /// The total that was named is not what is owed less what is waived.
    TotalDiffers {
        /// As named.
        stated: Money,
        /// Owed less what is waived.
        owed: Money,
    },
    /// The steps do not reach what is owed; the last payment takes the rest.
    StepsBelowOwed {
        /// What the last payment takes on top.
        rest: Money,
    },
    /// A new loan for the old one: fees, and often fraud.
    NewLoanForOld,
}

impl RescheduleFinding {
    /// Code of the closed list.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::RateUnknown => "rate_unknown",
            Self::DeferredInterest { .. } => "deferred_interest",
            Self::SettlementLeavesOpen { .. } => "settlement_leaves_open",
            Self::SettlementAboveOwed { .. } => "settlement_above_owed",
            Self::TotalDiffers { .. } => "total_differs",
            Self::StepsBelowOwed { .. } => "steps_below_owed",
            Self::NewLoanForOld => "new_loan_for_old",
        }
    }

    /// The amount it speaks of.
    #[must_use]
    pub const fn amount(&self) -> Option<Money> {
        match self {
            Self::DeferredInterest { amount }
            | Self::SettlementLeavesOpen { amount }
            | Self::SettlementAboveOwed { amount }
            | Self::StepsBelowOwed { rest: amount } => Some(*amount),
            Self::TotalDiffers { stated, .. } => Some(*stated),
            Self::RateUnknown | Self::NewLoanForOld => None,
        }
    }
}

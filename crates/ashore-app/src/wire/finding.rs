use ashore_engine::Finding;
use serde::Serialize;

use super::Amount;

/// A finding as `{"code", …facts}`; `docs/codes.md` explains each code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum FindingShape {
    NoSignChange,
    NoRoot,
    MultipleRoots { count: u32 },
    FirstPeriodNotWhole,
    DuesNotPeriodic,
    InterestAboveLevelPayment { term: u16 },
    PaymentDiffersFromRate { stated: Amount, computed: Amount },
    RowFeesAsTyped,
    FeesLeftOutOfCost { amount: Amount },
}

impl From<Finding> for FindingShape {
    fn from(finding: Finding) -> Self {
        match finding {
            Finding::NoSignChange => Self::NoSignChange,
            Finding::NoRoot => Self::NoRoot,
            Finding::MultipleRoots { count } => Self::MultipleRoots { count },
            Finding::FirstPeriodNotWhole => Self::FirstPeriodNotWhole,
            Finding::DuesNotPeriodic => Self::DuesNotPeriodic,
            Finding::InterestAboveLevelPayment { term } => Self::InterestAboveLevelPayment { term },
            Finding::PaymentDiffersFromRate { stated, computed } => {
                Self::PaymentDiffersFromRate { stated: Amount(stated), computed: Amount(computed) }
            }
            Finding::RowFeesAsTyped => Self::RowFeesAsTyped,
            Finding::FeesLeftOutOfCost { amount } => Self::FeesLeftOutOfCost { amount: Amount(amount) },
        }
    }
}

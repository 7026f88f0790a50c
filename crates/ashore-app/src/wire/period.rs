use ashore_domain::Period;
use serde::{Deserialize, Serialize};

use super::read;
use crate::AppError;

/// `"month" | "quarter" | "week" | "biweek" | {"days": N}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the domain type explains each
pub enum PeriodShape {
    #[default]
    Month,
    Quarter,
    Week,
    Biweek,
    Days(i64),
}

impl PeriodShape {
    /// The period, its days checked.
    pub(crate) fn read(self, field: &str) -> Result<Period, AppError> {
        Ok(match self {
            Self::Month => Period::Month,
            Self::Quarter => Period::Quarter,
            Self::Week => Period::Week,
            Self::Biweek => Period::Biweek,
            Self::Days(days) => Period::Days(read::count(&format!("{field}.days"), days, 1, 366)?),
        })
    }
}

impl From<Period> for PeriodShape {
    fn from(period: Period) -> Self {
        match period {
            Period::Month => Self::Month,
            Period::Quarter => Self::Quarter,
            Period::Week => Self::Week,
            Period::Biweek => Self::Biweek,
            Period::Days(days) => Self::Days(i64::from(days)),
        }
    }
}

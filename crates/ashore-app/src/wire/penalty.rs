use ashore_domain::{CompoundOn, Penalty, PenaltyBase, PenaltyDayCount, PenaltyRate, Rate};
use serde::{Deserialize, Serialize};

use super::loan::{Per, rate_error};
use super::read;
use crate::{AppError, ErrorCode};

/// `{"multiple_of_contract": "1.5"}` or `{"value": "0.0005", "per": "day" | "year"}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // see the contract of the command line
pub struct PenaltyRateShape {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiple_of_contract: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per: Option<Per>,
}

/// 罚息 as the contract states it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct PenaltyShape {
    pub rate: PenaltyRateShape,
    #[serde(default)]
    pub base: Base,
    #[serde(default)]
    pub compound_on: Compound,
    #[serde(default)]
    pub day_count: Days,
}

/// What the penalty rate applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Base {
    #[default]
    OverduePrincipal,
    OverdueTotal,
}

/// Whether unpaid interest bears interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Compound {
    #[default]
    None,
    InTermInterest,
}

/// Days a year when a penalty accrues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Days {
    #[default]
    #[serde(rename = "act_360")]
    Act360,
    #[serde(rename = "act_365")]
    Act365,
}

impl PenaltyShape {
    /// The penalty, or the field that is wrong.
    pub(crate) fn read(&self, field: &str) -> Result<Penalty, AppError> {
        let at = |name: &str| format!("{field}.rate{name}");
        let rate = match (&self.rate.multiple_of_contract, &self.rate.value, self.rate.per) {
            (Some(times), None, None) => {
                PenaltyRate::MultipleOfContract(read::fraction(&at(".multiple_of_contract"), times)?)
            }
            (None, Some(value), Some(per)) => {
                let value = read::fraction(&at(".value"), value)?;
                let rate = Rate::new(value, per.into()).map_err(|why| rate_error(&at(".value"), why))?;
                PenaltyRate::Stated(rate)
            }
            _ => {
                let message = "either multiple_of_contract, or value and per";
                return Err(AppError::field(ErrorCode::FieldMissing, &at(""), message));
            }
        };
        Ok(Penalty {
            rate,
            base: match self.base {
                Base::OverduePrincipal => PenaltyBase::OverduePrincipal,
                Base::OverdueTotal => PenaltyBase::OverdueTotal,
            },
            compound_on: match self.compound_on {
                Compound::None => CompoundOn::None,
                Compound::InTermInterest => CompoundOn::InTermInterest,
            },
            day_count: match self.day_count {
                Days::Act360 => PenaltyDayCount::Act360,
                Days::Act365 => PenaltyDayCount::Act365,
            },
        })
    }
}

impl From<&Penalty> for PenaltyShape {
    fn from(penalty: &Penalty) -> Self {
        Self {
            rate: match penalty.rate {
                PenaltyRate::MultipleOfContract(times) => PenaltyRateShape {
                    multiple_of_contract: Some(times.normalize().to_string()),
                    ..PenaltyRateShape::default()
                },
                PenaltyRate::Stated(rate) => PenaltyRateShape {
                    multiple_of_contract: None,
                    value: Some(rate.value().to_string()),
                    per: Some(rate.per().into()),
                },
            },
            base: match penalty.base {
                PenaltyBase::OverduePrincipal => Base::OverduePrincipal,
                PenaltyBase::OverdueTotal => Base::OverdueTotal,
            },
            compound_on: match penalty.compound_on {
                CompoundOn::None => Compound::None,
                CompoundOn::InTermInterest => Compound::InTermInterest,
            },
            day_count: match penalty.day_count {
                PenaltyDayCount::Act360 => Days::Act360,
                PenaltyDayCount::Act365 => Days::Act365,
            },
        }
    }
}

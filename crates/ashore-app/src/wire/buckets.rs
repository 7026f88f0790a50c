use ashore_domain::{Buckets, Money};
use serde::Deserialize;

use super::read;
use crate::AppError;

/// Amounts by bucket, what is absent being nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // the glossary's buckets
pub struct BucketsInput {
    pub principal: Option<String>,
    pub interest: Option<String>,
    pub penalty: Option<String>,
    pub compound: Option<String>,
    pub late_fee: Option<String>,
    pub fees: Option<String>,
    pub enforcement_cost: Option<String>,
}

impl BucketsInput {
    /// The amounts, none below zero.
    pub(crate) fn read(&self, field: &str) -> Result<Buckets, AppError> {
        let at = |name: &str, text: &Option<String>| {
            let field = if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") };
            text.as_deref().map_or(Ok(Money::ZERO), |text| read::not_negative(&field, text))
        };
        Ok(Buckets {
            principal: at("principal", &self.principal)?,
            interest: at("interest", &self.interest)?,
            penalty: at("penalty", &self.penalty)?,
            compound: at("compound", &self.compound)?,
            late_fee: at("late_fee", &self.late_fee)?,
            fees: at("fees", &self.fees)?,
            enforcement_cost: at("enforcement_cost", &self.enforcement_cost)?,
        })
    }
}

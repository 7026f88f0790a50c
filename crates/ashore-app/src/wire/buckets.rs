use ashore_domain::{Buckets, Money};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::read;
use crate::{AppError, input};

/// Amounts by bucket; what is absent is nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
#[allow(missing_docs)] // the glossary's buckets
pub struct BucketsForm {
    pub principal: Option<String>,
    pub interest: Option<String>,
    pub penalty: Option<String>,
    pub compound: Option<String>,
    pub late_fee: Option<String>,
    pub fees: Option<String>,
    pub enforcement_cost: Option<String>,
}

impl BucketsForm {
    /// The amounts of a program, none below zero.
    pub(crate) fn read(&self, field: &str) -> Result<Buckets, AppError> {
        self.each(field, |field, text| text.map_or(Ok(Money::ZERO), |text| read::not_negative(field, text)))
    }

    /// The amounts as a person types them, 万 included, none below zero.
    pub(crate) fn typed(&self, field: &str) -> Result<Buckets, AppError> {
        self.each(field, |field, text| Ok(input::amount_or_none(field, text)?.unwrap_or(Money::ZERO)))
    }

    fn each(
        &self,
        field: &str,
        amount: impl Fn(&str, Option<&str>) -> Result<Money, AppError>,
    ) -> Result<Buckets, AppError> {
        let at = |name: &str, text: &Option<String>| {
            let field = if field.is_empty() { name.to_owned() } else { format!("{field}.{name}") };
            amount(&field, text.as_deref())
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

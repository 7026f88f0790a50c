//! Small shapes that many views share. Amounts and ids cross as text, so that no reader turns them into floats.

use std::fmt::{self, Display, Formatter};

use ashore_domain::{Buckets, Money};
use ashore_engine::SolvedRate;
use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;
use serde::Serialize;
use specta::Type;

/// Yuan with exactly two decimals, as text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(transparent)]
pub struct Yuan(String);

impl From<Money> for Yuan {
    fn from(amount: Money) -> Self {
        Self(amount.to_string())
    }
}

/// A decimal fraction as text: `"0.24"` is 24 %.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(transparent)]
pub struct Fraction(String);

impl Display for Fraction {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<SolvedRate> for Fraction {
    fn from(value: SolvedRate) -> Self {
        Self(value.to_string())
    }
}

impl From<Decimal> for Fraction {
    fn from(value: Decimal) -> Self {
        Self(value.normalize().to_string())
    }
}

/// One amount per bucket and their sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the glossary's buckets
pub struct BucketsView {
    pub principal: Yuan,
    pub interest: Yuan,
    pub penalty: Yuan,
    pub compound: Yuan,
    pub late_fee: Yuan,
    pub fees: Yuan,
    pub enforcement_cost: Yuan,
    pub total: Yuan,
}

impl From<Buckets> for BucketsView {
    fn from(b: Buckets) -> Self {
        Self {
            principal: b.principal.into(),
            interest: b.interest.into(),
            penalty: b.penalty.into(),
            compound: b.compound.into(),
            late_fee: b.late_fee.into(),
            fees: b.fees.into(),
            enforcement_cost: b.enforcement_cost.into(),
            total: b.total().into(),
        }
    }
}

/// `YYYY-MM-DD`.
pub(crate) fn day(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}

/// 1 = Monday … 7 = Sunday.
pub(crate) fn weekday(date: NaiveDate) -> u8 {
    u8::try_from(date.weekday().number_from_monday()).unwrap_or(1)
}

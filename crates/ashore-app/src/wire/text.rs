use ashore_domain::{Money, Month, Ratio, Rounding};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// Yuan with exactly two decimals, as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Amount(pub Money);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl From<Money> for Amount {
    fn from(amount: Money) -> Self {
        Self(amount)
    }
}

/// A civil day, `2026-11-21`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(pub NaiveDate);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

/// A calendar month, `2026-11`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearMonth(pub Month);

impl Serialize for YearMonth {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// An exact ratio as a decimal fraction with twelve decimals, half-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share(pub Ratio);

impl Serialize for Share {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        const DECIMALS: u32 = 12;
        let scaled = self.0.times(10i128.pow(DECIMALS), 1).unwrap_or(Ratio::ZERO);
        let rounded = Rounding::HalfUp.divide(scaled.num(), scaled.den());
        let value = Decimal::try_from_i128_with_scale(rounded, DECIMALS).unwrap_or_default();
        serializer.collect_str(&value)
    }
}

use rust_decimal::Decimal;

use crate::Ratio;

/// A rate exactly as the contract states it; conversions are computed, never stored over it.
///
/// `value` is a fraction (`0.24` = 24 %), between 0 and 100 (10,000 %) a year, with at most 12 decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    value: Decimal,
    per: RatePer,
}

/// What span of time a stated rate speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RatePer {
    /// 年利率.
    Year,
    /// 月利率.
    Month,
    /// 日利率; applies to each actual day.
    Day,
    /// 每期费率: the rate of one period as given.
    TermFlat,
}

/// Why a number is not a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// Below zero.
    #[error("a rate is not negative")]
    Negative,
    /// Above 10,000 % a year.
    #[error("the rate is above 10,000 % a year")]
    TooLarge,
    /// More decimals than the exact kernel carries.
    #[error("a rate has at most 12 decimals")]
    TooManyDecimals,
}

impl Rate {
    /// The rate `value` per `per`, or why it is none.
    ///
    /// # Errors
    /// A negative value, more than 12 decimals, or more than 100 a year.
    pub fn new(value: Decimal, per: RatePer) -> Result<Self, RateError> {
        let value = value.normalize();
        if value.is_sign_negative() && !value.is_zero() {
            return Err(RateError::Negative);
        }
        if value.scale() > 12 {
            return Err(RateError::TooManyDecimals);
        }
        let periods_a_year = match per {
            RatePer::Year | RatePer::TermFlat => 1,
            RatePer::Month => 12,
            RatePer::Day => 365,
        };
        if value > Decimal::new(100, 0) / Decimal::new(periods_a_year, 0) {
            return Err(RateError::TooLarge);
        }
        Ok(Self { value, per })
    }

    /// The stated fraction.
    #[must_use]
    pub const fn value(self) -> Decimal {
        self.value
    }

    /// The span the fraction speaks of.
    #[must_use]
    pub const fn per(self) -> RatePer {
        self.per
    }

    /// The stated fraction, exact.
    #[must_use]
    pub fn ratio(self) -> Ratio {
        Ratio::from_decimal(self.value)
    }
}

/// How interest counts time between two dues (算头不算尾: the first day counts, the last does not).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum DayCount {
    /// Whole periods: annual rate × months / 12 (weeks and days × days / 365).
    #[default]
    Months,
    /// Actual days over 360, the convention of RMB bank loans.
    Act360,
    /// Actual days over 365, the convention of private lending and of the caps.
    Act365,
}

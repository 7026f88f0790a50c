use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};
use std::str::FromStr;

use crate::Rounding;

/// An exact amount of CNY in fen. No operation loses a fen and no road leads to a float.
///
/// Text form is yuan with exactly two decimals (`1234.50`); reading accepts at most two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

/// Why a text is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Nothing was typed.
    #[error("an amount is missing")]
    Empty,
    /// Not a plain decimal number of yuan.
    #[error("not an amount: write digits, such as 1234.50")]
    NotANumber,
    /// More than two decimals: a fen cannot be split.
    #[error("an amount has at most two decimals")]
    TooManyDecimals,
    /// Beyond the range in which sums stay exact.
    #[error("the amount is too large")]
    OutOfRange,
}

impl Money {
    /// No money.
    pub const ZERO: Self = Self(0);
    /// The largest amount that may enter: 100 billion yuan. Sums of thousands of them still fit.
    pub const MAX: Self = Self(10_000_000_000_000);

    /// The amount of `fen`.
    #[must_use]
    pub const fn from_fen(fen: i64) -> Self {
        Self(fen)
    }

    /// The amount of whole `yuan`.
    #[must_use]
    pub const fn from_yuan(yuan: i64) -> Self {
        Self(yuan * 100)
    }

    /// The amount in fen.
    #[must_use]
    pub const fn fen(self) -> i64 {
        self.0
    }

    /// True for exactly nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// True for more than nothing.
    #[must_use]
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// True for less than nothing.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// `self × num / den`, rounded once to the fen; `None` when the result is no amount.
    #[must_use]
    pub fn times(self, num: i128, den: i128, rounding: Rounding) -> Option<Self> {
        let product = i128::from(self.0).checked_mul(num)?;
        i64::try_from(rounding.divide(product, den)).ok().map(Self)
    }

    /// `n` parts that sum to `self`: equal parts rounded down, the last takes the rest. Empty for `n = 0`.
    #[must_use]
    pub fn split(self, n: usize) -> Vec<Self> {
        let Ok(count) = i64::try_from(n) else { return Vec::new() };
        if count == 0 {
            return Vec::new();
        }
        let part = self.0.div_euclid(count);
        let mut parts = vec![Self(part); n];
        if let Some(last) = parts.last_mut() {
            last.0 += self.0 - part * count;
        }
        parts
    }

    /// Parts in proportion to `weights` that sum to `self`: each rounded down, the rest to the largest weight
    /// (the first of equals). All weights zero or negative: everything stays zero.
    #[must_use]
    pub fn split_by(self, weights: &[Money]) -> Vec<Self> {
        let total: i128 = weights.iter().map(|w| i128::from(w.0.max(0))).sum();
        if total == 0 {
            return vec![Self::ZERO; weights.len()];
        }
        let mut parts: Vec<Self> = weights
            .iter()
            .map(|w| {
                let exact = i128::from(self.0) * i128::from(w.0.max(0));
                Self(i64::try_from(Rounding::Floor.divide(exact, total)).unwrap_or(0))
            })
            .collect();
        let rest = self - parts.iter().copied().sum();
        let largest = weights.iter().enumerate().rev().max_by_key(|(_, w)| **w).map(|(i, _)| i);
        if let Some(part) = largest.and_then(|i| parts.get_mut(i)) {
            *part += rest;
        }
        parts
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    /// Strict: an optional sign, ASCII digits, at most two decimals. Forms normalise before they come here.
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if digits.is_empty() {
            return Err(if negative { MoneyError::NotANumber } else { MoneyError::Empty });
        }
        let (yuan, fen) = digits.split_once('.').unwrap_or((digits, "0"));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !plain(yuan) || !plain(fen) {
            return Err(MoneyError::NotANumber);
        }
        if fen.len() > 2 {
            return Err(MoneyError::TooManyDecimals);
        }
        if yuan.trim_start_matches('0').len() > 12 {
            return Err(MoneyError::OutOfRange);
        }
        let yuan: i64 = yuan.trim_start_matches('0').parse().unwrap_or(0);
        let fen: i64 = if fen.len() == 1 { fen.parse().unwrap_or(0) * 10 } else { fen.parse().unwrap_or(0) };
        let total = yuan * 100 + fen;
        if total > Self::MAX.0 {
            return Err(MoneyError::OutOfRange);
        }
        Ok(Self(if negative { -total } else { total }))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let fen = self.0.unsigned_abs();
        write!(f, "{sign}{}.{:02}", fen / 100, fen % 100)
    }
}

impl Add for Money {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}
impl Sub for Money {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}
impl Neg for Money {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}
impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}
impl SubAssign for Money {
    fn sub_assign(&mut self, other: Self) {
        self.0 -= other.0;
    }
}
impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_yuan_and_refuses_everything_else() {
        for (text, fen) in [
            ("0", 0),
            ("1", 100),
            ("1234.5", 123_450),
            ("-0.01", -1),
            ("007.70", 770),
            ("100000000000", 10_000_000_000_000),
        ] {
            assert_eq!(text.parse(), Ok(Money(fen)), "{text}");
        }
        for (text, why) in [
            ("", MoneyError::Empty),
            ("-", MoneyError::NotANumber),
            ("1.", MoneyError::NotANumber),
            (".5", MoneyError::NotANumber),
            ("1.234", MoneyError::TooManyDecimals),
            ("1e400", MoneyError::NotANumber),
            ("十万", MoneyError::NotANumber),
            ("+1", MoneyError::NotANumber),
            ("NaN", MoneyError::NotANumber),
            ("1,000", MoneyError::NotANumber),
            ("１", MoneyError::NotANumber),
            ("100000000000.01", MoneyError::OutOfRange),
            ("99999999999999999999999", MoneyError::OutOfRange),
        ] {
            assert_eq!(text.parse::<Money>(), Err(why), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_form_reads_back(fen in -10_000_000_000_000i64..=10_000_000_000_000) {
            prop_assert_eq!(Money(fen).to_string().parse(), Ok(Money(fen)));
        }

        #[test]
        fn splitting_never_loses_a_fen(fen in 0i64..1_000_000_000, n in 1usize..700, weights in prop::collection::vec(0i64..1_000_000, 1..60)) {
            prop_assert_eq!(Money(fen).split(n).into_iter().sum::<Money>(), Money(fen));
            let weights: Vec<Money> = weights.into_iter().map(Money).collect();
            let parts = Money(fen).split_by(&weights);
            if weights.iter().any(|w| w.is_positive()) {
                prop_assert_eq!(parts.into_iter().sum::<Money>(), Money(fen));
            }
        }
    }
}

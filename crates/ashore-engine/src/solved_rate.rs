use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// A rate that was solved for: a decimal fraction above −1, of any size, never NaN and never infinite.
///
/// One thousand back tomorrow for seven hundred today is 10^56 a year, more than a [`Decimal`] holds; such rates are
/// kept as digits and a power of ten. The text form is always a plain decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SolvedRate {
    digits: Decimal,
    /// Power of ten to multiply with; zero unless the rate is beyond a `Decimal`.
    power: u32,
}

impl SolvedRate {
    /// From plain decimal digits and a power of ten. Text that is no number counts as zero; the solver writes none.
    pub(crate) fn from_text(digits: &str, power: u32) -> Self {
        let digits = Decimal::from_str(digits).unwrap_or_default();
        // Where a Decimal holds it exactly, a Decimal it is.
        let shifted =
            10i128.checked_pow(power).and_then(|factor| Decimal::try_from_i128_with_scale(factor, 0).ok());
        match shifted.and_then(|factor| digits.checked_mul(factor)) {
            Some(whole) => Self { digits: whole, power: 0 },
            None => Self { digits, power },
        }
    }

    /// The rate as a decimal fraction; `None` when it is beyond what a [`Decimal`] holds.
    #[must_use]
    pub fn decimal(self) -> Option<Decimal> {
        (self.power == 0).then_some(self.digits)
    }

    /// True when the rate is above `line`.
    #[must_use]
    pub fn is_above(self, line: Decimal) -> bool {
        self.power > 0 || self.digits > line
    }
}

impl From<Decimal> for SolvedRate {
    fn from(digits: Decimal) -> Self {
        Self { digits, power: 0 }
    }
}

impl fmt::Display for SolvedRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.power == 0 {
            return self.digits.fmt(f);
        }
        let text = self.digits.normalize().to_string();
        let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
        let zeros = (self.power as usize).saturating_sub(decimals.len());
        write!(f, "{whole}{decimals}{:0<zeros$}", "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_size_prints_as_a_plain_number() {
        for (digits, power, text) in [
            ("0.269526000000", 0, "0.269526000000"),
            ("1.5", 3, "1500.0"),
            ("3.25", 40, "32500000000000000000000000000000000000000"),
        ] {
            let rate = SolvedRate::from_text(digits, power);
            assert_eq!(rate.to_string(), text);
            assert_eq!(rate.decimal().is_some(), power < 20);
        }
        assert!(SolvedRate::from_text("3.25", 40).is_above(Decimal::MAX));
        assert!(!SolvedRate::from(Decimal::ONE).is_above(Decimal::ONE));
    }
}

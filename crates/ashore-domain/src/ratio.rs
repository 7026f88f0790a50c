use rust_decimal::Decimal;

/// An exact fraction in lowest terms with a positive denominator: the kernel's only rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ratio {
    num: i128,
    den: i128,
}

impl Ratio {
    /// Zero.
    pub const ZERO: Self = Self { num: 0, den: 1 };
    /// One.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// `num / den`; `None` for a denominator of zero or a fraction that does not fit.
    #[must_use]
    pub fn new(num: i128, den: i128) -> Option<Self> {
        if den == 0 || num == i128::MIN || den == i128::MIN {
            return None;
        }
        let divisor = gcd(num.unsigned_abs(), den.unsigned_abs());
        let divisor = i128::try_from(divisor).ok()?.max(1) * den.signum();
        Some(Self { num: num / divisor, den: den / divisor })
    }

    /// The exact value of a decimal.
    #[must_use]
    pub fn from_decimal(value: Decimal) -> Self {
        let den = 10i128.pow(value.scale().min(28));
        Self::new(value.mantissa(), den).unwrap_or(Self::ZERO)
    }

    /// Numerator in lowest terms.
    #[must_use]
    pub const fn num(self) -> i128 {
        self.num
    }

    /// Denominator in lowest terms, above zero.
    #[must_use]
    pub const fn den(self) -> i128 {
        self.den
    }

    /// True for exactly nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.num == 0
    }

    /// The product; `None` when it does not fit.
    #[must_use]
    pub fn times(self, num: i128, den: i128) -> Option<Self> {
        let other = Self::new(num, den)?;
        // Cross-reduce first, so that only a result too large to hold fails.
        let (a, b) = (Self::new(self.num, other.den)?, Self::new(other.num, self.den)?);
        Self::new(a.num.checked_mul(b.num)?, a.den.checked_mul(b.den)?)
    }
}

const fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lowest_terms_and_positive_denominator() {
        let half = Ratio::new(-2, -4).unwrap();
        assert_eq!((half.num(), half.den()), (1, 2));
        assert_eq!(Ratio::new(1, 0), None);
        assert_eq!(half.times(1, 12), Ratio::new(1, 24));
        assert_eq!(Ratio::from_decimal(Decimal::new(24, 2)), Ratio::new(6, 25).unwrap());
    }
}

use ashore_domain::Ratio;

/// Interest on amounts up to a stated limit at one exact rate, half-up to the fen.
///
/// Where that is provably exact, a row costs one multiplication and no division; everywhere else the fraction is
/// divided. Both give the same fen for every amount up to the limit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Interest {
    num: u128,
    den: u128,
    reciprocal: Option<Reciprocal>,
}

/// `num / den` as `multiplier / 2^shift`, rounded up.
#[derive(Debug, Clone, Copy)]
struct Reciprocal {
    multiplier: u128,
    half: u128,
    shift: u32,
}

impl Interest {
    /// Interest at `rate` on amounts 0 … `limit` (an amount may be fen × days). A negative rate counts as none.
    pub(crate) fn new(rate: Ratio, limit: u64) -> Self {
        let num = u128::try_from(rate.num()).unwrap_or(0);
        let den = u128::try_from(rate.den()).unwrap_or(1);
        Self { num, den, reciprocal: Reciprocal::new(num, den, limit) }
    }

    /// The interest on `amount`.
    pub(crate) fn on(&self, amount: u64) -> i64 {
        let fen = match self.reciprocal {
            Some(r) => (u128::from(amount).wrapping_mul(r.multiplier).wrapping_add(r.half)) >> r.shift,
            None => self.divided(amount),
        };
        i64::try_from(fen).unwrap_or(i64::MAX)
    }

    fn divided(&self, amount: u64) -> u128 {
        let exact = u128::from(amount).saturating_mul(self.num);
        let (whole, rest) = (exact / self.den, exact % self.den);
        whole + u128::from(rest >= self.den - rest)
    }
}

impl Reciprocal {
    /// With 2^shift ≥ 2·den·limit the rounded-up multiplier errs by less than 1/(2·den) on every amount, the least
    /// distance of a result from the next half fen, so the rounded result is the true one.
    fn new(num: u128, den: u128, limit: u64) -> Option<Self> {
        let reach = den.checked_mul(u128::from(limit.max(1)))?.checked_mul(2)?;
        let shift = 128 - (reach - 1).leading_zeros();
        if shift == 0 || shift > 126 || num.leading_zeros() < shift + 1 {
            return None;
        }
        let multiplier = (num << shift).div_ceil(den);
        let half = 1u128 << (shift - 1);
        // `on` multiplies without a check: the largest product must fit.
        multiplier.checked_mul(u128::from(limit))?.checked_add(half)?;
        Some(Self { multiplier, half, shift })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn multiplying_agrees_with_dividing(amount in 0u64..=10_000_000_000, num in 0i128..100_000_000_000_000, den in 1i128..12_000_000_000_000) {
            let interest = Interest::new(Ratio::new(num, den).unwrap(), 10_000_000_000);
            prop_assert_eq!(u128::try_from(interest.on(amount)).unwrap(), interest.divided(amount));
        }

        #[test]
        fn ties_go_up_both_ways(odd in 0u64..5_000_000_000) {
            let interest = Interest::new(Ratio::new(1, 2).unwrap(), 10_000_000_000);
            prop_assert!(interest.reciprocal.is_some());
            prop_assert_eq!(interest.on(2 * odd + 1), i64::try_from(odd).unwrap() + 1);
        }
    }

    #[test]
    fn common_rates_need_no_division() {
        for (num, den) in [(1, 50), (2_345, 120_000), (999_999_999_999, 12_000_000_000_000), (8, 1200)] {
            let interest = Interest::new(Ratio::new(num, den).unwrap(), 10_000_000_000);
            assert!(interest.reciprocal.is_some(), "{num}/{den}");
        }
    }
}

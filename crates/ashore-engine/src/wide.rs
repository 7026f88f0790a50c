use num_bigint::BigUint;

/// A product of two 128-bit numbers, whole: what keeps a level payment exact without a heap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct U256 {
    high: u128,
    low: u128,
}

impl U256 {
    /// `a × b`.
    pub(crate) const fn product(a: u128, b: u128) -> Self {
        const HALF: u128 = u64::MAX as u128;
        let (a1, a0, b1, b0) = (a >> 64, a & HALF, b >> 64, b & HALF);
        // Schoolbook on 64-bit halves: no partial sum below can exceed 128 bits.
        let low = a0 * b0;
        let middle = a1 * b0 + (low >> 64);
        let cross = a0 * b1 + (middle & HALF);
        Self { high: a1 * b1 + (middle >> 64) + (cross >> 64), low: (cross << 64) | (low & HALF) }
    }

    /// The upper 128 bits: the product of two fractions of 2^128.
    pub(crate) const fn high(self) -> u128 {
        self.high
    }

    /// `self × 2^shift` when it fits.
    pub(crate) const fn shifted(self, shift: u32) -> Option<Self> {
        if shift == 0 {
            return Some(self);
        }
        if shift >= 128 {
            let rest = shift - 128;
            return if self.high == 0 && rest < 128 && self.low.leading_zeros() >= rest {
                Some(Self { high: self.low << rest, low: 0 })
            } else {
                None
            };
        }
        if self.high.leading_zeros() < shift {
            return None;
        }
        Some(Self { high: (self.high << shift) | (self.low >> (128 - shift)), low: self.low << shift })
    }
}

/// `num / den` half-up, for numbers of any size; `None` when the result is no `i64`.
pub(crate) fn half_up(num: &BigUint, den: &BigUint) -> Option<i64> {
    let doubled: BigUint = den << 1u8;
    let quotient = (num * 2u8 + den) / doubled;
    i64::try_from(quotient).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn whole(value: U256) -> BigUint {
        (BigUint::from(value.high) << 128u8) + BigUint::from(value.low)
    }

    proptest! {
        #[test]
        fn products_and_shifts_are_whole(a: u128, b: u128, narrow in 0u32..128, shift in 0u32..256) {
            let product = U256::product(a >> narrow, b);
            let expected = BigUint::from(a >> narrow) * BigUint::from(b);
            prop_assert_eq!(whole(product), expected.clone());
            let moved = expected << shift;
            match product.shifted(shift) {
                Some(value) => prop_assert_eq!(whole(value), moved),
                None => prop_assert!(moved.bits() > 256 || moved == BigUint::ZERO),
            }
        }
    }
}

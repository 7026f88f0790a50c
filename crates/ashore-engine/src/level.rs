use ashore_domain::{Money, Ratio, Rounding};
use num_bigint::BigUint;

use crate::wide::{U256, half_up};

/// The payment that repays `balance` in `n` equal terms at `periodic`, exact: the true value
/// `B·r·(1+r)^n / ((1+r)^n − 1)` rounded half-up to the fen, whatever its size. At rate zero `B / n` half-up.
///
/// `None` for no terms, a negative balance or rate, or a payment that is no amount.
///
/// ```
/// use ashore_domain::{Money, Ratio};
/// let two_percent = Ratio::new(2, 100).unwrap();
/// let payment = ashore_engine::level_payment(Money::from_yuan(10_000), two_percent, 12);
/// assert_eq!(payment, Some(Money::from_fen(94_560)));
/// ```
#[must_use]
pub fn level_payment(balance: Money, periodic: Ratio, n: u16) -> Option<Money> {
    if n == 0 || balance.is_negative() || periodic.num() < 0 {
        return None;
    }
    if balance.is_zero() {
        return Some(Money::ZERO);
    }
    if periodic.is_zero() {
        return balance.times(1, i128::from(n), Rounding::HalfUp);
    }
    quick(balance, periodic, n).or_else(|| exact(balance, periodic, n))
}

/// The same under another rounding: some lenders cut the payment off, some raise it to the next fen.
pub(crate) fn level_payment_rounded(
    balance: Money,
    periodic: Ratio,
    n: u16,
    rounding: Rounding,
) -> Option<Money> {
    let nearest = level_payment(balance, periodic, n)?;
    if rounding == Rounding::HalfUp || balance.is_zero() {
        return Some(nearest);
    }
    if periodic.is_zero() {
        return balance.times(1, i128::from(n), rounding);
    }
    let (num, den) = whole_fraction(balance, periodic, n)?;
    let floor = i64::try_from(&num / &den).ok()?;
    let up = rounding == Rounding::Ceil && (num % den) != BigUint::ZERO;
    floor.checked_add(i64::from(up)).map(Money::from_fen)
}

/// The same by 128-bit fractions with known error; `None` where the error could change the fen.
fn quick(balance: Money, periodic: Ratio, n: u16) -> Option<Money> {
    let num = u128::try_from(periodic.num()).ok()?;
    let den = u128::try_from(periodic.den()).ok()?;
    let fen = u128::try_from(balance.fen()).ok()?;
    let grown = den.checked_add(num)?;
    // The discount 1/(1+r), then its n-th power, as fractions of 2^128, each product rounded down: the power is too
    // small by less than `slack` units, because every rounding adds less than one unit and none is magnified.
    let discount = fraction(den, grown)?;
    let power = raised(discount, n);
    let slack = u128::from(n) * 4 + 4;
    // 1 − power lies in [low, high].
    let high = power.wrapping_neg();
    let low = high.checked_sub(slack)?;
    // payment = fen·num / (den·(1 − power)); compare by whole products instead of dividing wide numbers.
    let above = fen.checked_mul(num)?;
    let guess = estimate(above, den, high)?;
    let numerator = U256::product(above, 2).shifted(128)?;
    let at = |payment_twice: u128, part: u128| Some(U256::product(payment_twice.checked_mul(den)?, part));
    for candidate in guess.saturating_sub(2)..=guess + 2 {
        let floor_edge = (2 * candidate).saturating_sub(1);
        // candidate − ½ ≤ payment for every 1 − power in the interval, and payment < candidate + ½.
        if at(floor_edge, high)? <= numerator && numerator < at(2 * candidate + 1, low)? {
            return i64::try_from(candidate).ok().map(Money::from_fen);
        }
    }
    None
}

/// `num / den` below one, as a fraction of 2^128 rounded down.
fn fraction(num: u128, den: u128) -> Option<u128> {
    if den >> 64 != 0 {
        return None;
    }
    let first = num << 64;
    let second = (first % den) << 64;
    Some(((first / den) << 64) | (second / den))
}

fn raised(base: u128, mut n: u16) -> u128 {
    let mut square = base;
    let mut power = None;
    loop {
        if n & 1 == 1 {
            power = Some(power.map_or(square, |p| U256::product(p, square).high()));
        }
        n >>= 1;
        if n == 0 {
            return power.unwrap_or(0);
        }
        square = U256::product(square, square).high();
    }
}

/// Within a fen or so of `above / (den · part)` where `part` is a fraction of 2^128.
fn estimate(above: u128, den: u128, part: u128) -> Option<u128> {
    // Keep 60 bits of `part`, so that both sides stay within 128 bits.
    let spare = part.leading_zeros();
    let kept = (part << spare) >> 68;
    let shift = 60u32.checked_add(spare)?;
    let divisor = den.checked_mul(kept)?;
    if above.leading_zeros() >= shift {
        return Some((above << shift) / divisor);
    }
    // Too wide to shift at once: divide in two steps.
    let room = above.leading_zeros();
    let head = above << room;
    let rest = shift - room;
    let quotient = head / divisor;
    let tail = head % divisor;
    if quotient.leading_zeros() < rest || rest > 64 {
        return None;
    }
    let low =
        if tail.leading_zeros() >= rest { (tail << rest) / divisor } else { tail / (divisor >> rest).max(1) };
    (quotient << rest).checked_add(low)
}

/// The same by whole numbers of any size: every true tie ends here.
fn exact(balance: Money, periodic: Ratio, n: u16) -> Option<Money> {
    let (num, den) = whole_fraction(balance, periodic, n)?;
    half_up(&num, &den).map(Money::from_fen)
}

/// The payment as a fraction of whole numbers: B·(num/den)·grown / (grown − base).
fn whole_fraction(balance: Money, periodic: Ratio, n: u16) -> Option<(BigUint, BigUint)> {
    let num = BigUint::try_from(periodic.num()).ok()?;
    let den = BigUint::try_from(periodic.den()).ok()?;
    let fen = BigUint::try_from(balance.fen()).ok()?;
    let grown = (&num + &den).pow(u32::from(n));
    let base = den.pow(u32::from(n));
    Some((fen * num * &grown, den * (&grown - &base)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ratio(num: i128, den: i128) -> Ratio {
        Ratio::new(num, den).unwrap()
    }

    #[test]
    fn published_payments() {
        for (yuan, rate, n, fen) in [
            (10_000, ratio(2, 100), 12, 94_560),
            (42_100, ratio(8, 1200), 12, 366_221),
            (10_000, ratio(18, 1200), 6, 175_525),
            (10_000, ratio(1, 100), 12, 88_849),
        ] {
            assert_eq!(level_payment(Money::from_yuan(yuan), rate, n), Some(Money::from_fen(fen)));
        }
    }

    #[test]
    fn a_true_half_goes_up_and_edges_have_answers() {
        // 0.01 × 1.5 = 0.015: only whole arithmetic sees the tie.
        assert_eq!(level_payment(Money::from_fen(1), ratio(1, 2), 1), Some(Money::from_fen(2)));
        assert_eq!(level_payment(Money::from_fen(5), Ratio::ZERO, 2), Some(Money::from_fen(3)));
        assert_eq!(level_payment(Money::ZERO, ratio(1, 100), 3), Some(Money::ZERO));
        assert_eq!(level_payment(Money::from_fen(1), ratio(1, 100), 0), None);
        let largest = Money::from_yuan(100_000_000);
        assert_eq!(level_payment(largest, ratio(100, 12), 600), Some(Money::from_fen(83_333_333_333)));
        assert_eq!(
            level_payment(largest, ratio(1, 12_000_000_000_000), 600),
            exact(largest, ratio(1, 12_000_000_000_000), 600)
        );
    }

    #[test]
    fn cut_off_and_raised_payments_lie_around_the_nearest() {
        let of = |rounding| level_payment_rounded(Money::from_yuan(10_000), ratio(2, 100), 12, rounding);
        // 945.5960 a month.
        assert_eq!(
            (of(Rounding::Floor), of(Rounding::Ceil)),
            (Some(Money::from_fen(94_559)), Some(Money::from_fen(94_560)))
        );
        let whole = |rounding| level_payment_rounded(Money::from_fen(100), ratio(1, 10), 1, rounding);
        assert_eq!(
            (whole(Rounding::Floor), whole(Rounding::Ceil)),
            (Some(Money::from_fen(110)), Some(Money::from_fen(110)))
        );
    }

    proptest! {
        #[test]
        fn the_quick_path_never_differs(fen in 1i64..=10_000_000_000, rate in 1i128..100_000_000_000_000, digits in 0u32..=12, months in 1i128..=12, n in 1u16..=600) {
            let rate = (rate / 10i128.pow(digits)).max(1);
            let periodic = ratio(rate * months, 12_000_000_000_000);
            prop_assert_eq!(level_payment(Money::from_fen(fen), periodic, n), exact(Money::from_fen(fen), periodic, n));
        }

        #[test]
        fn the_quick_path_answers_ordinary_loans(fen in 100_000i64..=100_000_000, bp in 1i128..=5_000, n in 3u16..=60) {
            prop_assert!(quick(Money::from_fen(fen), ratio(bp, 120_000), n).is_some());
        }
    }
}

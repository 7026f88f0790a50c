use ashore_domain::{Money, Ratio as DomainRatio};
use chrono::{Datelike, NaiveDate};
use num_bigint::BigInt;
use num_rational::Ratio;

use crate::SolvedRate;

/// An exact number of any size.
pub type Exact = Ratio<BigInt>;

/// Reads a decimal (`1234.50`), a fraction (`3/2000`) or a day (`2025-02-10`, as a count of days).
#[must_use]
pub fn parse(text: &str) -> Option<Exact> {
    if text.len() == 10 && text.as_bytes().get(4) == Some(&b'-') {
        return text.parse().ok().map(day);
    }
    if let Some((num, den)) = text.split_once('/') {
        let (num, den): (BigInt, BigInt) = (num.parse().ok()?, den.parse().ok()?);
        return (den > BigInt::ZERO).then(|| Ratio::new(num, den));
    }
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let scale = u32::try_from(decimals.len()).ok()?;
    Some(Ratio::new(format!("{whole}{decimals}").parse().ok()?, BigInt::from(10).pow(scale)))
}

/// Writes what [`parse`] reads: a decimal where there is one, else a fraction.
#[must_use]
pub fn write(value: &Exact) -> String {
    let mut den = value.denom().clone();
    let mut scale = [0_u32; 2];
    for (count, factor) in scale.iter_mut().zip([2_u32, 5]) {
        while (&den % factor) == BigInt::ZERO {
            den /= factor;
            *count += 1;
        }
    }
    let [twos, fives] = scale;
    let decimals = twos.max(fives);
    if den != BigInt::from(1) || decimals > 40 {
        return format!("{}/{}", value.numer(), value.denom());
    }
    fixed(value, decimals)
}

/// The value with exactly so many decimals; it must have no more.
pub(super) fn fixed(value: &Exact, decimals: u32) -> String {
    let scaled = (value * BigInt::from(10).pow(decimals)).to_integer();
    let (sign, digits) = match scaled.to_string().strip_prefix('-') {
        Some(digits) => ("-", digits.to_owned()),
        None => ("", scaled.to_string()),
    };
    let places = usize::try_from(decimals).unwrap_or(0);
    let digits = format!("{digits:0>width$}", width = places + 1);
    let (whole, part) = digits.split_at(digits.len() - places);
    if places == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// Half away from zero at so many decimals.
pub(super) fn half_up(value: &Exact, decimals: u32) -> Exact {
    let unit = BigInt::from(10).pow(decimals);
    // `Ratio::round` takes halves away from zero.
    Ratio::new((value * unit.clone()).round().to_integer(), unit)
}

/// Down at so many decimals.
pub(super) fn floor(value: &Exact, decimals: u32) -> Exact {
    let unit = BigInt::from(10).pow(decimals);
    Ratio::new((value * unit.clone()).floor().to_integer(), unit)
}

/// The day that a count of days stands for.
pub(super) fn as_day(value: &Exact) -> Option<NaiveDate> {
    let count = value.is_integer().then(|| i32::try_from(value.numer()).ok()).flatten()?;
    NaiveDate::from_num_days_from_ce_opt(count)
}

/// A day as a count of days.
pub(super) fn day(on: NaiveDate) -> Exact {
    Ratio::from_integer(BigInt::from(on.num_days_from_ce()))
}

/// An amount in yuan.
pub(super) fn yuan(amount: Money) -> Exact {
    Ratio::new(BigInt::from(amount.fen()), BigInt::from(100))
}

/// A rate.
pub(super) fn rate(rate: DomainRatio) -> Exact {
    Ratio::new(BigInt::from(rate.num()), BigInt::from(rate.den()))
}

/// An amount, when the value is one.
pub(super) fn money(value: &Exact) -> Option<Money> {
    let fen = value * BigInt::from(100);
    fen.is_integer().then(|| i64::try_from(fen.numer()).ok()).flatten().map(Money::from_fen)
}

/// A solved rate, digit for digit.
pub(super) fn solved(rate: SolvedRate) -> Option<Exact> {
    parse(&rate.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_written_reads_back() {
        for (text, written) in
            [("1234.50", "1234.5"), ("3/2000", "0.0015"), ("1/3", "1/3"), ("-0.01", "-0.01"), ("7", "7")]
        {
            assert_eq!(write(&parse(text).unwrap()), written);
        }
        assert_eq!(parse("2025-03-12").unwrap() - parse("2025-02-10").unwrap(), parse("30").unwrap());
        for bad in ["", "1/0", ".5", "1e3", "ten", "2025-02-30", "1.5.2"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn any_fraction_reads_back(num in any::<i64>(), den in 1_i64..1_000_000) {
            let value = Ratio::new(BigInt::from(num), BigInt::from(den));
            prop_assert_eq!(parse(&write(&value)), Some(value));
        }

        #[test]
        fn amounts_go_both_ways(fen in any::<i64>()) {
            prop_assert_eq!(money(&yuan(Money::from_fen(fen))), Some(Money::from_fen(fen)));
        }
    }
}

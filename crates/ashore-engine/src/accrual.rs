//! Default interest that is rounded once: days are weighed exactly, fen are posted half-up from the whole sum.

use ashore_domain::{Money, Penalty, PenaltyDayCount, PenaltyRate, Rate, RatePer, Ratio, Rounding};
use num_bigint::BigUint;

use crate::wide::half_up;

/// A running sum of fen × days at one daily rate. What is posted is always the whole sum times the rate, half-up,
/// so splitting a stretch of days into pieces never changes a fen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Accumulator {
    fen_days: i128,
}

/// Why a penalty has no daily rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DailyRateError {
    /// A multiple of a rate that nobody stated.
    #[error("penalty.rate: a multiple of the contract rate needs the contract rate")]
    NoContractRate,
    /// A multiple of a rate that speaks of no year.
    #[error("penalty.rate: a multiple needs a contract rate per year, month or day, not per term")]
    FlatContractRate,
}

impl Accumulator {
    /// Adds `days` days on `base`.
    pub fn add(&mut self, base: Money, days: i64) {
        self.fen_days += i128::from(base.fen()) * i128::from(days);
    }

    /// The exact sum of fen × days.
    #[must_use]
    pub const fn fen_days(self) -> i128 {
        self.fen_days
    }

    /// What has been posted so far at `rate` a day; `None` beyond [`Money::MAX`].
    #[must_use]
    pub fn posted(self, rate: Ratio) -> Option<Money> {
        half_up_product(self.fen_days, rate).filter(|posted| *posted <= Money::MAX)
    }
}

/// `fen × rate` half-up, both at least zero.
fn half_up_product(fen: i128, rate: Ratio) -> Option<Money> {
    if let Some(product) = fen.checked_mul(rate.num()) {
        return i64::try_from(Rounding::HalfUp.divide(product, rate.den())).ok().map(Money::from_fen);
    }
    // Rates with two dozen significant digits leave 128 bits on the way to a result that fits an amount.
    let product = BigUint::try_from(fen).ok()? * BigUint::try_from(rate.num()).ok()?;
    half_up(&product, &BigUint::try_from(rate.den()).ok()?).map(Money::from_fen)
}

/// The contract's rate for a year (a daily rate stays a rate for a day), with the days that a year has for it.
fn contract_rate(rate: Rate, year: i128) -> Result<(Ratio, i128), DailyRateError> {
    match rate.per() {
        RatePer::Year => Ok((rate.ratio(), year)),
        RatePer::Month => Ok((rate.ratio().times(12, 1).unwrap_or(Ratio::ZERO), year)),
        RatePer::Day => Ok((rate.ratio(), 1)),
        RatePer::TermFlat => Err(DailyRateError::FlatContractRate),
    }
}

/// The exact rate that one day of lateness bears.
///
/// # Errors
/// A multiple of a contract rate that is not stated, or is stated per term.
pub fn daily_rate(penalty: &Penalty, contract: Option<Rate>) -> Result<Ratio, DailyRateError> {
    let year: i128 = match penalty.day_count {
        PenaltyDayCount::Act360 => 360,
        PenaltyDayCount::Act365 => 365,
    };
    // Rates carry at most 12 decimals and are at most 100, so these products fit; an overflow cannot occur.
    let by_day = |rate: Ratio, num: i128, den: i128| rate.times(num, den).unwrap_or(Ratio::ZERO);
    match penalty.rate {
        PenaltyRate::Stated(rate) if rate.per() == RatePer::Day => Ok(rate.ratio()),
        PenaltyRate::Stated(rate) => Ok(by_day(rate.ratio(), 1, year)),
        PenaltyRate::MultipleOfContract(times) => {
            let (rate, days) = contract_rate(contract.ok_or(DailyRateError::NoContractRate)?, year)?;
            let times = Ratio::from_decimal(times);
            Ok(by_day(by_day(rate, times.num(), times.den()), 1, days))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ashore_domain::{CompoundOn, PenaltyBase};
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    fn penalty(rate: PenaltyRate, day_count: PenaltyDayCount) -> Penalty {
        Penalty { rate, base: PenaltyBase::OverduePrincipal, compound_on: CompoundOn::None, day_count }
    }

    #[test]
    fn thirty_days_at_one_and_a_half_times_the_contract_rate() {
        let contract = Rate::new(Decimal::new(24, 2), RatePer::Year).unwrap();
        let times = PenaltyRate::MultipleOfContract(Decimal::new(15, 1));
        for (year, fen) in [(PenaltyDayCount::Act360, 15_000), (PenaltyDayCount::Act365, 14_795)] {
            let rate = daily_rate(&penalty(times, year), Some(contract)).unwrap();
            let mut sum = Accumulator::default();
            sum.add(Money::from_yuan(5_000), 30);
            assert_eq!(sum.posted(rate), Some(Money::from_fen(fen)));
        }
    }

    #[test]
    fn each_way_of_stating_the_rate() {
        let rate = |value: i64, scale, per| Rate::new(Decimal::new(value, scale), per).unwrap();
        let times = PenaltyRate::MultipleOfContract(Decimal::new(2, 0));
        for (stated, contract, expect) in [
            (times, rate(2, 2, RatePer::Month), Ratio::new(24 * 2, 36_000)),
            (times, rate(5, 4, RatePer::Day), Ratio::new(1, 1_000)),
            (PenaltyRate::Stated(rate(6, 4, RatePer::Day)), rate(1, 2, RatePer::Year), Ratio::new(6, 10_000)),
            (
                PenaltyRate::Stated(rate(36, 2, RatePer::Year)),
                rate(1, 2, RatePer::Year),
                Ratio::new(1, 1_000),
            ),
        ] {
            assert_eq!(daily_rate(&penalty(stated, PenaltyDayCount::Act360), Some(contract)).ok(), expect);
        }
        let flat = rate(1, 2, RatePer::TermFlat);
        assert_eq!(
            daily_rate(&penalty(times, PenaltyDayCount::Act360), Some(flat)),
            Err(DailyRateError::FlatContractRate)
        );
        assert_eq!(
            daily_rate(&penalty(times, PenaltyDayCount::Act360), None),
            Err(DailyRateError::NoContractRate)
        );
    }

    proptest! {
        #[test]
        fn the_long_product_agrees_with_the_short(fen in 0_i128..1_000_000_000_000_000, num in 0_i128..1_000_000, den in 1_i128..1_000_000_000) {
            let rate = Ratio::new(num, den).unwrap();
            let long = half_up(
                &(BigUint::try_from(fen).unwrap() * BigUint::try_from(rate.num()).unwrap()),
                &BigUint::try_from(rate.den()).unwrap(),
            );
            prop_assert_eq!(half_up_product(fen, rate), long.map(Money::from_fen));
        }

        #[test]
        fn pieces_post_what_the_whole_posts(base in 0_i64..10_000_000_000, cuts in prop::collection::vec(0_i64..400, 1..9)) {
            let rate = Ratio::new(3, 2_000).unwrap();
            let (mut whole, mut pieces) = (Accumulator::default(), Accumulator::default());
            whole.add(Money::from_fen(base), cuts.iter().sum());
            for days in cuts {
                pieces.add(Money::from_fen(base), days);
            }
            prop_assert_eq!(whole.posted(rate), pieces.posted(rate));
        }
    }
}

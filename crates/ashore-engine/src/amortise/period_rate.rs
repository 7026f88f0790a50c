use ashore_domain::{DayCount, Money, Period, Rate, RatePer, Ratio};

use crate::interest::Interest;

/// A contract rate as rows use it: one rate for each whole period, or one for each day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PeriodRate {
    /// Of one whole period.
    Whole(Ratio),
    /// Of one day, times the actual days.
    PerDay(Ratio),
}

impl PeriodRate {
    /// Exact; `None` only beyond what terms within the limits can hold.
    pub(crate) fn new(rate: Rate, period: Period, day_count: DayCount) -> Option<Self> {
        let annual = match rate.per() {
            RatePer::TermFlat => return Some(Self::Whole(rate.ratio())),
            RatePer::Day => return Some(Self::PerDay(rate.ratio())),
            RatePer::Year => rate.ratio(),
            RatePer::Month => rate.ratio().times(12, 1)?,
        };
        Some(match day_count {
            DayCount::Months => Self::Whole(of_period(annual, period)?),
            DayCount::Act360 => Self::PerDay(annual.times(1, 360)?),
            DayCount::Act365 => Self::PerDay(annual.times(1, 365)?),
        })
    }

    /// The interest of a period that lasts `days`, prepared for balances up to `principal`.
    pub(crate) fn interest_on(self, principal: Money, longest: i64) -> impl Fn(Money, i64) -> Money {
        let balance = u64::try_from(principal.fen()).unwrap_or(0);
        let days = u64::try_from(longest).unwrap_or(0);
        let (kernel, by_day) = match self {
            Self::Whole(rate) => (Interest::new(rate, balance), false),
            Self::PerDay(rate) => (Interest::new(rate, balance.saturating_mul(days)), true),
        };
        move |balance: Money, days: i64| {
            let fen = balance.fen().unsigned_abs();
            let amount = if by_day { fen.saturating_mul(days.unsigned_abs()) } else { fen };
            Money::from_fen(kernel.on(amount))
        }
    }
}

/// Annual × months / 12, or × days / 365 for periods counted in days.
pub(crate) fn of_period(annual: Ratio, period: Period) -> Option<Ratio> {
    match (period.months(), period.days()) {
        (Some(months), _) => annual.times(i128::from(months), 12),
        (None, days) => annual.times(i128::from(days.unwrap_or(0)), 365),
    }
}

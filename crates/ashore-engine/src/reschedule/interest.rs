use ashore_domain::{Money, Ratio, Relief, Rounding, days_between};
use chrono::NaiveDate;

use super::{Calendar, Debt, NewRow, RescheduleError, RescheduleFinding, Standing};

/// How interest goes on under an offer: a twelfth of the annual rate a month, none from the day it stops.
#[derive(Debug, Clone, Copy)]
pub(super) struct Accrual {
    monthly: Ratio,
    stops: Option<NaiveDate>,
    /// A relief lowered the rate, so that the contract's own interest no longer holds.
    pub(super) cut: bool,
}

impl Accrual {
    pub(super) fn of(standing: &Standing, reliefs: &[Relief], findings: &mut Vec<RescheduleFinding>) -> Self {
        let mut annual = standing.annual;
        let (mut stops, mut cut) = (None, false);
        for relief in reliefs {
            match relief {
                Relief::RateCut { rate } => (annual, cut) = (Some(Ratio::from_decimal(*rate)), true),
                Relief::CostToCap { rate } => {
                    let line = Ratio::from_decimal(*rate);
                    if annual.is_none_or(|annual| above(annual, line)) {
                        (annual, cut) = (Some(line), true);
                    }
                }
                Relief::InterestStop { from } => stops = Some(*from),
                _ => {}
            }
        }
        let needed = |relief: &Relief| {
            use ashore_domain::DeferredInterest as D;
            match relief {
                Relief::Deferral { interest, .. } => *interest != D::Stopped,
                Relief::TermExtension { rate, .. } => rate.is_none(),
                Relief::InterestOnly { .. } | Relief::MinimumPayment { .. } => true,
                _ => false,
            }
        };
        if annual.is_none() && reliefs.iter().any(needed) {
            findings.push(RescheduleFinding::RateUnknown);
        }
        Self { monthly: twelfth(annual.unwrap_or(Ratio::ZERO)), stops, cut }
    }

    /// The same at another annual rate.
    pub(super) fn at(self, annual: Ratio) -> Self {
        Self { monthly: twelfth(annual), ..self }
    }

    pub(super) const fn monthly(self) -> Ratio {
        self.monthly
    }

    /// B·r·m, rounded once.
    pub(super) fn over_months(&self, balance: Money, months: u16) -> Option<Money> {
        if self.stops.is_some() {
            // A stop beside a deferral speaks of the deferred months too.
            return Some(Money::ZERO);
        }
        balance.times(
            self.monthly.num().checked_mul(i128::from(months))?,
            self.monthly.den(),
            Rounding::HalfUp,
        )
    }

    /// Interest on `balance` for the month from `before` to `due`, as far as it runs.
    pub(super) fn of_month(
        &self,
        balance: Money,
        before: NaiveDate,
        due: NaiveDate,
    ) -> Result<Money, RescheduleError> {
        let share = self.running(before, due);
        let rate = self.monthly.times(share.num(), share.den()).ok_or(RescheduleError::TooLarge)?;
        super::part(balance, rate.num(), rate.den())
    }

    /// Which part of the time from `before` to `due` bears interest.
    pub(super) fn running(&self, before: NaiveDate, due: NaiveDate) -> Ratio {
        let Some(stop) = self.stops else { return Ratio::ONE };
        let whole = days_between(before, due).max(1);
        let run = days_between(before, stop.min(due)).max(0);
        Ratio::new(i128::from(run), i128::from(whole)).unwrap_or(Ratio::ZERO)
    }

    /// Months in which only interest is paid; what is in arrears goes with the first of them.
    pub(super) fn interest_only(
        &self,
        debt: &mut Debt,
        at: &mut Calendar,
        months: u16,
    ) -> Result<Vec<NewRow>, RescheduleError> {
        (0..months)
            .map(|_| {
                let (before, due) = at.next();
                let interest = self.of_month(debt.principal, before, due)?;
                let arrears = std::mem::replace(&mut debt.arrears, Money::ZERO);
                Ok(NewRow { due, principal: Money::ZERO, interest, arrears })
            })
            .collect()
    }
}

fn twelfth(annual: Ratio) -> Ratio {
    annual.times(1, 12).unwrap_or(Ratio::ZERO)
}

fn above(a: Ratio, b: Ratio) -> bool {
    let cross = |x: Ratio, y: Ratio| x.num().checked_mul(y.den());
    cross(a, b).zip(cross(b, a)).is_none_or(|(a, b)| a > b)
}

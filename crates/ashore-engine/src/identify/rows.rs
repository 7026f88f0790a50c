//! Rows under any convention, by plain exact division: slower than the kernel, free of its one rounding.

use ashore_domain::{
    DayCount, FeeWhen, Instalment, LoanDraft, LoanTerms, Method, Money, Rate, Ratio, Rounding, days_between,
};

use super::convention::{Convention, FeePlacement, FirstPeriod};
use crate::amortise::period_rate::PeriodRate;
use crate::level::level_payment_rounded;

/// The rows of `terms` counted as `convention` counts; `None` where the two do not go together.
pub(super) fn rows(terms: &LoanTerms, rate: Rate, convention: &Convention) -> Option<Vec<Instalment>> {
    let (loan, calendar) = (terms.get(), terms.calendar());
    let counting = Counting::new(loan, rate, convention)?;
    let divided = |amount: Money, by: i128| amount.times(1, by, convention.rounding);
    let level = match (convention.method, counting.whole) {
        (Method::EqualInstallment, Some(whole)) => {
            level_payment_rounded(loan.principal, whole, loan.terms, convention.rounding)?
        }
        (Method::EqualInstallment, None) => return None,
        _ => divided(loan.principal, i128::from(loan.terms))?,
    };
    let mut balance = loan.principal;
    let mut before = loan.disbursed_on;
    let mut rows = Vec::with_capacity(usize::from(loan.terms));
    let mut waiting = Ratio::ZERO;
    for k in 1..=loan.terms {
        let (due, last) = (calendar.due(k), k == loan.terms);
        let rate = counting.of_period(k, days_between(before, due))?;
        before = due;
        if convention.method == Method::SinglePayment {
            waiting = sum(waiting, rate)?;
            if !last {
                continue;
            }
        }
        let (base, rate) = match convention.method {
            Method::EqualInstallment | Method::EqualPrincipal => (balance, rate),
            Method::SinglePayment => (loan.principal, waiting),
            _ => (loan.principal, rate),
        };
        let interest = base.times(rate.num(), rate.den(), convention.rounding)?;
        let part = match convention.method {
            _ if last => balance,
            Method::EqualInstallment => (level - interest).max(Money::ZERO).min(balance),
            Method::EqualPrincipal | Method::FlatRate => level.min(balance),
            _ => Money::ZERO,
        };
        balance -= part;
        let term = u16::try_from(rows.len() + 1).ok()?;
        rows.push(Instalment { term, due, principal: part, interest, fees: Money::ZERO, balance });
    }
    place_fees(terms, convention.fees, &mut rows);
    Some(rows)
}

/// The rate of each period under one convention.
struct Counting {
    usual: PeriodRate,
    /// The rate of one whole period, when there is such a thing.
    whole: Option<Ratio>,
    first: FirstRate,
}

enum FirstRate {
    AsOthers,
    Whole(Ratio),
    PerDay(Ratio),
    BothEnds,
}

impl Counting {
    fn new(loan: &LoanDraft, rate: Rate, convention: &Convention) -> Option<Self> {
        let of = |day_count| PeriodRate::new(rate, loan.period, day_count);
        // A flat rate knows no days; any other method counts as the convention says.
        let flat = convention.method == Method::FlatRate;
        let usual = of(if flat { DayCount::Months } else { convention.day_count })?;
        let whole = match of(DayCount::Months)? {
            PeriodRate::Whole(rate) => Some(rate),
            PeriodRate::PerDay(_) => None,
        };
        let per_day = |day_count| match of(day_count) {
            Some(PeriodRate::PerDay(rate)) => Some(FirstRate::PerDay(rate)),
            _ => None,
        };
        let first = match convention.first_period {
            FirstPeriod::AsOthers => FirstRate::AsOthers,
            FirstPeriod::Days360 => per_day(DayCount::Act360)?,
            FirstPeriod::Days365 => per_day(DayCount::Act365)?,
            FirstPeriod::Whole => FirstRate::Whole(whole?),
            FirstPeriod::BothEnds => FirstRate::BothEnds,
        };
        Some(Self { usual, whole, first })
    }

    fn of_period(&self, k: u16, days: i64) -> Option<Ratio> {
        let counted = |rate: PeriodRate, days: i64| match rate {
            PeriodRate::Whole(rate) => Some(rate),
            PeriodRate::PerDay(rate) => rate.times(i128::from(days), 1),
        };
        match self.first {
            FirstRate::Whole(rate) if k == 1 => Some(rate),
            FirstRate::PerDay(rate) if k == 1 => rate.times(i128::from(days), 1),
            FirstRate::BothEnds if k == 1 => counted(self.usual, days + 1),
            _ => counted(self.usual, days),
        }
    }
}

fn sum(a: Ratio, b: Ratio) -> Option<Ratio> {
    let crossed = a.num().checked_mul(b.den())?.checked_add(b.num().checked_mul(a.den())?)?;
    Ratio::new(crossed, a.den().checked_mul(b.den())?)
}

fn place_fees(terms: &LoanTerms, placement: FeePlacement, rows: &mut [Instalment]) {
    let fees = |when| -> Money {
        terms.get().fees.iter().filter(|fee| fee.when == when).map(|fee| terms.fee_amount(fee)).sum()
    };
    let (each, at_end) = (fees(FeeWhen::EachTerm), fees(FeeWhen::Final));
    let count = i128::try_from(rows.len()).unwrap_or(0);
    match placement {
        FeePlacement::Apart => return,
        FeePlacement::EachTerm => rows.iter_mut().for_each(|row| row.fees = each),
        FeePlacement::FirstTerm => {
            if let Some(row) = rows.first_mut() {
                row.fees = each.times(count, 1, Rounding::HalfUp).unwrap_or(Money::ZERO);
            }
        }
    }
    if let Some(row) = rows.last_mut() {
        row.fees += at_end;
    }
}

use ashore_domain::{LoanDraft, Method, Money, Rate, RatePer, Ratio, Rounding};
use rust_decimal::Decimal;

use super::AmortiseError;
use super::period_rate::of_period;
use crate::level_payment;

/// The rate that reproduces a known payment to the fen.
///
/// `rate` is the shortest decimal between `lowest` and `highest`, the widest range (in steps of 10^-12) whose every
/// rate gives that same payment: that is how exactly the payment tells the rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RateFound {
    /// The method it belongs to.
    pub method: Method,
    /// A year for equal instalments, a term for the flat rate.
    pub rate: Rate,
    /// The least rate that gives the payment.
    pub lowest: Decimal,
    /// The largest.
    pub highest: Decimal,
}

/// Rates are searched on whole steps of 10^-12, as fine as a contract rate can be.
const STEPS: i64 = 1_000_000_000_000;
const MOST: i64 = 100 * STEPS;

pub(super) fn solve(loan: &LoanDraft, payment: Money) -> Result<RateFound, AmortiseError> {
    let at = |steps: i64| payment_at(loan, Ratio::new(i128::from(steps), i128::from(STEPS))?);
    // Without interest a payment may be the rounded-down part of the principal; the last row takes up the rest.
    if at(0).is_some_and(|least| payment < least) {
        return Err(AmortiseError::PaymentBelowPrincipal {
            payment,
            terms: loan.terms,
            principal: loan.principal,
        });
    }
    // The payment never falls as the rate grows, so both ends of the range are found by halving.
    let least = first_step(|steps| at(steps).is_some_and(|m| m >= payment));
    let beyond = first_step(|steps| at(steps).is_none_or(|m| m > payment));
    if least >= beyond {
        return Err(AmortiseError::PaymentTooLarge { payment });
    }
    let (rate, per) = (shortest(least, beyond - 1), per(loan.method));
    let rate = Rate::new(rate, per).map_err(|_| AmortiseError::PaymentTooLarge { payment })?;
    Ok(RateFound {
        method: loan.method,
        rate,
        lowest: Decimal::new(least, 12),
        highest: Decimal::new(beyond - 1, 12),
    })
}

const fn per(method: Method) -> RatePer {
    match method {
        Method::FlatRate => RatePer::TermFlat,
        _ => RatePer::Year,
    }
}

fn payment_at(loan: &LoanDraft, rate: Ratio) -> Option<Money> {
    if loan.method == Method::FlatRate {
        let each = loan.principal.times(1, i128::from(loan.terms), Rounding::HalfUp)?;
        return Some(each + loan.principal.times(rate.num(), rate.den(), Rounding::HalfUp)?);
    }
    level_payment(loan.principal, of_period(rate, loan.period)?, loan.terms)
}

/// The first step in 0 … MOST+1 at which `reached` holds, given that it goes on holding.
fn first_step(reached: impl Fn(i64) -> bool) -> i64 {
    let (mut low, mut high) = (0, MOST + 1);
    while low < high {
        let middle = i64::midpoint(low, high);
        if reached(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

/// The decimal with the fewest digits between two steps, the one nearest their middle where several are as short.
fn shortest(least: i64, most: i64) -> Decimal {
    let middle = i64::midpoint(least, most);
    for scale in 0..=12u32 {
        let unit = 10i64.pow(12 - scale);
        let near = (middle + unit / 2) / unit * unit;
        if let Some(found) = [near, near - unit, near + unit].into_iter().find(|s| (least..=most).contains(s))
        {
            return Decimal::new(found, 12).normalize();
        }
    }
    Decimal::new(middle, 12)
}

//! 一次性还本付息: one row on the last due; the interest of all periods is added exactly and rounded once.

use ashore_domain::{Money, Rounding, Schedule, days_between};

use super::{AmortiseError, Frame, PeriodRate};

pub(super) fn schedule(frame: &Frame) -> Result<Schedule, AmortiseError> {
    let loan = frame.loan;
    let due = frame.last_due();
    let (rate, times) = match frame.rate(true) {
        PeriodRate::Whole(rate) => (rate, i64::from(loan.terms)),
        PeriodRate::PerDay(rate) => (rate, days_between(loan.disbursed_on, due)),
    };
    let interest: Money = rate
        .times(i128::from(times), 1)
        .and_then(|all| loan.principal.times(all.num(), all.den(), Rounding::HalfUp))
        .ok_or(AmortiseError::TooLarge)?;
    let fees = frame.term_fees + frame.final_fees;
    Schedule::new(loan.principal, [(due, loan.principal, interest, fees)]).map_err(AmortiseError::Rows)
}

//! 等额本金: the same principal every term, interest on what is still owed.

use ashore_domain::{Rounding, Schedule};

use super::{AmortiseError, Frame};

pub(super) fn schedule(frame: &Frame) -> Result<Schedule, AmortiseError> {
    let loan = frame.loan;
    let each =
        loan.principal.times(1, i128::from(loan.terms), Rounding::HalfUp).ok_or(AmortiseError::TooLarge)?;
    let interest_on = frame.rate(true).interest_on(loan.principal, frame.longest_period());
    let mut balance = loan.principal;
    frame.rows(|term, days| {
        let interest = interest_on(balance, days);
        // Rounded up, the parts can run out before the terms do.
        let part = if term == loan.terms { balance } else { each.min(balance) };
        balance -= part;
        (part, interest)
    })
}

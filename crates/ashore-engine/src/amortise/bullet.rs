//! 先息后本 and 按日计息 (one draw): interest at each due, the principal with the last.

use ashore_domain::{Money, Schedule};

use super::{AmortiseError, Frame};

pub(super) fn schedule(frame: &Frame) -> Result<Schedule, AmortiseError> {
    let loan = frame.loan;
    let interest_on = frame.rate(true).interest_on(loan.principal, frame.longest_period());
    frame.rows(|term, days| {
        let part = if term == loan.terms { loan.principal } else { Money::ZERO };
        (part, interest_on(loan.principal, days))
    })
}

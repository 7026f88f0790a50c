//! 等本等息: the same principal and the same interest on the whole principal every term.

use ashore_domain::{Rounding, Schedule};

use super::{AmortiseError, Frame};
use crate::Finding;

pub(super) fn schedule(frame: &Frame, findings: &mut Vec<Finding>) -> Result<Schedule, AmortiseError> {
    let loan = frame.loan;
    let each =
        loan.principal.times(1, i128::from(loan.terms), Rounding::HalfUp).ok_or(AmortiseError::TooLarge)?;
    // A daily rate still applies to each actual day; any other is the same for every term.
    let interest_on = frame.rate(false).interest_on(loan.principal, frame.longest_period());
    let mut balance = loan.principal;
    let mut first = None;
    let rows = frame.rows(|term, days| {
        let part = if term == loan.terms { balance } else { each.min(balance) };
        balance -= part;
        let interest = interest_on(loan.principal, days);
        first.get_or_insert(part + interest);
        (part, interest)
    })?;
    if let (Some(stated), Some(computed), None) = (frame.payment, first, frame.rate_found)
        && stated != computed
    {
        findings.push(Finding::PaymentDiffersFromRate { stated, computed });
    }
    Ok(rows)
}

//! 等额本息: one level payment, interest on what is still owed.

use ashore_domain::{Money, Schedule};

use super::{AmortiseError, Frame, PeriodRate};
use crate::{Finding, level_payment};

pub(super) fn schedule(frame: &Frame, findings: &mut Vec<Finding>) -> Result<Schedule, AmortiseError> {
    let loan = frame.loan;
    // The level payment comes from whole periods even where interest goes by days.
    let PeriodRate::Whole(periodic) = frame.rate(false) else { return Err(AmortiseError::TooLarge) };
    let computed = level_payment(loan.principal, periodic, loan.terms).ok_or(AmortiseError::TooLarge)?;
    if let Some(stated) = frame.payment.filter(|stated| *stated != computed) {
        findings.push(Finding::PaymentDiffersFromRate { stated, computed });
    }
    let interest_on = frame.rate(true).interest_on(loan.principal, frame.longest_period());
    let mut balance = loan.principal;
    let mut too_small = None;
    let rows = frame.rows(|term, days| {
        let interest = interest_on(balance, days);
        if interest > computed && too_small.is_none() {
            too_small = Some(term);
        }
        let level = (computed - interest).max(Money::ZERO).min(balance);
        let part = if term == loan.terms { balance } else { level };
        balance -= part;
        (part, interest)
    })?;
    findings.extend(too_small.map(|term| Finding::InterestAboveLevelPayment { term }));
    Ok(rows)
}

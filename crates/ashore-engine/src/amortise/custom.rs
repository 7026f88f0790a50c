//! Rows typed from the lender's own table: taken as they are, as long as they tie out.

use ashore_domain::{FeeWhen, Schedule};

use super::{AmortiseError, Frame};
use crate::Finding;

pub(super) fn schedule(frame: &Frame, findings: &mut Vec<Finding>) -> Result<Schedule, AmortiseError> {
    let loan = frame.loan;
    if loan.rows.first().is_some_and(|row| row.due <= loan.disbursed_on) {
        return Err(AmortiseError::RowBeforeDisbursement);
    }
    if loan.fees.iter().any(|fee| fee.when != FeeWhen::Upfront) {
        findings.push(Finding::RowFeesAsTyped);
    }
    let rows = loan.rows.iter().map(|row| (row.due, row.principal, row.interest, row.fees));
    Schedule::new(loan.principal, rows).map_err(AmortiseError::Rows)
}

use chrono::NaiveDate;

use crate::Money;

/// One row of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    /// Counted from 1.
    pub term: u16,
    /// The civil day it falls due.
    pub due: NaiveDate,
    /// Part that repays principal.
    pub principal: Money,
    /// In-term interest.
    pub interest: Money,
    /// Fees of this term.
    pub fees: Money,
    /// Principal still owed after this row.
    pub balance: Money,
}

impl Instalment {
    /// What is paid on the due date.
    #[must_use]
    pub fn payment(&self) -> Money {
        self.principal + self.interest + self.fees
    }
}

/// A row typed from the lender's own table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CustomRow {
    /// The civil day it falls due.
    pub due: NaiveDate,
    /// Part that repays principal.
    pub principal: Money,
    /// Interest.
    pub interest: Money,
    /// Fees.
    pub fees: Money,
}

impl CustomRow {
    /// What is paid on the due date.
    #[must_use]
    pub fn payment(&self) -> Money {
        self.principal + self.interest + self.fees
    }
}

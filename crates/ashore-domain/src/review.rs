use chrono::NaiveDate;

use crate::{Money, ReviewId};

/// The borrower looked everything over. What was seen is kept, so that the next review can say what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Which.
    pub id: ReviewId,
    /// On which day.
    pub on: NaiveDate,
    /// Everything owed on all open loans that day.
    pub owed: Money,
    /// Net income a month, once a worksheet is stated.
    pub income: Option<Money>,
    /// What can be paid that month, once a worksheet is stated.
    pub capacity: Option<Money>,
    /// The borrower's own note.
    pub note: Option<String>,
}

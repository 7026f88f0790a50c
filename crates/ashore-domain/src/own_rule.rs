use chrono::NaiveDate;

/// A row of the rules as the borrower knows it better, or an LPR quote or a holiday that the tables do not have. The latest about
/// the same row holds; one without a value withdraws what was said before and gives the built-in row back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRule {
    /// The rule's stable name, [`OwnRule::LPR`] or [`OwnRule::HOLIDAY`].
    pub rule: String,
    /// The day of the quote, for the LPR; the day itself, for a holiday.
    pub on: Option<NaiveDate>,
    /// The number the rule turns on, in its unit; for the LPR one year, in percent; for a day [`OwnRule::OFF`] or
    /// [`OwnRule::WORKING`].
    pub value: Option<String>,
    /// For the LPR five years and longer, in percent.
    pub five_year: Option<String>,
    /// Where it was read.
    pub source: Option<String>,
    /// Why.
    pub note: String,
}

impl OwnRule {
    /// What quotes of the loan prime rate are called.
    pub const LPR: &'static str = "LPR";
    /// What days are called on which people work or not, other than the week says.
    pub const HOLIDAY: &'static str = "HOLIDAY";
    /// A day off.
    pub const OFF: &'static str = "off";
    /// A day on which people work.
    pub const WORKING: &'static str = "working";

    /// True when both speak of the same row.
    #[must_use]
    pub fn same_row(&self, other: &Self) -> bool {
        self.rule == other.rule && self.on == other.on
    }
}

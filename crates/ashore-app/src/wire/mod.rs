//! The JSON forms of the contract in `ashore-cli`: amounts, rates and dates as text, words in snake_case, unknown
//! fields refused by name. One form of a loan serves `calc` and the stored book alike.
//!
//! Shapes hold what was written; turning one into a checked value names the field that is wrong. Amounts and rates
//! are always text: a JSON number has no exact decimals, so a bare number is refused rather than rounded.

mod cost;
mod finding;
mod loan;
mod penalty;
mod period;
pub(crate) mod read;
#[cfg(test)]
mod round_trip;
mod schedule;
mod statement;
mod text;

pub use cost::CostShape;
pub use finding::FindingShape;
pub use loan::{FeeShape, LoanShape, RateShape, RowInput};
pub use penalty::{PenaltyRateShape, PenaltyShape};
pub use period::PeriodShape;
pub use schedule::{RowShape, ScheduleShape, TotalsShape};
pub use statement::{
    AllocationShape, ChangeShape, DueShape, OpeningShape, OutstandingShape, OverdueShape, PaymentShape,
    StatementFindingShape, StatementShape, TermShape,
};
pub use text::{Amount, Day};

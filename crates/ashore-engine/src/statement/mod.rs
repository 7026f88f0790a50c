//! What is owed on a day, replayed from everything that happened: dues, payments, waivers, agreed changes.
//!
//! A statement is a function of its request alone. Schedule rows never change because of lateness; a back-dated
//! entry changes the figures from its day on and nothing before it.

mod figures;
mod finding;
mod replay;
mod request;
mod term;

pub(crate) use figures::figures;
pub use figures::{Allocation, NextDue, Overdue, Stage, Statement, TermState};
pub use finding::{StatementError, StatementFinding};
pub(crate) use replay::Replay;
pub use request::{Change, DatedPayment, StatementRequest};
pub(crate) use term::{Stretch, Term};

/// The statement as of `request.as_of`: Σ allocations + credit = Σ payments counted, no bucket is negative, and the
/// order in which payments of different days were typed plays no part.
///
/// # Errors
/// What is missing or contradictory in the request, named by its field.
pub fn statement(request: &StatementRequest<'_>) -> Result<Statement, StatementError> {
    let mut replay = Replay::new(request)?;
    replay.run(request)?;
    Ok(figures(&replay, request.as_of))
}

#[cfg(test)]
mod tests;

//! What falls due when, after everything that was paid and agreed: the source of reminders and forecasts.

use ashore_domain::Money;
use chrono::NaiveDate;

use crate::statement::{Replay, StatementError, StatementRequest};

/// Money that a day asks for; the amount is above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueItem {
    /// 0 for the contract, k for the k-th agreed schedule.
    pub schedule: u16,
    /// Number within its schedule; 0 for a stated balance.
    pub term: u16,
    /// The day.
    pub due: NaiveDate,
    /// What is still to pay for it, waiting credit already counted.
    pub amount: Money,
}

/// Every due from `from` to `to`, both days included, that still needs money on `request.as_of`; oldest first.
/// A due already past has its penalties up to that day in its amount.
///
/// # Errors
/// As [`crate::statement::statement`].
pub fn dues_between(
    request: &StatementRequest<'_>,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<DueItem>, StatementError> {
    let mut replay = Replay::new(request)?;
    replay.run(request)?;
    Ok(dues_of(&replay).filter(|item| (from..=to).contains(&item.due)).collect())
}

/// Every due that still needs money, oldest first.
pub(crate) fn dues_of(replay: &Replay) -> impl Iterator<Item = DueItem> + '_ {
    let mut credit = replay.credit;
    replay.terms.iter().filter_map(move |term| {
        let unpaid = term.unpaid().total();
        // Credit is only ever left when nothing that has fallen due is unpaid, so it meets the dues in order.
        let covered = unpaid.min(credit);
        credit -= covered;
        let amount = unpaid - covered;
        let (schedule, number, due) = (term.schedule, term.number, term.due);
        amount.is_positive().then_some(DueItem { schedule, term: number, due, amount })
    })
}

use ashore_domain::{Money, Month, Review};
use ashore_engine::monthly_capacity;
use ashore_vault::CapacityState;
use chrono::{DateTime, FixedOffset, Months, NaiveDate};

use crate::AppError;
use crate::clock::shanghai;
use crate::session::{App, Unlocked};

/// When the next review is due, and why.
pub(crate) struct ReviewDue {
    /// The review made last.
    pub(crate) last: Option<Review>,
    /// From when on changes count.
    pub(crate) since: DateTime<FixedOffset>,
    /// A month after the last one.
    pub(crate) monthly: NaiveDate,
    /// When a worksheet was saved whose income differs by more than a fifth.
    pub(crate) income_changed_at: Option<DateTime<FixedOffset>>,
    /// Income at the last review, or of the first worksheet.
    pub(crate) income_before: Option<Money>,
    /// Income of the latest worksheet.
    pub(crate) income_now: Option<Money>,
}

/// Net income of a worksheet in the month it was saved.
pub(super) fn income_of(state: &CapacityState) -> Money {
    let month = Month::of(state.recorded_at.with_timezone(&shanghai()).date_naive());
    monthly_capacity(&state.worksheet, month, 1).net_income
}

/// True when the two differ by more than a fifth of the first.
pub(super) fn by_more_than_a_fifth(before: Money, now: Money) -> bool {
    let gap = i128::from(now.fen()) - i128::from(before.fen());
    gap.abs() * 5 > i128::from(before.fen())
}

impl App<Unlocked> {
    /// When the next review is due, and why.
    pub(crate) fn review_due(&self) -> Result<ReviewDue, AppError> {
        let vault = &self.state.vault;
        let created = vault.created_at().with_timezone(&shanghai());
        let last = vault.reviews()?.pop();
        let since = last.as_ref().map_or(created, |state| state.recorded_at);
        let from = last.as_ref().map_or(created.date_naive(), |state| state.review.on);
        let sheets = vault.capacities()?;
        let reviewed = last.as_ref().and_then(|state| state.review.income);
        let income_before = reviewed.or_else(|| sheets.first().map(income_of));
        let income_now = sheets.last().map(income_of);
        let changed = |state: &&CapacityState| {
            state.recorded_at > since
                && income_before.is_some_and(|before| by_more_than_a_fifth(before, income_of(state)))
        };
        // Only while the latest still differs: a slip that was put right is no change.
        let income_changed_at = sheets.last().filter(changed).map(|state| state.recorded_at);
        Ok(ReviewDue {
            last: last.map(|state| state.review),
            since,
            monthly: from.checked_add_months(Months::new(1)).unwrap_or(from),
            income_changed_at,
            income_before,
            income_now,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_is_not_more_than_a_fifth() {
        let yuan = Money::from_yuan;
        assert!(!by_more_than_a_fifth(yuan(5000), yuan(4000)));
        assert!(by_more_than_a_fifth(yuan(5000), Money::from_fen(399_999)));
        assert!(by_more_than_a_fifth(yuan(5000), Money::from_fen(600_001)));
        assert!(by_more_than_a_fifth(Money::ZERO, Money::from_fen(1)), "from nothing to something");
        assert!(!by_more_than_a_fifth(Money::ZERO, Money::ZERO));
    }
}

use std::collections::BTreeMap;

use ashore_domain::{Money, Month};
use ashore_engine::Statement;
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use crate::loans::LoanFile;
use crate::view::Yuan;

/// What is still to be paid, month by month, down to the last payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PathView {
    /// Some of it follows requests that nobody confirmed; otherwise contracts and agreements only.
    pub requested: bool,
    /// Everything still to be paid along this path.
    pub total: Yuan,
    /// Month of the last payment.
    pub last_month: String,
    /// Left to pay before the first and after each month.
    pub points: Vec<PathPoint>,
}

/// One month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct PathPoint {
    pub month: String,
    /// Paid in the month.
    pub paid: Yuan,
    /// Left after it.
    pub left: Yuan,
    /// Left after it, as a share of the whole in ten-thousandths, for drawing.
    pub share: u32,
}

impl PathView {
    /// The path of all open loans: agreements as written, requests as asked, contracts as they stand. What is late
    /// counts in the present month.
    pub(super) fn of(files: &[(LoanFile, Statement)], today: NaiveDate) -> Option<Self> {
        let this_month = Month::of(today);
        let mut months: BTreeMap<Month, Money> = BTreeMap::new();
        let mut requested = false;
        for (file, statement) in files {
            let request = if file.agreement_on(today).is_some() { None } else { file.open_request() };
            if let Some(request) = request {
                requested = true;
                for row in &request.rows {
                    *months.entry(Month::of(row.due).max(this_month)).or_default() += row.amount;
                }
            } else {
                for term in &statement.terms {
                    *months.entry(Month::of(term.due).max(this_month)).or_default() += term.unpaid.total();
                }
            }
        }
        months.retain(|_, paid| paid.is_positive());
        let last = *months.keys().next_back()?;
        let total: Money = months.values().copied().sum();
        let mut left = total;
        let span = last.since(this_month);
        let points = (0..=span).map(|k| {
            let month = this_month.plus(k);
            let paid = months.get(&month).copied().unwrap_or_default();
            left -= paid;
            let share = left.times(10_000, i128::from(total.fen()), ashore_domain::Rounding::HalfUp);
            PathPoint {
                month: month.to_string(),
                paid: paid.into(),
                left: left.into(),
                share: share.and_then(|s| u32::try_from(s.fen()).ok()).unwrap_or(0),
            }
        });
        let points = points.collect();
        Some(Self { requested, total: total.into(), last_month: last.to_string(), points })
    }
}

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

/// The same before it is drawn: what is paid when, amount by amount.
pub(super) struct Path {
    /// Some of it follows requests that nobody confirmed.
    requested: bool,
    /// First month that is drawn.
    first: Month,
    /// Amounts of each month in which something is paid; never empty.
    pub(super) months: BTreeMap<Month, Vec<Money>>,
}

impl Path {
    /// The path of all open loans: agreements as written, requests as asked, contracts as they stand. What is late
    /// counts in the present month. None when nothing is to be paid.
    pub(super) fn of<'a>(
        files: impl IntoIterator<Item = (&'a LoanFile, &'a Statement)>,
        today: NaiveDate,
    ) -> Option<Self> {
        let first = Month::of(today);
        let mut months: BTreeMap<Month, Vec<Money>> = BTreeMap::new();
        let mut requested = false;
        for (file, statement) in files {
            let mut add = |due: NaiveDate, amount: Money| {
                if amount.is_positive() {
                    months.entry(Month::of(due).max(first)).or_default().push(amount);
                }
            };
            let request = if file.agreement_on(today).is_some() { None } else { file.open_request() };
            if let Some(request) = request {
                requested = true;
                request.rows.iter().for_each(|row| add(row.due, row.amount));
            } else {
                statement.terms.iter().for_each(|term| add(term.due, term.unpaid.total()));
            }
        }
        (!months.is_empty()).then_some(Self { requested, first, months })
    }

    /// Every month from the first to the last with what is paid in it, empty ones too.
    pub(super) fn drawn(&self) -> impl Iterator<Item = (Month, &[Money])> {
        let last = self.months.keys().next_back().copied().unwrap_or(self.first);
        (0..=last.since(self.first)).map(|k| {
            let month = self.first.plus(k);
            (month, self.months.get(&month).map_or(&[][..], Vec::as_slice))
        })
    }

    pub(super) fn total(&self) -> Money {
        self.months.values().flatten().copied().sum()
    }
}

impl PathView {
    pub(super) fn of(files: &[(LoanFile, Statement)], today: NaiveDate) -> Option<Self> {
        let path = Path::of(files.iter().map(|(file, statement)| (file, statement)), today)?;
        let total = path.total();
        let mut left = total;
        let points = path.drawn().map(|(month, amounts)| {
            let paid = amounts.iter().copied().sum::<Money>();
            left -= paid;
            let share = left.times(10_000, i128::from(total.fen()), ashore_domain::Rounding::HalfUp);
            PathPoint {
                month: month.to_string(),
                paid: paid.into(),
                left: left.into(),
                share: share.and_then(|s| u32::try_from(s.fen()).ok()).unwrap_or(0),
            }
        });
        let points: Vec<PathPoint> = points.collect();
        let last_month = points.last()?.month.clone();
        Some(Self { requested: path.requested, total: total.into(), last_month, points })
    }
}

use ashore_domain::{Money, Month};
use ashore_engine::{ExpectedDue, MonthCapacity, Statement, forecast, monthly_capacity};
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use crate::AppError;
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};

/// Which dues will fail if nothing changes, as far ahead as contracts and agreements are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ForecastView {
    /// The first dues that are not covered, by date.
    pub breaks: Vec<BreakView>,
    /// How many there are in all.
    pub count: u32,
    /// The day on which cash is lowest.
    pub lowest_on: String,
    /// How much it is then; below zero by what is missing in all.
    pub lowest: Yuan,
    /// The last day looked at.
    pub until: String,
}

/// A due that will fail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct BreakView {
    pub loan_id: String,
    pub loan_name: String,
    pub due: String,
    pub amount: Yuan,
    pub short: Yuan,
    /// When to speak with the lender.
    pub warn_on: String,
}

/// Months looked at.
const MONTHS: u16 = 6;
/// Breaks shown; the rest is counted.
const SHOWN: usize = 5;

impl App<Unlocked> {
    /// What is late is not foreseen, it has happened: the forecast looks at dues from today on.
    pub(super) fn forecast(
        &self,
        files: &[(LoanFile, Statement)],
        available: Option<Money>,
        today: NaiveDate,
    ) -> Result<Option<ForecastView>, AppError> {
        let Some(sheet) = self.state.vault.latest_capacity()? else { return Ok(None) };
        let month = Month::of(today);
        let mut capacity = monthly_capacity(&sheet, month, MONTHS).by_month;
        if let (Some(first), Some(available)) = (capacity.first_mut(), available) {
            *first = MonthCapacity { capacity: available, ..*first };
        }
        let until = month.plus(i32::from(MONTHS) - 1).last_day();
        let mut dues = Vec::new();
        for (file, _) in files {
            dues.extend(file.dues(today, today, until)?.into_iter().map(|due| (file, due)));
        }
        let expected: Vec<_> =
            dues.iter().map(|(_, due)| ExpectedDue { due: due.due, amount: due.amount }).collect();
        let found = forecast(today, Money::ZERO, &capacity, &expected);
        let breaks = found.breaks.iter().filter_map(|broken| {
            let (file, due) = dues.get(broken.index)?;
            Some(BreakView {
                loan_id: file.id().to_string(),
                loan_name: file.name().to_owned(),
                due: day(due.due),
                amount: due.amount.into(),
                short: broken.short.into(),
                warn_on: day(broken.warn_on),
            })
        });
        Ok(Some(ForecastView {
            breaks: breaks.take(SHOWN).collect(),
            count: u32::try_from(found.breaks.len()).unwrap_or(u32::MAX),
            lowest_on: day(found.lowest.0),
            lowest: found.lowest.1.into(),
            until: day(until),
        }))
    }
}

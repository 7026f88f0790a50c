use ashore_domain::{LoanId, Money, Month, Worksheet};
use ashore_engine::{DueItem, ExpectedDue, Forecast, MonthCapacity, Statement, forecast, monthly_capacity};
use chrono::{DateTime, FixedOffset, NaiveDate};
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
pub(super) const SHOWN: usize = 5;

/// The first due that will fail, for whoever reminds of it.
pub(crate) struct ForeseenBreak {
    pub(crate) loan: LoanId,
    pub(crate) name: String,
    pub(crate) due: NaiveDate,
    pub(crate) short: Money,
    /// When both the worksheet and the loan were known.
    pub(crate) known_from: DateTime<FixedOffset>,
}

/// A forecast with what it looked at.
pub(super) struct Foreseen<'a> {
    pub(super) dues: Vec<(&'a LoanFile, DueItem)>,
    pub(super) expected: Vec<ExpectedDue>,
    pub(super) capacity: Vec<MonthCapacity>,
    pub(super) forecast: Forecast,
    until: NaiveDate,
}

impl<'a> Foreseen<'a> {
    /// What is late is not foreseen, it has happened: the forecast looks at dues from today on.
    pub(super) fn of(
        files: impl Iterator<Item = &'a LoanFile>,
        sheet: &Worksheet,
        available: Option<Money>,
        cash: Money,
        today: NaiveDate,
    ) -> Result<Self, AppError> {
        let month = Month::of(today);
        let mut capacity = monthly_capacity(sheet, month, MONTHS).by_month;
        if let (Some(first), Some(available)) = (capacity.first_mut(), available) {
            *first = MonthCapacity { capacity: available, ..*first };
        }
        let until = month.plus(i32::from(MONTHS) - 1).last_day();
        let mut dues = Vec::new();
        for file in files {
            dues.extend(file.dues(today, today, until)?.into_iter().map(|due| (file, due)));
        }
        let expected: Vec<_> =
            dues.iter().map(|(_, due)| ExpectedDue { due: due.due, amount: due.amount }).collect();
        let forecast = forecast(today, cash, &capacity, &expected);
        Ok(Self { dues, expected, capacity, forecast, until })
    }
}

impl App<Unlocked> {
    /// The first due that will fail if nothing changes; none before the worksheet is stated.
    pub(crate) fn foreseen_break(
        &self,
        files: &[LoanFile],
        today: NaiveDate,
    ) -> Result<Option<ForeseenBreak>, AppError> {
        let Some(state) = self.state.vault.capacities()?.pop() else { return Ok(None) };
        let available = self.available(files.iter(), today)?;
        let found = Foreseen::of(files.iter(), &state.worksheet, available, Money::ZERO, today)?;
        let first = found.forecast.breaks.first().and_then(|broken| {
            let (file, due) = found.dues.get(broken.index)?;
            Some(ForeseenBreak {
                loan: file.id(),
                name: file.name().to_owned(),
                due: due.due,
                short: broken.short,
                known_from: file.state.opened_at.max(state.recorded_at),
            })
        });
        Ok(first)
    }

    /// Which dues will fail if nothing changes.
    pub(super) fn forecast(
        &self,
        files: &[(LoanFile, Statement)],
        available: Option<Money>,
        today: NaiveDate,
    ) -> Result<Option<ForecastView>, AppError> {
        let files: Vec<&LoanFile> = files.iter().map(|(file, _)| file).collect();
        self.forecast_of(&files, available, Money::ZERO, today)
    }

    /// The same with a loan that is not taken yet: its money comes in today, its dues follow.
    pub(crate) fn forecast_with(&self, new: Option<&LoanFile>) -> Result<Option<ForecastView>, AppError> {
        let today = self.clock.today();
        let open = self.open_loan_files()?;
        let available = self.available(open.iter(), today)?;
        let cash = new.and_then(LoanFile::terms).map_or(Money::ZERO, ashore_domain::LoanTerms::received);
        let files: Vec<&LoanFile> = open.iter().chain(new).collect();
        self.forecast_of(&files, available, cash, today)
    }

    fn forecast_of(
        &self,
        files: &[&LoanFile],
        available: Option<Money>,
        cash: Money,
        today: NaiveDate,
    ) -> Result<Option<ForecastView>, AppError> {
        let Some(sheet) = self.state.vault.latest_capacity()? else { return Ok(None) };
        let Foreseen { dues, forecast: found, until, .. } =
            Foreseen::of(files.iter().copied(), &sheet, available, cash, today)?;
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

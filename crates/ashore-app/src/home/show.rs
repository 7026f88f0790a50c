use ashore_domain::{Money, Month};
use ashore_engine::Statement;
use chrono::{NaiveDate, TimeDelta};
use serde::Serialize;
use specta::Type;

use super::{ForecastView, NextStep, PathView};
use crate::AppError;
use crate::loans::{LoanCard, LoanFile};
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day, weekday};

/// Everything the first tab shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct HomeView {
    /// The civil day in Shanghai.
    pub today: String,
    /// 1 = Monday.
    pub weekday: u8,
    /// The one thing to do next.
    pub next_step: NextStep,
    /// Dues of the coming weeks, oldest first.
    pub upcoming: Vec<DueView>,
    /// What is late.
    pub overdue: OverdueSummary,
    /// This month.
    pub month: MonthView,
    /// Which dues will fail if nothing changes; absent before the worksheet is stated.
    pub forecast: Option<ForecastView>,
    /// How far it is; absent when nothing is owed.
    pub path: Option<PathView>,
    /// Where each loan stands.
    pub loans: Vec<LoanStep>,
    /// Everything owed today.
    pub owed: Yuan,
}

/// One due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct DueView {
    pub loan_id: String,
    pub loan_name: String,
    pub due: String,
    pub weekday: u8,
    /// Days from today.
    pub days: u32,
    pub term: u16,
    /// Terms in all.
    pub terms: u32,
    pub amount: Yuan,
    /// It stands in an agreement.
    pub agreed: bool,
    /// A request stands; the contract's due goes on.
    pub requested: bool,
}

/// What is late, over all loans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct OverdueSummary {
    pub loans: u32,
    pub total: Yuan,
}

/// This month: what can still be paid against what is still due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct MonthView {
    /// Which.
    pub month: String,
    /// Capacity less what was paid this month; absent before the worksheet is stated.
    pub available: Option<Yuan>,
    /// Dues from today to the end of the month.
    pub still_due: Yuan,
    /// What is missing; absent when nothing is, or nothing is known.
    pub short: Option<Yuan>,
    /// `available` against `still_due` in ten-thousandths, for drawing; at most 10,000.
    pub share: u32,
}

/// Where one loan stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct LoanStep {
    pub card: LoanCard,
}

pub(super) const UPCOMING_DAYS: i64 = 31;

impl App<Unlocked> {
    /// Everything the first tab shows.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn home(&self) -> Result<HomeView, AppError> {
        let today = self.clock.today();
        let mut files: Vec<(LoanFile, Statement)> = Vec::new();
        for file in self.open_loan_files()? {
            let statement = file.statement(today)?;
            files.push((file, statement));
        }
        let late = files.iter().filter(|(_, s)| s.overdue.days > 0);
        let overdue = OverdueSummary {
            loans: u32::try_from(late.clone().count()).unwrap_or(u32::MAX),
            total: late.map(|(_, s)| s.overdue.total).sum::<Money>().into(),
        };
        let mut loans = Vec::with_capacity(files.len());
        for (file, statement) in &files {
            loans.push(LoanStep { card: self.card_from(file, statement, today)? });
        }
        Ok(HomeView {
            today: day(today),
            weekday: weekday(today),
            next_step: self.next_step(&files, today)?,
            upcoming: upcoming(&files, today)?,
            overdue,
            forecast: self.forecast(
                &files,
                self.available(files.iter().map(|(file, _)| file), today)?,
                today,
            )?,
            month: self.month(&files, today)?,
            path: PathView::of(&files, today),
            loans,
            owed: files.iter().map(|(_, s)| s.outstanding.total()).sum::<Money>().into(),
        })
    }

    /// This month's capacity less what was already paid in it.
    pub(super) fn available<'a>(
        &self,
        files: impl Iterator<Item = &'a LoanFile>,
        today: NaiveDate,
    ) -> Result<Option<Money>, AppError> {
        let month = Month::of(today);
        let counted = files.flat_map(|file| &file.payments).filter(|p| p.counts());
        let paid = counted.filter(|p| Month::of(p.payment.on) == month).map(|p| p.payment.amount).sum();
        Ok(self.state.vault.latest_capacity()?.map(|sheet| {
            let capacity = ashore_engine::monthly_capacity(&sheet, month, 1);
            let this_month = capacity.by_month.first().map_or(capacity.capacity, |m| m.capacity);
            (this_month - paid).max(Money::ZERO)
        }))
    }

    fn month(&self, files: &[(LoanFile, Statement)], today: NaiveDate) -> Result<MonthView, AppError> {
        let month = Month::of(today);
        let mut still_due = Money::ZERO;
        for (file, _) in files {
            still_due += file.dues(today, today, month.last_day())?.iter().map(|d| d.amount).sum();
        }
        let available = self.available(files.iter().map(|(file, _)| file), today)?;
        let short = available.map(|have| still_due - have).filter(|gap| gap.is_positive());
        let share = available.filter(|_| still_due.is_positive()).map(|have| {
            let part = have.min(still_due).times(
                10_000,
                i128::from(still_due.fen()),
                ashore_domain::Rounding::HalfUp,
            );
            part.and_then(|p| u32::try_from(p.fen()).ok()).unwrap_or(0)
        });
        Ok(MonthView {
            month: month.to_string(),
            available: available.map(Into::into),
            still_due: still_due.into(),
            short: short.map(Into::into),
            share: share.unwrap_or(if available.is_some() { 10_000 } else { 0 }),
        })
    }
}

fn upcoming(files: &[(LoanFile, Statement)], today: NaiveDate) -> Result<Vec<DueView>, AppError> {
    let mut dues = Vec::new();
    for (file, statement) in files {
        for due in file.dues(today, today, today + TimeDelta::days(UPCOMING_DAYS))? {
            let terms = statement.terms.iter().filter(|t| t.schedule == due.schedule).count();
            dues.push(DueView {
                loan_id: file.id().to_string(),
                loan_name: file.name().to_owned(),
                due: day(due.due),
                weekday: weekday(due.due),
                days: u32::try_from((due.due - today).num_days()).unwrap_or(0),
                term: due.term,
                terms: u32::try_from(terms).unwrap_or(u32::MAX),
                amount: due.amount.into(),
                agreed: due.schedule > 0,
                requested: due.schedule == 0 && file.has_open_request(),
            });
        }
    }
    dues.sort_by(|a, b| (&a.due, &a.loan_name).cmp(&(&b.due, &b.loan_name)));
    Ok(dues)
}

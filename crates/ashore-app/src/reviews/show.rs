use ashore_domain::{CloseReason, Money, Month};
use ashore_engine::monthly_capacity;
use chrono::{NaiveDate, TimeDelta};
use serde::Serialize;
use specta::Type;

use super::due::by_more_than_a_fifth;
use super::{PreparedOffer, ReviewChange};
use crate::AppError;
use crate::home::{ForecastView, PathView};
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};
use crate::words::LetterKind;

/// Everything a review looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReviewView {
    /// The day it speaks of.
    pub today: String,
    /// The day of the last one.
    pub last_on: Option<String>,
    /// When the next monthly one is due.
    pub next_on: String,
    /// One is due now.
    pub due: bool,
    /// Income then and now; absent before a worksheet is stated.
    pub income: Option<IncomeChange>,
    /// What can be paid this month; absent before a worksheet is stated.
    pub capacity: Option<Yuan>,
    /// Everything owed at the last review.
    pub owed_before: Option<Yuan>,
    /// Everything owed today.
    pub owed: Yuan,
    /// What is different since the last review, oldest first.
    pub changes: Vec<ReviewChange>,
    /// Which dues will fail if nothing changes; absent before a worksheet is stated.
    pub forecast: Option<ForecastView>,
    /// What to prepare, when the first of them is near.
    pub renegotiate: Option<Renegotiation>,
    /// How far it is.
    pub progress: ReviewProgress,
}

/// Income at the last review, or of the first worksheet, and now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct IncomeChange {
    pub before: Yuan,
    pub now: Yuan,
    /// It changed by more than a fifth.
    pub large: bool,
}

/// A due that will fail soon: time to speak before it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct Renegotiation {
    pub loan_id: String,
    pub loan_name: String,
    /// The due that will fail.
    pub due: String,
    /// Days from today.
    pub days: u32,
    pub short: Yuan,
    /// By when to have asked.
    pub ask_by: String,
    /// A request to this lender stands already.
    pub requested: bool,
    /// What to ask this lender for; absent when a request stands, or when no request to one lender is enough.
    pub offer: Option<PreparedOffer>,
    /// The letter that asks for it.
    pub letter: LetterKind,
}

/// How far it is to the shore.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReviewProgress {
    /// What was owed at each review, and today last.
    pub past: Vec<PastBalance>,
    /// What is still to be paid, month by month; absent when nothing is owed.
    pub path: Option<PathView>,
    /// Loans paid off or settled.
    pub settled: u32,
    /// All loans, without those entered by mistake.
    pub loans: u32,
    /// The loan that ends next.
    pub next: Option<Milestone>,
}

/// What was owed on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct PastBalance {
    pub on: String,
    pub owed: Yuan,
}

/// The loan that ends next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct Milestone {
    pub loan_id: String,
    pub loan_name: String,
    /// Its last due.
    pub on: String,
    /// What is still to pay on it.
    pub left: Yuan,
}

/// A break this near is prepared for.
const NEAR_DAYS: i64 = 60;
/// A lender wants so many days to answer.
const ASK_BEFORE_DAYS: i64 = 14;

/// A break that is near, for whoever prepares for it.
pub(super) struct NearBreak {
    pub(super) loan: ashore_domain::LoanId,
    pub(super) name: String,
    pub(super) due: NaiveDate,
    pub(super) short: Money,
    pub(super) ask_by: NaiveDate,
}

impl App<Unlocked> {
    /// Everything a review looks at.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn review(&self) -> Result<ReviewView, AppError> {
        let today = self.clock.today();
        let due = self.review_due()?;
        let home = self.home()?;
        let income = due.income_before.zip(due.income_now).map(|(before, now)| IncomeChange {
            before: before.into(),
            now: now.into(),
            large: by_more_than_a_fifth(before, now),
        });
        let near = self.near_break(today)?;
        let renegotiate = near.map(|near| {
            let file = self.loan_file(near.loan)?;
            let offer = self.smallest_fitting(&file, &near)?;
            Ok::<_, AppError>(Renegotiation {
                loan_id: near.loan.to_string(),
                loan_name: near.name,
                due: day(near.due),
                days: u32::try_from((near.due - today).num_days()).unwrap_or(0),
                short: near.short.into(),
                ask_by: day(near.ask_by),
                requested: file.has_open_request(),
                offer,
                letter: LetterKind::Application,
            })
        });
        let capacity = self.state.vault.latest_capacity()?;
        let capacity = capacity.map(|sheet| monthly_capacity(&sheet, Month::of(today), 1).capacity.into());
        Ok(ReviewView {
            today: day(today),
            last_on: due.last.as_ref().map(|review| day(review.on)),
            next_on: day(due.monthly),
            due: today >= due.monthly || due.income_changed_at.is_some(),
            income,
            capacity,
            owed_before: due.last.as_ref().map(|review| review.owed.into()),
            owed: home.owed.clone(),
            changes: self.changes_since(&due)?,
            forecast: home.forecast,
            renegotiate: renegotiate.transpose()?,
            progress: self.progress(today, home.owed, home.path)?,
        })
    }

    /// The first due that will fail, when it is near.
    pub(super) fn near_break(&self, today: NaiveDate) -> Result<Option<NearBreak>, AppError> {
        let found = self.foreseen_break(&self.open_loan_files()?, today)?;
        let near = found.filter(|broken| (broken.due - today).num_days() <= NEAR_DAYS);
        Ok(near.map(|broken| NearBreak {
            loan: broken.loan,
            name: broken.name,
            due: broken.due,
            short: broken.short,
            ask_by: (broken.due - TimeDelta::days(ASK_BEFORE_DAYS)).max(today),
        }))
    }

    fn progress(
        &self,
        today: NaiveDate,
        owed: Yuan,
        path: Option<PathView>,
    ) -> Result<ReviewProgress, AppError> {
        let reviews = self.state.vault.reviews()?;
        let past = reviews
            .iter()
            .map(|state| PastBalance { on: day(state.review.on), owed: state.review.owed.into() })
            .chain([PastBalance { on: day(today), owed }]);
        let loans = self.state.vault.loans()?;
        let ended = |reason: CloseReason| {
            loans
                .iter()
                .filter(|loan| loan.closed.as_ref().is_some_and(|closed| closed.reason == reason))
                .count()
        };
        let settled = ended(CloseReason::PaidOff) + ended(CloseReason::Settled);
        let counted = loans.len() - ended(CloseReason::EnteredByMistake);
        let mut next: Option<(NaiveDate, Milestone)> = None;
        for file in self.open_loan_files()? {
            let statement = file.statement(today)?;
            let unpaid = statement.terms.iter().filter(|term| term.unpaid.total().is_positive());
            let Some(last) = unpaid.clone().map(|term| term.due).max() else { continue };
            if next.as_ref().is_none_or(|(on, _)| last < *on) {
                let left: Money = unpaid.map(|term| term.unpaid.total()).sum();
                let milestone = Milestone {
                    loan_id: file.id().to_string(),
                    loan_name: file.name().to_owned(),
                    on: day(last),
                    left: left.into(),
                };
                next = Some((last, milestone));
            }
        }
        Ok(ReviewProgress {
            past: past.collect(),
            path,
            settled: u32::try_from(settled).unwrap_or(u32::MAX),
            loans: u32::try_from(counted).unwrap_or(u32::MAX),
            next: next.map(|(_, milestone)| milestone),
        })
    }
}

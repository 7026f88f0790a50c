use ashore_domain::{Money, OutcomeKind};
use ashore_engine::Statement;
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use crate::AppError;
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};

/// The one thing to do next. Shells word it; the figures in it are the engine's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct NextStep {
    /// Which.
    pub kind: StepKind,
    /// The loan it is about.
    pub loan_id: Option<String>,
    /// Its name.
    pub loan_name: Option<String>,
    /// A day that matters: of a call, of a due.
    pub on: Option<String>,
    /// An amount that matters.
    pub amount: Option<Yuan>,
    /// A number of terms that matters.
    pub terms: Option<u16>,
    /// A number of days that matters.
    pub days: Option<u32>,
}

/// Kind of a next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// Nothing is recorded yet.
    AddFirstLoan,
    /// A lender offered something on the phone; ask for it in writing.
    AskInWriting,
    /// The monthly capacity is not stated.
    StateCapacity,
    /// A due is near.
    PrepareDue,
    /// Something is late and nothing was asked for.
    MakeOffer,
    /// Something is late and a request stands.
    FollowUp,
    /// It is not known who really lends.
    FindLender,
    /// All is in order.
    Nothing,
}

impl NextStep {
    fn of(kind: StepKind) -> Self {
        Self { kind, loan_id: None, loan_name: None, on: None, amount: None, terms: None, days: None }
    }

    fn about(kind: StepKind, file: &LoanFile) -> Self {
        Self {
            loan_id: Some(file.id().to_string()),
            loan_name: Some(file.name().to_owned()),
            ..Self::of(kind)
        }
    }
}

/// A due this near is prepared before anything else but a promise to put in writing.
const NEAR_DAYS: i64 = 3;

impl App<Unlocked> {
    pub(super) fn next_step(
        &self,
        files: &[(LoanFile, Statement)],
        today: NaiveDate,
    ) -> Result<NextStep, AppError> {
        if files.is_empty() {
            return Ok(NextStep::of(StepKind::AddFirstLoan));
        }
        for (file, _) in files {
            if let Some(record) = self.oral_offer(file)? {
                let offer = record.outcomes.iter().find(|o| o.kind == OutcomeKind::Offer);
                return Ok(NextStep {
                    on: Some(day(record.happened.at.date_naive())),
                    amount: offer.and_then(|o| o.amount).map(Into::into),
                    terms: offer.and_then(|o| o.terms),
                    ..NextStep::about(StepKind::AskInWriting, file)
                });
            }
        }
        if self.state.vault.latest_capacity()?.is_none() {
            return Ok(NextStep::of(StepKind::StateCapacity));
        }
        let near = files
            .iter()
            .filter_map(|(file, statement)| statement.next_due.as_ref().map(|next| (file, next)))
            .filter(|(_, next)| (next.due - today).num_days() <= NEAR_DAYS)
            .min_by_key(|(_, next)| next.due);
        if let Some((file, next)) = near {
            return Ok(NextStep {
                on: Some(day(next.due)),
                amount: Some(next.amount.into()),
                days: u32::try_from((next.due - today).num_days()).ok(),
                ..NextStep::about(StepKind::PrepareDue, file)
            });
        }
        let latest =
            files.iter().filter(|(_, s)| s.overdue.total > Money::ZERO).max_by_key(|(_, s)| s.overdue.days);
        if let Some((file, statement)) = latest {
            let kind = if file.has_open_request() { StepKind::FollowUp } else { StepKind::MakeOffer };
            return Ok(NextStep {
                amount: Some(statement.overdue.total.into()),
                days: u32::try_from(statement.overdue.days).ok(),
                ..NextStep::about(kind, file)
            });
        }
        for (file, _) in files {
            if self.creditor(file)?.name.is_none() {
                return Ok(NextStep::about(StepKind::FindLender, file));
            }
        }
        Ok(NextStep::of(StepKind::Nothing))
    }
}

use ashore_engine::explain::explain_statement;
use ashore_engine::{StatementError, StatementRequest, statement as state};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::schedule::refused as schedule_refused;
use crate::wire::{ChangeShape, Explained, LoanShape, OpeningShape, PaymentShape, StatementShape, read};
use crate::{AppError, ErrorCode};

/// A loan, what happened to it, and the day of the question.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StatementQuestion {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    loan: Option<LoanShape>,
    opening: Option<OpeningShape>,
    #[serde(default)]
    payments: Vec<PaymentShape>,
    as_of: String,
    acceleration_on: Option<String>,
    #[serde(default)]
    changes: Vec<ChangeShape>,
    #[serde(default)]
    explain: bool,
}

pub(super) fn statement(question: StatementQuestion) -> Result<Explained<StatementShape>, AppError> {
    let terms = question.loan.as_ref().map(|loan| loan.read("loan")).transpose()?;
    let payments = PaymentShape::read_all("payments", &question.payments)?;
    let changes = ChangeShape::read_all("changes", &question.changes)?;
    let request = StatementRequest {
        terms: terms.as_ref(),
        opening: question.opening.as_ref().map(|opening| opening.read("opening")).transpose()?,
        payments: &payments,
        changes: &changes,
        as_of: read::day("as_of", &question.as_of)?,
        acceleration_on: read::optional_day("acceleration_on", question.acceleration_on.as_deref())?,
    };
    if question.explain {
        let (answer, explained) = explain_statement(&request).map_err(refused)?;
        return Ok(Explained::new(answer.into(), Some(explained)));
    }
    Ok(Explained::new(state(&request).map_err(refused)?.into(), None))
}

/// The engine's refusal, with its field.
pub(crate) fn refused(why: StatementError) -> AppError {
    use StatementError as E;
    let (code, below) = match why {
        E::Schedule(why) => return schedule_refused("loan", why),
        E::NothingKnown => (ErrorCode::FieldMissing, ""),
        E::DailyRate(_) => (ErrorCode::TermsRefused, "loan."),
        E::OutOfRange => (ErrorCode::AmountOutOfRange, "loan."),
        E::OpeningNegative | E::WaiverNegative { .. } => (ErrorCode::AmountOutOfRange, ""),
        E::PaymentNotPositive { .. } => (ErrorCode::AmountNotPositive, ""),
        E::TooManyPayments => (ErrorCode::CountOutOfRange, ""),
        E::NewRows { .. } => (ErrorCode::ScheduleDoesNotTieOut, ""),
        E::AsOfTooEarly { .. }
        | E::OpeningTooEarly { .. }
        | E::ChangeTooEarly { .. }
        | E::AccelerationTooEarly { .. } => (ErrorCode::DateOrder, ""),
    };
    let text = why.to_string();
    let (field, message) = text.split_once(": ").unwrap_or(("", &text));
    AppError::field(code, &format!("{below}{field}"), message)
}

use ashore_engine::explain::explain_schedule;
use ashore_engine::{AmortiseError, amortise};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::wire::{Explained, LoanShape, ScheduleShape};
use crate::{AppError, ErrorCode};

/// A loan whose schedule is wanted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScheduleRequest {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    loan: LoanShape,
    #[serde(default)]
    explain: bool,
}

pub(super) fn schedule(request: ScheduleRequest) -> Result<Explained<ScheduleShape>, AppError> {
    let terms = request.loan.read("loan")?;
    let amortised = amortise(&terms).map_err(|why| refused("loan", why))?;
    let explained = request.explain.then(|| explain_schedule(&terms, &amortised));
    let answer = ScheduleShape::new(&terms, amortised);
    Ok(Explained::new(answer, explained))
}

/// The engine's refusal, its field placed below `path`.
pub(crate) fn refused(path: &str, why: AmortiseError) -> AppError {
    let code = match why {
        AmortiseError::Rows(_) | AmortiseError::RowBeforeDisbursement => ErrorCode::ScheduleDoesNotTieOut,
        AmortiseError::PaymentBelowPrincipal { .. } => ErrorCode::DoesNotAmortise,
        AmortiseError::PaymentTooLarge { .. } => ErrorCode::RateOutOfRange,
        AmortiseError::TooLarge => ErrorCode::AmountOutOfRange,
    };
    let text = why.to_string();
    let (field, message) = text.split_once(": ").unwrap_or(("", &text));
    AppError::field(code, &format!("{path}.{field}"), message)
}

use ashore_engine::{AmortiseError, amortise};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::wire::{LoanShape, ScheduleShape};
use crate::{AppError, ErrorCode};

/// A loan whose schedule is wanted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScheduleRequest {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    loan: LoanShape,
}

pub(super) fn schedule(request: ScheduleRequest) -> Result<ScheduleShape, AppError> {
    let terms = request.loan.read("loan")?;
    let amortised = amortise(&terms).map_err(|why| refused("loan", why))?;
    Ok(ScheduleShape::new(&terms, amortised))
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

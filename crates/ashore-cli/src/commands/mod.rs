//! One file per group of commands. Each reads its arguments, calls one use case and hands back what it answered.

pub(crate) mod backup;
pub(crate) mod calc;
pub(crate) mod deadline;
pub(crate) mod evidence;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod loan;
pub(crate) mod negotiate;
pub(crate) mod offers;
pub(crate) mod pay;
pub(crate) mod vault;

use ashore_app::{AppError, ErrorCode};
use serde::Serialize;
use serde_json::Value;

/// What a command has to say.
pub(crate) struct Answer {
    /// The view.
    pub(crate) view: Value,
    /// False when something was checked and is not whole.
    pub(crate) whole: bool,
}

/// A view as the answer of a command.
pub(crate) fn shown(view: &impl Serialize) -> Result<Answer, AppError> {
    let view = serde_json::to_value(view).map_err(|why| AppError::new(ErrorCode::Io, why.to_string()))?;
    Ok(Answer { view, whole: true })
}

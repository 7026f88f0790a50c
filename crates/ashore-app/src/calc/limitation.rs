use ashore_engine::explain::explain_limitation;
use ashore_engine::{LegalEvent, LimitationError, limitation as estimate};
use serde::Deserialize;
use serde::de::IgnoredAny;

use super::cap::under;
use crate::wire::{Explained, LimitationShape, read};
use crate::{AppError, ErrorCode};

/// A claim and what happened to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LimitationQuestion {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    last_due: String,
    #[serde(default)]
    events: Vec<EventShape>,
    as_of: String,
    rules: Option<String>,
    #[serde(default)]
    explain: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EventShape {
    date: String,
    kind: String,
}

pub(super) fn limitation(question: LimitationQuestion) -> Result<Explained<LimitationShape>, AppError> {
    let read = |(i, event): (usize, &EventShape)| {
        Ok(LegalEvent { on: read::day(&format!("events[{i}].date"), &event.date)?, kind: event.kind.clone() })
    };
    let events = question.events.iter().enumerate().map(read).collect::<Result<Vec<_>, AppError>>()?;
    let last_due = read::day("last_due", &question.last_due)?;
    let as_of = read::day("as_of", &question.as_of)?;
    under(question.rules.as_deref(), |rules| {
        let shown = estimate(last_due, &events, as_of, &rules.set).map_err(refused)?;
        let explained = question.explain.then(|| explain_limitation(last_due, &shown, as_of, &rules.set));
        Ok(Explained::new(shown.into(), explained))
    })
}

fn refused(why: LimitationError) -> AppError {
    let code = match why {
        LimitationError::UnknownEvent { .. } => ErrorCode::NotFound,
        LimitationError::RuleMissing { .. } => ErrorCode::RulesUnreadable,
        LimitationError::OutOfRange => ErrorCode::DateImpossible,
    };
    let text = why.to_string();
    let (field, message) = text.split_once(": ").unwrap_or(("", &text));
    AppError::field(code, field, message)
}

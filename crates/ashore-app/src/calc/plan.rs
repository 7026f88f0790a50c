use ashore_engine::explain::explain_plan;
use ashore_engine::plan::{HORIZON_MAX, Objective, PlanError, PlanRequest, plan as solve};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::wire::{DebtShape, Explained, ObjectiveShape, PlanShape, read};
use crate::{AppError, ErrorCode};

/// All debts together, what can be paid, and what the plan should be best at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlanQuestion {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    as_of: String,
    first_month: String,
    capacity: Capacity,
    cash_now: Option<String>,
    debts: Vec<DebtShape>,
    objective: ObjectiveShape,
    horizon_months: i64,
    #[serde(default)]
    explain: bool,
}

/// The same every month, or month by month.
#[derive(Deserialize)]
#[serde(untagged, expecting = "an amount as text, or a list of them, one for each month of the horizon")]
enum Capacity {
    Every(String),
    ByMonth(Vec<String>),
}

pub(super) fn plan(question: PlanQuestion) -> Result<Explained<PlanShape>, AppError> {
    let months = read::count("horizon_months", question.horizon_months, 1, HORIZON_MAX)?;
    let horizon = usize::from(months);
    let capacity = match &question.capacity {
        Capacity::Every(text) => vec![read::not_negative("capacity", text)?; horizon],
        Capacity::ByMonth(texts) if texts.len() == horizon => texts
            .iter()
            .enumerate()
            .map(|(i, text)| read::not_negative(&format!("capacity[{i}]"), text))
            .collect::<Result<_, _>>()?,
        Capacity::ByMonth(texts) => {
            let message = format!("{} months are given, the horizon has {months}", texts.len());
            return Err(AppError::field(ErrorCode::CountOutOfRange, "capacity", message));
        }
    };
    let cash_now = question.cash_now.as_deref();
    let debts = question.debts.iter().enumerate().map(|(i, debt)| debt.read(&format!("debts[{i}]")));
    let request = PlanRequest {
        as_of: read::day("as_of", &question.as_of)?,
        first_month: read::month("first_month", &question.first_month)?,
        capacity,
        cash_now: cash_now
            .map_or(Ok(ashore_domain::Money::ZERO), |text| read::not_negative("cash_now", text))?,
        debts: debts.collect::<Result<_, _>>()?,
        objective: Objective::from(question.objective),
    };
    let answer = solve(&request).map_err(refused)?;
    let explained = question.explain.then(|| explain_plan(&request, &answer));
    Ok(Explained::new(answer.into(), explained))
}

/// The engine's refusal, with its field.
fn refused(why: PlanError) -> AppError {
    use PlanError as E;
    let code = match why {
        E::Horizon { .. } | E::CapacityLength { .. } | E::TooManyDebts { .. } | E::TooManyTerms { .. } => {
            ErrorCode::CountOutOfRange
        }
        E::Negative { .. } | E::TooLarge { .. } => ErrorCode::AmountOutOfRange,
        E::NoDebts => ErrorCode::FieldMissing,
        E::DuplicateDebt { .. } => ErrorCode::BadRequest,
        E::Rate { .. } | E::Fraction { .. } => ErrorCode::RateOutOfRange,
    };
    let text = why.to_string();
    let (field, message) = text.split_once(": ").unwrap_or(("", &text));
    AppError::field(code, field, message)
}

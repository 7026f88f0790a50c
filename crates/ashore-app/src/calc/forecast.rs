use ashore_domain::{Money, limits};
use ashore_engine::explain::explain_forecast;
use ashore_engine::{ExpectedDue, MonthCapacity, forecast as foresee};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::wire::{Amount, Day, Explained, YearMonth, read};
use crate::{AppError, ErrorCode};

/// More dues than 500 debts of 600 terms never have.
const DUES_MAX: usize = limits::DEBTS_MAX * 600;

/// Dues ahead, and the money to meet them with.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ForecastQuestion {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    as_of: String,
    capacity: Vec<MonthAmount>,
    cash_now: Option<String>,
    dues: Vec<DueLine>,
    #[serde(default)]
    explain: bool,
}

/// An amount of a month.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MonthAmount {
    pub(super) month: String,
    pub(super) amount: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DueLine {
    loan: String,
    due: String,
    amount: String,
}

#[derive(Serialize)]
pub(super) struct ForecastAnswer {
    breaks: Vec<BreakAnswer>,
    lowest_cash: Lowest,
    findings: Vec<FindingAnswer>,
}

#[derive(Serialize)]
struct BreakAnswer {
    due: Day,
    loan: String,
    short: Amount,
    warn_on: Day,
}

#[derive(Serialize)]
struct Lowest {
    date: Day,
    amount: Amount,
}

#[derive(Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
enum FindingAnswer {
    CapacityUnknown { month: YearMonth },
}

pub(super) fn forecast(question: ForecastQuestion) -> Result<Explained<ForecastAnswer>, AppError> {
    if question.dues.len() > DUES_MAX {
        return Err(AppError::field(ErrorCode::CountOutOfRange, "dues", format!("at most {DUES_MAX}")));
    }
    let as_of = read::day("as_of", &question.as_of)?;
    let capacity = months("capacity", &question.capacity)?;
    let cash_now =
        question.cash_now.as_deref().map_or(Ok(Money::ZERO), |text| read::amount("cash_now", text))?;
    let dues = question
        .dues
        .iter()
        .enumerate()
        .map(|(i, line)| {
            Ok(ExpectedDue {
                due: read::day(&format!("dues[{i}].due"), &line.due)?,
                amount: read::not_negative(&format!("dues[{i}].amount"), &line.amount)?,
            })
        })
        .collect::<Result<Vec<_>, AppError>>()?;
    let result = foresee(as_of, cash_now, &capacity, &dues);
    let named = |index: usize| question.dues.get(index).map(|line| line.loan.clone()).unwrap_or_default();
    let explained = question.explain.then(|| explain_forecast(as_of, cash_now, &capacity, &dues, &result));
    let answer = ForecastAnswer {
        breaks: result
            .breaks
            .iter()
            .filter_map(|failed| {
                let due = dues.get(failed.index)?.due;
                let (short, warn_on) = (failed.short.into(), failed.warn_on.into());
                Some(BreakAnswer { due: due.into(), loan: named(failed.index), short, warn_on })
            })
            .collect(),
        lowest_cash: Lowest { date: result.lowest.0.into(), amount: result.lowest.1.into() },
        findings: result
            .unknown_month
            .map(|month| FindingAnswer::CapacityUnknown { month: YearMonth(month) })
            .into_iter()
            .collect(),
    };
    Ok(Explained::new(answer, explained))
}

/// Capacity by month, each month once.
pub(super) fn months(field: &str, lines: &[MonthAmount]) -> Result<Vec<MonthCapacity>, AppError> {
    let mut months = Vec::with_capacity(lines.len());
    for (i, line) in lines.iter().enumerate() {
        let month = read::month(&format!("{field}[{i}].month"), &line.month)?;
        let capacity = read::not_negative(&format!("{field}[{i}].amount"), &line.amount)?;
        months.push(MonthCapacity { month, capacity });
    }
    months.sort_by_key(|m| m.month);
    match months.array_windows().find(|[a, b]| a.month == b.month) {
        Some([twice, _]) => {
            let message = format!("{} stands there twice", twice.month);
            Err(AppError::field(ErrorCode::BadRequest, field, message))
        }
        None => Ok(months),
    }
}

use std::fmt;

use ashore_domain::{Money, limits};
use ashore_engine::explain::{CostFlows, explain_cost};
use ashore_engine::{cost_dated, cost_periodic};
use chrono::NaiveDate;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::wire::{CostShape, Explained, PeriodShape, read};
use crate::{AppError, ErrorCode};

/// Flows on civil days, or flows one period apart.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CostRequest {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    period: Option<PeriodShape>,
    flows: Vec<Flow>,
    #[serde(default)]
    explain: bool,
}

enum Flow {
    Plain(String),
    Dated(DatedFlow),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DatedFlow {
    date: String,
    amount: String,
}

impl<'de> Deserialize<'de> for Flow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Flow;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an amount as text, or {\"date\", \"amount\"}")
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Flow, E> {
                Ok(Flow::Plain(text.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Flow, A::Error> {
                DatedFlow::deserialize(MapAccessDeserializer::new(map)).map(Flow::Dated)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

pub(super) fn cost(request: CostRequest) -> Result<Explained<CostShape>, AppError> {
    // One draw and every payment on it.
    let most = limits::PAYMENTS_MAX + 1;
    if request.flows.len() > most {
        return Err(AppError::field(ErrorCode::CountOutOfRange, "flows", format!("at most {most}")));
    }
    let (cost, explained) = match request.period {
        Some(period) => {
            let (flows, period) = (plain(&request.flows)?, period.read("period")?);
            let cost = cost_periodic(&flows, period);
            let timed: Vec<_> = (0..).zip(flows).collect();
            let explained = request.explain.then(|| explain_cost(&cost, CostFlows::Periodic(&timed, period)));
            (cost, explained)
        }
        None => {
            let flows = dated(&request.flows)?;
            let cost = cost_dated(&flows);
            let explained = request.explain.then(|| explain_cost(&cost, CostFlows::Dated(&flows)));
            (cost, explained)
        }
    };
    Ok(Explained::new(cost.into(), explained))
}

fn plain(flows: &[Flow]) -> Result<Vec<Money>, AppError> {
    let read = |(i, flow): (usize, &Flow)| match flow {
        Flow::Plain(text) => read::amount(&format!("flows[{i}]"), text),
        Flow::Dated(_) => {
            let message = "flows have either dates or one period between them, not both";
            Err(AppError::field(ErrorCode::BadRequest, "period", message))
        }
    };
    flows.iter().enumerate().map(read).collect()
}

fn dated(flows: &[Flow]) -> Result<Vec<(NaiveDate, Money)>, AppError> {
    let read = |(i, flow): (usize, &Flow)| match flow {
        Flow::Plain(_) => {
            Err(AppError::field(ErrorCode::FieldMissing, "period", "needed for flows without dates"))
        }
        Flow::Dated(flow) => {
            let date = read::day(&format!("flows[{i}].date"), &flow.date)?;
            Ok((date, read::amount(&format!("flows[{i}].amount"), &flow.amount)?))
        }
    };
    flows.iter().enumerate().map(read).collect()
}

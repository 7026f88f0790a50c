use ashore_domain::{Money, PaymentStep, Relief, limits};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::wire::read;
use crate::words::DeferredInterest;
use crate::{AppError, ErrorCode, input};

/// One thing that an offer asks for or grants. They can be combined; at most one of the kinds with rows of their own.
/// Rates are fractions a year (`"0.24"`), amounts yuan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[allow(missing_docs)] // the domain's `Relief` explains them
pub enum ReliefForm {
    Deferral {
        months: u16,
        #[serde(default)]
        interest: Option<DeferredInterest>,
    },
    TermExtension {
        terms: u16,
        #[serde(default)]
        rate: Option<String>,
    },
    IndividualInstalment {
        terms: u16,
        #[serde(default)]
        rate: Option<String>,
        #[serde(default)]
        total: Option<String>,
        #[serde(default)]
        balloon: Option<String>,
    },
    InterestStop {
        from: String,
    },
    Waiver {
        #[serde(default)]
        lapses_on_breach: Option<bool>,
    },
    LumpSumSettlement {
        amount: String,
        until: String,
    },
    InterestOnly {
        months: u16,
    },
    StepPlan {
        steps: Vec<StepForm>,
    },
    MinimumPayment {
        amount: String,
    },
    CollectionPause {
        until: String,
    },
    RateCut {
        rate: String,
    },
    CostToCap {
        rate: String,
    },
    DebtConsolidation,
}

/// So many equal payments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct StepForm {
    pub months: u16,
    pub amount: String,
}

fn months(field: &str, given: u16) -> Result<u16, AppError> {
    if (1..=limits::TERMS_MAX).contains(&given) {
        return Ok(given);
    }
    let message = format!("between 1 and {}", limits::TERMS_MAX);
    Err(AppError::field(ErrorCode::CountOutOfRange, field, message))
}

fn rate(field: &str, given: &str) -> Result<Decimal, AppError> {
    let value = read::fraction(field, given.trim())?;
    ashore_domain::Rate::new(value, ashore_domain::RatePer::Year)
        .map(ashore_domain::Rate::value)
        .map_err(|why| AppError::field(ErrorCode::RateOutOfRange, field, why.to_string()))
}

fn rate_or_none(field: &str, given: Option<&str>) -> Result<Option<Decimal>, AppError> {
    given.filter(|text| !text.trim().is_empty()).map(|text| rate(field, text)).transpose()
}

impl ReliefForm {
    pub(crate) fn read(&self, at: &str) -> Result<Relief, AppError> {
        let field = |name: &str| format!("{at}.{name}");
        let positive = |name: &str, text: &str| input::positive(&field(name), text);
        let optional =
            |name: &str, text: &Option<String>| input::amount_or_none(&field(name), text.as_deref());
        Ok(match self {
            Self::Deferral { months: n, interest } => Relief::Deferral {
                months: months(&field("months"), *n)?,
                interest: interest.unwrap_or(DeferredInterest::Stopped).into(),
            },
            Self::TermExtension { terms, rate: given } => Relief::TermExtension {
                terms: months(&field("terms"), *terms)?,
                rate: rate_or_none(&field("rate"), given.as_deref())?,
            },
            Self::IndividualInstalment { terms, rate: given, total, balloon } => {
                Relief::IndividualInstalment {
                    terms: months(&field("terms"), *terms)?,
                    rate: rate_or_none(&field("rate"), given.as_deref())?.unwrap_or(Decimal::ZERO),
                    total: optional("total", total)?.filter(|total| total.is_positive()),
                    balloon: optional("balloon", balloon)?.filter(|part| part.is_positive()),
                }
            }
            Self::InterestStop { from } => Relief::InterestStop { from: input::date(&field("from"), from)? },
            Self::Waiver { lapses_on_breach } => {
                Relief::Waiver { lapses_on_breach: lapses_on_breach.unwrap_or(true) }
            }
            Self::LumpSumSettlement { amount, until } => Relief::LumpSumSettlement {
                amount: positive("amount", amount)?,
                until: input::date(&field("until"), until)?,
            },
            Self::InterestOnly { months: n } => {
                Relief::InterestOnly { months: months(&field("months"), *n)? }
            }
            Self::StepPlan { steps } => Relief::StepPlan {
                steps: steps
                    .iter()
                    .enumerate()
                    .map(|(k, step)| {
                        Ok(PaymentStep {
                            months: months(&field(&format!("steps.{k}.months")), step.months)?,
                            amount: positive(&format!("steps.{k}.amount"), &step.amount)?,
                        })
                    })
                    .collect::<Result<_, AppError>>()?,
            },
            Self::MinimumPayment { amount } => Relief::MinimumPayment { amount: positive("amount", amount)? },
            Self::CollectionPause { until } => {
                Relief::CollectionPause { until: input::date(&field("until"), until)? }
            }
            Self::RateCut { rate: given } => Relief::RateCut { rate: rate(&field("rate"), given)? },
            Self::CostToCap { rate: given } => Relief::CostToCap { rate: rate(&field("rate"), given)? },
            Self::DebtConsolidation => Relief::DebtConsolidation,
        })
    }

    pub(crate) fn of(relief: &Relief) -> Self {
        let text = |rate: &Decimal| rate.normalize().to_string();
        let amount = |amount: &Money| amount.to_string();
        let day = crate::view::day;
        match relief {
            Relief::Deferral { months, interest } => {
                Self::Deferral { months: *months, interest: Some((*interest).into()) }
            }
            Relief::TermExtension { terms, rate } => {
                Self::TermExtension { terms: *terms, rate: rate.as_ref().map(text) }
            }
            Relief::IndividualInstalment { terms, rate, total, balloon } => Self::IndividualInstalment {
                terms: *terms,
                rate: Some(text(rate)),
                total: total.as_ref().map(amount),
                balloon: balloon.as_ref().map(amount),
            },
            Relief::InterestStop { from } => Self::InterestStop { from: day(*from) },
            Relief::Waiver { lapses_on_breach } => Self::Waiver { lapses_on_breach: Some(*lapses_on_breach) },
            Relief::LumpSumSettlement { amount: sum, until } => {
                Self::LumpSumSettlement { amount: amount(sum), until: day(*until) }
            }
            Relief::InterestOnly { months } => Self::InterestOnly { months: *months },
            Relief::StepPlan { steps } => Self::StepPlan {
                steps: steps
                    .iter()
                    .map(|step| StepForm { months: step.months, amount: step.amount.to_string() })
                    .collect(),
            },
            Relief::MinimumPayment { amount: least } => Self::MinimumPayment { amount: amount(least) },
            Relief::CollectionPause { until } => Self::CollectionPause { until: day(*until) },
            Relief::RateCut { rate } => Self::RateCut { rate: text(rate) },
            Relief::CostToCap { rate } => Self::CostToCap { rate: text(rate) },
            Relief::DebtConsolidation => Self::DebtConsolidation,
        }
    }

    /// The kind's own word.
    pub(crate) fn word(&self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| value.get("kind").and_then(|kind| kind.as_str().map(str::to_owned)))
            .unwrap_or_default()
    }
}

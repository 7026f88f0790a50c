use ashore_domain::{Bucket, LoanDraft, LoanTerms, Method, Rounding};
use ashore_engine::explain::{explain_claimed, explain_printed};
use ashore_engine::{
    ClaimedBalance, Convention, Difference, FeePlacement, Figure, FirstPeriod, Identified, IdentifyError,
    Match, PrintedRow, identify_claimed, identify_printed,
};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::answer::read_value;
use crate::wire::{DayCountShape, Explained, LoanShape, PaymentShape, PenaltyShape, loan::terms_error, read};
use crate::{AppError, ErrorCode, words};

/// What is known of a loan, and the lender's own figures.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IdentifyQuestion {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    /// LOAN of which `method`, `day_count`, `rate`, and with printed rows `terms` and `first_due` may be missing.
    loan: Map<String, Value>,
    printed: Option<Vec<PrintedShape>>,
    claimed: Option<ClaimedShape>,
    #[serde(default)]
    payments: Vec<PaymentShape>,
    #[serde(default)]
    explain: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PrintedShape {
    due: String,
    payment: Option<String>,
    principal: Option<String>,
    interest: Option<String>,
    fees: Option<String>,
    balance: Option<String>,
    #[serde(default, rename = "term")]
    _term: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClaimedShape {
    as_of: String,
    principal: Option<String>,
    interest: Option<String>,
    penalty: Option<String>,
    compound: Option<String>,
    late_fee: Option<String>,
    fees: Option<String>,
    enforcement_cost: Option<String>,
}

#[derive(Serialize)]
pub(super) struct IdentifyAnswer {
    matches: Vec<MatchShape>,
    findings: Vec<FindingAnswer>,
}

#[derive(Serialize)]
struct MatchShape {
    convention: ConventionShape,
    exact: bool,
    differences: Vec<DifferenceShape>,
}

#[derive(Serialize)]
struct ConventionShape {
    method: words::Method,
    day_count: DayCountShape,
    rounding: RoundingShape,
    first_period: FirstPeriodShape,
    fees: FeesShape,
    #[serde(skip_serializing_if = "Option::is_none")]
    penalty: Option<PenaltyShape>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum RoundingShape {
    HalfUp,
    Floor,
    Ceil,
}

#[derive(Serialize)]
enum FirstPeriodShape {
    #[serde(rename = "as_others")]
    AsOthers,
    #[serde(rename = "days_360")]
    Days360,
    #[serde(rename = "days_365")]
    Days365,
    #[serde(rename = "whole")]
    Whole,
    #[serde(rename = "both_ends")]
    BothEnds,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum FeesShape {
    EachTerm,
    FirstTerm,
    Apart,
}

#[derive(Serialize)]
struct DifferenceShape {
    term: Option<u16>,
    field: &'static str,
    ours: String,
    theirs: String,
}

#[derive(Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
enum FindingAnswer {
    NoneExact,
    SeveralExact { count: usize },
    RateFromPayment,
}

pub(super) fn identify(question: IdentifyQuestion) -> Result<Explained<IdentifyAnswer>, AppError> {
    if question.printed.is_some() == question.claimed.is_some() {
        let message = "either the lender's printed rows or its claimed balance";
        return Err(AppError::field(ErrorCode::FieldMissing, "printed", message));
    }
    let loan = Known::read(&question)?;
    let draft = &loan.draft;
    if let Some(claimed) = &question.claimed {
        let payments = PaymentShape::read_all("payments", &question.payments)?;
        let claimed = claimed.read()?;
        let found = identify_claimed(draft, loan.method, loan.day_count, &payments, &claimed)
            .map_err(|why| refused(draft, why))?;
        let explained = question.explain.then(|| explain_claimed(draft, &payments, &claimed, &found));
        return Ok(Explained::new(IdentifyAnswer::new(&found, draft.rate.is_none()), explained));
    }
    let printed = question.printed.as_deref().unwrap_or_default();
    let rows = printed.iter().enumerate().map(|(i, row)| row.read(&format!("printed[{i}]")));
    let rows = rows.collect::<Result<Vec<_>, _>>()?;
    let found =
        identify_printed(draft, loan.method, loan.day_count, &rows).map_err(|why| refused(draft, why))?;
    let explained = question.explain.then(|| explain_printed(draft, &rows, &found));
    Ok(Explained::new(IdentifyAnswer::new(&found, draft.rate.is_none()), explained))
}

/// What the borrower knows, with placeholders where a convention will be tried.
struct Known {
    draft: LoanDraft,
    method: Option<Method>,
    day_count: Option<ashore_domain::DayCount>,
}

impl Known {
    fn read(question: &IdentifyQuestion) -> Result<Self, AppError> {
        let mut loan = question.loan.clone();
        let stated = |name: &str| question.loan.get(name).is_some_and(|value| !value.is_null());
        let (method, day_count) = (stated("method"), stated("day_count"));
        if !method {
            loan.insert("method".into(), "equal_installment".into());
        }
        if let Some(first) = question.printed.as_ref().and_then(|rows| rows.first()) {
            let count = question.printed.as_ref().map_or(0, Vec::len);
            loan.entry("terms").or_insert_with(|| count.into());
            loan.entry("first_due").or_insert_with(|| first.due.clone().into());
        }
        let shape: LoanShape = read_value("loan", Value::Object(loan))?;
        let draft = shape.draft("loan")?;
        Ok(Self {
            method: method.then_some(draft.method).filter(|method| *method != Method::Custom),
            day_count: day_count.then_some(draft.day_count),
            draft,
        })
    }
}

impl PrintedShape {
    fn read(&self, at: &str) -> Result<PrintedRow, AppError> {
        let amount = |name: &str, text: &Option<String>| {
            text.as_deref().map(|text| read::not_negative(&format!("{at}.{name}"), text)).transpose()
        };
        Ok(PrintedRow {
            due: read::day(&format!("{at}.due"), &self.due)?,
            payment: amount("payment", &self.payment)?,
            principal: amount("principal", &self.principal)?,
            interest: amount("interest", &self.interest)?,
            fees: amount("fees", &self.fees)?,
            balance: amount("balance", &self.balance)?,
        })
    }
}

impl ClaimedShape {
    fn read(&self) -> Result<ClaimedBalance, AppError> {
        let amount = |name: &str, text: &Option<String>| {
            text.as_deref().map(|text| read::not_negative(&format!("claimed.{name}"), text)).transpose()
        };
        Ok(ClaimedBalance {
            as_of: read::day("claimed.as_of", &self.as_of)?,
            buckets: [
                (Bucket::Principal, amount("principal", &self.principal)?),
                (Bucket::Interest, amount("interest", &self.interest)?),
                (Bucket::Penalty, amount("penalty", &self.penalty)?),
                (Bucket::Compound, amount("compound", &self.compound)?),
                (Bucket::LateFee, amount("late_fee", &self.late_fee)?),
                (Bucket::Fees, amount("fees", &self.fees)?),
                (Bucket::EnforcementCost, amount("enforcement_cost", &self.enforcement_cost)?),
            ],
        })
    }
}

fn refused(loan: &LoanDraft, why: IdentifyError) -> AppError {
    // Where nothing can be tried, the loan's own fields say best what is wrong with them.
    if why == IdentifyError::NothingToTry
        && let Err(contradiction) = LoanTerms::new(loan.clone())
    {
        return terms_error("loan", contradiction);
    }
    let code = match why {
        IdentifyError::NothingPrinted => ErrorCode::FieldMissing,
        IdentifyError::TooManyRows => ErrorCode::CountOutOfRange,
        IdentifyError::NothingToTry => ErrorCode::TermsRefused,
    };
    let text = why.to_string();
    let (field, message) = text.split_once(": ").unwrap_or(("loan", &text));
    AppError::field(code, field, message)
}

impl IdentifyAnswer {
    fn new(found: &Identified, rate_was_missing: bool) -> Self {
        let mut findings = Vec::new();
        match found.exact {
            0 => findings.push(FindingAnswer::NoneExact),
            1 => {}
            count => findings.push(FindingAnswer::SeveralExact { count }),
        }
        if rate_was_missing {
            findings.push(FindingAnswer::RateFromPayment);
        }
        Self { matches: found.matches.iter().map(Into::into).collect(), findings }
    }
}

impl From<&Match> for MatchShape {
    fn from(found: &Match) -> Self {
        Self {
            convention: ConventionShape {
                penalty: found.penalty.as_ref().map(Into::into),
                ..found.convention.into()
            },
            exact: found.is_exact(),
            differences: found.differences.iter().map(Into::into).collect(),
        }
    }
}

impl From<Convention> for ConventionShape {
    fn from(convention: Convention) -> Self {
        Self {
            method: convention.method.into(),
            day_count: convention.day_count.into(),
            rounding: match convention.rounding {
                Rounding::HalfUp => RoundingShape::HalfUp,
                Rounding::Floor => RoundingShape::Floor,
                Rounding::Ceil => RoundingShape::Ceil,
            },
            first_period: match convention.first_period {
                FirstPeriod::AsOthers => FirstPeriodShape::AsOthers,
                FirstPeriod::Days360 => FirstPeriodShape::Days360,
                FirstPeriod::Days365 => FirstPeriodShape::Days365,
                FirstPeriod::Whole => FirstPeriodShape::Whole,
                FirstPeriod::BothEnds => FirstPeriodShape::BothEnds,
            },
            fees: match convention.fees {
                FeePlacement::EachTerm => FeesShape::EachTerm,
                FeePlacement::FirstTerm => FeesShape::FirstTerm,
                FeePlacement::Apart => FeesShape::Apart,
            },
            penalty: None,
        }
    }
}

impl From<&Difference> for DifferenceShape {
    fn from(difference: &Difference) -> Self {
        let text = |figure: Figure| match figure {
            Figure::Amount(amount) => amount.to_string(),
            Figure::Day(day) => day.to_string(),
        };
        Self {
            term: difference.term,
            field: difference.field,
            ours: text(difference.ours),
            theirs: text(difference.theirs),
        }
    }
}

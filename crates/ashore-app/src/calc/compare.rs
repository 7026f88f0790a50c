use ashore_domain::{Month, RatePer, Ratio, limits};
use ashore_engine::explain::{explain_open, explain_proposal, explain_status_quo};
use ashore_engine::{
    ClaimedDebt, CompareError, ComparedProposal, MonthCapacity, OnBreach, Outcome, proposal_outcome,
    status_quo,
};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::forecast::{MonthAmount, months};
use crate::wire::{Amount, BucketsForm, Explained, RateShape, Solved, YearMonth, read};
use crate::{AppError, ErrorCode};

/// Proposals laid side by side at once.
const PROPOSALS_MAX: usize = 100;

/// A debt and the ways out that are on the table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CompareQuestion {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    as_of: String,
    debt: DebtShape,
    proposals: Vec<ProposalShape>,
    capacity: Option<CapacityShape>,
    #[serde(default)]
    explain: bool,
}

/// What is claimed, by bucket. What `calc plan` knows of a debt besides may stand there and changes nothing here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DebtShape {
    principal: String,
    interest: Option<String>,
    penalty: Option<String>,
    compound: Option<String>,
    late_fee: Option<String>,
    fees: Option<String>,
    enforcement_cost: Option<String>,
    /// What overdue principal bears without an agreement.
    penalty_rate: Option<RateShape>,
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    #[serde(default, rename = "contract_payments")]
    _contract_payments: IgnoredAny,
    #[serde(default, rename = "rate_after")]
    _rate_after: IgnoredAny,
    #[serde(default, rename = "terms_max")]
    _terms_max: IgnoredAny,
    #[serde(default, rename = "grace_max")]
    _grace_max: IgnoredAny,
    #[serde(default, rename = "installment_min")]
    _installment_min: IgnoredAny,
    #[serde(default, rename = "waivable")]
    _waivable: IgnoredAny,
    #[serde(default, rename = "settlement")]
    _settlement: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProposalShape {
    id: String,
    #[serde(default)]
    waived: BucketsForm,
    rows: Vec<MonthAmount>,
    /// The rate that unpaid principal goes on bearing besides the rows; absent when interest is stopped.
    interest_during: Option<RateShape>,
    #[serde(default)]
    conditions: Vec<Condition>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Condition {
    WaiverLapsesOnBreach,
    WaiverStaysOnBreach,
}

/// The same every month, or month by month.
#[derive(Deserialize)]
#[serde(untagged)]
enum CapacityShape {
    Every(String),
    ByMonth(Vec<MonthAmount>),
}

#[derive(Serialize)]
pub(super) struct CompareAnswer {
    proposals: Vec<Named>,
    status_quo: OutcomeShape,
    findings: Vec<FindingAnswer>,
}

#[derive(Serialize)]
struct Named {
    id: String,
    #[serde(flatten)]
    outcome: OutcomeShape,
}

#[derive(Serialize)]
struct OutcomeShape {
    total_paid: Amount,
    saving_against_claimed: Amount,
    added: Amount,
    peak_month: Amount,
    end: YearMonth,
    xirr: Option<Solved>,
    fits_capacity: Option<bool>,
    if_broken: IfBroken,
    open: Amount,
}

#[derive(Serialize)]
struct IfBroken {
    revived: Amount,
    reason: Reason,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Reason {
    NothingAgreed,
    NothingWaived,
    WaiverStays,
    WaiverLapses,
    BreachNotAgreed,
}

#[derive(Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
enum FindingAnswer {
    PenaltyRateUnknown,
    RowsBelowBalance { proposal: String, open: Amount },
    RowsAboveBalance { proposal: String, excess: Amount },
}

pub(super) fn compare(question: CompareQuestion) -> Result<Explained<CompareAnswer>, AppError> {
    let as_of = read::day("as_of", &question.as_of)?;
    let debt = question.debt.read()?;
    if question.proposals.len() > PROPOSALS_MAX {
        let message = format!("at most {PROPOSALS_MAX}");
        return Err(AppError::field(ErrorCode::CountOutOfRange, "proposals", message));
    }
    let proposals = question
        .proposals
        .iter()
        .enumerate()
        .map(|(i, shape)| shape.read(&format!("proposals[{i}]")))
        .collect::<Result<Vec<_>, _>>()?;
    let paid_in = || proposals.iter().flat_map(|proposal| proposal.rows.iter().map(|(month, _)| *month));
    let end = paid_in().max().unwrap_or(Month::of(as_of));
    let first = paid_in().min().unwrap_or(end).min(Month::of(as_of).plus(1));
    let capacity = question.capacity.as_ref().map(|shape| shape.read(first, end)).transpose()?;

    let mut findings = Vec::new();
    if debt.daily_penalty.is_none() {
        findings.push(FindingAnswer::PenaltyRateUnknown);
    }
    let mut explained = question.explain.then(Vec::new);
    let mut named = Vec::with_capacity(proposals.len());
    for (i, (shape, proposal)) in question.proposals.iter().zip(&proposals).enumerate() {
        let at = format!("proposals[{i}]");
        let outcome =
            proposal_outcome(as_of, &debt, proposal, capacity.as_deref()).map_err(|why| refused(&at, why))?;
        if let Some(explained) = &mut explained {
            explained.extend(explain_proposal(as_of, &debt, proposal, &outcome, &format!("{at}.")));
        }
        if !outcome.open.is_zero()
            && let Some(explained) = &mut explained
        {
            let name = if outcome.open.is_positive() { "open" } else { "excess" };
            let path = format!("findings[{}].{name}", findings.len());
            explained.push(explain_open(&debt, proposal, &path));
        }
        if outcome.open.is_positive() {
            findings.push(FindingAnswer::RowsBelowBalance {
                proposal: shape.id.clone(),
                open: outcome.open.into(),
            });
        }
        if outcome.open.is_negative() {
            let excess = (-outcome.open).into();
            findings.push(FindingAnswer::RowsAboveBalance { proposal: shape.id.clone(), excess });
        }
        let reason = match proposal.on_breach {
            _ if proposal.waived.total().is_zero() => Reason::NothingWaived,
            OnBreach::NotAgreed => Reason::BreachNotAgreed,
            OnBreach::WaiverLapses => Reason::WaiverLapses,
            OnBreach::WaiverStays => Reason::WaiverStays,
        };
        named.push(Named { id: shape.id.clone(), outcome: OutcomeShape::new(&outcome, reason) });
    }
    let wait = status_quo(as_of, &debt, end, capacity.as_deref()).map_err(|why| refused("", why))?;
    if let Some(explained) = &mut explained {
        explained.extend(explain_status_quo(as_of, &debt, &wait, "status_quo."));
    }
    let answer = CompareAnswer {
        proposals: named,
        status_quo: OutcomeShape::new(&wait, Reason::NothingAgreed),
        findings,
    };
    Ok(Explained::new(answer, explained))
}

impl DebtShape {
    fn read(&self) -> Result<ClaimedDebt, AppError> {
        let claimed = BucketsForm {
            principal: Some(self.principal.clone()),
            interest: self.interest.clone(),
            penalty: self.penalty.clone(),
            compound: self.compound.clone(),
            late_fee: self.late_fee.clone(),
            fees: self.fees.clone(),
            enforcement_cost: self.enforcement_cost.clone(),
        };
        Ok(ClaimedDebt {
            claimed: claimed.read("debt")?,
            daily_penalty: daily("debt.penalty_rate", self.penalty_rate.as_ref(), 360)?,
        })
    }
}

impl ProposalShape {
    fn read(&self, at: &str) -> Result<ComparedProposal, AppError> {
        let rows_at = format!("{at}.rows");
        if self.rows.len() > usize::from(limits::TERMS_MAX) {
            let message = format!("at most {}", limits::TERMS_MAX);
            return Err(AppError::field(ErrorCode::CountOutOfRange, &rows_at, message));
        }
        let rows = months(&rows_at, &self.rows)?.iter().map(|row| (row.month, row.capacity)).collect();
        let has = |condition| self.conditions.contains(&condition);
        let on_breach = match (has(Condition::WaiverLapsesOnBreach), has(Condition::WaiverStaysOnBreach)) {
            (true, true) => {
                let field = format!("{at}.conditions");
                return Err(AppError::field(
                    ErrorCode::BadRequest,
                    &field,
                    "a waiver lapses or stays, not both",
                ));
            }
            (true, false) => OnBreach::WaiverLapses,
            (false, true) => OnBreach::WaiverStays,
            (false, false) => OnBreach::NotAgreed,
        };
        Ok(ComparedProposal {
            waived: self.waived.read(&format!("{at}.waived"))?,
            rows,
            daily_interest: daily(&format!("{at}.interest_during"), self.interest_during.as_ref(), 365)?,
            on_breach,
        })
    }
}

impl CapacityShape {
    fn read(&self, first: Month, end: Month) -> Result<Vec<MonthCapacity>, AppError> {
        match self {
            Self::ByMonth(lines) => months("capacity", lines),
            Self::Every(text) => {
                let capacity = read::not_negative("capacity", text)?;
                Ok((0..=end.since(first)).map(|k| MonthCapacity { month: first.plus(k), capacity }).collect())
            }
        }
    }
}

/// A stated rate per day, or per year over so many days.
fn daily(field: &str, rate: Option<&RateShape>, days_a_year: i128) -> Result<Option<Ratio>, AppError> {
    let Some(shape) = rate else { return Ok(None) };
    let rate = shape.read(field)?;
    let daily = match rate.per() {
        RatePer::Day => Some(rate.ratio()),
        RatePer::Year => rate.ratio().times(1, days_a_year),
        RatePer::Month | RatePer::TermFlat => None,
    };
    let message = "per day or per year";
    daily.map(Some).ok_or_else(|| AppError::field(ErrorCode::TermsRefused, &format!("{field}.per"), message))
}

fn refused(at: &str, why: CompareError) -> AppError {
    let code = match why {
        CompareError::NoRows => ErrorCode::FieldMissing,
        CompareError::RowsOutOfOrder => ErrorCode::DateOrder,
        CompareError::WaivedAboveClaim | CompareError::TooLarge => ErrorCode::AmountOutOfRange,
    };
    let text = why.to_string();
    let (field, message) = text.split_once(": ").unwrap_or(("", &text));
    let field = if at.is_empty() { field.to_owned() } else { format!("{at}.{field}") };
    AppError::field(code, &field, message)
}

impl OutcomeShape {
    fn new(outcome: &Outcome, reason: Reason) -> Self {
        Self {
            total_paid: outcome.total_paid.into(),
            saving_against_claimed: outcome.saving.into(),
            added: outcome.added.into(),
            peak_month: outcome.peak_month.into(),
            end: YearMonth(outcome.end),
            xirr: outcome.xirr.map(Solved),
            fits_capacity: outcome.fits_capacity,
            if_broken: IfBroken { revived: outcome.revived.into(), reason },
            open: outcome.open.into(),
        }
    }
}

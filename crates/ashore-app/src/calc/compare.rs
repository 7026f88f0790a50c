use ashore_domain::{Buckets, Month, Ratio, RatePer, limits};
use ashore_engine::{
    ClaimedDebt, CompareError, ComparedProposal, MonthCapacity, OnBreach, Outcome, proposal_outcome, status_quo,
};
use chrono::NaiveDate;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::forecast::{MonthAmount, months};
use crate::wire::{Amount, RateShape, Solved, YearMonth, read};
use crate::{AppError, ErrorCode};

/// A debt and the ways out that are on the table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CompareQuestion {
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
    as_of: String,
    debt: DebtShape,
    proposals: Vec<ProposalShape>,
    capacity: Option<Capacity>,
}

/// What is claimed, by bucket. What `calc plan` knows of a debt besides may stand there and changes nothing here.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DebtShape {
    #[serde(flatten)]
    claimed: BucketsShape,
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

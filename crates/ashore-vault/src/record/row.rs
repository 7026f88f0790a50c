use ashore_domain::{Buckets, CustomRow, Money};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_with::serde_as;

use super::form::{Day, Fen, mirrors};

/// A row of a schedule as somebody stated it.
#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "CustomRow", deny_unknown_fields)]
pub(super) struct RowRecord {
    #[serde_as(as = "Day")]
    due: NaiveDate,
    #[serde_as(as = "Fen")]
    principal: Money,
    #[serde_as(as = "Fen")]
    interest: Money,
    #[serde_as(as = "Fen")]
    fees: Money,
}

/// One amount per bucket, zeros written out.
#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Buckets", deny_unknown_fields)]
pub(super) struct BucketsRecord {
    #[serde_as(as = "Fen")]
    principal: Money,
    #[serde_as(as = "Fen")]
    interest: Money,
    #[serde_as(as = "Fen")]
    penalty: Money,
    #[serde_as(as = "Fen")]
    compound: Money,
    #[serde_as(as = "Fen")]
    late_fee: Money,
    #[serde_as(as = "Fen")]
    fees: Money,
    #[serde_as(as = "Fen")]
    enforcement_cost: Money,
}

mirrors! { RowRecord => CustomRow, BucketsRecord => Buckets }

use ashore_domain::{
    Deadline, DeadlineId, DeadlineOutcome, DeadlineSettled, EvidenceId, LoanId, Money, PartyId, Review,
    ReviewId,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_with::{DisplayFromStr, serde_as, skip_serializing_none};

use super::form::{Choice, Day, Fen, mirrors};

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Deadline", deny_unknown_fields)]
pub(super) struct DeadlineRecord {
    #[serde_as(as = "DisplayFromStr")]
    id: DeadlineId,
    rule: String,
    #[serde_as(as = "Day")]
    starts_on: NaiveDate,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    loans: Vec<LoanId>,
    #[serde_as(as = "Option<DisplayFromStr>")]
    #[serde(default)]
    party: Option<PartyId>,
    reference: Option<String>,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    evidence: Vec<EvidenceId>,
    note: Option<String>,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "DeadlineSettled", deny_unknown_fields)]
pub(super) struct DeadlineSettledRecord {
    #[serde_as(as = "DisplayFromStr")]
    deadline: DeadlineId,
    #[serde_as(as = "Day")]
    on: NaiveDate,
    #[serde_as(as = "Choice")]
    outcome: DeadlineOutcome,
    note: Option<String>,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Review", deny_unknown_fields)]
pub(super) struct ReviewRecord {
    #[serde_as(as = "DisplayFromStr")]
    id: ReviewId,
    #[serde_as(as = "Day")]
    on: NaiveDate,
    #[serde_as(as = "Fen")]
    owed: Money,
    #[serde_as(as = "Option<Fen>")]
    #[serde(default)]
    income: Option<Money>,
    #[serde_as(as = "Option<Fen>")]
    #[serde(default)]
    capacity: Option<Money>,
    note: Option<String>,
}

mirrors! {
    DeadlineRecord => Deadline, DeadlineSettledRecord => DeadlineSettled, ReviewRecord => Review,
}

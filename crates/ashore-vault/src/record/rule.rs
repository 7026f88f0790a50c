use ashore_domain::OwnRule;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_with::{serde_as, skip_serializing_none};

use super::form::{Day, mirrors};

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "OwnRule", deny_unknown_fields)]
pub(super) struct OwnRuleRecord {
    rule: String,
    #[serde_as(as = "Option<Day>")]
    #[serde(default)]
    on: Option<NaiveDate>,
    value: Option<String>,
    five_year: Option<String>,
    source: Option<String>,
    note: String,
}

mirrors! {
    OwnRuleRecord => OwnRule,
}

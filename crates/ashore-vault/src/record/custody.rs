use ashore_domain::{Anchor, ConductReview, Custody, CustodyAction, EvidenceId, LoanId, ReviewVerdict};
use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_with::base64::Base64;
use serde_with::{DeserializeAs, DisplayFromStr, SerializeAs, serde_as, skip_serializing_none};

use super::form::{Choice, Instant, Sha256Text, mirrors};

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Custody", deny_unknown_fields)]
pub(super) struct CustodyRecord {
    #[serde_as(as = "Choice")]
    action: CustodyAction,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    loans: Vec<LoanId>,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    records: Vec<EvidenceId>,
    masked: bool,
    originals: bool,
    #[serde_as(as = "Option<Sha256Text>")]
    seal: Option<[u8; 32]>,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Anchor", deny_unknown_fields)]
pub(super) struct AnchorRecord {
    entries: u64,
    #[serde_as(as = "Base64")]
    head: Vec<u8>,
    #[serde_as(as = "Base64")]
    signature: [u8; 64],
    #[serde_as(as = "UtcInstant")]
    stamped_at: DateTime<Utc>,
    authority: Option<String>,
    #[serde_as(as = "Base64")]
    response: Vec<u8>,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "ConductReview", deny_unknown_fields)]
pub(super) struct ConductReviewRecord {
    rule: String,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    records: Vec<EvidenceId>,
    #[serde_as(as = "Choice")]
    verdict: ReviewVerdict,
    note: Option<String>,
}

/// An instant told in UTC.
struct UtcInstant;

impl SerializeAs<DateTime<Utc>> for UtcInstant {
    fn serialize_as<S: Serializer>(at: &DateTime<Utc>, to: S) -> Result<S::Ok, S::Error> {
        <Instant as SerializeAs<DateTime<FixedOffset>>>::serialize_as(&at.fixed_offset(), to)
    }
}

impl<'de> DeserializeAs<'de, DateTime<Utc>> for UtcInstant {
    fn deserialize_as<D: Deserializer<'de>>(from: D) -> Result<DateTime<Utc>, D::Error> {
        <Instant as DeserializeAs<DateTime<FixedOffset>>>::deserialize_as(from).map(|at| at.to_utc())
    }
}

mirrors! {
    CustodyRecord => Custody,
    AnchorRecord => Anchor,
    ConductReviewRecord => ConductReview,
}

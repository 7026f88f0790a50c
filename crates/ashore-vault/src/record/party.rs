use ashore_domain::{ChannelProof, ContactChannel, ContactPoint, LenderKind, Party, PartyId};
use serde::{Deserialize, Serialize};
use serde_with::{DisplayFromStr, serde_as, skip_serializing_none};

use super::form::{Choice, mirrors};

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Party", deny_unknown_fields)]
pub(super) struct PartyRecord {
    #[serde_as(as = "DisplayFromStr")]
    id: PartyId,
    name: String,
    legal_name: Option<String>,
    #[serde_as(as = "Choice")]
    lender_kind: LenderKind,
    aliases: Vec<String>,
    #[serde_as(as = "Vec<ContactRecord>")]
    contacts: Vec<ContactPoint>,
    licence: Option<String>,
    note: Option<String>,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "ContactPoint", deny_unknown_fields)]
struct ContactRecord {
    #[serde_as(as = "Choice")]
    channel: ContactChannel,
    value: String,
    hours: Option<String>,
    #[serde_as(as = "Option<Choice>")]
    verified: Option<ChannelProof>,
    note: Option<String>,
}

mirrors! { PartyRecord => Party, ContactRecord => ContactPoint }

use ashore_domain::{
    Borrower, ContactChannel, EvidenceId, Letter, LetterAnswered, LetterId, LetterKind, LetterProved,
    LetterSent, LoanId,
};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_with::{DisplayFromStr, serde_as, skip_serializing_none};

use super::form::{Choice, Day, Instant, Sha256Text, mirrors};

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Borrower", deny_unknown_fields)]
pub(super) struct BorrowerRecord {
    name: Option<String>,
    id_number: Option<String>,
    phone: Option<String>,
    address: Option<String>,
    email: Option<String>,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Letter", deny_unknown_fields)]
pub(super) struct LetterRecord {
    #[serde_as(as = "DisplayFromStr")]
    id: LetterId,
    #[serde_as(as = "Choice")]
    kind: LetterKind,
    #[serde_as(as = "Option<DisplayFromStr>")]
    loan: Option<LoanId>,
    #[serde_as(as = "Option<DisplayFromStr>")]
    replaces: Option<LetterId>,
    template: u16,
    place: Option<String>,
    filled: String,
    document: String,
    text: String,
    #[serde_as(as = "Sha256Text")]
    sha256: [u8; 32],
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "LetterSent", deny_unknown_fields)]
pub(super) struct LetterSentRecord {
    #[serde_as(as = "DisplayFromStr")]
    letter: LetterId,
    #[serde_as(as = "Instant")]
    at: DateTime<FixedOffset>,
    #[serde_as(as = "Choice")]
    channel: ContactChannel,
    to: Option<String>,
    reference: Option<String>,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    evidence: Vec<EvidenceId>,
    #[serde_as(as = "Option<Day>")]
    reply_due: Option<NaiveDate>,
    reply_rule: Option<String>,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "LetterProved", deny_unknown_fields)]
pub(super) struct LetterProvedRecord {
    #[serde_as(as = "DisplayFromStr")]
    letter: LetterId,
    #[serde_as(as = "Instant")]
    sent_at: DateTime<FixedOffset>,
    #[serde_as(as = "Option<Day>")]
    arrived_on: Option<NaiveDate>,
    reference: Option<String>,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    evidence: Vec<EvidenceId>,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "LetterAnswered", deny_unknown_fields)]
pub(super) struct LetterAnsweredRecord {
    #[serde_as(as = "DisplayFromStr")]
    letter: LetterId,
    #[serde_as(as = "Day")]
    on: NaiveDate,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    evidence: Vec<EvidenceId>,
    note: Option<String>,
}

mirrors! {
    BorrowerRecord => Borrower,
    LetterRecord => Letter,
    LetterSentRecord => LetterSent,
    LetterProvedRecord => LetterProved,
    LetterAnsweredRecord => LetterAnswered,
}

//! The wire form of facts, frozen: what is hashed, chained and kept for ever.
//!
//! A body is canonical JSON `{"data":{…},"id":"…","kind":"payment","recorded_at":"2026-11-22T10:00:00+08:00","v":1}`.
//! Data mirror the types of the domain; absent options are left out. The random `id` makes every leaf unguessable: who
//! is shown one fact with its Merkle proof cannot try out what its neighbours say. Whatever changes a form gets a new
//! version beside the old one, which is read for ever.

mod agreement;
mod capacity;
mod case;
mod custody;
mod deadline;
mod evidence;
mod evidence_details;
mod form;
mod letter;
mod loan;
mod party;
mod payment;
mod proposal;
mod row;
mod rule;
mod terms;
#[cfg(test)]
mod tests;
mod word;

use ashore_domain::{EvidenceDetails, Fact, FactId, FactKind, Penalty, Relief, Worksheet};
use ashore_evidence::canonical;
use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use serde_json::{Value, json};
use serde_with::{DeserializeAs, SerializeAs};

pub(crate) use word::Word;

/// The version of every kind of record this program writes.
const VERSION: u64 = 1;

/// Why a fact cannot be written down or read back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The fact holds something that has no exact text form.
    #[error("the fact cannot be written down exactly: {0}")]
    Unwritable(String),
    /// A newer Ashore wrote it.
    #[error("a fact of kind {kind} is of version {found}, this program knows {known}")]
    NewerVersion {
        /// Kind of fact.
        kind: String,
        /// Its version.
        found: u64,
        /// The newest version this program knows.
        known: u64,
    },
    /// A newer Ashore wrote it, or it is no fact of ours.
    #[error("a fact of the unknown kind “{0}”")]
    UnknownKind(String),
    /// Not a record of ours.
    #[error("a fact cannot be read: {0}")]
    Unreadable(String),
}

/// A fact as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Recorded {
    pub(crate) id: FactId,
    pub(crate) at: DateTime<FixedOffset>,
    pub(crate) fact: Fact,
}

/// The frozen body of a fact.
pub(crate) fn encode(fact: &Fact, id: FactId, at: DateTime<FixedOffset>) -> Result<Vec<u8>, RecordError> {
    let recorded_at = canonical::instant(at)
        .ok_or_else(|| RecordError::Unwritable("recorded_at has no RFC 3339 form".to_owned()))?;
    let data = match fact {
        Fact::Party(party) => value::<party::PartyRecord, _>(party),
        Fact::LoanOpened(loan) => value::<loan::LoanRecord, _>(loan),
        Fact::LoanCorrected(corrected) => value::<loan::LoanCorrectedRecord, _>(corrected),
        Fact::LoanClosed(closed) => value::<loan::LoanClosedRecord, _>(closed),
        Fact::Payment(payment) => value::<payment::PaymentRecord, _>(payment),
        Fact::PaymentVoided(voided) => value::<payment::PaymentVoidedRecord, _>(voided),
        Fact::PaymentReturned(returned) => value::<payment::PaymentReturnedRecord, _>(returned),
        Fact::Waiver(waiver) => value::<payment::WaiverRecord, _>(waiver),
        Fact::Evidence(record) => value::<evidence::RecordRecord, _>(record),
        Fact::Imported(import) => value::<evidence::ImportRecord, _>(import),
        Fact::EvidenceRemoved(removed) => value::<evidence::RemovedRecord, _>(removed),
        Fact::Capacity(worksheet) => value::<capacity::WorksheetRecord, _>(worksheet),
        Fact::Proposal(proposal) => value::<proposal::ProposalRecord, _>(proposal),
        Fact::Agreement(agreement) => value::<agreement::AgreementRecord, _>(agreement),
        Fact::Case(entry) => value::<case::CaseRecord, _>(entry),
        Fact::Custody(custody) => value::<custody::CustodyRecord, _>(custody),
        Fact::Anchor(anchor) => value::<custody::AnchorRecord, _>(anchor),
        Fact::ConductReview(review) => value::<custody::ConductReviewRecord, _>(review),
        Fact::Deadline(deadline) => value::<deadline::DeadlineRecord, _>(deadline),
        Fact::DeadlineSettled(settled) => value::<deadline::DeadlineSettledRecord, _>(settled),
        Fact::Review(review) => value::<deadline::ReviewRecord, _>(review),
        Fact::Borrower(borrower) => value::<letter::BorrowerRecord, _>(borrower),
        Fact::Letter(letter) => value::<letter::LetterRecord, _>(letter),
        Fact::LetterSent(sent) => value::<letter::LetterSentRecord, _>(sent),
        Fact::LetterProved(proved) => value::<letter::LetterProvedRecord, _>(proved),
        Fact::LetterAnswered(answered) => value::<letter::LetterAnsweredRecord, _>(answered),
        Fact::OwnRule(own) => value::<rule::OwnRuleRecord, _>(own),
    }?;
    bytes(&json!({
        "kind": fact.kind().word(), "v": VERSION, "id": id.to_string(), "recorded_at": recorded_at, "data": data,
    }))
}

/// The fact of a frozen body.
pub(crate) fn decode(body: &[u8]) -> Result<Recorded, RecordError> {
    let unreadable = |what: &str| RecordError::Unreadable(what.to_owned());
    let mut envelope: Value =
        serde_json::from_slice(body).map_err(|error| RecordError::Unreadable(error.to_string()))?;
    let kind = envelope.get("kind").and_then(Value::as_str).ok_or_else(|| unreadable("no kind"))?.to_owned();
    let version = envelope.get("v").and_then(Value::as_u64).ok_or_else(|| unreadable("no version"))?;
    // The version is looked at first: a newer form may have anything in it.
    if version > VERSION {
        return Err(RecordError::NewerVersion { kind, found: version, known: VERSION });
    }
    let kind = FactKind::from_word(&kind).ok_or(RecordError::UnknownKind(kind))?;
    let at = envelope.get("recorded_at").and_then(Value::as_str).and_then(canonical::read_instant);
    let at = at.ok_or_else(|| unreadable("no recorded_at"))?;
    let id = envelope.get("id").and_then(Value::as_str).and_then(|id| id.parse().ok());
    let id = id.ok_or_else(|| unreadable("no id"))?;
    let data = envelope.get_mut("data").map(Value::take).ok_or_else(|| unreadable("no data"))?;
    let fact = match kind {
        FactKind::Party => read::<party::PartyRecord, _>(data).map(Fact::Party),
        FactKind::LoanOpened => read::<loan::LoanRecord, _>(data).map(Fact::LoanOpened),
        FactKind::LoanCorrected => read::<loan::LoanCorrectedRecord, _>(data).map(Fact::LoanCorrected),
        FactKind::LoanClosed => read::<loan::LoanClosedRecord, _>(data).map(Fact::LoanClosed),
        FactKind::Payment => read::<payment::PaymentRecord, _>(data).map(Fact::Payment),
        FactKind::PaymentVoided => read::<payment::PaymentVoidedRecord, _>(data).map(Fact::PaymentVoided),
        FactKind::PaymentReturned => {
            read::<payment::PaymentReturnedRecord, _>(data).map(Fact::PaymentReturned)
        }
        FactKind::Waiver => read::<payment::WaiverRecord, _>(data).map(Fact::Waiver),
        FactKind::Evidence => read::<evidence::RecordRecord, _>(data).map(Fact::Evidence),
        FactKind::Imported => read::<evidence::ImportRecord, _>(data).map(Fact::Imported),
        FactKind::EvidenceRemoved => read::<evidence::RemovedRecord, _>(data).map(Fact::EvidenceRemoved),
        FactKind::Capacity => read::<capacity::WorksheetRecord, _>(data).map(Fact::Capacity),
        FactKind::Proposal => read::<proposal::ProposalRecord, _>(data).map(Fact::Proposal),
        FactKind::Agreement => read::<agreement::AgreementRecord, _>(data).map(Fact::Agreement),
        FactKind::Case => read::<case::CaseRecord, _>(data).map(Fact::Case),
        FactKind::Custody => read::<custody::CustodyRecord, _>(data).map(Fact::Custody),
        FactKind::Anchor => read::<custody::AnchorRecord, _>(data).map(Fact::Anchor),
        FactKind::ConductReview => read::<custody::ConductReviewRecord, _>(data).map(Fact::ConductReview),
        FactKind::Deadline => read::<deadline::DeadlineRecord, _>(data).map(Fact::Deadline),
        FactKind::DeadlineSettled => {
            read::<deadline::DeadlineSettledRecord, _>(data).map(Fact::DeadlineSettled)
        }
        FactKind::Review => read::<deadline::ReviewRecord, _>(data).map(Fact::Review),
        FactKind::Borrower => read::<letter::BorrowerRecord, _>(data).map(Fact::Borrower),
        FactKind::Letter => read::<letter::LetterRecord, _>(data).map(Fact::Letter),
        FactKind::LetterSent => read::<letter::LetterSentRecord, _>(data).map(Fact::LetterSent),
        FactKind::LetterProved => read::<letter::LetterProvedRecord, _>(data).map(Fact::LetterProved),
        FactKind::LetterAnswered => read::<letter::LetterAnsweredRecord, _>(data).map(Fact::LetterAnswered),
        FactKind::OwnRule => read::<rule::OwnRuleRecord, _>(data).map(Fact::OwnRule),
    }?;
    Ok(Recorded { id, at, fact })
}

/// Parts of a fact that a column keeps as canonical JSON, in the form they have in its body.
pub(crate) trait Part {
    fn part(&self) -> Result<String, RecordError>;
}

macro_rules! parts {
    ($($part:ty as $record:ty),+ $(,)?) => {$(
        impl Part for $part {
            fn part(&self) -> Result<String, RecordError> {
                let bytes = bytes(&value::<$record, _>(self)?)?;
                String::from_utf8(bytes).map_err(|error| RecordError::Unwritable(error.to_string()))
            }
        }
    )+};
}
parts! {
    EvidenceDetails as evidence_details::DetailsRecord,
    Penalty as terms::PenaltyRecord,
    Relief as proposal::ReliefRecord,
    Worksheet as capacity::WorksheetRecord,
}

fn bytes(value: &Value) -> Result<Vec<u8>, RecordError> {
    canonical::to_bytes(value).map_err(|error| RecordError::Unwritable(error.to_string()))
}

fn value<R: SerializeAs<T>, T>(data: &T) -> Result<Value, RecordError> {
    struct As<'a, R, T>(&'a T, std::marker::PhantomData<R>);
    impl<R: SerializeAs<T>, T> Serialize for As<'_, R, T> {
        fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
            R::serialize_as(self.0, to)
        }
    }
    serde_json::to_value(As::<R, T>(data, std::marker::PhantomData))
        .map_err(|error| RecordError::Unwritable(error.to_string()))
}

fn read<R: for<'de> DeserializeAs<'de, T>, T>(data: Value) -> Result<T, RecordError> {
    R::deserialize_as(data).map_err(|error| RecordError::Unreadable(error.to_string()))
}

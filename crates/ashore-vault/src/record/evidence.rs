use ashore_domain::{
    AgreementId, AttachmentId, ConfirmationForm, Direction, EventTime, EvidenceDetails, EvidenceId,
    EvidenceRecord, EvidenceRemoved, Extraction, FileRef, Import, ImportId, Imported, LoanId, Money, Outcome,
    OutcomeKind, Person, PersonRole, Precision, Promise, ProposalId, TimeSource,
};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_with::{DisplayFromStr, serde_as, skip_serializing_none};

use super::evidence_details::DetailsRecord;
use super::form::{Choice, Day, Fen, Instant, KeyText, Sha256Text, mirrors};

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "EvidenceRecord", deny_unknown_fields)]
pub(super) struct RecordRecord {
    #[serde_as(as = "DisplayFromStr")]
    id: EvidenceId,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    loans: Vec<LoanId>,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    proposals: Vec<ProposalId>,
    #[serde_as(as = "Vec<DisplayFromStr>")]
    agreements: Vec<AgreementId>,
    #[serde_as(as = "TimeRecord")]
    happened: EventTime,
    #[serde_as(as = "Vec<PersonRecord>")]
    people: Vec<Person>,
    #[serde_as(as = "Choice")]
    direction: Direction,
    summary: String,
    #[serde_as(as = "Vec<OutcomeRecord>")]
    outcomes: Vec<Outcome>,
    #[serde_as(as = "Vec<PromiseRecord>")]
    promises: Vec<Promise>,
    language: String,
    tags: Vec<String>,
    #[serde_as(as = "Vec<FileRecord>")]
    files: Vec<FileRef>,
    #[serde_as(as = "Option<ExtractionRecord>")]
    extraction: Option<Extraction>,
    #[serde_as(as = "DetailsRecord")]
    details: EvidenceDetails,
    #[serde_as(as = "Option<DisplayFromStr>")]
    corrects: Option<EvidenceId>,
    #[serde_as(as = "Option<Choice>")]
    confirmation: Option<ConfirmationForm>,
    #[serde_as(as = "Option<ImportedRecord>")]
    imported: Option<Imported>,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Imported", deny_unknown_fields)]
struct ImportedRecord {
    #[serde_as(as = "DisplayFromStr")]
    import: ImportId,
    number: u64,
    #[serde_as(as = "KeyText")]
    key: [u8; 16],
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Import", deny_unknown_fields)]
pub(super) struct ImportRecord {
    #[serde_as(as = "DisplayFromStr")]
    id: ImportId,
    #[serde_as(as = "FileRecord")]
    file: FileRef,
    format: String,
    found: u64,
    stored: u64,
    duplicates: u64,
    left_out: u64,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "EvidenceRemoved", deny_unknown_fields)]
pub(super) struct RemovedRecord {
    #[serde_as(as = "DisplayFromStr")]
    record: EvidenceId,
    reason: String,
}

#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "EventTime", deny_unknown_fields)]
struct TimeRecord {
    #[serde_as(as = "Instant")]
    at: DateTime<FixedOffset>,
    #[serde_as(as = "Choice")]
    precision: Precision,
    #[serde_as(as = "Choice")]
    source: TimeSource,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Person", deny_unknown_fields)]
struct PersonRecord {
    #[serde_as(as = "Choice")]
    role: PersonRole,
    name: Option<String>,
    organisation: Option<String>,
    staff_no: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    handle: Option<String>,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Outcome", deny_unknown_fields)]
struct OutcomeRecord {
    #[serde_as(as = "Choice")]
    kind: OutcomeKind,
    #[serde_as(as = "Option<Fen>")]
    amount: Option<Money>,
    terms: Option<u16>,
    #[serde_as(as = "Option<Day>")]
    on: Option<NaiveDate>,
    text: Option<String>,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Promise", deny_unknown_fields)]
struct PromiseRecord {
    #[serde_as(as = "Choice")]
    by: PersonRole,
    what: String,
    #[serde_as(as = "Option<Day>")]
    due: Option<NaiveDate>,
}

#[serde_as]
#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "FileRef", deny_unknown_fields)]
struct FileRecord {
    #[serde_as(as = "DisplayFromStr")]
    attachment: AttachmentId,
    name: String,
    mime: String,
    bytes: u64,
    #[serde_as(as = "Sha256Text")]
    sha256: [u8; 32],
    original: bool,
    #[serde_as(as = "Option<DisplayFromStr>")]
    derived_from: Option<AttachmentId>,
}

#[skip_serializing_none]
#[derive(Serialize, Deserialize)]
#[serde(remote = "Extraction", deny_unknown_fields)]
struct ExtractionRecord {
    device: Option<String>,
    os: Option<String>,
    app: Option<String>,
    app_version: Option<String>,
    tool: Option<String>,
    operator: Option<String>,
    steps: Option<String>,
}

mirrors! {
    RecordRecord => EvidenceRecord,
    ImportedRecord => Imported,
    ImportRecord => Import,
    RemovedRecord => EvidenceRemoved,
    TimeRecord => EventTime,
    PersonRecord => Person,
    OutcomeRecord => Outcome,
    PromiseRecord => Promise,
    FileRecord => FileRef,
    ExtractionRecord => Extraction,
}

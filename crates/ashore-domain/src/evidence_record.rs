use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::{AgreementId, AttachmentId, EvidenceId, ImportId, LoanId, Money, ProposalId};

/// Something that was said, sent, shown or paid, with time, people and result (domain §7.2).
///
/// A record is never edited: a correction is a new record whose `corrects` names the old one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRecord {
    /// Which record.
    pub id: EvidenceId,
    /// The loans it concerns; none is allowed.
    pub loans: Vec<LoanId>,
    /// Offers it belongs to.
    pub proposals: Vec<ProposalId>,
    /// Agreements it belongs to.
    pub agreements: Vec<AgreementId>,
    /// When it happened.
    pub happened: EventTime,
    /// Who took part.
    pub people: Vec<Person>,
    /// From whom to whom.
    pub direction: Direction,
    /// One line in the borrower's words.
    pub summary: String,
    /// What came of it.
    pub outcomes: Vec<Outcome>,
    /// What somebody undertook to do by when.
    pub promises: Vec<Promise>,
    /// BCP 47 tag; empty when not stated.
    pub language: String,
    /// Free labels.
    pub tags: Vec<String>,
    /// Attached files, originals and derived copies.
    pub files: Vec<FileRef>,
    /// How the bytes were obtained.
    pub extraction: Option<Extraction>,
    /// What only this kind has.
    pub details: EvidenceDetails,
    /// The record this one corrects.
    pub corrects: Option<EvidenceId>,
    /// Whether this is what the lender confirmed, and how.
    pub confirmation: Option<ConfirmationForm>,
    /// The file it was read from, when it was read and not written down.
    pub imported: Option<Imported>,
}

/// Where a record that was read from a file comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Which file.
    pub import: ImportId,
    /// Its number among the records of the file, from 1.
    pub number: u64,
    /// What stays the same when the same thing is found in another file: a digest of its content.
    pub key: [u8; 16],
}

/// Kind of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // each is the glossary's own word; its fields stand in `EvidenceDetails`
pub enum EvidenceKind {
    Call,
    Sms,
    Email,
    ImChat,
    InAppChat,
    PaymentReceipt,
    Contract,
    Agreement,
    Screenshot,
    ScreenVideo,
    Letter,
    VisitNote,
    CourtDoc,
    CreditReport,
    Note,
}

/// When something happened and how well that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventTime {
    /// The instant with the offset it was told in.
    pub at: DateTime<FixedOffset>,
    /// How exact it is.
    pub precision: Precision,
    /// Who says so.
    pub source: TimeSource,
}

/// How exact a time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Precision {
    /// To the second.
    Second,
    /// To the minute.
    Minute,
    /// To the day.
    Day,
}

/// Whose clock a time comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TimeSource {
    /// The device's own record.
    Device,
    /// The carrier's bill or record.
    Carrier,
    /// The borrower's memory.
    User,
}

/// Someone who took part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// As what.
    pub role: PersonRole,
    /// Name as given.
    pub name: Option<String>,
    /// For whom they spoke.
    pub organisation: Option<String>,
    /// 工号.
    pub staff_no: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Mail address.
    pub email: Option<String>,
    /// Account name in an app.
    pub handle: Option<String>,
}

/// Part someone played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PersonRole {
    /// The borrower.
    User,
    /// Staff of the lender.
    LenderStaff,
    /// A collector.
    Collector,
    /// Staff of the platform.
    Platform,
    /// A mediator.
    Mediator,
    /// Someone else: family, colleague.
    ThirdParty,
}

/// From whom to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// To the borrower.
    Incoming,
    /// From the borrower.
    Outgoing,
    /// Neither: a document, a note.
    None,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Which kind.
    pub kind: OutcomeKind,
    /// Amount named.
    pub amount: Option<Money>,
    /// Number of terms named.
    pub terms: Option<u16>,
    /// Date named.
    pub on: Option<NaiveDate>,
    /// In words.
    pub text: Option<String>,
}

/// Kind of result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutcomeKind {
    /// An offer was made.
    Offer,
    /// An amount was named.
    Amount,
    /// A date was named.
    Date,
    /// A request was refused.
    Refusal,
    /// A threat was made.
    Threat,
    /// Something was promised.
    Promise,
    /// A third person was contacted.
    ThirdPartyContacted,
    /// Information was given.
    Information,
    /// Nothing came of it.
    Nothing,
}

/// Something undertaken by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Who undertook it.
    pub by: PersonRole,
    /// What.
    pub what: String,
    /// By when.
    pub due: Option<NaiveDate>,
}

/// A file kept with a record, byte for byte.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRef {
    /// The stored object.
    pub attachment: AttachmentId,
    /// Name as it came.
    pub name: String,
    /// Media type, found by content where possible.
    pub mime: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// False for a redaction, transcript or crop.
    pub original: bool,
    /// The original of a derived file.
    pub derived_from: Option<AttachmentId>,
}

/// How bytes were obtained.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[allow(missing_docs)] // the field names are the whole story
pub struct Extraction {
    pub device: Option<String>,
    pub os: Option<String>,
    pub app: Option<String>,
    pub app_version: Option<String>,
    pub tool: Option<String>,
    pub operator: Option<String>,
    pub steps: Option<String>,
}

/// How a lender confirmed something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConfirmationForm {
    /// Said on the phone only.
    Oral,
    /// In writing: contract, stamped letter, e-mail, official SMS.
    Written,
}

/// How a call ended up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallStatus {
    /// Somebody answered.
    Answered,
    /// Nobody answered.
    Missed,
    /// It was rejected.
    Rejected,
}

/// What only one kind of record has.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // field names are those of domain §7.2
pub enum EvidenceDetails {
    Call {
        number: Option<String>,
        own_number: Option<String>,
        sim: Option<String>,
        duration_s: Option<u32>,
        status: CallStatus,
        transcript: Option<String>,
    },
    Sms {
        address: Option<String>,
        smsc: Option<String>,
        sent: Option<DateTime<FixedOffset>>,
        received: Option<DateTime<FixedOffset>>,
        sim: Option<String>,
        thread: Option<String>,
        body: String,
    },
    Email {
        message_id: Option<String>,
        from: Option<String>,
        to: Vec<String>,
        cc: Vec<String>,
        date_header: Option<String>,
        received_chain: Vec<String>,
        authentication: Option<String>,
        subject: Option<String>,
        body: String,
    },
    ImChat {
        app: Option<String>,
        accounts: Vec<String>,
        group: Option<String>,
        body: String,
    },
    InAppChat {
        platform: Option<String>,
        ticket_no: Option<String>,
        agent_no: Option<String>,
        body: String,
    },
    PaymentReceipt {
        channel: Option<String>,
        amount: Option<Money>,
        payer: Option<String>,
        payee: Option<String>,
        account_tail: Option<String>,
        transaction_no: Option<String>,
        remark: Option<String>,
    },
    Contract {
        number: Option<String>,
        parties: Vec<String>,
        signed_on: Option<NaiveDate>,
        signing_provider: Option<String>,
        certificate: Option<String>,
        pages: Option<u32>,
        annexes: Vec<String>,
        fee_clauses: Vec<String>,
    },
    Agreement {
        number: Option<String>,
        parties: Vec<String>,
        signed_on: Option<NaiveDate>,
        signing_provider: Option<String>,
        certificate: Option<String>,
        pages: Option<u32>,
    },
    Screenshot {
        device: Option<String>,
        clock_visible: Option<bool>,
        app_version: Option<String>,
    },
    ScreenVideo {
        device: Option<String>,
        clock_visible: Option<bool>,
        app_version: Option<String>,
    },
    Letter {
        sender: Option<String>,
        tracking_no: Option<String>,
        postmark: Option<NaiveDate>,
        delivery_proof: Option<String>,
    },
    VisitNote {
        place: Option<String>,
        plate: Option<String>,
        witnesses: Vec<String>,
        body: String,
    },
    CourtDoc {
        court: Option<String>,
        case_no: Option<String>,
        received_on: Option<NaiveDate>,
    },
    CreditReport {
        report_no: Option<String>,
        report_date: Option<NaiveDate>,
        version: Option<String>,
    },
    Note {
        body: String,
    },
}

impl EvidenceDetails {
    /// The kind these details belong to.
    #[must_use]
    pub const fn kind(&self) -> EvidenceKind {
        match self {
            Self::Call { .. } => EvidenceKind::Call,
            Self::Sms { .. } => EvidenceKind::Sms,
            Self::Email { .. } => EvidenceKind::Email,
            Self::ImChat { .. } => EvidenceKind::ImChat,
            Self::InAppChat { .. } => EvidenceKind::InAppChat,
            Self::PaymentReceipt { .. } => EvidenceKind::PaymentReceipt,
            Self::Contract { .. } => EvidenceKind::Contract,
            Self::Agreement { .. } => EvidenceKind::Agreement,
            Self::Screenshot { .. } => EvidenceKind::Screenshot,
            Self::ScreenVideo { .. } => EvidenceKind::ScreenVideo,
            Self::Letter { .. } => EvidenceKind::Letter,
            Self::VisitNote { .. } => EvidenceKind::VisitNote,
            Self::CourtDoc { .. } => EvidenceKind::CourtDoc,
            Self::CreditReport { .. } => EvidenceKind::CreditReport,
            Self::Note { .. } => EvidenceKind::Note,
        }
    }
}

use ashore_domain::{CallStatus, EvidenceDetails, Money};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_with::serde_as;

use super::form::{Choice, Day, Fen, Instant, mirrors};

/// What only one kind of record has: the kind's word, then its fields.
#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(remote = "EvidenceDetails", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum DetailsRecord {
    Call {
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        own_number: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        sim: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        duration_s: Option<u32>,
        #[serde_as(as = "Choice")]
        status: CallStatus,
        #[serde(skip_serializing_if = "Option::is_none")]
        transcript: Option<String>,
    },
    Sms {
        #[serde(skip_serializing_if = "Option::is_none")]
        address: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        smsc: Option<String>,
        #[serde_as(as = "Option<Instant>")]
        #[serde(skip_serializing_if = "Option::is_none")]
        sent: Option<DateTime<FixedOffset>>,
        #[serde_as(as = "Option<Instant>")]
        #[serde(skip_serializing_if = "Option::is_none")]
        received: Option<DateTime<FixedOffset>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        sim: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        thread: Option<String>,
        body: String,
    },
    Email {
        #[serde(skip_serializing_if = "Option::is_none")]
        message_id: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        from: Option<String>,
        to: Vec<String>,
        cc: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        date_header: Option<String>,
        received_chain: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        authentication: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        subject: Option<String>,
        body: String,
    },
    ImChat {
        #[serde(skip_serializing_if = "Option::is_none")]
        app: Option<String>,
        accounts: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        group: Option<String>,
        body: String,
    },
    InAppChat {
        #[serde(skip_serializing_if = "Option::is_none")]
        platform: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        ticket_no: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        agent_no: Option<String>,
        body: String,
    },
    PaymentReceipt {
        #[serde(skip_serializing_if = "Option::is_none")]
        channel: Option<String>,
        #[serde_as(as = "Option<Fen>")]
        #[serde(skip_serializing_if = "Option::is_none")]
        amount: Option<Money>,
        #[serde(skip_serializing_if = "Option::is_none")]
        payer: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        payee: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        account_tail: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        transaction_no: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        remark: Option<String>,
    },
    Contract {
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        parties: Vec<String>,
        #[serde_as(as = "Option<Day>")]
        #[serde(skip_serializing_if = "Option::is_none")]
        signed_on: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        signing_provider: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        certificate: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pages: Option<u32>,
        annexes: Vec<String>,
        fee_clauses: Vec<String>,
    },
    Agreement {
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<String>,
        parties: Vec<String>,
        #[serde_as(as = "Option<Day>")]
        #[serde(skip_serializing_if = "Option::is_none")]
        signed_on: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        signing_provider: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        certificate: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pages: Option<u32>,
    },
    Screenshot {
        #[serde(skip_serializing_if = "Option::is_none")]
        device: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        clock_visible: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        app_version: Option<String>,
    },
    ScreenVideo {
        #[serde(skip_serializing_if = "Option::is_none")]
        device: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        clock_visible: Option<bool>,
        #[serde(skip_serializing_if = "Option::is_none")]
        app_version: Option<String>,
    },
    Letter {
        #[serde(skip_serializing_if = "Option::is_none")]
        sender: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        tracking_no: Option<String>,
        #[serde_as(as = "Option<Day>")]
        #[serde(skip_serializing_if = "Option::is_none")]
        postmark: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        delivery_proof: Option<String>,
    },
    VisitNote {
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        plate: Option<String>,
        witnesses: Vec<String>,
        body: String,
    },
    CourtDoc {
        #[serde(skip_serializing_if = "Option::is_none")]
        court: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        case_no: Option<String>,
        #[serde_as(as = "Option<Day>")]
        #[serde(skip_serializing_if = "Option::is_none")]
        received_on: Option<NaiveDate>,
    },
    CreditReport {
        #[serde(skip_serializing_if = "Option::is_none")]
        report_no: Option<String>,
        #[serde_as(as = "Option<Day>")]
        #[serde(skip_serializing_if = "Option::is_none")]
        report_date: Option<NaiveDate>,
        #[serde(skip_serializing_if = "Option::is_none")]
        version: Option<String>,
    },
    Note {
        body: String,
    },
}

mirrors! { DetailsRecord => EvidenceDetails }

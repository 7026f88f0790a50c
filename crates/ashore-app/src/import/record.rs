//! What a file holds, as records of ours.

use ashore_domain::{
    AttachmentId, Direction, EventTime, EvidenceDetails, EvidenceId, EvidenceRecord, Extraction, FileRef,
    ImportId, Imported, LoanId, Person, PersonRole, Precision, TimeSource,
};
use ashore_importers::{Call, Flow, Item, Mail, Mailbox, Message, Part, Settlement, Transaction};
use chrono::{DateTime, FixedOffset};

use super::known::Known;

/// A record in the making, with the files that came with it.
pub(super) struct Draft {
    pub(super) record: EvidenceRecord,
    pub(super) parts: Vec<Part>,
}

/// Label of a mail that tells no time of its own.
pub(super) const TIME_UNKNOWN: &str = "时间不详";
/// Label of a message that never left the phone.
const UNSENT: &str = "未发出";

/// The record of one thing found. `now` stands for the time of a mail that tells none, and says so.
pub(super) fn draft(
    item: Item,
    from: Imported,
    id: EvidenceId,
    known: &Known,
    now: DateTime<FixedOffset>,
) -> Draft {
    let mut record = EvidenceRecord {
        id,
        loans: Vec::new(),
        proposals: Vec::new(),
        agreements: Vec::new(),
        happened: EventTime { at: now, precision: Precision::Day, source: TimeSource::User },
        people: Vec::new(),
        direction: Direction::None,
        summary: String::new(),
        outcomes: Vec::new(),
        promises: Vec::new(),
        language: String::new(),
        tags: Vec::new(),
        files: Vec::new(),
        extraction: None,
        details: EvidenceDetails::Note { body: String::new() },
        corrects: None,
        confirmation: None,
        imported: Some(from),
    };
    let parts = match item {
        Item::Message(message) => of_message(*message, &mut record, known),
        Item::Call(call) => of_call(*call, &mut record, known),
        Item::Mail(mail) => of_mail(*mail, &mut record, known),
        Item::Transaction(transaction) => of_transaction(*transaction, &mut record),
    };
    Draft { record, parts }
}

/// How a record was obtained: by this program, from a file of this format.
pub(super) fn obtained(format: Option<&str>) -> Extraction {
    Extraction {
        app: Some("Ashore".to_owned()),
        app_version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        tool: format.map(str::to_owned),
        steps: Some("由文件读入，原文件另存".to_owned()),
        ..Extraction::default()
    }
}

/// A stored part as its record names it.
pub(super) fn part_of(file: &FileRef, original: AttachmentId) -> FileRef {
    // The very bytes that were sent, found within the file that was taken in.
    FileRef { derived_from: Some(original), ..file.clone() }
}

fn of_message(message: Message, record: &mut EvidenceRecord, known: &Known) -> Vec<Part> {
    record.happened = message.happened;
    record.direction = message.delivery.direction();
    if !message.delivery.left_the_phone() {
        record.tags.push(UNSENT.to_owned());
    }
    record.summary = message.subject.unwrap_or_default();
    let number = message.address.as_deref();
    let loan = known.loan_of_number(number).or_else(|| known.loan_signed(&message.body));
    who(record, known, loan, message.contact, number);
    for other in message.people {
        if message.address.as_deref() != Some(other.address.as_str()) && record.people.len() < PEOPLE_MOST {
            record.people.push(Person { phone: Some(other.address), ..nobody(PersonRole::ThirdParty) });
        }
    }
    let received = (record.direction == Direction::Incoming).then_some(record.happened.at);
    record.details = EvidenceDetails::Sms {
        address: message.address,
        smsc: message.smsc,
        sent: message.sent,
        received,
        sim: message.sim,
        thread: message.thread,
        body: message.body,
    };
    message.parts
}

fn of_call(call: Call, record: &mut EvidenceRecord, known: &Known) -> Vec<Part> {
    record.happened = call.happened;
    record.direction = call.direction;
    let loan = known.loan_of_number(call.number.as_deref());
    who(record, known, loan, call.contact, call.number.as_deref());
    record.details = EvidenceDetails::Call {
        number: call.number,
        own_number: None,
        sim: call.sim,
        duration_s: call.duration_s,
        status: call.status,
        transcript: None,
    };
    Vec::new()
}

fn of_mail(mail: Mail, record: &mut EvidenceRecord, known: &Known) -> Vec<Part> {
    match mail.happened {
        Some(happened) => record.happened = happened,
        None => record.tags.push(TIME_UNKNOWN.to_owned()),
    }
    let sender = mail.from.first();
    let address = sender.and_then(|from| from.address.clone());
    let loan = known.loan_of_address(address.as_deref());
    record.loans.extend(loan);
    // Whose mailbox this is, a mail does not say; what lenders send comes in.
    if loan.is_some() {
        record.direction = Direction::Incoming;
    }
    if let Some(from) = sender {
        let role = if loan.is_some() { PersonRole::LenderStaff } else { PersonRole::ThirdParty };
        record.people.push(Person { name: from.name.clone(), email: address, ..nobody(role) });
    }
    record.details = EvidenceDetails::Email {
        message_id: mail.message_id,
        from: sender.map(line),
        to: mail.to.iter().map(line).collect(),
        cc: mail.cc.iter().chain(&mail.bcc).map(line).collect(),
        date_header: mail.date_header,
        received_chain: mail.received_chain,
        authentication: mail.authentication,
        subject: mail.subject,
        body: mail.body,
    };
    mail.parts
}

fn of_transaction(paid: Transaction, record: &mut EvidenceRecord) -> Vec<Part> {
    record.happened = paid.happened;
    record.direction = match paid.flow {
        Flow::In => Direction::Incoming,
        Flow::Out => Direction::Outgoing,
        Flow::Neutral => Direction::None,
    };
    record.summary = paid.description.unwrap_or_default();
    // A payment that never happened must not look like one.
    if matches!(paid.settlement, Settlement::Closed | Settlement::Pending | Settlement::Refunded) {
        record.tags.extend(paid.status);
        record.direction = Direction::None;
    }
    record.tags.extend(paid.category);
    let (payer, payee) = match paid.flow {
        Flow::In => (paid.counterparty, paid.own_account),
        Flow::Out | Flow::Neutral => (paid.own_account, paid.counterparty),
    };
    record.details = EvidenceDetails::PaymentReceipt {
        channel: paid.statement.channel().map(str::to_owned),
        amount: Some(paid.amount),
        payer,
        payee,
        account_tail: paid.counterparty_account,
        transaction_no: paid.order_no.or(paid.merchant_no),
        remark: paid.note,
    };
    Vec::new()
}

/// People of one message beyond which only the file itself tells.
const PEOPLE_MOST: usize = 50;

fn who(
    record: &mut EvidenceRecord,
    known: &Known,
    loan: Option<LoanId>,
    contact: Option<String>,
    number: Option<&str>,
) {
    record.loans.extend(loan);
    let collector = known.collector_of_number(number);
    if loan.is_some() || contact.is_some() || collector.is_some() {
        let role = match (loan, collector) {
            // Whose number this is, the borrower wrote down: contacts from it are held against the rules on conduct.
            (_, Some(_)) => PersonRole::Collector,
            (Some(_), None) => PersonRole::LenderStaff,
            (None, None) => PersonRole::ThirdParty,
        };
        let organisation = collector.map(str::to_owned);
        let phone = number.map(str::to_owned);
        record.people.push(Person { name: contact, organisation, phone, ..nobody(role) });
    }
}

const fn nobody(role: PersonRole) -> Person {
    Person { role, name: None, organisation: None, staff_no: None, phone: None, email: None, handle: None }
}

fn line(mailbox: &Mailbox) -> String {
    match (&mailbox.name, &mailbox.address) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => String::new(),
    }
}

/// A name for what came without one.
pub(super) fn name_of(part: &Part, number: usize) -> String {
    part.name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| format!("part-{number}"))
}

/// Where in the ledger a record says it comes from.
pub(super) const fn from(import: ImportId, number: u64, key: [u8; 16]) -> Imported {
    Imported { import, number, key }
}

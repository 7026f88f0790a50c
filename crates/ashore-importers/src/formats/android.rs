//! What a phone's own tables say, whichever program saved them.

use ashore_domain::{CallStatus, Direction, EventTime, Precision, TimeSource};
use chrono::{DateTime, Datelike, FixedOffset, TimeZone};

use crate::{Address, AddressRole, Call, CallKind, Delivery, Message, MessageKind, Part, Reason, SHANGHAI};

/// Columns of one row by name; `None` for what is absent.
pub(crate) trait Row {
    fn get(&self, column: &str) -> Option<&str>;

    /// A column whose words for nothing are left aside.
    fn said(&self, column: &str) -> Option<&str> {
        self.get(column).map(str::trim).filter(|text| !text.is_empty() && *text != "null")
    }

    /// The same, to be kept.
    fn text(&self, column: &str) -> Option<String> {
        self.said(column).map(str::to_owned)
    }
}

/// Milliseconds since 1970 as an instant between 1990 and 2100.
fn instant(millis: i64) -> Option<DateTime<FixedOffset>> {
    let at = SHANGHAI.timestamp_millis_opt(millis).single()?;
    (1990..=2100).contains(&at.year()).then_some(at)
}

/// An instant; MMS tables count seconds where SMS tables count milliseconds.
fn since_1970(text: Option<&str>) -> Option<DateTime<FixedOffset>> {
    const SECONDS_END: i64 = 100_000_000_000;
    let number: i64 = text?.trim().parse().ok()?;
    instant(if number.abs() < SECONDS_END { number.checked_mul(1000)? } else { number })
}

fn happened(row: &impl Row) -> Result<EventTime, Reason> {
    let at = since_1970(row.get("date")).or_else(|| since_1970(row.get("date_sent")));
    match at {
        Some(at) => Ok(EventTime { at, precision: Precision::Second, source: TimeSource::Device }),
        None if row.said("date").is_some() => Err(Reason::TimeUnreadable),
        None => Err(Reason::TimeMissing),
    }
}

fn delivery(code: Option<&str>) -> Delivery {
    match code.map(str::trim) {
        Some("1") => Delivery::Received,
        Some("2") => Delivery::Sent,
        Some("3") => Delivery::Draft,
        Some("4") => Delivery::Outbox,
        Some("5") => Delivery::Failed,
        Some("6") => Delivery::Queued,
        _ => Delivery::Unknown,
    }
}

/// SIM slot or subscription; negative numbers are the phone's word for "not known".
fn sim(row: &impl Row) -> Option<String> {
    ["sub_id", "subscription_id", "sim_slot", "sim_id"]
        .iter()
        .find_map(|column| row.said(column).filter(|text| !text.starts_with('-')))
        .map(str::to_owned)
}

fn contact(row: &impl Row) -> Option<String> {
    ["contact_name", "__display_name", "display_name", "display-name", "name"]
        .iter()
        .find_map(|column| row.said(column))
        .filter(|name| *name != "(Unknown)")
        .map(str::to_owned)
}

/// An SMS.
pub(crate) fn sms(row: &impl Row) -> Result<Message, Reason> {
    Ok(Message {
        kind: MessageKind::Sms,
        address: row.text("address"),
        contact: contact(row),
        people: Vec::new(),
        happened: happened(row)?,
        sent: since_1970(row.get("date_sent")),
        delivery: delivery(row.get("type")),
        subject: row.text("subject"),
        body: row.get("body").filter(|body| *body != "null").unwrap_or_default().to_owned(),
        parts: Vec::new(),
        smsc: row.text("service_center"),
        sim: sim(row),
        thread: row.text("thread_id"),
        source_id: None,
        raw: Vec::new(),
    })
}

/// An MMS without its people and parts, which stand apart.
pub(crate) fn mms(row: &impl Row) -> Result<Message, Reason> {
    let delivery = match delivery(row.get("msg_box")) {
        // Without a box the kind of protocol unit tells: 128 asks to send, 132 and 130 bring something.
        Delivery::Unknown => match row.get("m_type") {
            Some("128") => Delivery::Sent,
            Some("130" | "132") => Delivery::Received,
            _ => Delivery::Unknown,
        },
        known => known,
    };
    Ok(Message {
        kind: MessageKind::Mms,
        // A group's numbers are joined in one field.
        address: row.text("address").map(|joined| joined.replace('~', ", ")),
        contact: contact(row),
        people: Vec::new(),
        happened: happened(row)?,
        sent: since_1970(row.get("date_sent")),
        delivery,
        subject: row.text("sub"),
        body: String::new(),
        parts: Vec::new(),
        smsc: None,
        sim: sim(row),
        thread: row.text("thread_id"),
        source_id: row.text("m_id"),
        raw: Vec::new(),
    })
}

/// Someone an MMS names; the phone's placeholder for the borrower is left aside.
pub(crate) fn address(row: &impl Row) -> Option<Address> {
    let address = row.text("address").filter(|text| text != "insert-address-token")?;
    let role = match row.get("type") {
        Some("137") => AddressRole::From,
        Some("151") => AddressRole::To,
        Some("130") => AddressRole::Cc,
        Some("129") => AddressRole::Bcc,
        _ => AddressRole::Unknown,
    };
    Some(Address { address, role })
}

/// What one part of an MMS is.
pub(crate) enum PartKind {
    /// Text of the message.
    Text(String),
    /// A file; its bytes are found elsewhere.
    File(Part),
    /// Layout of the slides, of no interest.
    Layout,
}

/// One part of an MMS, without the bytes of a file.
pub(crate) fn part(row: &impl Row) -> PartKind {
    let mime = row.text("ct").unwrap_or_else(|| "application/octet-stream".to_owned());
    let text = row.get("text").filter(|text| *text != "null");
    if mime.eq_ignore_ascii_case("application/smil") {
        return PartKind::Layout;
    }
    if mime.eq_ignore_ascii_case("text/plain")
        && let Some(text) = text
    {
        return PartKind::Text(text.to_owned());
    }
    PartKind::File(Part {
        name: ["name", "cl", "fn"].iter().find_map(|column| row.text(column)),
        mime,
        content_id: row.text("cid").map(|id| id.trim_matches(['<', '>']).to_owned()),
        damaged: false,
        bytes: text.unwrap_or_default().as_bytes().to_vec(),
    })
}

/// Adds a text part to what is there.
pub(crate) fn append_text(body: &mut String, text: &str) {
    if !body.is_empty() && !text.is_empty() {
        body.push('\n');
    }
    body.push_str(text);
}

/// A call.
pub(crate) fn call(row: &impl Row) -> Result<Call, Reason> {
    let duration_s = row.get("duration").and_then(|text| text.trim().parse::<u32>().ok());
    let talked = duration_s.is_some_and(|seconds| seconds > 0);
    let kind = match row.get("type").map(str::trim) {
        Some("1") => CallKind::Incoming,
        Some("2") => CallKind::Outgoing,
        Some("3") => CallKind::Missed,
        Some("4") => CallKind::Voicemail,
        Some("5") => CallKind::Rejected,
        Some("6") => CallKind::Blocked,
        Some("7") => CallKind::AnsweredElsewhere,
        _ => CallKind::Unknown,
    };
    let status = match kind {
        CallKind::Incoming | CallKind::AnsweredElsewhere => CallStatus::Answered,
        CallKind::Outgoing | CallKind::Unknown if talked => CallStatus::Answered,
        CallKind::Rejected | CallKind::Blocked => CallStatus::Rejected,
        CallKind::Outgoing | CallKind::Missed | CallKind::Voicemail | CallKind::Unknown => CallStatus::Missed,
    };
    Ok(Call {
        // Withheld numbers are written as small negative ones.
        number: row.said("number").filter(|number| !number.starts_with('-')).map(str::to_owned),
        contact: contact(row),
        happened: happened(row)?,
        direction: match kind {
            CallKind::Outgoing => Direction::Outgoing,
            CallKind::Unknown => Direction::None,
            _ => Direction::Incoming,
        },
        status,
        kind,
        duration_s,
        withheld: matches!(row.get("presentation"), Some("2")),
        sim: sim(row),
    })
}

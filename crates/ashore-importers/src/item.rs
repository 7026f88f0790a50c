//! What a file can hold, in our words (domain §7.2, §9).

use ashore_domain::{CallStatus, Direction, EventTime, Money};
use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use crate::Statement;

/// One thing found in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Item {
    /// A short message, with or without pictures.
    Message(Box<Message>),
    /// A telephone call.
    Call(Box<Call>),
    /// An e-mail.
    Mail(Box<Mail>),
    /// A payment in either direction.
    Transaction(Box<Transaction>),
}

/// SMS or MMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum MessageKind {
    /// Text alone.
    Sms,
    /// Text with files, or to several people.
    Mms,
}

/// How far a message got on the phone it was saved from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delivery {
    /// It came in.
    Received,
    /// It went out.
    Sent,
    /// Never sent: a draft.
    Draft,
    /// On its way out when the phone was saved.
    Outbox,
    /// Sending failed.
    Failed,
    /// Waiting to be sent.
    Queued,
    /// The file does not say.
    Unknown,
}

impl Delivery {
    /// From whom to whom; a draft and what is unknown went nowhere.
    #[must_use]
    pub const fn direction(self) -> Direction {
        match self {
            Self::Received => Direction::Incoming,
            Self::Sent | Self::Outbox | Self::Failed | Self::Queued => Direction::Outgoing,
            Self::Draft | Self::Unknown => Direction::None,
        }
    }

    /// Whether it reached the network at all.
    #[must_use]
    pub const fn left_the_phone(self) -> bool {
        matches!(self, Self::Received | Self::Sent | Self::Unknown)
    }
}

/// A short message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// SMS or MMS.
    pub kind: MessageKind,
    /// The other side's number, as the phone wrote it; several are joined by `~` in some files and split here.
    pub address: Option<String>,
    /// The other side's name in the phone's contacts.
    pub contact: Option<String>,
    /// Everyone an MMS names, the borrower's own number among them.
    pub people: Vec<Address>,
    /// When the phone filed it, to the second.
    #[serde(with = "crate::wire::event_time")]
    pub happened: EventTime,
    /// When the sender's side says it was sent.
    #[serde(with = "crate::wire::maybe_instant")]
    pub sent: Option<DateTime<FixedOffset>>,
    /// How far it got.
    pub delivery: Delivery,
    /// Subject of an MMS.
    pub subject: Option<String>,
    /// The text; of an MMS all its text parts, one after another.
    pub body: String,
    /// Files of an MMS that are not its text.
    pub parts: Vec<Part>,
    /// The carrier's message centre.
    pub smsc: Option<String>,
    /// SIM slot or subscription.
    pub sim: Option<String>,
    /// Conversation in the phone.
    pub thread: Option<String>,
    /// The carrier's id of an MMS.
    pub source_id: Option<String>,
    /// The record's own bytes, kept when it had to be mended to be read.
    #[serde(skip)]
    pub raw: Vec<u8>,
}

/// Someone an MMS names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Number or mail address.
    pub address: String,
    /// As what.
    pub role: AddressRole,
}

/// Place of an address in an MMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AddressRole {
    /// Sender.
    From,
    /// Recipient.
    To,
    /// Copy.
    Cc,
    /// Blind copy.
    Bcc,
    /// The file does not say.
    Unknown,
}

/// A file that came with a message or a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Name exactly as it came: it may hold `../`, newlines or worse and is never used as a path.
    pub name: Option<String>,
    /// Media type as declared.
    pub mime: String,
    /// `Content-ID`, by which the text of a mail refers to it.
    pub content_id: Option<String>,
    /// True when the bytes could not be decoded and are kept as they stood in the file.
    pub damaged: bool,
    /// The bytes themselves.
    #[serde(skip)]
    pub bytes: Vec<u8>,
}

/// A telephone call in a phone's own list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// The other side's number; none when it was withheld.
    pub number: Option<String>,
    /// The other side's name in the phone's contacts.
    pub contact: Option<String>,
    /// When it began, to the second.
    #[serde(with = "crate::wire::event_time")]
    pub happened: EventTime,
    /// Who called.
    #[serde(with = "crate::wire::DirectionWire")]
    pub direction: Direction,
    /// How it ended up.
    #[serde(with = "crate::wire::CallStatusWire")]
    pub status: CallStatus,
    /// What the phone called it.
    pub kind: CallKind,
    /// Length in seconds.
    pub duration_s: Option<u32>,
    /// True when the caller withheld the number.
    pub withheld: bool,
    /// SIM slot or subscription.
    pub sim: Option<String>,
}

/// The phone's own word for a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallKind {
    /// Came in and was answered.
    Incoming,
    /// Went out; with length 0 nobody answered.
    Outgoing,
    /// Came in and was not answered.
    Missed,
    /// Left a message on the voice mailbox.
    Voicemail,
    /// The borrower rejected it.
    Rejected,
    /// The phone refused it by its list.
    Blocked,
    /// Answered on another device.
    AnsweredElsewhere,
    /// Another word; the call is kept.
    Unknown,
}

/// An e-mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// `Message-ID` without its brackets.
    pub message_id: Option<String>,
    /// Senders.
    pub from: Vec<Mailbox>,
    /// Recipients.
    pub to: Vec<Mailbox>,
    /// Copies.
    pub cc: Vec<Mailbox>,
    /// Blind copies.
    pub bcc: Vec<Mailbox>,
    /// Where answers go.
    pub reply_to: Vec<Mailbox>,
    /// The mails it answers.
    pub in_reply_to: Vec<String>,
    /// When it was sent by its `Date`, else by the last `Received`, else by the mbox separator; none when no
    /// header tells a time that exists.
    #[serde(with = "crate::wire::maybe_event_time")]
    pub happened: Option<EventTime>,
    /// `Date` as written.
    pub date_header: Option<String>,
    /// `Received`, newest first, as written.
    pub received_chain: Vec<String>,
    /// `Authentication-Results` and `Received-SPF` as written.
    pub authentication: Option<String>,
    /// Whether it carries a DKIM signature; nothing here checks it.
    pub dkim_signed: bool,
    /// Subject, decoded.
    pub subject: Option<String>,
    /// Text of the mail; made from its HTML when it has no other.
    pub body: String,
    /// HTML as it came, unsafe: only ever shown sanitised.
    pub html: Option<String>,
    /// Its files.
    pub parts: Vec<Part>,
    /// The mail byte for byte.
    #[serde(skip)]
    pub raw: Vec<u8>,
}

/// A mail address with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mailbox {
    /// Display name.
    pub name: Option<String>,
    /// Address.
    pub address: Option<String>,
}

/// Which way money went, seen from the borrower.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flow {
    /// To the borrower.
    In,
    /// From the borrower.
    Out,
    /// Between the borrower's own accounts, or counted neither way (不计收支, `/`).
    Neutral,
}

/// Whether the money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Settlement {
    /// It did.
    Done,
    /// Not yet.
    Pending,
    /// It never did: closed, cancelled, failed.
    Closed,
    /// It came back.
    Refunded,
    /// The file does not say.
    Unknown,
}

/// A payment in either direction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// Whose statement it stands in.
    pub statement: Statement,
    /// When, on Shanghai's clock; precision tells a statement of days from one of seconds.
    #[serde(with = "crate::wire::event_time")]
    pub happened: EventTime,
    /// How much, never negative: `flow` tells which way.
    #[serde(with = "crate::wire::money")]
    pub amount: Money,
    /// Which way.
    pub flow: Flow,
    /// Fee within the amount, when a remark names one.
    #[serde(with = "crate::wire::maybe_money")]
    pub fee: Option<Money>,
    /// How much of it was given back later, when the row says so.
    #[serde(with = "crate::wire::maybe_money")]
    pub refunded: Option<Money>,
    /// Balance after it; may be negative.
    #[serde(with = "crate::wire::maybe_money")]
    pub balance: Option<Money>,
    /// Who stood on the other side.
    pub counterparty: Option<String>,
    /// Their account, mostly masked.
    pub counterparty_account: Option<String>,
    /// The borrower's account or way of paying.
    pub own_account: Option<String>,
    /// The statement's word for what kind it is.
    pub category: Option<String>,
    /// Goods, summary, purpose.
    pub description: Option<String>,
    /// Status as written.
    pub status: Option<String>,
    /// What that status means.
    pub settlement: Settlement,
    /// The channel's own number of the payment.
    pub order_no: Option<String>,
    /// The merchant's number of it.
    pub merchant_no: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// How many rows before it in this file say the very same: two equal payments of one day are two.
    pub equal_before: u32,
    /// The row as it stood: column name and cell.
    pub raw: Vec<(String, String)>,
}

impl Item {
    /// What stays the same when the same thing is found again, in this file or in another export of it.
    ///
    /// Messages: address, kind of delivery, time and text. Calls: number, kind and time. Mails: `Message-ID` with
    /// date and subject, or the bytes. Payments: the channel's number with time, way and amount; without a number
    /// everything the row says beside its status.
    #[must_use]
    pub fn identity(&self) -> Vec<u8> {
        let mut parts: Vec<String> = Vec::with_capacity(8);
        let mut bytes: &[u8] = &[];
        match self {
            Self::Message(m) => {
                parts.push("message".to_owned());
                parts.push(m.address.clone().unwrap_or_default());
                parts.push(format!("{:?}", m.delivery.direction()));
                parts.push(m.happened.at.timestamp_millis().to_string());
                parts.push(m.source_id.clone().unwrap_or_default());
                parts.push(m.body.clone());
            }
            Self::Call(c) => {
                parts.push("call".to_owned());
                parts.push(c.number.clone().unwrap_or_default());
                parts.push(format!("{:?}", c.kind));
                parts.push(c.happened.at.timestamp_millis().to_string());
            }
            Self::Mail(m) => {
                parts.push("mail".to_owned());
                if let Some(id) = &m.message_id {
                    parts.push(id.clone());
                    parts.push(m.date_header.clone().unwrap_or_default());
                    parts.push(m.subject.clone().unwrap_or_default());
                } else {
                    bytes = &m.raw;
                }
            }
            Self::Transaction(t) => parts.extend(t.identity()),
        }
        // Lengths before the fields: no two lists of fields give the same bytes.
        let mut whole = Vec::with_capacity(parts.iter().map(|p| p.len() + 8).sum::<usize>() + bytes.len());
        for part in &parts {
            whole.extend_from_slice(&(part.len() as u64).to_le_bytes());
            whole.extend_from_slice(part.as_bytes());
        }
        whole.extend_from_slice(bytes);
        whole
    }

    /// The files and raw bytes it carries, in a fixed order; the frames carry these apart from the rest.
    pub(crate) fn blobs(&self) -> Vec<&[u8]> {
        match self {
            Self::Message(m) => blobs_of(&m.raw, &m.parts),
            Self::Mail(m) => blobs_of(&m.raw, &m.parts),
            Self::Call(_) | Self::Transaction(_) => Vec::new(),
        }
    }

    /// The same places, to be filled.
    pub(crate) fn blobs_mut(&mut self) -> Vec<&mut Vec<u8>> {
        let (raw, parts) = match self {
            Self::Message(m) => (&mut m.raw, &mut m.parts),
            Self::Mail(m) => (&mut m.raw, &mut m.parts),
            Self::Call(_) | Self::Transaction(_) => return Vec::new(),
        };
        std::iter::once(raw).chain(parts.iter_mut().map(|part| &mut part.bytes)).collect()
    }
}

fn blobs_of<'a>(raw: &'a [u8], parts: &'a [Part]) -> Vec<&'a [u8]> {
    std::iter::once(raw).chain(parts.iter().map(|part| part.bytes.as_slice())).collect()
}

/// Whether the words of a statement's row say that a debt was paid with it. Statements count such rows neither as income
/// nor as spending.
#[must_use]
pub fn says_repayment(words: &[&str]) -> bool {
    let says = |said: &str| words.iter().any(|text| text.contains(said));
    // Not what came back, what somebody else paid back, or what did not happen.
    says("还款") && !["退", "收到", "失败", "关闭", "待"].into_iter().any(says)
}

impl Transaction {
    pub(crate) fn identity(&self) -> Vec<String> {
        let mut parts = vec![
            "transaction".to_owned(),
            self.statement.code().to_owned(),
            self.order_no.clone().unwrap_or_default(),
            self.happened.at.timestamp().to_string(),
            format!("{:?}", self.flow),
            self.amount.to_string(),
        ];
        if self.order_no.is_none() {
            parts.extend([
                self.counterparty.clone().unwrap_or_default(),
                self.description.clone().unwrap_or_default(),
                self.balance.map(|b| b.to_string()).unwrap_or_default(),
            ]);
            // In a table of unknown origin no column may be known that tells with whom or what for: all of the row does.
            let told = self.counterparty.is_some() || self.description.is_some() || self.balance.is_some();
            if self.statement == Statement::Other && !told {
                parts.extend(self.raw.iter().map(|(_, cell)| cell.clone()));
            }
        }
        parts.push(self.equal_before.to_string());
        parts
    }
}

//! One JSON object in our words.

use std::collections::BTreeMap;

use serde_json::Value;

use super::Files;
use crate::count::Counting;
use crate::formats::android::{self, PartKind, Row};
use crate::formats::backup::{base64_bytes, decoded};
use crate::{Address, AddressRole, Call, Delivery, Item, Message, Part, Place, ReadError, Reason, Warning};

/// What an object is, its files still to be found.
pub(super) enum Read {
    Sms(Message),
    Mms(Message, Vec<Pending>),
    Call(Call),
}

/// A file of a message, and how it is found.
pub(super) struct Pending {
    part: Part,
    stored_as: Option<String>,
    inline: Option<String>,
}

/// Columns of one object, all as text.
struct Columns(BTreeMap<String, String>);

impl Columns {
    fn of(value: &serde_json::Map<String, Value>) -> Self {
        let text = |value: &Value| match value {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Bool(flag) => Some(flag.to_string()),
            _ => None,
        };
        Self(value.iter().filter_map(|(key, value)| Some((key.clone(), text(value)?))).collect())
    }
}

impl Row for Columns {
    fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }
}

/// Reads one object, and says whether it had to be mended for that.
pub(super) fn read(bytes: &[u8]) -> Result<(Read, bool), Reason> {
    if let Ok(value) = serde_json::from_slice::<Value>(bytes) {
        return Ok((object(value)?, false));
    }
    // Another encoding than JSON's, or halves of signs that stand alone.
    let (text, ..) = decoded(bytes);
    let mended = serde_json::from_str::<Value>(&whole_signs(&text)).map_err(|_| Reason::Malformed)?;
    let mut read = object(mended)?;
    if let Read::Sms(message) | Read::Mms(message, _) = &mut read {
        message.raw = bytes.to_vec();
    }
    Ok((read, true))
}

/// The text with a mark in place of every `\uD83D` that is half of a sign without the other half.
fn whole_signs(text: &str) -> String {
    let code =
        |text: &str| -> Option<u32> { u32::from_str_radix(text.strip_prefix("\\u")?.get(..4)?, 16).ok() };
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        let (before, from) = rest.split_at(at);
        whole.push_str(before);
        let taken = match code(from) {
            Some(0xD800..0xDC00)
                if from.get(6..).and_then(code).is_some_and(|low| (0xDC00..0xE000).contains(&low)) =>
            {
                12
            }
            Some(0xD800..0xE000) => {
                whole.push_str("\\ufffd");
                rest = from.get(6..).unwrap_or_default();
                continue;
            }
            Some(_) => 6,
            // A backslash and what it stands before, which may be another one.
            None => 1 + from.chars().nth(1).map_or(0, char::len_utf8),
        };
        let (sign, after) = from.split_at(taken.min(from.len()));
        whole.push_str(sign);
        rest = after;
    }
    whole.push_str(rest);
    whole
}

fn object(value: Value) -> Result<Read, Reason> {
    let Value::Object(object) = value else { return Err(Reason::Malformed) };
    let row = Columns::of(&object);
    if row.get("duration").is_some() || (row.get("number").is_some() && row.get("body").is_none()) {
        return if row.get("date").is_some() {
            android::call(&row).map(Read::Call)
        } else {
            Err(Reason::NotARecord)
        };
    }
    if row.get("msg_box").is_some() || row.get("m_type").is_some() {
        return mms(&object, &row);
    }
    if row.get("type").is_some() && (row.get("body").is_some() || row.get("address").is_some()) {
        return android::sms(&row).map(Read::Sms);
    }
    Err(Reason::NotARecord)
}

fn mms(object: &serde_json::Map<String, Value>, row: &Columns) -> Result<Read, Reason> {
    // The second version writes two underlines before what it adds.
    let added = |name: &str| object.get(&format!("__{name}")).or_else(|| object.get(name));
    let mut message = android::mms(row)?;
    let sender = added("sender_address").and_then(Value::as_object);
    let people = added("recipient_addresses").and_then(Value::as_array).into_iter().flatten();
    let people = sender.into_iter().chain(people.filter_map(Value::as_object));
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for person in people {
        let columns = Columns::of(person);
        if let Some(address) = android::address(&columns) {
            let name = columns.text("__display_name").or_else(|| columns.text("display_name"));
            names.extend(name.map(|name| (address.address.clone(), name)));
            message.people.push(address);
        }
    }
    if message.address.is_none() {
        let others = match message.delivery {
            Delivery::Received | Delivery::Unknown => |a: &&Address| a.role == AddressRole::From,
            _ => |a: &&Address| a.role != AddressRole::From,
        };
        let others: Vec<&str> = message.people.iter().filter(others).map(|a| a.address.as_str()).collect();
        message.contact = message.contact.or_else(|| others.first().and_then(|a| names.get(*a)).cloned());
        message.address = (!others.is_empty()).then(|| others.join(", "));
    }
    let mut files = Vec::new();
    for part in added("parts").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object) {
        let columns = Columns::of(part);
        match android::part(&columns) {
            PartKind::Layout => {}
            PartKind::Text(text) => android::append_text(&mut message.body, &text),
            PartKind::File(part) => files.push(Pending {
                part,
                stored_as: columns.text("_data"),
                inline: columns.text("binary_data"),
            }),
        }
    }
    Ok(Read::Mms(message, files))
}

/// Finds the files and hands the item over.
pub(super) fn hand_over(
    read: Read,
    number: u64,
    files: &mut dyn Files,
    out: &mut Counting<'_>,
) -> Result<(), ReadError> {
    let (mut message, pending) = match read {
        Read::Call(call) => return out.item(Item::Call(Box::new(call))),
        Read::Sms(message) => return out.item(Item::Message(Box::new(message))),
        Read::Mms(message, pending) => (message, pending),
    };
    for (at, Pending { mut part, stored_as, inline }) in (1..).zip(pending) {
        let place = Place::Part { number, part: at };
        match (inline, stored_as) {
            (Some(data), _) => match base64_bytes(&data) {
                Some(bytes) => part.bytes = bytes,
                None => {
                    part.damaged = true;
                    part.bytes = data.into_bytes();
                    out.warning(Warning::PartDamaged(place))?;
                }
            },
            // Only the last segment counts: it is a name in `data/`, wherever it once lay on the phone.
            (None, Some(path)) => match files.bytes(path.rsplit('/').next().unwrap_or_default())? {
                Some(bytes) => part.bytes = bytes,
                None => {
                    part.damaged = true;
                    out.missing(place, Reason::FileMissing)?;
                }
            },
            (None, None) => {}
        }
        message.parts.push(part);
    }
    out.item(Item::Message(Box::new(message)))
}

//! SMS Backup & Restore: messages with their pictures, and calls.

mod scan;
mod value;

use std::borrow::Cow;
use std::io::Read;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use encoding_rs::{GB18030, UTF_8};

use self::scan::{End, Kind};
use self::value::Attributes;
use super::android::{self, PartKind, Row};
use crate::count::Counting;
use crate::window::Window;
use crate::{Item, Message, Place, ReadError, Reason, Warning};

/// As lenient as base64 can be without guessing: padding may be missing.
pub(crate) const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Reads a backup of messages or calls, one record at a time.
pub(crate) fn read<R: Read>(source: R, out: &mut Counting<'_>) -> Result<(), ReadError> {
    let mut window = Window::new(source);
    let mut file = File { announced: None, number: 0 };
    let mut closed = false;
    while let Some((kind, end, offset)) = scan::next(&mut window)? {
        let gathered = window.gathered();
        match kind {
            Kind::Root => file.announced = gathered.and_then(announced).or(file.announced),
            Kind::RootEnd => closed = true,
            Kind::Sms | Kind::Mms | Kind::Call => {
                file.number += 1;
                let place = Place::Record { number: file.number, offset };
                match (gathered, end) {
                    (Some(bytes), End::Whole) => file.record(kind, bytes, place, out)?,
                    (None, _) => out.left_out(place, Reason::TooLarge)?,
                    (Some(_), End::Broken) => out.left_out(place, Reason::Malformed)?,
                    (Some(_), End::CutOff) => out.left_out(place, Reason::CutOff)?,
                }
            }
        }
    }
    if !closed {
        out.warning(Warning::FileCutOff)?;
    }
    match file.announced {
        Some(announced) if announced != file.number => {
            out.warning(Warning::CountDiffers { announced, found: file.number })
        }
        _ => Ok(()),
    }
}

/// How many records the root says there are.
fn announced(tag: &[u8]) -> Option<u64> {
    let mut attributes = Attributes::default();
    attributes.read(inner(std::str::from_utf8(tag).ok()?))?;
    attributes.get("count")?.parse().ok()
}

/// What stands between `<` and `>` of a tag.
fn inner(tag: &str) -> &str {
    let tag = tag.trim_ascii_end();
    let tag = tag.strip_prefix('<').unwrap_or(tag);
    let tag = tag.strip_suffix('>').unwrap_or(tag);
    tag.strip_suffix('/').unwrap_or(tag)
}

struct File {
    announced: Option<u64>,
    number: u64,
}

impl File {
    fn record(
        &self,
        kind: Kind,
        bytes: &[u8],
        place: Place,
        out: &mut Counting<'_>,
    ) -> Result<(), ReadError> {
        let (text, mut mended, lost) = decoded(bytes);
        if lost {
            out.warning(Warning::CharactersLost(place.clone()))?;
        }
        let item = match kind {
            Kind::Call => {
                let mut row = Attributes::default();
                match row.read(inner(&text)) {
                    Some(()) => android::call(&row).map(|call| Item::Call(Box::new(call))),
                    None => Err(Reason::Malformed),
                }
            }
            Kind::Sms => {
                let mut row = Attributes::default();
                match row.read(inner(&text)) {
                    Some(()) => {
                        mended |= row.mended;
                        android::sms(&row).map(|mut sms| {
                            if mended {
                                sms.raw = bytes.to_vec();
                            }
                            Item::Message(Box::new(sms))
                        })
                    }
                    None => Err(Reason::Malformed),
                }
            }
            _ => match self.mms(&text, &mut mended, out)? {
                Ok(mut mms) => {
                    if mended {
                        mms.raw = bytes.to_vec();
                    }
                    Ok(Item::Message(Box::new(mms)))
                }
                Err(reason) => Err(reason),
            },
        };
        match item {
            Ok(item) => {
                if mended {
                    out.warning(Warning::Mended(place))?;
                }
                out.item(item)
            }
            Err(reason) => out.left_out(place, reason),
        }
    }

    fn mms(
        &self,
        text: &str,
        mended: &mut bool,
        out: &mut Counting<'_>,
    ) -> Result<Result<Message, Reason>, ReadError> {
        let mut row = Attributes::default();
        let mut message: Option<Message> = None;
        let mut parts = 0;
        for tag in Tags(text) {
            let name = tag.split([' ', '\t', '\r', '\n', '/']).next().unwrap_or_default();
            if !matches!(name, "mms" | "part" | "addr") {
                continue;
            }
            if row.read(inner(tag)).is_none() {
                return Ok(Err(Reason::Malformed));
            }
            *mended |= row.mended;
            match (name, &mut message) {
                ("mms", None) => match android::mms(&row) {
                    Ok(read) => message = Some(read),
                    Err(reason) => return Ok(Err(reason)),
                },
                ("addr", Some(message)) => message.people.extend(android::address(&row)),
                ("part", Some(message)) => {
                    parts += 1;
                    let place = Place::Part { number: self.number, part: parts };
                    part(&row, message, place, out)?;
                }
                _ => return Ok(Err(Reason::Malformed)),
            }
        }
        Ok(message.ok_or(Reason::Malformed))
    }
}

fn part(
    row: &Attributes<'_>,
    message: &mut Message,
    place: Place,
    out: &mut Counting<'_>,
) -> Result<(), ReadError> {
    match android::part(row) {
        PartKind::Layout => {}
        PartKind::Text(text) => android::append_text(&mut message.body, &text),
        PartKind::File(mut part) => {
            if let Some(data) = row.get("data").filter(|data| *data != "null") {
                match base64_bytes(data) {
                    Some(bytes) => part.bytes = bytes,
                    None => {
                        part.damaged = true;
                        part.bytes = data.as_bytes().to_vec();
                        out.warning(Warning::PartDamaged(place))?;
                    }
                }
            }
            message.parts.push(part);
        }
    }
    Ok(())
}

pub(crate) fn base64_bytes(data: &str) -> Option<Vec<u8>> {
    if data.bytes().any(|byte| byte.is_ascii_whitespace()) {
        let compact: Vec<u8> = data.bytes().filter(|byte| !byte.is_ascii_whitespace()).collect();
        return BASE64.decode(compact).ok();
    }
    BASE64.decode(data).ok()
}

/// The record as text: UTF-8; if it is none, GB18030 whatever the file says of itself; else with marks in place of
/// what no encoding explains. Says whether it was mended and whether something was lost.
pub(crate) fn decoded(bytes: &[u8]) -> (Cow<'_, str>, bool, bool) {
    if let Some(text) = UTF_8.decode_without_bom_handling_and_without_replacement(bytes) {
        return (text, false, false);
    }
    match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => (text, true, false),
        None => (String::from_utf8_lossy(bytes), true, true),
    }
}

/// What stands between `<` and `>`, tag by tag; `>` inside quotes ends nothing.
struct Tags<'a>(&'a str);

impl<'a> Iterator for Tags<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let begin = memchr::memchr(b'<', self.0.as_bytes())? + 1;
        let rest = self.0.get(begin..)?;
        let bytes = rest.as_bytes();
        let mut at = 0;
        while let Some(step) = memchr::memchr3(b'"', b'\'', b'>', bytes.get(at..)?) {
            at += step;
            match bytes.get(at) {
                Some(b'>') => {
                    self.0 = rest.get(at..)?;
                    return rest.get(..at);
                }
                Some(quote) => at += memchr::memchr(*quote, bytes.get(at + 1..)?)? + 2,
                None => return None,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;

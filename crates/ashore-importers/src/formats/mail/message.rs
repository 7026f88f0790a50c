//! One mail in our words.

use std::borrow::Cow;

use ashore_domain::{EventTime, Precision, TimeSource};
use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, TimeZone};
use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::html::html_to_text;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{
    Address, Encoding, HeaderName, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType,
};

use super::bounds;
use super::charset::{headers_as_utf8, lines, text_of};
use crate::{Mail, Mailbox, Part, Reason, SHANGHAI};

/// The mail of these bytes; `None` when they have no header at all. `separator_date` is what the file of many mails says
/// of it.
///
/// # Errors
/// Why it is not shown to a parser, by [`super::bounds`].
pub(super) fn parsed(
    raw: Vec<u8>,
    separator_date: Option<DateTime<FixedOffset>>,
) -> Result<Option<Mail>, Reason> {
    let mail = {
        let lines = lines(&raw);
        bounds::check(&lines)?;
        let readable = headers_as_utf8(&lines);
        let Some(message) = MessageParser::default().parse(&*readable) else { return Ok(None) };
        let mail = told(&message, &readable, separator_date);
        dismantle(message);
        mail
    };
    Ok(Some(Mail { raw, ..mail }))
}

/// Takes a nest of messages apart level by level: dropping it whole would recurse.
fn dismantle(message: Message<'_>) {
    let mut open = vec![message];
    while let Some(mut message) = open.pop() {
        for part in &mut message.parts {
            if let PartType::Message(inner) =
                std::mem::replace(&mut part.body, PartType::Multipart(Vec::new()))
            {
                open.push(inner);
            }
        }
    }
}

fn told(message: &Message<'_>, bytes: &[u8], separator_date: Option<DateTime<FixedOffset>>) -> Mail {
    let raw = |name: &str| -> Vec<String> {
        message
            .headers_raw()
            .filter(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| unfolded(value))
            .collect()
    };
    // Some programs write the date as databases do.
    let written = || crate::text::instant(raw("Date").first()?, SHANGHAI).ok();
    let date = message.date().and_then(instant).or_else(written);
    let received = || message.received_all().find_map(|hop| hop.date().as_ref().and_then(instant));
    let authentication = [raw("Authentication-Results"), raw("Received-SPF")].concat().join("\n");
    let (mut body, html) = texts(message, bytes);
    let mut parts = parts(message, bytes);
    // Parts without a boundary between them: what is there is the text.
    if body.is_empty() && html.is_none() && parts.len() == 1 {
        let whole = parts.pop_if(|part| part.mime.starts_with("multipart/"));
        body = whole.map(|part| text_of(&part.bytes, None)).unwrap_or_default();
    }
    Mail {
        message_id: message.message_id().map(str::to_owned),
        from: mailboxes(message.from()),
        to: mailboxes(message.to()),
        cc: mailboxes(message.cc()),
        bcc: mailboxes(message.bcc()),
        reply_to: mailboxes(message.reply_to()),
        in_reply_to: ids(message.in_reply_to()),
        happened: date.or_else(received).or(separator_date).map(|at| EventTime {
            at,
            precision: Precision::Second,
            source: TimeSource::Device,
        }),
        date_header: raw("Date").into_iter().next(),
        received_chain: raw("Received"),
        authentication: (!authentication.is_empty()).then_some(authentication),
        dkim_signed: message.header(HeaderName::DkimSignature).is_some(),
        subject: message.subject().map(str::to_owned),
        body,
        html,
        parts,
        raw: Vec::new(),
    }
}

fn unfolded(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The instant of a header, if its day and time exist.
pub(super) fn instant(date: &mail_parser::DateTime) -> Option<DateTime<FixedOffset>> {
    let seconds = i32::from(date.tz_hour) * 3600 + i32::from(date.tz_minute) * 60;
    let offset = FixedOffset::east_opt(if date.tz_before_gmt { -seconds } else { seconds })?;
    let local = NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())?
        // A leap second is the last of its minute.
        .and_hms_opt(date.hour.into(), date.minute.into(), date.second.min(59).into())?;
    let at = offset.from_local_datetime(&local).single()?;
    (1970..=2100).contains(&at.year()).then_some(at)
}

fn mailboxes(addresses: Option<&Address<'_>>) -> Vec<Mailbox> {
    let text = |text: &Option<Cow<'_, str>>| text.as_deref().map(str::to_owned);
    addresses
        .into_iter()
        .flat_map(Address::iter)
        .map(|one| Mailbox { name: text(&one.name), address: text(&one.address) })
        .collect()
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    match value {
        HeaderValue::Text(id) => vec![id.to_string()],
        HeaderValue::TextList(ids) => ids.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

/// The text of the mail, and its HTML.
fn texts(message: &Message<'_>, bytes: &[u8]) -> (String, Option<String>) {
    let mut body = String::new();
    for part in message.text_bodies() {
        let text = match &part.body {
            PartType::Text(text) => readable(part, text, bytes),
            PartType::Html(html) => Cow::Owned(html_to_text(&readable(part, html, bytes))),
            _ => continue,
        };
        if !body.is_empty() && !body.ends_with('\n') {
            body.push('\n');
        }
        body.push_str(&text);
    }
    let htmls: Vec<Cow<'_, str>> = message
        .html_bodies()
        .filter_map(|part| match &part.body {
            PartType::Html(html) => Some(readable(part, html, bytes)),
            _ => None,
        })
        .collect();
    (body, (!htmls.is_empty()).then(|| htmls.concat()))
}

/// The parser's text, or our own reading of the bytes where it could not make sense of them.
fn readable<'a>(part: &MessagePart<'_>, text: &'a str, bytes: &[u8]) -> Cow<'a, str> {
    let charset = part.content_type().and_then(|kind| kind.attribute("charset"));
    // Characters for private use are what UTF-8 looks like when it is taken for GBK.
    let doubtful = text.contains(|sign| sign == '\u{fffd}' || ('\u{e000}'..'\u{f900}').contains(&sign))
        || charset.is_some_and(|name| name.eq_ignore_ascii_case("hz-gb-2312"))
        || (!text.is_ascii()
            && charset.is_some_and(|name| name.to_ascii_lowercase().starts_with("iso-8859")));
    match original(part, bytes).filter(|_| doubtful) {
        Some(original) => Cow::Owned(text_of(&original, charset)),
        None => Cow::Borrowed(text),
    }
}

/// A part's bytes as they were before they were encoded for sending.
fn original<'a>(part: &MessagePart<'_>, bytes: &'a [u8]) -> Option<Cow<'a, [u8]>> {
    let (start, end) = (usize::try_from(part.offset_body).ok()?, usize::try_from(part.offset_end).ok()?);
    let raw = bytes.get(start..end)?;
    match part.encoding {
        Encoding::None => Some(Cow::Borrowed(raw)),
        Encoding::QuotedPrintable => quoted_printable_decode(raw).map(Cow::Owned),
        Encoding::Base64 => base64_decode(raw).map(Cow::Owned),
    }
}

fn parts(message: &Message<'_>, bytes: &[u8]) -> Vec<Part> {
    message
        .attachments()
        .filter(|part| !matches!(part.body, PartType::Multipart(_)))
        .map(|part| {
            let kind = part.content_type();
            let mime = kind.map_or_else(
                || {
                    if matches!(part.body, PartType::Message(_)) {
                        "message/rfc822"
                    } else {
                        "application/octet-stream"
                    }
                    .to_owned()
                },
                |kind| match kind.subtype() {
                    Some(subtype) => format!("{}/{subtype}", kind.ctype()).to_ascii_lowercase(),
                    None => kind.ctype().to_ascii_lowercase(),
                },
            );
            // Text and mails within are kept as they were sent, not as they were understood.
            let own = match &part.body {
                PartType::Binary(own) | PartType::InlineBinary(own) => own.to_vec(),
                PartType::Message(inner) if part.encoding != Encoding::None => inner.raw_message.to_vec(),
                _ => original(part, bytes).map_or_else(|| part.contents().to_vec(), Cow::into_owned),
            };
            Part {
                name: part.attachment_name().map(str::to_owned),
                mime,
                content_id: part.content_id().map(str::to_owned),
                damaged: part.is_encoding_problem,
                bytes: own,
            }
        })
        .collect()
}

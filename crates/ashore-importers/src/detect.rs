//! What a file is, by its content.

use std::io::{Read, Seek};

use zip::ZipArchive;

use crate::encoding::decode_head;
use crate::formats::table::{separator, suggested};
use crate::statement::by_header;
use crate::{Container, Format, ReadError, Refusal, Source, Statement};

/// How much of a file's beginning tells what it is: preambles of statements are a few thousand bytes.
pub const HEAD: usize = 64 << 10;

/// What the file that begins with `head` ([`HEAD`] bytes, or all of it) is. An archive is known by its first entries
/// here; [`recognise`] looks into its directory.
#[must_use]
pub fn detect(head: &[u8]) -> Option<Format> {
    const WORKBOOK: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
    if head.starts_with(b"PK\x03\x04") {
        let has = |name: &[u8]| head.windows(name.len()).any(|window| window == name);
        return if has(b"messages.ndjson") {
            Some(Format::SmsIeZip)
        } else if has(b"[Content_Types].xml") || has(b"xl/workbook.xml") {
            Some(Format::Table { container: Container::Xlsx, statement: Statement::Other })
        } else {
            None
        };
    }
    if head.starts_with(WORKBOOK) {
        return Some(Format::Table { container: Container::Xls, statement: Statement::Other });
    }
    // Some end their lines with a carriage return alone.
    let text = decode_head(head);
    let text = if text.contains('\n') { text } else { text.replace('\r', "\n") };
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    match text.chars().next()? {
        '<' => backup(text),
        '{' => json_record(text.lines().next().unwrap_or_default()).then_some(Format::SmsIeNdjson),
        '[' => (text.trim_start_matches(['[', ' ', '\r', '\n', '\t']).starts_with(']') || json_record(text))
            .then_some(Format::SmsIeJson),
        _ if mbox(text) => Some(Format::Mbox),
        _ => table(text).or_else(|| mail(text).then_some(Format::Eml)).or_else(|| other_table(text)),
    }
}

/// What the file is, looking as far into it as needed. Leaves `source` anywhere.
///
/// # Errors
/// [`Refusal::Empty`], [`Refusal::Unrecognised`], [`Refusal::Encrypted`], or what reading says.
pub fn recognise<S: Source>(source: &mut S) -> Result<Format, ReadError> {
    source.rewind()?;
    let mut head = Vec::with_capacity(HEAD);
    source.take(HEAD as u64).read_to_end(&mut head)?;
    if head.is_empty() {
        return Err(Refusal::Empty.into());
    }
    if head.starts_with(b"PK") {
        return archive(source);
    }
    Ok(detect(&head).ok_or(Refusal::Unrecognised)?)
}

fn archive<S: Read + Seek>(source: &mut S) -> Result<Format, ReadError> {
    source.rewind()?;
    let mut archive = ZipArchive::new(source).map_err(|_| Refusal::Broken)?;
    let has = |name: &str| archive.file_names().any(|found| found.is_ok_and(|found| found == name));
    if has("messages.ndjson") {
        return Ok(Format::SmsIeZip);
    }
    if has("xl/workbook.xml") || has("[Content_Types].xml") {
        return Ok(Format::Table { container: Container::Xlsx, statement: Statement::Other });
    }
    let locked = (0..archive.len().min(64))
        .any(|index| archive.by_index_raw(index).is_ok_and(|entry| entry.encrypted()));
    Err(if locked { Refusal::Encrypted } else { Refusal::Unrecognised }.into())
}

fn backup(text: &str) -> Option<Format> {
    [("<smses", Format::SmsBackup), ("<allsms", Format::SmsBackup), ("<calls", Format::CallBackup)]
        .into_iter()
        .filter_map(|(root, format)| text.find(root).map(|at| (at, format)))
        .min_by_key(|(at, _)| *at)
        .map(|(_, format)| format)
}

/// A message or a call as the phone's own tables name their columns.
fn json_record(text: &str) -> bool {
    let has = |key: &str| text.contains(&format!("\"{key}\""));
    has("date") && (has("type") || has("msg_box") || has("duration"))
}

fn mbox(text: &str) -> bool {
    let mut lines = text.lines();
    lines.next().is_some_and(|line| line.starts_with("From ") && line.len() > 6)
        && lines.next().is_some_and(|line| line.is_empty() || header_name(line).is_some())
}

fn header_name(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    let name = name.trim_end();
    (!name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic())).then_some(name)
}

/// Header lines up to the first empty one, among them one that only mail has.
fn mail(text: &str) -> bool {
    const OF_MAIL: [&str; 14] = [
        "from",
        "to",
        "date",
        "subject",
        "received",
        "message-id",
        "mime-version",
        "return-path",
        "delivered-to",
        "content-type",
        "sender",
        "reply-to",
        "cc",
        "dkim-signature",
    ];
    let mut known = 0;
    for (number, line) in text.lines().take(500).enumerate() {
        if line.is_empty() {
            break;
        }
        if line.starts_with([' ', '\t']) && number > 0 {
            continue;
        }
        match header_name(line) {
            Some(name) if OF_MAIL.iter().any(|of_mail| name.eq_ignore_ascii_case(of_mail)) => known += 1,
            Some(_) => {}
            None if number == 0 => return false,
            // Some mails lack the empty line before their text.
            None => break,
        }
    }
    known > 0
}

/// A text table of a known statement, by its header row.
fn table(text: &str) -> Option<Format> {
    text.lines().find_map(|line| {
        let cells = cells(line, char::from(separator(line)));
        by_header(&cells).map(|statement| Format::Table { container: Container::Csv, statement })
    })
}

/// A text table of unknown origin: a header that is understood, or many rows of equally many cells.
fn other_table(text: &str) -> Option<Format> {
    let separator = char::from(separator(text));
    let rows: Vec<Vec<String>> =
        text.lines().take(200).map(|line| cells(line, separator)).filter(|row| row.len() > 1).collect();
    let understood = rows.iter().any(|row| suggested(row, Statement::Other).is_some());
    let even = rows.first().filter(|first| first.len() > 2).is_some_and(|first| {
        rows.len() > 1 && rows.iter().filter(|row| row.len() == first.len()).count() * 2 > rows.len()
    });
    (understood || even).then_some(Format::Table { container: Container::Csv, statement: Statement::Other })
}

fn cells(line: &str, separator: char) -> Vec<String> {
    line.split(separator).map(|cell| cell.trim().trim_matches('"').to_owned()).collect()
}

/// Media type of a file that begins with `head` (a few hundred bytes suffice). The name is only asked when the
/// content says nothing, because names lie more often than bytes.
#[must_use]
pub fn media_type(head: &[u8], name: &str) -> &'static str {
    // A recorded call of an older phone; its first bytes look like a script's.
    if head.starts_with(b"#!AMR") {
        return "audio/amr";
    }
    if let Some(kind) = infer::get(head) {
        return kind.mime_type();
    }
    let extension = name.rsplit_once('.').map(|(_, ext)| ext.to_ascii_lowercase()).unwrap_or_default();
    match extension.as_str() {
        "eml" => "message/rfc822",
        "mbox" => "application/mbox",
        "xml" => "application/xml",
        "json" => "application/json",
        "csv" => "text/csv",
        "html" | "htm" => "text/html",
        _ if is_text(head) => "text/plain",
        _ => "application/octet-stream",
    }
}

/// Whether a file that begins so is words, in UTF-8, GB18030 or (with its mark) UTF-16. `head` may end in the middle of a
/// sign.
fn is_text(head: &[u8]) -> bool {
    if head.starts_with(b"\xFF\xFE") || head.starts_with(b"\xFE\xFF") {
        return head.len() > 2;
    }
    let plain = |byte: &u8| *byte >= b' ' || matches!(byte, b'\t' | b'\n' | b'\r');
    if head.is_empty() || !head.iter().all(plain) {
        return false;
    }
    match std::str::from_utf8(head) {
        Ok(_) => true,
        // Nothing wrong but that it goes on.
        Err(error) if error.error_len().is_none() => true,
        Err(_) => {
            let mut decoder = encoding_rs::GB18030.new_decoder_without_bom_handling();
            let mut text =
                vec![0; decoder.max_utf8_buffer_length_without_replacement(head.len()).unwrap_or(0)];
            let (outcome, _, _) = decoder.decode_to_utf8_without_replacement(head, &mut text, false);
            outcome == encoding_rs::DecoderResult::InputEmpty
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{detect, is_text, media_type};

    #[test]
    fn words_are_words_wherever_the_beginning_is_cut() {
        let said = "对方：下月十五号之前还清。\n我：先还一半，可以吗？".repeat(8);
        let (old, _, _) = encoding_rs::GB18030.encode(&said);
        for length in 500..=512 {
            assert!(is_text(&said.as_bytes()[..length]), "UTF-8, {length}");
            assert!(is_text(&old[..length.min(old.len())]), "GB18030, {length}");
        }
        assert!(is_text(b"\xFF\xFEa\0b\0"));
        for bytes in [&b""[..], &[0, 1, 2, 3, 0xFE, 0xFF], b"abc\x01def", &[0xC0, 0xFF, 0xFF, 0x80]] {
            assert!(!is_text(bytes), "{bytes:?}");
        }
    }

    #[test]
    fn content_tells_the_format() {
        let (alipay, _, _) = encoding_rs::GB18030
            .encode("支付宝\n交易时间 ,交易分类 ,交易对方 ,对方账号 ,商品说明 ,收/支 ,金额 ,\n");
        for (head, expected) in [
            (&b"<?xml version='1.0'?>\n<!-- x -->\n<smses count=\"0\">"[..], Some("sms_backup")),
            (b"\xEF\xBB\xBF<calls count=\"1\">", Some("call_backup")),
            (b"{\"_id\":\"1\",\"address\":\"95555\",\"date\":\"1\",\"type\":\"1\"}\n", Some("sms_ie_ndjson")),
            (b"[{\"number\":\"95555\",\"date\":\"1\",\"duration\":\"3\"}]", Some("sms_ie_json")),
            (b"From: a@example.com\r\nSubject: x\r\n\r\nhello", Some("eml")),
            (b"From a@example.com Thu Jan  1 00:00:00 2026\nFrom: a@example.com\n\nhi", Some("mbox")),
            (&alipay, Some("alipay_csv")),
            (b"dear diary, nothing happened: at all", None),
            ("日期;金额;对方\n2026-01-02;3.00;x\n".as_bytes(), Some("table_csv")),
            (b"<html><body>smses</body></html>", None),
            (b"", None),
        ] {
            let found = detect(head).map(|format| format.code());
            assert_eq!(found.as_deref(), expected, "{}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn content_speaks_before_the_name() {
        for (head, name, expected) in [
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "note.txt", "image/png"),
            (b"%PDF-1.7\n", "contract", "application/pdf"),
            (b"#!AMR\n\x3c", "call.amr", "audio/amr"),
            (b"From: a@example.com\r\n", "mail.eml", "message/rfc822"),
            (b"plain words", "x.unknown", "text/plain"),
            (b"\x00\x01\x02\x03", "x", "application/octet-stream"),
            (b"", "empty", "application/octet-stream"),
        ] {
            assert_eq!(media_type(head, name), expected, "{name}");
        }
    }
}

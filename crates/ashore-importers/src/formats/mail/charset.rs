//! Bytes that a mail calls something they are not.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The mail as lines of bytes that begin with its header: without a byte order mark, empty lines before it, or UTF-16
/// around it, and with the line ends that parsers know.
pub(super) fn lines(raw: &[u8]) -> Cow<'_, [u8]> {
    let (encoding, mark) = crate::encoding::encoding_of(raw.get(..256).unwrap_or(raw), false);
    let rest = raw.get(mark..).unwrap_or_default();
    if encoding == UTF_16LE || encoding == UTF_16BE {
        let (text, _) = encoding.decode_without_bom_handling(rest);
        return Cow::Owned(text.trim_start_matches(['\r', '\n']).as_bytes().to_vec());
    }
    let empty = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let rest = rest.get(empty..).unwrap_or_default();
    if memchr::memchr(b'\n', rest).is_none() && memchr::memchr(b'\r', rest).is_some() {
        return Cow::Owned(rest.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect());
    }
    Cow::Borrowed(rest)
}

/// Header lines as UTF-8, those of parts included. Headers should be ASCII; many Chinese mails have bare GBK in them, or
/// words that are cut within a sign, which would be lost.
pub(super) fn headers_as_utf8(mail: &[u8]) -> Cow<'_, [u8]> {
    let mut readable = Vec::new();
    let (mut taken, mut begin) = (0, 0);
    loop {
        let rest = mail.get(begin..).unwrap_or_default();
        let end = begin + header_end(rest);
        if let Some(mended) = mended(mail.get(begin..end).unwrap_or_default(), begin == 0) {
            readable.extend_from_slice(mail.get(taken..begin).unwrap_or_default());
            readable.extend_from_slice(&mended);
            taken = end;
        }
        // A part begins after a line that begins so.
        let Some(dashes) = mail.get(end..).and_then(|rest| memchr::memmem::find(rest, b"\n--")) else {
            break;
        };
        let line = end + dashes + 1;
        let Some(length) = mail.get(line..).and_then(|rest| memchr::memchr(b'\n', rest)) else { break };
        begin = line + length + 1;
    }
    if taken == 0 {
        return Cow::Borrowed(mail);
    }
    readable.extend_from_slice(mail.get(taken..).unwrap_or_default());
    Cow::Owned(readable)
}

/// The block of header lines, if any had to be written anew. Below the mail's own only fields that describe the part
/// count: what looks like a part may be text.
fn mended(block: &[u8], own: bool) -> Option<Vec<u8>> {
    if block.is_ascii() && memchr::memmem::find(block, b"=?").is_none() {
        return None;
    }
    let mut mended = Vec::with_capacity(block.len() + block.len() / 8);
    let mut field = Vec::new();
    let mut describes = own;
    for line in block.split_inclusive(|byte| *byte == b'\n') {
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            mended.extend_from_slice(&super::words::joined(&field));
            field.clear();
            describes = own || line.get(..8).is_some_and(|name| name.eq_ignore_ascii_case(b"content-"));
        }
        if !describes {
            mended.extend_from_slice(line);
        } else if std::str::from_utf8(line).is_err() && looks_chinese(line) {
            field.extend_from_slice(GB18030.decode_without_bom_handling(line).0.as_bytes());
        } else {
            field.extend_from_slice(line);
        }
    }
    mended.extend_from_slice(&super::words::joined(&field));
    (mended != block).then_some(mended)
}

/// Whether bytes beyond ASCII mostly come in the pairs of GB2312. Accented letters of other languages stand alone, and
/// nothing says what they are: they are not guessed at.
fn looks_chinese(bytes: &[u8]) -> bool {
    let (mut paired, mut alone) = (0, 0);
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail.first()) {
            (0xA1..=0xF7, Some(0xA1..=0xFE)) => {
                paired += 2;
                rest = tail.get(1..).unwrap_or_default();
            }
            (0x80.., _) => alone += 1,
            _ => {}
        }
    }
    paired >= 4 && paired > alone * 4
}

fn header_end(mail: &[u8]) -> usize {
    let unix = memchr::memmem::find(mail, b"\n\n").unwrap_or(mail.len());
    let net = memchr::memmem::find(mail.get(..unix).unwrap_or(mail), b"\n\r\n").unwrap_or(unix);
    unix.min(net)
}

/// The text of `bytes`, which the mail says are in `declared`. What they are not they are not taken for.
pub(super) fn text_of(bytes: &[u8], declared: Option<&str>) -> String {
    let declared = declared.map(str::trim);
    if declared.is_some_and(|name| name.eq_ignore_ascii_case("hz-gb-2312")) {
        return hz(bytes);
    }
    // GB18030 holds all of GB2312 and GBK, whichever of them was meant.
    let named = declared
        .and_then(|name| Encoding::for_label(name.as_bytes()))
        .map(|encoding| if encoding == encoding_rs::GBK { GB18030 } else { encoding });
    let strict =
        |encoding: &'static Encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes);
    // A single-byte encoding explains any bytes and a double-byte one most; UTF-8 explains only itself, and a few
    // characters of it are no accident any more.
    let beyond_ascii = bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let certain = if named.is_some_and(|encoding| !encoding.is_single_byte()) { 12 } else { 2 };
    let utf8 = || std::str::from_utf8(bytes).ok().map(Cow::Borrowed);
    let found = utf8().filter(|_| beyond_ascii >= certain).or_else(|| named.and_then(strict)).or_else(utf8);
    found
        .or_else(|| strict(GB18030).filter(|_| looks_chinese(bytes)))
        .unwrap_or_else(|| named.unwrap_or(UTF_8).decode_without_bom_handling(bytes).0)
        .into_owned()
}

/// HZ: seven-bit Chinese between `~{` and `~}`, of older mail (RFC 1843).
fn hz(bytes: &[u8]) -> String {
    let mut gb = Vec::with_capacity(bytes.len());
    let mut chinese = false;
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        rest = tail;
        match (first, tail.first()) {
            (b'~', Some(b'{')) if !chinese => chinese = true,
            (b'~', Some(b'}')) if chinese => chinese = false,
            (b'~', Some(b'~')) if !chinese => gb.push(b'~'),
            (b'~', Some(b'\n')) => {}
            (b'\n', _) => {
                chinese = false;
                gb.push(b'\n');
                continue;
            }
            (_, Some(second)) if chinese => gb.extend([first | 0x80, second | 0x80]),
            _ => {
                gb.push(*first);
                continue;
            }
        }
        rest = rest.get(1..).unwrap_or_default();
    }
    GB18030.decode_without_bom_handling(&gb).0.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_taken_for_what_they_are() {
        let text = "逾期提醒：请尽快还款";
        let (gbk, _, _) = GB18030.encode(text);
        let (big5, _, _) = encoding_rs::BIG5.encode("網貸");
        for (bytes, declared, expected) in [
            (text.as_bytes(), Some("utf-8"), text),
            (&gbk, Some("gb2312"), text),
            (&gbk, Some("utf-8"), text),
            (&gbk, None, text),
            (text.as_bytes(), Some("gb2312"), text),
            (text.as_bytes(), Some("iso-8859-1"), text),
            (&big5, Some("big5"), "網貸"),
            (b"<~{<:Ky2;~}> ~~", Some("HZ-GB-2312"), "<己所不> ~"),
            (b"caf\xE9", Some("iso-8859-1"), "café"),
            (b"plain", Some("no-such-charset"), "plain"),
            // German without a word on its encoding is not taken for Chinese.
            (b"Fr\xF6sche \xFCber", None, "Fr\u{fffd}sche \u{fffd}ber"),
        ] {
            // RFC 1843's own example.
            assert_eq!(text_of(bytes, declared), expected, "{declared:?}");
        }
    }

    #[test]
    fn a_mail_begins_with_its_header() {
        let mail = "From: a@example.cn\nSubject: 还款\n\nx";
        let wide = |order: fn(u16) -> [u8; 2]| mail.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        for bytes in [
            format!("\u{feff}{mail}").into_bytes(),
            format!("\r\n\n{mail}").into_bytes(),
            [&b"\xFF\xFE"[..], &wide(u16::to_le_bytes)].concat(),
            [&b"\xFE\xFF"[..], &wide(u16::to_be_bytes)].concat(),
            mail.replace('\n', "\r").into_bytes(),
        ] {
            assert_eq!(lines(&bytes), mail.as_bytes());
        }
    }

    #[test]
    fn bare_gbk_in_headers_is_read() {
        let (subject, _, _) = GB18030.encode("Subject: 还款提醒\r\n\r\nbody");
        assert_eq!(headers_as_utf8(&subject), "Subject: 还款提醒\r\n\r\nbody".as_bytes());
        let accents = b"Subject: Fr\xF6sche\n\nx";
        assert_eq!(headers_as_utf8(accents), &accents[..]);
        let (part, _, _) = GB18030.encode(
            "A: x\n\n--b\nContent-Type: x/y;\n name=\"还款协议.pdf\"\n\n还款\n-- \n还款协议书\n\n--b--\n",
        );
        let mended = headers_as_utf8(&part);
        let held = |text: &str| memchr::memmem::find(&mended, text.as_bytes()).is_some();
        assert!(held("还款协议.pdf"), "of a part, too");
        assert!(!held("还款协议书") && !held("还款\n"), "what is text stays in its own charset");
        let plain = b"Subject: x\n\n\xFF";
        assert_eq!(headers_as_utf8(plain), &plain[..]);
    }
}

//! Bytes that a mail calls something they are not.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8};

/// Header lines as UTF-8. Headers should be ASCII; many Chinese mails have bare GBK in them, which would be lost.
pub(super) fn headers_as_utf8(mail: &[u8]) -> Cow<'_, [u8]> {
    let (header, rest) = mail.split_at(header_end(mail));
    if std::str::from_utf8(header).is_ok() {
        return Cow::Borrowed(mail);
    }
    let mut readable = Vec::with_capacity(mail.len() + mail.len() / 16);
    for line in header.split_inclusive(|byte| *byte == b'\n') {
        if std::str::from_utf8(line).is_err() && looks_chinese(line) {
            readable.extend_from_slice(GB18030.decode_without_bom_handling(line).0.as_bytes());
        } else {
            readable.extend_from_slice(line);
        }
    }
    readable.extend_from_slice(rest);
    Cow::Owned(readable)
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
    fn bare_gbk_in_headers_is_read() {
        let (subject, _, _) = GB18030.encode("Subject: 还款提醒\r\n\r\nbody");
        assert_eq!(headers_as_utf8(&subject), "Subject: 还款提醒\r\n\r\nbody".as_bytes());
        let accents = b"Subject: Fr\xF6sche\n\nx";
        assert_eq!(headers_as_utf8(accents), &accents[..]);
        let plain = b"Subject: x\n\n\xFF";
        assert_eq!(headers_as_utf8(plain), &plain[..]);
    }
}

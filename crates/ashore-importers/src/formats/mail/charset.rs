//! Bytes that a mail calls something they are not.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, WINDOWS_1252};

/// Header lines as UTF-8. Headers should be ASCII; many Chinese mails have bare GBK in them, which would be lost.
pub(super) fn headers_as_utf8(mail: &[u8]) -> Cow<'_, [u8]> {
    let end = header_end(mail);
    let (header, rest) = mail.split_at(end);
    if header.is_ascii() || std::str::from_utf8(header).is_ok() {
        return Cow::Borrowed(mail);
    }
    let (text, _) = GB18030.decode_without_bom_handling(header);
    Cow::Owned([text.as_bytes(), rest].concat())
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
        .or_else(|| strict(GB18030))
        .unwrap_or_else(|| named.unwrap_or(WINDOWS_1252).decode_without_bom_handling(bytes).0)
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
        ] {
            // RFC 1843's own example.
            assert_eq!(text_of(bytes, declared), expected, "{declared:?}");
        }
    }

    #[test]
    fn bare_gbk_in_headers_is_read() {
        let (subject, _, _) = GB18030.encode("Subject: 还款提醒\r\n\r\nbody");
        assert_eq!(headers_as_utf8(&subject), "Subject: 还款提醒\r\n\r\nbody".as_bytes());
        let plain = b"Subject: x\n\n\xFF";
        assert_eq!(headers_as_utf8(plain), &plain[..]);
    }
}

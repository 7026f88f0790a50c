//! Encoded words of headers (RFC 2047) that no parser makes sense of one by one.
//!
//! Many Chinese mails cut a header after so many bytes, in the middle of a sign; others name a charset that the bytes are
//! not in, or one that is not spoken any more. Such a run of words is read whole and written anew as UTF-8.

use std::borrow::Cow;

use base64::Engine;
use encoding_rs::Encoding;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;

use super::super::backup::BASE64;
use super::charset::text_of;

/// The header with every run of words that needs it written as UTF-8; the others stay as they are.
pub(super) fn joined(header: &[u8]) -> Cow<'_, [u8]> {
    let mut readable = Vec::new();
    let (mut taken, mut at) = (0, 0);
    while let Some(step) = header.get(at..).and_then(|rest| memchr::memmem::find(rest, b"=?")) {
        at += step;
        let Some(run) = Run::at(header, at) else {
            at += 2;
            continue;
        };
        if let Some(text) = run.mended() {
            readable.extend_from_slice(header.get(taken..at).unwrap_or_default());
            readable.extend_from_slice(format!("=?utf-8?B?{}?=", BASE64.encode(text)).as_bytes());
            taken = run.end;
        }
        at = run.end;
    }
    if taken == 0 {
        return Cow::Borrowed(header);
    }
    readable.extend_from_slice(header.get(taken..).unwrap_or_default());
    Cow::Owned(readable)
}

/// Words of one charset with nothing but space between them.
struct Run<'a> {
    charset: &'a str,
    base64: bool,
    words: Vec<&'a [u8]>,
    end: usize,
}

impl<'a> Run<'a> {
    fn at(header: &'a [u8], begin: usize) -> Option<Self> {
        let (charset, base64, text, mut end) = word(header, begin)?;
        let mut words = vec![text];
        loop {
            let rest = header.get(end..).unwrap_or_default();
            let space = rest.len() - rest.trim_ascii_start().len();
            match word(header, end + space) {
                Some((same, way, text, after)) if way == base64 && same.eq_ignore_ascii_case(charset) => {
                    words.push(text);
                    end = after;
                }
                _ => return Some(Self { charset, base64, words, end }),
            }
        }
    }

    /// What the words say together, if some of them say nothing alone.
    fn mended(&self) -> Option<String> {
        let encoding = Encoding::for_label(self.charset.as_bytes());
        // Others than the web speaks, such as UTF-7, the parser of mails knows.
        if encoding.is_none() && charset_decoder(self.charset.as_bytes()).is_some() {
            return None;
        }
        let clear = |bytes: &Vec<u8>| {
            encoding.is_some_and(|named| {
                named.decode_without_bom_handling_and_without_replacement(bytes).is_some()
            })
        };
        let alone: Option<Vec<Vec<u8>>> = self.words.iter().map(|word| self.bytes(word)).collect();
        let bytes = match alone {
            Some(words) if words.iter().all(clear) => return None,
            Some(words) => words.concat(),
            // Cut within the four digits that belong together.
            None => self.bytes(&self.words.concat())?,
        };
        Some(text_of(&bytes, Some(self.charset)))
    }

    fn bytes(&self, word: &[u8]) -> Option<Vec<u8>> {
        if self.base64 {
            return BASE64.decode(word).ok();
        }
        let spaced: Vec<u8> = word.iter().map(|byte| if *byte == b'_' { b' ' } else { *byte }).collect();
        quoted_printable_decode(&spaced)
    }
}

/// `=?charset?B?text?=` at this place: charset, whether it is base64, text, and where it ends.
fn word(header: &[u8], begin: usize) -> Option<(&str, bool, &[u8], usize)> {
    /// The longest that is taken for one; the standard has 75.
    const LONGEST: usize = 4_096;
    let rest = header.get(begin..)?.strip_prefix(b"=?")?;
    let rest = rest.get(..rest.len().min(LONGEST))?;
    let mut parts = rest.splitn(3, |byte| *byte == b'?');
    let (charset, way, text) = (parts.next()?, parts.next()?, parts.next()?);
    let charset_end = charset.iter().position(|byte| *byte == b'*').unwrap_or(charset.len());
    let named = std::str::from_utf8(charset.get(..charset_end)?).ok()?;
    if named.is_empty() || !named.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let base64 = match way {
        b"B" | b"b" => true,
        b"Q" | b"q" => false,
        _ => return None,
    };
    let end = memchr::memmem::find(text, b"?=")?;
    let whole = 2 + charset.len() + 1 + way.len() + 1 + end + 2;
    Some((named, base64, text.get(..end)?, begin + whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(header: &str) -> String {
        let whole = format!("Subject: {header}\r\n\r\nx");
        let readable = joined(whole.as_bytes());
        let message = mail_parser::MessageParser::default().parse(&*readable).unwrap();
        message.subject().unwrap().to_owned()
    }

    #[test]
    fn signs_cut_between_words_are_whole_again() {
        let said = "您的借款已逾期，请尽快还款";
        let (gbk, _, _) = encoding_rs::GBK.encode(said);
        for (charset, bytes) in [("utf-8", said.as_bytes()), ("GB2312", &*gbk)] {
            for cut in 1..bytes.len() {
                let (one, two) = bytes.split_at(cut);
                let header = format!(
                    "=?{charset}?B?{}?=\r\n =?{charset}?b?{}?=",
                    BASE64.encode(one),
                    BASE64.encode(two)
                );
                assert_eq!(text(&header), said, "{charset}, {cut}");
                let digits = |bytes: &[u8]| bytes.iter().map(|b| format!("={b:02X}")).collect::<String>();
                let header = format!("=?{charset}?Q?{}?= =?{charset}?Q?{}?=", digits(one), digits(two));
                assert_eq!(text(&header), said, "{charset}, {cut}");
            }
        }
        // One long text in base64, cut without a thought for its fours.
        let all = BASE64.encode(said);
        let (one, two) = all.split_at(13);
        assert_eq!(text(&format!("=?utf-8?B?{one}?= =?utf-8?B?{two}?=")), said);
    }

    #[test]
    fn charsets_that_lie_or_are_not_spoken_any_more() {
        let (gbk, _, _) = encoding_rs::GBK.encode("还款提醒");
        assert_eq!(text(&format!("=?utf-8?B?{}?=", BASE64.encode(&gbk))), "还款提醒");
        assert_eq!(text(&format!("=?cp936?B?{}?=", BASE64.encode(&gbk))), "还款提醒");
        assert_eq!(text(&format!("=?HZ-GB-2312?B?{}?=", BASE64.encode("~{<:Ky2;~}"))), "己所不");
    }

    #[test]
    fn charsets_of_old_mail_are_read_by_the_parser() {
        assert_eq!(text("=?utf-7?Q?Gr+APwA3w-e_+j9hrPg-?="), "Grüße 还款");
    }

    #[test]
    fn what_is_clear_stays_as_it_is() {
        for header in [
            "=?utf-8?Q?=E8=BF=98=E6=AC=BE?= =?utf-8?Q?=E6=8F=90=E9=86=92?=",
            "plain =? not a word ?= and =?utf-8?X?abc?= and =?utf-8?B?abc",
            "=?",
            "=?utf-8?B??=",
        ] {
            assert!(matches!(joined(header.as_bytes()), Cow::Borrowed(_)), "{header}");
        }
    }
}

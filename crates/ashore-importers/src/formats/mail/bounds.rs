//! Whether a mail is within what real mail keeps, told before any parser sees it.
//!
//! Parsers of mail follow nesting, and taking a deep nest apart again exhausts the stack, which nothing can catch. So
//! the skeleton is walked first, line by line and without recursion but for the three levels that a parser unwraps.

use base64::Engine;

use super::super::backup::BASE64;
use crate::Reason;

/// Messages within messages, parts within parts.
const MOST_DEEP: usize = 64;
const MOST_CONTAINERS: usize = 1_000;
const MOST_PARTS: usize = 10_000;
const MOST_HEADER: usize = 1 << 20;
/// Pieces of split parameters (`name*17=`) in one header.
const MOST_PIECES: usize = 1_000;
/// Encoded messages within encoded messages.
const MOST_ENCODED: usize = 3;

/// Why `mail` must not be parsed.
pub(crate) fn check(mail: &[u8]) -> Result<(), Reason> {
    within(mail, MOST_ENCODED)
}

#[derive(Default)]
struct Header {
    bytes: usize,
    container: bool,
    message: bool,
    encoded: Option<Encoded>,
    pieces: usize,
    /// Name of the field that a folded line belongs to.
    field: Field,
}

#[derive(Clone, Copy)]
enum Encoded {
    Base64,
    QuotedPrintable,
}

#[derive(Default, Clone, Copy, PartialEq)]
enum Field {
    Type,
    Encoding,
    #[default]
    Other,
}

fn within(mail: &[u8], encoded_left: usize) -> Result<(), Reason> {
    let (mut open, mut containers, mut parts) = (0_usize, 0_usize, 0_usize);
    let mut header = Some(Header::default());
    let mut rest = mail;
    while !rest.is_empty() {
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at(end);
        rest = after;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        if let Some(mut block) = header.take() {
            if !line.is_empty() {
                block.line(line)?;
                header = Some(block);
                continue;
            }
            if block.container {
                containers += 1;
                open += 1;
                if open > MOST_DEEP {
                    return Err(Reason::TooDeep);
                }
                if containers > MOST_CONTAINERS {
                    return Err(Reason::TooManyParts);
                }
            }
            match (block.message, block.encoded) {
                (true, None) => header = Some(Header::default()),
                (true, Some(encoding)) => {
                    let inner = decoded(body(rest), encoding);
                    within(&inner, encoded_left.checked_sub(1).ok_or(Reason::TooDeep)?)?;
                }
                (false, _) => {}
            }
        } else if line.starts_with(b"--") {
            parts += 1;
            if parts > MOST_PARTS {
                return Err(Reason::TooManyParts);
            }
            if line.len() > 4 && line.ends_with(b"--") {
                open = open.saturating_sub(1);
            } else {
                header = Some(Header::default());
            }
        }
    }
    Ok(())
}

impl Header {
    fn line(&mut self, line: &[u8]) -> Result<(), Reason> {
        self.bytes += line.len();
        if self.bytes > MOST_HEADER {
            return Err(Reason::HeaderTooLarge);
        }
        if !line.starts_with(b" ") && !line.starts_with(b"\t") {
            let name = line.split(|byte| *byte == b':').next().unwrap_or_default().trim_ascii();
            self.field = if name.eq_ignore_ascii_case(b"content-type") {
                Field::Type
            } else if name.eq_ignore_ascii_case(b"content-transfer-encoding") {
                Field::Encoding
            } else {
                Field::Other
            };
        }
        self.pieces +=
            line.windows(2).filter(|pair| matches!(pair, [b'*', digit] if digit.is_ascii_digit())).count();
        if self.pieces > MOST_PIECES {
            return Err(Reason::HeaderTooLarge);
        }
        if self.field == Field::Other {
            return Ok(());
        }
        let lower = line.to_ascii_lowercase();
        let says = |word: &[u8]| memchr::memmem::find(&lower, word).is_some();
        match self.field {
            Field::Type => {
                self.message |= says(b"message/rfc822") || says(b"message/global");
                self.container |= self.message || says(b"multipart/");
            }
            Field::Encoding if says(b"base64") => self.encoded = Some(Encoded::Base64),
            Field::Encoding if says(b"quoted-printable") => self.encoded = Some(Encoded::QuotedPrintable),
            _ => {}
        }
        Ok(())
    }
}

/// What stands before the next line that could be a boundary.
fn body(rest: &[u8]) -> &[u8] {
    let end = memchr::memmem::find(rest, b"\n--").unwrap_or(rest.len());
    rest.get(..end).unwrap_or(rest)
}

fn decoded(body: &[u8], encoding: Encoded) -> Vec<u8> {
    match encoding {
        Encoded::Base64 => {
            let digits: Vec<u8> = body
                .iter()
                .copied()
                .filter(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'))
                .collect();
            let whole = digits.len() - digits.len() % 4;
            BASE64.decode(digits.get(..whole).unwrap_or_default()).unwrap_or_default()
        }
        Encoded::QuotedPrintable => {
            mail_parser::decoders::quoted_printable::quoted_printable_decode(body).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_real_mail_is() {
        let nested = "Content-Type: message/rfc822\n\n".repeat(40_000);
        assert_eq!(check(nested.as_bytes()), Err(Reason::TooDeep));
        let nested: String = (0..40_000)
            .map(|n| format!("Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n"))
            .collect();
        assert_eq!(check(nested.as_bytes()), Err(Reason::TooDeep));
        let inner = "Content-Type: message/rfc822\n\n".repeat(40_000);
        let wrapped = format!(
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{}",
            BASE64.encode(&inner)
        );
        assert_eq!(check(wrapped.as_bytes()), Err(Reason::TooDeep));
        let many = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(20_000));
        assert_eq!(check(many.as_bytes()), Err(Reason::TooManyParts));
        let header = format!("Subject: {}\n\nx", "x".repeat(2 << 20));
        assert_eq!(check(header.as_bytes()), Err(Reason::HeaderTooLarge));
        let pieces: String = (0..100_000).map(|n| format!(" name*{n}=x;\n")).collect();
        let pieces = format!("Content-Disposition: attachment;\n{pieces}\n\nx");
        assert_eq!(check(pieces.as_bytes()), Err(Reason::HeaderTooLarge));
    }

    #[test]
    fn what_real_mail_may_be() {
        let digest: String = (0..300)
            .map(|n| format!("--d\nContent-Type: multipart/mixed; boundary=i{n}\n\n--i{n}\n\nx\n--i{n}--\n"))
            .collect();
        let digest = format!("Content-Type: multipart/digest; boundary=d\n\n{digest}--d--\n");
        assert_eq!(check(digest.as_bytes()), Ok(()));
        let long = format!("Subject: x\n\n{}", "-- a line of dashes\n\nand text\n".repeat(2_000));
        assert_eq!(check(long.as_bytes()), Ok(()));
    }
}

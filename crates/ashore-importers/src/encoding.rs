//! Bytes of unknown encoding become text: byte order mark, else UTF-8 if it is that throughout, else GB18030.

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The encoding of a text that begins with `head`, and the length of its byte order mark. `whole` says that `head` is
/// all of the text; otherwise a character may be cut at its end.
pub(crate) fn encoding_of(head: &[u8], whole: bool) -> (&'static Encoding, usize) {
    if let Some((encoding, mark)) = Encoding::for_bom(head) {
        return (encoding, mark);
    }
    // UTF-16 without a mark: every other byte of its first signs is zero, which no other text has.
    let (even, odd) = head.iter().take(64).enumerate().fold((0, 0), |(even, odd), (at, byte)| {
        let zero = usize::from(*byte == 0);
        if at % 2 == 0 { (even + zero, odd) } else { (even, odd + zero) }
    });
    if odd > 8 && even == 0 {
        return (UTF_16LE, 0);
    }
    if even > 8 && odd == 0 {
        return (UTF_16BE, 0);
    }
    let utf8 = match std::str::from_utf8(head) {
        Ok(_) => true,
        // Cut within the last character.
        Err(error) => !whole && error.error_len().is_none() && error.valid_up_to() + 4 > head.len(),
    };
    if utf8 { (UTF_8, 0) } else { (GB18030, 0) }
}

/// The text that begins with `head`, as far as it goes.
pub(crate) fn decode_head(head: &[u8]) -> String {
    let (encoding, mark) = encoding_of(head, false);
    let (text, _) = encoding.decode_without_bom_handling(head.get(mark..).unwrap_or_default());
    text.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_then_utf8_then_gb18030() {
        let (gbk, _, _) = GB18030.encode("支付宝账单");
        for (bytes, expected, mark) in [
            (&b"\xEF\xBB\xBFabc"[..], UTF_8, 3),
            (b"\xFF\xFEa\0", UTF_16LE, 2),
            ("支付宝".as_bytes(), UTF_8, 0),
            (&"支付宝".as_bytes()[..8], UTF_8, 0),
            (&gbk, GB18030, 0),
            (b"", UTF_8, 0),
        ] {
            assert_eq!(encoding_of(bytes, false), (expected, mark), "{bytes:?}");
        }
        assert_eq!(encoding_of(&"支付宝".as_bytes()[..8], true).0, GB18030);
    }
}

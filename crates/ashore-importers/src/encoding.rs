//! Bytes of unknown encoding become text: byte order mark, else UTF-8 if it is that throughout, else GB18030.

use std::io::{self, Read, Seek, SeekFrom};

use encoding_rs::{Decoder, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

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

/// The file without its byte order mark, and as UTF-8 if it is UTF-16. What is neither stays as it is: records that
/// are no UTF-8 are decoded one by one.
pub(crate) fn utf8<R: Read + Seek>(source: &mut R) -> io::Result<Utf8<'_, R>> {
    let mut head = Vec::with_capacity(256);
    source.rewind()?;
    source.take(256).read_to_end(&mut head)?;
    let (encoding, mark) = encoding_of(&head, false);
    source.seek(SeekFrom::Start(mark as u64))?;
    let decoder =
        (encoding == UTF_16LE || encoding == UTF_16BE).then(|| encoding.new_decoder_without_bom_handling());
    Ok(Utf8 { source, decoder, raw: Vec::new(), ready: Vec::new(), given: 0, ended: false })
}

/// The file from where it stands, in UTF-8, whatever it is in.
pub(crate) fn recoded<'a, R: Read>(source: &'a mut R, encoding: &'static Encoding) -> Utf8<'a, R> {
    let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
    Utf8 { source, decoder, raw: Vec::new(), ready: Vec::new(), given: 0, ended: false }
}

/// Bytes of a file in UTF-8, if it is in any Unicode.
pub(crate) struct Utf8<'a, R> {
    source: &'a mut R,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Read for Utf8<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        const STEP: usize = 16 << 10;
        let Some(decoder) = &mut self.decoder else { return self.source.read(into) };
        while self.given == self.ready.len() && !self.ended {
            self.raw.resize(STEP, 0);
            let read = self.source.read(&mut self.raw)?;
            self.ended = read == 0;
            let raw = self.raw.get(..read).unwrap_or_default();
            let mut text = String::with_capacity(decoder.max_utf8_buffer_length(read).unwrap_or(STEP * 4));
            let _ = decoder.decode_to_string(raw, &mut text, self.ended);
            self.ready = text.into_bytes();
            self.given = 0;
        }
        let rest = self.ready.get(self.given..).unwrap_or_default();
        let count = rest.len().min(into.len());
        if let (Some(to), Some(from)) = (into.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.given += count;
        Ok(count)
    }
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

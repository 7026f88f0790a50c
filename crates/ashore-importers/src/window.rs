//! A bounded view that slides over a long file, so that memory does not grow with it.

use std::io::{self, Read};

/// The longest record that is taken from a file of many: a mail with its files, a message with its video.
pub(crate) const MOST_RECORD: usize = 20 << 20;
const STEP: usize = 256 << 10;

/// Bytes of a file around the place that is read, and the record that is being gathered there.
pub(crate) struct Window<R> {
    source: R,
    bytes: Vec<u8>,
    /// Where the record begins, in `bytes`.
    start: usize,
    /// The next byte to look at, in `bytes`.
    pos: usize,
    /// Bytes of the file before `bytes`.
    before: u64,
    keeping: bool,
    overflown: bool,
    ended: bool,
}

impl<R: Read> Window<R> {
    pub(crate) const fn new(source: R) -> Self {
        Self {
            source,
            bytes: Vec::new(),
            start: 0,
            pos: 0,
            before: 0,
            keeping: false,
            overflown: false,
            ended: false,
        }
    }

    /// Bytes of the file before the next one.
    pub(crate) const fn offset(&self) -> u64 {
        self.before + self.pos as u64
    }

    /// What is at hand after the next byte, itself included; not empty unless the file ends here.
    pub(crate) fn ahead(&mut self) -> io::Result<&[u8]> {
        if self.pos == self.bytes.len() {
            self.more()?;
        }
        Ok(self.bytes.get(self.pos..).unwrap_or_default())
    }

    /// At least `count` bytes after the next one, fewer only where the file ends.
    pub(crate) fn peek(&mut self, count: usize) -> io::Result<&[u8]> {
        while self.bytes.len() - self.pos < count && self.more()? {}
        let end = self.bytes.len().min(self.pos + count);
        Ok(self.bytes.get(self.pos..end).unwrap_or_default())
    }

    /// Go past `count` bytes that are at hand.
    pub(crate) fn skip(&mut self, count: usize) {
        self.pos = (self.pos + count).min(self.bytes.len());
    }

    /// Gather from here.
    pub(crate) const fn begin(&mut self) {
        self.start = self.pos;
        self.keeping = true;
        self.overflown = false;
    }

    /// What was gathered up to here; `None` when it was longer than [`MOST_RECORD`].
    pub(crate) fn gathered(&mut self) -> Option<&[u8]> {
        self.keeping = false;
        if self.overflown || self.pos - self.start > MOST_RECORD {
            return None;
        }
        self.bytes.get(self.start..self.pos)
    }

    /// What is gathered until here; `None` when it is longer than `most`.
    pub(crate) fn so_far(&self, most: usize) -> Option<&[u8]> {
        if !self.keeping || self.pos - self.start > most {
            return None;
        }
        self.bytes.get(self.start..self.pos)
    }

    /// Go back to `count` bytes after where the record begins, unless it is too long to be kept.
    pub(crate) fn back_to(&mut self, count: usize) {
        if self.keeping {
            self.pos = (self.start + count).min(self.pos);
        }
    }

    /// Go to the next of these bytes; false at the end of the file.
    pub(crate) fn seek(&mut self, wanted: u8) -> io::Result<bool> {
        loop {
            let ahead = self.ahead()?;
            if ahead.is_empty() {
                return Ok(false);
            }
            match memchr::memchr(wanted, ahead) {
                Some(at) => {
                    self.skip(at);
                    return Ok(true);
                }
                None => self.pos = self.bytes.len(),
            }
        }
    }

    /// Go behind the next `end`; false at the end of the file.
    pub(crate) fn seek_behind(&mut self, end: &[u8]) -> io::Result<bool> {
        let Some(first) = end.first() else { return Ok(true) };
        while self.seek(*first)? {
            if self.peek(end.len())? == end {
                self.skip(end.len());
                return Ok(true);
            }
            self.skip(1);
        }
        Ok(false)
    }

    fn more(&mut self) -> io::Result<bool> {
        if self.ended {
            return Ok(false);
        }
        if self.keeping && self.pos - self.start > MOST_RECORD {
            self.overflown = true;
            self.keeping = false;
        }
        if !self.keeping {
            self.start = self.pos;
        }
        if self.start > 0 {
            self.bytes.drain(..self.start);
            self.before += self.start as u64;
            self.pos -= self.start;
            self.start = 0;
            if self.bytes.capacity() > 16 * STEP && self.bytes.len() < STEP {
                self.bytes.shrink_to(2 * STEP);
            }
        }
        let held = self.bytes.len();
        // Grown by steps, not doubled: the bound on memory is meant.
        self.bytes.reserve_exact(STEP);
        self.bytes.resize(held + STEP, 0);
        let read = loop {
            match self.source.read(self.bytes.get_mut(held..).unwrap_or_default()) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                other => break other,
            }
        };
        self.bytes.truncate(held + *read.as_ref().unwrap_or(&0));
        self.ended = read? == 0;
        Ok(!self.ended)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_gathered_across_steps_and_bounded() {
        let long =
            [vec![b'a'; STEP * 3], b"<x>".to_vec(), vec![b'b'; MOST_RECORD + STEP * 2], b"<y>".to_vec()]
                .concat();
        let mut window = Window::new(long.as_slice());
        window.begin();
        assert!(window.seek(b'<').unwrap());
        assert_eq!(window.gathered().unwrap().len(), STEP * 3);
        window.begin();
        assert!(window.seek_behind(b"<y>").unwrap());
        assert!(window.gathered().is_none());
        assert!(window.bytes.capacity() < STEP * 8, "{}", window.bytes.capacity());
        assert_eq!(window.offset(), long.len() as u64);
        assert!(!window.seek(b'<').unwrap());
        assert!(window.ahead().unwrap().is_empty());
    }
}

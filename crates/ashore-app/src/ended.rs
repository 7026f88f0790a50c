//! Long work that is told how far it is and may be ended before its time. What it was making is not there then.

use std::io::{self, Read};

use crate::{AppError, ErrorCode};

/// Told how many bytes of how many are done, again and again; answers whether to go on. Work without bytes, such as
/// going through records, tells nought of nought.
pub type OnBytes<'a> = &'a mut dyn FnMut(u64, u64) -> bool;

/// Bytes between two questions: a few milliseconds of work.
const APART: u64 = 1 << 20;

/// Records between two questions.
const RECORDS: u32 = 256;

/// What ended work answers.
pub(crate) fn ended() -> AppError {
    AppError::new(ErrorCode::Cancelled, "stopped; nothing of it was kept")
}

/// Asks at the first and at every 256th record.
#[derive(Debug, Default)]
pub(crate) struct Steps(u32);

impl Steps {
    pub(crate) fn step(&mut self, on: OnBytes<'_>) -> Result<(), AppError> {
        let asks = self.0.is_multiple_of(RECORDS);
        self.0 = self.0.wrapping_add(1);
        if asks && !on(0, 0) { Err(ended()) } else { Ok(()) }
    }
}

/// A source that is read only as long as somebody wants it: asked before its first byte and after each megabyte.
pub(crate) struct Watched<'a, R> {
    source: R,
    whole: u64,
    read: u64,
    ask_at: u64,
    on: OnBytes<'a>,
    ended: bool,
}

impl<'a, R: Read> Watched<'a, R> {
    pub(crate) fn new(source: R, whole: u64, on: OnBytes<'a>) -> Self {
        Self { source, whole, read: 0, ask_at: 0, on, ended: false }
    }

    /// What came of reading it, or that nobody wanted it any more.
    pub(crate) fn outcome<T, E: Into<AppError>>(&self, done: Result<T, E>) -> Result<T, AppError> {
        if self.ended { Err(ended()) } else { done.map_err(Into::into) }
    }
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.read >= self.ask_at && !self.ended {
            self.ask_at = self.read + APART;
            self.ended = !(self.on)(self.read, self.whole);
        }
        if self.ended {
            // Not `Interrupted`: whoever reads to the end would try again.
            return Err(io::Error::other("ended before its time"));
        }
        let length = self.source.read(out)?;
        self.read += length as u64;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts what is taken from it.
    struct Endless<'c>(&'c std::cell::Cell<u64>);

    impl Read for Endless<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            out.fill(7);
            self.0.set(self.0.get() + out.len() as u64);
            Ok(out.len())
        }
    }

    #[test]
    fn a_source_nobody_wants_is_read_no_further() {
        for (answers, most) in [(0, 0), (1, 2 << 20), (5, 6 << 20)] {
            let taken = std::cell::Cell::new(0);
            let mut asked = 0;
            let mut on = |_, _| {
                asked += 1;
                asked <= answers
            };
            let mut source = Watched::new(Endless(&taken), 1 << 40, &mut on);
            let done = io::copy(&mut source, &mut io::sink()).map_err(|_| ended());
            assert_eq!(source.outcome(done).unwrap_err().code, ErrorCode::Cancelled);
            assert!(taken.get() <= most, "{} bytes were read after {answers} times yes", taken.get());
        }
    }
}

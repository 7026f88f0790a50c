//! What the process that reads foreign files does, from its first byte to its last.
//!
//! It holds no key and opens nothing: the file and the pipe are handed to it. Whoever starts it limits its memory and
//! its time, and takes an end without [`Event::Done`] as a file that could not be read.

use std::io::{self, BufWriter, Write};

use crate::frame::{Event, Writer};
use crate::{
    Format, Item, LeftOut, Outline, ReadError, Request, Sink, Source, Stopped, Summary, Warning, read,
};

/// How many things left out are listed one by one; the rest is counted.
pub const MOST_LISTED: u64 = 10_000;
/// How many warnings are given; a file that asks for millions of them gets the first ones.
pub const MOST_WARNINGS: u64 = 1_000;

/// Reads `source` and says on `out` what it holds. Ends with [`Event::Done`], [`Event::Refused`] or
/// [`Event::SourceFailed`].
///
/// # Errors
/// Only what `out` says when it can take no more.
pub fn run<S: Source, W: Write>(request: &Request, source: &mut S, out: W) -> io::Result<()> {
    let mut saying = Saying {
        writer: Writer::new(BufWriter::with_capacity(1 << 16, out)),
        failed: None,
        listed: 0,
        more: 0,
        warned: 0,
    };
    let last = match read(request, source, &mut saying) {
        Ok(summary) => Event::Done(summary),
        Err(ReadError::Refused(refusal)) => Event::Refused(refusal),
        Err(ReadError::Source(error)) => Event::SourceFailed(error.to_string()),
        Err(ReadError::Stopped) => {
            return Err(saying.failed.unwrap_or_else(|| io::ErrorKind::BrokenPipe.into()));
        }
    };
    if saying.more > 0 {
        saying.writer.say(&Event::Warning(Warning::MoreLeftOut { more: saying.more }))?;
    }
    saying.writer.say(&last)
}

struct Saying<W: Write> {
    writer: Writer<W>,
    failed: Option<io::Error>,
    listed: u64,
    more: u64,
    warned: u64,
}

impl<W: Write> Saying<W> {
    fn say(&mut self, event: &Event) -> Result<(), Stopped> {
        self.writer.say(event).map_err(|error| {
            self.failed = Some(error);
            Stopped
        })
    }
}

impl<W: Write> Sink for Saying<W> {
    fn format(&mut self, format: Format) -> Result<(), Stopped> {
        self.say(&Event::Format(format))
    }

    fn item(&mut self, item: Item) -> Result<(), Stopped> {
        self.say(&Event::Item(item))
    }

    fn left_out(&mut self, left_out: LeftOut) -> Result<(), Stopped> {
        if self.listed >= MOST_LISTED {
            self.more += 1;
            return Ok(());
        }
        self.listed += 1;
        self.say(&Event::LeftOut(left_out))
    }

    fn warning(&mut self, warning: Warning) -> Result<(), Stopped> {
        self.warned += 1;
        if self.warned > MOST_WARNINGS {
            return Ok(());
        }
        self.say(&Event::Warning(warning))
    }

    fn outline(&mut self, outline: Outline) -> Result<(), Stopped> {
        self.say(&Event::Outline(outline))
    }
}

impl From<Summary> for Event {
    fn from(summary: Summary) -> Self {
        Self::Done(summary)
    }
}

//! What the reading process says to the one that asked: length-prefixed, bounded, not trusted.
//!
//! A frame is one byte for its kind, four for its length (little-endian) and that many bytes. Files travel in
//! chunks after the item they belong to, so that no frame is larger than [`MOST`] and no item larger than
//! [`MOST_BLOBS`].

use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use crate::{Format, Item, LeftOut, Outline, Refusal, Summary, Warning};

/// The longest frame.
pub const MOST: usize = 32 << 20;
/// The most bytes that files of one item may have together.
pub const MOST_BLOBS: u64 = 256 << 20;
const CHUNK: usize = 1 << 20;

const EVENT: u8 = b'E';
const BLOB: u8 = b'B';

/// One thing the reading process says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// What the file is; comes first, unless it is refused.
    Format(Format),
    /// One thing found.
    Item(Item),
    /// One thing left out.
    LeftOut(LeftOut),
    /// One thing to know.
    Warning(Warning),
    /// What a table looks like; comes before a refusal that asks for a mapping.
    Outline(Outline),
    /// The file was read to its end; comes last.
    Done(Summary),
    /// The file is not read; comes last.
    Refused(Refusal),
    /// Its bytes could not be had; comes last.
    SourceFailed(String),
}

impl Event {
    /// Whether nothing comes after it.
    #[must_use]
    pub const fn is_last(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Refused(_) | Self::SourceFailed(_))
    }
}

/// Why the other side's frames could not be taken.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    /// It ended before it said that it was done: it crashed, hung or was stopped.
    #[error("the reading process ended before it was done")]
    BrokeOff,
    /// What it says is no frame.
    #[error("the reading process answered nonsense")]
    Garbled,
    /// It says more at once than is allowed.
    #[error("the reading process answered more than is allowed")]
    TooLarge,
    /// The pipe failed.
    #[error("the reading process could not be heard: {0}")]
    Pipe(#[from] io::Error),
}

/// Says events.
#[derive(Debug)]
pub struct Writer<W: Write> {
    out: W,
    buffer: Vec<u8>,
}

impl<W: Write> Writer<W> {
    /// Onto `out`, which should be buffered.
    pub const fn new(out: W) -> Self {
        Self { out, buffer: Vec::new() }
    }

    /// Say one event.
    ///
    /// # Errors
    /// What the pipe says; an event longer than [`MOST`] is [`io::ErrorKind::InvalidData`].
    pub fn say(&mut self, event: &Event) -> io::Result<()> {
        let blobs = if let Event::Item(item) = event { item.blobs() } else { Vec::new() };
        let lengths: Vec<u64> = blobs.iter().map(|blob| blob.len() as u64).collect();
        self.buffer.clear();
        let taken = std::mem::take(&mut self.buffer);
        let encoded = postcard::to_extend(&(event, &lengths), taken)
            .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?;
        if encoded.len() > MOST || lengths.iter().sum::<u64>() > MOST_BLOBS {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "an item beyond every bound"));
        }
        self.frame(EVENT, &encoded)?;
        for chunk in blobs.iter().flat_map(|blob| blob.chunks(CHUNK)) {
            self.frame(BLOB, chunk)?;
        }
        self.buffer = encoded;
        if event.is_last() { self.out.flush() } else { Ok(()) }
    }

    fn frame(&mut self, kind: u8, bytes: &[u8]) -> io::Result<()> {
        let length = u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::InvalidData)?;
        self.out.write_all(&[kind])?;
        self.out.write_all(&length.to_le_bytes())?;
        self.out.write_all(bytes)
    }
}

/// Hears events.
#[derive(Debug)]
pub struct Reader<R: Read> {
    from: R,
    buffer: Vec<u8>,
    done: bool,
}

impl<R: Read> Reader<R> {
    /// From `from`, which should be buffered.
    pub const fn new(from: R) -> Self {
        Self { from, buffer: Vec::new(), done: false }
    }

    /// The next event; `None` after the last.
    ///
    /// # Errors
    /// [`FrameError`]; after an error nothing more is to be had.
    pub fn hear(&mut self) -> Result<Option<Event>, FrameError> {
        if self.done {
            return Ok(None);
        }
        self.done = true; // an error is the last thing heard, too
        let length = self.header(EVENT, MOST)?;
        fill(&mut self.from, &mut self.buffer, length)?;
        let (mut event, lengths): (Event, Vec<u64>) =
            postcard::from_bytes(&self.buffer).map_err(|_| FrameError::Garbled)?;
        let mut blobs = if let Event::Item(item) = &mut event { item.blobs_mut() } else { Vec::new() };
        if lengths.len() != blobs.len() {
            return Err(FrameError::Garbled);
        }
        let whole = lengths.iter().try_fold(0_u64, |sum, length| sum.checked_add(*length));
        if whole.is_none_or(|whole| whole > MOST_BLOBS) {
            return Err(FrameError::TooLarge);
        }
        for (blob, length) in blobs.iter_mut().zip(&lengths) {
            while (blob.len() as u64) < *length {
                let rest = usize::try_from(*length - blob.len() as u64).map_err(|_| FrameError::TooLarge)?;
                let chunk = self.header(BLOB, rest.min(CHUNK))?;
                if chunk == 0 {
                    return Err(FrameError::Garbled);
                }
                let so_far = blob.len();
                blob.resize(so_far + chunk, 0);
                whole_of(&mut self.from, blob.get_mut(so_far..).unwrap_or_default())?;
            }
        }
        self.done = event.is_last();
        Ok(Some(event))
    }

    fn header(&mut self, kind: u8, most: usize) -> Result<usize, FrameError> {
        let mut header = [0_u8; 5];
        whole_of(&mut self.from, &mut header)?;
        let [found, length @ ..] = header;
        let length = usize::try_from(u32::from_le_bytes(length)).map_err(|_| FrameError::TooLarge)?;
        if found != kind {
            return Err(FrameError::Garbled);
        }
        if length > most { Err(FrameError::TooLarge) } else { Ok(length) }
    }
}

fn fill(from: &mut impl Read, buffer: &mut Vec<u8>, length: usize) -> Result<(), FrameError> {
    buffer.clear();
    buffer.resize(length, 0);
    whole_of(from, buffer)
}

fn whole_of(from: &mut impl Read, bytes: &mut [u8]) -> Result<(), FrameError> {
    from.read_exact(bytes).map_err(|error| match error.kind() {
        io::ErrorKind::UnexpectedEof => FrameError::BrokeOff,
        _ => FrameError::Pipe(error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Delivery, LeftOut, Message, MessageKind, Part, Place, Reason};
    use ashore_domain::{EventTime, Precision, TimeSource};
    use chrono::DateTime;

    fn message(bytes: Vec<u8>) -> Item {
        let at = DateTime::parse_from_rfc3339("2026-11-21T10:42:03.250+08:00").unwrap();
        Item::Message(Box::new(Message {
            kind: MessageKind::Mms,
            address: Some("95555".into()),
            contact: None,
            people: Vec::new(),
            happened: EventTime { at, precision: Precision::Second, source: TimeSource::Device },
            sent: Some(at),
            delivery: Delivery::Received,
            subject: None,
            body: "您的账单 😀".into(),
            parts: vec![Part {
                name: Some("../x".into()),
                mime: "image/png".into(),
                content_id: None,
                damaged: false,
                bytes,
            }],
            smsc: None,
            sim: None,
            thread: None,
            source_id: None,
            raw: b"<mms/>".to_vec(),
        }))
    }

    fn said(events: &[Event]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut writer = Writer::new(&mut bytes);
        for event in events {
            writer.say(event).unwrap();
        }
        bytes
    }

    #[test]
    fn what_is_said_is_heard() {
        let events = [
            Event::Format(Format::SmsBackup),
            Event::Item(message(vec![7; CHUNK * 2 + 3])),
            Event::Item(message(Vec::new())),
            Event::LeftOut(LeftOut {
                place: Place::Entry("../\u{202e}x".into()),
                reason: Reason::UnsafeName,
            }),
            Event::Done(Summary { found: 3, taken: 2, left_out: 1 }),
        ];
        let bytes = said(&events);
        let mut reader = Reader::new(bytes.as_slice());
        for event in &events {
            assert_eq!(reader.hear().unwrap().as_ref(), Some(event));
        }
        assert_eq!(reader.hear().unwrap(), None);
    }

    #[test]
    fn a_process_that_dies_is_noticed_wherever_it_dies() {
        let bytes = said(&[Event::Item(message(vec![1; 300])), Event::Done(Summary::default())]);
        for cut in 0..bytes.len() {
            let mut reader = Reader::new(&bytes[..cut]);
            let end = loop {
                match reader.hear() {
                    Ok(Some(_)) => {}
                    other => break other,
                }
            };
            assert!(matches!(end, Err(FrameError::BrokeOff)), "cut at {cut}: {end:?}");
        }
    }

    #[test]
    fn nonsense_is_not_believed() {
        let mut huge = vec![EVENT];
        huge.extend(u32::MAX.to_le_bytes());
        assert!(matches!(Reader::new(huge.as_slice()).hear(), Err(FrameError::TooLarge)));
        assert!(matches!(Reader::new(&b"hello world"[..]).hear(), Err(FrameError::Garbled)));
        let bytes = said(&[Event::Item(message(vec![1; 50]))]);
        for at in 5..bytes.len() {
            let mut bent = bytes.clone();
            bent[at] ^= 0xFF;
            // Anything but a crash, an endless wait or memory beyond the bound.
            let _ = Reader::new(bent.as_slice()).hear();
        }
    }
}

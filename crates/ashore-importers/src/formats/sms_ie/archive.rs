//! The archive of messages and their files.

use std::io::{Read, Seek};

use zip::ZipArchive;
use zip::read::ZipFile;

use super::Files;
use crate::count::Counting;
use crate::window::MOST_RECORD;
use crate::{Place, ReadError, Reason, Refusal, Source};

/// Entries of an archive: a phone has tens of thousands of pictures at most.
const MOST_ENTRIES: usize = 100_000;
/// How many times its packed size an entry may unfold to; text of messages packs 20 to 1 at best.
pub(crate) const MOST_RATIO: u64 = 100;

/// Reads `messages.ndjson` and finds its files.
pub(crate) fn read<S: Source>(source: &mut S, out: &mut Counting<'_>) -> Result<(), ReadError> {
    // Messages and files are gone through at the same time, so both have a view of the archive of their own.
    let shared = Shared(std::cell::RefCell::new(source));
    let mut messages = ZipArchive::new(shared.view()).map_err(|_| Refusal::Broken)?;
    let files = ZipArchive::new(shared.view()).map_err(|_| Refusal::Broken)?;
    if files.len() > MOST_ENTRIES {
        return Err(Refusal::TooLarge { limit: MOST_ENTRIES as u64 }.into());
    }
    report_unsafe(&files, out)?;
    let entry = messages.by_name("messages.ndjson").map_err(refusal)?;
    let bounded = Bounded::new(entry);
    super::read(bounded, &mut Archived(files), out).map_err(|error| match error {
        ReadError::Source(error) if error.kind() == std::io::ErrorKind::FileTooLarge => Refusal::Bomb.into(),
        // What cannot be unfolded is damaged; what cannot be had at all fails again when it is asked for.
        ReadError::Source(error) if error.kind() == std::io::ErrorKind::InvalidData => Refusal::Broken.into(),
        other => other,
    })
}

/// Names that lead outside are never followed, for nothing is ever unpacked; the borrower should know all the same.
fn report_unsafe<R: Read + Seek>(archive: &ZipArchive<R>, out: &mut Counting<'_>) -> Result<(), ReadError> {
    let names: Vec<String> =
        archive.file_names().filter_map(Result::ok).map(|name| name.into_owned()).collect();
    for name in names {
        if !is_plain(&name) {
            out.missing(Place::Entry(name), Reason::UnsafeName)?;
        }
    }
    Ok(())
}

/// A name that stays within its folder on every system.
pub(crate) fn is_plain(name: &str) -> bool {
    let inside = name.split(['/', '\\']).all(|segment| segment != "..");
    inside
        && !name.starts_with(['/', '\\'])
        && !name.contains(':')
        && !name.chars().any(|sign| {
            sign.is_control()
                || ('\u{202a}'..='\u{202e}').contains(&sign)
                || ('\u{2066}'..='\u{2069}').contains(&sign)
        })
}

fn refusal(error: zip::result::ZipError) -> ReadError {
    match error {
        zip::result::ZipError::UnsupportedArchive(why) if why.contains("assword") => {
            Refusal::Encrypted.into()
        }
        zip::result::ZipError::InvalidPassword => Refusal::Encrypted.into(),
        _ => Refusal::Broken.into(),
    }
}

struct Archived<R: Read + Seek>(ZipArchive<R>);

impl<R: Read + Seek> Files for Archived<R> {
    fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let name = format!("data/{name}");
        if !is_plain(&name) {
            return Ok(None);
        }
        let Ok(entry) = self.0.by_name(&name) else { return Ok(None) };
        let mut bytes = Vec::new();
        let read = Bounded::new(entry).take(MOST_RECORD as u64 + 1).read_to_end(&mut bytes);
        match read {
            Err(error) if error.kind() == std::io::ErrorKind::FileTooLarge => Err(Refusal::Bomb.into()),
            Err(_) => Ok(None),
            Ok(length) if length > MOST_RECORD => Ok(None),
            Ok(_) => Ok(Some(bytes)),
        }
    }
}

/// An entry that ends with an error where it unfolds beyond every honest ratio, whatever its header says.
pub(crate) struct Bounded<R> {
    inner: R,
    given: u64,
    most: u64,
}

impl<'a, R: Read> Bounded<ZipFile<'a, R>> {
    pub(crate) fn new(entry: ZipFile<'a, R>) -> Self {
        // Small entries may be anything: an empty line repeated is no attack.
        let most = entry.compressed_size().saturating_mul(MOST_RATIO).max(16 << 20);
        Self { inner: entry, given: 0, most }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(into)?;
        self.given += read as u64;
        if self.given > self.most { Err(std::io::ErrorKind::FileTooLarge.into()) } else { Ok(read) }
    }
}

/// One file seen from two places, each with its own position.
struct Shared<'a, S>(std::cell::RefCell<&'a mut S>);

impl<'a, S: Source> Shared<'a, S> {
    const fn view<'b>(&'b self) -> View<'a, 'b, S> {
        View { shared: self, position: 0 }
    }
}

struct View<'a, 'b, S> {
    shared: &'b Shared<'a, S>,
    position: u64,
}

impl<S: Source> Read for View<'_, '_, S> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let mut source = self.shared.0.borrow_mut();
        source.seek(std::io::SeekFrom::Start(self.position))?;
        let read = source.read(into)?;
        self.position += read as u64;
        Ok(read)
    }
}

impl<S: Source> Seek for View<'_, '_, S> {
    fn seek(&mut self, to: std::io::SeekFrom) -> std::io::Result<u64> {
        let mut source = self.shared.0.borrow_mut();
        self.position = match to {
            std::io::SeekFrom::Start(at) => at,
            std::io::SeekFrom::End(_) => source.seek(to)?,
            std::io::SeekFrom::Current(by) => {
                self.position.checked_add_signed(by).ok_or(std::io::ErrorKind::InvalidInput)?
            }
        };
        Ok(self.position)
    }
}

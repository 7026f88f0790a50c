//! The one way a file is read.

use std::io::{Read, Seek};

use chrono::FixedOffset;
use serde::{Deserialize, Serialize};

use crate::count::Counting;
use crate::encoding::utf8;
use crate::formats;
use crate::{
    Container, Format, Item, LeftOut, Mapping, Outline, ReadError, Refusal, Statement, Summary, Warning,
    detect,
};

/// A file as importers see it: bytes that can be gone through and back.
pub trait Source: Read + Seek {}

impl<T: Read + Seek> Source for T {}

/// Whoever takes the items wants no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("reading was stopped")]
pub struct Stopped;

impl From<Stopped> for ReadError {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

/// Takes what is found, as it is found.
pub trait Sink {
    /// What the file is; called once, before anything else.
    ///
    /// # Errors
    /// [`Stopped`] ends the reading, here and below.
    fn format(&mut self, format: Format) -> Result<(), Stopped>;
    /// One thing found.
    ///
    /// # Errors
    /// [`Stopped`]
    fn item(&mut self, item: Item) -> Result<(), Stopped>;
    /// One thing left out.
    ///
    /// # Errors
    /// [`Stopped`]
    fn left_out(&mut self, left_out: LeftOut) -> Result<(), Stopped>;
    /// One thing to know.
    ///
    /// # Errors
    /// [`Stopped`]
    fn warning(&mut self, warning: Warning) -> Result<(), Stopped>;
    /// What a table of unknown origin looks like.
    ///
    /// # Errors
    /// [`Stopped`]
    fn outline(&mut self, outline: Outline) -> Result<(), Stopped>;
}

/// How a file is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Request {
    /// What the file is, when that is known already; else it is found out.
    pub format: Option<Format>,
    /// Which column is what, in a table of unknown origin. Without it the names of the columns must tell.
    pub mapping: Option<Mapping>,
}

/// Shanghai's offset: wall times in statements are read in it, instants without one are shown in it.
pub const SHANGHAI: FixedOffset = match FixedOffset::east_opt(8 * 3600) {
    Some(offset) => offset,
    None => unreachable!(),
};

/// Whoever says which column is what says that it is a table.
fn found<S: Source>(request: &Request, source: &mut S) -> Result<Format, ReadError> {
    match detect::recognise(source) {
        Err(ReadError::Refused(Refusal::Unrecognised)) if request.mapping.is_some() => {
            Ok(Format::Table { container: Container::Csv, statement: Statement::Other })
        }
        found => found,
    }
}

/// Reads `source` from its beginning and hands what it holds to `sink`, one thing at a time.
///
/// Memory does not grow with the file: messages, calls, lines and mails pass one by one, each within a bound, and
/// workbooks have a size cap.
///
/// # Errors
/// [`ReadError::Refused`] when the file as a whole is not read: what it held until then must be dropped.
/// [`ReadError::Source`] when its bytes could not be had, [`ReadError::Stopped`] when the sink wants no more.
pub fn read<S: Source>(request: &Request, source: &mut S, sink: &mut dyn Sink) -> Result<Summary, ReadError> {
    let format = match request.format {
        Some(format) => format,
        None => found(request, source)?,
    };
    source.rewind()?;
    let mut out = Counting::new(sink);
    if !matches!(format, Format::Table { .. }) {
        out.format(format)?;
    }
    match format {
        Format::SmsBackup | Format::CallBackup => formats::backup::read(utf8(source)?, &mut out)?,
        Format::SmsIeNdjson | Format::SmsIeJson => {
            formats::sms_ie::read(utf8(source)?, &mut formats::sms_ie::NoFiles, &mut out)?;
        }
        Format::SmsIeZip => formats::sms_ie::read_zip(source, &mut out)?,
        Format::Eml => formats::mail::read_eml(source, &mut out)?,
        Format::Mbox => formats::mail::read_mbox(source, &mut out)?,
        // Whose statement a table is, its header tells on the way.
        Format::Table { container, .. } => formats::table::read(request, container, source, &mut out)?,
    }
    Ok(out.summary)
}

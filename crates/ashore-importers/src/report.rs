//! What could not be taken, and what the borrower should know beside that.

use std::fmt;
use std::io;

use serde::{Deserialize, Serialize};

use crate::mapping::Mapping;

/// Something in the file that is not among the items, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Where it stands.
    pub place: Place,
    /// Why it was left out.
    pub reason: Reason,
}

/// A place in a file, counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// A message, call or mail: which one, and the byte it begins at.
    Record {
        /// Its number.
        number: u64,
        /// Bytes before it.
        offset: u64,
    },
    /// A line of text.
    Line(u64),
    /// A row of a table.
    Row {
        /// The sheet; none in a text table.
        sheet: Option<String>,
        /// Its number as an office program shows it.
        row: u64,
    },
    /// A file within an archive, by its name there.
    Entry(String),
    /// A file within a record.
    Part {
        /// Which record.
        number: u64,
        /// Which file of it.
        part: u64,
    },
    /// The file as a whole.
    File,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record { number, offset } => write!(f, "record {number} (byte {offset})"),
            Self::Line(line) => write!(f, "line {line}"),
            Self::Row { sheet: None, row } => write!(f, "row {row}"),
            Self::Row { sheet: Some(sheet), row } => write!(f, "sheet {} row {row}", sheet.escape_debug()),
            Self::Entry(name) => write!(f, "entry {}", name.escape_debug()),
            Self::Part { number, part } => write!(f, "record {number} part {part}"),
            Self::File => f.write_str("file"),
        }
    }
}

/// Why something was left out. The list is closed; `code` names each for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    /// Not well-formed where it stands: a tag, a quote or a bracket is missing.
    Malformed,
    /// The file ends in the middle of it.
    CutOff,
    /// It does not say when it happened.
    TimeMissing,
    /// Its time is no time.
    TimeUnreadable,
    /// It does not say an amount.
    AmountMissing,
    /// Its amount is no amount.
    AmountUnreadable,
    /// It cannot be told whether the money came or went.
    FlowUnreadable,
    /// Not in yuan.
    OtherCurrency,
    /// One record beyond what is read at once.
    TooLarge,
    /// Messages within messages, beyond what any mail program writes.
    TooDeep,
    /// More parts than any mail program writes.
    TooManyParts,
    /// Headers beyond what any mail server lets through.
    HeaderTooLarge,
    /// A row that only sums up others.
    Total,
    /// Neither a message nor a call nor a payment, such as a contact.
    NotARecord,
    /// A file named by a message is not in the archive.
    FileMissing,
    /// A name in an archive that leads outside it.
    UnsafeName,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Malformed,
        Self::CutOff,
        Self::TimeMissing,
        Self::TimeUnreadable,
        Self::AmountMissing,
        Self::AmountUnreadable,
        Self::FlowUnreadable,
        Self::OtherCurrency,
        Self::TooLarge,
        Self::TooDeep,
        Self::TooManyParts,
        Self::HeaderTooLarge,
        Self::Total,
        Self::NotARecord,
        Self::FileMissing,
        Self::UnsafeName,
    ];

    /// Name for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::CutOff => "cut_off",
            Self::TimeMissing => "time_missing",
            Self::TimeUnreadable => "time_unreadable",
            Self::AmountMissing => "amount_missing",
            Self::AmountUnreadable => "amount_unreadable",
            Self::FlowUnreadable => "flow_unreadable",
            Self::OtherCurrency => "other_currency",
            Self::TooLarge => "too_large",
            Self::TooDeep => "too_deep",
            Self::TooManyParts => "too_many_parts",
            Self::HeaderTooLarge => "header_too_large",
            Self::Total => "total",
            Self::NotARecord => "not_a_record",
            Self::FileMissing => "file_missing",
            Self::UnsafeName => "unsafe_name",
        }
    }
}

/// Something the borrower should know; nothing was left out for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Warning {
    /// A record had to be mended to be read (a split emoji, a forbidden character); its own bytes are kept with it.
    Mended(Place),
    /// A file within a record could not be decoded; it is kept as it stood.
    PartDamaged(Place),
    /// The file says it is UTF-8 and is not; it was read in this encoding.
    EncodingMended {
        /// The encoding it was read in.
        read_as: String,
    },
    /// Characters that no encoding explains were replaced.
    CharactersLost(Place),
    /// Lines before or after the table that are not its rows, such as its title and its terms.
    Preamble {
        /// First of them.
        first: u64,
        /// Last of them.
        last: u64,
    },
    /// The file announces another number of records than it holds.
    CountDiffers {
        /// What it announces.
        announced: u64,
        /// What was found.
        found: u64,
    },
    /// The columns of a table of unknown origin were understood by their names.
    MappingSuggested(Box<Mapping>),
    /// Days without a year were placed by the statement's own month.
    YearInferred {
        /// The year of the statement.
        year: i32,
    },
    /// More was left out than is listed one by one.
    MoreLeftOut {
        /// How much more.
        more: u64,
    },
    /// The file breaks off; what stands before was taken.
    FileCutOff,
}

/// Why a whole file is not read. Nothing of it was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Refusal {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// None of the formats we read.
    #[error("the content is none of the formats that are read")]
    Unrecognised,
    /// It asks for a password.
    #[error("the file is protected by a password; open it with its own program and save it without one")]
    Encrypted,
    /// Larger than a file of its kind may be.
    #[error("the file is larger than {limit} bytes, the most for its kind")]
    TooLarge {
        /// The most, in bytes.
        limit: u64,
    },
    /// An archive that unfolds far beyond its own size.
    #[error("the archive unfolds far beyond its own size, as attacks do")]
    Bomb,
    /// An archive or workbook that cannot be opened.
    #[error("the file is damaged and cannot be opened")]
    Broken,
    /// A mail beyond every bound that real mail keeps.
    #[error("the mail is built to break programs: {}", .0.code())]
    Hostile(Reason),
    /// A table whose columns are not understood by their names.
    #[error("the columns are not understood by their names; say which one is date and amount")]
    MappingNeeded,
    /// The mapping names columns that the table has not.
    #[error("the table has no column {0:?}")]
    ColumnMissing(String),
}

/// Why reading ended without a summary.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file is not read.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Its bytes could not be had.
    #[error("the file could not be read: {0}")]
    Source(#[from] io::Error),
    /// Whoever takes the items wants no more.
    #[error("reading was stopped")]
    Stopped,
}

/// What came of reading a file to its end.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Summary {
    /// Records the file holds, taken or left out.
    pub found: u64,
    /// Items handed over.
    pub taken: u64,
    /// Records left out, listed or not.
    pub left_out: u64,
}

use std::io;

use rusqlite::ErrorCode;
use rusqlite::ffi;

use crate::{CreateError, OpenError, RekeyError, StageError, VaultError};

/// What disk and database can answer, before it is told in the words of an operation.
#[derive(Debug)]
pub(crate) enum Fault {
    Damaged,
    NoSpace,
    Io { doing: &'static str, source: io::Error },
    Database(String),
}

impl Fault {
    pub(crate) fn io(doing: &'static str) -> impl Fn(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::NoSpace,
            _ => Self::Io { doing, source },
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        let rusqlite::Error::SqliteFailure(code, _) = &error else {
            return match error {
                // A column of another type than the schema's: only damage puts it there.
                rusqlite::Error::FromSqlConversionFailure(..)
                | rusqlite::Error::InvalidColumnType(..)
                | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Damaged,
                other => Self::Database(other.to_string()),
            };
        };
        match (code.code, code.extended_code) {
            (ErrorCode::DiskFull, _) => Self::NoSpace,
            (ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase, _)
            | (_, ffi::SQLITE_IOERR_SHORT_READ | ffi::SQLITE_IOERR_CORRUPTFS) => Self::Damaged,
            (
                ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::PermissionDenied,
                _,
            ) => Self::Io { doing: "using the database", source: io::Error::other(error) },
            _ => Self::Database(error.to_string()),
        }
    }
}

impl From<Fault> for VaultError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Damaged => Self::DatabaseDamaged,
            Fault::NoSpace => Self::NoSpace,
            Fault::Io { doing, source } => Self::Io { doing, source },
            Fault::Database(text) => Self::Database(text),
        }
    }
}

impl From<rusqlite::Error> for VaultError {
    fn from(error: rusqlite::Error) -> Self {
        Fault::from(error).into()
    }
}

impl From<Fault> for OpenError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Damaged => Self::DatabaseDamaged,
            Fault::NoSpace => Self::NoSpace,
            Fault::Io { doing, source } => Self::Io { doing, source },
            Fault::Database(text) => Self::Database(text),
        }
    }
}

impl From<Fault> for CreateError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Damaged => Self::Database("a database just written is damaged".to_owned()),
            Fault::NoSpace => Self::NoSpace,
            Fault::Io { doing, source } => Self::Io { doing, source },
            Fault::Database(text) => Self::Database(text),
        }
    }
}

/// For operations that touch the disk only.
macro_rules! disk_only {
    ($($error:ty),+) => {$(
        impl From<Fault> for $error {
            fn from(fault: Fault) -> Self {
                match fault {
                    Fault::NoSpace => Self::NoSpace,
                    Fault::Io { doing, source } => Self::Io { doing, source },
                    Fault::Damaged => Self::Io { doing: "writing", source: io::ErrorKind::InvalidData.into() },
                    Fault::Database(text) => Self::Io { doing: "writing", source: io::Error::other(text) },
                }
            }
        }
    )+};
}
disk_only!(RekeyError, StageError);

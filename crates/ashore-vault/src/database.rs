use std::path::Path;

use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::fault::Fault;
use crate::key::Key;

/// Whether a database file may be made where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IfMissing {
    Create,
    Refuse,
}

/// A connection to the encrypted database at `path`, keyed and proved to read: the key is right and the first page
/// whole, or this fails.
pub(crate) fn connect(path: &Path, key: &Key, if_missing: IfMissing) -> Result<Connection, Fault> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if if_missing == IfMissing::Create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    } else if !path.is_file() {
        return Err(Fault::Damaged);
    }
    let connection = Connection::open_with_flags(path, flags)?;
    // Before the key: the library would otherwise write about wrong keys to stderr and leave copies of the key in
    // freed memory.
    connection.execute_batch("PRAGMA cipher_log_level = NONE; PRAGMA cipher_memory_security = ON;")?;
    connection.execute_batch(&key_pragma(key))?;
    // A wrong key or a damaged first page shows at the first query only.
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    connection.execute_batch(
        // FULL: what was acknowledged survives a loss of power (NORMAL loses it, measured). The fullfsync pragmas mean
        // the same where a sync alone does not reach the disk (macOS).
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA fullfsync = ON;
         PRAGMA checkpoint_fullfsync = ON;
         PRAGMA foreign_keys = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// The statement that keys a connection with 256 raw bits: no derivation inside the database.
fn key_pragma(key: &Key) -> Zeroizing<String> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let (begin, end) = ("PRAGMA key = \"x'", "'\"");
    let mut statement = Zeroizing::new(String::with_capacity(begin.len() + 2 * Key::LENGTH + end.len()));
    statement.push_str(begin);
    for byte in key.bytes() {
        for nibble in [byte >> 4, byte & 15] {
            statement.push(DIGITS.get(usize::from(nibble)).map_or('0', |digit| char::from(*digit)));
        }
    }
    statement.push_str(end);
    statement
}

/// Everything committed is in the database file itself and its log is empty.
pub(crate) fn checkpoint(connection: &Connection) -> Result<(), Fault> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(Fault::Database("the log is in use".to_owned())) }
}

use std::path::Path;

use rusqlite::{Connection, OpenFlags, ffi};
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
    // Before the key: the library would otherwise write about wrong keys to stderr. cipher_memory_security stays off:
    // it locks and wipes every allocation and doubles the time of writing (measured); keys are wiped without it.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    unlock(&connection, key)?;
    // Every page read is proved by its HMAC. SHA-256 is as sure here as SHA-512, and processors have instructions for it:
    // reading is a quarter faster (measured).
    connection.execute_batch("PRAGMA cipher_hmac_algorithm = HMAC_SHA256;")?;
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
         PRAGMA recursive_triggers = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA secure_delete = ON;
         PRAGMA trusted_schema = OFF;
         PRAGMA cache_size = -16000;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    Ok(connection)
}

/// Keys a connection with 256 raw bits: no derivation inside the database.
///
/// `PRAGMA key` would do the same, but the key would pass through the text of a statement, copies of which stay behind
/// in freed memory. This call copies it into memory that SQLCipher wipes itself.
#[allow(unsafe_code)]
fn unlock(connection: &Connection, key: &Key) -> Result<(), Fault> {
    let text = raw_key(key);
    let length = i32::try_from(text.len()).map_err(|_| Fault::Damaged)?;
    // SAFETY: the handle belongs to `connection`, which outlives the call and is used by no other thread meanwhile;
    // `text` is valid for `length` bytes and is only read, and nothing keeps a pointer to it.
    let code = unsafe { ffi::sqlite3_key(connection.handle(), text.as_ptr().cast(), length) };
    if code == ffi::SQLITE_OK {
        Ok(())
    } else {
        Err(Fault::Database(format!("keying failed with code {code}")))
    }
}

/// A raw key as SQLCipher takes it: `x'…'` with 64 hexadecimal digits. The buffer never grows, so it leaves no copies.
fn raw_key(key: &Key) -> Zeroizing<String> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = Zeroizing::new(String::with_capacity(2 * Key::LENGTH + 3));
    text.push_str("x'");
    for byte in key.bytes() {
        for nibble in [byte >> 4, byte & 15] {
            text.push(DIGITS.get(usize::from(nibble)).map_or('0', |digit| char::from(*digit)));
        }
    }
    text.push('\'');
    text
}

/// How much of the database is kept decrypted in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cache {
    /// 16 MB, while a file is taken in: nothing is read twice, and a large file needs no more memory than a small one.
    Small,
    /// 64 MB, while words are looked for: the index of very many records stays at hand.
    Large,
}

/// From now on so much is kept; what is beyond it is let go at once.
pub(crate) fn keep_in_memory(connection: &Connection, cache: Cache) -> rusqlite::Result<()> {
    let sql = match cache {
        Cache::Small => "PRAGMA cache_size = -16000",
        Cache::Large => "PRAGMA cache_size = -64000",
    };
    connection.prepare_cached(sql)?.query([])?.next().map(|_| ())
}

/// Everything committed is in the database file itself and its log is empty.
pub(crate) fn checkpoint(connection: &Connection) -> Result<(), Fault> {
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 { Ok(()) } else { Err(Fault::Database("the log is in use".to_owned())) }
}

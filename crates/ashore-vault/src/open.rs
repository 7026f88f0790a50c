use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use ashore_domain::Sensitive;
use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use crate::attachment;
use crate::database::{self, IfMissing, connect};
use crate::fault::Fault;
use crate::folder::{self, Folder};
use crate::key::{Key, KeyFile, KeyFileError, Mistyped, passphrase_bytes};
use crate::migration::{self, MigrationError};
use crate::{CreateError, KdfCost, OpenError, RecoveryCode, Secret, Vault};

impl Vault {
    /// Makes an empty vault in `dir`, which must be absent or empty, and opens it. The recovery code is shown this once.
    ///
    /// Interrupted at any moment, it leaves either a whole vault or nothing that stands in the way of the next try.
    ///
    /// # Errors
    /// A vault or something else is there already, the passphrase is empty, the disk failed.
    pub fn create(
        dir: &Path,
        passphrase: &Sensitive<String>,
        cost: KdfCost,
        now: DateTime<Utc>,
    ) -> Result<(Self, RecoveryCode), CreateError> {
        if Self::exists(dir) {
            return Err(CreateError::AlreadyThere);
        }
        let folder = Folder::new(dir);
        // Exposed to see that there is something to it.
        if passphrase.expose().is_empty() {
            return Err(CreateError::EmptyPassphrase);
        }
        refuse_foreign(&folder)?;
        let database_key = Key::random()?;
        let code = RecoveryCode::random()?;
        let keys = KeyFile::new(&database_key, &passphrase_bytes(passphrase), &code.bytes(), cost, now)?;

        let was_there = dir.is_dir();
        make_private(dir).map_err(Fault::io("creating the vault"))?;
        let lock = folder::lock(&folder)?.ok_or(CreateError::InUse)?;
        match fill(&folder, &keys, &database_key) {
            Ok((db, signing_key, object_key)) => {
                let vault = Self { db, folder, keys, database_key, signing_key, object_key, lock };
                Ok((vault, code))
            }
            Err(error) => {
                // As it was before, as far as the disk allows; what stays is marked as unfinished.
                let cleared = clear(&folder).and_then(|()| folder::remove_file(&folder.unfinished()));
                if cleared.and_then(|()| folder::remove_file(&folder.lock())).is_ok() && !was_there {
                    drop(fs::remove_dir(dir));
                }
                Err(error)
            }
        }
    }

    /// Opens the vault in `dir`: brings its schema up to date and sweeps files that no fact names.
    ///
    /// Right and wrong secrets take the same time until the key's tag decides.
    ///
    /// # Errors
    /// Each variant of [`OpenError`] asks for something else from the user.
    pub fn open(dir: &Path, secret: Secret<'_>) -> Result<Self, OpenError> {
        let folder = Folder::new(dir);
        if !Self::exists(dir) {
            return Err(OpenError::NoVault);
        }
        let lock = folder::lock(&folder)?.ok_or(OpenError::InUse)?;
        let keys = read_keys(&folder)?;
        let (slot, bytes) = secret.bytes().map_err(|Mistyped| OpenError::RecoveryCodeMistyped)?;
        let database_key = keys.unwrap(slot, &bytes)?.ok_or(OpenError::WrongSecret)?;
        Self::open_keyed(folder, lock, keys, database_key, migration::STEPS)
    }

    /// What the sweeps over faults open: the same from the key on, thousands of times over.
    #[cfg(all(test, feature = "faults"))]
    pub(crate) fn open_by_key(dir: &Path, database_key: &Key) -> Result<Self, OpenError> {
        Self::open_by_key_knowing(dir, database_key, migration::STEPS)
    }

    /// The same by a program that knows other steps of the schema.
    #[cfg(all(test, feature = "faults"))]
    pub(crate) fn open_by_key_knowing(
        dir: &Path,
        database_key: &Key,
        steps: &[&str],
    ) -> Result<Self, OpenError> {
        let folder = Folder::new(dir);
        let lock = folder::lock(&folder)?.ok_or(OpenError::InUse)?;
        let keys = read_keys(&folder)?;
        Self::open_keyed(folder, lock, keys, database_key.clone(), steps)
    }

    fn open_keyed(
        folder: Folder,
        lock: fs::File,
        keys: KeyFile,
        database_key: Key,
        steps: &[&str],
    ) -> Result<Self, OpenError> {
        let mut db = connect(&folder.database(), &database_key, IfMissing::Refuse)?;
        migration::copy_before(&db, &folder.database(), steps)?;
        migration::apply(&mut db, steps).map_err(|error| match error {
            MigrationError::Newer(found) => OpenError::NewerSchema { found, known: migration::known() },
            MigrationError::Fault(fault) => fault.into(),
        })?;
        let (signing_key, object_key) = read_meta(&db, &keys)?;
        attachment::sweep(&folder, &db)?;
        folder::remove_file(&folder.unfinished()).map_err(Fault::io("opening the vault"))?;
        // The log was made anew by what was just read. SQLite syncs its name with the first commit but asks nobody
        // whether that worked; what is acknowledged lies in it, so its name must stay.
        folder::sync_folder(folder.root()).map_err(Fault::io("opening the vault"))?;
        Ok(Self { db, folder, keys, database_key, signing_key, object_key, lock })
    }
}

/// Everything a new vault has in its folder, `keys.json` last: from that moment on it is a vault.
fn fill(folder: &Folder, keys: &KeyFile, database_key: &Key) -> Result<(Connection, Key, Key), CreateError> {
    let failed = Fault::io("creating the vault");
    // Until keys.json is there, whatever lies in the folder may be thrown away.
    folder::mark_unfinished(folder).map_err(&failed)?;
    clear(folder).map_err(&failed)?;
    let (signing_key, object_key) = (Key::random()?, Key::random()?);
    let mut db = connect(&folder.database(), database_key, IfMissing::Create)?;
    migration::migrate(&mut db).map_err(|error| match error {
        MigrationError::Fault(fault) => CreateError::from(fault),
        MigrationError::Newer(_) => CreateError::AlreadyThere,
    })?;
    db.execute(
        "INSERT INTO vault_meta (id, vault, created_at, signing_key, object_key) VALUES (1, ?1, ?2, ?3, ?4)",
        params![keys.vault, keys.created_at.to_rfc3339(), signing_key.bytes(), object_key.bytes()],
    )
    .map_err(Fault::from)?;
    database::checkpoint(&db)?;
    folder::make_folder(&folder.objects()).map_err(&failed)?;
    folder::write_durably(&folder.keys(), &keys.to_bytes()?).map_err(&failed)?;
    folder::remove_file(&folder.unfinished()).map_err(&failed)?;
    if let Some(above) = folder.root().parent().filter(|above| !above.as_os_str().is_empty()) {
        folder::sync_folder(above).map_err(&failed)?;
    }
    Ok((db, signing_key, object_key))
}

/// `keys.json`, checked to the last byte.
fn read_keys(folder: &Folder) -> Result<KeyFile, OpenError> {
    let bytes = read_key_bytes(folder).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => OpenError::HeaderDamaged { reason: "it is missing" },
        _ => OpenError::from(Fault::io("reading the key file")(error)),
    })?;
    KeyFile::read(&bytes).map_err(|error| match error {
        KeyFileError::Damaged(reason) => OpenError::HeaderDamaged { reason },
        KeyFileError::TooWeak => OpenError::HeaderTooWeak,
        KeyFileError::Newer(found) => OpenError::NewerSchema { found, known: KeyFile::FORMAT },
    })
}

pub(crate) fn read_key_bytes(folder: &Folder) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(folder.keys())?.take(KeyFile::BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The keys that live in the database, which must be the one this key file belongs to.
pub(crate) fn read_meta(db: &Connection, keys: &KeyFile) -> Result<(Key, Key), OpenError> {
    let (vault, signing_key, object_key): (String, Vec<u8>, Vec<u8>) = db
        .query_row("SELECT vault, signing_key, object_key FROM vault_meta", [], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })
        .map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => Fault::Damaged,
            other => other.into(),
        })?;
    let both = Key::from_vec(signing_key).zip(Key::from_vec(object_key));
    both.filter(|_| vault == keys.vault).ok_or(OpenError::DatabaseDamaged)
}

/// The folder, readable by its owner only where the system knows owners.
pub(crate) fn make_private(dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Refuses a folder with anything in it but the remains of a creation that was interrupted.
fn refuse_foreign(folder: &Folder) -> Result<(), CreateError> {
    if fs::exists(folder.unfinished()).unwrap_or(false) {
        return Ok(());
    }
    match fs::read_dir(folder.root()) {
        Ok(mut entries) => {
            let foreign = entries.any(|entry| entry.is_ok_and(|entry| entry.path() != folder.lock()));
            if foreign { Err(CreateError::FolderNotEmpty) } else { Ok(()) }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Fault::io("reading the folder")(error).into()),
    }
}

/// Removes what an interrupted creation left.
fn clear(folder: &Folder) -> io::Result<()> {
    let database = folder.database();
    for name in ["vault.db", "vault.db-wal", "vault.db-shm", "keys.tmp"] {
        folder::remove_file(&database.with_file_name(name))?;
    }
    match fs::remove_dir_all(folder.objects()) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use std::fs::File;
    use std::os::unix::fs::FileExt as _;

    use super::*;

    /// How often a text occurs in this process's writable memory. It is handed over disguised, and never put together.
    fn occurrences(disguised: &[u8], disguise: u8) -> usize {
        let maps = fs::read_to_string("/proc/self/maps").unwrap();
        let memory = File::open("/proc/self/mem").unwrap();
        let mut found = 0;
        let mut buffer = Vec::new();
        for line in maps.lines().filter(|line| line.contains(" rw") && !line.contains("[v")) {
            let (range, _) = line.split_once(' ').unwrap();
            let (begin, end) = range.split_once('-').unwrap();
            let (begin, end) =
                (u64::from_str_radix(begin, 16).unwrap(), u64::from_str_radix(end, 16).unwrap());
            buffer.clear();
            buffer.resize(usize::try_from(end - begin).unwrap(), 0);
            if memory.read_exact_at(&mut buffer, begin).is_err() {
                continue;
            }
            let here = buffer.windows(disguised.len());
            found +=
                here.filter(|window| window.iter().zip(disguised).all(|(a, b)| a ^ disguise == *b)).count();
            // The buffer is memory too, and the next round reads it.
            buffer.fill(0);
        }
        found
    }

    fn disguised(bytes: &[u8]) -> Vec<u8> {
        bytes.iter().map(|byte| byte ^ 0xA5).collect()
    }

    #[test]
    fn a_closed_vault_leaves_neither_database_key_nor_passphrase_in_memory() {
        let dir = tempfile::tempdir().unwrap();
        let typed = || Sensitive::new(["open", "sesame", "四十大盗"].join("-"));
        drop(Vault::create(dir.path(), &typed(), KdfCost::FLOOR, DateTime::UNIX_EPOCH).unwrap());
        let passphrase = typed();
        let vault = Vault::open(dir.path(), Secret::Passphrase(&passphrase)).unwrap();
        vault.check().unwrap();
        let needles = [
            ("passphrase", disguised(passphrase.expose().as_bytes())),
            ("database key", disguised(vault.database_key.bytes())),
        ];
        for (what, needle) in &needles {
            assert!(occurrences(needle, 0xA5) > 0, "the search finds the {what} while it is in use");
        }
        let hex: Vec<u8> =
            vault.database_key.bytes().iter().flat_map(|b| format!("{b:02x}").into_bytes()).collect();
        let hex = (disguised(&hex), zeroize::Zeroizing::new(hex)).0;
        drop(passphrase);
        drop(vault);
        assert_eq!(occurrences(&hex, 0xA5), 0, "the key as text");
        for (what, needle) in &needles {
            assert_eq!(occurrences(needle, 0xA5), 0, "{what}");
        }
    }
}

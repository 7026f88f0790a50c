use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use ashore_domain::AttachmentId;
use rusqlite::Connection;
use sha2::{Digest as _, Sha256};
use tar::{Archive, EntryType};

use super::envelope::{self, Trouble};
use super::manifest::{self, BackupSummary, Inside, LeftOut};
use super::object::{Sealed, prove};
use super::snapshot::{Known, LedgerText, attachments};
use super::write::inside;
use super::{BackupError, DATABASE, KEYS, LEDGER, MANIFEST, OBJECTS, OnProgress, Progress, README, TOP};
use crate::database::{self, IfMissing, connect};
use crate::fault::Fault;
use crate::folder::{self, Folder};
use crate::key::{Key, KeyFile, KeyFileError, Mistyped, random};
use crate::{Secret, VaultError, check, info, migration, open, table};

/// What opens the vault inside.
#[derive(Debug, Clone, Copy)]
pub(super) enum With<'a> {
    /// What the user typed.
    Secret(Secret<'a>),
    /// The key itself, which the vault that is being saved has at hand.
    Key(&'a Key),
}

/// A folder of our own among the temporary ones, gone when this is dropped. Only encrypted pages ever lie in it.
#[derive(Debug)]
pub(super) struct Scratch(PathBuf);

impl Scratch {
    pub(super) fn new() -> Result<Self, BackupError> {
        let mut bytes = [0; 16];
        random(&mut bytes)?;
        let name = format!("ashore-{}", AttachmentId::from_bytes(bytes));
        // Nothing in clear: key file and database as they are in the vault, encrypted.
        #[allow(clippy::disallowed_methods)]
        let path = std::env::temp_dir().join(name);
        open::make_private(&path).map_err(Fault::io("making a temporary folder"))?;
        Ok(Self(path))
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// Reads a backup to its last byte and proves all of it: envelope, order, digests, key file, every page, the chain, the
/// tables against a replay, the ledger in clear against the database, every chunk of every attached file, the manifest.
///
/// Key file and database are laid down in `place` as it goes, the attached files too if they are to be `kept`.
pub(super) fn examine(
    path: &Path,
    words: SecretString,
    with: With<'_>,
    place: &Folder,
    kept: bool,
    on: OnProgress<'_>,
) -> Result<BackupSummary, BackupError> {
    let trouble = Trouble::default();
    let file = File::open(path).map_err(BackupError::Unreadable)?;
    let total = file.metadata().map_err(BackupError::Unreadable)?.len();
    let sealed = envelope::open(file, words, &trouble)?;
    let mut reader = Examiner {
        place,
        kept,
        progress: Progress { verifying: true, done: 0, total },
        on,
        files: Vec::new(),
        opened: None,
        objects: BTreeMap::new(),
        object_bytes: 0,
    };
    let read = reader.read(sealed, with);
    // If the disk itself failed, that is what happened, whatever it looked like further up.
    match trouble.take() {
        Some(real) if read.is_err() => Err(BackupError::Unreadable(real)),
        _ => read,
    }
}

/// The database inside, opened.
struct Opened {
    db: Connection,
    key: Key,
    keys: KeyFile,
}

struct Examiner<'a> {
    place: &'a Folder,
    kept: bool,
    progress: Progress,
    on: OnProgress<'a>,
    files: Vec<Inside>,
    opened: Option<Opened>,
    /// What the database knows and no entry has shown yet.
    objects: BTreeMap<String, Known>,
    object_bytes: u64,
}

impl Examiner<'_> {
    fn read(&mut self, sealed: impl Read, with: With<'_>) -> Result<BackupSummary, BackupError> {
        let mut archive = Archive::new(sealed);
        let mut stated = None;
        let mut keys = None;
        for entry in archive.entries().map_err(damage)? {
            let mut entry = entry.map_err(damage)?;
            let path = String::from_utf8(entry.path_bytes().into_owned()).unwrap_or_default();
            let foreign = || BackupError::damaged("it holds something that is no part of a backup");
            let name = path.strip_prefix(TOP).ok_or_else(foreign)?.to_owned();
            if entry.header().entry_type() != EntryType::Regular || stated.is_some() {
                return Err(foreign());
            }
            let size = entry.size();
            // The order is fixed: each part is proved with what came before it.
            match (name.as_str(), self.files.len()) {
                (README, 0) => drop(self.small(&mut entry, &name)?),
                (KEYS, 1) => keys = Some(self.key_file(&mut entry, &name)?),
                (DATABASE, 2) => {
                    self.lay_down(&mut entry, &name, &self.place.database())?;
                    let keys = keys.take().ok_or_else(foreign)?;
                    self.open_database(keys, with)?;
                }
                (LEDGER, 3) => self.ledger(&mut entry, &name)?,
                (MANIFEST, 4..) => stated = Some(self.small(&mut entry, &name)?),
                (object, 4..) if object.starts_with(OBJECTS) => self.object(&mut entry, &name, size)?,
                _ => return Err(foreign()),
            }
            if name != MANIFEST && self.files.last().is_none_or(|last| last.bytes != size) {
                return Err(BackupError::damaged("a part is shorter than it says"));
            }
        }
        // The end of the tar is proved like the rest: nothing but zeros, and the envelope's own last chunk.
        let mut rest = archive.into_inner();
        let mut buffer = [0; 4096];
        loop {
            match rest.read(&mut buffer).map_err(damage)? {
                0 => break,
                length if buffer.iter().take(length).all(|byte| *byte == 0) => {}
                _ => return Err(BackupError::damaged("something stands after its end")),
            }
        }
        let stated = stated.ok_or_else(|| BackupError::damaged("it ends before its manifest"))?;
        self.compare(&stated)
    }

    /// A part that fits into memory.
    fn small(&mut self, entry: &mut impl Read, name: &str) -> Result<Vec<u8>, BackupError> {
        const MOST: u64 = 256 * 1024 * 1024;
        let mut bytes = Vec::new();
        self.watch(entry).take(MOST).read_to_end(&mut bytes).map_err(|error| self.told(error))?;
        self.note(name, &bytes);
        Ok(bytes)
    }

    fn key_file(&mut self, entry: &mut impl Read, name: &str) -> Result<KeyFile, BackupError> {
        let bytes = self.small(&mut entry.take(KeyFile::BYTES_MAX), name)?;
        let keys = KeyFile::read(&bytes).map_err(|error| match error {
            KeyFileError::Damaged(reason) => BackupError::damaged(format!("its key file: {reason}")),
            KeyFileError::TooWeak => {
                BackupError::damaged("its key file asks for a key derivation that is too weak")
            }
            KeyFileError::Newer(found) => BackupError::Newer { found, known: KeyFile::FORMAT },
        })?;
        let place = self.place.keys();
        fs::write(&place, bytes).and_then(|()| sync(&place)).map_err(Fault::io("writing the key file"))?;
        Ok(keys)
    }

    /// Copies a part to a file, which is synced.
    fn lay_down(&mut self, entry: &mut impl Read, name: &str, to: &Path) -> Result<(), BackupError> {
        let failed = Fault::io("writing a file of the backup");
        let mut file = File::create(to).map_err(&failed)?;
        let (mut digest, mut bytes) = (Sha256::new(), 0);
        let mut buffer = vec![0; 256 * 1024];
        loop {
            let length = self.watch(entry).read(&mut buffer).map_err(|error| self.told(error))?;
            let read = buffer.get(..length).unwrap_or_default();
            if read.is_empty() {
                break;
            }
            digest.update(read);
            bytes += length as u64;
            file.write_all(read).map_err(&failed)?;
        }
        file.sync_all().map_err(&failed)?;
        self.files.push(Inside { path: name.to_owned(), bytes, sha256: digest.finalize().into() });
        Ok(())
    }

    fn open_database(&mut self, keys: KeyFile, with: With<'_>) -> Result<(), BackupError> {
        let key = match with {
            With::Key(key) => key.clone(),
            With::Secret(secret) => {
                let (slot, bytes) = secret.bytes().map_err(|Mistyped| BackupError::RecoveryCodeMistyped)?;
                // It opened the envelope, so it is no typing mistake of the user's.
                let other = || BackupError::damaged("its key file does not open with what opened the file");
                keys.unwrap(slot, &bytes)?.ok_or_else(other)?
            }
        };
        // Each of these reads all of it once, and whoever ends it waits for one at most: the key is in memory so long.
        self.ask()?;
        let fresh = || connect(&self.place.database(), &key, IfMissing::Refuse);
        let db = fresh()?;
        let found = migration::version(&db)?;
        if found > migration::known() {
            return Err(BackupError::Newer { found, known: migration::known() });
        }
        let broken = BackupError::damaged("its database does not verify");
        open::read_meta(&db, &keys)
            .map_err(|_| BackupError::damaged("its database belongs to another key file"))?;
        let pages = check::messages(fresh(), "PRAGMA cipher_integrity_check");
        self.ask()?;
        let structure = check::messages(fresh(), "PRAGMA integrity_check");
        self.ask()?;
        if !pages.is_empty() || structure != ["ok"] {
            return Err(broken);
        }
        // An older schema has other tables; its ledger is the same and is verified below.
        if found == migration::known() {
            let differing = check::differing(&db, &mut || (self.on)(self.progress));
            self.ask()?;
            if !differing.map_err(proved)?.is_empty() {
                return Err(BackupError::damaged("its tables are not what its ledger says"));
            }
        }
        let known = attachments(&db)?;
        self.objects = known.into_iter().map(|known| (inside(known.id), known)).collect();
        self.opened = Some(Opened { db, key, keys });
        Ok(())
    }

    /// The ledger in clear, against the one in the database.
    fn ledger(&mut self, entry: &mut impl Read, name: &str) -> Result<(), BackupError> {
        let opened = self.opened.take().ok_or_else(|| BackupError::damaged("it has no database"))?;
        let differs = || BackupError::damaged("its ledger in clear is not that of its database");
        let mut ours = LedgerText::new(&opened.db);
        let (mut digest, mut bytes) = (Sha256::new(), 0);
        let (mut theirs, mut own) = (vec![0; 64 * 1024], vec![0; 64 * 1024]);
        loop {
            let length = self.watch(entry).read(&mut theirs).map_err(|error| self.told(error))?;
            let read = theirs.get(..length).unwrap_or_default();
            if read.is_empty() {
                break;
            }
            let same = own.get_mut(..length).ok_or_else(differs)?;
            ours.read_exact(same).map_err(|_| differs())?;
            if same != read {
                return Err(differs());
            }
            digest.update(read);
            bytes += length as u64;
        }
        if ours.read(&mut own).map_err(|_| differs())? != 0 {
            return Err(differs());
        }
        self.files.push(Inside { path: name.to_owned(), bytes, sha256: digest.finalize().into() });
        self.opened = Some(opened);
        Ok(())
    }

    fn object(&mut self, entry: &mut impl Read, name: &str, size: u64) -> Result<(), BackupError> {
        let unknown = || BackupError::damaged("it holds a file its database does not know");
        let known = self.objects.remove(name).ok_or_else(unknown)?;
        let failed = Fault::io("writing a file of the backup");
        let mut copy = Copy { digest: Sha256::new(), bytes: 0, file: None, failed: None };
        if self.kept {
            let to = self.place.object(known.id);
            let shelf = to.parent().unwrap_or(self.place.root());
            folder::make_folder(&self.place.objects())
                .and_then(|()| folder::make_folder(shelf))
                .map_err(&failed)?;
            copy.file = Some(File::create(&to).map_err(&failed)?);
        }
        let proved = prove(&mut self.watch(entry), known.bytes, &known.key, &mut copy)?;
        if let Some(error) = copy.failed {
            return Err(failed(error).into());
        }
        let changed = || BackupError::damaged(format!("the attached file {} in it was changed", known.id));
        if proved.map_err(|error| self.told(error))? != Sealed::Whole(known.sha256) || copy.bytes != size {
            return Err(changed());
        }
        if let Some(file) = copy.file {
            file.sync_all().map_err(&failed)?;
        }
        self.object_bytes += copy.bytes;
        let sha256 = copy.digest.finalize().into();
        self.files.push(Inside { path: name.to_owned(), bytes: copy.bytes, sha256 });
        Ok(())
    }

    /// What was found against what the manifest says.
    fn compare(&mut self, stated: &[u8]) -> Result<BackupSummary, BackupError> {
        let (summary, mut files) = manifest::read(stated)?;
        files.push(Inside {
            path: MANIFEST.to_owned(),
            bytes: stated.len() as u64,
            sha256: Sha256::digest(stated).into(),
        });
        if files != self.files {
            return Err(BackupError::damaged("its parts are not those its manifest names"));
        }
        let opened = self.opened.take().ok_or_else(|| BackupError::damaged("it has no database"))?;
        let left_out: Vec<AttachmentId> = self.objects.values().map(|known| known.id).collect();
        let said: Vec<AttachmentId> = summary.left_out.iter().map(|l: &LeftOut| l.attachment).collect();
        let database = self.files.get(2).map_or(0, |file| file.bytes);
        let found = BackupSummary {
            made_at: summary.made_at,
            vault: opened.keys.vault.clone(),
            vault_created_at: opened.keys.created_at,
            schema_version: migration::version(&opened.db)?,
            counts: info::counts(&opened.db)?,
            head: table::verify(&opened.db).map_err(proved)?.h,
            database_bytes: database,
            object_bytes: self.object_bytes,
            left_out: summary.left_out.clone(),
        };
        if left_out != said || found != summary {
            return Err(BackupError::damaged("its contents are not what its manifest says"));
        }
        // Nothing of the connection stays beside the database file.
        database::checkpoint(&opened.db)?;
        drop(opened.key);
        Ok(summary)
    }

    fn note(&mut self, name: &str, bytes: &[u8]) {
        let sha256 = Sha256::digest(bytes).into();
        self.files.push(Inside { path: name.to_owned(), bytes: bytes.len() as u64, sha256 });
    }

    fn watch<'s, R: Read>(&'s mut self, entry: &'s mut R) -> Watch<'s, R> {
        Watch { entry, progress: &mut self.progress, on: &mut *self.on }
    }

    /// Goes on if nobody has stopped it.
    fn ask(&mut self) -> Result<(), BackupError> {
        if (self.on)(self.progress) { Ok(()) } else { Err(BackupError::Stopped) }
    }

    /// An error while reading: the user stopped it, or the bytes are not those that were sealed.
    fn told(&self, error: io::Error) -> BackupError {
        if error.get_ref().is_some_and(|inner| inner.is::<Stop>()) {
            BackupError::Stopped
        } else {
            damage(error)
        }
    }
}

/// Reports progress and can be told to stop.
struct Watch<'s, R> {
    entry: &'s mut R,
    progress: &'s mut Progress,
    on: &'s mut dyn FnMut(Progress) -> bool,
}

/// The user stopped the work.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
struct Stop;

impl<R: Read> Read for Watch<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if !(self.on)(*self.progress) {
            return Err(io::Error::other(Stop));
        }
        let length = self.entry.read(out)?;
        self.progress.done = self.progress.total.min(self.progress.done + length as u64);
        Ok(length)
    }
}

/// Hashes and counts what passes, and keeps it if it is to be kept.
struct Copy {
    digest: Sha256,
    bytes: u64,
    file: Option<File>,
    failed: Option<io::Error>,
}

impl io::Write for Copy {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.digest.update(bytes);
        self.bytes += bytes.len() as u64;
        if let Some(error) = self.file.as_mut().and_then(|file| file.write_all(bytes).err()) {
            let kind = error.kind();
            self.failed = Some(error);
            return Err(kind.into());
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn damage(_: io::Error) -> BackupError {
    BackupError::damaged("it was changed or cut short")
}

/// What the database inside says about itself while it is proved.
fn proved(error: VaultError) -> BackupError {
    match error {
        VaultError::NoSpace => BackupError::NoSpace,
        VaultError::Io { doing, source } => BackupError::Io { doing, source },
        other => BackupError::damaged(other.to_string()),
    }
}

fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

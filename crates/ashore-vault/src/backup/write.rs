use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::iter;
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use age::{Encryptor, scrypt};
use sha2::{Digest as _, Sha256};
use tar::{Builder, EntryType, Header};

use super::envelope::{self, WORK};
use super::examine::{Scratch, With, examine};
use super::manifest::{self, BackupSummary, Inside, LeftOut};
use super::object::{Sealed, prove};
use super::snapshot::{LedgerText, Snapshot, attachments};
use super::{BackupError, DATABASE, KEYS, LEDGER, MANIFEST, OBJECTS, OnProgress, Progress, README, TOP};
use crate::Secret;
use crate::attachment::chunk;
use crate::fault::Fault;
use crate::folder::{self, Folder};
use crate::key::Mistyped;

const HOW_TO_READ: &str = include_str!("README.txt");

impl Snapshot {
    /// Writes the backup to `to`, opened later by `secret`, which must open the vault too. What was there before is
    /// replaced in one step, and only after the new file was read back to its end and found to hold the same ledger.
    ///
    /// # Errors
    /// `secret` does not open the vault, the disk failed, or it was stopped. `to` is then as it was.
    pub fn write(
        &self,
        to: &Path,
        secret: Secret<'_>,
        on: OnProgress<'_>,
    ) -> Result<BackupSummary, BackupError> {
        let mistyped = |Mistyped| BackupError::RecoveryCodeMistyped;
        let (slot, bytes) = secret.bytes().map_err(mistyped)?;
        let opened = self.keys.unwrap(slot, &bytes)?;
        if opened.is_none_or(|key| key.bytes() != self.database_key.bytes()) {
            return Err(BackupError::WrongSecret);
        }
        self.write_sealed(to, &envelope::words(secret).map_err(mistyped)?, WORK, on)
    }

    /// The same, at a cost of the envelope that tests choose.
    pub(crate) fn write_sealed(
        &self,
        to: &Path,
        words: &SecretString,
        work: u8,
        on: OnProgress<'_>,
    ) -> Result<BackupSummary, BackupError> {
        let failed = Fault::io("writing the backup");
        let part = beside(to, ".part");
        let written = (|| {
            let summary = self.pour(&part, words, work, on)?;
            let scratch = Scratch::new()?;
            let with = With::Key(&self.database_key);
            let read = examine(&part, words.clone(), with, &Folder::new(scratch.path()), false, on)?;
            if read != summary {
                return Err(BackupError::damaged("what was read back is not what was written"));
            }
            fs::rename(&part, to).map_err(&failed)?;
            let above = to.parent().filter(|above| !above.as_os_str().is_empty());
            folder::sync_folder(above.unwrap_or(Path::new("."))).map_err(&failed)?;
            Ok(summary)
        })();
        // A part that stays behind would look like a backup.
        written.inspect_err(|_| drop(fs::remove_file(&part)))
    }

    fn pour(
        &self,
        part: &Path,
        words: &SecretString,
        work: u8,
        on: OnProgress<'_>,
    ) -> Result<BackupSummary, BackupError> {
        let failed = Fault::io("writing the backup");
        let file = private(part).map_err(&failed)?;
        let mut recipient = scrypt::Recipient::new(words.clone());
        recipient.set_work_factor(work);
        let encryptor = Encryptor::with_recipients(iter::once(&recipient as &dyn age::Recipient))
            .map_err(|error| failed(io::Error::other(error)))?;
        let sealed = encryptor.wrap_output(BufWriter::with_capacity(256 * 1024, file)).map_err(&failed)?;

        let objects = attachments(&self.db)?;
        let sizes = objects.iter().filter_map(|known| chunk::sealed_size(known.bytes));
        let total = self.summary.database_bytes + self.ledger_bytes + sizes.sum::<u64>();
        let mut summary = self.summary.clone();
        let mut packer = Packer {
            tar: Builder::new(sealed),
            files: Vec::new(),
            made: summary.made_at.timestamp().try_into().unwrap_or(0),
            progress: Progress { verifying: false, done: 0, total },
            on,
        };
        let keys = self.keys.to_bytes()?;
        packer.add(README, HOW_TO_READ.len() as u64, &mut HOW_TO_READ.as_bytes())?;
        packer.add(KEYS, keys.len() as u64, &mut keys.as_slice())?;
        packer.add(DATABASE, summary.database_bytes, &mut self.database()?.take(summary.database_bytes))?;
        packer.add(LEDGER, self.ledger_bytes, &mut LedgerText::new(&self.db))?;
        for known in &objects {
            let path = self.folder.object(known.id);
            let left_out = |missing| LeftOut { attachment: known.id, missing };
            let mut object = match File::open(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    summary.left_out.push(left_out(true));
                    continue;
                }
                other => other.map_err(Fault::io("reading a stored file"))?,
            };
            // What is damaged is named and left out; it must not keep all the rest from being saved.
            let size = object.metadata().map_err(Fault::io("reading a stored file"))?.len();
            let proved = prove(&mut object, known.bytes, &known.key, &mut io::sink())?
                .map_err(Fault::io("reading a stored file"))?;
            if proved != Sealed::Whole(known.sha256) || chunk::sealed_size(known.bytes) != Some(size) {
                summary.left_out.push(left_out(false));
                continue;
            }
            let mut object = File::open(&path).map_err(Fault::io("reading a stored file"))?;
            packer.add(&inside(known.id), size, &mut object)?;
            summary.object_bytes += size;
        }
        let stated = manifest::write(&summary, &packer.files)?;
        packer.add(MANIFEST, stated.len() as u64, &mut stated.as_slice())?;
        let sealed = packer.tar.into_inner().map_err(&failed)?;
        let file =
            sealed.finish().and_then(|buffer| buffer.into_inner().map_err(io::IntoInnerError::into_error));
        file.and_then(|file| file.sync_all()).map_err(&failed)?;
        Ok(summary)
    }
}

/// Where an attached file lies inside.
pub(super) fn inside(id: ashore_domain::AttachmentId) -> String {
    let name = id.to_string();
    format!("{OBJECTS}{}/{name}", name.get(..2).unwrap_or_default())
}

/// The same name with something after it: a sibling on the same disk.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// A new file that only its owner may read, where the system knows owners.
fn private(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}

/// The tar in the making, and what was put into it so far.
struct Packer<'a, W: Write> {
    tar: Builder<W>,
    files: Vec<Inside>,
    made: u64,
    progress: Progress,
    on: OnProgress<'a>,
}

impl<W: Write> Packer<'_, W> {
    fn add(&mut self, path: &str, bytes: u64, source: &mut dyn Read) -> Result<(), BackupError> {
        let failed = Fault::io("writing the backup");
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o600);
        header.set_mtime(self.made);
        header.set_size(bytes);
        header.set_path(format!("{TOP}{path}")).map_err(&failed)?;
        header.set_cksum();
        let mut poured = Poured {
            source,
            digest: Sha256::new(),
            bytes: 0,
            stopped: false,
            progress: self.progress,
            on: &mut *self.on,
        };
        let appended = self.tar.append(&header, &mut poured);
        if poured.stopped {
            return Err(BackupError::Stopped);
        }
        let (read, digest) = (poured.bytes, poured.digest);
        self.progress.done += read;
        appended.map_err(&failed)?;
        if read != bytes {
            return Err(failed(io::Error::other("a file changed its size while it was read")).into());
        }
        self.files.push(Inside { path: path.to_owned(), bytes, sha256: digest.finalize().into() });
        Ok(())
    }
}

/// A source that is hashed, counted and can be stopped while it is poured.
struct Poured<'a> {
    source: &'a mut dyn Read,
    digest: Sha256,
    bytes: u64,
    stopped: bool,
    progress: Progress,
    on: OnProgress<'a>,
}

impl Read for Poured<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // The small parts are not in the total.
        let done = self.progress.total.min(self.progress.done + self.bytes);
        if !(self.on)(Progress { done, ..self.progress }) {
            self.stopped = true;
            return Err(io::Error::other("stopped"));
        }
        let length = self.source.read(out)?;
        self.digest.update(out.get(..length).unwrap_or_default());
        self.bytes += length as u64;
        Ok(length)
    }
}

//! A folder that appears whole or not at all: written beside its place, synced, then renamed.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use ashore_evidence::Digest;
use ashore_evidence::pack;
use std::collections::BTreeMap;

use crate::ended::{OnBytes, ended};
use crate::whole::sync_folder;
use crate::{AppError, ErrorCode};

/// A folder in the making. Dropped before [`Outgoing::settle`] it vanishes.
#[derive(Debug)]
pub(super) struct Outgoing {
    target: PathBuf,
    making: PathBuf,
    pub(super) digests: BTreeMap<String, Digest>,
    pub(super) bytes: u64,
}

pub(super) fn refused(error: io::Error) -> AppError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            AppError::new(ErrorCode::NoSpace, "there is no space left; nothing was written")
        }
        io::ErrorKind::InvalidData => {
            AppError::new(ErrorCode::AttachmentDamaged, "a stored file is damaged; nothing was written out")
        }
        _ => AppError::new(ErrorCode::Io, format!("the folder could not be written: {error}")),
    }
}

/// Refuses a place where something lies already.
pub(super) fn must_be_free(target: &Path) -> Result<(), AppError> {
    let taken = match fs::symlink_metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(refused(error)),
        Ok(found) if found.is_dir() => fs::read_dir(target).map_err(refused)?.next().is_some(),
        Ok(_) => true,
    };
    if taken {
        let message = "something is there already; choose an empty folder or a new name";
        return Err(AppError::field(ErrorCode::FolderNotEmpty, "output", message));
    }
    Ok(())
}

/// Where something called `name` goes when the user chose `folder`: the folder itself when it is empty, else a new one
/// inside it.
#[must_use]
pub fn place_within(folder: &Path, name: &str) -> PathBuf {
    let empty = fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_none());
    if empty {
        return folder.to_owned();
    }
    let name: String = name.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).collect();
    let name = if name.is_empty() { "ashore".to_owned() } else { name };
    let free = |place: &PathBuf| fs::symlink_metadata(place).is_err();
    let mut others = (2..1000).map(|number| folder.join(format!("{name}-{number}")));
    let first = folder.join(&name);
    if free(&first) { first } else { others.find(free).unwrap_or(first) }
}

/// The name beside `target` under which it is made.
pub(super) fn beside(target: &Path) -> Result<PathBuf, AppError> {
    let name = target.file_name().ok_or_else(|| {
        AppError::field(ErrorCode::BadRequest, "output", "name a folder, not a place above all folders")
    })?;
    Ok(target.with_file_name(format!(".{}.ashore-part", name.to_string_lossy())))
}

impl Outgoing {
    /// # Errors
    /// Something lies at `target` already, or the disk refuses.
    pub(super) fn begin(target: &Path) -> Result<Self, AppError> {
        must_be_free(target)?;
        let making = beside(target)?;
        // What an interrupted run left behind under our own name goes first.
        if let Err(error) = fs::remove_dir_all(&making)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(refused(error));
        }
        fs::create_dir_all(&making).map_err(refused)?;
        Ok(Self { target: target.to_owned(), making, digests: BTreeMap::new(), bytes: 0 })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.making
    }

    /// A new file inside, its folders made.
    pub(super) fn create(&self, path: &str) -> io::Result<File> {
        let place = self.making.join(path);
        if let Some(folder) = place.parent() {
            fs::create_dir_all(folder)?;
        }
        File::options().write(true).create_new(true).open(place)
    }

    /// Writes a file from `source`, remembering its digest.
    pub(super) fn put(
        &mut self,
        path: &str,
        source: &mut dyn Read,
        told: OnBytes<'_>,
        total: u64,
    ) -> Result<Digest, AppError> {
        let mut file = Hashing::new(self.create(path).map_err(refused)?);
        let mut piece = vec![0; 256 * 1024];
        loop {
            let length = source.read(&mut piece).map_err(refused)?;
            if length == 0 {
                break;
            }
            file.write_all(piece.get(..length).unwrap_or_default()).map_err(refused)?;
            if !told(self.bytes + file.bytes, total) {
                return Err(ended());
            }
        }
        self.close(path, file)
    }

    /// Takes a finished file in.
    pub(super) fn close(&mut self, path: &str, file: Hashing) -> Result<Digest, AppError> {
        let (digest, bytes) = file.finish().map_err(refused)?;
        self.digests.insert(path.to_owned(), digest);
        self.bytes += bytes;
        Ok(digest)
    }

    /// Writes a file from memory.
    pub(super) fn write(&mut self, path: &str, bytes: &[u8]) -> Result<Digest, AppError> {
        self.put(path, &mut &*bytes, &mut |_, _| true, 0)
    }

    /// The manifest of what was written under (or, without `inside`, outside) `data/`.
    pub(super) fn manifest(&self, inside: bool) -> String {
        let chosen = self.digests.iter().filter(|(path, _)| path.starts_with("data/") == inside);
        pack::manifest(&chosen.map(|(path, digest)| (path.clone(), *digest)).collect())
    }

    /// Everything to the disk; it can still vanish.
    pub(super) fn sync(&self) -> Result<(), AppError> {
        let mut folders = vec![self.making.clone()];
        while let Some(folder) = folders.pop() {
            sync_folder(Some(&folder)).map_err(refused)?;
            for entry in fs::read_dir(&folder).map_err(refused)? {
                let entry = entry.map_err(refused)?;
                if entry.file_type().map_err(refused)?.is_dir() {
                    folders.push(entry.path());
                }
            }
        }
        Ok(())
    }

    /// Puts the folder in its place.
    pub(super) fn settle(self) -> Result<(), AppError> {
        // An empty folder may stand there; it was looked at before.
        if let Err(error) = fs::remove_dir(&self.target)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(refused(error));
        }
        fs::rename(&self.making, &self.target).map_err(refused)?;
        sync_folder(self.target.parent()).map_err(refused)
    }
}

impl Drop for Outgoing {
    fn drop(&mut self) {
        // Settled it is no longer there, and nobody is left to tell otherwise.
        let _ = fs::remove_dir_all(&self.making);
    }
}

/// A file that knows the digest of what was written to it.
#[derive(Debug)]
pub(super) struct Hashing {
    file: io::BufWriter<File>,
    digest: ashore_evidence::Hasher,
    pub(super) bytes: u64,
}

impl Hashing {
    pub(super) fn new(file: File) -> Self {
        Self {
            file: io::BufWriter::with_capacity(1 << 18, file),
            digest: ashore_evidence::Hasher::default(),
            bytes: 0,
        }
    }

    fn finish(self) -> io::Result<(Digest, u64)> {
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok((self.digest.finish(), self.bytes))
    }
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or_default());
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

use std::fs::{self, File, TryLockError};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use ashore_domain::AttachmentId;

use crate::fault::Fault;

/// Where everything of a vault lies.
#[derive(Debug, Clone)]
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(root: &Path) -> Self {
        Self(root.to_path_buf())
    }

    pub(crate) fn root(&self) -> &Path {
        &self.0
    }

    pub(crate) fn keys(&self) -> PathBuf {
        self.0.join("keys.json")
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("vault.db")
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.0.join("vault.db-wal")
    }

    pub(crate) fn lock(&self) -> PathBuf {
        self.0.join("vault.lock")
    }

    /// There while a vault is being created: whatever lies beside it without `keys.json` was never finished.
    pub(crate) fn unfinished(&self) -> PathBuf {
        self.0.join("unfinished")
    }

    pub(crate) fn objects(&self) -> PathBuf {
        self.0.join("objects")
    }

    pub(crate) fn tmp(&self) -> PathBuf {
        self.objects().join("tmp")
    }

    pub(crate) fn object(&self, id: AttachmentId) -> PathBuf {
        let name = id.to_string();
        self.objects().join(name.get(..2).unwrap_or_default()).join(name)
    }
}

/// The lock that lets one process at a time into a vault; held until dropped.
pub(crate) fn lock(folder: &Folder) -> Result<Option<File>, Fault> {
    let doing = Fault::io("locking the vault");
    let file =
        File::options().create(true).truncate(false).write(true).open(folder.lock()).map_err(&doing)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(doing(error)),
    }
}

impl Folder {
    /// Whether the vault still lies where it was opened. What is written to a folder that was moved away or deleted, or
    /// to a disk that was unplugged, would go with it.
    pub(crate) fn still_holds(&self, lock: &File) -> Result<(), Fault> {
        let doing = Fault::io("looking for the vault's folder");
        let (there, ours) = (fs::metadata(self.lock()).map_err(&doing)?, lock.metadata().map_err(&doing)?);
        if same(&there, &ours) { Ok(()) } else { Err(doing(io::ErrorKind::NotFound.into())) }
    }
}

#[cfg(unix)]
fn same(there: &fs::Metadata, ours: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    (there.dev(), there.ino()) == (ours.dev(), ours.ino())
}

/// Elsewhere a folder cannot go while a file in it is open.
#[cfg(not(unix))]
fn same(_there: &fs::Metadata, _ours: &fs::Metadata) -> bool {
    true
}

/// `bytes` at `path`, or what was there before: never a half of either, whatever happens meanwhile.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let tmp = path.with_extension("tmp");
    let write = || {
        let mut file = File::create(&tmp)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&tmp, path)?;
        path.parent().map_or(Ok(()), sync_folder)
    };
    write().inspect_err(|_| drop(fs::remove_file(&tmp)))
}

/// Says that a folder is being filled, before anything else lies in it. The mark is empty and made in one step: a half of it
/// under another name would be taken for something foreign.
pub(crate) fn mark_unfinished(folder: &Folder) -> io::Result<()> {
    File::create(folder.unfinished())?.sync_all()?;
    sync_folder(folder.root())
}

/// Makes names in a folder survive a loss of power. Only Unix knows folders that can be synced.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// `folder` exists and its name survives a loss of power.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    match fs::create_dir(folder) {
        Ok(()) => folder.parent().map_or(Ok(()), sync_folder),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

/// The file is gone, whether it was there or not.
pub(crate) fn remove_file(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

use std::fs::{self, File};
use std::io::Read;
use std::path::PathBuf;

use ashore_domain::{AttachmentId, FileRef};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::seal::seal_into;
use crate::fault::Fault;
use crate::folder::{self, Folder};
use crate::key::{Key, random};
use crate::{StageError, VaultError};

/// A file whose encrypted copy is safely on the disk, waiting to be named by a fact. Dropped before, it is removed.
#[derive(Debug)]
pub struct Staged {
    file: FileRef,
    key: Key,
    written: Written,
}

impl Staged {
    /// How a record names it: name, size, digest, `original`. For a derived file set `original` and `derived_from` in
    /// a copy.
    #[must_use]
    pub const fn file(&self) -> &FileRef {
        &self.file
    }

    pub(crate) const fn key(&self) -> &Key {
        &self.key
    }

    /// Moves the object to the place where it stays. The name is durable when this returns.
    pub(crate) fn settle(&self, folder: &Folder) -> Result<(), VaultError> {
        let place = folder.object(self.file.attachment);
        let settle = || {
            let shelf = place.parent().unwrap_or(folder.root());
            folder::make_folder(shelf)?;
            fs::rename(&self.written.0, &place)?;
            folder::sync_folder(shelf)
        };
        settle().map_err(|error| Fault::io("storing a file")(error).into())
    }
}

/// A file in the making; removed unless it was renamed.
#[derive(Debug)]
struct Written(PathBuf);

impl Drop for Written {
    fn drop(&mut self) {
        // Nothing can be done about a failure here; the next start sweeps what is left.
        drop(fs::remove_file(&self.0));
    }
}

/// The identifier of a file's content: a keyed digest, so that nobody without the vault can confirm a guess at it, and
/// the same content is stored once.
pub(crate) fn identify(object_key: &Key, sha256: &[u8; 32]) -> Result<AttachmentId, Fault> {
    let mut mac = Hmac::<Sha256>::new_from_slice(object_key.bytes()).map_err(|_| Fault::Damaged)?;
    mac.update(b"ashore:object:v1\n");
    mac.update(sha256);
    let digest: [u8; 32] = mac.finalize().into_bytes().into();
    let id = digest.first_chunk().copied().ok_or(Fault::Damaged)?;
    Ok(AttachmentId::from_bytes(id))
}

/// Encrypts `source` to its end into the vault's folder and syncs it.
pub(crate) fn stage(
    folder: &Folder,
    object_key: &Key,
    source: &mut dyn Read,
    name: &str,
    mime: &str,
) -> Result<Staged, StageError> {
    let failed = Fault::io("storing a file");
    let key = Key::random()?;
    let written = Written(folder.tmp().join(random_name()?));
    folder::make_folder(&folder.objects())
        .and_then(|()| folder::make_folder(&folder.tmp()))
        .map_err(&failed)?;
    let mut object = File::options().write(true).create_new(true).open(&written.0).map_err(&failed)?;
    let (sha256, bytes) = seal_into(&mut object, &key, source)?;
    object.sync_all().map_err(&failed)?;
    let file = FileRef {
        attachment: identify(object_key, &sha256)?,
        name: name.to_owned(),
        mime: mime.to_owned(),
        bytes,
        sha256,
        original: true,
        derived_from: None,
    };
    Ok(Staged { file, key, written })
}

fn random_name() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    random(&mut bytes)?;
    Ok(AttachmentId::from_bytes(bytes).to_string())
}

use std::fs::{self, File};
use std::io::{self, Read, Write as _};
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread;

use ashore_domain::{AttachmentId, FileRef};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::chunk::{CHUNK, ChunkCipher, TAG};
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

/// Clear bytes read, hashed and sealed at a time: whole chunks.
const BLOCK: usize = 16 * CHUNK;
/// Blocks on their way at once.
const AHEAD: usize = 4;

type Block = Zeroizing<Vec<u8>>;

/// Seals `source` to its end into `object`; its digest and size. A large file is read, hashed and sealed side by side.
fn seal_into(object: &mut File, key: &Key, source: &mut dyn Read) -> Result<([u8; 32], u64), StageError> {
    let mut sealer = Sealer { cipher: ChunkCipher::new(key)?, number: 0, sealed: Vec::new(), object };
    let mut digest = Sha256::new();
    // A block is the last if nothing follows it, so one is read ahead.
    let mut block = read_block(source).map_err(StageError::Source)?;
    let mut next = read_block(source).map_err(StageError::Source)?;
    let mut bytes = block.len() as u64;
    if next.is_empty() {
        digest.update(&*block);
        sealer.seal(&block, true)?;
        return Ok((digest.finalize().into(), bytes));
    }
    thread::scope(|scope| {
        let (to_hash, hash) = mpsc::sync_channel::<Arc<Block>>(AHEAD);
        let (to_seal, seal) = mpsc::sync_channel::<(Arc<Block>, bool)>(AHEAD);
        let hasher = scope.spawn(move || {
            for block in hash {
                digest.update(&**block);
            }
            <[u8; 32]>::from(digest.finalize())
        });
        let sealer =
            scope.spawn(move || seal.into_iter().try_for_each(|(block, last)| sealer.seal(&block, last)));
        let read = loop {
            let last = next.is_empty();
            let shared = Arc::new(block);
            // Whoever no longer listens says why when it is joined.
            if to_hash.send(Arc::clone(&shared)).is_err() || to_seal.send((shared, last)).is_err() || last {
                break Ok(());
            }
            block = next;
            bytes += block.len() as u64;
            next = match read_block(source) {
                Ok(next) => next,
                Err(error) => break Err(StageError::Source(error)),
            };
        };
        drop((to_hash, to_seal));
        let (sha256, sealed) = (hasher.join(), sealer.join());
        read?;
        sealed.map_err(|_| Fault::Damaged)??;
        Ok((sha256.map_err(|_| Fault::Damaged)?, bytes))
    })
}

/// Seals block after block and writes each at once.
struct Sealer<'f> {
    cipher: ChunkCipher,
    number: u64,
    sealed: Vec<u8>,
    object: &'f mut File,
}

impl Sealer<'_> {
    fn seal(&mut self, block: &[u8], last: bool) -> Result<(), StageError> {
        self.sealed.clear();
        let count = block.len().div_ceil(CHUNK).max(1);
        let mut buffer = Zeroizing::new(Vec::with_capacity(CHUNK + TAG));
        for place in 0..count {
            let begin = place * CHUNK;
            let end = block.len().min(begin + CHUNK);
            buffer.clear();
            buffer.extend_from_slice(block.get(begin..end).unwrap_or_default());
            let is_last = last && place + 1 == count;
            self.cipher.seal(self.number, is_last, &mut buffer).map_err(|_| Fault::Damaged)?;
            self.sealed.extend_from_slice(&buffer);
            self.number += 1;
        }
        self.object.write_all(&self.sealed).map_err(Fault::io("storing a file"))?;
        Ok(())
    }
}

/// Reads one block: full unless the source ends.
fn read_block(source: &mut dyn Read) -> io::Result<Block> {
    let mut block = Zeroizing::new(Vec::with_capacity(BLOCK));
    source.take(BLOCK as u64).read_to_end(&mut block)?;
    Ok(block)
}

fn random_name() -> Result<String, Fault> {
    let mut bytes = [0; 16];
    random(&mut bytes)?;
    Ok(AttachmentId::from_bytes(bytes).to_string())
}

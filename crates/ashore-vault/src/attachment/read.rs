use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use ashore_domain::AttachmentId;
use zeroize::Zeroizing;

use super::chunk::{self, CHUNK, ChunkCipher, TAG};
use crate::VaultError;
use crate::fault::Fault;
use crate::folder::Folder;
use crate::key::Key;

/// Reads a stored file in clear. Every byte it gives out is proved to be the one that was stored; anything else is an
/// error of kind [`io::ErrorKind::InvalidData`].
pub struct AttachmentReader {
    object: File,
    cipher: ChunkCipher,
    bytes: u64,
    position: u64,
    // The chunk read last, opened.
    chunk: Zeroizing<Vec<u8>>,
    number: Option<u64>,
}

impl AttachmentReader {
    pub(crate) fn open(folder: &Folder, id: AttachmentId, bytes: u64, key: &Key) -> Result<Self, VaultError> {
        let object = File::open(folder.object(id)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => VaultError::ObjectMissing(id),
            _ => Fault::io("reading a stored file")(error).into(),
        })?;
        let size = object.metadata().map_err(Fault::io("reading a stored file"))?.len();
        if Some(size) != chunk::sealed_size(bytes) {
            return Err(VaultError::ObjectDamaged(id));
        }
        let cipher = ChunkCipher::new(key)?;
        let chunk = Zeroizing::new(Vec::with_capacity(CHUNK + TAG));
        Ok(Self { object, cipher, bytes, position: 0, chunk, number: None })
    }

    /// Size of the file in clear.
    #[must_use]
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    fn load(&mut self, number: u64) -> io::Result<()> {
        if self.number == Some(number) {
            return Ok(());
        }
        self.number = None;
        self.chunk.clear();
        let sealed = (CHUNK + TAG) as u64;
        self.object.seek(SeekFrom::Start(number * sealed))?;
        (&mut self.object).take(sealed).read_to_end(&mut self.chunk)?;
        let last = number + 1 == chunk::count(self.bytes);
        let opened = self.cipher.open(number, last, &mut self.chunk);
        opened.map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "the stored file is damaged"))?;
        self.number = Some(number);
        Ok(())
    }
}

impl Read for AttachmentReader {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        // An empty file has a chunk too, and it must be whole like any other.
        if out.is_empty() || self.position >= self.bytes && self.bytes > 0 {
            return Ok(0);
        }
        self.load(self.position / CHUNK as u64)?;
        let begin = usize::try_from(self.position % CHUNK as u64).unwrap_or(CHUNK);
        let mut rest = self.chunk.get(begin..).unwrap_or_default();
        let length = rest.read(out)?;
        self.position += length as u64;
        Ok(length)
    }
}

impl Seek for AttachmentReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(position) => Some(position),
            SeekFrom::End(offset) => self.bytes.checked_add_signed(offset),
            SeekFrom::Current(offset) => self.position.checked_add_signed(offset),
        };
        self.position = target.ok_or_else(|| {
            io::Error::new(io::ErrorKind::InvalidInput, "a place before the file's beginning")
        })?;
        Ok(self.position)
    }
}

impl std::fmt::Debug for AttachmentReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AttachmentReader").field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

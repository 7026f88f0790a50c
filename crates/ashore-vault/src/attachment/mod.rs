use ashore_domain::FileRef;
use std::io::{Read, Result, Seek, SeekFrom};

/// A file whose encrypted copy is safely on the disk, waiting to be named by a fact. Dropped, it is removed.
#[derive(Debug)]
pub struct Staged {
    file: FileRef,
}

impl Staged {
    /// How a record names it; set `original` and `derived_from` in the copy if it is a derived file.
    #[must_use]
    pub const fn file(&self) -> &FileRef {
        &self.file
    }
}

/// Reads a stored file in clear, verifying every byte it gives out.
#[derive(Debug)]
pub struct AttachmentReader {}

impl Read for AttachmentReader {
    fn read(&mut self, _: &mut [u8]) -> Result<usize> {
        todo!()
    }
}

impl Seek for AttachmentReader {
    fn seek(&mut self, _: SeekFrom) -> Result<u64> {
        todo!()
    }
}

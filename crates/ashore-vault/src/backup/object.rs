use std::io::{self, Read, Write};

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::attachment::chunk::{self, CHUNK, ChunkCipher, TAG};
use crate::fault::Fault;
use crate::key::Key;

/// What became of a sealed object that was read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sealed {
    /// Every chunk opened; SHA-256 of the file in clear.
    Whole([u8; 32]),
    /// Some chunk is not what was sealed.
    Changed,
}

/// Reads the sealed object of a file of `bytes` clear bytes from `source` and proves every chunk, handing the sealed
/// bytes on to `copy`.
pub(super) fn prove(
    source: &mut dyn Read,
    bytes: u64,
    key: &Key,
    copy: &mut dyn Write,
) -> Result<io::Result<Sealed>, Fault> {
    let cipher = ChunkCipher::new(key)?;
    Ok(prove_with(source, bytes, &cipher, copy))
}

fn prove_with(
    source: &mut dyn Read,
    bytes: u64,
    cipher: &ChunkCipher,
    copy: &mut dyn Write,
) -> io::Result<Sealed> {
    let count = chunk::count(bytes);
    let mut digest = Sha256::new();
    let mut buffer = Zeroizing::new(Vec::with_capacity(CHUNK + TAG));
    for number in 0..count {
        buffer.clear();
        (&mut *source).take((CHUNK + TAG) as u64).read_to_end(&mut buffer)?;
        copy.write_all(&buffer)?;
        if cipher.open(number, number + 1 == count, &mut buffer).is_err() {
            return Ok(Sealed::Changed);
        }
        digest.update(&*buffer);
    }
    Ok(Sealed::Whole(digest.finalize().into()))
}

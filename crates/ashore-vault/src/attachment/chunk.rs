use chacha20poly1305::aead::{AeadInOut as _, KeyInit as _};
use chacha20poly1305::{ChaCha20Poly1305, Nonce};

use crate::fault::Fault;
use crate::key::Key;

/// Clear bytes in every chunk but the last, which may have fewer; only an empty file has an empty chunk.
pub(crate) const CHUNK: usize = 64 * 1024;
/// What sealing adds to a chunk.
pub(crate) const TAG: usize = 16;
/// How objects are written today.
pub(crate) const FORMAT: i64 = 1;

/// The STREAM construction: each chunk is sealed under its number and whether it is the last, so chunks can be read in
/// any order and none can be dropped, repeated, moved or cut off.
pub(crate) struct ChunkCipher(ChaCha20Poly1305);

/// The chunk is not the one that was sealed in this place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Forged;

impl ChunkCipher {
    pub(crate) fn new(file_key: &Key) -> Result<Self, Fault> {
        ChaCha20Poly1305::new_from_slice(file_key.bytes()).map(Self).map_err(|_| Fault::Damaged)
    }

    /// Seals the clear chunk at the beginning of `room`, the last [`TAG`] bytes of which are free for it.
    pub(crate) fn seal_in_place(&self, number: u64, last: bool, room: &mut [u8]) -> Result<(), Forged> {
        let (clear, tag) = room.split_last_chunk_mut::<TAG>().ok_or(Forged)?;
        let sealed = self.0.encrypt_inout_detached(&nonce(number, last), &[], clear.into());
        *tag = sealed.map_err(|_| Forged)?.into();
        Ok(())
    }

    /// Opens the sealed chunk in `buffer`.
    pub(crate) fn open(&self, number: u64, last: bool, buffer: &mut Vec<u8>) -> Result<(), Forged> {
        self.0.decrypt_in_place(&nonce(number, last), &[], buffer).map_err(|_| Forged)
    }
}

/// 88 bits of number, big end first, and one byte that is 1 for the last chunk. The key is used for one file only.
fn nonce(number: u64, last: bool) -> Nonce {
    let mut bytes = [0; 12];
    if let Some(place) = bytes.get_mut(3..11) {
        place.copy_from_slice(&number.to_be_bytes());
    }
    if let Some(flag) = bytes.last_mut() {
        *flag = u8::from(last);
    }
    Nonce::from(bytes)
}

/// Number of chunks of a file.
pub(crate) const fn count(bytes: u64) -> u64 {
    if bytes == 0 { 1 } else { bytes.div_ceil(CHUNK as u64) }
}

/// Size of the object of a file; `None` beyond all files.
pub(crate) fn sealed_size(bytes: u64) -> Option<u64> {
    bytes.checked_add(count(bytes).checked_mul(TAG as u64)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frozen: what was sealed once must open for ever.
    #[test]
    fn frozen_chunks() {
        let cipher = ChunkCipher::new(&Key::from_vec((0..32).collect()).unwrap()).unwrap();
        for (number, last, hex) in [
            (0, false, "fc00c8d41f5eb4997eced927c9c339f4b29c2c9fc513"),
            (1, true, "e5fb884f6bf8da6347947057d71ae106af837ce8ce9f"),
        ] {
            let mut buffer = ["上岸".as_bytes(), &[0; TAG]].concat();
            cipher.seal_in_place(number, last, &mut buffer).unwrap();
            assert_eq!(buffer.iter().map(|b| format!("{b:02x}")).collect::<String>(), hex);
            let mut moved = buffer.clone();
            assert_eq!(cipher.open(number, !last, &mut moved), Err(Forged), "the end cannot be moved");
            let mut moved = buffer.clone();
            assert_eq!(cipher.open(number + 1, last, &mut moved), Err(Forged), "a chunk cannot be moved");
            cipher.open(number, last, &mut buffer).unwrap();
            assert_eq!(buffer, "上岸".as_bytes());
        }
    }

    #[test]
    fn sizes_at_the_edges() {
        let chunk = CHUNK as u64;
        for (bytes, chunks) in [(0, 1), (1, 1), (chunk - 1, 1), (chunk, 1), (chunk + 1, 2), (2 * chunk, 2)] {
            assert_eq!((count(bytes), sealed_size(bytes)), (chunks, Some(bytes + 16 * chunks)), "{bytes}");
        }
        assert_eq!(sealed_size(u64::MAX), None);
    }
}

//! A file on its way into the vault: read, hashed, sealed and written side by side, block by block.
//!
//! A block goes from hand to hand and back: clear bytes are read to where they are sealed and written from there, so
//! nothing is copied in between and a file of any size takes the memory of a few blocks.

use std::fs::File;
use std::io::{self, Read, Write as _};
use std::sync::mpsc;
use std::thread;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::chunk::{CHUNK, ChunkCipher, Forged, TAG};
use crate::StageError;
use crate::fault::Fault;
use crate::key::Key;

/// Chunks that are read, hashed and sealed at a time.
const CHUNKS: usize = 16;
/// Blocks on their way at once.
const AHEAD: usize = 4;

/// Seals `source` to its end into `object`; its digest and size.
pub(super) fn seal_into(
    object: &mut File,
    key: &Key,
    source: &mut dyn Read,
) -> Result<([u8; 32], u64), StageError> {
    let cipher = ChunkCipher::new(key)?;
    let mut first = Block::with_room(1);
    first.fill(source, 0).map_err(StageError::Source)?;
    if first.is_full() {
        return side_by_side(object, cipher, source, first);
    }
    let mut digest = Sha256::new();
    first.clear().for_each(|chunk| digest.update(chunk));
    first.last = true;
    first.seal(&cipher).map_err(|_| Fault::Damaged)?;
    object.write_all(first.sealed()).map_err(Fault::io("storing a file"))?;
    Ok((digest.finalize().into(), first.bytes as u64))
}

fn side_by_side(
    object: &mut File,
    cipher: ChunkCipher,
    source: &mut dyn Read,
    first: Block,
) -> Result<([u8; 32], u64), StageError> {
    thread::scope(|scope| {
        let (to_hash, hash) = mpsc::sync_channel::<Block>(AHEAD);
        let (to_seal, seal) = mpsc::sync_channel::<Block>(AHEAD);
        let (to_write, write) = mpsc::sync_channel::<Block>(AHEAD);
        let hasher = scope.spawn(move || {
            let mut digest = Sha256::new();
            for block in hash {
                block.clear().for_each(|chunk| digest.update(chunk));
                // Whoever no longer listens says why when it is joined.
                if to_seal.send(block).is_err() {
                    break;
                }
            }
            <[u8; 32]>::from(digest.finalize())
        });
        let sealer = scope.spawn(move || -> Result<(), Forged> {
            for mut block in seal {
                block.seal(&cipher)?;
                if to_write.send(block).is_err() {
                    break;
                }
            }
            Ok(())
        });
        let bytes = read_and_write(source, first, object, &to_hash, &write);
        drop((to_hash, write));
        let (sha256, sealed) = (hasher.join(), sealer.join());
        let bytes = bytes?;
        sealed.map_err(|_| Fault::Damaged)?.map_err(|_| Fault::Damaged)?;
        Ok((sha256.map_err(|_| Fault::Damaged)?, bytes))
    })
}

/// Sends what it reads on its way and writes what comes back; the size of the file.
fn read_and_write(
    source: &mut dyn Read,
    first: Block,
    object: &mut File,
    away: &mpsc::SyncSender<Block>,
    back: &mpsc::Receiver<Block>,
) -> Result<u64, StageError> {
    let (mut block, mut free) = (first, Vec::new());
    let (mut bytes, mut chunks, mut on_their_way) = (0, 0, 0);
    loop {
        bytes += block.bytes as u64;
        chunks += block.count() as u64;
        // A block is the last if nothing follows it, so one is read ahead.
        let mut next = free.pop().unwrap_or_else(|| Block::with_room(CHUNKS));
        next.bytes = 0;
        if block.is_full() {
            next.fill(source, chunks).map_err(StageError::Source)?;
        }
        let ended = next.bytes == 0;
        block.last = ended;
        away.send(block).map_err(|_| Fault::Damaged)?;
        on_their_way += 1;
        while on_their_way >= AHEAD || (ended && on_their_way > 0) {
            let sealed = back.recv().map_err(|_| Fault::Damaged)?;
            object.write_all(sealed.sealed()).map_err(Fault::io("storing a file"))?;
            on_their_way -= 1;
            free.push(sealed);
        }
        if ended {
            return Ok(bytes);
        }
        block = next;
    }
}

/// Chunks of a file in a row, each with room behind it for what sealing adds.
struct Block {
    room: Zeroizing<Vec<u8>>,
    /// Clear bytes in it.
    bytes: usize,
    /// The place of its first chunk in the file.
    number: u64,
    last: bool,
}

impl Block {
    fn with_room(chunks: usize) -> Self {
        let room = Zeroizing::new(vec![0; chunks * (CHUNK + TAG)]);
        Self { room, bytes: 0, number: 0, last: false }
    }

    /// Reads until it is full or the source ends.
    fn fill(&mut self, source: &mut dyn Read, number: u64) -> io::Result<()> {
        (self.bytes, self.number) = (0, number);
        for place in self.room.chunks_mut(CHUNK + TAG) {
            let clear = place.get_mut(..CHUNK).unwrap_or_default();
            let mut read = 0;
            while let Some(rest) = clear.get_mut(read..).filter(|rest| !rest.is_empty()) {
                match source.read(rest) {
                    Ok(0) => break,
                    Ok(more) => read += more,
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
            self.bytes += read;
            if read < CHUNK {
                break;
            }
        }
        Ok(())
    }

    fn is_full(&self) -> bool {
        self.bytes == self.room.len() / (CHUNK + TAG) * CHUNK
    }

    /// Its chunks: an empty file has one, and it is empty.
    fn count(&self) -> usize {
        self.bytes.div_ceil(CHUNK).max(1)
    }

    /// Clear bytes of the chunk at this place of the block.
    fn length(&self, place: usize) -> usize {
        self.bytes.saturating_sub(place * CHUNK).min(CHUNK)
    }

    fn clear(&self) -> impl Iterator<Item = &[u8]> {
        let rooms = self.room.chunks(CHUNK + TAG).enumerate().take(self.count());
        rooms.filter_map(|(place, room)| room.get(..self.length(place)))
    }

    /// Seals each chunk in its place.
    fn seal(&mut self, cipher: &ChunkCipher) -> Result<(), Forged> {
        for place in 0..self.count() {
            let is_last = self.last && place + 1 == self.count();
            let begin = place * (CHUNK + TAG);
            let end = begin + self.length(place) + TAG;
            let room = self.room.get_mut(begin..end).ok_or(Forged)?;
            cipher.seal_in_place(self.number + place as u64, is_last, room)?;
        }
        Ok(())
    }

    fn sealed(&self) -> &[u8] {
        self.room.get(..self.bytes + self.count() * TAG).unwrap_or_default()
    }
}

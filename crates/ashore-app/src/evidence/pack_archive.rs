//! A pack as one ZIP archive: written with one folder on top, read with suspicion.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use ashore_evidence::pack::{BAGIT, ORIGINALS, PackEntry, PackSource};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::outgoing::{beside, refused};
use super::pack_folder::{ENTRIES_MAX, PackFolder};
use crate::ended::{OnBytes, Watched};
use crate::whole::sync_folder;
use crate::{AppError, ErrorCode};

/// An archive written beside its place.
#[derive(Debug)]
pub(super) struct Zipped {
    making: PathBuf,
    target: PathBuf,
}

impl Zipped {
    pub(super) fn settle(self) -> Result<(), AppError> {
        fs::rename(&self.making, &self.target).map_err(refused)?;
        sync_folder(self.target.parent()).map_err(refused)
    }
}

impl Drop for Zipped {
    fn drop(&mut self) {
        // Settled it is no longer there.
        let _ = fs::remove_file(&self.making);
    }
}

/// Writes the pack in `folder` as an archive for `target`.
pub(super) fn write(folder: &Path, target: &Path, told: OnBytes<'_>) -> Result<Zipped, AppError> {
    let zipped = Zipped { making: beside(target)?, target: target.to_owned() };
    let top = target.file_stem().map_or_else(|| "pack".into(), |stem| stem.to_string_lossy().into_owned());
    let unlisted = |why: String| AppError::new(ErrorCode::Io, why);
    let odd = |error: zip::result::ZipError| match error {
        zip::result::ZipError::Io(error) => refused(error),
        other => AppError::new(ErrorCode::Io, other.to_string()),
    };
    let mut archive = ZipWriter::new(BufWriter::new(File::create(&zipped.making).map_err(refused)?));
    let mut entries = PackFolder::new(folder).entries().map_err(unlisted)?;
    entries.sort_by(|a, b| a.path.cmp(&b.path));
    for entry in entries {
        // What was attached is pictures and sound, small already; and stored bytes can be carved from a broken archive.
        let stored = entry.path.starts_with(ORIGINALS);
        let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).large_file(true);
        archive.start_file(format!("{top}/{}", entry.path), options).map_err(odd)?;
        let file = File::open(folder.join(&entry.path)).map_err(refused)?;
        let mut asked = |_, _| told(0, 0);
        let mut file = Watched::new(file, 0, &mut asked);
        let copied = io::copy(&mut file, &mut archive).map_err(refused);
        file.outcome(copied)?;
    }
    let file = archive.finish().map_err(odd)?.into_inner().map_err(|error| refused(error.into_error()))?;
    file.sync_all().map_err(refused)?;
    Ok(zipped)
}

/// A pack in an archive, read where it lies: nothing is unpacked to the disk.
pub(super) struct PackArchive {
    archive: ZipArchive<BufReader<File>>,
    // Path in the pack → place in the archive.
    places: BTreeMap<String, usize>,
    listed: u64,
}

/// What a file may grow to, compared with its archived size; beyond that it is a bomb.
const RATIO_MAX: u64 = 200;
const FREE: u64 = 1024 * 1024;

impl PackArchive {
    /// # Errors
    /// In words: it is no archive.
    pub(super) fn open(path: &Path) -> Result<Self, String> {
        let mut file = BufReader::new(File::open(path).map_err(|error| error.to_string())?);
        let listed = entries_listed(&mut file).unwrap_or(0);
        let archive = ZipArchive::new(file).map_err(|error| error.to_string())?;
        Ok(Self { archive, places: BTreeMap::new(), listed })
    }
}

impl PackSource for PackArchive {
    fn entries(&mut self) -> Result<Vec<PackEntry>, String> {
        let count = self.archive.len();
        if count > ENTRIES_MAX {
            return Err("more files than any pack has".to_owned());
        }
        if count as u64 != self.listed {
            return Err("the archive lists a name twice, or is damaged at its end".to_owned());
        }
        let mut found = Vec::new();
        for place in 0..count {
            let entry = self.archive.by_index_raw(place).map_err(|error| error.to_string())?;
            let name =
                String::from_utf8(entry.name_raw().to_vec()).map_err(|_| "a name is not UTF-8".to_owned())?;
            if name.ends_with('/') && entry.size() == 0 {
                continue;
            }
            let mode = entry.unix_mode().map(|mode| mode & 0o170_000);
            let plain = !entry.encrypted() && matches!(mode, None | Some(0 | 0o100_000));
            found.push((name, plain, place));
        }
        // One folder on top is how such archives are made; the pack is what lies in it.
        let top = found
            .iter()
            .find_map(|(name, ..)| {
                name.strip_suffix(BAGIT).filter(|top| top.is_empty() || top.ends_with('/'))
            })
            .unwrap_or_default()
            .to_owned();
        Ok(found
            .into_iter()
            .map(|(name, plain, place)| {
                let path = name.strip_prefix(&top).unwrap_or(&name).to_owned();
                self.places.insert(path.clone(), place);
                PackEntry { path, plain }
            })
            .collect())
    }

    fn read(&mut self, path: &str, take: &mut dyn FnMut(&[u8])) -> Result<(), String> {
        let place = *self.places.get(path).ok_or("not in the archive")?;
        let mut file = self.archive.by_index(place).map_err(|error| error.to_string())?;
        let most = file.compressed_size().saturating_mul(RATIO_MAX).saturating_add(FREE);
        let mut piece = vec![0; 256 * 1024];
        let mut total = 0u64;
        loop {
            let length = file.read(&mut piece).map_err(|error| error.to_string())?;
            if length == 0 {
                return Ok(());
            }
            total += length as u64;
            if total > most {
                return Err("it unpacks to far more than any genuine file".to_owned());
            }
            take(piece.get(..length).unwrap_or_default());
        }
    }
}

/// How many entries the archive's own end says it lists (APPNOTE §4.3.14, §4.3.16).
fn entries_listed(file: &mut (impl Read + Seek)) -> Option<u64> {
    const END: &[u8] = b"PK\x05\x06";
    const END_64: &[u8] = b"PK\x06\x06";
    let size = file.seek(SeekFrom::End(0)).ok()?;
    let from = size.saturating_sub(70_000);
    file.seek(SeekFrom::Start(from)).ok()?;
    let mut tail = Vec::new();
    file.read_to_end(&mut tail).ok()?;
    let last = |sign: &[u8]| tail.windows(4).rposition(|window| window == sign);
    let number = |at: usize, length: usize| -> Option<u64> {
        let bytes = tail.get(at..at + length)?;
        Some(bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    };
    let short = number(last(END)? + 10, 2)?;
    let count = if short == 0xffff { number(last(END_64)? + 32, 8) } else { Some(short) };
    file.seek(SeekFrom::Start(0)).ok()?;
    count
}

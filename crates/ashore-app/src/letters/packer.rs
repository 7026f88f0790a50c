//! One ZIP for somebody else, written to the disk as it grows and put in its place when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, Read};
use std::path::{Path, PathBuf};

use serde::Serialize;
use specta::Type;
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

use crate::{AppError, ErrorCode};

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PackedFile {
    /// Its path in the package.
    pub name: String,
    /// Its size in bytes, in digits.
    pub bytes: String,
    /// A piece of a file that is larger than the channel takes.
    pub piece: bool,
}

/// Puts files into one ZIP, in pieces where they are larger than the channel takes. Dropped before
/// [`Packer::finish`] nothing is left of it.
pub(super) struct Packer {
    zip: ZipWriter<BufWriter<File>>,
    making: Making,
    pub(super) files: Vec<PackedFile>,
    most: Option<u64>,
}

/// The archive under the name that it has while it is written.
struct Making {
    beside: PathBuf,
    target: PathBuf,
}

impl Drop for Making {
    fn drop(&mut self) {
        // Whole and in its place it is no longer there.
        let _ = fs::remove_file(&self.beside);
    }
}

/// From here on a file needs the wider sizes of ZIP64; a little below what would overflow, as packing can add some.
const WIDE: u64 = 0xf000_0000;

impl Packer {
    /// Begins an archive for `target`, with no file in it longer than `most` bytes.
    ///
    /// # Errors
    /// Nothing can be written beside `target`.
    pub(super) fn new(target: &Path, most: Option<u32>) -> Result<Self, AppError> {
        let mut beside = target.as_os_str().to_owned();
        beside.push(".part");
        let making = Making { beside: beside.into(), target: target.to_owned() };
        let zip = ZipWriter::new(BufWriter::new(File::create(&making.beside).map_err(refused)?));
        Ok(Self { zip, making, files: Vec::new(), most: most.map(u64::from).filter(|most| *most > 0) })
    }

    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), AppError> {
        self.add_from(name, bytes.len() as u64, &mut &*bytes)
    }

    /// Adds a file of `size` bytes as it is read.
    pub(super) fn add_from(&mut self, name: &str, size: u64, source: &mut dyn Read) -> Result<(), AppError> {
        let Some(most) = self.most.filter(|most| size > *most) else {
            return self.put(name.to_owned(), size, source, false);
        };
        let (mut left, mut number) = (size, 1);
        while left > 0 {
            let piece = left.min(most);
            self.put(format!("{name}.{number:03}"), piece, source, true)?;
            left -= piece;
            number += 1;
        }
        Ok(())
    }

    fn put(&mut self, name: String, size: u64, source: &mut dyn Read, piece: bool) -> Result<(), AppError> {
        // The same files give the same package: no time of day is written into it.
        let options = SimpleFileOptions::default()
            .last_modified_time(zip::DateTime::default())
            .large_file(size >= WIDE);
        self.zip.start_file(&name, options).map_err(odd)?;
        let copied = io::copy(&mut source.take(size), &mut self.zip).map_err(refused)?;
        if copied != size {
            return Err(refused(io::ErrorKind::InvalidData.into()));
        }
        self.files.push(PackedFile { name, bytes: size.to_string(), piece });
        Ok(())
    }

    /// Puts the archive in its place. Answers its size and what is in it.
    pub(super) fn finish(self) -> Result<(u64, Vec<PackedFile>), AppError> {
        let file = self.zip.finish().map_err(odd)?;
        let file = file.into_inner().map_err(|why| refused(why.into_error()))?;
        let bytes = file.sync_all().and_then(|()| file.metadata()).map_err(refused)?.len();
        fs::rename(&self.making.beside, &self.making.target).map_err(refused)?;
        Ok((bytes, self.files))
    }
}

fn odd(why: ZipError) -> AppError {
    match why {
        ZipError::Io(why) => refused(why),
        other => AppError::new(ErrorCode::Io, other.to_string()),
    }
}

fn refused(why: io::Error) -> AppError {
    match why.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            AppError::new(ErrorCode::NoSpace, "there is no space left; nothing was written")
        }
        io::ErrorKind::InvalidData => {
            AppError::new(ErrorCode::AttachmentDamaged, "a stored file is damaged; nothing was written out")
        }
        _ => AppError::new(ErrorCode::Io, format!("the file could not be written: {why}")),
    }
}

/// A file's name without anything that could lead out of its folder.
pub(super) fn plain_name(name: &str) -> String {
    let kept = |c: char| if c.is_control() || "/\\:*?\"<>|".contains(c) { '_' } else { c };
    let plain: String = name.chars().map(kept).take(80).collect();
    plain.trim_start_matches('.').to_owned()
}

/// A text in pieces that a form takes, cut at paragraphs where that is possible.
pub(super) fn text_pieces(text: &str, most: Option<u32>) -> Vec<String> {
    let most = most.map_or(usize::MAX, |most| usize::try_from(most).unwrap_or(usize::MAX).max(1));
    let mut pieces = vec![String::new()];
    for line in text.lines() {
        let line: Vec<char> = line.chars().chain(['\n']).collect();
        for part in line.chunks(most) {
            let full = pieces.last().is_some_and(|p| !p.is_empty() && p.chars().count() + part.len() > most);
            if full {
                pieces.push(String::new());
            }
            if let Some(last) = pieces.last_mut() {
                last.extend(part);
            }
        }
    }
    pieces
}

#[cfg(test)]
#[allow(clippy::unwrap_used)] // in helpers of tests too
mod tests {
    use std::io::Read as _;

    use proptest::prelude::*;

    use super::{Packer, plain_name, text_pieces};
    use crate::ErrorCode;

    fn unpacked(path: &std::path::Path) -> Vec<(String, Vec<u8>)> {
        let mut archive = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
        let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
        let read = |name: String| {
            let mut bytes = Vec::new();
            archive.by_name(&name).unwrap().read_to_end(&mut bytes).unwrap();
            (name, bytes)
        };
        names.into_iter().map(read).collect()
    }

    #[test]
    fn what_is_longer_than_the_channel_takes_comes_in_pieces() {
        let out = tempfile::tempdir().unwrap();
        let path = out.path().join("a.zip");
        let mut packer = Packer::new(&path, Some(4)).unwrap();
        packer.add("短", b"1234").unwrap();
        packer.add("长", b"123456789").unwrap();
        packer.add("空", b"").unwrap();
        assert!(!path.exists(), "not before it is whole");
        let (bytes, files) = packer.finish().unwrap();
        assert_eq!(bytes, std::fs::metadata(&path).unwrap().len());
        let told: Vec<_> = files.iter().map(|f| (f.name.as_str(), f.bytes.as_str(), f.piece)).collect();
        let expected = [
            ("短", "4", false),
            ("长.001", "4", true),
            ("长.002", "4", true),
            ("长.003", "1", true),
            ("空", "0", false),
        ];
        assert_eq!(told, expected);
        let pieces: Vec<u8> = unpacked(&path)
            .into_iter()
            .filter(|(name, _)| name.starts_with('长'))
            .flat_map(|(_, b)| b)
            .collect();
        assert_eq!(pieces, b"123456789");
    }

    #[test]
    fn what_is_not_finished_leaves_nothing() {
        let out = tempfile::tempdir().unwrap();
        let path = out.path().join("a.zip");
        let mut packer = Packer::new(&path, None).unwrap();
        let short = packer.add_from("a", 9, &mut &b"1234"[..]).unwrap_err();
        assert_eq!(short.code, ErrorCode::AttachmentDamaged, "less came than was stored");
        drop(packer);
        assert_eq!(std::fs::read_dir(out.path()).unwrap().count(), 0);
    }

    #[test]
    fn names_lead_nowhere() {
        assert_eq!(plain_name("../../etc/pass:wd"), "_.._etc_pass_wd");
        assert_eq!(plain_name(&"长".repeat(200)).chars().count(), 80);
    }

    #[test]
    fn a_text_is_cut_at_its_paragraphs_where_that_is_possible() {
        assert_eq!(text_pieces("甲乙\n丙丁\n戊", Some(6)), ["甲乙\n丙丁\n", "戊\n"]);
        assert_eq!(text_pieces("甲乙丙丁戊", Some(2)), ["甲乙", "丙丁", "戊\n"]);
        assert_eq!(text_pieces("甲\n乙", None), ["甲\n乙\n"]);
        assert_eq!(text_pieces("", Some(3)), [""]);
    }

    proptest! {
        #[test]
        fn pieces_of_a_text_fit_and_lose_nothing(text in "[甲乙丙 \n]{0,80}", most in 1u32..20) {
            let pieces = text_pieces(&text, Some(most));
            prop_assert!(pieces.iter().all(|piece| piece.chars().count() <= most as usize));
            let whole: String = text.lines().flat_map(|line| [line, "\n"]).collect();
            prop_assert_eq!(pieces.concat(), whole);
        }
    }
}

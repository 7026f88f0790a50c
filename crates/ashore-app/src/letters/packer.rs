use std::io::{Cursor, Write as _};

use serde::Serialize;
use specta::Type;
use zip::write::SimpleFileOptions;

use crate::{AppError, ErrorCode};

/// A file of a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct PackedFile {
    pub name: String,
    pub bytes: u32,
    /// A piece of a file that is larger than the channel takes.
    pub piece: bool,
}

/// Puts files into one ZIP, in pieces where they are larger than the channel takes.
pub(super) struct Packer {
    zip: zip::ZipWriter<Cursor<Vec<u8>>>,
    pub(super) files: Vec<PackedFile>,
    most: Option<usize>,
}

impl Packer {
    pub(super) fn new(most: Option<u32>) -> Self {
        let most = most.and_then(|most| usize::try_from(most).ok()).filter(|most| *most > 0);
        Self { zip: zip::ZipWriter::new(Cursor::new(Vec::new())), files: Vec::new(), most }
    }

    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), AppError> {
        match self.most.filter(|most| bytes.len() > *most) {
            None => self.put(name.to_owned(), bytes, false),
            Some(most) => (1..)
                .zip(bytes.chunks(most))
                .try_for_each(|(n, piece): (usize, _)| self.put(format!("{name}.{n:03}"), piece, true)),
        }
    }

    fn put(&mut self, name: String, bytes: &[u8], piece: bool) -> Result<(), AppError> {
        let failed = |why: String| AppError::new(ErrorCode::Io, why);
        // The same files give the same package: no time of day is written into it.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        self.zip.start_file(&name, options).map_err(|why| failed(why.to_string()))?;
        self.zip.write_all(bytes).map_err(|why| failed(why.to_string()))?;
        self.files.push(PackedFile { name, bytes: u32::try_from(bytes.len()).unwrap_or(u32::MAX), piece });
        Ok(())
    }

    pub(super) fn finish(self) -> Result<(Vec<u8>, Vec<PackedFile>), AppError> {
        let bytes = self.zip.finish().map_err(|why| AppError::new(ErrorCode::Io, why.to_string()))?;
        Ok((bytes.into_inner(), self.files))
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

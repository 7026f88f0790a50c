use std::io::Write as _;
use std::path::Path;
use std::sync::OnceLock;

use ashore_documents::letters::TEMPLATE;
use ashore_documents::{Document, FontError, Fonts, RenderError};
use ashore_domain::{Fact, Letter, LetterId};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use specta::Type;

use super::request::Filled;
use super::{LetterRequest, LetterView, LetterWarning, MissingView};
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, whole};

/// The form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterFormat {
    /// Tagged PDF.
    Pdf,
    /// Plain text.
    Text,
}

impl LetterFormat {
    /// By the ending of a file's name: `.txt` is text, everything else PDF.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        let text = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt"));
        if text { Self::Text } else { Self::Pdf }
    }
}

/// A letter that was kept and written to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ExportedLetterView {
    /// The version as kept.
    #[serde(flatten)]
    pub letter: LetterView,
    /// The file; empty when none was asked for.
    pub file: String,
    /// Its size.
    pub bytes: u32,
    /// What was not known.
    pub missing: Vec<MissingView>,
    /// What to know before it is sent.
    pub warnings: Vec<LetterWarning>,
}

/// A kept version was written to a file once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SavedLetterView {
    /// The file.
    pub file: String,
    /// Its size.
    pub bytes: u32,
}

/// The machine's fonts, looked for once.
pub(crate) fn fonts() -> Result<&'static Fonts, AppError> {
    static FONTS: OnceLock<Result<Fonts, FontError>> = OnceLock::new();
    FONTS.get_or_init(Fonts::installed).as_ref().map_err(|why| refused(RenderError::Font(why.clone())))
}

pub(super) fn refused(why: RenderError) -> AppError {
    let code = match &why {
        RenderError::Font(FontError::None) => ErrorCode::FontMissing,
        RenderError::Font(FontError::Missing(_)) => ErrorCode::GlyphMissing,
        RenderError::Row { .. } | RenderError::Typeset(_) => ErrorCode::DocumentRefused,
    };
    AppError::new(code, why.to_string())
}

pub(super) fn rendered(document: &Document, format: LetterFormat) -> Result<Vec<u8>, AppError> {
    match format {
        LetterFormat::Text => Ok(document.plain_text().into_bytes()),
        LetterFormat::Pdf => document.pdf(fonts()?).map_err(refused),
    }
}

/// Writes a whole file or none: beside its place first, then moved there.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), AppError> {
    let failed = |why: std::io::Error| {
        let code =
            if why.kind() == std::io::ErrorKind::StorageFull { ErrorCode::NoSpace } else { ErrorCode::Io };
        AppError::new(code, format!("{}: {why}", path.display()))
    };
    whole::write_whole(path, |file| file.write_all(bytes)).map_err(failed)
}

impl App<Unlocked> {
    /// Keeps the letter as a new version and writes it to `path`, as text when that ends in `.txt`, else as PDF.
    ///
    /// # Errors
    /// No font prints it whole, or the file cannot be written. Nothing is kept then.
    pub fn export_letter(
        &mut self,
        request: &LetterRequest,
        path: &Path,
    ) -> Result<ExportedLetterView, AppError> {
        let filled = self.filled(request)?;
        let bytes = rendered(&filled.edited, LetterFormat::of(path))?;
        write_whole(path, &bytes)?;
        let letter = self.keep_filled(request, &filled)?;
        self.told(letter, &filled, path.display().to_string(), bytes.len())
    }

    /// Keeps the letter as a new version without a file, for text that goes out by a message or a chat window.
    ///
    /// # Errors
    /// No font prints it whole. Nothing is kept then.
    pub fn keep_letter(&mut self, request: &LetterRequest) -> Result<ExportedLetterView, AppError> {
        let filled = self.filled(request)?;
        rendered(&filled.edited, LetterFormat::Pdf)?;
        let letter = self.keep_filled(request, &filled)?;
        self.told(letter, &filled, String::new(), 0)
    }

    /// Writes a version that was kept before to `path` once more, as it was.
    ///
    /// # Errors
    /// An unknown version, or the file cannot be written.
    pub fn save_letter(&self, letter_id: &str, path: &Path) -> Result<SavedLetterView, AppError> {
        let bytes = rendered(&self.kept_document(letter_id)?, LetterFormat::of(path))?;
        write_whole(path, &bytes)?;
        Ok(SavedLetterView { file: path.display().to_string(), bytes: size(bytes.len()) })
    }

    /// A version as it was printed.
    pub(super) fn kept_document(&self, letter_id: &str) -> Result<Document, AppError> {
        let wanted: LetterId = id::parse("letter_id", letter_id)?;
        let unknown = || AppError::field(ErrorCode::NotFound, "letter_id", "no letter is known by this id");
        let state = self.state.vault.letter(wanted)?.ok_or_else(unknown)?;
        serde_json::from_str(&state.letter.document)
            .map_err(|why| AppError::new(ErrorCode::DatabaseDamaged, why.to_string()))
    }

    fn version(&self, request: &LetterRequest, filled: &Filled) -> Result<Letter, AppError> {
        let unwritable = |why: serde_json::Error| AppError::new(ErrorCode::Io, why.to_string());
        let text = filled.edited.plain_text();
        Ok(Letter {
            id: LetterId::from_bytes(id::fresh(self.clock.now())?),
            kind: filled.kind,
            loan: Some(filled.loan),
            replaces: filled.replaces,
            template: TEMPLATE,
            place: request.place.clone(),
            filled: serde_json::to_string(&filled.draft.document).map_err(unwritable)?,
            document: serde_json::to_string(&filled.edited).map_err(unwritable)?,
            sha256: Sha256::digest(text.as_bytes()).into(),
            text,
        })
    }

    /// Appends what was filled and edited as a version.
    pub(super) fn keep_filled(
        &mut self,
        request: &LetterRequest,
        filled: &Filled,
    ) -> Result<LetterView, AppError> {
        let letter = self.version(request, filled)?;
        let letter_id = letter.id.to_string();
        self.state.vault.append(&[Fact::Letter(letter)], Vec::new(), self.clock.now())?;
        self.letter(&letter_id)
    }

    fn told(
        &self,
        letter: LetterView,
        filled: &Filled,
        file: String,
        bytes: usize,
    ) -> Result<ExportedLetterView, AppError> {
        let (warnings, _) = self.warnings(filled.kind, &self.loan_file(filled.loan)?)?;
        Ok(ExportedLetterView {
            letter,
            file,
            bytes: size(bytes),
            missing: filled.draft.missing.iter().map(Into::into).collect(),
            warnings,
        })
    }
}

fn size(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

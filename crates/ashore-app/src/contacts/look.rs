use std::io::{Read, Seek, SeekFrom};

use ashore_importers::detect;
use ashore_importers::view::{self, Look, pages};
use ashore_vault::AttachmentReader;
use serde::Serialize;
use specta::Type;

use super::draw::{self, Wanted};
use super::mail;
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id};

/// The most text that is shown at once; the rest is in the saved copy.
const MOST_TEXT: u64 = 1 << 20;
/// The largest mail that is opened for reading.
const MOST_MAIL: u64 = 32 << 20;
/// The most that one answer carries.
pub const MOST_AT_ONCE: u64 = 4 << 20;
const HEAD: u64 = 512;

/// What an attached file is shown as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the names are the story
pub enum FileLook {
    Picture,
    Audio,
    Video,
    Pdf,
    Text,
    Mail,
    /// Nothing here shows it; a copy can be saved.
    Unknown,
}

/// An attached file, ready to be looked at: what is read here, or where its bytes are asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct FileLookView {
    /// The file.
    pub id: String,
    /// What it is shown as.
    pub look: FileLook,
    /// Media type by content.
    pub mime: String,
    /// Size in bytes, as text.
    pub bytes: String,
    /// Number of pages of a PDF.
    pub pages: u32,
    /// Its text, when it is text.
    pub text: Option<String>,
    /// True when the text goes on beyond what is shown.
    pub cut: bool,
    /// The mail, when it is one.
    pub mail: Option<MailView>,
}

/// A mail without anything that acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // named as in the mail
pub struct MailView {
    pub subject: Option<String>,
    pub from: Vec<String>,
    pub to: Vec<String>,
    pub cc: Vec<String>,
    /// As written.
    pub date: Option<String>,
    /// Its text.
    pub body: String,
    /// Whether it has a formatted form too, which is shown apart.
    pub formatted: bool,
    /// Pictures that are not shown, because they lie elsewhere or could act.
    pub pictures: u32,
    /// Names of its files.
    pub files: Vec<String>,
}

/// Bytes of a file, with what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePiece {
    /// Media type by content.
    pub mime: &'static str,
    /// Size of the whole file.
    pub whole: u64,
    /// Where the piece begins.
    pub start: u64,
    /// The piece.
    pub bytes: Vec<u8>,
}

/// An attached file taken out of the vault to be looked at: what is done with it needs the vault no longer, so that a
/// file that takes long holds up nobody, a lock least of all.
pub struct FileInHand {
    id: String,
    mime: &'static str,
    look: Look,
    whole: u64,
    /// As much as is looked at; nothing when the file is too large for that.
    bytes: Option<Vec<u8>>,
}

impl std::fmt::Debug for FileInHand {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileInHand")
            .field("look", &self.look)
            .field("whole", &self.whole)
            .finish_non_exhaustive()
    }
}

impl FileInHand {
    /// What it is, and as much of it as is shown as text. A PDF or mail that cannot be read is shown as unknown, with
    /// nothing lost.
    #[must_use]
    pub fn look(self) -> FileLookView {
        let mut shown = FileLookView {
            id: self.id,
            look: word(self.look),
            mime: self.mime.to_owned(),
            bytes: self.whole.to_string(),
            pages: 0,
            text: None,
            cut: false,
            mail: None,
        };
        match (self.look, self.bytes) {
            (Look::Text, Some(bytes)) => {
                shown.text = Some(view::text(&bytes, self.whole <= MOST_TEXT));
                shown.cut = self.whole > MOST_TEXT;
            }
            (Look::Mail, bytes) => match bytes.and_then(|bytes| mail_of(bytes, &mut || true)) {
                Some(mail) => {
                    shown.cut = mail.cut;
                    shown.mail = Some(mail.view());
                }
                None => shown.look = FileLook::Unknown,
            },
            (Look::Pdf, bytes) => {
                let counted = bytes.and_then(|bytes| draw::ask(bytes, Wanted::Count, &mut || true));
                match counted.and_then(|told| String::from_utf8(told).ok()?.parse().ok()) {
                    Some(pages) => shown.pages = pages,
                    None => shown.look = FileLook::Unknown,
                }
            }
            _ => {}
        }
        shown
    }

    /// One page of a PDF, from 1, as PNG.
    ///
    /// # Errors
    /// It is no PDF, or the page cannot be drawn.
    pub fn page(self, number: u32) -> Result<Vec<u8>, AppError> {
        let drawn =
            self.only(Look::Pdf).and_then(|bytes| draw::ask(bytes, Wanted::Page(number), &mut || true));
        drawn.ok_or_else(|| {
            AppError::field(ErrorCode::FileUnreadable, "attachment_id", "the page could not be drawn")
        })
    }

    /// The formatted form of a mail as HTML that can do nothing.
    ///
    /// # Errors
    /// It is no mail, or one without.
    pub fn mail(self) -> Result<String, AppError> {
        let told = self.only(Look::Mail).and_then(|bytes| mail_of(bytes, &mut || true));
        told.and_then(|mail| mail.formatted).ok_or_else(|| {
            AppError::field(ErrorCode::NotFound, "attachment_id", "the mail has no formatted form")
        })
    }

    /// Its words: of a text, a mail, or the pages of a PDF. None when it holds none, or nobody waits for them any more.
    pub(crate) fn words(self, going: &mut dyn FnMut() -> bool) -> Option<String> {
        let bytes = self.bytes?;
        let found = match self.look {
            Look::Text => Some(view::text(&bytes, self.whole <= MOST_TEXT)),
            Look::Mail => mail_of(bytes, going).map(|mail| mail.body),
            Look::Pdf => {
                draw::ask(bytes, Wanted::Words, going).and_then(|words| String::from_utf8(words).ok())
            }
            Look::Picture | Look::Audio | Look::Video | Look::Unknown => None,
        };
        found.filter(|words| !words.trim().is_empty())
    }

    fn only(self, look: Look) -> Option<Vec<u8>> {
        self.bytes.filter(|_| self.look == look)
    }
}

/// What the process apart tells of a mail.
fn mail_of(bytes: Vec<u8>, going: &mut dyn FnMut() -> bool) -> Option<mail::Told> {
    mail::heard(&draw::ask(bytes, Wanted::Mail, going)?)
}

impl App<Unlocked> {
    /// Takes an attached file out to be looked at. Nothing leaves the vault but into memory.
    ///
    /// # Errors
    /// An unknown or damaged file.
    pub fn take_in_hand(&self, attachment_id: &str) -> Result<FileInHand, AppError> {
        let whole = self.whole(attachment_id)?;
        let (mime, head_is_mail) = self.media_type(attachment_id)?;
        let look = if head_is_mail { Look::Mail } else { Look::of(mime) };
        let most = match look {
            Look::Text => Some(MOST_TEXT),
            Look::Mail => (whole <= MOST_MAIL).then_some(whole),
            Look::Pdf => (whole <= pages::MOST_BYTES).then_some(whole),
            Look::Picture | Look::Audio | Look::Video | Look::Unknown => None,
        };
        let bytes = most.map(|most| self.piece(attachment_id, 0, most)).transpose()?;
        Ok(FileInHand { id: attachment_id.to_owned(), mime, look, whole, bytes })
    }

    /// A piece of a file that is shown as itself: a picture, sound, moving pictures.
    ///
    /// # Errors
    /// An unknown or damaged file, one that is not shown as itself, or a place beyond its end.
    pub fn file_piece(&self, attachment_id: &str, start: u64, length: u64) -> Result<FilePiece, AppError> {
        let whole = self.whole(attachment_id)?;
        let (mime, _) = self.media_type(attachment_id)?;
        if !matches!(Look::of(mime), Look::Picture | Look::Audio | Look::Video) || start > whole {
            return Err(AppError::field(
                ErrorCode::BadRequest,
                "attachment_id",
                "the file is not shown as itself",
            ));
        }
        let bytes = self.piece(attachment_id, start, length.min(MOST_AT_ONCE))?;
        Ok(FilePiece { mime, whole, start, bytes })
    }

    /// By content; and whether it is a mail, which only its first lines tell.
    fn media_type(&self, attachment_id: &str) -> Result<(&'static str, bool), AppError> {
        let head = self.piece(attachment_id, 0, HEAD)?;
        let mime = detect::media_type(&head, "");
        let mail = mime == "text/plain" && detect::detect(&head) == Some(ashore_importers::Format::Eml);
        Ok((mime, mail))
    }

    fn whole(&self, attachment_id: &str) -> Result<u64, AppError> {
        let reader = self.state.vault.read_attachment(id::parse("attachment_id", attachment_id)?)?;
        // Named in full: `Read` has a method of the same name.
        Ok(AttachmentReader::bytes(&reader))
    }

    fn piece(&self, attachment_id: &str, start: u64, length: u64) -> Result<Vec<u8>, AppError> {
        let mut source = self.state.vault.read_attachment(id::parse("attachment_id", attachment_id)?)?;
        let mut bytes = Vec::new();
        source
            .seek(SeekFrom::Start(start))
            .and_then(|_| source.take(length).read_to_end(&mut bytes))
            .map_err(|error| match error.kind() {
                std::io::ErrorKind::InvalidData => {
                    AppError::new(ErrorCode::AttachmentDamaged, "the stored file is damaged and is not shown")
                }
                _ => AppError::new(ErrorCode::Io, format!("the stored file could not be read: {error}")),
            })?;
        Ok(bytes)
    }
}

fn word(look: Look) -> FileLook {
    match look {
        Look::Picture => FileLook::Picture,
        Look::Audio => FileLook::Audio,
        Look::Video => FileLook::Video,
        Look::Pdf => FileLook::Pdf,
        Look::Text => FileLook::Text,
        Look::Mail => FileLook::Mail,
        Look::Unknown => FileLook::Unknown,
    }
}

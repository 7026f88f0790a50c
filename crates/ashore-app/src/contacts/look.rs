use std::io::{Read, Seek, SeekFrom};

use ashore_importers::detect;
use ashore_importers::view::{self, Look, pages};
use ashore_importers::{Mail, Mailbox};
use ashore_vault::AttachmentReader;
use serde::Serialize;
use specta::Type;

use super::draw::{self, Wanted};
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

impl App<Unlocked> {
    /// What an attached file is, and as much of it as is shown as text. Nothing leaves the vault but into memory.
    ///
    /// # Errors
    /// An unknown or damaged file; a PDF or mail that cannot be read is shown as unknown, with nothing lost.
    pub fn look_at_file(&self, attachment_id: &str) -> Result<FileLookView, AppError> {
        let whole = self.whole(attachment_id)?;
        let (mime, head_is_mail) = self.media_type(attachment_id)?;
        let look = if head_is_mail { Look::Mail } else { Look::of(mime) };
        let mut shown = FileLookView {
            id: attachment_id.to_owned(),
            look: word(look),
            mime: mime.to_owned(),
            bytes: whole.to_string(),
            pages: 0,
            text: None,
            cut: false,
            mail: None,
        };
        match look {
            Look::Text => {
                let bytes = self.piece(attachment_id, 0, MOST_TEXT)?;
                shown.text = Some(view::text(&bytes, whole <= MOST_TEXT));
                shown.cut = whole > MOST_TEXT;
            }
            Look::Mail => match self.mail(attachment_id, whole)? {
                Some(mail) => shown.mail = Some(told(mail)),
                None => shown.look = FileLook::Unknown,
            },
            Look::Pdf => {
                let counted =
                    self.pdf(attachment_id, whole)?.and_then(|bytes| draw::ask(bytes, Wanted::Count));
                match counted.and_then(|told| String::from_utf8(told).ok()?.parse().ok()) {
                    Some(pages) => shown.pages = pages,
                    None => shown.look = FileLook::Unknown,
                }
            }
            Look::Picture | Look::Audio | Look::Video | Look::Unknown => {}
        }
        Ok(shown)
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

    /// One page of a PDF, from 1, as PNG.
    ///
    /// # Errors
    /// An unknown or damaged file, or a page that cannot be drawn.
    pub fn file_page(&self, attachment_id: &str, number: u32) -> Result<Vec<u8>, AppError> {
        let whole = self.whole(attachment_id)?;
        let drawn = self.pdf(attachment_id, whole)?.and_then(|bytes| draw::ask(bytes, Wanted::Page(number)));
        drawn.ok_or_else(|| {
            AppError::field(ErrorCode::FileUnreadable, "attachment_id", "the page could not be drawn")
        })
    }

    /// The formatted form of a mail as HTML that can do nothing.
    ///
    /// # Errors
    /// An unknown or damaged file, or no such mail.
    pub fn file_mail(&self, attachment_id: &str) -> Result<String, AppError> {
        let whole = self.whole(attachment_id)?;
        let html = self.mail(attachment_id, whole)?.and_then(|mail| mail.html);
        let html = html.ok_or_else(|| {
            AppError::field(ErrorCode::NotFound, "attachment_id", "the mail has no formatted form")
        })?;
        Ok(view::harmless(&html).html)
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

    /// The words of an attached file: of a text, a mail, or the pages of a PDF. None when it holds none.
    pub(crate) fn words_of_file(&self, attachment_id: &str) -> Result<Option<String>, AppError> {
        let whole = self.whole(attachment_id)?;
        let (mime, head_is_mail) = self.media_type(attachment_id)?;
        let found = match if head_is_mail { Look::Mail } else { Look::of(mime) } {
            Look::Text => Some(view::text(&self.piece(attachment_id, 0, MOST_TEXT)?, whole <= MOST_TEXT)),
            Look::Mail => self.mail(attachment_id, whole)?.map(|mail| mail.body),
            Look::Pdf => self
                .pdf(attachment_id, whole)?
                .and_then(|bytes| draw::ask(bytes, Wanted::Words))
                .and_then(|words| String::from_utf8(words).ok()),
            Look::Picture | Look::Audio | Look::Video | Look::Unknown => None,
        };
        Ok(found.filter(|words| !words.trim().is_empty()))
    }

    fn mail(&self, attachment_id: &str, whole: u64) -> Result<Option<Mail>, AppError> {
        if whole > MOST_MAIL {
            return Ok(None);
        }
        Ok(view::mail(self.piece(attachment_id, 0, whole)?).ok())
    }

    fn pdf(&self, attachment_id: &str, whole: u64) -> Result<Option<Vec<u8>>, AppError> {
        if whole > pages::MOST_BYTES {
            return Ok(None);
        }
        self.piece(attachment_id, 0, whole).map(Some)
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

fn told(mail: Mail) -> MailView {
    let names = |boxes: &[Mailbox]| -> Vec<String> {
        let one = |mailbox: &Mailbox| match (&mailbox.name, &mailbox.address) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (Some(one), None) | (None, Some(one)) => one.clone(),
            (None, None) => String::new(),
        };
        boxes.iter().map(one).filter(|one| !one.is_empty()).collect()
    };
    let pictures = mail.html.as_deref().map_or(0, |html| view::harmless(html).pictures);
    MailView {
        from: names(&mail.from),
        to: names(&mail.to),
        cc: names(&mail.cc),
        date: mail.date_header.clone(),
        pictures: u32::try_from(pictures).unwrap_or(u32::MAX),
        formatted: mail.html.is_some(),
        files: mail.parts.iter().map(|part| part.name.clone().unwrap_or_else(|| part.mime.clone())).collect(),
        body: mail.body,
        subject: mail.subject,
    }
}

use ashore_documents::Document;
use ashore_domain::LetterId;
use ashore_importers::view::pages;
use serde::Serialize;
use specta::Type;

use super::LetterRequest;
use super::export::{LetterFormat, rendered};
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id};

/// The very bytes that would be written, held in memory until another letter is looked at or the vault is locked.
pub(crate) struct Previewed {
    id: String,
    pdf: Vec<u8>,
}

/// A letter set and ready to be looked at, page by page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LetterPagesView {
    /// By what its pages are asked for.
    pub id: String,
    /// How many there are.
    pub pages: u32,
}

impl App<Unlocked> {
    /// Sets the letter as it would be printed now. Nothing is stored and nothing written.
    ///
    /// # Errors
    /// As for [`App::export_letter`].
    pub fn preview_letter(&mut self, request: &LetterRequest) -> Result<LetterPagesView, AppError> {
        let filled = self.filled(request)?;
        self.hold(&filled.edited)
    }

    /// Sets a version that was kept, as it was.
    ///
    /// # Errors
    /// No letter is known by this id.
    pub fn preview_kept_letter(&mut self, letter_id: &str) -> Result<LetterPagesView, AppError> {
        let document = self.kept_document(letter_id)?;
        self.hold(&document)
    }

    /// One page, from 1, of the letter that was set last, as PNG.
    ///
    /// # Errors
    /// Another letter was set meanwhile, or there is no such page.
    pub fn letter_page(&self, preview_id: &str, number: u32) -> Result<Vec<u8>, AppError> {
        let held = self.state.previewed.as_ref().filter(|held| held.id == preview_id);
        let held = held
            .ok_or_else(|| AppError::field(ErrorCode::NotFound, "preview_id", "another letter is shown"))?;
        // Drawn here and not in a process of its own: these bytes were made by this program a moment ago.
        pages::draw(held.pdf.clone(), usize::try_from(number).unwrap_or(usize::MAX)).map_err(undrawn)
    }

    fn hold(&mut self, document: &Document) -> Result<LetterPagesView, AppError> {
        let pdf = rendered(document, LetterFormat::Pdf)?;
        let count = pages::count(pdf.clone()).map_err(undrawn)?;
        let held = Previewed { id: LetterId::from_bytes(id::fresh(self.clock.now())?).to_string(), pdf };
        let shown = LetterPagesView { id: held.id.clone(), pages: u32::try_from(count).unwrap_or(u32::MAX) };
        self.state.previewed = Some(held);
        Ok(shown)
    }
}

fn undrawn(why: pages::PageError) -> AppError {
    AppError::new(ErrorCode::FileUnreadable, why.to_string())
}

use ashore_vault::Draft;
use serde::Serialize;
use specta::Type;

use super::{App, Unlocked};
use crate::{AppError, ErrorCode};

/// A form that was half filled in when the vault was locked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DraftView {
    /// What was typed, in the form's own JSON.
    pub body: String,
    /// When it was kept.
    pub saved_at: String,
}

/// More than any form holds.
const BODY_MAX: usize = 256 * 1024;
const NAME_MAX: usize = 200;

impl App<Unlocked> {
    /// Keeps what was typed into a form, in place of an earlier draft of that name.
    ///
    /// # Errors
    /// It is longer than any form, or the vault cannot be written.
    pub fn save_draft(&mut self, name: &str, body: &str) -> Result<(), AppError> {
        if body.len() > BODY_MAX || name.len() > NAME_MAX || name.is_empty() {
            return Err(AppError::field(ErrorCode::FieldTooLong, "draft", "this is longer than any form"));
        }
        let saved_at = self.clock.now().to_rfc3339();
        let draft = Draft { name: name.to_owned(), body: body.to_owned(), saved_at };
        Ok(self.state.vault.save_draft(&draft)?)
    }

    /// The draft of that name, once: it is the form's again, which saves it anew when it is left unfinished.
    ///
    /// # Errors
    /// The vault cannot be read or written.
    pub fn take_draft(&mut self, name: &str) -> Result<Option<DraftView>, AppError> {
        let found = self.state.vault.drafts()?.into_iter().find(|draft| draft.name == name);
        if found.is_some() {
            self.state.vault.drop_draft(name)?;
        }
        Ok(found.map(|draft| DraftView { body: draft.body, saved_at: draft.saved_at }))
    }
}

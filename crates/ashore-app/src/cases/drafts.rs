//! What is being written and not yet recorded: kept in the vault, so that leaving a page or locking loses nothing.

use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode};

/// Longest draft that is kept.
const MOST_BYTES: usize = 256 * 1024;

impl App<Unlocked> {
    /// Keeps what was entered under a name, or forgets it. It is no fact and changes nothing.
    ///
    /// # Errors
    /// A name that is none, a draft beyond all size, or a disk that refuses.
    pub fn keep_draft(&mut self, name: &str, text: Option<&str>) -> Result<(), AppError> {
        let key = key(name)?;
        if text.is_some_and(|text| text.len() > MOST_BYTES) {
            return Err(AppError::field(ErrorCode::FieldTooLong, "draft", "this is too long to be kept"));
        }
        Ok(self.state.vault.set_setting(&key, text)?)
    }

    /// What was entered under a name.
    ///
    /// # Errors
    /// A name that is none, or a vault that cannot be read.
    pub fn draft(&self, name: &str) -> Result<Option<String>, AppError> {
        Ok(self.state.vault.setting(&key(name)?)?)
    }
}

fn key(name: &str) -> Result<String, AppError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() || name.len() > 80 || !name.chars().all(plain) {
        return Err(AppError::field(ErrorCode::BadRequest, "name", "letters, digits and dashes only"));
    }
    Ok(format!("draft.{name}"))
}

use ashore_engine::Hours;

use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode};

const KEY: &str = "consented_hours";
/// More than this nobody agrees to one by one.
const MOST: usize = 12;

impl App<Unlocked> {
    /// Hours in which the borrower agreed to be contacted, such as `21:00-23:00`. Contacts within them are no finding of
    /// quiet hours.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn consented_hours(&self) -> Result<Vec<String>, AppError> {
        let text = self.state.vault.setting(KEY)?;
        // A choice that cannot be read is none: then every contact at night is shown.
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
    }

    /// Keeps these hours instead of those before. A choice of the borrower, no fact.
    ///
    /// # Errors
    /// Hours that cannot be read, or too many of them.
    pub fn save_consented_hours(&mut self, texts: &[String]) -> Result<(), AppError> {
        hours(texts.iter())?;
        if texts.len() > MOST {
            let message = format!("at most {MOST} spans of hours");
            return Err(AppError::field(ErrorCode::BadRequest, "consented_hours", message));
        }
        let text =
            serde_json::to_string(texts).map_err(|why| AppError::new(ErrorCode::Io, why.to_string()))?;
        Ok(self.state.vault.set_setting(KEY, Some(&text))?)
    }
}

pub(super) fn hours<'t>(texts: impl Iterator<Item = &'t String>) -> Result<Vec<Hours>, AppError> {
    texts
        .map(|text| {
            let read = Hours::read(text).filter(|hours| hours.from != hours.to);
            read.ok_or_else(|| {
                let message = "write hours as 21:00-23:00";
                AppError::field(ErrorCode::BadRequest, "consented_hours", message)
            })
        })
        .collect()
}

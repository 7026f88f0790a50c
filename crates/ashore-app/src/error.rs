//! One shape of refusal for every shell: a code to act on, the field it concerns, a sentence, hints.

use ashore_importers::text::TextError;
use serde::Serialize;
use specta::Type;

use crate::code::ErrorCode;

/// A refusal. What was asked for did not happen and nothing of it was stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AppError {
    /// What kind; shells act on this.
    pub code: ErrorCode,
    /// The field of the request it concerns, when there is one.
    pub field: Option<String>,
    /// One sentence: what happened.
    pub message: String,
    /// What may help.
    pub hints: Vec<String>,
}

impl AppError {
    /// A refusal with nothing but its kind and a sentence.
    #[must_use]
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, field: None, message: message.into(), hints: code.hints() }
    }

    /// The same, about one field.
    #[must_use]
    pub fn field(code: ErrorCode, field: &str, message: impl Into<String>) -> Self {
        Self { field: Some(field.to_owned()), ..Self::new(code, message) }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.field {
            Some(field) => write!(f, "{field}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for AppError {}

/// A text the user typed that could not be read, with the field it stood in.
pub(crate) fn unreadable(field: &str) -> impl Fn(TextError) -> AppError + '_ {
    use ashore_domain::MoneyError;
    move |why| {
        let code = match why {
            TextError::Missing | TextError::Amount(MoneyError::Empty) => ErrorCode::FieldMissing,
            TextError::Amount(MoneyError::TooManyDecimals) => ErrorCode::AmountTooManyDecimals,
            TextError::Amount(MoneyError::OutOfRange) => ErrorCode::AmountOutOfRange,
            TextError::Amount(MoneyError::NotANumber) | TextError::Separators => ErrorCode::AmountNotANumber,
            TextError::NumberWords => ErrorCode::AmountInWords,
            TextError::Percentage => ErrorCode::RateNotANumber,
            TextError::Count => ErrorCode::CountNotANumber,
            TextError::Date(_) | TextError::Time => ErrorCode::DateImpossible,
        };
        AppError::field(code, field, why.to_string())
    }
}

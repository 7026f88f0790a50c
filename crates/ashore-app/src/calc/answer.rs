use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::{AppError, ErrorCode};

/// Characters of a message at most.
const LONGEST_MESSAGE: usize = 400;

/// What one line is answered with.
pub(super) struct Answer {
    text: String,
    refused: bool,
}

#[derive(Serialize)]
struct Envelope<'a, T> {
    id: &'a RawValue,
    #[serde(flatten)]
    body: T,
}

#[derive(Serialize)]
struct Refusal {
    error: Reason,
}

#[derive(Serialize)]
struct Reason {
    code: ErrorCode,
    message: String,
}

/// Just enough of a question to know whom to answer: the `id` as it was written, digit for digit.
#[derive(Deserialize)]
struct Addressed<'a> {
    #[serde(borrow, default = "no_id")]
    id: &'a RawValue,
}

const fn no_id() -> &'static RawValue {
    RawValue::NULL
}

impl Answer {
    /// A refusal of a line whose `id` cannot be known.
    pub(super) fn refused(error: AppError) -> Self {
        Self::refusal(RawValue::NULL, &error)
    }

    /// The line to write, without its end.
    pub(super) fn line(&self) -> &str {
        &self.text
    }

    pub(super) const fn is_refusal(&self) -> bool {
        self.refused
    }

    fn refusal(id: &RawValue, error: &AppError) -> Self {
        let body = Refusal { error: Reason { code: error.code, message: error.to_string() } };
        // Every question has its line: one that cannot be worded says at least that it was refused.
        let bare =
            || format!(r#"{{"id":{},"error":{{"code":"bad_request","message":"refused"}}}}"#, id.get());
        Self { text: written(id, body).unwrap_or_else(|_| bare()), refused: true }
    }
}

/// Reads a question of one kind, answers it, and writes the answer with the question's `id`.
pub(super) fn answer<Q, A>(text: &str, solve: impl FnOnce(Q) -> Result<A, AppError>) -> Answer
where
    Q: DeserializeOwned,
    A: Serialize,
{
    // Serde would also take a list as the fields in order; a question is an object.
    if !text.trim_start().starts_with('{') {
        let error = AppError::new(ErrorCode::BadRequest, "not a JSON object");
        return Answer::refused(error);
    }
    let id = match serde_json::from_str::<Addressed>(text) {
        Ok(addressed) => addressed.id,
        Err(why) => return Answer::refused(unreadable("", &why)),
    };
    let solved = read(text).and_then(solve).and_then(|body| {
        written(id, body).map_err(|why| AppError::new(ErrorCode::BadRequest, why.to_string()))
    });
    match solved {
        Ok(text) => Answer { text, refused: false },
        Err(error) => Answer::refusal(id, &error),
    }
}

fn written<T: Serialize>(id: &RawValue, body: T) -> serde_json::Result<String> {
    serde_json::to_string(&Envelope { id, body })
}

/// A JSON text as `Q`; what does not fit is named by its place.
pub(crate) fn read<Q: DeserializeOwned>(text: &str) -> Result<Q, AppError> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value: Q = serde_path_to_error::deserialize(&mut json)
        .map_err(|why| unreadable(&why.path().to_string(), why.inner()))?;
    json.end().map_err(|why| unreadable("", &why))?;
    Ok(value)
}

/// A JSON value as `Q`; what does not fit is named by its place below `field`.
pub(crate) fn read_value<Q: DeserializeOwned>(field: &str, value: Value) -> Result<Q, AppError> {
    serde_path_to_error::deserialize(value).map_err(|why| {
        let path = why.path().to_string();
        let path = if path == "." { field.to_owned() } else { format!("{field}.{path}") };
        unreadable(&path, why.inner())
    })
}

fn unreadable(path: &str, why: &serde_json::Error) -> AppError {
    let mut text = why.to_string();
    // What was typed stands in the message; a monstrous value must not come back whole.
    if text.chars().count() > LONGEST_MESSAGE {
        text = text.chars().take(LONGEST_MESSAGE).chain(['…']).collect();
    }
    let code = if text.starts_with("unknown field") {
        ErrorCode::FieldUnknown
    } else if text.starts_with("missing field") {
        ErrorCode::FieldMissing
    } else {
        ErrorCode::BadRequest
    };
    if path.is_empty() || path == "." { AppError::new(code, text) } else { AppError::field(code, path, text) }
}

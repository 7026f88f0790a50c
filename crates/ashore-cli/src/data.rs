//! Requests written as JSON, from a file or standard input.

use std::io::Read;

use ashore_app::{AppError, ErrorCode};
use clap::Args;
use serde::de::DeserializeOwned;

/// Where a request's JSON comes from.
#[derive(Debug, Args)]
pub(crate) struct Data {
    /// JSON file, or - for standard input.
    #[arg(long, value_name = "FILE|-")]
    data: String,
}

/// More than any request needs; files are attached, not written into JSON.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// The same where nothing at all is a request too.
#[derive(Debug, Args)]
pub(crate) struct MaybeData {
    /// JSON file, or - for standard input.
    #[arg(long, value_name = "FILE|-")]
    data: Option<String>,
}

impl MaybeData {
    /// The request, the empty one when there is none, or what is wrong with its JSON.
    pub(crate) fn read<T: DeserializeOwned + Default>(self) -> Result<T, AppError> {
        self.data.map_or_else(|| Ok(T::default()), |data| Data::from_source(&data).read())
    }
}

impl Data {
    /// The same from an option of another name or shape.
    pub(crate) fn from_source(source: &str) -> Self {
        Self { data: source.to_owned() }
    }

    /// The request, or what is wrong with its JSON.
    pub(crate) fn read<T: DeserializeOwned>(&self) -> Result<T, AppError> {
        let mut text = String::new();
        let read = if self.data == "-" {
            std::io::stdin().lock().take(MOST_BYTES).read_to_string(&mut text)
        } else {
            std::fs::File::open(&self.data).and_then(|file| file.take(MOST_BYTES).read_to_string(&mut text))
        };
        read.map_err(|why| {
            AppError::field(ErrorCode::BadRequest, "--data", format!("cannot be read: {why}"))
        })?;
        read_text(&text)
    }
}

/// A request of that text, or what is wrong with it.
pub(crate) fn read_text<T: DeserializeOwned>(text: &str) -> Result<T, AppError> {
    serde_json::from_str(text).map_err(|why| {
        let message = why.to_string();
        let code = match message.starts_with("unknown field") {
            true => ErrorCode::FieldUnknown,
            false if message.starts_with("missing field") => ErrorCode::FieldMissing,
            false => ErrorCode::BadRequest,
        };
        let field = message.split('`').nth(1).unwrap_or("--data").to_owned();
        AppError::field(code, &field, message)
    })
}

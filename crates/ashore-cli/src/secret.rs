//! Where secrets come from: a file, the environment or the terminal; never an argument.

use std::io::{self, IsTerminal};
use std::path::Path;

use ashore_app::{AppError, ErrorCode};

const VARIABLE: &str = "ASHORE_PASSPHRASE";

/// The first line of a file, without its line end.
pub(crate) fn first_line(file: &Path) -> Result<String, AppError> {
    let text = std::fs::read_to_string(file).map_err(|why| {
        AppError::new(ErrorCode::BadRequest, format!("{} cannot be read: {why}", file.display()))
    })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

/// The passphrase from the file, else the environment, else the terminal.
pub(crate) fn passphrase(file: Option<&Path>, prompt: &str) -> Result<String, AppError> {
    if let Some(file) = file {
        return first_line(file);
    }
    if let Ok(given) = std::env::var(VARIABLE) {
        return Ok(given);
    }
    ask(prompt, "give the passphrase by --passphrase-file or ASHORE_PASSPHRASE")
}

/// A new passphrase from the file, else the terminal.
pub(crate) fn new_passphrase(file: Option<&Path>) -> Result<String, AppError> {
    match file {
        Some(file) => first_line(file),
        None => ask("New passphrase: ", "give the new passphrase by --new-passphrase-file"),
    }
}

fn ask(prompt: &str, otherwise: &str) -> Result<String, AppError> {
    if !io::stdin().is_terminal() {
        return Err(AppError::field(ErrorCode::FieldMissing, "passphrase", otherwise));
    }
    rpassword::prompt_password(prompt)
        .map_err(|why| AppError::new(ErrorCode::Io, format!("the terminal cannot be read: {why}")))
}

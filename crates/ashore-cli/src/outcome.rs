//! Exit statuses of the contract, in one place.

use std::io::{self, Write};
use std::process::ExitCode;

use ashore_app::AppError;
use serde_json::json;

use crate::commands::Answer;
use crate::render;

/// Bad usage or input that cannot be read.
pub(crate) const BAD_USAGE: u8 = 2;
const PARTLY: u8 = 1;
const NO_SPACE: u8 = 4;

/// How a command that ran to its end ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All of it.
    Done,
    /// Something was refused; the rest was done.
    PartlyRefused,
}

/// Why a command could not run to its end.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Standard input failed.
    Unreadable(io::Error),
    /// Standard output failed.
    Unwritable(io::Error),
}

/// The exit status, with the reason on stderr where there is one.
pub(crate) fn exit(done: Result<Outcome, Failure>) -> ExitCode {
    let (status, reason) = match done {
        Ok(Outcome::Done) => (0, None),
        Ok(Outcome::PartlyRefused) => (PARTLY, None),
        Err(Failure::Unreadable(why)) => (BAD_USAGE, Some(format!("the input cannot be read: {why}"))),
        // The reader of a pipe has gone and needs no explanation.
        Err(Failure::Unwritable(why)) if why.kind() == io::ErrorKind::BrokenPipe => (NO_SPACE, None),
        Err(Failure::Unwritable(why)) => (NO_SPACE, Some(format!("the output cannot be written: {why}"))),
    };
    if let Some(reason) = reason {
        let _ = writeln!(io::stderr(), "ashore-cli: {reason}");
    }
    ExitCode::from(status)
}

/// Writes a command's answer to stdout or its refusal to stderr, and says how it ended.
pub(crate) fn answered(answered: Result<Answer, AppError>, as_json: bool) -> ExitCode {
    match answered {
        Ok(Answer { view, whole }) => {
            let text = if as_json { view.to_string() } else { render::people(&view) };
            match writeln!(io::stdout(), "{text}") {
                Ok(()) => ExitCode::from(if whole { 0 } else { PARTLY }),
                Err(why) => exit(Err(Failure::Unwritable(why))),
            }
        }
        Err(error) => {
            let text = if as_json {
                json!({ "error": error }).to_string()
            } else {
                let hints: String = error.hints.iter().map(|hint| format!("\n{hint}")).collect();
                format!("ashore-cli: {error}{hints}")
            };
            let _ = writeln!(io::stderr(), "{text}");
            ExitCode::from(error.code.exit_status())
        }
    }
}

use std::io::{self, BufWriter};

use ashore_app::calc::{self, Question, RunError};

use crate::outcome::{Failure, Outcome};

/// Streams standard input through the façade to standard output.
pub(crate) fn run(question: Question) -> Result<Outcome, Failure> {
    let output = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    match calc::run(question, io::stdin().lock(), output) {
        Ok(tally) if tally.refused == 0 => Ok(Outcome::Done),
        Ok(_) => Ok(Outcome::PartlyRefused),
        Err(RunError::Read(why)) => Err(Failure::Unreadable(why)),
        Err(RunError::Write(why)) => Err(Failure::Unwritable(why)),
    }
}

//! `calc`: questions without a vault, one JSON object a line in, one a line out, in the same order.
//!
//! Every line that is not blank gets exactly one answer with its `id`; a bad line is refused in its place and the
//! others are still answered. Lines stream: memory holds one of them, whatever the length of the input.

mod answer;
mod cap;
mod capacity;
mod compare;
mod conduct;
mod cost;
mod deadline;
mod forecast;
mod identify;
mod limitation;
mod lines;
mod plan;
mod schedule;
mod statement;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_codes;
#[cfg(test)]
mod tests_conduct;
#[cfg(test)]
mod tests_law;
#[cfg(test)]
mod tests_plan;
#[cfg(test)]
mod tests_ways;

use std::io::{self, BufRead, Write};

use answer::{Answer, answer};
use lines::{Line, Lines};

/// One kind of question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the contract of the command line explains each
pub enum Question {
    Cost,
    Schedule,
    Statement,
    Cap,
    Limitation,
    Deadline,
    Capacity,
    Forecast,
    Compare,
    Identify,
    Plan,
    Conduct,
}

/// How a run went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Lines answered with figures.
    pub answered: u64,
    /// Lines refused.
    pub refused: u64,
}

/// Which of the two streams failed.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// Questions could not be read.
    #[error("reading failed: {0}")]
    Read(#[source] io::Error),
    /// Answers could not be written.
    #[error("writing failed: {0}")]
    Write(#[source] io::Error),
}

/// Answers every line of `input` on `output`.
///
/// # Errors
/// Only what the two streams themselves cannot do.
pub fn run(question: Question, input: impl BufRead, mut output: impl Write) -> Result<Tally, RunError> {
    let mut lines = Lines::new(input);
    let mut tally = Tally::default();
    while let Some(line) = lines.next().map_err(RunError::Read)? {
        let answer = match line {
            Line::Refused(error) => Answer::refused(error),
            Line::Text(text) => one(question, text),
        };
        if answer.is_refusal() {
            tally.refused += 1
        } else {
            tally.answered += 1
        }
        let line = answer.line();
        output.write_all(line.as_bytes()).and_then(|()| output.write_all(b"\n")).map_err(RunError::Write)?;
    }
    output.flush().map_err(RunError::Write)?;
    Ok(tally)
}

fn one(question: Question, text: &str) -> Answer {
    match question {
        Question::Cost => answer(text, cost::cost),
        Question::Schedule => answer(text, schedule::schedule),
        Question::Statement => answer(text, statement::statement),
        Question::Cap => answer(text, cap::cap),
        Question::Limitation => answer(text, limitation::limitation),
        Question::Deadline => answer(text, deadline::deadline),
        Question::Capacity => answer(text, capacity::capacity),
        Question::Forecast => answer(text, forecast::forecast),
        Question::Compare => answer(text, compare::compare),
        Question::Identify => answer(text, identify::identify),
        Question::Plan => answer(text, plan::plan),
        Question::Conduct => answer(text, conduct::conduct),
    }
}

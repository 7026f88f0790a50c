//! What is done by a process of its own: foreign files are taken in, mails and pages are shown. That process is this
//! same program, so these tests have a beginning of their own instead of the usual one.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // a test and its runner

mod ended;
mod shown;

use std::io::stdout;
use std::process::ExitCode;

const NOW: &str = "2026-11-18T09:30:00+08:00";

const TESTS: [(&str, fn()); 5] = [
    ("a_lock_ends_the_reading_of_a_file_at_once", ended::a_lock_ends_the_reading_of_a_file_at_once),
    ("a_mail_is_shown_without_anything_that_acts", shown::a_mail_is_shown_without_anything_that_acts),
    ("a_mail_that_breaks_its_reader_is_not_shown", shown::a_mail_that_breaks_its_reader_is_not_shown),
    ("a_page_is_drawn_and_a_broken_one_is_not", shown::a_page_is_drawn_and_a_broken_one_is_not),
    (
        "pages_built_to_break_their_reader_break_nothing_else",
        shown::pages_built_to_break_their_reader_break_nothing_else,
    ),
];

/// Speaks with whoever runs tests as their own harness does: `--list`, and names.
fn main() -> ExitCode {
    let mut output = stdout().lock();
    let done = ashore_app::import::read_if_asked(&mut output)
        .or_else(|| ashore_app::contacts::draw_if_asked(&mut output));
    if let Some(done) = done {
        return done;
    }
    drop(output);
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let says = |flag: &str| arguments.iter().any(|argument| argument == flag);
    if says("--list") {
        // None is ever left out.
        for (name, _) in TESTS.iter().filter(|_| !says("--ignored")) {
            println!("{name}: test");
        }
        return ExitCode::SUCCESS;
    }
    let wanted: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with('-')).collect();
    for (name, test) in TESTS {
        if wanted.is_empty() || wanted.iter().any(|part| name.contains(part.as_str())) {
            test();
            println!("test {name} ... ok");
        }
    }
    ExitCode::SUCCESS
}

//! `ashore-cli`: what the product can do, on a command line. No logic of its own: it reads arguments, calls
//! `ashore-app` and writes what comes back.

mod args;
mod commands;
mod outcome;

use std::process::ExitCode;

use args::{Cli, Command};
use clap::Parser;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => {
            // Help goes to stdout and is no failure; bad usage goes to stderr and is 2.
            let status = if usage.use_stderr() { outcome::BAD_USAGE } else { 0 };
            let _ = usage.print();
            return ExitCode::from(status);
        }
    };
    let done = match cli.command {
        Command::Calc { question } => commands::calc::run(question.into()),
    };
    outcome::exit(done)
}

//! `ashore-cli`: what the product can do, on a command line. No logic of its own: it reads arguments, calls
//! `ashore-app` and writes what comes back.

mod args;
mod commands;
mod data;
mod globals;
mod outcome;
mod progress;
mod render;
mod secret;

use std::process::ExitCode;

use args::{Cli, Command};
use clap::Parser;

fn main() -> ExitCode {
    // Started by ourselves to read one foreign file, and for nothing else.
    let mut output = std::io::stdout().lock();
    let done = ashore_app::import::read_if_asked(&mut output)
        .or_else(|| ashore_app::contacts::draw_if_asked(&mut output));
    if let Some(done) = done {
        return done;
    }
    drop(output);
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => {
            // Help goes to stdout and is no failure; bad usage goes to stderr and is 2.
            let status = if usage.use_stderr() { outcome::BAD_USAGE } else { 0 };
            let _ = usage.print();
            return ExitCode::from(status);
        }
    };
    let globals = cli.globals;
    let answered = match cli.command {
        Command::Calc { question } => return outcome::exit(commands::calc::run(question.into())),
        Command::Vault(command) => commands::vault::run(&globals, command),
        Command::Demo => commands::vault::demo(&globals),
        Command::Lender(command) => commands::loan::lender(&globals, command),
        Command::Loan(command) => commands::loan::run(&globals, command),
        Command::Pay(command) => commands::pay::run(&globals, command),
        Command::Capacity(command) => commands::offers::capacity(&globals, command),
        Command::Plan(command) => commands::offers::plan(&globals, command),
        Command::Proposal(command) => commands::negotiate::proposal(&globals, command),
        Command::Agreement(command) => commands::negotiate::agreement(&globals, command),
        Command::Case(command) => commands::negotiate::case(&globals, command),
        Command::Borrower(command) => commands::letter::borrower(&globals, command),
        Command::Letter(args) => commands::letter::letter(&globals, &args),
        Command::Package(args) => commands::letter::package(&globals, args),
        Command::Evidence(command) => commands::evidence::run(&globals, command),
        Command::Search { query, limit } => commands::evidence::search(&globals, query, limit),
        Command::Import { files, dry_run, mapping } => {
            commands::import::run(&globals, &files, dry_run, mapping.as_deref())
        }
        Command::Attach { file, to } => commands::evidence::attach(&globals, &file, &to),
        Command::Attachment(command) => commands::evidence::attachment(&globals, command),
        Command::Export(command) => commands::export::run(&globals, command),
        Command::Anchor(command) => commands::export::anchor(&globals, command),
        Command::VerifyPack { pack } => commands::export::verify(&pack),
        Command::Reminders(command) => commands::evidence::reminders(&globals, command),
        Command::Backup(args) => commands::backup::run(&globals, &args),
        Command::Restore { file } => commands::backup::restore(&globals, &file),
        Command::Deadline(command) => commands::deadline::run(&globals, command),
        Command::Review { done, note } => commands::deadline::review(&globals, done, note),
        Command::Tick => commands::evidence::tick(&globals),
    };
    outcome::answered(answered, globals.json)
}

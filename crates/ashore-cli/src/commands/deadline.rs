use ashore_app::AppError;
use ashore_app::deadlines::{AddDeadlineRequest, SettleDeadlineRequest};
use ashore_app::reviews::FinishReviewRequest;
use clap::Subcommand;

use super::{Answer, shown};
use crate::data::Data;
use crate::globals::Globals;

/// Time limits.
#[derive(Debug, Subcommand)]
pub(crate) enum DeadlineCommand {
    /// Record a paper that was received, or something that was handed in.
    Add(Data),
    /// Time limits, those that run first, the nearest first.
    List,
    /// Rules from which a time limit can be recorded.
    Rules,
    /// End one.
    Settle(Data),
}

pub(crate) fn run(globals: &Globals, command: DeadlineCommand) -> Result<Answer, AppError> {
    match command {
        DeadlineCommand::Add(data) => {
            let request: AddDeadlineRequest = data.read()?;
            shown(&globals.unlocked()?.add_deadline(&request)?)
        }
        DeadlineCommand::List => shown(&globals.unlocked()?.list_deadlines()?),
        DeadlineCommand::Rules => shown(&globals.unlocked()?.list_deadline_rules()?),
        DeadlineCommand::Settle(data) => {
            let request: SettleDeadlineRequest = data.read()?;
            let mut app = globals.unlocked()?;
            app.settle_deadline(&request)?;
            shown(&app.list_deadlines()?)
        }
    }
}

/// What changed since the last review; kept as done if asked.
pub(crate) fn review(globals: &Globals, done: bool, note: Option<String>) -> Result<Answer, AppError> {
    let mut app = globals.unlocked()?;
    if done { shown(&app.finish_review(&FinishReviewRequest { note })?) } else { shown(&app.review()?) }
}

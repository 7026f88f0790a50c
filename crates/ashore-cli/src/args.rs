use ashore_app::calc;
use clap::{Parser, Subcommand, ValueEnum};

/// Loans, what they cost, what can be paid: offline, exact to the fen.
#[derive(Debug, Parser)]
#[command(name = "ashore-cli", version, about, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Answer questions without a vault: JSON Lines in, one line out for each, in the same order.
    Calc {
        /// What is asked.
        question: Question,
    },
}

/// The questions of `calc`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Question {
    /// What flows of money cost: periodic, nominal, effective and dated annual rates.
    Cost,
    /// The repayment schedule of a loan, with its cost.
    Schedule,
    /// What is owed on a day, replayed from payments, waivers and agreed changes.
    Statement,
}

impl From<Question> for calc::Question {
    fn from(question: Question) -> Self {
        match question {
            Question::Cost => Self::Cost,
            Question::Schedule => Self::Schedule,
            Question::Statement => Self::Statement,
        }
    }
}

use std::path::PathBuf;

use ashore_app::calc;
use clap::{Parser, Subcommand, ValueEnum};

use crate::commands::backup::BackupArgs;
use crate::commands::deadline::DeadlineCommand;
use crate::commands::evidence::{AttachmentCommand, EvidenceCommand, RemindersCommand};
use crate::commands::export::{AnchorCommand, ExportCommand};
use crate::commands::letter::{BorrowerCommand, LetterArgs, PackageArgs};
use crate::commands::loan::{LenderCommand, LoanCommand};
use crate::commands::negotiate::{AgreementCommand, CaseCommand, ProposalCommand};
use crate::commands::offers::{CapacityCommand, PlanCommand};
use crate::commands::pay::PayCommand;
use crate::commands::vault::VaultCommand;
use crate::globals::Globals;

/// Loans, what they cost, what can be paid: offline, exact to the fen.
#[derive(Debug, Parser)]
#[command(name = "ashore-cli", version, about, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) globals: Globals,
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
    /// The vault itself.
    #[command(subcommand)]
    Vault(VaultCommand),
    /// Fill an empty vault with the sample household.
    Demo,
    /// Parties around loans.
    #[command(subcommand, alias = "party")]
    Lender(LenderCommand),
    /// Loans.
    #[command(subcommand)]
    Loan(LoanCommand),
    /// Payments.
    #[command(subcommand)]
    Pay(PayCommand),
    /// What can be paid.
    #[command(subcommand)]
    Capacity(CapacityCommand),
    /// What to ask each lender for.
    #[command(subcommand)]
    Plan(PlanCommand),
    /// Offers made.
    #[command(subcommand)]
    Proposal(ProposalCommand),
    /// Agreements in writing.
    #[command(subcommand)]
    Agreement(AgreementCommand),
    /// One case per loan: where it stands, what comes next, papers, tasks.
    #[command(subcommand)]
    Case(CaseCommand),
    /// What was said, sent and shown.
    #[command(subcommand)]
    Evidence(EvidenceCommand),
    /// Records in which all parts of the query stand: their ids, newest first.
    Search {
        /// Words, parts of words, names, numbers; one sign is enough.
        query: String,
        /// At most so many.
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
    },
    /// Take in files: messages, calls, mails, payments. Each thing once, each file whole or not at all.
    Import {
        /// Found by content, not by name.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Only say what would be taken, what is there already and what is left out.
        #[arg(long)]
        dry_run: bool,
        /// Which column of a table of unknown origin is what: JSON with the names of its columns, such as
        /// {"date":"日期","amount":"金额","counterparty":"对方"}.
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
    },
    /// Keep a file with a record: the record is written anew with it.
    Attach {
        /// The file.
        file: PathBuf,
        /// The record's id.
        #[arg(long, value_name = "ID")]
        to: String,
    },
    /// Kept files.
    #[command(subcommand)]
    Attachment(AttachmentCommand),
    /// What leaves the vault: packs that others can verify, and everything in open formats.
    #[command(subcommand)]
    Export(ExportCommand),
    /// Outside anchors of the chain.
    #[command(subcommand)]
    Anchor(AnchorCommand),
    /// Check a pack, without any vault; exit 1 with the first break.
    VerifyPack {
        /// A folder or an archive.
        #[arg(value_name = "DIR|ZIP")]
        pack: PathBuf,
    },
    /// The borrower's own particulars, as letters carry them.
    #[command(subcommand)]
    Borrower(BorrowerCommand),
    /// Fill a letter from the vault, keep it as a version and write it as PDF or text.
    Letter(LetterArgs),
    /// Put together what a complaint channel asks for.
    Package(PackageArgs),
    /// Reminders.
    #[command(subcommand)]
    Reminders(RemindersCommand),
    /// One age file that holds the whole vault: -o FILE makes it, `verify FILE` reads it to its last byte.
    Backup(BackupArgs),
    /// Restore a backup into --vault DIR, which must be empty or absent, after all of it was verified.
    Restore {
        /// The backup.
        file: PathBuf,
    },
    /// Time limits that run.
    #[command(subcommand)]
    Deadline(DeadlineCommand),
    /// What changed since the last review, which due will fail, how far it is.
    Review {
        /// Keep it as done today; the next is due in a month.
        #[arg(long)]
        done: bool,
        /// In words; with --done.
        #[arg(long, requires = "done")]
        note: Option<String>,
    },
    /// One pass of the reminder scheduler: prints what it would notify and records it.
    Tick,
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
    /// A loan against the reference lines for its lender and day of contract.
    Cap,
    /// When a claim may no longer be enforced: an estimate.
    Limitation,
    /// The last day of a time limit, with alarms.
    Deadline,
    /// What can be paid a month, from income, expenses and what comes first.
    Capacity,
    /// Which due fails, and how long before it fails.
    Forecast,
    /// Proposals beside one another and beside agreeing to nothing.
    Compare,
    /// Which way of counting reproduces a lender's own figures.
    Identify,
    /// Which requests to which lenders make all debts payable together.
    Plan,
    /// Which contacts of collectors may not fit which rule on conduct.
    Conduct,
}

impl From<Question> for calc::Question {
    fn from(question: Question) -> Self {
        match question {
            Question::Cost => Self::Cost,
            Question::Schedule => Self::Schedule,
            Question::Statement => Self::Statement,
            Question::Cap => Self::Cap,
            Question::Limitation => Self::Limitation,
            Question::Deadline => Self::Deadline,
            Question::Capacity => Self::Capacity,
            Question::Forecast => Self::Forecast,
            Question::Compare => Self::Compare,
            Question::Identify => Self::Identify,
            Question::Plan => Self::Plan,
            Question::Conduct => Self::Conduct,
        }
    }
}

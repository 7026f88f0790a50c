use ashore_app::AppError;
use ashore_app::lenders::{AddPartyRequest, SetLegitimacyRequest, SetLoanPartiesRequest};
use ashore_app::loans::CloseLoanRequest;
use ashore_app::words::CloseReason;
use clap::{Subcommand, ValueEnum};

use super::{Answer, shown};
use crate::data::Data;
use crate::globals::Globals;

/// Parties around loans.
#[derive(Debug, Subcommand)]
pub(crate) enum LenderCommand {
    /// Everyone around the loans.
    List,
    /// Record a party, or describe a known one anew.
    Add(Data),
    /// Who is what around a loan.
    Around {
        /// The loan.
        loan: String,
    },
    /// Say who is what around a loan: `{"loan_id","parties":[{"party_id"|"name","role","share","since","known_by"}]}`.
    Place(Data),
    /// Answer the questions on a platform's standing: `{"party_id","answers":[{"id","answer"}]}`.
    Legitimacy(Data),
}

/// Loans.
#[derive(Debug, Subcommand)]
pub(crate) enum LoanCommand {
    /// Open a loan: `{"name", "loan": LOAN, "paid_terms", "opening", …}`.
    Add(Data),
    /// All loans as of today.
    List,
    /// One loan whole.
    Show {
        /// Which.
        id: String,
        /// The day its statement speaks of.
        #[arg(long, value_name = "DATE")]
        as_of: Option<String>,
    },
    /// Describe a loan anew; the old description stays readable.
    Amend {
        /// Which.
        id: String,
        #[command(flatten)]
        data: Data,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// A loan that is over.
    Close {
        /// Which.
        id: String,
        /// Why.
        #[arg(long)]
        reason: Reason,
        /// On which day; today when absent.
        #[arg(long, value_name = "DATE")]
        on: Option<String>,
        /// In words.
        #[arg(long)]
        note: Option<String>,
    },
}

/// Why a loan was closed.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum Reason {
    PaidOff,
    Settled,
    EnteredByMistake,
}

impl From<Reason> for CloseReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::PaidOff => Self::PaidOff,
            Reason::Settled => Self::Settled,
            Reason::EnteredByMistake => Self::EnteredByMistake,
        }
    }
}

pub(crate) fn lender(globals: &Globals, command: LenderCommand) -> Result<Answer, AppError> {
    match command {
        LenderCommand::List => shown(&globals.unlocked()?.list_parties()?),
        LenderCommand::Add(data) => {
            let request: AddPartyRequest = data.read()?;
            shown(&globals.unlocked()?.add_party(&request)?)
        }
        LenderCommand::Around { loan } => shown(&globals.unlocked()?.loan_parties(&loan)?),
        LenderCommand::Place(data) => {
            let request: SetLoanPartiesRequest = data.read()?;
            shown(&globals.unlocked()?.set_loan_parties(&request)?)
        }
        LenderCommand::Legitimacy(data) => {
            let request: SetLegitimacyRequest = data.read()?;
            shown(&globals.unlocked()?.set_legitimacy(&request)?)
        }
    }
}

pub(crate) fn run(globals: &Globals, command: LoanCommand) -> Result<Answer, AppError> {
    match command {
        LoanCommand::Add(data) => {
            let request = data.read()?;
            shown(&globals.unlocked()?.open_loan(&request)?)
        }
        LoanCommand::List => shown(&globals.unlocked()?.list_loans()?),
        LoanCommand::Show { id, as_of } => shown(&globals.unlocked()?.loan(&id, as_of.as_deref())?),
        LoanCommand::Amend { id, data, reason } => {
            let request = data.read()?;
            shown(&globals.unlocked()?.correct_loan(&id, &request, &reason)?)
        }
        LoanCommand::Close { id, reason, on, note } => {
            let mut app = globals.unlocked()?;
            app.close_loan(&CloseLoanRequest { loan_id: id.clone(), on, reason: reason.into(), note })?;
            shown(&app.loan(&id, None)?)
        }
    }
}

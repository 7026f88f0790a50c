use ashore_app::AppError;
use ashore_app::offers::{PreviewOffersRequest, SaveOffersRequest};
use clap::{Args, Subcommand};

use super::{Answer, shown};
use crate::data::Data;
use crate::globals::Globals;

/// What can be paid.
#[derive(Debug, Subcommand)]
pub(crate) enum CapacityCommand {
    /// State income and expenses.
    Set(Data),
    /// The worksheet as last stated, and what it leaves.
    Show,
}

/// What to ask each lender for.
#[derive(Debug, Subcommand)]
pub(crate) enum PlanCommand {
    /// The same share for every lender; nothing is stored.
    Run(Share),
    /// Keep it as one request per lender; the contracts go on.
    Save {
        #[command(flatten)]
        share: Share,
        /// Last day the requests stand.
        #[arg(long, value_name = "DATE")]
        expires_on: Option<String>,
        /// In words.
        #[arg(long)]
        note: Option<String>,
    },
}

/// What is shared among whom.
#[derive(Debug, Args)]
pub(crate) struct Share {
    /// Yuan a month; the worksheet's capacity when absent.
    #[arg(long, value_name = "AMOUNT")]
    monthly: Option<String>,
    /// Only this loan; may be given several times.
    #[arg(long = "loan", value_name = "ID")]
    loans: Vec<String>,
}

/// Offers made.
#[derive(Debug, Subcommand)]
pub(crate) enum ProposalCommand {
    /// Offers, newest first.
    List {
        /// Only of this loan.
        #[arg(long, value_name = "ID")]
        loan: Option<String>,
    },
}

/// Agreements in writing.
#[derive(Debug, Subcommand)]
pub(crate) enum AgreementCommand {
    /// Record an agreement; its dues take over from its day.
    Add(Data),
    /// One agreement and how it is kept.
    Show {
        /// Which.
        id: String,
    },
    /// Agreements, newest first.
    List {
        /// Only of this loan.
        #[arg(long, value_name = "ID")]
        loan: Option<String>,
    },
}

impl Share {
    fn request(self) -> PreviewOffersRequest {
        PreviewOffersRequest { monthly: self.monthly, loan_ids: self.loans }
    }
}

pub(crate) fn capacity(globals: &Globals, command: CapacityCommand) -> Result<Answer, AppError> {
    match command {
        CapacityCommand::Set(data) => {
            let form = data.read()?;
            shown(&globals.unlocked()?.set_capacity(&form)?)
        }
        CapacityCommand::Show => shown(&globals.unlocked()?.capacity()?),
    }
}

pub(crate) fn plan(globals: &Globals, command: PlanCommand) -> Result<Answer, AppError> {
    match command {
        PlanCommand::Run(share) => shown(&globals.unlocked()?.preview_offers(&share.request())?),
        PlanCommand::Save { share, expires_on, note } => {
            let request = SaveOffersRequest { offers: share.request(), expires_on, note };
            shown(&globals.unlocked()?.save_offers(&request)?)
        }
    }
}

pub(crate) fn proposal(globals: &Globals, command: ProposalCommand) -> Result<Answer, AppError> {
    match command {
        ProposalCommand::List { loan } => shown(&globals.unlocked()?.list_proposals(loan.as_deref())?),
    }
}

pub(crate) fn agreement(globals: &Globals, command: AgreementCommand) -> Result<Answer, AppError> {
    match command {
        AgreementCommand::Add(data) => {
            let request = data.read()?;
            shown(&globals.unlocked()?.record_agreement(&request)?)
        }
        AgreementCommand::Show { id } => shown(&globals.unlocked()?.agreement(&id)?),
        AgreementCommand::List { loan } => shown(&globals.unlocked()?.list_agreements(loan.as_deref())?),
    }
}

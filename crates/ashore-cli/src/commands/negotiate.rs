use ashore_app::AppError;
use ashore_app::agreements::{AdvanceAgreementRequest, CheckAgreementRequest};
use ashore_app::cases::{AddTaskRequest, HardshipForm, SetDocumentRequest, SetStageRequest};
use ashore_app::offers::{AcceptOfferRequest, MakeOfferRequest};
use clap::Subcommand;

use super::{Answer, shown};
use crate::data::{Data, MaybeData};
use crate::globals::Globals;

/// Offers of both sides: appended, never edited. None of them changes what is owed.
#[derive(Debug, Subcommand)]
pub(crate) enum ProposalCommand {
    /// Keep an offer: `{"loan_id","by","terms":[{"kind",…}],"waived":{…},"rows":[…],"expires_on","evidence_ids",…}`.
    Add(Data),
    /// What an offer would come to; nothing is stored.
    Preview(Data),
    /// Keep an answer to an offer, of the other side unless `by` says whose.
    Counter {
        /// The offer it answers; or `in_reply_to` in the data.
        id: Option<String>,
        #[command(flatten)]
        data: Data,
    },
    /// Somebody said yes: by word of mouth unless `form` is written and names its record.
    Accept {
        /// The offer; or `proposal_id` in the data.
        id: Option<String>,
        #[command(flatten)]
        data: MaybeData,
    },
    /// Offers, newest first.
    List {
        /// Only of this loan.
        #[arg(long, value_name = "ID")]
        loan: Option<String>,
    },
    /// One offer with what it comes to and what it changes.
    Show {
        /// Which.
        id: String,
    },
    /// Term by term, what an offer changes against the one it answers, or against another one.
    Diff {
        /// Which.
        id: String,
        /// Against which; the one it answers when absent.
        against: Option<String>,
    },
    /// What was said yes to and lacks the lender's writing, each with the message that asks for it.
    Unconfirmed,
}

/// Agreements in writing.
#[derive(Debug, Subcommand)]
pub(crate) enum AgreementCommand {
    /// Record an agreement; with the writing behind it its dues take over from its day, without it is a draft.
    Add(Data),
    /// Hold a text against the fifteen points, the warnings and the signs of fraud.
    Check {
        /// An agreement or draft; or `loan_id` and `text` in the data.
        id: Option<String>,
        #[command(flatten)]
        data: MaybeData,
    },
    /// What became of it: `{"agreement_id","state":"signed|breached|cured|completed|…","evidence_ids"}`.
    State(Data),
    /// One agreement and how it is kept.
    Show {
        /// Which.
        id: String,
    },
    /// Agreements, newest first, drafts among them.
    List {
        /// Only of this loan.
        #[arg(long, value_name = "ID")]
        loan: Option<String>,
    },
}

/// One case per loan.
#[derive(Debug, Subcommand)]
pub(crate) enum CaseCommand {
    /// Every case: where it stands and what comes next.
    List,
    /// One case whole.
    Show {
        /// The loan.
        loan: String,
    },
    /// State what happened to the borrower, or show it.
    Hardship {
        /// JSON file, or - for standard input; without it the latest statement is shown.
        #[arg(long, value_name = "FILE|-")]
        data: Option<String>,
    },
    /// Say by hand that a case is escalated, settled or open again.
    Stage(Data),
    /// Say how a paper of the checklist stands.
    Document(Data),
    /// Add something to be done.
    Task(Data),
    /// Tasks and promises.
    Tasks {
        /// Only of this loan.
        #[arg(long, value_name = "ID")]
        loan: Option<String>,
    },
    /// A task is done.
    Done {
        /// Which.
        id: String,
    },
}

pub(crate) fn proposal(globals: &Globals, command: ProposalCommand) -> Result<Answer, AppError> {
    match command {
        ProposalCommand::Add(data) => {
            let request: MakeOfferRequest = data.read()?;
            shown(&globals.unlocked()?.add_proposal(&request)?)
        }
        ProposalCommand::Preview(data) => {
            let request: MakeOfferRequest = data.read()?;
            shown(&globals.unlocked()?.preview_proposal(&request)?)
        }
        ProposalCommand::Counter { id, data } => {
            let request: MakeOfferRequest = data.read()?;
            let id = id.or_else(|| request.in_reply_to.clone()).unwrap_or_default();
            shown(&globals.unlocked()?.counter_proposal(&id, &request)?)
        }
        ProposalCommand::Accept { id, data } => {
            let mut request: AcceptOfferRequest = data.read()?;
            request.proposal_id = id.or(request.proposal_id);
            shown(&globals.unlocked()?.accept_proposal(&request)?)
        }
        ProposalCommand::List { loan } => shown(&globals.unlocked()?.list_proposals(loan.as_deref())?),
        ProposalCommand::Show { id } => shown(&globals.unlocked()?.offer_detail(&id)?),
        ProposalCommand::Diff { id, against } => {
            shown(&globals.unlocked()?.diff_proposals(&id, against.as_deref())?)
        }
        ProposalCommand::Unconfirmed => {
            let found = globals.unlocked()?.unconfirmed()?;
            shown(&serde_json::json!({ "unconfirmed": found }))
        }
    }
}

pub(crate) fn agreement(globals: &Globals, command: AgreementCommand) -> Result<Answer, AppError> {
    match command {
        AgreementCommand::Add(data) => {
            let request = data.read()?;
            shown(&globals.unlocked()?.record_agreement(&request)?)
        }
        AgreementCommand::Check { id, data } => {
            let mut request: CheckAgreementRequest = data.read()?;
            request.agreement_id = id.or(request.agreement_id);
            let mut app = globals.unlocked()?;
            if request.keep {
                shown(&app.keep_agreement_check(&request)?)
            } else {
                shown(&app.check_agreement(&request)?)
            }
        }
        AgreementCommand::State(data) => {
            let request: AdvanceAgreementRequest = data.read()?;
            shown(&globals.unlocked()?.advance_agreement(&request)?)
        }
        AgreementCommand::Show { id } => shown(&globals.unlocked()?.agreement(&id)?),
        AgreementCommand::List { loan } => shown(&globals.unlocked()?.list_agreements(loan.as_deref())?),
    }
}

pub(crate) fn case(globals: &Globals, command: CaseCommand) -> Result<Answer, AppError> {
    match command {
        CaseCommand::List => shown(&globals.unlocked()?.case_board()?),
        CaseCommand::Show { loan } => shown(&globals.unlocked()?.case(&loan)?),
        CaseCommand::Hardship { data: None } => shown(&globals.unlocked()?.hardship()?),
        CaseCommand::Hardship { data: Some(data) } => {
            let form: HardshipForm = Data::from_source(&data).read()?;
            shown(&globals.unlocked()?.set_hardship(&form)?)
        }
        CaseCommand::Stage(data) => {
            let request: SetStageRequest = data.read()?;
            shown(&globals.unlocked()?.set_case_stage(&request)?)
        }
        CaseCommand::Document(data) => {
            let request: SetDocumentRequest = data.read()?;
            shown(&globals.unlocked()?.set_case_document(&request)?)
        }
        CaseCommand::Task(data) => {
            let request: AddTaskRequest = data.read()?;
            shown(&globals.unlocked()?.add_task(&request)?)
        }
        CaseCommand::Tasks { loan } => shown(&globals.unlocked()?.list_tasks(loan.as_deref())?),
        CaseCommand::Done { id } => shown(&globals.unlocked()?.finish_task(&id)?),
    }
}

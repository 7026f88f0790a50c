use ashore_app::AppError;
use ashore_app::payments::{
    AddPaymentRequest, MatchPaymentRequest, PreviewPaymentRequest, ReturnPaymentRequest, VoidPaymentRequest,
};
use clap::Subcommand;

use super::{Answer, shown};
use crate::data::Data;
use crate::globals::Globals;

/// Payments.
#[derive(Debug, Subcommand)]
pub(crate) enum PayCommand {
    /// Record a payment.
    Add(Data),
    /// Payments, newest first.
    List {
        /// Only of this loan.
        #[arg(long, value_name = "ID")]
        loan: Option<String>,
    },
    /// Loans a payment may belong to, the likeliest first; nothing is stored.
    Match(Data),
    /// What a payment would do; nothing is stored.
    Preview(Data),
    /// Record that the money of a payment came back.
    Return(Data),
    /// Let a payment entered by mistake no longer count.
    Void {
        /// Which.
        id: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

pub(crate) fn run(globals: &Globals, command: PayCommand) -> Result<Answer, AppError> {
    match command {
        PayCommand::Add(data) => {
            let request: AddPaymentRequest = data.read()?;
            shown(&globals.unlocked()?.add_payment(&request)?)
        }
        PayCommand::List { loan } => shown(&globals.unlocked()?.list_payments(loan.as_deref())?),
        PayCommand::Match(data) => {
            let request: MatchPaymentRequest = data.read()?;
            shown(&globals.unlocked()?.match_payment(&request)?)
        }
        PayCommand::Preview(data) => {
            let request: PreviewPaymentRequest = data.read()?;
            shown(&globals.unlocked()?.preview_payment(&request)?)
        }
        PayCommand::Return(data) => {
            let request: ReturnPaymentRequest = data.read()?;
            let mut app = globals.unlocked()?;
            app.return_payment(&request)?;
            shown(&app.list_payments(None)?)
        }
        PayCommand::Void { id, reason } => {
            let mut app = globals.unlocked()?;
            app.void_payment(&VoidPaymentRequest { payment_id: id, reason })?;
            shown(&app.list_payments(None)?)
        }
    }
}

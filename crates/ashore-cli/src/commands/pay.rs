use ashore_app::AppError;
use ashore_app::payments::{AddPaymentRequest, VoidPaymentRequest};
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
        PayCommand::Void { id, reason } => {
            let mut app = globals.unlocked()?;
            app.void_payment(&VoidPaymentRequest { payment_id: id, reason })?;
            shown(&app.list_payments(None)?)
        }
    }
}

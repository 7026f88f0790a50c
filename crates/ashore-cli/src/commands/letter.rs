use std::path::PathBuf;

use ashore_app::letters::{LetterRequest, PackageRequest};
use ashore_app::words::LetterKind;
use ashore_app::{AppError, ErrorCode};
use clap::{Args, Subcommand};
use serde_json::Value;

use super::{Answer, shown};
use crate::data::Data;
use crate::globals::Globals;

/// The borrower's own particulars, as letters carry them.
#[derive(Debug, Subcommand)]
pub(crate) enum BorrowerCommand {
    /// State them; an identity number is kept with its middle covered.
    Set(Data),
    /// As last stated.
    Show,
}

/// A letter about a loan.
#[derive(Debug, Args)]
pub(crate) struct LetterArgs {
    /// application, hardship, confirmation, contact_hours, third_party_stop, personal_information, complaint, report,
    /// credit_objection, payment_order_objection, performance, settlement_certificate, statement, plan,
    /// agreement_annex, agreement_draft, evidence_index.
    kind: String,
    /// About which loan.
    #[arg(long, value_name = "ID")]
    loan: String,
    /// Where to write it: PDF, or plain text when it ends in .txt.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// Parts with another text, as {"edits":[{"id","text"}]}.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
}

/// Everything a complaint channel asks for, as one ZIP.
#[derive(Debug, Args)]
pub(crate) struct PackageArgs {
    /// The channel: LENDER, 12378, LOCAL, 12363, NIFA and others that fit the lender.
    channel: String,
    /// About which loan.
    #[arg(long, value_name = "ID")]
    loan: String,
    /// Where to write it.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

pub(crate) fn borrower(globals: &Globals, command: BorrowerCommand) -> Result<Answer, AppError> {
    match command {
        BorrowerCommand::Set(data) => {
            let form = data.read()?;
            shown(&globals.unlocked()?.set_borrower(&form)?)
        }
        BorrowerCommand::Show => shown(&globals.unlocked()?.borrower()?),
    }
}

pub(crate) fn letter(globals: &Globals, args: &LetterArgs) -> Result<Answer, AppError> {
    let mut request = LetterRequest {
        kind: kind(&args.kind)?,
        loan_id: args.loan.clone(),
        edits: Vec::new(),
        replaces: None,
        place: None,
        evidence_ids: None,
    };
    if let Some(path) = &args.data {
        let unreadable = |why: String| AppError::field(ErrorCode::BadRequest, "data", why);
        let text = std::fs::read_to_string(path).map_err(|why| unreadable(why.to_string()))?;
        let mut value: Value = serde_json::from_str(&text).map_err(|why| unreadable(why.to_string()))?;
        let edits = value.get_mut("edits").map(Value::take).unwrap_or_default();
        request.edits = serde_json::from_value(edits).map_err(|why| unreadable(why.to_string()))?;
    }
    shown(&globals.unlocked()?.export_letter(&request, &args.output)?)
}

pub(crate) fn package(globals: &Globals, args: PackageArgs) -> Result<Answer, AppError> {
    let request =
        PackageRequest { channel: args.channel, loan_id: args.loan, evidence_ids: None, edits: Vec::new() };
    shown(&globals.unlocked()?.export_package(&request, &args.output)?)
}

/// The kind by its name, by a shorter one, or by its Chinese title's first words.
fn kind(text: &str) -> Result<LetterKind, AppError> {
    let plain = text.trim().to_lowercase().replace('-', "_");
    let name = match plain.as_str() {
        "instalment" | "individual_instalment" | "negotiation" | "协商还款申请书" => "application",
        "hardship_statement" | "困难情况说明" => "hardship",
        "投诉书" => "complaint",
        "violation_report" | "举报书" => "report",
        "confirmation_request" | "written_confirmation" => "confirmation",
        "contact_hours_request" | "hours" => "contact_hours",
        "third_party" => "third_party_stop",
        "information" | "information_request" | "correction" => "personal_information",
        "credit_dispute" | "credit" => "credit_objection",
        "settlement" | "certificate" | "settlement_certificate_request" | "结清证明" => {
            "settlement_certificate"
        }
        "payment_order" | "支付令异议书" => "payment_order_objection",
        "performance_note" => "performance",
        "agreement" => "agreement_annex",
        "还款协议" => "agreement_draft",
        "evidence" | "index" | "证据目录" => "evidence_index",
        other => other,
    };
    serde_json::from_value(Value::String(name.to_owned()))
        .map_err(|_| AppError::field(ErrorCode::BadRequest, "kind", format!("“{text}” is no kind of letter")))
}

use std::path::{Path, PathBuf};

use ashore_app::contacts::{DerivedFileForm, ListContactsRequest, LogContactRequest, SearchRequest};
use ashore_app::{AppError, ErrorCode};
use clap::Subcommand;
use serde::Deserialize;
use serde_json::Value;

use super::export::told;
use super::{Answer, shown};
use crate::data::Data;
use crate::globals::Globals;

/// What was said, sent and shown.
#[derive(Debug, Subcommand)]
pub(crate) enum EvidenceCommand {
    /// Record a call, message, letter, document or note.
    Add {
        #[command(flatten)]
        data: Data,
        /// Attach this file; may be given several times.
        #[arg(long = "file", value_name = "FILE")]
        files: Vec<PathBuf>,
        /// Attach this file as derived (a redaction, transcript or crop) from a stored attachment.
        #[arg(long = "derived", value_name = "FILE=ATTACHMENT_ID")]
        derived: Vec<String>,
    },
    /// Records, newest first.
    List {
        /// Only of this loan.
        #[arg(long, value_name = "ID")]
        loan: Option<String>,
        /// Only of this kind, such as call or sms.
        #[arg(long)]
        kind: Option<String>,
        /// At most so many.
        #[arg(long, value_name = "N")]
        limit: Option<u32>,
    },
    /// One record whole.
    Show {
        /// Which.
        id: String,
    },
    /// Write a record anew with the fields that changed; the old one stays readable.
    Amend {
        /// Which.
        id: String,
        #[command(flatten)]
        data: Data,
    },
    /// Delete a record and the files only it needs; the ledger keeps their digests.
    Remove {
        /// Which.
        id: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
    /// Recompute the whole chain; exit 1 with the first break.
    Verify,
}

/// Kept files.
#[derive(Debug, Subcommand)]
pub(crate) enum AttachmentCommand {
    /// Write a kept file out, byte for byte.
    Get {
        /// Which, as `evidence show` names it.
        id: String,
        /// Where to.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
}

/// Reminders.
#[derive(Debug, Subcommand)]
pub(crate) enum RemindersCommand {
    /// Reminders between two days; today and thirty days when not given.
    List {
        /// First day.
        #[arg(long, value_name = "DATE")]
        from: Option<String>,
        /// Last day.
        #[arg(long, value_name = "DATE")]
        to: Option<String>,
        /// Write them as a calendar file with alarms, for the phone.
        #[arg(long, value_name = "FILE")]
        ics: Option<PathBuf>,
    },
}

pub(crate) fn run(globals: &Globals, command: EvidenceCommand) -> Result<Answer, AppError> {
    match command {
        EvidenceCommand::Add { data, files, derived } => {
            let mut request: LogContactRequest = data.read()?;
            let mut app = globals.unlocked()?;
            for file in &files {
                request.files.push(app.stage_file(file, &mut told())?.handle);
            }
            for pair in &derived {
                let (file, original) = pair.rsplit_once('=').ok_or_else(|| {
                    AppError::field(ErrorCode::BadRequest, "--derived", "write FILE=ATTACHMENT_ID")
                })?;
                let handle = app.stage_file(Path::new(file), &mut told())?.handle;
                request.files.push(handle.clone());
                request.derived.push(DerivedFileForm { handle, derived_from: original.to_owned() });
            }
            shown(&app.log_contact(&request)?)
        }
        EvidenceCommand::List { loan, kind, limit } => {
            let kind = kind.map(|text| {
                Deserialize::deserialize(Value::String(text)).map_err(|why: serde_json::Error| {
                    AppError::field(ErrorCode::BadRequest, "--kind", why.to_string())
                })
            });
            let request = ListContactsRequest {
                loan_id: loan,
                kind: kind.transpose()?,
                limit,
                ..ListContactsRequest::default()
            };
            shown(&globals.unlocked()?.list_contacts(&request)?)
        }
        EvidenceCommand::Show { id } => shown(&globals.unlocked()?.contact(&id)?),
        EvidenceCommand::Amend { id, data } => {
            let changes: serde_json::Map<String, Value> = data.read()?;
            shown(&globals.unlocked()?.amend_contact(&id, &changes)?)
        }
        EvidenceCommand::Remove { id, reason } => shown(&globals.unlocked()?.remove_contact(&id, &reason)?),
        EvidenceCommand::Verify => {
            let report = globals.unlocked()?.verify_evidence()?;
            Ok(Answer { whole: report.whole, ..shown(&report)? })
        }
    }
}

/// Keeps a file with a record.
pub(crate) fn attach(globals: &Globals, file: &Path, record: &str) -> Result<Answer, AppError> {
    let mut app = globals.unlocked()?;
    let staged = app.stage_file(file, &mut told())?;
    shown(&app.attach_file(record, &staged.handle)?)
}

pub(crate) fn attachment(globals: &Globals, command: AttachmentCommand) -> Result<Answer, AppError> {
    match command {
        AttachmentCommand::Get { id, output } => {
            globals.unlocked()?.save_attachment(&id, &output, &mut told())?;
            Ok(Answer { view: serde_json::json!({ "id": id, "path": output }), whole: true })
        }
    }
}

/// The ids of the records found, newest first; all of them unless told otherwise.
pub(crate) fn search(globals: &Globals, query: String, limit: Option<u32>) -> Result<Answer, AppError> {
    let request = SearchRequest { query, limit: Some(limit.unwrap_or(u32::MAX)), ..SearchRequest::default() };
    let ids: Vec<String> =
        globals.unlocked()?.search_ids(&request)?.iter().map(ToString::to_string).collect();
    Ok(Answer { view: serde_json::json!({ "ids": ids }), whole: true })
}

pub(crate) fn reminders(globals: &Globals, command: RemindersCommand) -> Result<Answer, AppError> {
    match command {
        RemindersCommand::List { from, to, ics } => {
            let mut app = globals.unlocked()?;
            let listed = shown(&app.list_reminders(from.as_deref(), to.as_deref())?)?;
            let Some(file) = ics else { return Ok(listed) };
            let written = app.write_calendar(&file, from.as_deref(), to.as_deref())?;
            let mut view = listed.view;
            if let Some(fields) = view.as_object_mut() {
                fields.insert("calendar".to_owned(), shown(&written)?.view);
            }
            Ok(Answer { view, whole: true })
        }
    }
}

/// One pass of the reminder scheduler.
pub(crate) fn tick(globals: &Globals) -> Result<Answer, AppError> {
    let notices = globals.unlocked()?.tick()?;
    Ok(Answer { view: serde_json::json!({ "notices": shown(&notices)?.view }), whole: true })
}

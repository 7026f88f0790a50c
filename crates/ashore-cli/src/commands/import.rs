use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use ashore_app::import::{FileReport, ImportOptions, LeftOutView, MappingForm, Progress};
use ashore_app::{AppError, ErrorCode};
use serde_json::{Value, json};

use super::Answer;
use crate::globals::Globals;

/// Takes in files one after another; exit 1 when anything was left out.
pub(crate) fn run(
    globals: &Globals,
    files: &[PathBuf],
    dry_run: bool,
    mapping: Option<&Path>,
) -> Result<Answer, AppError> {
    let options = ImportOptions { dry_run, mapping: mapping.map(mapped).transpose()? };
    // A file that is not there is a slip of the pen: nothing is begun then.
    for file in files {
        std::fs::File::open(file).map_err(|why| {
            AppError::field(ErrorCode::FileUnreadable, "FILE", format!("{}: {why}", file.display()))
        })?;
    }
    let mut app = globals.unlocked()?;
    let mut reports = Vec::with_capacity(files.len());
    for file in files {
        reports.push(app.import_file(file, &options, &mut progress)?);
    }
    let whole = reports.iter().all(FileReport::is_whole);
    let files: Vec<Value> = reports.iter().map(shape).collect();
    Ok(Answer { view: json!({ "files": files }), whole })
}

fn mapped(path: &Path) -> Result<MappingForm, AppError> {
    let text = std::fs::read(path).map_err(|why| {
        AppError::field(ErrorCode::FileUnreadable, "--mapping", format!("{}: {why}", path.display()))
    })?;
    serde_json::from_slice(&text)
        .map_err(|why| AppError::field(ErrorCode::BadRequest, "--mapping", why.to_string()))
}

fn shape(report: &FileReport) -> Value {
    let mut shape = json!({
        "path": report.path, "format": report.format, "found": report.found, "stored": report.stored,
        "duplicates": report.duplicates, "left_out": report.left_out,
    });
    // A table nobody understood says what its columns are called, for --mapping.
    let asks = |left: &LeftOutView| ["mapping_needed", "column_missing"].contains(&left.reason.as_str());
    if report.left_out.iter().any(asks) {
        shape["sheets"] = json!(report.sheets);
    }
    shape
}

/// One line that writes over itself, for people who watch.
fn progress(progress: Progress) -> bool {
    let mut terminal = std::io::stderr();
    if terminal.is_terminal() {
        let Progress { percent, records, .. } = progress;
        // A terminal that went away does not stop the work.
        drop(write!(terminal, "\r{percent:3} %  {records}\x1b[K\r"));
        drop(terminal.flush());
    }
    true
}

use std::io::{IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use ashore_app::AppError;
use ashore_app::evidence::{ExportPackRequest, verify_pack};
use clap::Subcommand;

use super::{Answer, shown};
use crate::globals::Globals;

/// What leaves the vault.
#[derive(Debug, Subcommand)]
pub(crate) enum ExportCommand {
    /// A pack of evidence that others can verify with ordinary tools (BagIt 1.0).
    Pack {
        /// An empty or absent folder; a name that ends in .zip gives one archive instead.
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
        /// Only about this loan; may be given several times. Everything when not given.
        #[arg(long = "loan", value_name = "ID")]
        loans: Vec<String>,
        /// Also one archive of the same beside it, DIR.zip.
        #[arg(long)]
        zip: bool,
        /// Records as copies with third persons masked, and digests instead of originals.
        #[arg(long)]
        masked: bool,
        /// In a masked pack, the originals all the same.
        #[arg(long)]
        originals: bool,
    },
    /// Everything as CSV, JSON and files.
    Open {
        /// An empty or absent folder.
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
    },
}

/// Outside anchors (RFC 3161).
#[derive(Debug, Subcommand)]
pub(crate) enum AnchorCommand {
    /// Write a request for the chain as it stands, for a timestamp authority.
    Request {
        /// The request (.tsq).
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// Keep an authority's response.
    Import {
        /// The response (.tsr).
        file: PathBuf,
    },
    /// Where outside anchors stand.
    List,
}

pub(crate) fn run(globals: &Globals, command: ExportCommand) -> Result<Answer, AppError> {
    match command {
        ExportCommand::Pack { output, loans, zip, masked, originals } => {
            let request = ExportPackRequest { loan_ids: loans, masked, originals, zip };
            shown(&globals.unlocked()?.export_pack(&request, &output, &mut told())?)
        }
        ExportCommand::Open { output } => shown(&globals.unlocked()?.export_open(&output, &mut told())?),
    }
}

pub(crate) fn anchor(globals: &Globals, command: AnchorCommand) -> Result<Answer, AppError> {
    match command {
        AnchorCommand::Request { output } => shown(&globals.unlocked()?.request_anchor(&output)?),
        AnchorCommand::Import { file } => shown(&globals.unlocked()?.import_anchor(&file)?),
        AnchorCommand::List => shown(&globals.unlocked()?.anchors()?),
    }
}

/// Needs no vault; a pack that is not whole is exit 1.
pub(crate) fn verify(pack: &Path) -> Result<Answer, AppError> {
    let verdict = verify_pack(pack)?;
    Ok(Answer { whole: verdict.whole, ..shown(&verdict)? })
}

/// Shows progress when somebody is looking.
pub(super) fn told() -> impl FnMut(u64, u64) -> bool {
    let watched = std::io::stderr().is_terminal();
    let mut last = None;
    move |done, of| {
        let percent = done.saturating_mul(100).checked_div(of);
        if watched && percent != last {
            last = percent;
            let end = if percent == Some(100) { "\n" } else { "" };
            let _ = write!(std::io::stderr(), "\r{} %{end}", percent.unwrap_or(100));
        }
        true
    }
}

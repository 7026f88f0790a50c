use std::path::{Path, PathBuf};

use ashore_app::AppError;
use clap::{Args, Subcommand};

use super::{Answer, shown};
use crate::globals::Globals;
use crate::progress::Progress;

/// One `age` file that holds the whole vault.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct BackupArgs {
    /// Write the backup to this file; it is verified before anything there is replaced.
    #[arg(short = 'o', long = "output", value_name = "FILE", required = true)]
    output: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<BackupCommand>,
}

#[derive(Debug, Subcommand)]
enum BackupCommand {
    /// Read a backup to its last byte and say what is in it; exit 1 when it is not whole.
    Verify {
        /// The backup.
        file: PathBuf,
    },
}

pub(crate) fn run(globals: &Globals, args: &BackupArgs) -> Result<Answer, AppError> {
    match (&args.command, &args.output) {
        (Some(BackupCommand::Verify { file }), _) => {
            let request = globals.unlock_request()?;
            let progress = Progress::new();
            shown(&ashore_app::backup::verify_backup(file, request, &mut progress.listener())?)
        }
        (None, Some(file)) => {
            // Asked once: the same secret opens the vault and seals the backup.
            let request = globals.unlock_request()?;
            let mut app = globals.unlocked_by(request.clone())?;
            let progress = Progress::new();
            shown(&app.make_backup(file, request, &mut progress.listener())?)
        }
        (None, None) => Err(AppError::field(ashore_app::ErrorCode::FieldMissing, "-o", "name a file")),
    }
}

/// Restores into `--vault DIR`, which must be empty or absent.
pub(crate) fn restore(globals: &Globals, file: &Path) -> Result<Answer, AppError> {
    let app = globals.locked()?;
    let progress = Progress::new();
    shown(&app.restore_backup(file, globals.unlock_request()?, &mut progress.listener())?)
}

use std::path::PathBuf;

use ashore_app::session::{ChangePassphraseRequest, CreateVaultRequest, SessionState};
use ashore_app::{AppError, KdfCost};
use clap::Subcommand;
use serde_json::{Value, json};

use super::{Answer, shown};
use crate::globals::Globals;
use crate::secret;

/// The vault itself.
#[derive(Debug, Subcommand)]
pub(crate) enum VaultCommand {
    /// Make a vault and show its recovery code, once.
    Create,
    /// What is known about the vault besides its contents.
    Info,
    /// Read everything there is and say what is not whole.
    Check,
    /// Replace the passphrase; the recovery code stays.
    Passphrase {
        /// Read the new passphrase from the first line of this file.
        #[arg(long, value_name = "FILE")]
        new_passphrase_file: Option<PathBuf>,
    },
    /// Replace the recovery code and show the new one, once.
    Recovery,
    /// Give unused space back to the disk.
    Compact,
}

pub(crate) fn run(globals: &Globals, command: VaultCommand) -> Result<Answer, AppError> {
    match command {
        VaultCommand::Create => create(globals),
        VaultCommand::Info => shown(&globals.unlocked()?.vault_info()?),
        VaultCommand::Check => {
            let report = globals.unlocked()?.check_vault()?;
            Ok(Answer { whole: report.whole, ..shown(&report)? })
        }
        VaultCommand::Passphrase { new_passphrase_file } => {
            let new_passphrase = secret::new_passphrase(new_passphrase_file.as_deref())?;
            let given = globals.unlock_request()?;
            let mut app = globals.unlocked()?;
            let request = ChangePassphraseRequest { current: given.secret, by: given.by, new_passphrase };
            app.change_passphrase(request, KdfCost::calibrated())?;
            done("passphrase_changed")
        }
        VaultCommand::Recovery => {
            let given = globals.unlock_request()?;
            shown(&globals.unlocked()?.new_recovery_code(given.secret, KdfCost::calibrated())?)
        }
        VaultCommand::Compact => {
            globals.unlocked()?.compact_vault()?;
            done("compacted")
        }
    }
}

/// Fills an empty vault with the sample household, and makes the vault first where there is none.
pub(crate) fn demo(globals: &Globals) -> Result<Answer, AppError> {
    let locked = globals.locked()?;
    if locked.status().state == SessionState::NoVault {
        drop(locked);
        let created = create(globals)?;
        let filled = fill(globals)?;
        return Ok(Answer { view: json!({ "created": created.view, "vault": filled.view }), whole: true });
    }
    fill(globals)
}

fn fill(globals: &Globals) -> Result<Answer, AppError> {
    let mut app = globals.unlocked()?;
    app.fill_with_sample()?;
    shown(&app.vault_info()?)
}

fn create(globals: &Globals) -> Result<Answer, AppError> {
    let passphrase = secret::passphrase(globals.passphrase_file.as_deref(), "New passphrase: ")?;
    let request = CreateVaultRequest { passphrase, shared_computer: false };
    let made = globals.locked()?.create_vault(request, KdfCost::calibrated());
    let (_, created) = made.map_err(|(_, error)| error)?;
    shown(&created)
}

fn done(what: &str) -> Result<Answer, AppError> {
    Ok(Answer { view: Value::Object([(what.to_owned(), json!(true))].into_iter().collect()), whole: true })
}

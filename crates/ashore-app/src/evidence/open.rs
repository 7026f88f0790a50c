use std::io::Write as _;
use std::path::Path;

use ashore_domain::{Custody, CustodyAction, Fact};
use ashore_vault::{FactEntry, VaultError};
use serde::Serialize;
use serde_json::Value;
use specta::Type;

use super::choose::choose;
use super::names::safe_name;
use super::outgoing::{Hashing, Outgoing, refused};
use super::pack::named;
use super::table::Tables;
use crate::AppError;
use crate::ended::{OnBytes, Steps};
use crate::session::{App, Unlocked};

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OpenExportView {
    /// The folder.
    pub path: String,
    /// Facts in it, as text.
    pub facts: String,
    /// Tables in it, as text.
    pub tables: String,
    /// Attached files in it, as text.
    pub files: String,
    /// Size of everything, in bytes, as text.
    pub bytes: String,
}

impl OpenExportView {
    /// The same with a name instead of a place: a page never learns where files lie.
    #[must_use]
    pub fn named(self) -> Self {
        Self { path: named(&self.path), ..self }
    }
}

const README: &str = include_str!("open_readme.md");

impl App<Unlocked> {
    /// Writes everything the vault holds to `target`, an empty or absent folder, in formats that need no Ashore: tables
    /// as CSV, facts as JSON, files as they came. Whole or not at all; `told` answers whether to go on.
    ///
    /// # Errors
    /// Something is at the place already, a stored file is damaged, the disk refuses, or `told` said no.
    pub fn export_open(&mut self, target: &Path, told: OnBytes<'_>) -> Result<OpenExportView, AppError> {
        let vault = &self.state.vault;
        let mut out = Outgoing::begin(target)?;
        let chosen = choose(vault, &std::collections::BTreeSet::new(), told)?;
        let mut tables = Tables::default();
        let mut facts = Hashing::new(out.create("json/facts.jsonl").map_err(refused)?);
        let mut steps = Steps::default();
        vault.each_fact(|FactEntry { entry, body, .. }| -> Result<(), AppError> {
            steps.step(told)?;
            let value: Value = serde_json::from_slice(&body).map_err(|_| VaultError::DatabaseDamaged)?;
            let kind = value.get("kind").and_then(Value::as_str).unwrap_or("fact").to_owned();
            tables.add(entry.seq, &kind, &value);
            facts.write_all(&body).and_then(|()| facts.write_all(b"\n")).map_err(refused)
        })?;
        out.close("json/facts.jsonl", facts)?;
        let written = tables.files()?;
        for (name, bytes) in &written {
            out.write(&format!("csv/{name}"), bytes)?;
        }
        let total = chosen.files.iter().map(|(_, file)| file.bytes).sum();
        let mut files = 0u64;
        let mut names = csv::Writer::from_writer("\u{feff}path,attachment,sha256,seq\n".as_bytes().to_vec());
        for (place, (seq, file)) in chosen.files.iter().enumerate() {
            let mut source = match vault.read_attachment(file.attachment) {
                Ok(source) => source,
                Err(VaultError::UnknownAttachment(_) | VaultError::AttachmentRemoved(_)) => continue,
                Err(error) => return Err(error.into()),
            };
            let path = format!("files/{seq:06}-{}-{}", place + 1, safe_name(file, false));
            let digest = out.put(&path, &mut source, told, total)?;
            let row = [&path, &file.attachment.to_string(), &digest.to_string(), &seq.to_string()];
            names.write_record(row).map_err(|why| AppError::new(crate::ErrorCode::Io, why.to_string()))?;
            files += 1;
        }
        let names = names.into_inner().map_err(|why| AppError::new(crate::ErrorCode::Io, why.to_string()))?;
        out.write("csv/files.csv", &names)?;
        out.write("README.md", README.as_bytes())?;
        out.sync()?;
        let view = OpenExportView {
            path: target.to_string_lossy().into_owned(),
            facts: chosen.count.to_string(),
            tables: (written.len() + 1).to_string(),
            files: files.to_string(),
            bytes: out.bytes.to_string(),
        };
        let custody = Custody {
            action: CustodyAction::OpenExported,
            loans: Vec::new(),
            records: chosen.records,
            masked: false,
            originals: true,
            seal: None,
        };
        let now = self.clock.now();
        self.state.vault.append(&[Fact::Custody(custody)], Vec::new(), now)?;
        out.settle()?;
        Ok(view)
    }
}

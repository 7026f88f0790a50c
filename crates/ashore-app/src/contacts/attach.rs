use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use ashore_importers::detect;
use ashore_vault::AttachmentReader;
use serde::Serialize;
use specta::Type;

use crate::ended::{OnBytes, Watched};
use crate::session::{App, Unlocked};
use crate::whole::write_whole;
use crate::{AppError, ErrorCode, id};

/// A file already encrypted in the vault's folder, waiting for its record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct StagedFileView {
    /// Names it in the request that records it.
    pub handle: String,
    /// Its name as it came.
    pub name: String,
    /// Media type by content.
    pub mime: String,
    /// Size in bytes, as text.
    pub bytes: String,
    /// SHA-256 of the original, in hex.
    pub sha256: String,
}

/// Bytes enough to tell what a file is.
const HEAD: usize = 512;

impl App<Unlocked> {
    /// Encrypts a copy of the file beside the vault; it belongs to nothing until a record names its handle, and is
    /// swept at the next start if none does. `on` hears how far it is and answers whether to go on.
    ///
    /// # Errors
    /// The file cannot be read to its end, changes meanwhile, there is no space, or `on` said no; nothing is kept then.
    pub fn stage_file(&mut self, path: &Path, on: OnBytes<'_>) -> Result<StagedFileView, AppError> {
        let unreadable = |e: std::io::Error| {
            AppError::field(ErrorCode::FileUnreadable, "file", format!("the file could not be read: {e}"))
        };
        let mut file = File::open(path).map_err(unreadable)?;
        let about = file.metadata().map_err(unreadable)?;
        if !about.is_file() {
            return Err(AppError::field(
                ErrorCode::FileUnreadable,
                "file",
                "only a plain file can be attached",
            ));
        }
        let name = path.file_name().map_or_else(|| "file".into(), |n| n.to_string_lossy().into_owned());
        let mut head = Vec::with_capacity(HEAD);
        (&mut file).take(HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
        file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        let mime = detect::media_type(&head, &name);
        let mut source = Watched::new(file, about.len(), on);
        let staged = self.state.vault.stage(&mut source, &name, mime);
        let staged = source.outcome(staged)?;
        let handle = uuid::Uuid::from_bytes(id::fresh(self.clock.now())?).to_string();
        let view = StagedFileView {
            handle: handle.clone(),
            name,
            mime: mime.to_owned(),
            bytes: staged.file().bytes.to_string(),
            sha256: hex(&staged.file().sha256),
        };
        self.state.staged.insert(handle, staged);
        Ok(view)
    }

    /// Writes the original bytes of an attachment to a place the user chose, whole or not at all. `on` hears how far it is
    /// and answers whether to go on.
    ///
    /// # Errors
    /// An unknown or damaged attachment, the disk refuses, or `on` said no; what lay at the place is as it was.
    pub fn save_attachment(&self, attachment_id: &str, to: &Path, on: OnBytes<'_>) -> Result<(), AppError> {
        let attachment = id::parse("attachment_id", attachment_id)?;
        let source = self.state.vault.read_attachment(attachment)?;
        // Named in full: `Read` has a method of the same name.
        let whole = AttachmentReader::bytes(&source);
        let mut source = Watched::new(source, whole, on);
        let io = |e: std::io::Error| match e.kind() {
            std::io::ErrorKind::StorageFull => AppError::new(ErrorCode::NoSpace, "there is no space left"),
            std::io::ErrorKind::InvalidData => AppError::new(
                ErrorCode::AttachmentDamaged,
                "the stored file is damaged and was not written out",
            ),
            _ => AppError::new(ErrorCode::Io, format!("the file could not be written: {e}")),
        };
        let saved = write_whole(to, |target| std::io::copy(&mut source, target).map(|_| ())).map_err(io);
        source.outcome(saved)
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

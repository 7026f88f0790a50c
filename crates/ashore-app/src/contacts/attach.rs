use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use ashore_importers::detect;
use serde::Serialize;
use specta::Type;

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
    /// swept at the next start if none does.
    ///
    /// # Errors
    /// The file cannot be read to its end, changes meanwhile, or there is no space.
    pub fn stage_file(&mut self, path: &Path) -> Result<StagedFileView, AppError> {
        let unreadable = |e: std::io::Error| {
            AppError::field(ErrorCode::FileUnreadable, "file", format!("the file could not be read: {e}"))
        };
        let mut file = File::open(path).map_err(unreadable)?;
        if !file.metadata().map_err(unreadable)?.is_file() {
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
        let staged = self.state.vault.stage(&mut file, &name, mime)?;
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

    /// Writes the original bytes of an attachment to a place the user chose, whole or not at all.
    ///
    /// # Errors
    /// An unknown or damaged attachment, or the disk refuses; what lay at the place is as it was.
    pub fn save_attachment(&self, attachment_id: &str, to: &Path) -> Result<(), AppError> {
        let attachment = id::parse("attachment_id", attachment_id)?;
        let mut source = self.state.vault.read_attachment(attachment)?;
        let io = |e: std::io::Error| match e.kind() {
            std::io::ErrorKind::StorageFull => AppError::new(ErrorCode::NoSpace, "there is no space left"),
            std::io::ErrorKind::InvalidData => AppError::new(
                ErrorCode::AttachmentDamaged,
                "the stored file is damaged and was not written out",
            ),
            _ => AppError::new(ErrorCode::Io, format!("the file could not be written: {e}")),
        };
        write_whole(to, |target| std::io::copy(&mut source, target).map(|_| ())).map_err(io)
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

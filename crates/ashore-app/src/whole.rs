//! A file that appears whole or not at all: written beside its place, synced, then renamed over what was there.

use std::fs::{self, File};
use std::io;
use std::path::Path;

/// Writes a file to a place the user chose. When `write` fails or the disk refuses, what lay there is as it was and
/// nothing is left beside it. A link is followed; a pipe or a terminal, which cannot be replaced, is written as it is.
pub(crate) fn write_whole(path: &Path, write: impl FnOnce(&mut File) -> io::Result<()>) -> io::Result<()> {
    match fs::metadata(path) {
        Ok(found) if !found.is_file() && !found.is_dir() => return write(&mut File::create(path)?),
        _ => {}
    }
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let name = place.file_name().ok_or(io::ErrorKind::IsADirectory)?;
    let making = place.with_file_name(format!(".{}.ashore-part", name.to_string_lossy()));
    let written = File::create(&making).and_then(|mut file| {
        write(&mut file)?;
        file.sync_all()?;
        fs::rename(&making, &place)?;
        sync_folder(place.parent())
    });
    if written.is_err() {
        // Renamed it is no longer there, and nobody is left to tell otherwise.
        let _ = fs::remove_file(&making);
    }
    written
}

/// Makes a rename outlast a loss of power.
pub(crate) fn sync_folder(folder: Option<&Path>) -> io::Result<()> {
    let folder = folder.filter(|path| !path.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

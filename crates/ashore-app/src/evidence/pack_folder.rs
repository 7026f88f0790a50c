use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};

use ashore_evidence::pack::{PackEntry, PackSource};

/// A pack in a folder. Links are seen and never followed.
#[derive(Debug)]
pub(super) struct PackFolder {
    top: PathBuf,
}

/// More files than any pack has.
pub(super) const ENTRIES_MAX: usize = 1_000_000;

impl PackFolder {
    pub(super) fn new(top: &Path) -> Self {
        Self { top: top.to_owned() }
    }
}

impl PackSource for PackFolder {
    fn entries(&mut self) -> Result<Vec<PackEntry>, String> {
        let mut found = Vec::new();
        let mut folders = vec![(self.top.clone(), String::new())];
        while let Some((folder, path)) = folders.pop() {
            let listed = fs::read_dir(&folder).map_err(|error| format!("{path}: {error}"))?;
            for entry in listed {
                let entry = entry.map_err(|error| error.to_string())?;
                let name = entry.file_name().to_string_lossy().into_owned();
                let path = if path.is_empty() { name } else { format!("{path}/{name}") };
                let kind = entry.file_type().map_err(|error| format!("{path}: {error}"))?;
                if kind.is_dir() {
                    folders.push((entry.path(), path));
                } else {
                    found.push(PackEntry { path, plain: kind.is_file() });
                }
                if found.len() + folders.len() > ENTRIES_MAX {
                    return Err("more files than any pack has".to_owned());
                }
            }
        }
        Ok(found)
    }

    fn read(&mut self, path: &str, take: &mut dyn FnMut(&[u8])) -> Result<(), String> {
        let mut file = File::open(self.top.join(path)).map_err(|error| error.to_string())?;
        let mut piece = vec![0; 256 * 1024];
        loop {
            let length = file.read(&mut piece).map_err(|error| error.to_string())?;
            if length == 0 {
                return Ok(());
            }
            take(piece.get(..length).unwrap_or_default());
        }
    }
}

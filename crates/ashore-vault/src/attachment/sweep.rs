use std::collections::BTreeSet;
use std::fs;
use std::io;

use ashore_domain::AttachmentId;
use rusqlite::Connection;

use crate::fault::Fault;
use crate::folder::Folder;

/// Removes what no fact names: files in the making and objects whose fact was never committed.
pub(crate) fn sweep(folder: &Folder, connection: &Connection) -> Result<(), Fault> {
    let failed = Fault::io("sweeping the folder of stored files");
    let known = known(connection)?;
    for shelf in entries(&folder.objects()).map_err(&failed)? {
        let making = shelf == folder.tmp();
        if !shelf.is_dir() {
            continue;
        }
        for object in entries(&shelf).map_err(&failed)? {
            let name = object.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            // A foreign file is none of ours and stays.
            if making || name.parse::<AttachmentId>().is_ok() && !known.contains(name) {
                crate::folder::remove_file(&object).map_err(&failed)?;
            }
        }
    }
    Ok(())
}

fn known(connection: &Connection) -> Result<BTreeSet<String>, Fault> {
    let mut query = connection.prepare("SELECT id FROM attachment WHERE removed_at IS NULL")?;
    let known = query.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(known)
}

fn entries(folder: &std::path::Path) -> io::Result<Vec<std::path::PathBuf>> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Size of all objects together.
pub(crate) fn object_bytes(folder: &Folder) -> Result<u64, Fault> {
    let failed = Fault::io("reading the folder of stored files");
    let mut sum = 0;
    for shelf in entries(&folder.objects()).map_err(&failed)? {
        if shelf.is_dir() && shelf != folder.tmp() {
            for object in entries(&shelf).map_err(&failed)? {
                sum += object.metadata().map_err(&failed)?.len();
            }
        }
    }
    Ok(sum)
}

//! The disk as it may be when a process is killed or power is lost in the middle of what it did.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::Dice;
use super::trace::{Op, renamed};

const SECTOR: usize = 512;

/// The disk as it may be when power is lost before operation `cut`.
pub(super) struct Disk {
    pub(super) names: BTreeMap<PathBuf, usize>,
    pub(super) folders: Vec<PathBuf>,
    pub(super) bytes: BTreeMap<usize, Vec<u8>>,
}

impl Disk {
    fn copied(&self) -> Self {
        Self { names: self.names.clone(), folders: self.folders.clone(), bytes: self.bytes.clone() }
    }

    /// The process alone is gone: whatever it had written is there.
    pub(super) fn killed(first: &Self, ops: &[Op]) -> Self {
        let mut disk = first.copied();
        ops.iter().for_each(|op| disk.apply(op));
        disk
    }

    /// All of one operation reaches the disk.
    fn apply(&mut self, op: &Op) {
        match op {
            Op::Create(path, file) => {
                self.names.insert(path.clone(), *file);
                self.bytes.entry(*file).or_default();
            }
            Op::Rename(from, to) => self.rename(from, to),
            Op::Remove(path) => self.remove(path),
            Op::Folder(path) => self.folders.push(path.clone()),
            Op::Cut(file, length) => self.bytes.entry(*file).or_default().resize(*length, 0),
            Op::Write(file, at, bytes) => put(self.bytes.entry(*file).or_default(), *at, bytes),
            Op::Sync(_) | Op::SyncFolder | Op::Ack(_) => {}
        }
    }

    fn remove(&mut self, path: &Path) {
        self.names.remove(path);
        self.folders.retain(|folder| folder != path);
    }

    /// Power is lost: what was synced is there, and any part of the rest.
    pub(super) fn at(first: &Self, ops: &[Op], cut: usize, dice: &mut Dice) -> Self {
        let mut disk = first.copied();
        // Names are journalled: the disk has all up to some moment, and at least those before the last sync of a folder.
        // Syncing a file makes its own name stay and no other.
        let last_synced = ops[..cut].iter().rposition(|op| matches!(op, Op::SyncFolder)).unwrap_or(0);
        let kept_names = last_synced + dice.below(cut - last_synced + 1);
        let mut last_sync: BTreeMap<usize, usize> = BTreeMap::new();
        for (n, op) in ops[..cut].iter().enumerate() {
            if let Op::Sync(file) = op {
                last_sync.insert(*file, n);
            }
        }
        for (n, op) in ops[..cut].iter().enumerate() {
            let synced = |file: &usize| last_sync.get(file).is_some_and(|sync| *sync > n);
            match op {
                Op::Create(_, file) if n > kept_names && !synced(file) => {}
                Op::Rename(..) | Op::Remove(_) | Op::Folder(_) if n > kept_names => {}
                Op::Cut(file, _) if !synced(file) && !dice.chance(2) => {}
                Op::Write(file, at, bytes) if !synced(file) && !dice.chance(3) => {
                    let content = disk.bytes.entry(*file).or_default();
                    if dice.chance(2) {
                        for (n, sector) in bytes.chunks(SECTOR).enumerate() {
                            if dice.chance(2) {
                                put(content, at + n * SECTOR, sector);
                            }
                        }
                    }
                }
                op => disk.apply(op),
            }
        }
        disk
    }

    fn rename(&mut self, from: &Path, to: &Path) {
        let moved: Vec<_> = self.names.keys().filter(|path| path.starts_with(from)).cloned().collect();
        for path in moved {
            let file = self.names.remove(&path).unwrap();
            self.names.insert(renamed(&path, from, to), file);
        }
        for folder in &mut self.folders {
            if folder.starts_with(from) {
                *folder = renamed(folder, from, to);
            }
        }
    }

    pub(super) fn lay_out(&self, from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for folder in &self.folders {
            fs::create_dir_all(renamed(folder, from, to)).unwrap();
        }
        for (path, file) in &self.names {
            // Shared memory does not survive a restart.
            if path.to_string_lossy().ends_with("-shm") {
                continue;
            }
            let path = renamed(path, from, to);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, self.bytes.get(file).map_or(&[][..], Vec::as_slice)).unwrap();
        }
    }
}

pub(super) fn put(content: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if content.len() < at + bytes.len() {
        content.resize(at + bytes.len(), 0);
    }
    content[at..at + bytes.len()].copy_from_slice(bytes);
}

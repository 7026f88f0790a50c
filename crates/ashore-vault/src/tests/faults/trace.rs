//! What a traced process did to the disk, read from what `strace` noted.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use super::came_back::{Disk, put};
use super::work::acknowledged;

const CALLS: &str = "trace=openat,open,creat,write,pwrite64,ftruncate,copy_file_range,sendfile,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,close";

#[derive(Debug, Clone)]
pub(super) enum Op {
    Create(PathBuf, usize),
    Cut(usize, usize),
    Write(usize, usize, Vec<u8>),
    Sync(usize),
    SyncFolder,
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
    Folder(PathBuf),
    Ack(String),
}

/// Reads a trace: each file gets a number when it is first seen, and keeps it through renames.
struct Reader {
    root: PathBuf,
    ops: Vec<Op>,
    files: BTreeMap<PathBuf, usize>,
    next: usize,
    places: BTreeMap<String, usize>,
    /// What each file holds for whoever reads it: the system copies from there.
    held: BTreeMap<usize, Vec<u8>>,
}

impl Reader {
    fn known(&mut self, path: &Path) -> Option<usize> {
        self.files.get(path).copied()
    }

    fn cut(&mut self, file: usize, length: usize) {
        self.held.entry(file).or_default().resize(length, 0);
        self.ops.push(Op::Cut(file, length));
    }

    fn write(&mut self, file: usize, at: usize, bytes: Vec<u8>) {
        put(self.held.entry(file).or_default(), at, &bytes);
        self.ops.push(Op::Write(file, at, bytes));
    }

    fn line(&mut self, line: &str) {
        let Some((_, call)) = line.split_once(char::is_whitespace) else { return };
        let call = call.trim_start();
        let Some((name, rest)) = call.split_once('(') else { return };
        let Some((arguments, result)) = rest.rsplit_once(") = ") else { return };
        if result.starts_with('-') {
            return;
        }
        let strings = strings(arguments);
        let inside = |bytes: &[u8]| {
            let path = PathBuf::from(String::from_utf8_lossy(bytes).into_owned());
            path.starts_with(&self.root).then_some(path)
        };
        match name {
            "openat" | "open" | "creat" => {
                let Some(path) = strings.first().and_then(|s| inside(s)) else { return };
                let descriptor = result.split('<').next().unwrap_or_default().to_owned();
                self.places.insert(descriptor, 0);
                if path.is_dir() && !arguments.contains("O_CREAT") {
                    return;
                }
                let file = match self.known(&path) {
                    Some(file) => file,
                    None if arguments.contains("O_CREAT") => {
                        let file = self.next;
                        self.next += 1;
                        self.files.insert(path.clone(), file);
                        self.ops.push(Op::Create(path, file));
                        file
                    }
                    None => return,
                };
                if arguments.contains("O_TRUNC") {
                    self.cut(file, 0);
                }
            }
            "write" | "pwrite64" => {
                let Some((descriptor, path)) = described(arguments) else { return };
                let written: usize =
                    result.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0);
                let Some(bytes) = strings.first() else { return };
                let bytes = bytes[..written.min(bytes.len())].to_vec();
                if descriptor == "1" {
                    let text = String::from_utf8_lossy(&bytes).into_owned();
                    self.ops.extend(
                        text.lines().filter_map(|l| Some(Op::Ack(l.split_once("ACK ")?.1.to_owned()))),
                    );
                    return;
                }
                let Some(file) = self.known(&path) else { return };
                let at = if name == "pwrite64" {
                    let last = arguments.rsplit(", ").next().unwrap_or_default();
                    last.parse().unwrap_or(0)
                } else {
                    let place = self.places.entry(descriptor).or_default();
                    *place += bytes.len();
                    *place - bytes.len()
                };
                self.write(file, at, bytes);
            }
            // The descriptors stand the other way round in the two; nobody here copies but from beginning to end.
            "copy_file_range" | "sendfile" => {
                let mut both = all_described(arguments);
                if name == "sendfile" {
                    both.reverse();
                }
                let [(source, from), (target, to)] = &both[..] else { return };
                let (Some(from), Some(to)) = (self.known(from), self.known(to)) else { return };
                let length: usize =
                    result.split_whitespace().next().and_then(|n| n.parse().ok()).unwrap_or(0);
                let mut begin = |descriptor: &String| {
                    let place = self.places.entry(descriptor.clone()).or_default();
                    *place += length;
                    *place - length
                };
                let (at, of) = (begin(target), begin(source));
                let bytes = self.held.get(&from).and_then(|held| held.get(of..of + length));
                let bytes = bytes.expect("what the system copied was there").to_vec();
                self.write(to, at, bytes);
            }
            "ftruncate" => {
                let Some((_, path)) = described(arguments) else { return };
                let length = arguments.rsplit(", ").next().and_then(|n| n.parse().ok()).unwrap_or(0);
                if let Some(file) = self.known(&path) {
                    self.cut(file, length);
                }
            }
            "fsync" | "fdatasync" => {
                let Some((_, path)) = described(arguments) else { return };
                match self.known(&path) {
                    Some(file) => self.ops.push(Op::Sync(file)),
                    None => self.ops.push(Op::SyncFolder),
                }
            }
            "rename" | "renameat" | "renameat2" => {
                let [from, to] = &strings[..] else { return };
                let (Some(from), Some(to)) = (inside(from), inside(to)) else { return };
                let moved: Vec<_> =
                    self.files.keys().filter(|path| path.starts_with(&from)).cloned().collect();
                for path in moved {
                    let file = self.files.remove(&path).unwrap();
                    self.files.insert(renamed(&path, &from, &to), file);
                }
                self.ops.push(Op::Rename(from, to));
            }
            "unlink" | "unlinkat" | "rmdir" => {
                let Some(path) = strings.first().and_then(|s| inside(s)) else { return };
                self.files.remove(&path);
                self.ops.push(Op::Remove(path));
            }
            "mkdir" | "mkdirat" => {
                let Some(path) = strings.first().and_then(|s| inside(s)) else { return };
                self.ops.push(Op::Folder(path));
            }
            _ => {}
        }
    }
}

pub(super) fn renamed(path: &Path, from: &Path, to: &Path) -> PathBuf {
    let rest = path.strip_prefix(from).unwrap();
    if rest.as_os_str().is_empty() { to.to_path_buf() } else { to.join(rest) }
}

/// Every descriptor of a call, in order.
fn all_described(arguments: &str) -> Vec<(String, PathBuf)> {
    arguments.split(", ").filter_map(described).collect()
}

/// `5</a/path>, …`: the descriptor and what it stands for.
fn described(arguments: &str) -> Option<(String, PathBuf)> {
    let (descriptor, rest) = arguments.split_once('<')?;
    let (path, _) = rest.split_once('>')?;
    let path = if path.contains("\\x") {
        String::from_utf8_lossy(&unescaped(path)).into_owned()
    } else {
        path.to_owned()
    };
    Some((descriptor.to_owned(), PathBuf::from(path)))
}

/// The quoted strings of a call, all of whose bytes are written `\xNN`.
fn strings(arguments: &str) -> Vec<Vec<u8>> {
    arguments.split('"').skip(1).step_by(2).map(unescaped).collect()
}

fn unescaped(text: &str) -> Vec<u8> {
    text.split("\\x").skip(1).filter_map(|hex| u8::from_str_radix(hex.get(..2)?, 16).ok()).collect()
}

/// Lines as one thread wrote them: a call that another thread interrupted is put together again.
fn whole_lines(log: &str) -> Vec<String> {
    let mut begun: BTreeMap<String, String> = BTreeMap::new();
    let mut lines = Vec::new();
    for line in log.lines() {
        let thread = line.split_whitespace().next().unwrap_or_default().to_owned();
        if let Some(start) = line.strip_suffix(" <unfinished ...>") {
            begun.insert(thread, start.to_owned());
        } else if let Some((_, rest)) = line.split_once(" resumed>") {
            lines.push(begun.remove(&thread).unwrap_or_default() + rest);
        } else {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// The disk before the process begins: all of it safe.
fn note(folder: &Path, disk: &mut Disk, reader: &mut Reader) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            disk.folders.push(path.clone());
            note(&path, disk, reader);
        } else {
            let file = reader.next;
            reader.next += 1;
            reader.files.insert(path.clone(), file);
            disk.names.insert(path.clone(), file);
            let bytes = fs::read(&path).unwrap();
            reader.held.insert(file, bytes.clone());
            disk.bytes.insert(file, bytes);
        }
    }
}

/// What a process did, from the first write to the last.
pub(super) struct Story {
    pub(super) root: PathBuf,
    /// The disk before: all of it safe.
    pub(super) first: Disk,
    pub(super) ops: Vec<Op>,
}

impl Story {
    /// Runs a process under `strace` with these arguments, which works below `root` and must come to its end.
    pub(super) fn of(home: &Path, root: &Path, run: impl FnOnce(&[&str]) -> Output) -> Self {
        let mut first =
            Disk { names: BTreeMap::new(), folders: vec![root.to_path_buf()], bytes: BTreeMap::new() };
        let mut reader = Reader {
            root: root.to_path_buf(),
            ops: Vec::new(),
            files: BTreeMap::new(),
            next: 0,
            places: BTreeMap::new(),
            held: BTreeMap::new(),
        };
        note(root, &mut first, &mut reader);
        let log = home.join("log");
        let output = run(&["-f", "-y", "-xx", "-s", "16777216", "-o", log.to_str().unwrap(), "-e", CALLS]);
        let said = acknowledged(&output.stdout);
        assert_eq!(
            said.last().map(String::as_str),
            Some("end"),
            "{}",
            String::from_utf8_lossy(&output.stdout)
        );
        let log = fs::read_to_string(&log).unwrap();
        whole_lines(&log).iter().for_each(|line| reader.line(line));
        let story = Self { root: root.to_path_buf(), first, ops: reader.ops };
        assert_eq!(
            story.acknowledged_by(story.ops.len()).len(),
            said.len(),
            "the trace shows every acknowledgement"
        );
        story
    }

    pub(super) fn writes(&self) -> usize {
        self.ops.iter().filter(|op| matches!(op, Op::Write(..))).count()
    }

    pub(super) fn syncs(&self) -> usize {
        self.ops.iter().filter(|op| matches!(op, Op::Sync(_))).count()
    }

    /// What the process had said by then.
    pub(super) fn acknowledged_by(&self, cut: usize) -> Vec<&String> {
        let said = self.ops[..cut].iter();
        said.filter_map(|op| if let Op::Ack(text) = op { Some(text) } else { None }).collect()
    }
}

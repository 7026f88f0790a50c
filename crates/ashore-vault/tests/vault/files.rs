//! Attached files: kept byte for byte once a fact names them, and no trace of them otherwise.

use std::fs;
use std::io::{self, Cursor, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use ashore_domain::{Fact, FileRef};
use ashore_vault::{StageError, Staged, Vault, VaultError};

use super::facts::*;

/// Every file under `objects/`.
fn objects(dir: &Path) -> Vec<PathBuf> {
    let shelves = fs::read_dir(dir.join("objects")).unwrap().map(|entry| entry.unwrap().path());
    let files = shelves.flat_map(|shelf| fs::read_dir(shelf).unwrap().map(|entry| entry.unwrap().path()));
    let mut files: Vec<_> = files.collect();
    files.sort();
    files
}

fn stage(vault: &Vault, content: &[u8]) -> Staged {
    vault.stage(&mut Cursor::new(content), "收据.png", "image/png").unwrap()
}

/// A record that names a file.
fn with_file(n: u8, file: &FileRef) -> Fact {
    let mut said = record(n, &[]);
    said.files = vec![file.clone()];
    Fact::Evidence(said)
}

fn read(vault: &Vault, file: &FileRef) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    vault.read_attachment(file.attachment).unwrap().read_to_end(&mut content).map(|_| content)
}

#[test]
fn files_of_every_awkward_size_come_back_whole_from_any_place() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    const CHUNK: usize = 65_536;
    for (n, size) in (1u8..).zip([
        0,
        1,
        CHUNK - 1,
        CHUNK,
        CHUNK + 1,
        3 * CHUNK,
        3 * CHUNK + 7,
        17 * CHUNK,
        17 * CHUNK + 1,
        90 * CHUNK,
    ]) {
        let content: Vec<u8> = (0..size).map(|i| u8::try_from((i * 7 + i / CHUNK) % 251).unwrap()).collect();
        let staged = stage(&vault, &content);
        let file = staged.file().clone();
        assert_eq!(file.bytes, size as u64);
        vault.append(&[with_file(n, &file)], vec![staged], now()).unwrap();
        assert!(read(&vault, &file).unwrap() == content, "{size}");
        let mut reader = vault.read_attachment(file.attachment).unwrap();
        for place in [0, size / 2, size.saturating_sub(1), size, size + 10] {
            let mut rest = Vec::new();
            reader.seek(SeekFrom::Start(place as u64)).unwrap();
            reader.read_to_end(&mut rest).unwrap();
            assert!(rest == content[place.min(size)..], "{size} from {place}");
        }
        assert_eq!(reader.seek(SeekFrom::End(0)).unwrap(), size as u64);
        assert!(reader.seek(SeekFrom::Current(-1 - size as i64)).is_err(), "before the beginning");
    }
    assert!(vault.check().unwrap().is_whole());
}

/// Gives some bytes, then fails: the medium was pulled out.
struct Vanishing(usize);

impl Read for Vanishing {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::Error::new(io::ErrorKind::NotFound, "the file vanished"));
        }
        let length = out.len().min(self.0).min(10_000);
        out[..length].fill(7);
        self.0 -= length;
        Ok(length)
    }
}

#[test]
fn a_file_that_vanishes_while_being_read_leaves_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (vault, _) = create(dir.path());
    for length in [0, 1, 65_536, 65_537, 300_000] {
        let refused = vault.stage(&mut Vanishing(length), "a", "b");
        assert!(matches!(refused, Err(StageError::Source(_))), "{length}");
        assert_eq!(objects(dir.path()), Vec::<PathBuf>::new(), "{length}");
    }
}

#[test]
fn what_no_fact_names_vanishes() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    drop(stage(&vault, b"never mind"));
    assert!(objects(dir.path()).is_empty(), "dropped");
    let unnamed = stage(&vault, b"unnamed");
    vault.append(&[Fact::Party(party(1))], vec![unnamed], now()).unwrap();
    assert!(objects(dir.path()).is_empty(), "no fact named it");
    let staged = stage(&vault, b"refused");
    let refused =
        vault.append(&[with_file(1, staged.file()), Fact::Payment(payment(1, 9))], vec![staged], now());
    assert!(matches!(refused, Err(VaultError::UnknownLoan(_))));
    assert!(objects(dir.path()).is_empty(), "its batch was refused");

    let kept = stage(&vault, b"kept");
    let file = kept.file().clone();
    vault.append(&[with_file(2, &file)], vec![kept], now()).unwrap();
    // As a crash leaves them: one in the making, one in its place but not committed.
    let making = dir.path().join("objects/tmp");
    fs::write(making.join("0e0e0e0e-0e0e-0e0e-0e0e-0e0e0e0e0e0e"), "half a file").unwrap();
    let orphan = dir.path().join("objects/ab");
    fs::create_dir_all(&orphan).unwrap();
    fs::write(orphan.join("abababab-abab-abab-abab-abababababab"), "orphan").unwrap();
    fs::write(orphan.join("notes.txt"), "not ours").unwrap();
    assert_eq!(objects(dir.path()).len(), 4);
    drop(vault);
    let vault = open(dir.path()).unwrap();
    assert_eq!(objects(dir.path()).len(), 2, "swept but for the kept one and what is not ours");
    assert_eq!(read(&vault, &file).unwrap(), b"kept");
}

#[test]
fn the_same_content_is_stored_once_and_mends_a_missing_object() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let (one, two) = (stage(&vault, b"same"), stage(&vault, b"same"));
    let file = one.file().clone();
    assert_eq!(two.file(), &file);
    vault.append(&[with_file(1, &file), with_file(2, &file)], vec![one, two], now()).unwrap();
    assert_eq!(objects(dir.path()).len(), 1);
    let again = stage(&vault, b"same");
    vault.append(&[with_file(3, &file)], vec![again], now()).unwrap();
    assert_eq!(objects(dir.path()).len(), 1);
    assert_eq!(read(&vault, &file).unwrap(), b"same");
    // Named again without staging it again: it is stored already.
    vault.append(&[with_file(4, &file)], Vec::new(), now()).unwrap();

    fs::remove_file(&objects(dir.path())[0]).unwrap();
    assert!(matches!(vault.read_attachment(file.attachment), Err(VaultError::ObjectMissing(_))));
    let report = vault.check().unwrap();
    assert_eq!((report.is_whole(), report.objects[0].missing), (false, true));
    let again = stage(&vault, b"same");
    vault.append(&[with_file(5, &file)], vec![again], now()).unwrap();
    assert_eq!(read(&vault, &file).unwrap(), b"same");
    assert!(vault.check().unwrap().is_whole(), "attached again, it is whole again");
}

#[test]
fn a_record_states_a_file_as_it_is_stored() {
    let dir = tempfile::tempdir().unwrap();
    let (mut vault, _) = create(dir.path());
    let staged = stage(&vault, b"content");
    let mut wrong = staged.file().clone();
    wrong.bytes += 1;
    let refused = vault.append(&[with_file(1, &wrong)], vec![staged], now());
    assert!(matches!(refused, Err(VaultError::FileDiffers(_))));
    let staged = stage(&vault, b"content");
    let mut derived = staged.file().clone();
    derived.derived_from = Some(attachment_id(9));
    let refused = vault.append(&[with_file(1, &derived)], vec![staged], now());
    assert!(matches!(refused, Err(VaultError::FileNotStaged(f)) if f == attachment_id(9)));
    assert!(objects(dir.path()).is_empty());
}

#[test]
fn names_of_objects_do_not_confirm_a_guess_at_their_content() {
    let names: Vec<_> = (0..2)
        .map(|_| {
            let dir = tempfile::tempdir().unwrap();
            let (vault, _) = create(dir.path());
            stage(&vault, b"the same letter").file().attachment
        })
        .collect();
    assert_ne!(names[0], names[1], "each vault has its own names");
}

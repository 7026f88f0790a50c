use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::database;
use crate::fault::Fault;
use crate::folder;

/// Every step from an empty database to today's schema, in order. A released step is never edited; the next change is
/// the next entry.
pub(crate) const STEPS: &[&str] = &[include_str!("../../../migrations/0001-ledger/up.sql")];

/// The newest schema this program knows.
pub(crate) fn known() -> u32 {
    newest(STEPS)
}

fn newest(steps: &[&str]) -> u32 {
    u32::try_from(steps.len()).unwrap_or(u32::MAX)
}

/// Why the schema is not today's.
#[derive(Debug)]
pub(crate) enum MigrationError {
    Newer(u32),
    Fault(Fault),
}

impl From<rusqlite::Error> for MigrationError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Fault(error.into())
    }
}

/// The schema's version; 0 for an empty database.
pub(crate) fn version(connection: &Connection) -> Result<u32, Fault> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Brings the schema up to date: each missing step in a transaction of its own, whole or not at all.
pub(crate) fn migrate(connection: &mut Connection) -> Result<(), MigrationError> {
    apply(connection, STEPS)
}

/// Keeps the database as it is beside itself, under the number of its schema, before a step of a newer program touches
/// it: `vault.db.schema-1`. One such copy is kept, the latest. It is encrypted like the original.
pub(crate) fn copy_before(connection: &Connection, database: &Path, steps: &[&str]) -> Result<(), Fault> {
    let version = version(connection)?;
    if version == 0 || version >= newest(steps) {
        return Ok(());
    }
    // Everything is in the file itself from here on, and nobody else is in the vault.
    database::checkpoint(connection)?;
    let named = |ending: &str| {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    };
    let part = named(".copy");
    let keep = || {
        std::fs::copy(database, &part)?;
        std::fs::File::open(&part)?.sync_all()?;
        for older in 1..version {
            folder::remove_file(&named(&format!(".schema-{older}")))?;
        }
        std::fs::rename(&part, named(&format!(".schema-{version}")))?;
        database.parent().map_or(Ok(()), folder::sync_folder)
    };
    keep().map_err(|error| {
        drop(std::fs::remove_file(&part));
        Fault::io("keeping a copy before the database is changed")(error)
    })
}

/// The same for the steps a program knows.
pub(crate) fn apply(connection: &mut Connection, steps: &[&str]) -> Result<(), MigrationError> {
    let version = version(connection).map_err(MigrationError::Fault)?;
    let done = usize::try_from(version).unwrap_or(usize::MAX);
    let Some(missing) = steps.get(done..) else { return Err(MigrationError::Newer(version)) };
    for (number, step) in (version + 1..).zip(missing) {
        let transaction = connection.transaction()?;
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", number)?;
        transaction.commit()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(connection: &Connection) -> Vec<String> {
        let mut query = connection.prepare("SELECT name FROM sqlite_master ORDER BY name").unwrap();
        query.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    #[test]
    fn a_step_that_fails_halfway_leaves_nothing_and_goes_on_once_mended() {
        let mut db = Connection::open_in_memory().unwrap();
        let broken = ["CREATE TABLE a (x)", "CREATE TABLE b (x); INSERT INTO nowhere VALUES (1)"];
        assert!(matches!(apply(&mut db, &broken), Err(MigrationError::Fault(_))));
        assert_eq!(
            (tables(&db), version(&db).unwrap()),
            (vec!["a".to_owned()], 1),
            "the first step stands alone"
        );
        let mended = ["CREATE TABLE a (x)", "CREATE TABLE b (x)"];
        apply(&mut db, &mended).unwrap();
        apply(&mut db, &mended).unwrap();
        assert_eq!((tables(&db).len(), version(&db).unwrap()), (2, 2));
    }

    #[test]
    fn the_database_is_kept_as_it_was_before_a_step() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("vault.db");
        let mut db = Connection::open(&path).unwrap();
        db.pragma_update(None, "journal_mode", "WAL").unwrap();
        let steps = ["CREATE TABLE a (x)", "DROP TABLE a", "CREATE TABLE c (x)"];
        for (done, names) in [(1, vec![]), (2, vec!["vault.db.schema-1"]), (3, vec!["vault.db.schema-2"])] {
            let known = &steps[..done];
            copy_before(&db, &path, known).unwrap();
            apply(&mut db, known).unwrap();
            let kept =
                std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
            let mut kept: Vec<_> =
                kept.filter(|name| name.contains(".schema") || name.contains(".copy")).collect();
            kept.sort();
            assert_eq!(kept, names);
        }
        copy_before(&db, &path, &steps).unwrap();
        let before = Connection::open(dir.path().join("vault.db.schema-2")).unwrap();
        assert_eq!((tables(&before), version(&before).unwrap()), (vec![], 2));
        assert_eq!(tables(&db), ["c"]);
    }

    #[test]
    fn a_newer_schema_is_not_touched() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db).unwrap();
        db.pragma_update(None, "user_version", known() + 1).unwrap();
        let found = known() + 1;
        assert!(matches!(migrate(&mut db), Err(MigrationError::Newer(v)) if v == found));
    }
}

use rusqlite::Connection;

use crate::fault::Fault;

/// Every step from an empty database to today's schema, in order. A released step is never edited; the next change is
/// the next entry.
const STEPS: &[&str] = &[include_str!("../../../migrations/0001-ledger/up.sql")];

/// The newest schema this program knows.
pub(crate) fn known() -> u32 {
    u32::try_from(STEPS.len()).unwrap_or(u32::MAX)
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

fn apply(connection: &mut Connection, steps: &[&str]) -> Result<(), MigrationError> {
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
    fn a_newer_schema_is_not_touched() {
        let mut db = Connection::open_in_memory().unwrap();
        migrate(&mut db).unwrap();
        db.pragma_update(None, "user_version", known() + 1).unwrap();
        let found = known() + 1;
        assert!(matches!(migrate(&mut db), Err(MigrationError::Newer(v)) if v == found));
    }
}

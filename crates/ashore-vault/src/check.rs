use std::io::{self, Read as _};

use ashore_domain::AttachmentId;
use rusqlite::Connection;
use rusqlite::types::Value;
use sha2::{Digest as _, Sha256};

use crate::database::{self, IfMissing, connect};
use crate::fault::Fault;
use crate::migration;
use crate::open::read_key_bytes;
use crate::table::{self, PROJECTIONS};
use crate::{CheckFault, CheckReport, ObjectFault, Vault, VaultError, search};

impl Vault {
    /// Reads everything there is and says what is not whole: key file, every page, the structure, the chain, every table
    /// against a replay of the ledger, every stored file to its last byte.
    ///
    /// # Errors
    /// The check itself could not be done, for want of memory, disk or access. Damage is no error: it is the report.
    pub fn check(&self) -> Result<CheckReport, VaultError> {
        let keys_whole = read_key_bytes(&self.folder).ok() == Some(self.keys.to_bytes()?);
        // The integrity check reads the file itself and takes what is still in the log for damage.
        let logged = match database::checkpoint(&self.db) {
            Err(fault @ (Fault::NoSpace | Fault::Io { .. })) => return Err(fault.into()),
            other => other,
        };
        // A page once found bad poisons the connection that found it, so each part gets a fresh one.
        let fresh = || connect(&self.folder.database(), &self.database_key, IfMissing::Refuse);
        let mut faults = messages(fresh(), "PRAGMA integrity_check");
        faults.retain(|message| message != "ok");
        faults.extend(messages(
            fresh(),
            "SELECT 'a row without what it refers to: ' || \"table\" FROM pragma_foreign_key_check",
        ));
        faults.extend(logged.err().map(|fault| describe(fault.into())));
        let bad_pages = messages(fresh(), "PRAGMA cipher_integrity_check");
        let chain = match fresh().map_err(VaultError::from).and_then(|db| table::verify(&db)) {
            Ok(report) => Ok(report),
            Err(VaultError::ChainBroken(broken)) => Err(CheckFault::Broken(broken)),
            Err(error) => Err(CheckFault::Unreadable(describe(error))),
        };
        let tables_differing =
            match fresh().map_err(VaultError::from).and_then(|db| differing(&db, &mut || true)) {
                Ok(tables) => tables,
                Err(error) => {
                    faults.push(describe(error));
                    Vec::new()
                }
            };
        let (objects, objects_read) = match self.check_objects() {
            Ok(found) => found,
            Err(error) => {
                faults.push(describe(error));
                (Vec::new(), 0)
            }
        };
        Ok(CheckReport { keys_whole, bad_pages, faults, chain, tables_differing, objects, objects_read })
    }

    fn check_objects(&self) -> Result<(Vec<ObjectFault>, u64), VaultError> {
        let (mut faults, mut read) = (Vec::new(), 0);
        let mut query =
            self.db.prepare("SELECT id, sha256 FROM attachment WHERE removed_at IS NULL ORDER BY id")?;
        let mut rows = query.query([])?;
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            let attachment = id.parse().map_err(|_| VaultError::DatabaseDamaged)?;
            let missing = match self.digest(attachment) {
                Ok(digest) if digest == row.get::<_, [u8; 32]>(1)? => {
                    read += 1;
                    continue;
                }
                Ok(_) | Err(VaultError::ObjectDamaged(_)) => false,
                Err(VaultError::ObjectMissing(_)) => true,
                Err(error) => return Err(error),
            };
            faults.push(ObjectFault { attachment, missing });
        }
        Ok((faults, read))
    }

    /// SHA-256 of a stored file, read to its end.
    fn digest(&self, id: AttachmentId) -> Result<[u8; 32], VaultError> {
        let mut reader = self.read_attachment(id)?;
        let mut digest = Sha256::new();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            match reader.read(&mut buffer) {
                Ok(0) => return Ok(digest.finalize().into()),
                Ok(length) => digest.update(buffer.get(..length).unwrap_or_default()),
                Err(error) if error.kind() == io::ErrorKind::InvalidData => {
                    return Err(VaultError::ObjectDamaged(id));
                }
                Err(error) => return Err(Fault::io("reading a stored file")(error).into()),
            }
        }
    }
}

/// The first column of all rows, or what went wrong.
pub(crate) fn messages(db: Result<Connection, Fault>, sql: &str) -> Vec<String> {
    let ask = |db: Connection| {
        let mut query = db.prepare(sql)?;
        query.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()
    };
    db.and_then(|db| Ok(ask(db)?)).unwrap_or_else(|fault| vec![describe(fault.into())])
}

fn describe(error: VaultError) -> String {
    error.to_string()
}

/// Tables that a replay of the ledger, in memory, fills otherwise. Asked again and again whether it is still wanted; an
/// error when not.
pub(crate) fn differing(
    db: &Connection,
    wanted: &mut dyn FnMut() -> bool,
) -> Result<Vec<&'static str>, VaultError> {
    let mut again = Connection::open_in_memory()?;
    migration::migrate(&mut again).map_err(|error| VaultError::Database(format!("{error:?}")))?;
    again.execute_batch("PRAGMA foreign_keys = OFF")?;
    let transaction = again.transaction()?;
    table::replay(db, &transaction, wanted)?;
    let mut found = Vec::new();
    for table in PROJECTIONS {
        if !same_rows(db, &transaction, table, wanted)? {
            found.push(*table);
        }
    }
    if !search::same(db, &transaction, wanted)? {
        found.push("search");
    }
    Ok(found)
}

/// Goes on if somebody wants it.
pub(crate) fn still(wanted: &mut dyn FnMut() -> bool) -> Result<(), VaultError> {
    if wanted() { Ok(()) } else { Err(VaultError::Database("ended before its time".to_owned())) }
}

fn same_rows(
    one: &Connection,
    other: &Connection,
    table: &str,
    wanted: &mut dyn FnMut() -> bool,
) -> Result<bool, VaultError> {
    let columns = one.prepare(&format!("SELECT * FROM {table}"))?.column_count();
    let order = (1..=columns).map(|column| column.to_string()).collect::<Vec<_>>().join(", ");
    let sql = format!("SELECT * FROM {table} ORDER BY {order}");
    let (mut one, mut other) = (one.prepare(&sql)?, other.prepare(&sql)?);
    let (mut one, mut other) = (one.query([])?, other.query([])?);
    loop {
        still(wanted)?;
        match (one.next()?, other.next()?) {
            (None, None) => return Ok(true),
            (Some(one), Some(other)) => {
                for column in 0..columns {
                    if one.get::<_, Value>(column)? != other.get::<_, Value>(column)? {
                        return Ok(false);
                    }
                }
            }
            _ => return Ok(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use ashore_domain::{Fact, LenderKind, Party, PartyId, Sensitive};
    use ashore_evidence::{ChainBreak, Fault as Broken};
    use chrono::DateTime;

    use super::*;
    use crate::{KdfCost, OpenError, Secret};

    fn filled(dir: &std::path::Path, count: u8) -> Vault {
        let now = DateTime::UNIX_EPOCH;
        let passphrase = Sensitive::new("passphrase".to_owned());
        let (mut vault, _) = Vault::create(dir, &passphrase, KdfCost::FLOOR, now).unwrap();
        let party = |n| Party {
            id: PartyId::from_bytes([n; 16]),
            name: n.to_string(),
            legal_name: None,
            lender_kind: LenderKind::Bank,
            aliases: vec!["a".to_owned()],
            contacts: Vec::new(),
            licence: None,
            note: None,
        };
        let facts: Vec<_> = (1..=count).map(|n| Fact::Party(party(n))).collect();
        vault.append(&facts, Vec::new(), now.fixed_offset()).unwrap();
        vault
    }

    /// Whoever holds the key can drop the triggers; the chain and the replay still tell.
    const WITHOUT_TRIGGERS: &str = "DROP TRIGGER fact_is_never_changed; DROP TRIGGER fact_is_never_removed;";

    #[test]
    fn the_database_itself_refuses_to_change_the_ledger() {
        let dir = tempfile::tempdir().unwrap();
        let vault = filled(dir.path(), 3);
        const APPENDED: &str = "facts are only appended";
        const STANDS_ON: &str = "FOREIGN KEY constraint failed";
        for (sql, why) in [
            ("UPDATE fact SET body = x'00' WHERE seq = 2", APPENDED),
            ("DELETE FROM fact WHERE seq = 3", APPENDED),
            (
                "INSERT INTO fact SELECT 9, kind, subject, recorded_at, body, leaf, chain FROM fact WHERE seq = 1",
                STANDS_ON,
            ),
            (
                "INSERT OR REPLACE INTO fact SELECT 2, kind, subject, recorded_at, body, leaf, chain FROM fact WHERE seq = 1",
                APPENDED,
            ),
        ] {
            let refused = vault.db.execute_batch(sql).unwrap_err();
            assert!(refused.to_string().contains(why), "{sql}: {refused}");
        }
        assert!(vault.check().unwrap().is_whole());
    }

    #[test]
    fn a_ledger_changed_with_the_key_is_named_at_its_place() {
        for (sql, n, fault) in [
            (
                "UPDATE fact SET body = CAST(replace(CAST(body AS TEXT), '\"2\"', '\"8\"') AS BLOB) WHERE seq = 2",
                2,
                Broken::Leaf,
            ),
            ("UPDATE fact SET chain = zeroblob(32) WHERE seq = 2", 2, Broken::Link),
            ("DELETE FROM fact WHERE seq = 3", 3, Broken::Count { found: 2 }),
            ("DELETE FROM fact WHERE seq = 1", 1, Broken::Number { found: 2 }),
            ("UPDATE ledger_head SET h = zeroblob(32)", 3, Broken::HeadHash),
        ] {
            let dir = tempfile::tempdir().unwrap();
            let vault = filled(dir.path(), 3);
            vault.db.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
            vault.db.execute_batch(WITHOUT_TRIGGERS).unwrap();
            vault.db.execute_batch(sql).unwrap();
            let broken = ChainBreak { n, fault };
            assert!(matches!(vault.verify_chain(), Err(VaultError::ChainBroken(b)) if b == broken), "{sql}");
            let report = vault.check().unwrap();
            assert_eq!(report.chain, Err(CheckFault::Broken(broken)), "{sql}");
            assert!(vault.head().is_err(), "no head is signed over it: {sql}");
        }
    }

    #[test]
    fn a_table_changed_behind_the_ledger_is_named() {
        for (sql, table) in [
            ("UPDATE party SET name = 'other' WHERE name = '2'", "party"),
            ("DELETE FROM party_alias WHERE position = 0", "party_alias"),
            ("INSERT INTO capacity VALUES (1, NULL, NULL, NULL, '')", "capacity"),
        ] {
            let dir = tempfile::tempdir().unwrap();
            let vault = filled(dir.path(), 3);
            vault.db.execute_batch(sql).unwrap();
            let report = vault.check().unwrap();
            assert_eq!((report.is_whole(), report.tables_differing), (false, vec![table]), "{sql}");
        }
    }

    #[test]
    fn a_newer_schema_is_refused_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let vault = filled(dir.path(), 1);
        vault.db.pragma_update(None, "user_version", 99).unwrap();
        drop(vault);
        let passphrase = Sensitive::new("passphrase".to_owned());
        let opened = Vault::open(dir.path(), Secret::Passphrase(&passphrase));
        let known = migration::known();
        assert!(matches!(opened, Err(OpenError::NewerSchema { found: 99, known: k }) if k == known));
    }

    #[test]
    fn every_table_is_the_ledger_a_projection_or_named_here() {
        let mut db = Connection::open_in_memory().unwrap();
        migration::migrate(&mut db).unwrap();
        let mut query = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").unwrap();
        let mut tables: Vec<String> =
            query.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        let others = [
            "fact",
            "ledger_head",
            "vault_meta",
            "attachment",
            "reminder_shown",
            "reminder_snoozed",
            "suggestion_declined",
            "setting",
            "draft",
            "search",
            "search_data",
            "search_idx",
            "search_docsize",
            "search_config",
            "anchor_request",
        ];
        let mut expected: Vec<&str> = PROJECTIONS.iter().chain(&others).copied().collect();
        tables.sort_unstable();
        expected.sort_unstable();
        assert_eq!(tables, expected);
    }
}

use rusqlite::{Connection, params};

use crate::VaultError;

/// Records on their way into the index, newest first.
///
/// The index gathers what it is given in memory as long as each row comes after the one before; any other order has it
/// write a segment of its own for every row. Backups come oldest first, newest first or person by person, so their
/// records wait here and are handed over in lots, each in the order of the index.
#[derive(Debug, Default)]
pub(crate) struct Lot {
    gathers: bool,
    waiting: Vec<(i64, String)>,
    bytes: usize,
}

/// So much text waits at most.
const BYTES_MAX: usize = 4 << 20;

impl Lot {
    /// From now on records wait until there are many, or until [`Lot::write`].
    pub(crate) fn gather(&mut self) {
        self.gathers = true;
    }

    /// Makes the record at this place findable by its grams.
    pub(crate) fn index(&mut self, db: &Connection, place: i64, grams: String) -> Result<(), VaultError> {
        self.bytes += grams.len();
        self.waiting.push((row(place), grams));
        if self.gathers && self.bytes < BYTES_MAX { Ok(()) } else { self.write(db) }
    }

    /// Makes the record at this place unfindable.
    pub(crate) fn forget(&mut self, db: &Connection, place: i64) -> Result<(), VaultError> {
        self.write(db)?;
        db.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([row(place)])?;
        Ok(())
    }

    /// Hands over what waits.
    pub(crate) fn write(&mut self, db: &Connection) -> Result<(), VaultError> {
        self.waiting.sort_unstable_by_key(|(row, _)| *row);
        self.bytes = 0;
        for (row, grams) in self.waiting.drain(..) {
            db.prepare_cached("INSERT INTO search (rowid, grams) VALUES (?1, ?2)")?
                .execute(params![row, grams])?;
        }
        Ok(())
    }
}

/// The row of the index for a place in time: the newest is the first, because the index reads forwards a third faster
/// than backwards (measured).
pub(super) const fn row(place: i64) -> i64 {
    place.saturating_neg()
}

use ashore_domain::Fact;
use ashore_evidence::{ChainBreak, Digest, Entry, Fault, Link, Verifier, canonical};
use chrono::{DateTime, FixedOffset};
use rusqlite::{Connection, OptionalExtension as _, params};

use super::{Place, Words, project, subject};
use crate::check::still;
use crate::prepare::Prepared;
use crate::record::{self, RecordError, Word as _};
use crate::search::Lot;
use crate::{ChainEntry, ChainReport, LedgerEntry, VaultError};

/// The ledger's end within one transaction.
#[derive(Debug)]
pub(crate) struct Ledger {
    link: Link,
    words: Lot,
}

impl Ledger {
    /// Records wait for their place in the index of words until [`Ledger::index_all`].
    pub(crate) fn gather_words(&mut self) {
        self.words.gather();
    }

    /// Every record pushed so far can be found.
    pub(crate) fn index_all(&mut self, db: &Connection) -> Result<(), VaultError> {
        self.words.write(db)
    }
}

/// Where the ledger ends.
pub(crate) fn end(db: &Connection) -> Result<Ledger, VaultError> {
    let last = db
        .prepare_cached("SELECT seq, chain FROM fact ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?)))
        .optional()?;
    let link = last.map_or_else(Link::genesis, |(seq, h)| Link { n: seq.cast_unsigned(), h: Digest(h) });
    Ok(Ledger { link, words: Lot::default() })
}

/// How many facts the ledger holds.
pub(crate) fn length(db: &Connection) -> Result<u64, VaultError> {
    Ok(end(db)?.link.n)
}

/// Appends one fact with its link and its rows, and moves the head on.
pub(crate) fn push(
    db: &Connection,
    ledger: &mut Ledger,
    fact: &Fact,
    at: DateTime<FixedOffset>,
) -> Result<ChainEntry, VaultError> {
    let entry = push_entry(db, ledger, &Prepared::of(fact.clone(), at)?, at)?;
    write_head(db, ledger)?;
    Ok(entry)
}

/// Says how far the ledger goes.
fn write_head(db: &Connection, ledger: &Ledger) -> Result<(), VaultError> {
    db.prepare_cached(
        "INSERT INTO ledger_head (id, n, h) VALUES (1, ?1, ?2) ON CONFLICT (id) DO UPDATE SET n = ?1, h = ?2",
    )?
    .execute(params![ledger.link.n.cast_signed(), ledger.link.h.0])?;
    Ok(())
}

/// Appends one fact with its link and its rows; the head must follow within the same transaction.
pub(crate) fn push_entry(
    db: &Connection,
    ledger: &mut Ledger,
    prepared: &Prepared,
    at: DateTime<FixedOffset>,
) -> Result<ChainEntry, VaultError> {
    let Prepared { fact, body, leaf, grams } = prepared;
    let leaf = *leaf;
    let link = ledger.link.next(leaf);
    let recorded_at = canonical::instant(at)
        .ok_or_else(|| RecordError::Unwritable("recorded_at has no RFC 3339 form".to_owned()))?;
    let place = Place { seq: link.n.cast_signed(), recorded_at };
    db.prepare_cached(
        "INSERT INTO fact (seq, kind, subject, recorded_at, body, leaf, chain) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![place.seq, fact.kind().word(), subject(fact), place.recorded_at, body, leaf.0, link.h.0])?;
    project(db, &place, fact, Words { lot: &mut ledger.words, grams: Some(grams) })?;
    ledger.link = link;
    Ok(ChainEntry { seq: link.n, leaf, chain: link.h })
}

/// When the last fact was recorded.
pub(crate) fn last_recorded_at(db: &Connection) -> Result<Option<DateTime<FixedOffset>>, VaultError> {
    let last: Option<String> = db
        .prepare_cached("SELECT recorded_at FROM fact ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    last.map(|text| canonical::read_instant(&text).ok_or(VaultError::DatabaseDamaged)).transpose()
}

/// At most `limit` entries after number `after`, byte for byte.
pub(crate) fn entries(db: &Connection, after: u64, limit: u32) -> Result<Vec<LedgerEntry>, VaultError> {
    let mut query = db.prepare_cached(
        "SELECT seq, kind, body, leaf, chain FROM fact WHERE seq > ?1 ORDER BY seq LIMIT ?2",
    )?;
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    let entries = query.query_map(params![after, limit], |row| {
        Ok(LedgerEntry {
            entry: ChainEntry {
                seq: row.get::<_, i64>(0)?.cast_unsigned(),
                leaf: Digest(row.get(3)?),
                chain: Digest(row.get(4)?),
            },
            kind: row.get(1)?,
            body: row.get(2)?,
        })
    })?;
    Ok(entries.collect::<Result<_, _>>()?)
}

/// The leaves of all entries in order.
pub(crate) fn leaves(db: &Connection) -> Result<Vec<Digest>, VaultError> {
    let mut query = db.prepare_cached("SELECT leaf FROM fact ORDER BY seq")?;
    let leaves = query.query_map([], |row| row.get(0).map(Digest))?;
    Ok(leaves.collect::<Result<_, _>>()?)
}

/// Follows the whole chain.
pub(crate) fn verify(db: &Connection) -> Result<ChainReport, VaultError> {
    let mut verifier = Verifier::default();
    let mut query = db.prepare_cached("SELECT seq, body, leaf, chain FROM fact ORDER BY seq")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let body = row.get_ref(1)?.as_blob().map_err(|_| VaultError::DatabaseDamaged)?;
        let n = row.get::<_, i64>(0)?.cast_unsigned();
        verifier.push(Entry { n, body, leaf: Digest(row.get(2)?), h: Digest(row.get(3)?) })?;
    }
    let verified = verifier.verified();
    let (n, h) = db
        .prepare_cached("SELECT n, h FROM ledger_head")?
        .query_row([], |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), Digest(row.get(1)?))))
        .optional()?
        .unwrap_or_else(|| (0, Link::genesis().h));
    if n != verified.link.n {
        return Err(ChainBreak { n, fault: Fault::Count { found: verified.link.n } }.into());
    }
    if h != verified.link.h {
        return Err(ChainBreak { n, fault: Fault::HeadHash }.into());
    }
    Ok(ChainReport { count: n, h, root: verified.root })
}

/// Writes the rows of every fact of `from` into the empty tables of `to`. A body that this program would write
/// otherwise is refused: it was not written by it.
pub(crate) fn replay(
    from: &Connection,
    to: &Connection,
    wanted: &mut dyn FnMut() -> bool,
) -> Result<(), VaultError> {
    let mut query = from.prepare("SELECT seq, kind, subject, recorded_at, body FROM fact ORDER BY seq")?;
    let mut rows = query.query([])?;
    let mut words = Lot::default();
    words.gather();
    while let Some(row) = rows.next()? {
        still(wanted)?;
        let body = row.get_ref(4)?.as_blob().map_err(|_| VaultError::DatabaseDamaged)?;
        let recorded = record::decode(body)?;
        let place = Place { seq: row.get(0)?, recorded_at: row.get(3)? };
        let (kind, about): (String, Option<String>) = (row.get(1)?, row.get(2)?);
        let same = record::encode(&recorded.fact, recorded.id, recorded.at)? == body
            && kind == recorded.fact.kind().word()
            && about == subject(&recorded.fact)
            && canonical::instant(recorded.at).as_deref() == Some(&place.recorded_at);
        if !same {
            return Err(RecordError::Unreadable(format!(
                "entry {} is not in the form it has here",
                place.seq
            ))
            .into());
        }
        project(to, &place, &recorded.fact, Words { lot: &mut words, grams: None })?;
    }
    words.write(to)
}

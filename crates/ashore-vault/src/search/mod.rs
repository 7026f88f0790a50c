//! Finding records by any part of their texts, newest first.
//!
//! The index is a contentless FTS5 table over grams of our own (see `gram`), because the tokenisers that come with it
//! find nothing under three characters (trigram) or miss names (word segmenters). Its rows stand in the order of time, so
//! the newest hits are read first and reading stops when there are enough.

mod fold;
mod gram;
mod lot;
mod query;
mod text;

use ashore_domain::{EvidenceId, EvidenceKind, EvidenceRecord, LoanId};
use rusqlite::{Connection, Row, named_params, params};

use crate::check::still;
use crate::database::{Cache, keep_in_memory};
use crate::record::Word as _;
use crate::{Vault, VaultError, table};
use query::Wanted;

pub use fold::{fold, marks};
pub(crate) use lot::Lot;
pub use text::texts;

/// What is looked for. The default finds nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// Words, parts of words, names, numbers. What stands between spaces must all be there.
    pub text: String,
    /// Only with a person of whom this is part of the name, number or account.
    pub person: Option<String>,
    /// Only records of this kind.
    pub kind: Option<EvidenceKind>,
    /// Only those about this loan.
    pub loan: Option<LoanId>,
    /// Only those that happened at this instant or later, in milliseconds of Unix time.
    pub from_ms: Option<i64>,
    /// Only those that happened before this instant.
    pub until_ms: Option<i64>,
    /// Only those that come after this record in the list: the last one already shown.
    pub before: Option<EvidenceId>,
    /// At most so many.
    pub limit: u32,
}

/// The folded words to mark in a text that was found, with [`marks`].
#[must_use]
pub fn needles(typed: &str) -> Vec<String> {
    Wanted::read(typed).map(|wanted| wanted.needles()).unwrap_or_default()
}

impl Vault {
    /// The records in which every part of the query stands, the latest event first. Corrected records are not found; the
    /// corrections are.
    ///
    /// Exact: what the folded text of a record contains is found, and nothing else.
    ///
    /// # Errors
    /// `before` names no record, or the database is damaged or unreadable.
    pub fn search(&self, query: &SearchQuery) -> Result<Vec<EvidenceId>, VaultError> {
        keep_in_memory(&self.db, Cache::Large)?;
        find(&self.db, query)
    }
}

/// So many new records are worth writing the index anew.
const MANY: u64 = 5_000;

/// Before very many records are indexed in one transaction: what is gathered is merged at the end only. It is gathered in
/// small lots all the same: each gram touches another place of them, and lots that fit the processor's own memory take a
/// tenth less time (measured).
pub(crate) fn many_to_come(db: &Connection) -> Result<(), VaultError> {
    keep_in_memory(db, Cache::Small)?;
    set(db, &[("automerge", 0), ("crisismerge", 400), ("hashsize", 4 << 20)])
}

/// After `added` of them: as it is for single records, and where they are many, one segment of what was written in
/// dozens, because every search looks into each.
pub(crate) fn all_there(db: &Connection, added: u64) -> Result<(), VaultError> {
    set(db, &[("automerge", 4), ("crisismerge", 16), ("hashsize", 1 << 20)])?;
    if added < MANY {
        return Ok(());
    }
    // What this frees says nothing that the new segment and the ledger do not say, so it need not be overwritten.
    db.execute_batch("PRAGMA secure_delete = FAST")?;
    let merged = db.execute("INSERT INTO search (search) VALUES ('optimize')", []);
    db.execute_batch("PRAGMA secure_delete = ON")?;
    merged?;
    Ok(())
}

fn set(db: &Connection, options: &[(&str, i64)]) -> Result<(), VaultError> {
    for (option, value) in options {
        db.prepare_cached("INSERT INTO search (search, rank) VALUES (?1, ?2)")?
            .execute(params![option, value])?;
    }
    Ok(())
}

/// What the index is given of a record.
pub(crate) fn grams_of(record: &EvidenceRecord) -> String {
    let mut grams = String::new();
    for text in text::texts(record) {
        gram::write(&fold(&text), &mut grams);
    }
    grams
}

fn find(db: &Connection, query: &SearchQuery) -> Result<Vec<EvidenceId>, VaultError> {
    let Some(wanted) = Wanted::read(&query.text) else { return Ok(Vec::new()) };
    let person = query.person.as_deref().and_then(Wanted::read);
    let search = Search { db, query, wanted: &wanted, person: person.as_ref() };
    let expressions: Vec<String> =
        [Some(&wanted), person.as_ref()].into_iter().flatten().filter_map(Wanted::expression).collect();
    if expressions.is_empty() {
        // Nothing the index knows: every record is looked at, the newest first.
        return Ok(search.by_looking(None)?.unwrap_or_default());
    }
    // Of a sign that stands in very many records the index would gather all before it gives the newest.
    if wanted.is_one_sign()
        && let Some(found) = search.by_looking(Some(Patience::default()))?
    {
        return Ok(found);
    }
    let joined: Vec<String> = expressions.iter().map(|part| format!("({part})")).collect();
    search.by_index(&joined.join(" AND "))
}

/// How many of the newest records are looked at for a sign before the index is asked: while one in six has it.
#[derive(Default)]
struct Patience {
    looked: usize,
}

impl Patience {
    const LOOKS_MAX: usize = 400;
    const FIRST_LOOKS: usize = 60;

    fn ends(&mut self, found: usize) -> bool {
        self.looked += 1;
        self.looked > Self::LOOKS_MAX || (self.looked > Self::FIRST_LOOKS && found * 6 < self.looked)
    }
}

/// What is read, newest first.
struct Source {
    from: &'static str,
    condition: &'static str,
    newest_first: &'static str,
}

struct Search<'a> {
    db: &'a Connection,
    query: &'a SearchQuery,
    wanted: &'a Wanted,
    person: Option<&'a Wanted>,
}

impl Search<'_> {
    fn by_index(&self, matched: &str) -> Result<Vec<EvidenceId>, VaultError> {
        let look = self.wanted.needs_a_look() || self.person.is_some();
        let source = Source {
            from: "search s JOIN evidence_record e ON e.place = -s.rowid",
            condition: "search MATCH :matched AND s.rowid <= -:from AND s.rowid > -:until",
            newest_first: "s.rowid",
        };
        Ok(self.read(&source, Some(matched), look, None)?.unwrap_or_default())
    }

    /// `None` when patience ends before there are enough.
    fn by_looking(&self, patience: Option<Patience>) -> Result<Option<Vec<EvidenceId>>, VaultError> {
        let source = Source {
            from: "evidence_record e",
            condition: ":matched IS NULL AND e.place >= :from AND e.place < :until AND e.removed_seq IS NULL
                AND NOT EXISTS (SELECT 1 FROM evidence_record c WHERE c.corrects = e.id)",
            newest_first: "e.place DESC",
        };
        self.read(&source, None, true, patience)
    }

    fn read(
        &self,
        source: &Source,
        matched: Option<&str>,
        look: bool,
        mut patience: Option<Patience>,
    ) -> Result<Option<Vec<EvidenceId>>, VaultError> {
        let query = self.query;
        let Source { from, condition, newest_first } = source;
        let before = query.before.map(|id| table::place_of(self.db, id)).transpose()?;
        let body = if look { "(SELECT f.body FROM fact f WHERE f.seq = e.seq)" } else { "NULL" };
        let sql = format!(
            "SELECT e.id, {body} FROM {from}
             WHERE {condition}
               AND (:kind IS NULL OR e.kind = :kind)
               AND (:loan IS NULL OR EXISTS (SELECT 1 FROM evidence_loan l WHERE l.record = e.id AND l.loan = :loan))
             ORDER BY {newest_first}"
        );
        let until = before.into_iter().chain(query.until_ms.map(table::first_place)).min();
        let mut ask = self.db.prepare_cached(&sql)?;
        let mut rows = ask.query(named_params! {
            ":matched": matched, ":kind": query.kind.map(|kind| kind.word()),
            ":loan": query.loan.map(|id| id.to_string()),
            // Short of the smallest number, which has no opposite.
            ":from": query.from_ms.map_or(-i64::MAX, table::first_place), ":until": until.unwrap_or(i64::MAX),
        })?;
        let mut found = Vec::new();
        while found.len() < usize::try_from(query.limit).unwrap_or(usize::MAX) {
            let Some(row) = rows.next()? else { break };
            if patience.as_mut().is_some_and(|patience| patience.ends(found.len())) {
                return Ok(None);
            }
            if look && !self.stands_in(row)? {
                continue;
            }
            let id: String = row.get(0)?;
            found.push(id.parse().map_err(|_| VaultError::DatabaseDamaged)?);
        }
        Ok(Some(found))
    }

    fn stands_in(&self, row: &Row<'_>) -> Result<bool, VaultError> {
        let body = row.get_ref(1)?.as_blob().map_err(|_| VaultError::DatabaseDamaged)?;
        let ashore_domain::Fact::Evidence(record) = crate::record::decode(body)?.fact else {
            return Err(VaultError::DatabaseDamaged);
        };
        Ok(self.wanted.stands_in(&text::texts(&record))
            && self.person.is_none_or(|person| person.stands_in(&text::people(&record))))
    }
}

/// Whether both indexes say the same of the same records. Asked again and again whether it is still wanted; an error
/// when not.
pub(crate) fn same(
    one: &Connection,
    other: &Connection,
    wanted: &mut dyn FnMut() -> bool,
) -> Result<bool, VaultError> {
    const VOCABULARY: &str =
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_word USING fts5vocab(main, search, instance)";
    const WORDS: &str = "SELECT term, doc, offset FROM temp.search_word";
    for db in [one, other] {
        db.execute_batch(VOCABULARY)?;
    }
    let (mut one, mut other) = (one.prepare(WORDS)?, other.prepare(WORDS)?);
    let (mut one, mut other) = (one.query([])?, other.query([])?);
    for read in 0_u64.. {
        // There are hundreds of words in a record, each a row.
        if read.is_multiple_of(10_000) {
            still(wanted)?;
        }
        match (one.next()?, other.next()?) {
            (None, None) => return Ok(true),
            (Some(one), Some(other)) => {
                let same = one.get_ref(0)? == other.get_ref(0)?
                    && one.get_ref(1)? == other.get_ref(1)?
                    && one.get_ref(2)? == other.get_ref(2)?;
                if !same {
                    return Ok(false);
                }
            }
            _ => return Ok(false),
        }
    }
    Ok(false)
}

use std::collections::BTreeMap;

use ashore_domain::{EvidenceId, EvidenceRecord, LoanId};
use ashore_vault::{SearchQuery, fold, marks, needles, texts};
use chrono::{NaiveDate, NaiveTime, TimeZone as _};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::list::{ContactCard, LoanName};
use crate::clock::shanghai;
use crate::session::{App, Unlocked};
use crate::words::EvidenceKind;
use crate::{AppError, id, input};

/// What is looked for. Parts between spaces must all stand in a record.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SearchRequest {
    /// Words, parts of words, names, numbers; one sign is enough.
    pub query: String,
    /// Only with a person of whom this is part of the name or number.
    #[serde(default)]
    pub person: Option<String>,
    /// Only of this kind.
    #[serde(default)]
    pub kind: Option<EvidenceKind>,
    /// Only about this loan.
    #[serde(default)]
    pub loan_id: Option<String>,
    /// Only of this day or later.
    #[serde(default)]
    pub from: Option<String>,
    /// Only of this day or earlier.
    #[serde(default)]
    pub to: Option<String>,
    /// Only those that come after this record in the list: the last one already shown.
    #[serde(default)]
    pub before: Option<String>,
    /// At most so many; 50 when absent.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// What was found, the latest event first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SearchView {
    /// Records.
    pub hits: Vec<FoundContact>,
    /// Whether there may be more after the last of them.
    pub more: bool,
    /// Loans whose name, contract or lender it stands in.
    pub loans: Vec<LoanName>,
}

/// A record with the place where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct FoundContact {
    /// The record.
    pub contact: ContactCard,
    /// The text around the first place, cut into parts.
    pub excerpt: Vec<SearchPart>,
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct SearchPart {
    /// As it was written.
    pub text: String,
    /// Whether this is what was looked for.
    pub hit: bool,
}

const LIMIT: u32 = 50;
/// Signs shown before the first hit, and in all.
const BEFORE: usize = 16;
const EXCERPT: usize = 120;

impl App<Unlocked> {
    /// Records in which all parts of the query stand, however they are written: width, case, simplified or traditional.
    ///
    /// # Errors
    /// A field that cannot be read, or the vault cannot be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchView, AppError> {
        let names = self.loan_names()?;
        let found = self.search_ids(request)?;
        let needles = needles(&request.query);
        let mut hits = Vec::with_capacity(found.len());
        for record in &found {
            let Some(state) = self.state.vault.evidence_record(*record)? else { continue };
            let excerpt = excerpt(&state.record, &needles);
            hits.push(FoundContact { contact: ContactCard::of(&state, &names), excerpt });
        }
        let more = u32::try_from(found.len()).unwrap_or(u32::MAX) >= request.limit.unwrap_or(LIMIT);
        let loans = if request.before.is_some() { Vec::new() } else { self.loans_named(&needles, &names)? };
        Ok(SearchView { hits, more, loans })
    }

    /// The same, as bare identifiers.
    ///
    /// # Errors
    /// A field that cannot be read, or the vault cannot be read.
    pub fn search_ids(&self, request: &SearchRequest) -> Result<Vec<EvidenceId>, AppError> {
        let text = input::bounded("query", &request.query)?;
        let midnight = |day: NaiveDate| {
            let at = shanghai().from_local_datetime(&day.and_time(NaiveTime::MIN)).single();
            at.map(|at| at.timestamp_millis())
        };
        let from = input::date_or_none("from", request.from.as_deref())?;
        let to = input::date_or_none("to", request.to.as_deref())?;
        let query = SearchQuery {
            text,
            person: input::line_or_none("person", request.person.as_deref())?,
            kind: request.kind.map(Into::into),
            loan: request.loan_id.as_deref().map(|text| id::parse("loan_id", text)).transpose()?,
            from_ms: from.and_then(midnight),
            until_ms: to.and_then(|day| day.succ_opt()).and_then(midnight),
            before: request.before.as_deref().map(|text| id::parse("before", text)).transpose()?,
            limit: request.limit.unwrap_or(LIMIT),
        };
        Ok(self.state.vault.search(&query)?)
    }

    /// Loans that are called so, or whose lender is: there are few, so each is looked at.
    fn loans_named(
        &self,
        needles: &[String],
        names: &BTreeMap<LoanId, String>,
    ) -> Result<Vec<LoanName>, AppError> {
        if needles.is_empty() {
            return Ok(Vec::new());
        }
        let parties = self.state.vault.parties()?;
        let mut found = Vec::new();
        for state in self.state.vault.loans()? {
            let loan = &state.loan;
            let mut texts = vec![names.get(&loan.id).cloned().unwrap_or_default()];
            texts.extend(loan.contract_no.clone());
            for party in &parties {
                if loan.parties.iter().any(|of| of.party == party.id) {
                    texts.push(party.name.clone());
                    texts.extend(party.legal_name.clone());
                    texts.extend(party.aliases.clone());
                }
            }
            let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
            if needles.iter().all(|needle| folded.iter().any(|text| text.contains(needle))) {
                let name = texts.swap_remove(0);
                found.push(LoanName { id: loan.id.to_string(), name });
            }
        }
        Ok(found)
    }
}

/// The text around the first hit, or the beginning of the record's text when the hit lies in several.
fn excerpt(record: &EvidenceRecord, needles: &[String]) -> Vec<SearchPart> {
    let texts = texts(record);
    let marked = |text: &String| {
        let mut ranges: Vec<_> = needles.iter().flat_map(|needle| marks(text, needle)).collect();
        ranges.sort_by_key(|range| (range.start, range.end));
        ranges
    };
    let with_hit = texts.iter().map(|text| (text, marked(text))).find(|(_, ranges)| !ranges.is_empty());
    let Some((text, ranges)) = with_hit.or_else(|| texts.first().map(|text| (text, Vec::new()))) else {
        return Vec::new();
    };
    let first = ranges.first().map_or(0, |range| range.start);
    let head = text.get(..first).unwrap_or_default();
    let begin = head.char_indices().rev().nth(BEFORE - 1).map_or(0, |(at, _)| at);
    let tail = text.get(begin..).unwrap_or_default();
    let end = tail.char_indices().nth(EXCERPT).map_or(text.len(), |(at, _)| begin + at);

    let mut parts = Vec::new();
    let mut push = |from: usize, to: usize, hit: bool| {
        let piece = text.get(from..to).unwrap_or_default();
        if !piece.is_empty() {
            parts.push(SearchPart { text: piece.to_owned(), hit });
        }
    };
    let mut at = begin;
    for range in ranges {
        let (from, to) = (range.start.max(at), range.end.min(end));
        if from < to {
            push(at, from, false);
            push(from, to, true);
            at = to;
        }
    }
    push(at, end, false);
    let cut = || SearchPart { text: "…".to_owned(), hit: false };
    if begin > 0 {
        parts.insert(0, cut());
    }
    if end < text.len() {
        parts.push(cut());
    }
    parts
}

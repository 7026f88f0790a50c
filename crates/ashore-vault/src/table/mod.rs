//! One file per table of facts: how a fact becomes rows, what it must refer to, and how it is read again.
//!
//! Rows serve finding and sorting; the fact itself is always read from its frozen body.

mod agreement;
mod capacity;
mod case;
mod custody;
mod deadline;
mod draft;
mod evidence;
mod import;
mod ledger;
mod letter;
mod loan;
mod party;
mod payment;
mod proposal;
mod reminder;
mod removal;
mod review;
mod rule;
mod setting;
mod waiver;

use ashore_domain::{Buckets, EvidenceId, Fact, Money};
use rusqlite::types::FromSql;
use rusqlite::{Connection, OptionalExtension as _, Params, Row, params};

use crate::record::{self, Recorded};
use crate::{VaultError, search};

pub(crate) use case::case_entries;
pub(crate) use custody::{anchors, exports, remember_request, requests, reviews};
pub(crate) use deadline::deadlines;
pub(crate) use draft::{drafts, drop_draft, save_draft};
pub(crate) use evidence::{first_place, place_of, record, records};
pub(crate) use import::{decline, imports, known, receipts};
pub(crate) use ledger::{
    Ledger, end, entries, last_recorded_at, leaves, length, push, push_entry, replay, verify,
};
pub(crate) use letter::{latest_borrower, letters};
pub(crate) use loan::loans;
pub(crate) use party::parties;
pub(crate) use payment::payments;
pub(crate) use reminder::{promises, settle, settled, snooze, snoozed};
pub(crate) use removal::unused_files;
pub(crate) use review::made_reviews;
pub(crate) use rule::own_rules;
pub(crate) use setting::{set_setting, setting};
pub(crate) use {
    agreement::agreements, capacity::capacities, capacity::latest_capacity, proposal::proposals,
    waiver::waivers,
};

/// Every table that a replay of the ledger fills.
pub(crate) const PROJECTIONS: &[&str] = &[
    "party",
    "party_alias",
    "party_contact",
    "loan",
    "loan_party",
    "loan_fee",
    "loan_row",
    "payment",
    "payment_allocation",
    "payment_evidence",
    "payment_return_evidence",
    "waiver",
    "waiver_amount",
    "capacity",
    "proposal",
    "proposal_row",
    "proposal_relief",
    "proposal_evidence",
    "agreement",
    "agreement_row",
    "agreement_evidence",
    "case_entry",
    "case_evidence",
    "import",
    "evidence_record",
    "evidence_loan",
    "evidence_proposal",
    "evidence_agreement",
    "evidence_person",
    "evidence_outcome",
    "evidence_promise",
    "evidence_tag",
    "evidence_file",
    "custody_log",
    "custody",
    "custody_loan",
    "anchor",
    "conduct_review",
    "conduct_review_record",
    "deadline",
    "deadline_loan",
    "deadline_evidence",
    "review",
    "borrower",
    "letter",
    "letter_event",
    "own_rule",
];

/// A fact's place in the ledger, as its rows state it.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) seq: i64,
    pub(crate) recorded_at: String,
}

/// What a fact is about, when it is about one thing.
pub(crate) fn subject(fact: &Fact) -> Option<String> {
    match fact {
        Fact::Party(party) => Some(party.id.to_string()),
        Fact::LoanOpened(loan) => Some(loan.id.to_string()),
        Fact::LoanCorrected(corrected) => Some(corrected.loan.id.to_string()),
        Fact::LoanClosed(closed) => Some(closed.loan.to_string()),
        Fact::Payment(payment) => Some(payment.id.to_string()),
        Fact::PaymentVoided(voided) => Some(voided.payment.to_string()),
        Fact::PaymentReturned(returned) => Some(returned.payment.to_string()),
        Fact::Waiver(waiver) => Some(waiver.loan.to_string()),
        Fact::Evidence(record) => Some(record.id.to_string()),
        Fact::Imported(import) => Some(import.id.to_string()),
        Fact::EvidenceRemoved(removed) => Some(removed.record.to_string()),
        Fact::Capacity(_) => None,
        Fact::Proposal(proposal) => Some(proposal.id.to_string()),
        Fact::Agreement(agreement) => Some(agreement.id.to_string()),
        Fact::Case(entry) => Some(entry.id.to_string()),
        Fact::Custody(_) | Fact::Anchor(_) | Fact::ConductReview(_) => None,
        Fact::Deadline(deadline) => Some(deadline.id.to_string()),
        Fact::DeadlineSettled(settled) => Some(settled.deadline.to_string()),
        Fact::Review(review) => Some(review.id.to_string()),
        Fact::Borrower(_) => None,
        Fact::Letter(letter) => Some(letter.id.to_string()),
        Fact::LetterSent(sent) => Some(sent.letter.to_string()),
        Fact::LetterProved(proved) => Some(proved.letter.to_string()),
        Fact::LetterAnswered(answered) => Some(answered.letter.to_string()),
        Fact::OwnRule(own) => Some(own.rule.clone()),
    }
}

/// Refuses a fact that contradicts what is recorded before it.
pub(crate) fn check_before(db: &Connection, fact: &Fact) -> Result<(), VaultError> {
    match fact {
        Fact::Party(_)
        | Fact::Capacity(_)
        | Fact::Borrower(_)
        | Fact::Anchor(_)
        | Fact::ConductReview(_)
        | Fact::OwnRule(_) => Ok(()),
        Fact::Custody(custody) => custody::check_loans(db, &custody.loans),
        Fact::LoanOpened(loan) => loan::check_opened(db, loan),
        Fact::LoanCorrected(corrected) => loan::check_corrected(db, corrected),
        Fact::LoanClosed(closed) => loan::check_closed(db, closed),
        Fact::Payment(payment) => payment::check(db, payment),
        Fact::PaymentVoided(voided) => payment::check_voided(db, voided),
        Fact::PaymentReturned(returned) => payment::check_returned(db, returned),
        Fact::Waiver(waiver) => loan::must_exist(db, waiver.loan),
        Fact::Evidence(record) => evidence::check_before(db, record),
        Fact::Imported(read) => import::check_before(db, read),
        Fact::EvidenceRemoved(removed) => removal::check_before(db, removed),
        Fact::Proposal(proposal) => proposal::check_before(db, proposal),
        Fact::Agreement(agreement) => agreement::check_before(db, agreement),
        Fact::Case(entry) => case::check_before(db, entry),
        Fact::Deadline(deadline) => deadline::check_before(db, deadline),
        Fact::DeadlineSettled(settled) => deadline::check_settled(db, settled),
        Fact::Review(review) => review::check(db, review),
        Fact::Letter(letter) => letter::check_before(db, letter),
        Fact::LetterSent(sent) => letter::must_exist(db, sent.letter),
        Fact::LetterProved(proved) => letter::check_proved(db, proved),
        Fact::LetterAnswered(answered) => letter::must_exist(db, answered.letter),
    }
}

/// Refuses a fact that names evidence, offers or agreements that are recorded neither before it nor with it: these name
/// one another, so their order within one transaction is free.
pub(crate) fn check_after(db: &Connection, fact: &Fact) -> Result<(), VaultError> {
    match fact {
        Fact::Payment(payment) => evidence::must_exist(db, &payment.evidence),
        Fact::Waiver(waiver) => waiver::check_after(db, waiver),
        Fact::Evidence(record) => evidence::check_after(db, record),
        Fact::Proposal(proposal) => evidence::must_exist(db, &proposal.evidence),
        Fact::Agreement(agreement) => agreement::check_after(db, agreement),
        Fact::Case(entry) => case::check_after(db, entry),
        Fact::Custody(custody) => custody::check_after(db, custody),
        Fact::ConductReview(review) => custody::check_review(db, review),
        Fact::PaymentReturned(returned) => evidence::must_exist(db, &returned.evidence),
        Fact::Deadline(deadline) => deadline::check_after(db, deadline),
        Fact::LetterSent(sent) => letter::check_sent(db, sent),
        Fact::LetterProved(proved) => letter::check_proof(db, proved),
        Fact::LetterAnswered(answered) => letter::check_answered(db, answered),
        _ => Ok(()),
    }
}

/// How a record gets into the index of words.
pub(crate) struct Words<'a> {
    /// On their way there.
    pub(crate) lot: &'a mut search::Lot,
    /// What the index is given of it, when it is at hand.
    pub(crate) grams: Option<&'a str>,
}

/// Writes a fact's rows. A replay of the ledger into empty tables gives the same rows.
pub(crate) fn project(
    db: &Connection,
    place: &Place,
    fact: &Fact,
    words: Words<'_>,
) -> Result<(), VaultError> {
    match fact {
        Fact::Party(party) => party::project(db, place, party),
        Fact::LoanOpened(loan) => loan::project_opened(db, place, loan),
        Fact::LoanCorrected(corrected) => loan::project_corrected(db, place, corrected),
        Fact::LoanClosed(closed) => loan::project_closed(db, place, closed),
        Fact::Payment(payment) => payment::project(db, place, payment),
        Fact::PaymentVoided(voided) => payment::project_voided(db, place, voided),
        Fact::PaymentReturned(returned) => payment::project_returned(db, place, returned),
        Fact::Waiver(waiver) => waiver::project(db, place, waiver),
        Fact::Evidence(record) => evidence::project(db, place, record, words),
        Fact::Imported(read) => import::project(db, place, read),
        Fact::EvidenceRemoved(removed) => removal::project(db, place, removed, words),
        Fact::Capacity(worksheet) => capacity::project(db, place, worksheet),
        Fact::Proposal(proposal) => proposal::project(db, place, proposal),
        Fact::Agreement(agreement) => agreement::project(db, place, agreement),
        Fact::Case(entry) => case::project(db, place, entry),
        Fact::Custody(custody) => custody::project(db, place, custody),
        Fact::Anchor(anchor) => custody::project_anchor(db, place, anchor),
        Fact::ConductReview(review) => custody::project_review(db, place, review),
        Fact::Deadline(deadline) => deadline::project(db, place, deadline),
        Fact::DeadlineSettled(settled) => deadline::project_settled(db, place, settled),
        Fact::Review(review) => review::project(db, place, review),
        Fact::Borrower(borrower) => letter::project_borrower(db, place, borrower),
        Fact::Letter(letter) => letter::project(db, place, letter),
        Fact::LetterSent(sent) => letter::project_sent(db, place, sent),
        Fact::LetterProved(proved) => letter::project_proved(db, place, proved),
        Fact::LetterAnswered(answered) => letter::project_answered(db, place, answered),
        Fact::OwnRule(own) => rule::project(db, place, own),
    }
}

/// One row's worth of a query, the first column of which is a fact's body.
fn recorded<T>(
    db: &Connection,
    sql: &str,
    params: impl Params,
    read: impl Fn(&Row<'_>, Recorded) -> Result<T, VaultError>,
) -> Result<Vec<T>, VaultError> {
    let mut query = db.prepare_cached(sql)?;
    let mut rows = query.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let body = row.get_ref(0)?.as_blob().map_err(|_| VaultError::DatabaseDamaged)?;
        let fact = record::decode(body)?;
        found.push(read(row, fact)?);
    }
    Ok(found)
}

/// A single value of a single row, if there is one.
fn find<T: FromSql>(db: &Connection, sql: &str, key: impl ToString) -> Result<Option<T>, VaultError> {
    Ok(db.prepare_cached(sql)?.query_row([key.to_string()], |row| row.get(0)).optional()?)
}

/// Whether `table` has a row with this identifier.
fn exists(db: &Connection, table: &'static str, id: impl ToString) -> Result<bool, VaultError> {
    let found: Option<i64> = find(db, &format!("SELECT 1 FROM {table} WHERE id = ?1"), id)?;
    Ok(found.is_some())
}

fn must_be_new(
    db: &Connection,
    table: &'static str,
    what: &'static str,
    id: impl ToString,
) -> Result<(), VaultError> {
    let id = id.to_string();
    if exists(db, table, &id)? { Err(VaultError::AlreadyRecorded { what, id }) } else { Ok(()) }
}

/// The seven columns of [`Buckets`], in the order the tables have them.
fn fen(buckets: &Buckets) -> [i64; 7] {
    [
        buckets.principal,
        buckets.interest,
        buckets.penalty,
        buckets.compound,
        buckets.late_fee,
        buckets.fees,
        buckets.enforcement_cost,
    ]
    .map(Money::fen)
}

/// Counts places of child rows from 0.
fn numbered<T>(items: &[T]) -> impl Iterator<Item = (i64, &T)> {
    (0..).zip(items)
}

/// The evidence behind a payment, an offer or an agreement.
fn link_evidence(db: &Connection, table: &str, id: &str, evidence: &[EvidenceId]) -> Result<(), VaultError> {
    let mut insert = db.prepare_cached(&format!("INSERT INTO {table} VALUES (?1, ?2, ?3)"))?;
    for (position, record) in numbered(evidence) {
        insert.execute(params![id, position, record.to_string()])?;
    }
    Ok(())
}

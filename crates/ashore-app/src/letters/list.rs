use ashore_domain::{LetterId, LetterSent, LoanId};
use ashore_evidence::Digest;
use ashore_vault::LetterState;
use serde::Serialize;
use specta::Type;

use crate::session::{App, Unlocked};
use crate::view::day;
use crate::words::{ContactChannel, LetterKind};
use crate::{AppError, ErrorCode, id};

/// Letters, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LetterListView {
    /// The letters.
    pub letters: Vec<LetterView>,
}

/// A version of a letter and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the domain's `Letter` explains them
pub struct LetterView {
    pub id: String,
    pub kind: LetterKind,
    pub loan_id: Option<String>,
    pub loan_name: Option<String>,
    pub made_at: String,
    pub template: u16,
    pub place: Option<String>,
    pub replaces: Option<String>,
    /// A newer version took its place.
    pub replaced: bool,
    pub text: String,
    pub sha256: String,
    pub sent: Vec<SentView>,
    /// Days on which an answer came.
    pub answered_on: Vec<String>,
    /// The answer that is waited for, while none has come.
    pub waiting_until: Option<String>,
    /// That day is over.
    pub late: bool,
}

/// A letter went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct SentView {
    pub at: String,
    pub channel: ContactChannel,
    pub to: Option<String>,
    /// The newest one that is known.
    pub reference: Option<String>,
    /// The day it arrived, once known.
    pub arrived_on: Option<String>,
    /// What proves it, proofs that came later included.
    pub evidence_ids: Vec<String>,
    pub reply_due: Option<String>,
    pub reply_rule: Option<String>,
}

impl App<Unlocked> {
    /// One version of a letter.
    ///
    /// # Errors
    /// No letter is known by this id.
    pub fn letter(&self, letter_id: &str) -> Result<LetterView, AppError> {
        let wanted: LetterId = id::parse("letter_id", letter_id)?;
        let unknown = || AppError::field(ErrorCode::NotFound, "letter_id", "no letter is known by this id");
        let state = self.state.vault.letter(wanted)?.ok_or_else(unknown)?;
        self.view_letter(&state)
    }

    /// Letters about one loan or all, newest first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn list_letters(&self, loan_id: Option<&str>) -> Result<LetterListView, AppError> {
        let loan: Option<LoanId> = loan_id.map(|text| id::parse("loan_id", text)).transpose()?;
        let mut letters = self.state.vault.letters(loan)?;
        letters.reverse();
        let views = letters.iter().map(|state| self.view_letter(state));
        Ok(LetterListView { letters: views.collect::<Result<_, _>>()? })
    }

    fn view_letter(&self, state: &LetterState) -> Result<LetterView, AppError> {
        let letter = &state.letter;
        let names = self.loan_names()?;
        let waiting = awaited(state);
        Ok(LetterView {
            id: letter.id.to_string(),
            kind: letter.kind.into(),
            loan_id: letter.loan.map(|id| id.to_string()),
            loan_name: letter.loan.and_then(|id| names.get(&id).cloned()),
            made_at: state.made_at.to_rfc3339(),
            template: letter.template,
            place: letter.place.clone(),
            replaces: letter.replaces.map(|id| id.to_string()),
            replaced: state.replaced_by.is_some(),
            text: letter.text.clone(),
            sha256: Digest(letter.sha256).to_string(),
            sent: state.sent.iter().map(|sent| view_sent(sent, state)).collect(),
            answered_on: state.answered.iter().map(|answer| day(answer.on)).collect(),
            waiting_until: waiting.map(day),
            late: waiting.is_some_and(|last| last < self.clock.today()),
        })
    }
}

/// A letter that went out, with the proofs of that time.
pub(super) fn view_sent(sent: &LetterSent, state: &LetterState) -> SentView {
    let proofs = || state.proved.iter().filter(|proof| proof.sent_at == sent.at);
    let evidence = sent.evidence.iter().chain(proofs().flat_map(|proof| &proof.evidence));
    SentView {
        at: sent.at.to_rfc3339(),
        channel: sent.channel.into(),
        to: sent.to.clone(),
        reference: proofs()
            .filter_map(|proof| proof.reference.clone())
            .next_back()
            .or_else(|| sent.reference.clone()),
        arrived_on: proofs().filter_map(|proof| proof.arrived_on).next_back().map(day),
        evidence_ids: evidence.map(ToString::to_string).collect(),
        reply_due: sent.reply_due.map(day),
        reply_rule: sent.reply_rule.clone(),
    }
}

/// The day by which an answer is expected, while none has come since the letter last went out.
pub(crate) fn awaited(state: &LetterState) -> Option<chrono::NaiveDate> {
    let last = state.sent.iter().max_by_key(|sent| sent.at)?;
    let answered = state.answered.iter().any(|answer| answer.on >= last.at.date_naive());
    last.reply_due.filter(|_| !answered)
}

//! Is this text complete and safe to sign? Each point of the list present, absent or unclear with where it stands, what
//! to beware of, and signs of fraud: found by patterns that are data, compared with what is recorded, confirmed by the
//! borrower. It informs; it gives no legal conclusion.

mod compare;
mod text;
mod view;
mod words;

use ashore_domain::{
    Agreement, AgreementId, CaseStep, CustomRow, EvidenceRecord, LoanId, Money, PointVerdict as Verdict,
};
use serde::Deserialize;
use specta::Type;

use super::RecordAgreementRequest;
use crate::loans::LegalStep;
use crate::offers::OfferRowForm;
use crate::rules::{TextRow, case_rules};
use crate::session::{App, Unlocked};
use crate::words::{ContactChannel, PointVerdict};
use crate::{AppError, ErrorCode, id, input};
use compare::Known;
use text::{Found, PlainText};
pub use view::{
    AgreementCheckView, ClauseWarningView, FoundBy, FraudFlagView, PointSeverity, PointView, SpanView,
};
pub use words::{FilesToRead, WordsRead};

/// A text to be checked before it is signed: pasted, of a record, or of an agreement that is kept.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct CheckAgreementRequest {
    /// The agreement or draft it is about.
    pub agreement_id: Option<String>,
    /// The loan, when no agreement is named.
    pub loan_id: Option<String>,
    /// The offer it should say the same as.
    pub proposal_id: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The record whose text it is.
    pub evidence_id: Option<String>,
    /// The name of the account's holder, when known apart from the text.
    pub payee: Option<String>,
    /// The dues as the text has them, when they are known.
    pub rows: Vec<OfferRowForm>,
    /// By which channel the text came.
    pub channel: Option<ContactChannel>,
    /// What the borrower, having read it, says about single points.
    pub confirmed: Vec<CheckedPoint>,
    /// Keep the borrower's reading with the agreement.
    pub keep: bool,
}

/// What the borrower says about one point.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct CheckedPoint {
    pub id: String,
    pub verdict: PointVerdict,
}

/// Where the words come from.
enum Source {
    Text(String),
    Record(Box<EvidenceRecord>),
    Records(Vec<EvidenceRecord>),
}

/// The text as it was read, with the verdict on each point.
type Reading = (String, Vec<(String, Verdict)>);

impl App<Unlocked> {
    /// Checks a text; nothing is stored. Files are read meanwhile, for shells in which nobody waits.
    ///
    /// # Errors
    /// An unknown agreement, loan, offer or record, or no text at all.
    pub fn check_agreement(&self, request: &CheckAgreementRequest) -> Result<AgreementCheckView, AppError> {
        self.check_agreement_by(request, &self.files_to_check(request)?.read(&mut || true)?)
    }

    /// The same with the words of files that were read apart.
    ///
    /// # Errors
    /// As [`App::check_agreement`].
    pub fn check_agreement_by(
        &self,
        request: &CheckAgreementRequest,
        words: &WordsRead,
    ) -> Result<AgreementCheckView, AppError> {
        let agreement = match &request.agreement_id {
            Some(text) => Some(self.agreement_known(text)?),
            None => None,
        };
        let loan: LoanId = match (&agreement, &request.loan_id) {
            (Some(agreement), _) => agreement.loan,
            (None, Some(text)) => id::parse("loan_id", text)?,
            (None, None) => {
                return Err(AppError::field(ErrorCode::FieldMissing, "loan_id", "this is needed"));
            }
        };
        let file = self.loan_file(loan)?;
        let kept = self.reading_of(request.agreement_id.as_deref())?;
        let written = match self.source_of(request, agreement.as_ref(), kept.as_ref())? {
            Source::Text(text) => text,
            Source::Record(record) => self.text_of(*record, words)?.ok_or_else(|| {
                let message =
                    "neither this record nor its files hold words that can be read; paste what they say";
                AppError::field(ErrorCode::FieldMissing, "text", message)
            })?,
            Source::Records(records) => {
                let mut texts = Vec::new();
                for record in records {
                    texts.extend(self.text_of(record, words)?);
                }
                texts.join("\n")
            }
        };
        let offer = request
            .proposal_id
            .as_deref()
            .map(|text| self.proposal_known("proposal_id", text))
            .transpose()?;
        let known = self.known_about(&file, agreement.as_ref(), offer.as_ref(), request)?;
        let plain = PlainText::new(&written);
        let confirmed: Vec<(String, Verdict)> = request
            .confirmed
            .iter()
            .map(|point| (point.id.clone(), point.verdict.into()))
            .chain(kept.into_iter().flat_map(|(_, points)| points))
            .collect();
        let rules = case_rules()?;
        if let Some((odd, _)) = confirmed.iter().find(|(id, _)| !rules.points.iter().any(|p| p.row.id == *id))
        {
            let message = format!("there is no point {odd}");
            return Err(AppError::field(ErrorCode::NotFound, "confirmed", message));
        }
        let mut points = Vec::new();
        for rule in &rules.points {
            let found = look_for(rule, &plain);
            points.push(view::point(rule, found, &plain, &known, &confirmed));
        }
        let warnings = rules.warnings.iter().filter_map(|rule| view::warning(rule, &plain, &known)).collect();
        let fraud = rules.fraud.iter().filter_map(|rule| view::fraud(rule, &plain, &known)).collect();
        let step = LegalStep::RepaymentAgreement;
        Ok(view::assembled(view::Parts {
            agreement_id: request.agreement_id.clone(),
            loan_id: loan.to_string(),
            text: written,
            points,
            warnings,
            fraud,
            amounts: compare::amounts(&plain, &known),
            limitation: self.limitation_effect(&loan.to_string(), step)?,
            citations: self.citations(self.creditor(&file)?.kind, &file)?,
        }))
    }

    /// Signs of fraud in what is about to be recorded: in whose name the account is, another account than before, and
    /// what the pasted words and the linked records say.
    pub(super) fn fraud_in(
        &self,
        file: &crate::loans::LoanFile,
        request: &RecordAgreementRequest,
        words: &WordsRead,
    ) -> Result<Vec<FraudFlagView>, AppError> {
        let mut texts: Vec<String> = request.confirmation_text.clone().into_iter().collect();
        for record in &request.evidence_ids {
            if let Some(record) = self.as_it_stands(id::parse("evidence_ids", record)?)? {
                texts.extend(self.text_of(record, words)?);
            }
        }
        let account = input::line_or_none("payment_account", request.payment_account.as_deref())?;
        let payee = input::line_or_none("payee", request.payee.as_deref())?
            .or_else(|| account.as_deref().and_then(compare::holder_in));
        let asked = CheckAgreementRequest { payee, ..CheckAgreementRequest::default() };
        let mut known = self.known_about(file, None, None, &asked)?;
        // Who is creditor by the text itself may be a name that nobody wrote down with the loan yet.
        if known.creditors.is_empty() {
            known.creditors.extend(input::line_or_none("creditor", request.creditor.as_deref())?);
        }
        let before = file.standing_agreement().zip(account.as_deref());
        known.account_changed = before.is_some_and(|(before, now)| account_differs(before, now));
        let plain = PlainText::new(&texts.join("\n"));
        Ok(case_rules()?.fraud.iter().filter_map(|rule| view::fraud(rule, &plain, &known)).collect())
    }

    /// Signs of fraud in the account that an agreement or a draft names.
    pub(super) fn account_signs(
        &self,
        file: &crate::loans::LoanFile,
        agreement: &Agreement,
    ) -> Result<Vec<FraudFlagView>, AppError> {
        if agreement.payment_account.is_none() {
            return Ok(Vec::new());
        }
        let known = self.known_about(file, Some(agreement), None, &CheckAgreementRequest::default())?;
        let nothing = PlainText::new("");
        Ok(case_rules()?.fraud.iter().filter_map(|rule| view::fraud(rule, &nothing, &known)).collect())
    }

    /// Checks a text and keeps the borrower's reading of it with the agreement.
    ///
    /// # Errors
    /// As [`App::check_agreement`], and a reading without an agreement to keep it with.
    pub fn keep_agreement_check(
        &mut self,
        request: &CheckAgreementRequest,
    ) -> Result<AgreementCheckView, AppError> {
        let words = self.files_to_check(request)?.read(&mut || true)?;
        self.keep_agreement_check_by(request, &words)
    }

    /// The same with the words of files that were read apart.
    ///
    /// # Errors
    /// As [`App::keep_agreement_check`].
    pub fn keep_agreement_check_by(
        &mut self,
        request: &CheckAgreementRequest,
        words: &WordsRead,
    ) -> Result<AgreementCheckView, AppError> {
        let checked = self.check_agreement_by(request, words)?;
        let Some(text) = &request.agreement_id else {
            let message = "record the text as a draft first, then keep its check with it";
            return Err(AppError::field(ErrorCode::FieldMissing, "agreement_id", message));
        };
        let agreement: AgreementId = id::parse("agreement_id", text)?;
        let loan: LoanId = id::parse("loan_id", &checked.loan_id)?;
        let points = checked.points.iter().filter(|p| p.found_by == FoundBy::Borrower);
        let step = CaseStep::AgreementRead {
            agreement,
            text: checked.text.clone(),
            points: points.map(|p| (p.id.clone(), p.verdict.into())).collect(),
        };
        self.append_step(Some(loan), step, Vec::new(), None)?;
        Ok(checked)
    }

    /// The latest reading that was kept with an agreement.
    fn reading_of(&self, agreement: Option<&str>) -> Result<Option<Reading>, AppError> {
        let Some(wanted) = agreement else { return Ok(None) };
        let wanted: AgreementId = id::parse("agreement_id", wanted)?;
        Ok(self.state.vault.case_entries()?.into_iter().rev().find_map(|entry| match entry.step {
            CaseStep::AgreementRead { agreement, text, points } if agreement == wanted => {
                Some((text, points))
            }
            _ => None,
        }))
    }

    /// What is to be checked: pasted words, a record, a kept reading, or the records behind an agreement, of which a
    /// picture or a contract on paper has no words.
    fn source_of(
        &self,
        request: &CheckAgreementRequest,
        agreement: Option<&Agreement>,
        kept: Option<&Reading>,
    ) -> Result<Source, AppError> {
        Ok(match (&request.text, &request.evidence_id, kept, agreement) {
            (Some(text), ..) if !text.trim().is_empty() => Source::Text(input::bounded("text", text)?),
            (_, Some(record), ..) => {
                let found = self.as_it_stands(id::parse("evidence_id", record)?)?;
                let found = found.ok_or_else(|| {
                    let message = "no such record is known, or it was deleted";
                    AppError::field(ErrorCode::NotFound, "evidence_id", message)
                })?;
                Source::Record(Box::new(found))
            }
            (.., Some((text, _)), _) => Source::Text(text.clone()),
            (.., Some(agreement)) => Source::Records(self.those_that_stand(&agreement.evidence)?),
            _ => {
                let message = "paste the text to be checked";
                return Err(AppError::field(ErrorCode::FieldMissing, "text", message));
            }
        })
    }
}

/// The agreement before names another account, by its figures when both have some; one may give only the last of them.
fn account_differs(before: &Agreement, account: &str) -> bool {
    let figures = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (old, new) = (figures(before.payment_account.as_deref().unwrap_or_default()), figures(account));
    !old.is_empty() && !new.is_empty() && !old.ends_with(&new) && !new.ends_with(&old)
}

/// What the patterns of a point found: where each of its groups stands, and where only something unclear does.
pub(super) struct Looked {
    groups: Vec<Option<Found>>,
    unclear: Option<Found>,
}

fn look_for(rule: &TextRow, text: &PlainText) -> Looked {
    let first = |patterns: &[regex::Regex]| patterns.iter().find_map(|pattern| text.find(pattern));
    Looked { groups: rule.groups.iter().map(|group| first(group)).collect(), unclear: first(&rule.unclear) }
}

impl Looked {
    fn verdict(&self) -> Verdict {
        let found = self.groups.iter().flatten().count();
        if found == self.groups.len() && found > 0 {
            Verdict::Present
        } else if found > 0 || self.unclear.is_some() {
            Verdict::Unclear
        } else {
            Verdict::Absent
        }
    }

    fn spans(&self) -> Vec<Found> {
        // What is only unclear matters where nothing clear was found.
        let unclear = self.unclear.filter(|_| self.verdict() != Verdict::Present);
        let mut spans: Vec<Found> = self.groups.iter().flatten().copied().chain(unclear).collect();
        spans.sort_by_key(|span| span.start);
        spans.dedup();
        spans
    }
}

impl App<Unlocked> {
    fn known_about(
        &self,
        file: &crate::loans::LoanFile,
        agreement: Option<&Agreement>,
        offer: Option<&ashore_domain::Proposal>,
        request: &CheckAgreementRequest,
    ) -> Result<Known, AppError> {
        let parties = self.state.vault.parties()?;
        use ashore_domain::PartyRole as Role;
        let creditors = file
            .state
            .loan
            .parties
            .iter()
            .filter(|place| matches!(place.role, Role::CurrentCreditor | Role::Assignee | Role::Funder));
        let mut names: Vec<String> = Vec::new();
        for place in creditors {
            if let Some(party) = parties.iter().find(|party| party.id == place.party) {
                names.extend(party.legal_name.clone());
                names.push(party.name.clone());
                names.extend(party.aliases.iter().cloned());
            }
        }
        let mut rows: Vec<Money> = agreement.iter().flat_map(|a| &a.rows).map(CustomRow::payment).collect();
        if rows.is_empty() {
            rows = match offer {
                Some(offer) => offer.rows.iter().map(|row| row.amount).collect(),
                None => request
                    .rows
                    .iter()
                    .enumerate()
                    .map(|(k, row)| input::positive(&format!("rows.{k}.amount"), &row.amount))
                    .collect::<Result<_, _>>()?,
            };
        }
        Ok(Known {
            creditors: names,
            contract_no: file.state.loan.contract_no.clone(),
            owed: file.statement(self.clock.today())?.outstanding.total(),
            rows,
            payee: input::line_or_none("payee", request.payee.as_deref())?
                .or_else(|| agreement.and_then(|a| compare::holder_in(a.payment_account.as_deref()?))),
            account_changed: agreement.is_some_and(|a| {
                let before = file.agreements.iter().find(|before| Some(before.id) == a.supersedes);
                before
                    .zip(a.payment_account.as_deref())
                    .is_some_and(|(before, now)| account_differs(before, now))
            }),
            signed: agreement.is_some_and(|a| !a.evidence.is_empty()),
            channel: request.channel,
        })
    }
}

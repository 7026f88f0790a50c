use ashore_domain::{AgreementStep as Step, CaseStep as Entry, CustomRow, LetterKind, Money};
use serde::Serialize;
use specta::Type;

use super::{CaseCard, CaseDocumentView, CaseTaskView};
use crate::agreements::AgreementView;
use crate::contacts::ListContactsRequest;
use crate::lenders::PartyPlaceView;
use crate::loans::LoanFile;
use crate::offers::{ProposalView, UnconfirmedView};
use crate::rules::Citation;
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};
use crate::words::{LenderKind, Side};
use crate::{AppError, id};

/// A case whole: where it stands, what comes next, papers, tasks, offers, and the story so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CaseView {
    /// At a glance.
    pub card: CaseCard,
    /// Who is who around the loan.
    pub parties: Vec<PartyPlaceView>,
    /// The checklist for this kind of lender.
    pub documents: Vec<CaseDocumentView>,
    /// Tasks and promises.
    pub tasks: Vec<CaseTaskView>,
    /// Offers, newest first.
    pub offers: Vec<ProposalView>,
    /// A spoken yes that lacks writing.
    pub unconfirmed: Option<UnconfirmedView>,
    /// Agreements, newest first, drafts among them.
    pub agreements: Vec<AgreementView>,
    /// What happened, newest first.
    pub story: Vec<CaseMoment>,
    /// Legal bases that may be cited to this lender.
    pub citations: Vec<CitationView>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CaseMoment {
    /// The civil day.
    pub on: String,
    /// What it was.
    pub kind: CaseMomentKind,
    /// Whose, when it is an offer or a yes.
    pub by: Option<Side>,
    /// In words, as recorded.
    pub text: Option<String>,
    /// An amount it is about.
    pub amount: Option<Yuan>,
    /// In writing from the lender (solid), or not (dashed).
    pub written: bool,
    /// The record, offer, agreement or task it opens.
    pub subject_id: Option<String>,
}

/// Kind of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // each is the entry of the same name
pub enum CaseMomentKind {
    Contact,
    Offer,
    SpokenYes,
    WrittenYes,
    Draft,
    Agreement,
    Breached,
    Cured,
    Completed,
    CertificateReceived,
    CreditRecordChecked,
    Stage,
    Document,
    Task,
    Payment,
}

/// A legal basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct CitationView {
    pub id: String,
    pub title: String,
    pub title_en: String,
    pub text: String,
    pub source: String,
    pub as_of: String,
    /// Nobody has checked it for longer than rules keep.
    pub stale: bool,
}

/// What these letters may cite is what a negotiation rests on.
const OF_A_CASE: [LetterKind; 3] = [LetterKind::Application, LetterKind::Plan, LetterKind::Confirmation];

/// Moments shown; the rest is in the timeline of contacts.
const MOMENTS: usize = 200;

impl App<Unlocked> {
    /// A case whole.
    ///
    /// # Errors
    /// An unknown loan.
    pub fn case(&self, loan_id: &str) -> Result<CaseView, AppError> {
        let file = self.loan_file(id::parse("loan_id", loan_id)?)?;
        let case = self.case_of(&file)?;
        let card = self.case_card(&file, &case)?;
        let unconfirmed = self.unconfirmed()?.into_iter().find(|found| found.loan_id == loan_id);
        Ok(CaseView {
            parties: self.parties_around(&file)?,
            documents: self.documents_of(&file)?,
            tasks: self.list_tasks(Some(loan_id))?.tasks,
            offers: self.list_proposals(Some(loan_id))?.proposals,
            unconfirmed,
            agreements: self.list_agreements(Some(loan_id))?.agreements,
            story: self.story(&file, &case)?,
            citations: self.citations(card.lender_kind, &file)?,
            card,
        })
    }

    /// Legal bases that apply to this kind of lender and product, and no others.
    pub(crate) fn citations(
        &self,
        lender: LenderKind,
        file: &LoanFile,
    ) -> Result<Vec<CitationView>, AppError> {
        let product = file.state.loan.product;
        let today = self.clock.today();
        let overdue = file.statement(today)?.overdue.days > 0;
        let rules = self.rules()?;
        let talks =
            |c: &&Citation| OF_A_CASE.iter().any(|letter| c.fits(*letter, lender.into(), product, overdue));
        Ok(rules
            .citations
            .iter()
            .filter(talks)
            .map(|c| CitationView {
                id: c.rule.id.clone(),
                title: c.rule.title.clone(),
                title_en: c.rule.title_en.clone(),
                text: c.text.clone(),
                source: c.rule.source.clone(),
                as_of: day(c.rule.as_of),
                stale: rules.set.stale(&c.rule, today).is_some(),
            })
            .collect())
    }

    fn story(&self, file: &LoanFile, case: &super::CaseFile) -> Result<Vec<CaseMoment>, AppError> {
        let request = ListContactsRequest {
            loan_id: Some(file.id().to_string()),
            standing: true,
            limit: u32::try_from(MOMENTS).ok(),
            ..ListContactsRequest::default()
        };
        let mut moments: Vec<CaseMoment> = Vec::new();
        for contact in self.list_contacts(&request)?.contacts {
            moments.push(CaseMoment {
                on: contact.at.chars().take(10).collect(),
                kind: CaseMomentKind::Contact,
                by: None,
                text: Some(contact.summary),
                amount: None,
                written: contact.confirmation == Some(crate::words::ConfirmationForm::Written),
                subject_id: Some(contact.id),
            });
        }
        for offer in &file.proposals {
            moments.push(CaseMoment {
                on: day(offer.made_at.date_naive()),
                kind: CaseMomentKind::Offer,
                by: Some(offer.by.into()),
                text: offer.note.clone(),
                amount: Some(offer.rows.iter().map(|row| row.amount).sum::<Money>().into()),
                written: offer.by == ashore_domain::Side::Lender && case.is_written(offer),
                subject_id: Some(offer.id.to_string()),
            });
        }
        for agreement in &file.agreements {
            let total: Money = agreement.rows.iter().map(CustomRow::payment).sum();
            moments.push(CaseMoment {
                on: day(agreement.agreed_on),
                kind: CaseMomentKind::Agreement,
                by: None,
                text: agreement.note.clone(),
                amount: Some(total.into()),
                written: true,
                subject_id: Some(agreement.id.to_string()),
            });
        }
        for payment in file.payments.iter().filter(|p| p.voided.is_none()) {
            moments.push(CaseMoment {
                on: day(payment.payment.on),
                kind: CaseMomentKind::Payment,
                by: None,
                text: payment.payment.note.clone(),
                amount: Some(payment.payment.amount.into()),
                written: self.any_stands(&payment.payment.evidence)?,
                subject_id: None,
            });
        }
        moments.extend(case.entries.iter().filter_map(of_entry));
        moments.sort_by(|a, b| b.on.cmp(&a.on));
        moments.truncate(MOMENTS);
        Ok(moments)
    }
}

fn of_entry(entry: &ashore_domain::CaseEntry) -> Option<CaseMoment> {
    use ashore_domain::ConfirmationForm as Form;
    let (kind, by, subject, text, written) = match &entry.step {
        Entry::Accepted { proposal, by, form } => {
            let written = *form == Form::Written;
            let kind = if written { CaseMomentKind::WrittenYes } else { CaseMomentKind::SpokenYes };
            (kind, Some((*by).into()), Some(proposal.to_string()), entry.note.clone(), written)
        }
        Entry::AgreementDraft(draft) => {
            (CaseMomentKind::Draft, None, Some(draft.id.to_string()), draft.note.clone(), false)
        }
        Entry::AgreementState { agreement, state } => {
            let kind = match state {
                Step::Signed => return None,
                Step::Breached => CaseMomentKind::Breached,
                Step::Cured => CaseMomentKind::Cured,
                Step::Completed => CaseMomentKind::Completed,
                Step::CertificateReceived => CaseMomentKind::CertificateReceived,
                Step::CreditRecordChecked => CaseMomentKind::CreditRecordChecked,
            };
            (kind, None, Some(agreement.to_string()), entry.note.clone(), !entry.evidence.is_empty())
        }
        Entry::Stage(stage) => {
            let word = crate::words::CaseStage::from(*stage).as_text();
            (CaseMomentKind::Stage, None, None, entry.note.clone().or(Some(word)), false)
        }
        Entry::Document { document, .. } => {
            (CaseMomentKind::Document, None, None, Some(document.clone()), false)
        }
        Entry::Task { what, .. } => {
            (CaseMomentKind::Task, None, Some(entry.id.to_string()), Some(what.clone()), false)
        }
        Entry::Hardship(_)
        | Entry::TaskDone { .. }
        | Entry::PromiseDone { .. }
        | Entry::AgreementRead { .. }
        | Entry::Legitimacy { .. } => {
            return None;
        }
    };
    Some(CaseMoment { on: day(entry.on), kind, by, text, amount: None, written, subject_id: subject })
}

use ashore_domain::LoanId;
use ashore_vault::EvidenceFilter;
use serde::Serialize;
use specta::Type;

use super::{
    CostView, DisclosureView, LimitationView, LoanCard, LoanFormView, PenaltyView, ReferenceView,
    StatementView,
};
use crate::agreements::AgreementView;
use crate::contacts::{ContactCard, FileView, ListContactsRequest};
use crate::offers::ProposalView;
use crate::payments::PaymentView;
use crate::session::{App, Unlocked};
use crate::view::{Fraction, day};
use crate::words::{Method, PartyRole, ProductKind};
use crate::{AppError, id, input};

/// One loan whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LoanDetailView {
    /// At a glance.
    pub card: LoanCard,
    /// What the contract says.
    pub contract: ContractView,
    /// What is owed on the chosen day.
    pub statement: StatementView,
    /// What it really costs; absent when only a balance is known.
    pub cost: Option<CostView>,
    /// The lines that fit this lender and contract; absent when only a balance is known.
    pub reference: Option<ReferenceView>,
    /// The fees of the contract beside what its cost disclosure sheet shows; absent where there is none and need be none.
    pub disclosure: Option<DisclosureView>,
    /// When the claim may no longer be enforced against an objection, as an estimate; absent once it is closed.
    pub limitation: Option<LimitationView>,
    /// Payments, newest first.
    pub payments: Vec<PaymentView>,
    /// Offers, newest first.
    pub proposals: Vec<ProposalView>,
    /// The agreement that holds, or will.
    pub agreement: Option<AgreementView>,
    /// What was said, newest first.
    pub contacts: Vec<ContactCard>,
    /// Files attached to it, newest first.
    pub files: Vec<LoanFileView>,
    /// What a correction starts from.
    pub form: LoanFormView,
}

/// A file and the record that carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LoanFileView {
    /// The record.
    pub record_id: String,
    /// What the record says of it.
    pub summary: String,
    /// When it happened.
    pub at: String,
    /// The file.
    pub file: FileView,
}

/// What the contract says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the domain's `LoanDraft` explains them
pub struct ContractView {
    pub contract_no: Option<String>,
    pub contract_date: Option<String>,
    pub disbursed_on: Option<String>,
    pub first_due: Option<String>,
    pub method: Option<Method>,
    /// The stated yearly rate.
    pub rate: Option<Fraction>,
    /// What lateness costs by the contract.
    pub penalty: Option<PenaltyView>,
    /// 宽限期: days after a due within which paying is still on time; 0 when the contract gives none.
    pub grace_days: u16,
    pub terms: Option<u16>,
    /// Terms paid before the borrower came to us.
    pub terms_paid_before: Option<u16>,
    pub product: ProductKind,
    pub parties: Vec<PartyView>,
    pub note: Option<String>,
    /// How often it was described anew.
    pub corrections: u32,
}

/// Someone around the loan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct PartyView {
    pub role: PartyRole,
    pub name: String,
    pub legal_name: Option<String>,
}

impl App<Unlocked> {
    /// One loan whole, as of a day (today when absent).
    ///
    /// # Errors
    /// An unknown loan or an impossible day.
    pub fn loan(&self, loan_id: &str, as_of: Option<&str>) -> Result<LoanDetailView, AppError> {
        let loan: LoanId = id::parse("loan_id", loan_id)?;
        let today = self.clock.today();
        let as_of = input::date_or_none("as_of", as_of)?.unwrap_or(today);
        let file = self.loan_file(loan)?;
        let names = self.state.vault.parties()?;
        let described = &file.state.loan;
        let draft = file.terms().map(ashore_domain::LoanTerms::get);
        let paid_before = match described.opening {
            ashore_domain::Opening::Contract { paid_terms, .. } => Some(paid_terms),
            _ => None,
        };
        let amortised = file.amortised()?;
        let parties = described.parties.iter().filter_map(|place| {
            let party = names.iter().find(|p| p.id == place.party)?;
            let (name, legal_name) = (party.name.clone(), party.legal_name.clone());
            Some(PartyView { role: place.role.into(), name, legal_name })
        });
        let rate = draft.and_then(|d| d.rate).filter(|r| r.per() == ashore_domain::RatePer::Year);
        Ok(LoanDetailView {
            card: self.card_of(&file, today)?,
            contract: ContractView {
                contract_no: described.contract_no.clone(),
                contract_date: draft.and_then(|d| d.contract_date).map(day),
                disbursed_on: draft.map(|d| day(d.disbursed_on)),
                first_due: draft.map(|d| day(d.first_due)),
                method: draft.map(|d| d.method.into()),
                rate: rate.map(|r| r.value().into()),
                penalty: file.terms().and_then(PenaltyView::of),
                grace_days: draft.map_or(0, |d| d.grace_days),
                terms: draft.map(|d| d.terms),
                terms_paid_before: paid_before,
                product: described.product.into(),
                parties: parties.collect(),
                note: described.note.clone(),
                corrections: u32::try_from(file.state.corrections).unwrap_or(u32::MAX),
            },
            statement: StatementView::of(&file.statement(as_of)?, as_of),
            cost: file
                .terms()
                .zip(amortised.as_ref())
                .map(|(terms, a)| CostView::of(terms, &a.schedule, a.rate_found.as_ref())),
            reference: self.reference(&file, today)?,
            disclosure: self.disclosure(&file, today)?,
            limitation: self.limitation_of(&file, today)?,
            payments: self.list_payments(Some(loan_id))?.payments,
            proposals: self.list_proposals(Some(loan_id))?.proposals,
            agreement: self.latest_agreement(&file)?,
            contacts: self
                .list_contacts(&ListContactsRequest {
                    loan_id: Some(loan_id.to_owned()),
                    ..Default::default()
                })?
                .contacts,
            files: self.files_of(loan)?,
            form: self.loan_form(&file)?,
        })
    }

    fn files_of(&self, loan: LoanId) -> Result<Vec<LoanFileView>, AppError> {
        let mut files = Vec::new();
        for state in self.state.vault.evidence(&EvidenceFilter::standing(Some(loan)))? {
            files.extend(state.record.files.iter().map(|file| LoanFileView {
                record_id: state.record.id.to_string(),
                summary: state.record.summary.clone(),
                at: state.record.happened.at.to_rfc3339(),
                file: FileView::of(file),
            }));
        }
        Ok(files)
    }
}

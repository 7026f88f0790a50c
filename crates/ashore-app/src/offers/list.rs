use std::collections::BTreeMap;

use ashore_domain::{ConfirmationForm, LoanId, Money, OutcomeKind, Proposal};
use ashore_vault::{EvidenceFilter, EvidenceMark};
use serde::Serialize;
use specta::Type;

use super::diff::diff;
use super::{OfferDiffView, OfferEffectView, OfferRowView, ReliefForm};
use crate::cases::CaseFile;
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};
use crate::view::{BucketsView, Yuan, day};
use crate::words::{ContactChannel, Side};
use crate::{AppError, id};

/// Offers, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ProposalListView {
    /// The offers.
    pub proposals: Vec<ProposalView>,
}

/// One offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the domain's `Proposal` explains them
pub struct ProposalView {
    pub id: String,
    pub loan_id: String,
    pub loan_name: String,
    pub by: Side,
    pub made_at: String,
    pub state: ProposalState,
    pub terms: u32,
    /// The first instalment.
    pub monthly: Yuan,
    /// The last instalment, when it differs.
    pub last: Option<Yuan>,
    pub total: Yuan,
    pub first_due: Option<String>,
    pub last_due: Option<String>,
    pub waived: BucketsView,
    pub expires_on: Option<String>,
    pub note: Option<String>,
    pub channel: Option<ContactChannel>,
    pub in_reply_to: Option<String>,
    pub evidence_ids: Vec<String>,
    /// How far it can be relied on.
    pub standing: OfferStanding,
    /// Day of the latest yes to it.
    pub accepted_on: Option<String>,
    /// What is asked for or granted.
    pub reliefs: Vec<ReliefForm>,
    /// What is paid when.
    pub rows: Vec<OfferRowView>,
    /// What goes on while no agreement answers it: the contract's next due.
    pub contract_due: Option<String>,
    pub contract_amount: Option<Yuan>,
}

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ProposalState {
    /// Asked for; the contract goes on.
    Requested,
    /// Another offer came after it.
    Replaced,
    /// Somebody said yes by word of mouth; that is no agreement.
    AcceptedOrally,
    /// Somebody said yes in writing; what is missing is the agreement itself.
    AcceptedInWriting,
    /// It became an agreement in writing.
    Agreed,
    /// Its last day is over.
    Expired,
}

/// How far an offer can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OfferStanding {
    /// The borrower's own request.
    Request,
    /// The lender's spoken word.
    Spoken,
    /// The lender's word in writing.
    Written,
}

/// An offer with what it comes to and what it changes against the one it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OfferDetailView {
    /// The offer.
    pub offer: ProposalView,
    /// What it comes to.
    pub effect: OfferEffectView,
    /// Against the one it answers.
    pub diff: Option<OfferDiffView>,
}

impl LoanFile {
    /// A request stands that no agreement has answered yet.
    pub(crate) fn has_open_request(&self) -> bool {
        self.proposals.iter().any(|p| !self.agreements.iter().any(|a| a.agreed_on >= p.made_at.date_naive()))
    }

    /// The latest offer that no agreement has answered yet.
    pub(crate) fn open_request(&self) -> Option<&Proposal> {
        let latest = self.proposals.iter().max_by_key(|p| p.made_at)?;
        self.has_open_request().then_some(latest)
    }
}

impl App<Unlocked> {
    /// The lender offered something on the phone and nothing in writing came since.
    pub(crate) fn oral_only(&self, file: &LoanFile) -> Result<bool, AppError> {
        Ok(self.oral_offer(file)?.is_some())
    }

    /// The latest offer by word of mouth that is not in writing yet.
    pub(crate) fn oral_offer(
        &self,
        file: &LoanFile,
    ) -> Result<Option<ashore_domain::EvidenceRecord>, AppError> {
        let confirmed = EvidenceFilter {
            with: Some(EvidenceMark::Confirmation),
            limit: Some(1),
            ..EvidenceFilter::standing(Some(file.id()))
        };
        let latest = self.state.vault.evidence(&confirmed)?.pop();
        Ok(latest.map(|s| s.record).filter(|record| {
            record.confirmation == Some(ConfirmationForm::Oral)
                && record.outcomes.iter().any(|o| o.kind == OutcomeKind::Offer)
                && !file.agreements.iter().any(|a| a.agreed_on >= record.happened.at.date_naive())
        }))
    }

    /// Offers on one loan or on all, newest first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn list_proposals(&self, loan_id: Option<&str>) -> Result<ProposalListView, AppError> {
        let loan: Option<LoanId> = loan_id.map(|text| id::parse("loan_id", text)).transpose()?;
        let names = self.loan_names()?;
        let agreements = self.state.vault.agreements(loan)?;
        let today = self.clock.today();
        let mut found = self.state.vault.proposals(loan)?;
        // Of those made at one moment, what was recorded later is the newer one.
        found.sort_by_key(|p| p.made_at);
        found.reverse();
        let mut goes_on = BTreeMap::new();
        let mut cases: BTreeMap<LoanId, CaseFile> = BTreeMap::new();
        for id in found.iter().map(|p| p.loan).collect::<std::collections::BTreeSet<_>>() {
            cases.insert(id, self.case_by_loan(id)?);
        }
        for file in self.open_loan_files()? {
            if found.iter().any(|p| p.loan == file.id())
                && let Some(next) = file.statement(today)?.next_due
            {
                goes_on.insert(file.id(), next);
            }
        }
        let proposals = found
            .iter()
            .map(|p| {
                let next = goes_on.get(&p.loan);
                let (first, last) = (p.rows.first().map(|r| r.amount), p.rows.last().map(|r| r.amount));
                let case = cases.get(&p.loan);
                let accepted = case.and_then(|case| case.accepted(p.id));
                let written = case.is_some_and(|case| case.is_written(p));
                let state = if agreements.iter().any(|a| a.proposal == Some(p.id)) {
                    ProposalState::Agreed
                } else if found.iter().any(|later| later.in_reply_to == Some(p.id)) {
                    ProposalState::Replaced
                } else if accepted.is_some() && written {
                    ProposalState::AcceptedInWriting
                } else if accepted.is_some() {
                    ProposalState::AcceptedOrally
                } else if p.expires_on.is_some_and(|on| on < today) {
                    ProposalState::Expired
                } else {
                    ProposalState::Requested
                };
                ProposalView {
                    id: p.id.to_string(),
                    loan_id: p.loan.to_string(),
                    loan_name: names.get(&p.loan).cloned().unwrap_or_default(),
                    by: p.by.into(),
                    made_at: p.made_at.to_rfc3339(),
                    state,
                    terms: u32::try_from(p.rows.len()).unwrap_or(u32::MAX),
                    monthly: first.unwrap_or(Money::ZERO).into(),
                    last: last.filter(|amount| Some(*amount) != first).map(Into::into),
                    total: p.rows.iter().map(|r| r.amount).sum::<Money>().into(),
                    first_due: p.rows.first().map(|r| day(r.due)),
                    last_due: p.rows.last().map(|r| day(r.due)),
                    waived: p.waived.into(),
                    expires_on: p.expires_on.map(day),
                    note: p.note.clone(),
                    channel: p.channel.map(Into::into),
                    in_reply_to: p.in_reply_to.map(|id| id.to_string()),
                    evidence_ids: p.evidence.iter().map(ToString::to_string).collect(),
                    standing: match p.by {
                        _ if written => OfferStanding::Written,
                        ashore_domain::Side::Borrower => OfferStanding::Request,
                        ashore_domain::Side::Lender => OfferStanding::Spoken,
                    },
                    accepted_on: accepted.map(|(on, _)| day(on)),
                    reliefs: p.reliefs.iter().map(ReliefForm::of).collect(),
                    rows: p
                        .rows
                        .iter()
                        .map(|row| OfferRowView { due: day(row.due), amount: row.amount.into() })
                        .collect(),
                    contract_due: next.map(|n| day(n.due)),
                    contract_amount: next.map(|n| n.amount.into()),
                }
            })
            .collect();
        Ok(ProposalListView { proposals })
    }
    /// One offer.
    ///
    /// # Errors
    /// No offer is known by this id.
    pub fn proposal(&self, proposal_id: &str) -> Result<ProposalView, AppError> {
        let offer = self.proposal_known("proposal_id", proposal_id)?;
        let all = self.list_proposals(Some(&offer.loan.to_string()))?.proposals;
        all.into_iter().find(|view| view.id == offer.id.to_string()).ok_or_else(|| {
            AppError::field(crate::ErrorCode::NotFound, "proposal_id", "no offer is known by this id")
        })
    }

    /// One offer with what it comes to and what it changes.
    ///
    /// # Errors
    /// No offer is known by this id.
    pub fn offer_detail(&self, proposal_id: &str) -> Result<OfferDetailView, AppError> {
        let kept = self.proposal_known("proposal_id", proposal_id)?;
        let file = self.loan_file(kept.loan)?;
        let before = kept.in_reply_to.and_then(|id| file.proposals.iter().find(|p| p.id == id));
        let findings = self.findings_of(&file, &kept)?;
        Ok(OfferDetailView {
            offer: self.proposal(proposal_id)?,
            effect: self.effect_of(&file, &kept, &findings)?,
            diff: before.map(|before| diff(before, &kept)),
        })
    }
}

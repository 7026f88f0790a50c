use std::collections::BTreeSet;

use ashore_domain::{
    Agreement, AgreementId, AgreementStep, CaseEntry, CaseStage, CaseStep, ConfirmationForm, EvidenceId,
    EvidenceKind, EvidenceRecord, LoanId, Proposal, ProposalId, Side,
};
use ashore_vault::EvidenceFilter;
use chrono::NaiveDate;

use crate::AppError;
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};

/// Every step of one loan's case, and which records hold something in writing.
pub(crate) struct CaseFile {
    pub(crate) entries: Vec<CaseEntry>,
    /// Records that are a text the other side sent or signed.
    writings: BTreeSet<EvidenceId>,
    /// Offers that a record confirms in writing.
    confirmed: BTreeSet<ProposalId>,
    /// The day of the latest record.
    pub(crate) last_contact: Option<NaiveDate>,
}

impl CaseFile {
    /// The borrower says that the case is over.
    pub(crate) fn settled_by_hand(&self) -> bool {
        self.stage_by_hand() == Some(CaseStage::Settled)
    }

    /// Where the borrower said last that the case stands.
    pub(crate) fn stage_by_hand(&self) -> Option<CaseStage> {
        self.entries.iter().rev().find_map(|entry| match entry.step {
            CaseStep::Stage(stage) => Some(stage),
            _ => None,
        })
    }

    /// Days on which the talks went on: a yes, a text, or the borrower's own word on where the case stands.
    pub(crate) fn moves(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        use CaseStep as S;
        let moved = |entry: &&CaseEntry| {
            matches!(entry.step, S::Accepted { .. } | S::AgreementDraft(_) | S::Stage(_))
        };
        self.entries.iter().filter(moved).map(|entry| entry.on)
    }

    /// The latest yes to an offer.
    pub(crate) fn accepted(&self, offer: ProposalId) -> Option<(NaiveDate, Side)> {
        self.entries.iter().rev().find_map(|entry| match entry.step {
            CaseStep::Accepted { proposal, by, .. } if proposal == offer => Some((entry.on, by)),
            _ => None,
        })
    }

    /// Records that the latest yes to an offer was linked to.
    pub(crate) fn yes_evidence(&self, offer: ProposalId) -> &[EvidenceId] {
        let yes = self
            .entries
            .iter()
            .rev()
            .find(|entry| matches!(entry.step, CaseStep::Accepted { proposal, .. } if proposal == offer));
        yes.map_or(&[], |entry| &entry.evidence)
    }

    /// The lender's word on this offer is there in writing.
    pub(crate) fn is_written(&self, offer: &Proposal) -> bool {
        let yes = self.entries.iter().any(|entry| {
            matches!(entry.step, CaseStep::Accepted { proposal, form: ConfirmationForm::Written, .. } if proposal == offer.id)
        });
        let theirs = offer.by == Side::Lender && offer.evidence.iter().any(|id| self.writings.contains(id));
        yes || theirs || self.confirmed.contains(&offer.id)
    }

    /// A yes by word of mouth that no writing and no agreement has followed.
    pub(crate) fn spoken_yes(&self, file: &LoanFile, offer: &Proposal) -> Option<(NaiveDate, Side)> {
        let (on, by) = self.accepted(offer.id)?;
        let answered = file.proposals.iter().any(|later| later.in_reply_to == Some(offer.id));
        let agreed = file.agreements.iter().any(|a| a.proposal == Some(offer.id) || a.agreed_on > on);
        (!self.is_written(offer) && !answered && !agreed).then_some((on, by))
    }

    /// Texts that nobody has signed yet, the latest first.
    pub(crate) fn drafts<'a>(
        &'a self,
        file: &'a LoanFile,
    ) -> impl Iterator<Item = (&'a CaseEntry, &'a Agreement)> {
        self.entries.iter().rev().filter_map(|entry| match &entry.step {
            CaseStep::AgreementDraft(draft) if !file.agreements.iter().any(|a| a.id == draft.id) => {
                Some((entry, draft))
            }
            _ => None,
        })
    }

    /// What became of an agreement, oldest first.
    pub(crate) fn steps_of(
        &self,
        agreement: AgreementId,
    ) -> impl Iterator<Item = (NaiveDate, AgreementStep)> + '_ {
        self.entries.iter().filter_map(move |entry| match entry.step {
            CaseStep::AgreementState { agreement: id, state } if id == agreement => Some((entry.on, state)),
            _ => None,
        })
    }

    /// An agreement took this step.
    pub(crate) fn has(&self, agreement: AgreementId, step: AgreementStep) -> bool {
        self.steps_of(agreement).any(|(_, state)| state == step)
    }
}

/// Kinds of record that hold the other side's words as text.
const TEXTS: [EvidenceKind; 8] = [
    EvidenceKind::Sms,
    EvidenceKind::Email,
    EvidenceKind::ImChat,
    EvidenceKind::InAppChat,
    EvidenceKind::Contract,
    EvidenceKind::Agreement,
    EvidenceKind::Letter,
    EvidenceKind::Screenshot,
];

impl App<Unlocked> {
    pub(crate) fn case_of(&self, file: &LoanFile) -> Result<CaseFile, AppError> {
        self.case_by_loan(file.id())
    }

    pub(crate) fn case_by_loan(&self, loan: LoanId) -> Result<CaseFile, AppError> {
        let found = self.state.vault.evidence(&EvidenceFilter::standing(Some(loan)))?;
        let standing = || found.iter().map(|state| &state.record);
        let mut writings = BTreeSet::new();
        let texts = |r: &&EvidenceRecord| {
            TEXTS.contains(&r.details.kind()) && r.confirmation != Some(ConfirmationForm::Oral)
        };
        for text in standing().filter(texts) {
            // An offer names a text as it was when the offer was made.
            writings.extend(self.versions_of(text)?);
        }
        Ok(CaseFile {
            entries: self.state.vault.case_entries()?.into_iter().filter(|e| e.loan == Some(loan)).collect(),
            writings,
            confirmed: standing()
                .filter(|r| r.confirmation == Some(ConfirmationForm::Written))
                .flat_map(|r| r.proposals.iter().copied())
                .collect(),
            last_contact: standing()
                .filter(|r| r.direction != ashore_domain::Direction::None)
                .map(|r| r.happened.at.date_naive())
                .max(),
        })
    }
}

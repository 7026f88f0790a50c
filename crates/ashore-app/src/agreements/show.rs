use ashore_domain::{Agreement, AgreementId, AgreementStep as Step, CaseStep, CustomRow, LoanId, Money};
use ashore_engine::TermState;
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use super::FraudFlagView;
use crate::cases::CaseFile;
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};
use crate::view::{BucketsView, Yuan, day};
use crate::words::{AgreedForm, AgreementStep};
use crate::{AppError, ErrorCode, id};

/// An agreement and how it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the domain's `Agreement` explains them
pub struct AgreementView {
    pub id: String,
    pub loan_id: String,
    pub loan_name: String,
    pub proposal_id: Option<String>,
    pub agreed_on: String,
    pub effective_from: String,
    pub form: AgreedForm,
    pub creditor: Option<String>,
    pub payment_account: Option<String>,
    pub evidence_ids: Vec<String>,
    pub note: Option<String>,
    /// Where it stands.
    pub state: AgreementState,
    /// What became of it, oldest first.
    pub steps: Vec<AgreementStepView>,
    pub waived: BucketsView,
    /// Another one took its place.
    pub superseded: bool,
    /// Signs of fraud in the account it names.
    pub fraud: Vec<FraudFlagView>,
    pub total: Yuan,
    pub paid: Yuan,
    pub unpaid: Yuan,
    pub rows: Vec<AgreementRow>,
    /// The earliest due that still asks for money.
    pub next: Option<AgreementRow>,
}

/// Where an agreement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AgreementState {
    /// A text without the writing that makes it one: it changes no dues.
    Draft,
    /// Its dues hold, or will from its day.
    Active,
    /// A due is late, or a breach is recorded.
    Breached,
    /// Another one took its place.
    Superseded,
    /// Everything is paid.
    Completed,
    /// 结清证明 came.
    CertificateReceived,
    /// The credit record shows it.
    CreditRecordChecked,
}

/// Something that became of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct AgreementStepView {
    pub on: String,
    pub state: AgreementStep,
}

/// One due of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct AgreementRow {
    pub term: u16,
    pub due: String,
    pub amount: Yuan,
    pub unpaid: Yuan,
    pub state: AgreementRowState,
}

/// How a due of an agreement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum AgreementRowState {
    /// Nothing of it is left to pay.
    Paid,
    /// Its day has come or is still to come, and part of it is paid.
    PartlyPaid,
    /// Its day is over and it is not paid in full.
    Overdue,
    /// Its day is still to come.
    Waiting,
    /// Another agreement took its place before it was paid in full.
    Replaced,
}

impl AgreementRowState {
    fn of(amount: Money, unpaid: Money, due: NaiveDate, today: NaiveDate) -> Self {
        if !unpaid.is_positive() {
            Self::Paid
        } else if due < today {
            Self::Overdue
        } else if unpaid < amount {
            Self::PartlyPaid
        } else {
            Self::Waiting
        }
    }
}

/// Agreements, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AgreementListView {
    /// The agreements.
    pub agreements: Vec<AgreementView>,
}

impl App<Unlocked> {
    fn view_agreement(&self, file: &LoanFile, agreement: &Agreement) -> Result<AgreementView, AppError> {
        let signed = file.agreements.iter().any(|a| a.id == agreement.id);
        let place = file.schedule_of(agreement.id);
        let superseded = file.agreements.iter().any(|a| a.supersedes == Some(agreement.id));
        let today = self.clock.today();
        let statement = file.statement(today.max(agreement.effective_from))?;
        let unpaid_of = |term: u16| {
            let amount = agreement.rows.get(usize::from(term) - 1).map_or(Money::ZERO, CustomRow::payment);
            let live = |t: &&TermState| Some(usize::from(t.schedule)) == place && t.term == term;
            match statement.terms.iter().find(live) {
                // What another agreement replaced is no longer asked for, and yet it was not paid.
                Some(row) if superseded => (amount - row.paid.total()).max(Money::ZERO),
                Some(row) => row.unpaid.total(),
                // Nothing was paid on a text that nobody signed, or on a due that never came into force.
                None => amount,
            }
        };
        let rows: Vec<(u16, Money, &CustomRow)> =
            (1u16..).zip(&agreement.rows).map(|(term, row)| (term, row.payment(), row)).collect();
        let total: Money = rows.iter().map(|(_, amount, _)| *amount).sum();
        let unpaid: Money = rows.iter().map(|(term, ..)| unpaid_of(*term)).sum();
        let case = self.case_of(file)?;
        let late = rows.iter().any(|(term, _, row)| row.due < today && unpaid_of(*term).is_positive());
        let state = if !signed {
            AgreementState::Draft
        } else if superseded {
            AgreementState::Superseded
        } else {
            state_of(&case, agreement.id, late, unpaid)
        };
        let shown: Vec<AgreementRow> = rows
            .iter()
            .map(|(term, amount, row)| AgreementRow {
                term: *term,
                due: day(row.due),
                amount: (*amount).into(),
                unpaid: unpaid_of(*term).into(),
                state: match AgreementRowState::of(*amount, unpaid_of(*term), row.due, today) {
                    paid @ AgreementRowState::Paid => paid,
                    _ if superseded => AgreementRowState::Replaced,
                    open => open,
                },
            })
            .collect();
        Ok(AgreementView {
            id: agreement.id.to_string(),
            loan_id: agreement.loan.to_string(),
            loan_name: file.name().to_owned(),
            proposal_id: agreement.proposal.map(|p| p.to_string()),
            agreed_on: day(agreement.agreed_on),
            effective_from: day(agreement.effective_from),
            form: agreement.form.into(),
            creditor: agreement.creditor.clone(),
            payment_account: agreement.payment_account.clone(),
            evidence_ids: agreement.evidence.iter().map(ToString::to_string).collect(),
            note: agreement.note.clone(),
            state,
            steps: case
                .steps_of(agreement.id)
                .map(|(on, step)| AgreementStepView { on: day(on), state: step.into() })
                .collect(),
            waived: agreement.waived.into(),
            superseded,
            fraud: if superseded { Vec::new() } else { self.account_signs(file, agreement)? },
            total: total.into(),
            paid: (total - unpaid).into(),
            unpaid: unpaid.into(),
            next: shown.iter().find(|r| !superseded && signed && r.state != AgreementRowState::Paid).cloned(),
            rows: shown,
        })
    }

    pub(crate) fn latest_agreement(&self, file: &LoanFile) -> Result<Option<AgreementView>, AppError> {
        file.standing_agreement().map(|agreement| self.view_agreement(file, agreement)).transpose()
    }

    /// One agreement with its dues and how they are kept.
    ///
    /// # Errors
    /// No agreement is known by this id.
    pub fn agreement(&self, agreement_id: &str) -> Result<AgreementView, AppError> {
        let found = self.agreement_known(agreement_id)?;
        self.view_agreement(&self.loan_file(found.loan)?, &found)
    }

    /// An agreement, or a text that nobody signed yet.
    pub(super) fn agreement_known(&self, agreement_id: &str) -> Result<Agreement, AppError> {
        let wanted: AgreementId = id::parse("agreement_id", agreement_id)?;
        let all = self.state.vault.agreements(None)?;
        match all.into_iter().find(|a| a.id == wanted) {
            Some(found) => Ok(found),
            None => self.drafted(None)?.into_iter().find(|draft| draft.id == wanted).ok_or_else(|| {
                AppError::field(ErrorCode::NotFound, "agreement_id", "no agreement is known by this id")
            }),
        }
    }

    /// Texts that nobody signed yet, the latest version of each.
    fn drafted(&self, loan: Option<LoanId>) -> Result<Vec<Agreement>, AppError> {
        let signed = self.state.vault.agreements(loan)?;
        let mut drafts: Vec<Agreement> = Vec::new();
        for entry in self.state.vault.case_entries()? {
            if let CaseStep::AgreementDraft(draft) = entry.step
                && loan.is_none_or(|loan| loan == draft.loan)
                && !signed.iter().any(|a| a.id == draft.id)
            {
                drafts.retain(|earlier| earlier.id != draft.id);
                drafts.push(draft);
            }
        }
        Ok(drafts)
    }

    /// Agreements on one loan or on all, newest first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn list_agreements(&self, loan_id: Option<&str>) -> Result<AgreementListView, AppError> {
        let loan: Option<LoanId> = loan_id.map(|text| id::parse("loan_id", text)).transpose()?;
        let mut all = self.state.vault.agreements(loan)?;
        all.extend(self.drafted(loan)?);
        // Of those made on one day, what was recorded later is the newer one.
        all.sort_by_key(|a| a.agreed_on);
        all.reverse();
        let views = all.iter().map(|a| self.view_agreement(&self.loan_file(a.loan)?, a));
        Ok(AgreementListView { agreements: views.collect::<Result<_, AppError>>()? })
    }
}

fn state_of(case: &CaseFile, id: AgreementId, late: bool, unpaid: Money) -> AgreementState {
    if case.has(id, Step::CreditRecordChecked) {
        return AgreementState::CreditRecordChecked;
    }
    if case.has(id, Step::CertificateReceived) {
        return AgreementState::CertificateReceived;
    }
    if case.has(id, Step::Completed) || unpaid.is_zero() {
        return AgreementState::Completed;
    }
    let broken = case
        .steps_of(id)
        .filter(|(_, step)| matches!(step, Step::Breached | Step::Cured))
        .last()
        .is_some_and(|(_, step)| step == Step::Breached);
    if late || broken { AgreementState::Breached } else { AgreementState::Active }
}

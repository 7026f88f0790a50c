use ashore_domain::{
    Agreement, AgreementId, AgreementStep as Step, CaseEntry, CaseEntryId, CaseStep, EvidenceId, Fact,
};
use serde::Deserialize;
use specta::Type;

use super::AgreementView;
use super::follow::follow_ups;
use crate::loans::is_paid;
use crate::session::{App, Unlocked};
use crate::words::AgreementStep;
use crate::{AppError, ErrorCode, id, input};

/// What became of an agreement.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct AdvanceAgreementRequest {
    /// Which agreement or draft.
    pub agreement_id: String,
    /// What: `signed` makes an agreement of a draft.
    pub state: AgreementStep,
    /// On which day; today when absent.
    #[serde(default)]
    pub on: Option<String>,
    /// Records of it; signing and the certificate need one.
    #[serde(default)]
    pub evidence_ids: Vec<String>,
    /// In words.
    #[serde(default)]
    pub note: Option<String>,
}

impl App<Unlocked> {
    /// Records what became of an agreement, each step after those it follows from.
    ///
    /// # Errors
    /// An unknown agreement, a day to come, a step that does not follow, or one without the record it needs.
    pub fn advance_agreement(
        &mut self,
        request: &AdvanceAgreementRequest,
    ) -> Result<AgreementView, AppError> {
        let wanted: AgreementId = id::parse("agreement_id", &request.agreement_id)?;
        let now = self.clock.now();
        let on = input::day_or_today("on", request.on.as_deref(), now.date_naive())?;
        if on > now.date_naive() {
            return Err(AppError::field(ErrorCode::DateOrder, "on", "this day has not come yet"));
        }
        let step: Step = request.state.into();
        let evidence = request
            .evidence_ids
            .iter()
            .map(|text| id::parse::<EvidenceId>("evidence_ids", text))
            .collect::<Result<Vec<_>, _>>()?;
        if evidence.is_empty() && matches!(step, Step::Signed | Step::CertificateReceived) {
            let message = "name the record that holds the signed text or the certificate";
            return Err(AppError::field(ErrorCode::EvidenceMissing, "evidence_ids", message));
        }
        let note = input::words_or_none("note", request.note.as_deref())?;
        let signed = self.state.vault.agreements(None)?.into_iter().find(|a| a.id == wanted);
        match (signed, step) {
            (Some(_), Step::Signed) => {
                Err(AppError::field(ErrorCode::AgreementNotActive, "state", "it is signed already"))
            }
            (None, Step::Signed) => self.sign(wanted, on, evidence),
            (None, _) => {
                let message = "nothing was signed under this id";
                Err(AppError::field(ErrorCode::AgreementNotActive, "agreement_id", message))
            }
            (Some(agreement), step) => {
                let followed = self.must_follow(&agreement, step)?;
                let entry = CaseEntry {
                    id: CaseEntryId::from_bytes(id::fresh(now)?),
                    loan: Some(agreement.loan),
                    on,
                    step: CaseStep::AgreementState { agreement: agreement.id, state: step },
                    evidence,
                    note,
                };
                let mut facts = vec![Fact::Case(entry)];
                if !followed {
                    facts.extend(follow_ups(&agreement, step, on, now)?);
                }
                self.state.vault.append(&facts, Vec::new(), now)?;
                self.agreement(&request.agreement_id)
            }
        }
    }

    /// A draft becomes an agreement of the same id; the writing is linked.
    fn sign(
        &mut self,
        wanted: AgreementId,
        on: chrono::NaiveDate,
        evidence: Vec<EvidenceId>,
    ) -> Result<AgreementView, AppError> {
        let now = self.clock.now();
        let entries = self.state.vault.case_entries()?;
        let draft = entries.into_iter().rev().find_map(|entry| match entry.step {
            CaseStep::AgreementDraft(draft) if draft.id == wanted => Some(draft),
            _ => None,
        });
        let mut agreement = draft.ok_or_else(|| {
            AppError::field(ErrorCode::NotFound, "agreement_id", "no agreement or draft is known by this id")
        })?;
        let file = self.loan_file(agreement.loan)?;
        if let Some(other) = file.standing_agreement().filter(|other| Some(other.id) != agreement.supersedes)
            && !is_paid(&file.statement(now.date_naive().max(other.effective_from))?)
        {
            let message = format!("the agreement {} holds; a debt has one agreement at a time", other.id);
            return Err(AppError::field(ErrorCode::AgreementActive, "agreement_id", message));
        }
        agreement.agreed_on = on;
        agreement.evidence = evidence;
        if agreement.effective_from < on && agreement.rows.first().is_some_and(|row| row.due >= on) {
            agreement.effective_from = on;
        }
        let mut facts = vec![Fact::Agreement(agreement.clone())];
        facts.extend(follow_ups(&agreement, Step::Signed, agreement.agreed_on, now)?);
        self.state.vault.append(&facts, Vec::new(), now)?;
        self.agreement(&wanted.to_string())
    }

    /// Refuses a step that does not follow from those before. Answers whether what follows from it was set before:
    /// everything paid is said once, with the last payment, with what comes after it, or by closing the loan.
    fn must_follow(&self, agreement: &Agreement, step: Step) -> Result<bool, AppError> {
        let file = self.loan_file(agreement.loan)?;
        let case = self.case_of(&file)?;
        let has = |step| case.has(agreement.id, step);
        let breached = case
            .steps_of(agreement.id)
            .filter(|(_, step)| matches!(step, Step::Breached | Step::Cured))
            .last()
            .is_some_and(|(_, step)| step == Step::Breached);
        let day = self.clock.today().max(agreement.effective_from);
        let paid = file.state.closed.is_some() || is_paid(&file.statement(day)?);
        let refused = match step {
            Step::Cured if !breached => Some("nothing is recorded as broken"),
            Step::Completed if !paid => Some("part of it is not paid yet by the payments recorded"),
            Step::CertificateReceived if !paid && !has(Step::Completed) => {
                Some("a certificate comes after everything is paid")
            }
            Step::CreditRecordChecked if !paid && !has(Step::Completed) => {
                Some("the credit record is checked after everything is paid")
            }
            _ => None,
        };
        if let Some(message) = refused {
            return Err(AppError::field(ErrorCode::AgreementNotActive, "state", message));
        }
        let ended = file.state.closed.is_some()
            || case.steps_of(agreement.id).any(|(_, taken)| taken >= Step::Completed);
        Ok(step >= Step::Completed && ended)
    }
}

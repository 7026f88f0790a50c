use ashore_domain::{AgreementStep, CaseStage as Stage, EvidenceRecord, LetterKind, Side};
use ashore_engine::Statement;
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use super::CaseFile;
use crate::AppError;
use crate::letters::awaited;
use crate::loans::{LoanFile, is_paid};
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};

/// The next thing to do in a case. Shells word it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CaseStep {
    /// What.
    pub kind: CaseStepKind,
    /// By when, or on which day it is about.
    pub on: Option<String>,
    /// An amount it is about.
    pub amount: Option<Yuan>,
    /// The offer or agreement it is about.
    pub subject_id: Option<String>,
}

/// Kind of a next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CaseStepKind {
    /// Say what happened and since when.
    StateHardship,
    /// Say what can be paid.
    StateCapacity,
    /// Find out who lends.
    FindLender,
    /// Get the papers together.
    GatherDocuments,
    /// Speak or write with the lender.
    ContactLender,
    /// Make an offer.
    MakeOffer,
    /// The lender's answer is awaited; ask again.
    AwaitAnswer,
    /// The lender made an offer: answer it.
    AnswerOffer,
    /// A spoken yes lacks writing: ask for it.
    AskInWriting,
    /// Written yes: have the text, check it, record it.
    RecordAgreement,
    /// A text lies there unsigned: check it.
    CheckText,
    /// The next due of the agreement.
    PayNext,
    /// A due of the agreement is late: make it good, or negotiate before it is lost.
    CureBreach,
    /// All is paid: ask for the certificate.
    AskCertificate,
    /// The certificate came: see that the credit record follows.
    CheckCreditRecord,
    /// Complaint, mediation or court goes on.
    FollowEscalation,
    /// The contract is kept and nothing is asked: its next due.
    KeepContract,
    /// Nothing is left to do.
    Nothing,
}

impl CaseStep {
    fn of(kind: CaseStepKind) -> Self {
        Self { kind, on: None, amount: None, subject_id: None }
    }

    fn by(kind: CaseStepKind, on: NaiveDate) -> Self {
        Self { on: Some(day(on)), ..Self::of(kind) }
    }

    fn about(self, subject: impl ToString) -> Self {
        Self { subject_id: Some(subject.to_string()), ..self }
    }
}

/// What a case's next step depends on besides the loan itself.
pub(super) struct Prepared {
    pub(super) hardship: bool,
    pub(super) capacity: bool,
    pub(super) creditor: bool,
    pub(super) missing_papers: usize,
}

impl App<Unlocked> {
    pub(super) fn stage_of(
        &self,
        file: &LoanFile,
        case: &CaseFile,
        statement: &Statement,
        prepared: &Prepared,
    ) -> Result<(Stage, CaseStep), AppError> {
        let today = self.clock.today();
        if file.state.closed.is_some() || case.settled_by_hand() {
            return Ok((Stage::Settled, after_the_end(file, case)));
        }
        if case.stage_by_hand() == Some(Stage::Escalated) {
            return Ok((Stage::Escalated, CaseStep::of(CaseStepKind::FollowEscalation)));
        }
        if let Some(agreement) = file.standing_agreement() {
            if is_paid(statement) {
                return Ok((Stage::Settled, after_the_end(file, case)));
            }
            let late = statement.overdue.total;
            let breached =
                case.steps_of(agreement.id).last().map(|(_, step)| step) == Some(AgreementStep::Breached);
            if (late.is_positive() && agreement.effective_from <= today) || breached {
                let step = CaseStep { amount: Some(late.into()), ..CaseStep::of(CaseStepKind::CureBreach) };
                return Ok((Stage::Breached, step.about(agreement.id)));
            }
            let newer = file.proposals.iter().any(|p| p.made_at.date_naive() > agreement.agreed_on);
            if !newer {
                let step = match &statement.next_due {
                    Some(next) => CaseStep {
                        amount: Some(next.amount.into()),
                        ..CaseStep::by(CaseStepKind::PayNext, next.due)
                    },
                    None => CaseStep::of(CaseStepKind::PayNext),
                };
                return Ok((Stage::Performing, step.about(agreement.id)));
            }
        }
        if let Some(step) = self.complaint_under_way(file, case)? {
            return Ok((Stage::Escalated, step));
        }
        if let Some((entry, draft)) = case.drafts(file).next() {
            return Ok((Stage::Drafted, CaseStep::by(CaseStepKind::CheckText, entry.on).about(draft.id)));
        }
        let latest = file.proposals.iter().max_by_key(|p| p.made_at);
        let spoken = self.oral_offer(file)?;
        if let Some(offer) = latest {
            if let Some((on, _)) = case.spoken_yes(file, offer) {
                let total: ashore_domain::Money = offer.rows.iter().map(|row| row.amount).sum();
                let step =
                    CaseStep { amount: Some(total.into()), ..CaseStep::by(CaseStepKind::AskInWriting, on) };
                return Ok((Stage::OrallyAgreed, step.about(offer.id)));
            }
            let newer = spoken.as_ref().filter(|record| record.happened.at > offer.made_at);
            let step = if case.accepted(offer.id).is_some() && case.is_written(offer) {
                CaseStep::of(CaseStepKind::RecordAgreement)
            } else if let Some(record) = newer {
                return Ok((Stage::Negotiating, in_writing(record)));
            } else if offer.by == Side::Lender {
                CaseStep { on: offer.expires_on.map(day), ..CaseStep::of(CaseStepKind::AnswerOffer) }
            } else {
                let reply = self.working_days_after(offer.made_at.date_naive(), 5)?;
                CaseStep::by(CaseStepKind::AwaitAnswer, reply)
            };
            return Ok((Stage::Negotiating, step.about(offer.id)));
        }
        if let Some(record) = &spoken {
            return Ok((Stage::Contacted, in_writing(record)));
        }
        let stage = if case.last_contact.is_some() { Stage::Contacted } else { Stage::Preparing };
        Ok((stage, first_steps(file, statement, prepared, stage)))
    }
}

impl App<Unlocked> {
    /// A complaint or report that went out and is not answered, as long as nothing was offered, accepted or drafted
    /// after it: talks that go on are the nearer step.
    fn complaint_under_way(&self, file: &LoanFile, case: &CaseFile) -> Result<Option<CaseStep>, AppError> {
        let mut latest = None;
        for state in self.state.vault.letters(Some(file.id()))? {
            if !matches!(state.letter.kind, LetterKind::Complaint | LetterKind::Report) {
                continue;
            }
            let out = state.sent.iter().map(|sent| sent.at).max();
            latest = latest.max(out.zip(awaited(&state)));
        }
        let Some((out, answer_by)) = latest else { return Ok(None) };
        let moved = file.proposals.iter().any(|offer| offer.made_at > out)
            || case.moves().any(|on| on >= out.date_naive());
        Ok((!moved).then(|| CaseStep::by(CaseStepKind::FollowEscalation, answer_by)))
    }
}

/// The lender named an offer in a contact: it wants writing.
fn in_writing(spoken: &EvidenceRecord) -> CaseStep {
    CaseStep::by(CaseStepKind::AskInWriting, spoken.happened.at.date_naive())
}

/// What is still missing before an offer can be made.
fn first_steps(file: &LoanFile, statement: &Statement, prepared: &Prepared, stage: Stage) -> CaseStep {
    let troubled = statement.overdue.total.is_positive() || prepared.hardship || stage == Stage::Contacted;
    if !troubled {
        return match &statement.next_due {
            Some(next) => CaseStep {
                amount: Some(next.amount.into()),
                ..CaseStep::by(CaseStepKind::KeepContract, next.due)
            },
            None => CaseStep::of(CaseStepKind::Nothing),
        };
    }
    let kind = if !prepared.creditor {
        CaseStepKind::FindLender
    } else if !prepared.hardship {
        CaseStepKind::StateHardship
    } else if !prepared.capacity {
        CaseStepKind::StateCapacity
    } else if stage == Stage::Preparing && prepared.missing_papers > 0 {
        CaseStepKind::GatherDocuments
    } else if stage == Stage::Preparing {
        CaseStepKind::ContactLender
    } else {
        CaseStepKind::MakeOffer
    };
    CaseStep::of(kind).about(file.id())
}

fn after_the_end(file: &LoanFile, case: &CaseFile) -> CaseStep {
    let Some(agreement) = file.standing_agreement() else {
        return CaseStep::of(CaseStepKind::Nothing);
    };
    let kind = if case.has(agreement.id, AgreementStep::CreditRecordChecked) {
        CaseStepKind::Nothing
    } else if case.has(agreement.id, AgreementStep::CertificateReceived) {
        CaseStepKind::CheckCreditRecord
    } else {
        CaseStepKind::AskCertificate
    };
    CaseStep::of(kind).about(agreement.id)
}

//! The writing behind an agreement: records that are named, files that were chosen, a message that was pasted.

use ashore_domain::{
    AgreedForm, ConfirmationForm, Direction, EventTime, EvidenceDetails, EvidenceId, EvidenceRecord, LoanId,
    Precision, TimeSource,
};
use ashore_vault::Staged;
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, TimeDelta};

use super::RecordAgreementRequest;
use crate::clock::shanghai;
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input};

/// What proves an agreement.
pub(super) struct Proof {
    pub(super) evidence: Vec<EvidenceId>,
    /// A record made of what was pasted or chosen with the agreement.
    pub(super) record: Option<EvidenceRecord>,
    pub(super) staged: Vec<Staged>,
}

impl App<Unlocked> {
    pub(super) fn proof_of(
        &mut self,
        request: &RecordAgreementRequest,
        loan: LoanId,
        agreed_on: NaiveDate,
        now: DateTime<FixedOffset>,
    ) -> Result<Proof, AppError> {
        let mut evidence: Vec<EvidenceId> = request
            .evidence_ids
            .iter()
            .map(|text| id::parse::<EvidenceId>("evidence_ids", text))
            .collect::<Result<_, _>>()?;
        for record in &evidence {
            if self.as_it_stands(*record)?.is_none() {
                return Err(AppError::field(ErrorCode::NotFound, "evidence_ids", "no such record is known"));
            }
        }
        let text = input::words_or_none("confirmation_text", request.confirmation_text.as_deref())?;
        if let Some(missing) = request.files.iter().find(|handle| !self.state.staged.contains_key(*handle)) {
            let message = format!("the file {missing} is no longer at hand; choose it again");
            return Err(AppError::field(ErrorCode::NotFound, "files", message));
        }
        if text.is_none() && request.files.is_empty() {
            return Ok(Proof { evidence, record: None, staged: Vec::new() });
        }
        let staged: Vec<Staged> =
            request.files.iter().filter_map(|handle| self.state.staged.remove(handle)).collect();
        // Nobody wrote down the hour: noon stands for the day.
        let noon = agreed_on.and_time(NaiveTime::MIN) + TimeDelta::hours(12);
        let at = noon.and_local_timezone(shanghai()).single();
        let record = EvidenceRecord {
            id: EvidenceId::from_bytes(id::fresh(now)?),
            loans: vec![loan],
            proposals: Vec::new(),
            agreements: Vec::new(),
            happened: EventTime {
                at: at.filter(|at| *at <= now).unwrap_or(now),
                precision: Precision::Day,
                source: TimeSource::User,
            },
            people: Vec::new(),
            direction: Direction::Incoming,
            summary: "还款协议的书面确认".to_owned(),
            outcomes: Vec::new(),
            promises: Vec::new(),
            language: "zh-CN".to_owned(),
            tags: Vec::new(),
            files: staged.iter().map(|file| file.file().clone()).collect(),
            extraction: None,
            details: details(request.form.into(), text.unwrap_or_default(), agreed_on),
            corrects: None,
            imported: None,
            confirmation: Some(ConfirmationForm::Written),
        };
        evidence.push(record.id);
        Ok(Proof { evidence, record: Some(record), staged })
    }
}

fn details(form: AgreedForm, body: String, on: NaiveDate) -> EvidenceDetails {
    match form {
        AgreedForm::Sms => EvidenceDetails::Sms {
            address: None,
            smsc: None,
            sent: None,
            received: None,
            sim: None,
            thread: None,
            body,
        },
        AgreedForm::Email => EvidenceDetails::Email {
            message_id: None,
            from: None,
            to: Vec::new(),
            cc: Vec::new(),
            date_header: None,
            received_chain: Vec::new(),
            authentication: None,
            subject: None,
            body,
        },
        AgreedForm::SignedContract | AgreedForm::StampedLetter if body.is_empty() => {
            EvidenceDetails::Agreement {
                number: None,
                parties: Vec::new(),
                signed_on: Some(on),
                signing_provider: None,
                certificate: None,
                pages: None,
            }
        }
        AgreedForm::InApp
        | AgreedForm::RecordedCall
        | AgreedForm::SignedContract
        | AgreedForm::StampedLetter => {
            EvidenceDetails::InAppChat { platform: None, ticket_no: None, agent_no: None, body }
        }
    }
}

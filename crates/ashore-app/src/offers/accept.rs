use ashore_domain::{
    CaseEntry, CaseEntryId, CaseStep, ConfirmationForm as Form, EvidenceId, Fact, Proposal,
    Side as DomainSide,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::ProposalView;
use crate::session::{App, Unlocked};
use crate::view::day;
use crate::words::{ConfirmationForm, Side};
use crate::{AppError, ErrorCode, id, input};

/// Somebody said yes to an offer.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct AcceptOfferRequest {
    /// Which offer.
    pub proposal_id: Option<String>,
    /// Who said yes; the side that did not make it when absent.
    pub by: Option<Side>,
    /// How: by word of mouth when absent. Written means that the writing is linked.
    pub form: Option<ConfirmationForm>,
    /// On which day; today when absent.
    pub on: Option<String>,
    /// Records of it.
    pub evidence_ids: Vec<String>,
    /// In words.
    pub note: Option<String>,
}

/// What was said yes to and still lacks the lender's writing, with the message that asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct UnconfirmedView {
    /// The offer.
    pub proposal_id: String,
    /// The loan.
    pub loan_id: String,
    /// Its name.
    pub loan_name: String,
    /// Day of the spoken yes.
    pub said_on: String,
    /// Who said it.
    pub by: Side,
    /// Days since.
    pub days: u32,
    /// What is still to be confirmed: terms by their names, as in a difference.
    pub lacks: Vec<String>,
    /// The message that asks for it, ready to be sent after reading.
    pub message: String,
    /// The day to ask again.
    pub reply_by: String,
}

/// Working days a lender is given to answer (domain §10).
pub(crate) const REPLY_DAYS: u32 = 5;

impl App<Unlocked> {
    /// Records a yes. Spoken, it is no agreement: nothing that is owed changes, and the offer waits for writing.
    ///
    /// # Errors
    /// An unknown offer, a day to come, a closed case, or a written yes without the writing.
    pub fn accept_proposal(&mut self, request: &AcceptOfferRequest) -> Result<ProposalView, AppError> {
        let wanted = request.proposal_id.as_deref().unwrap_or("");
        let offer = self.proposal_known("proposal_id", wanted)?;
        let file = self.loan_file(offer.loan)?;
        self.case_is_open(&file)?;
        let now = self.clock.now();
        let on = input::day_or_today("on", request.on.as_deref(), now.date_naive())?;
        if on > now.date_naive() || on < offer.made_at.date_naive() {
            let message = "between the day of the offer and today";
            return Err(AppError::field(ErrorCode::DateOrder, "on", message));
        }
        if offer.expires_on.is_some_and(|last| on > last) {
            let message = "the offer had run out by that day; ask for a new one";
            return Err(AppError::field(ErrorCode::DateOrder, "on", message));
        }
        let form: Form = request.form.map_or(Form::Oral, Into::into);
        let evidence = request
            .evidence_ids
            .iter()
            .map(|text| id::parse::<EvidenceId>("evidence_ids", text))
            .collect::<Result<Vec<_>, _>>()?;
        if form == Form::Written && evidence.is_empty() {
            let message = "a yes in writing needs the writing: name the record that holds it";
            return Err(AppError::field(ErrorCode::EvidenceMissing, "evidence_ids", message));
        }
        let by = request.by.map(DomainSide::from).unwrap_or(match offer.by {
            DomainSide::Borrower => DomainSide::Lender,
            DomainSide::Lender => DomainSide::Borrower,
        });
        let entry = CaseEntry {
            id: CaseEntryId::from_bytes(id::fresh(now)?),
            loan: Some(offer.loan),
            on,
            step: CaseStep::Accepted { proposal: offer.id, by, form },
            evidence,
            note: input::words_or_none("note", request.note.as_deref())?,
        };
        self.state.vault.append(&[Fact::Case(entry)], Vec::new(), now)?;
        self.proposal(&offer.id.to_string())
    }

    /// Everything that was said yes to and lacks the lender's writing, the oldest first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn unconfirmed(&self) -> Result<Vec<UnconfirmedView>, AppError> {
        let mut found = Vec::new();
        for file in self.open_loan_files()? {
            let case = self.case_of(&file)?;
            for offer in &file.proposals {
                if let Some((on, by)) = case.spoken_yes(&file, offer) {
                    let records = [case.yes_evidence(offer.id), &offer.evidence].concat();
                    found.push(self.unconfirmed_view(&file, offer, (on, by), &records)?);
                }
            }
        }
        found.sort_by(|a, b| a.said_on.cmp(&b.said_on));
        Ok(found)
    }

    fn unconfirmed_view(
        &self,
        file: &crate::loans::LoanFile,
        offer: &Proposal,
        (on, by): (NaiveDate, DomainSide),
        records: &[EvidenceId],
    ) -> Result<UnconfirmedView, AppError> {
        let today = self.clock.today();
        let reply_by = self.working_days_after(today, REPLY_DAYS)?;
        let mut lacks = vec!["total".to_owned(), "first_due".to_owned(), "terms".to_owned()];
        lacks.extend(super::make::named(&offer.waived).map(|(bucket, _)| format!("waived.{bucket}")));
        let message = super::message::confirmation(&super::message::Said {
            file,
            offer,
            on,
            creditor: self.creditor(file)?.name,
            staff: self.staff_in(records)?,
            reply_by,
        });
        Ok(UnconfirmedView {
            proposal_id: offer.id.to_string(),
            loan_id: file.id().to_string(),
            loan_name: file.name().to_owned(),
            said_on: day(on),
            by: by.into(),
            days: u32::try_from((today - on).num_days()).unwrap_or(0),
            lacks,
            message,
            reply_by: day(reply_by),
        })
    }

    /// The lender's person in the records behind a yes and its offer, as they gave themselves.
    fn staff_in(&self, records: &[EvidenceId]) -> Result<Option<String>, AppError> {
        for record in self.those_that_stand(records)? {
            let of_theirs = |p: &ashore_domain::Person| p.role == ashore_domain::PersonRole::LenderStaff;
            if let Some(staff) = record.people.into_iter().find(of_theirs) {
                return Ok(staff.staff_no.map(|no| format!("工号 {no}")).or(staff.name));
            }
        }
        Ok(None)
    }

    /// So many working days after a day, as far as the holidays are known.
    pub(crate) fn working_days_after(&self, from: NaiveDate, days: u32) -> Result<NaiveDate, AppError> {
        let rules = self.rules()?;
        let mut on = from;
        for _ in 0..days {
            on = rules.set.holidays().working_from(on + chrono::TimeDelta::days(1));
        }
        Ok(on)
    }
}

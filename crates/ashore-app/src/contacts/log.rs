use ashore_domain::{
    AttachmentId, EventTime, EvidenceId, EvidenceRecord, Fact, LoanId, Outcome, Person, Promise, limits,
};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{ContactDetailView, DetailsForm};
use crate::session::{App, Unlocked};
use crate::words::{ConfirmationForm, Direction, OutcomeKind, PersonRole, Precision, TimeSource};
use crate::{AppError, ErrorCode, id, input};

/// Something that was said, sent or shown, as the borrower writes it down.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct LogContactRequest {
    /// The loans it concerns; none is allowed.
    #[serde(default)]
    pub loan_ids: Vec<String>,
    /// When: RFC 3339, or a local time on the Shanghai calendar; now when absent.
    #[serde(default)]
    pub at: Option<String>,
    /// How exact the time is.
    #[serde(default)]
    pub precision: Option<Precision>,
    /// Whose clock it comes from.
    #[serde(default)]
    pub time_source: Option<TimeSource>,
    /// From whom to whom.
    pub direction: Direction,
    /// Who took part.
    #[serde(default)]
    pub people: Vec<PersonForm>,
    /// One line in the borrower's words.
    pub summary: String,
    /// What came of it.
    #[serde(default)]
    pub outcomes: Vec<OutcomeForm>,
    /// What somebody undertook.
    #[serde(default)]
    pub promises: Vec<PromiseForm>,
    /// Free labels.
    #[serde(default)]
    pub tags: Vec<String>,
    /// Whether the lender confirmed something in it, and how.
    #[serde(default)]
    pub confirmation: Option<ConfirmationForm>,
    /// What only this kind has.
    pub details: DetailsForm,
    /// Handles of files staged before.
    #[serde(default)]
    pub files: Vec<String>,
    /// Which of these files are derived (a redaction, a transcript, a crop), and from which stored original.
    #[serde(default)]
    pub derived: Vec<DerivedFileForm>,
    /// Offers it belongs to; in a correction those of the corrected record when absent.
    #[serde(default)]
    pub proposal_ids: Option<Vec<String>>,
    /// Agreements it belongs to; in a correction those of the corrected record when absent.
    #[serde(default)]
    pub agreement_ids: Option<Vec<String>>,
    /// The record this one corrects. Its files stay with the new one, `files` adds to them; how they were obtained and
    /// the file it was read from are carried over too.
    #[serde(default)]
    pub corrects: Option<String>,
}

/// A file made from another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct DerivedFileForm {
    /// Handle of the staged file.
    pub handle: String,
    /// Id of the stored original, or the handle of another file of the same request.
    pub derived_from: String,
}

/// Someone who took part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the domain's `Person` explains them
pub struct PersonForm {
    pub role: PersonRole,
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub organisation: Option<String>,
    #[serde(default)]
    pub staff_no: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub handle: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the domain's `Outcome` explains them
pub struct OutcomeForm {
    pub kind: OutcomeKind,
    #[serde(default)]
    pub amount: Option<String>,
    #[serde(default)]
    pub terms: Option<u16>,
    #[serde(default)]
    pub on: Option<String>,
    #[serde(default)]
    pub text: Option<String>,
}

/// Something undertaken by a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the domain's `Promise` explains them
pub struct PromiseForm {
    pub by: PersonRole,
    pub what: String,
    #[serde(default)]
    pub due: Option<String>,
}

impl PersonForm {
    fn read(&self) -> Result<Person, AppError> {
        let line = |given: &Option<String>| input::words_or_none("people", given.as_deref());
        Ok(Person {
            role: self.role.into(),
            name: line(&self.name)?,
            organisation: line(&self.organisation)?,
            staff_no: line(&self.staff_no)?,
            phone: line(&self.phone)?,
            email: line(&self.email)?,
            handle: line(&self.handle)?,
        })
    }

    pub(super) fn of(person: &Person) -> Self {
        let Person { role, name, organisation, staff_no, phone, email, handle } = person.clone();
        Self { role: role.into(), name, organisation, staff_no, phone, email, handle }
    }
}

impl OutcomeForm {
    fn read(&self) -> Result<Outcome, AppError> {
        if self.terms.is_some_and(|n| n == 0 || n > limits::TERMS_MAX) {
            return Err(AppError::field(ErrorCode::CountOutOfRange, "outcomes.terms", "between 1 and 600"));
        }
        Ok(Outcome {
            kind: self.kind.into(),
            amount: input::amount_or_none("outcomes.amount", self.amount.as_deref())?,
            terms: self.terms,
            on: input::date_or_none("outcomes.on", self.on.as_deref())?,
            text: input::words_or_none("outcomes.text", self.text.as_deref())?,
        })
    }

    pub(super) fn of(outcome: &Outcome) -> Self {
        Self {
            kind: outcome.kind.into(),
            amount: outcome.amount.map(|a| a.to_string()),
            terms: outcome.terms,
            on: outcome.on.map(crate::view::day),
            text: outcome.text.clone(),
        }
    }
}

impl PromiseForm {
    fn read(&self) -> Result<Promise, AppError> {
        Ok(Promise {
            by: self.by.into(),
            what: input::words("promises.what", &self.what)?,
            due: input::date_or_none("promises.due", self.due.as_deref())?,
        })
    }

    pub(super) fn of(promise: &Promise) -> Self {
        Self { by: promise.by.into(), what: promise.what.clone(), due: promise.due.map(crate::view::day) }
    }
}

fn ids<T: std::str::FromStr>(field: &str, given: &[String]) -> Result<Vec<T>, AppError> {
    given.iter().map(|text| id::parse(field, text)).collect()
}

/// As asked for; as it was when nothing was said of it.
fn ids_or<T: std::str::FromStr + Copy>(
    field: &str,
    given: Option<&[String]>,
    before: Option<&[T]>,
) -> Result<Vec<T>, AppError> {
    given.map_or_else(|| Ok(before.unwrap_or_default().to_vec()), |given| ids(field, given))
}

impl App<Unlocked> {
    /// Writes down a contact with its files and its link in the chain, all in one transaction.
    ///
    /// # Errors
    /// A field that cannot be read, a time in the future, an unknown loan, a file that was not staged, or a record to
    /// correct that is unknown, was deleted or was corrected before.
    pub fn log_contact(&mut self, request: &LogContactRequest) -> Result<ContactDetailView, AppError> {
        let old = request.corrects.as_deref().map(|id| self.standing("corrects", id)).transpose()?;
        let record = self.read_contact(request, old.as_ref())?;
        self.store_contact(record, &request.files)
    }

    /// Appends a record with the staged files it names.
    pub(super) fn store_contact(
        &mut self,
        record: EvidenceRecord,
        handles: &[String],
    ) -> Result<ContactDetailView, AppError> {
        let record_id = record.id.to_string();
        let now = self.clock.now();
        let mut facts = self.promises_kept_before(&record, now)?;
        facts.insert(0, Fact::Evidence(record));
        let staged = handles.iter().filter_map(|handle| self.state.staged.remove(handle)).collect();
        self.state.vault.append(&facts, staged, now)?;
        self.contact(&record_id)
    }

    /// The stored, or staged, file a derived one was made from.
    fn original_of(
        &self,
        form: &DerivedFileForm,
        request: &LogContactRequest,
    ) -> Result<AttachmentId, AppError> {
        if form.derived_from == form.handle {
            let message = "a file cannot be a copy of itself";
            return Err(AppError::field(ErrorCode::BadRequest, "derived", message));
        }
        let beside = request.files.iter().find(|handle| **handle == form.derived_from);
        match beside.and_then(|handle| self.state.staged.get(handle)) {
            Some(staged) => Ok(staged.file().attachment),
            None => id::parse("derived", &form.derived_from),
        }
    }

    fn read_contact(
        &self,
        request: &LogContactRequest,
        old: Option<&EvidenceRecord>,
    ) -> Result<EvidenceRecord, AppError> {
        let now = self.clock.now();
        let given = request.at.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let at = given.map_or(Ok(now), |text| input::instant("at", text))?;
        if at > now + chrono::TimeDelta::minutes(5) {
            return Err(AppError::field(ErrorCode::DateOrder, "at", "this time has not come yet"));
        }
        let loans: Vec<LoanId> = ids("loan_ids", &request.loan_ids)?;
        let known = self.loan_names()?;
        if let Some(unknown) = loans.iter().find(|loan| !known.contains_key(loan)) {
            return Err(AppError::field(
                ErrorCode::NotFound,
                "loan_ids",
                format!("no loan is known by the id {unknown}"),
            ));
        }
        let files = request
            .files
            .iter()
            .map(|handle| {
                let staged = self.state.staged.get(handle).ok_or_else(|| {
                    let message = "this file is no longer at hand; choose it again";
                    AppError::field(ErrorCode::NotFound, "files", message)
                })?;
                let mut file = staged.file().clone();
                if let Some(form) = request.derived.iter().find(|form| form.handle == *handle) {
                    file.original = false;
                    file.derived_from = Some(self.original_of(form, request)?);
                }
                Ok(file)
            })
            .collect::<Result<Vec<_>, AppError>>()?;
        if let Some(form) = request.derived.iter().find(|form| !request.files.contains(&form.handle)) {
            let message = format!("{} is not among the files", form.handle);
            return Err(AppError::field(ErrorCode::NotFound, "derived", message));
        }
        // What was read from a file has no line of the borrower's own, and needs none.
        let wordless =
            request.summary.trim().is_empty() && old.is_some_and(|record| record.imported.is_some());
        Ok(EvidenceRecord {
            id: EvidenceId::from_bytes(id::fresh(now)?),
            loans,
            proposals: ids_or(
                "proposal_ids",
                request.proposal_ids.as_deref(),
                old.map(|record| record.proposals.as_slice()),
            )?,
            agreements: ids_or(
                "agreement_ids",
                request.agreement_ids.as_deref(),
                old.map(|record| record.agreements.as_slice()),
            )?,
            happened: EventTime {
                at,
                precision: request.precision.unwrap_or(Precision::Minute).into(),
                source: request.time_source.unwrap_or(TimeSource::User).into(),
            },
            people: request.people.iter().map(PersonForm::read).collect::<Result<_, _>>()?,
            direction: request.direction.into(),
            summary: if wordless { String::new() } else { input::words("summary", &request.summary)? },
            outcomes: request.outcomes.iter().map(OutcomeForm::read).collect::<Result<_, _>>()?,
            promises: request.promises.iter().map(PromiseForm::read).collect::<Result<_, _>>()?,
            language: old.map_or_else(|| "zh-CN".to_owned(), |record| record.language.clone()),
            tags: request.tags.iter().map(|tag| input::words("tags", tag)).collect::<Result<_, _>>()?,
            files: old.iter().flat_map(|record| record.files.iter().cloned()).chain(files).collect(),
            extraction: old.and_then(|record| record.extraction.clone()),
            details: request.details.read()?,
            corrects: old.map(|record| record.id),
            confirmation: request.confirmation.map(Into::into),
            imported: old.and_then(|record| record.imported),
        })
    }
}

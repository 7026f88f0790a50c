use ashore_domain::{CaseEntry, CaseStep, Fact, LoanCorrected, LoanParty, Party, PartyId, PartyRole as Role};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::PartyRecordView;
use crate::loans::LoanFile;
use crate::rules::case_rules;
use crate::session::{App, Unlocked};
use crate::view::{Fraction, day};
use crate::wire::read;
use crate::words::{Answer, LenderKind, PartyRole};
use crate::{AppError, ErrorCode, id, input};

/// Who is what around one loan. One brand often hides three of them.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SetLoanPartiesRequest {
    /// Which loan.
    pub loan_id: String,
    /// Everyone, the ones already known among them: who is left out is no longer around it.
    pub parties: Vec<PartyPlaceForm>,
}

/// A party's place in a loan: a known party by its id, or a new one by its name.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct PartyPlaceForm {
    /// A known party.
    pub party_id: Option<String>,
    /// A party not known yet.
    pub name: Option<String>,
    /// What it legally is, when it is not known yet.
    pub lender_kind: Option<LenderKind>,
    /// As what; needed.
    pub role: Option<PartyRole>,
    /// A funder's share as a fraction, `"0.7"`.
    pub share: Option<String>,
    /// Since when.
    pub since: Option<String>,
    /// How the borrower knows; needed of the present creditor.
    pub known_by: Option<String>,
}

/// A party's place in a loan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct PartyPlaceView {
    pub role: PartyRole,
    pub share: Option<Fraction>,
    pub since: Option<String>,
    pub known_by: Option<String>,
    pub party: PartyRecordView,
    /// What the borrower sees of its standing.
    pub legitimacy: Vec<LegitimacyView>,
}

/// A question on a platform's standing, with the borrower's answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct LegitimacyView {
    pub id: String,
    pub title: String,
    pub title_en: String,
    pub why: String,
    pub why_en: String,
    pub answer: Option<Answer>,
}

/// What the borrower sees of a platform's standing.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SetLegitimacyRequest {
    /// Whose.
    pub party_id: String,
    /// Question by question.
    pub answers: Vec<LegitimacyAnswer>,
    /// Records that show it.
    #[serde(default)]
    pub evidence_ids: Vec<String>,
}

/// One answer.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)]
pub struct LegitimacyAnswer {
    pub id: String,
    pub answer: Answer,
}

impl App<Unlocked> {
    /// Says who is what around a loan. The earlier description stays readable.
    ///
    /// # Errors
    /// An unknown loan or party, shares above the whole, two present creditors, or one without saying how it is known.
    pub fn set_loan_parties(
        &mut self,
        request: &SetLoanPartiesRequest,
    ) -> Result<Vec<PartyPlaceView>, AppError> {
        let file = self.loan_file(id::parse("loan_id", &request.loan_id)?)?;
        if file.state.closed.is_some() {
            return Err(AppError::field(ErrorCode::AlreadyClosed, "loan_id", "this loan is closed"));
        }
        let now = self.clock.now();
        let mut facts = Vec::new();
        let mut places = Vec::new();
        let mut fresh: Vec<(String, PartyId)> = Vec::new();
        let stood = &file.state.loan.parties;
        for (k, form) in request.parties.iter().enumerate() {
            places.push(self.read_place(form, &format!("parties.{k}"), stood, &mut fresh, &mut facts)?);
        }
        let shares: Decimal = places.iter().filter(|p| p.role == Role::Funder).filter_map(|p| p.share).sum();
        if shares > Decimal::ONE {
            return Err(AppError::field(
                ErrorCode::RateOutOfRange,
                "parties.share",
                "shares are above the whole",
            ));
        }
        if places.iter().filter(|p| p.role == Role::CurrentCreditor).count() > 1 {
            let message = "a debt has one present creditor; the others are funders";
            return Err(AppError::field(ErrorCode::BadRequest, "parties.role", message));
        }
        let mut loan = file.state.loan.clone();
        loan.parties = places;
        facts.push(Fact::LoanCorrected(LoanCorrected { loan, reason: "当事方".to_owned() }));
        self.state.vault.append(&facts, Vec::new(), now)?;
        self.parties_around(&self.loan_file(file.id())?)
    }

    fn read_place(
        &self,
        form: &PartyPlaceForm,
        at: &str,
        stood: &[LoanParty],
        fresh: &mut Vec<(String, PartyId)>,
        facts: &mut Vec<Fact>,
    ) -> Result<LoanParty, AppError> {
        let field = |name: &str| format!("{at}.{name}");
        let role: Role = form
            .role
            .ok_or_else(|| AppError::field(ErrorCode::FieldMissing, &field("role"), "this is needed"))?
            .into();
        let party = match (&form.party_id, &form.name) {
            (Some(text), _) => self.party_known(id::parse(&field("party_id"), text)?)?,
            (None, Some(name)) => {
                let name = input::line(&field("name"), name)?;
                let known = self.state.vault.parties()?;
                let same = |p: &&Party| p.name == name || p.legal_name.as_deref() == Some(name.as_str());
                if let Some(party) = known.iter().find(same) {
                    facts.extend(of_kind(party, form.lender_kind));
                    party.id
                } else if let Some((_, id)) = fresh.iter().find(|(n, _)| *n == name) {
                    *id
                } else {
                    let id = PartyId::from_bytes(id::fresh(self.clock.now())?);
                    fresh.push((name.clone(), id));
                    facts.push(Fact::Party(Party {
                        id,
                        name,
                        legal_name: None,
                        lender_kind: form.lender_kind.map(Into::into).unwrap_or_default(),
                        aliases: Vec::new(),
                        contacts: Vec::new(),
                        licence: None,
                        note: None,
                    }));
                    id
                }
            }
            (None, None) => {
                return Err(AppError::field(ErrorCode::FieldMissing, &field("name"), "this is needed"));
            }
        };
        let known_by = input::words_or_none(&field("known_by"), form.known_by.as_deref())?;
        // One that stands there already may have come from the loan's own form, which does not ask.
        let stands = stood.iter().any(|place| place.party == party && place.role == role);
        if role == Role::CurrentCreditor && known_by.is_none() && !stands {
            let message = "say how it is known: contract page, notice of assignment, call";
            return Err(AppError::field(ErrorCode::FieldMissing, &field("known_by"), message));
        }
        let share = form.share.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let share = share.map(|text| read::fraction(&field("share"), text)).transpose()?;
        if share.is_some_and(|share| share.is_sign_negative() || share > Decimal::ONE) {
            return Err(AppError::field(ErrorCode::RateOutOfRange, &field("share"), "between 0 and 1"));
        }
        let since = input::date_or_none(&field("since"), form.since.as_deref())?;
        Ok(LoanParty { party, role, share, since, known_by })
    }

    /// Answers the questions on a platform's standing from what the borrower sees.
    ///
    /// # Errors
    /// An unknown party or question.
    pub fn set_legitimacy(
        &mut self,
        request: &SetLegitimacyRequest,
    ) -> Result<Vec<LegitimacyView>, AppError> {
        let party = self.party_known(id::parse("party_id", &request.party_id)?)?;
        let known = &case_rules()?.legitimacy;
        if let Some(odd) = request.answers.iter().find(|given| !known.iter().any(|row| row.id == given.id)) {
            let message = format!("there is no question {}", odd.id);
            return Err(AppError::field(ErrorCode::NotFound, "answers", message));
        }
        let answers = request.answers.iter().map(|given| (given.id.clone(), given.answer.into())).collect();
        let evidence = request
            .evidence_ids
            .iter()
            .map(|text| id::parse("evidence_ids", text))
            .collect::<Result<_, _>>()?;
        self.append_step(None, CaseStep::Legitimacy { party, answers }, evidence, None)?;
        legitimacy_of(party, &self.state.vault.case_entries()?)
    }

    pub(crate) fn parties_around(&self, file: &LoanFile) -> Result<Vec<PartyPlaceView>, AppError> {
        let parties = self.state.vault.parties()?;
        let entries = self.state.vault.case_entries()?;
        let mut places = Vec::new();
        for place in &file.state.loan.parties {
            let Some(party) = parties.iter().find(|party| party.id == place.party) else { continue };
            places.push(PartyPlaceView {
                role: place.role.into(),
                share: place.share.map(Into::into),
                since: place.since.map(day),
                known_by: place.known_by.clone(),
                party: PartyRecordView::of(party),
                legitimacy: legitimacy_of(party.id, &entries)?,
            });
        }
        Ok(places)
    }

    /// Who is what around a loan.
    ///
    /// # Errors
    /// An unknown loan.
    pub fn loan_parties(&self, loan_id: &str) -> Result<Vec<PartyPlaceView>, AppError> {
        self.parties_around(&self.loan_file(id::parse("loan_id", loan_id)?)?)
    }
}

fn legitimacy_of(party: PartyId, entries: &[CaseEntry]) -> Result<Vec<LegitimacyView>, AppError> {
    let answered = |question: &str| {
        entries.iter().rev().find_map(|entry| match &entry.step {
            CaseStep::Legitimacy { party: of, answers } if *of == party => {
                answers.iter().find(|(id, _)| id == question).map(|(_, answer)| (*answer).into())
            }
            _ => None,
        })
    };
    let rows = case_rules()?.legitimacy.iter();
    Ok(rows
        .map(|row| LegitimacyView {
            id: row.id.clone(),
            title: row.title.clone(),
            title_en: row.title_en.clone(),
            why: row.why.clone(),
            why_en: row.why_en.clone(),
            answer: answered(&row.id),
        })
        .collect())
}

/// A party known by its name whose kind nobody had said yet is described anew with the kind given now.
fn of_kind(party: &Party, kind: Option<LenderKind>) -> Option<Fact> {
    let kind = kind.map(ashore_domain::LenderKind::from)?;
    let told = party.lender_kind == ashore_domain::LenderKind::Unknown && kind != party.lender_kind;
    told.then(|| Fact::Party(Party { lender_kind: kind, ..party.clone() }))
}

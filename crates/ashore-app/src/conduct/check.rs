use std::collections::BTreeMap;

use ashore_domain::{
    CallStatus, Direction, EvidenceDetails, EvidenceId, EvidenceRecord, LenderKind, LoanId, OutcomeKind,
    Person, PersonRole, ProductKind,
};
use ashore_engine::{ConductFact, Contact, ContactTarget, ContactWay, conduct};
use ashore_vault::{EvidenceFilter, EvidenceMark, EvidenceState};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::agreed::Agreed;
use super::consent::hours;
use crate::session::{App, Unlocked};
use crate::view::day;
use crate::wire::ConductFindingShape;
use crate::words::ReviewVerdict;
use crate::{AppError, id};

/// Which contacts to check.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct CheckConductRequest {
    /// Only of this loan.
    #[serde(default)]
    pub loan_id: Option<String>,
    /// Hours in which the borrower agreed to be contacted, such as `21:00-23:00`, beside those kept in the vault.
    #[serde(default)]
    pub consented_hours: Vec<String>,
}

/// What may not fit a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ConductView {
    /// How many contacts count: those with a collector, or labelled so by the borrower.
    pub checked: u32,
    /// Hours in which the borrower agreed to be contacted, as kept in the vault.
    pub consented_hours: Vec<String>,
    /// The findings, the latest day first.
    pub findings: Vec<ConductCard>,
}

/// Some contacts that may not fit a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the engine's finding explains them
pub struct ConductCard {
    pub rule: String,
    pub title: String,
    pub title_en: String,
    pub source: String,
    pub confidence: String,
    /// The day the rule was checked last.
    pub as_of: String,
    /// That was long ago; it may have changed.
    pub stale: bool,
    /// The rule is the borrower's own.
    pub own: bool,
    pub day: String,
    /// Whose contacts; empty when nothing tells who it was.
    pub lender: String,
    /// `quiet_hours`, `effective_calls`, `attempts`, `third_party`, `after_agreement` or `words`.
    pub kind: String,
    /// Counted, where something is counted.
    pub count: Option<u32>,
    /// The rule's number, where it has one.
    pub limit: Option<u32>,
    /// Words found.
    pub words: Vec<String>,
    /// Always "may not fit … please check by hand", in Chinese.
    pub wording: String,
    /// The records it rests on.
    pub contacts: Vec<ConductContact>,
    /// What the borrower thinks of it.
    pub verdict: Option<ReviewVerdict>,
}

/// A record a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the record explains them
pub struct ConductContact {
    pub id: String,
    pub at: String,
    pub summary: String,
}

/// Labels with which a borrower marks a contact as collection.
const LABELS: [&str; 2] = ["催收", "collection"];

impl App<Unlocked> {
    /// Holds the recorded contacts of collectors against the rules in force on their days. Only contacts that came in,
    /// with a collector among the people or the label 催收, count; corrected and deleted records do not.
    ///
    /// # Errors
    /// An unknown loan, hours that cannot be read, or the vault cannot be read.
    pub fn check_conduct(&self, request: &CheckConductRequest) -> Result<ConductView, AppError> {
        let loan: Option<LoanId> =
            request.loan_id.as_deref().map(|text| id::parse("loan_id", text)).transpose()?;
        let kept = self.consented_hours()?;
        let consented = hours(kept.iter().chain(&request.consented_hours))?;
        let lenders = self.lenders_of_loans()?;
        // Of very many messages few are of collectors, and only those are read.
        let of_collectors = EvidenceFilter {
            with: Some(EvidenceMark::CollectorOr(&LABELS)),
            ..EvidenceFilter::standing(loan)
        };
        let found = self.state.vault.evidence(&of_collectors)?;
        let records: Vec<&EvidenceRecord> =
            found.iter().map(|state| &state.record).filter(|record| is_collection(record)).collect();
        let mut agreed = Agreed::new(self);
        let mut contacts: Vec<Contact> = Vec::with_capacity(records.len());
        // A record about loans of several lenders is a contact of each; this says which record a contact is.
        let mut of: Vec<&EvidenceRecord> = Vec::with_capacity(records.len());
        for record in &records {
            for (behind, loans) in callers(record, &lenders) {
                // Asked about one loan, what the record is to other lenders is not the matter.
                if loan.is_some_and(|asked| !loans.contains(&asked)) {
                    continue;
                }
                contacts.push(Contact { agreed: agreed.kept(record, &loans)?, ..contact(record, behind) });
                of.push(record);
            }
        }
        let (rules, today) = (self.rules()?, self.clock.today());
        let reviews = self.state.vault.conduct_reviews()?;
        let mut findings: Vec<ConductCard> = conduct(&contacts, &consented, &rules.set)
            .iter()
            .map(|finding| {
                let shape = ConductFindingShape::of(finding);
                let cited: Vec<&EvidenceRecord> =
                    finding.contacts.iter().filter_map(|place| of.get(*place).copied()).collect();
                let ids: Vec<EvidenceId> = cited.iter().map(|record| record.id).collect();
                let verdict = reviews.iter().rev().find(|r| r.rule == shape.rule && r.records == ids);
                ConductCard {
                    stale: rules.set.stale(&finding.rule.rule, today).is_some(),
                    ..card(shape, &finding.rule.rule, &cited, verdict.map(|review| review.verdict.into()))
                }
            })
            .collect();
        findings.sort_by(|a, b| b.day.cmp(&a.day));
        let checked = u32::try_from(records.len()).unwrap_or(u32::MAX);
        Ok(ConductView { checked, consented_hours: kept, findings })
    }

    /// Those of these records that came in hours a rule keeps quiet, with the hours; what the borrower dismissed is
    /// left out.
    pub(crate) fn quiet_among(
        &self,
        states: &[EvidenceState],
    ) -> Result<BTreeMap<EvidenceId, String>, AppError> {
        let open = |state: &&EvidenceState| state.corrected_by.is_none() && state.removed.is_none();
        let records: Vec<&EvidenceRecord> = states
            .iter()
            .filter(open)
            .map(|state| &state.record)
            .filter(|record| is_collection(record))
            .collect();
        let mut quiet = BTreeMap::new();
        if records.is_empty() {
            return Ok(quiet);
        }
        let consented = hours(self.consented_hours()?.iter())?;
        let lenders = self.lenders_of_loans()?;
        // Hours are the same whoever it was for: one contact of each record is enough.
        let contact_of = |record: &&EvidenceRecord| {
            let (behind, _) = callers(record, &lenders).into_iter().next()?;
            Some(contact(record, behind))
        };
        let contacts: Vec<Contact> = records.iter().filter_map(contact_of).collect();
        let rules = self.rules()?;
        let reviews = self.state.vault.conduct_reviews()?;
        for finding in conduct(&contacts, &consented, &rules.set) {
            let ConductFact::QuietHours { hours } = &finding.what else { continue };
            let span = format!("{}-{}", hours.from.format("%H:%M"), hours.to.format("%H:%M"));
            let rule = &finding.rule.rule.id;
            for record in finding.contacts.iter().filter_map(|place| records.get(*place)) {
                let review = reviews.iter().rev().find(|r| r.rule == *rule && r.records.contains(&record.id));
                let dismissed =
                    review.is_some_and(|r| ReviewVerdict::from(r.verdict) == ReviewVerdict::Dismissed);
                if !dismissed {
                    quiet.insert(record.id, span.clone());
                }
            }
        }
        Ok(quiet)
    }

    /// Name and kind of whoever lends, by loan: one lender calls from many numbers.
    fn lenders_of_loans(&self) -> Result<BTreeMap<LoanId, Behind>, AppError> {
        use ashore_domain::PartyRole as R;
        let parties = self.state.vault.parties()?;
        let order = [R::CurrentCreditor, R::Assignee, R::Funder, R::Platform];
        let loans = self.state.vault.loans()?;
        Ok(loans
            .into_iter()
            .map(|state| {
                let of = |role: &R| state.loan.parties.iter().find(|place| place.role == *role);
                let place = order.iter().find_map(of);
                let party = place.and_then(|place| parties.iter().find(|party| party.id == place.party));
                let known = party.map(|party| (party.name.clone(), party.lender_kind));
                let card =
                    matches!(state.loan.product, ProductKind::CreditCard | ProductKind::CreditCardInstalment);
                let (name, kind) = known.unwrap_or((state.loan.name, LenderKind::Unknown));
                (state.loan.id, Behind { name, kind, card })
            })
            .collect())
    }
}

/// Who stands behind a loan, and what it is.
#[derive(Debug, Clone)]
struct Behind {
    name: String,
    kind: LenderKind,
    card: bool,
}

fn is_collection(record: &EvidenceRecord) -> bool {
    use ashore_domain::EvidenceKind as E;
    let kind = matches!(
        record.details.kind(),
        E::Call | E::Sms | E::Email | E::ImChat | E::InAppChat | E::VisitNote | E::Letter
    );
    let collector = record.people.iter().any(|person| person.role == PersonRole::Collector);
    kind && (collector || record.tags.iter().any(|tag| LABELS.contains(&tag.as_str())))
}

/// Begins the key of a contact of which nothing tells whose it was.
const NOBODY: char = '\0';

/// For whom a contact was: every lender of its loans, each with those loans. Without a loan it is the organisation named;
/// somebody unknown is told apart by the number, or account, and is never the same as another unknown one.
fn callers(record: &EvidenceRecord, lenders: &BTreeMap<LoanId, Behind>) -> Vec<(Behind, Vec<LoanId>)> {
    let mut callers: Vec<(Behind, Vec<LoanId>)> = Vec::new();
    for loan in &record.loans {
        let Some(behind) = lenders.get(loan) else { continue };
        match callers.iter_mut().find(|(known, _)| known.name == behind.name) {
            Some((known, loans)) => {
                known.card |= behind.card;
                loans.push(*loan);
            }
            None => callers.push((behind.clone(), vec![*loan])),
        }
    }
    if callers.is_empty() {
        let said = |of: fn(&Person) -> Option<&String>| {
            let mut said = theirs(record).filter_map(of).map(|text| text.trim());
            said.find(|text| !text.is_empty()).map(str::to_owned)
        };
        let name = said(|person| person.organisation.as_ref())
            .or_else(|| number(record))
            .or_else(|| said(|person| person.email.as_ref().or(person.handle.as_ref())))
            .unwrap_or_else(|| format!("{NOBODY}{}", record.id));
        callers.push((Behind { name, kind: LenderKind::Unknown, card: false }, Vec::new()));
    }
    callers
}

/// Those who may have called: neither the borrower nor somebody who was called too.
fn theirs(record: &EvidenceRecord) -> impl Iterator<Item = &Person> {
    use PersonRole as R;
    record.people.iter().filter(|person| !matches!(person.role, R::User | R::ThirdParty))
}

/// The number, or address, a contact came from.
fn number(record: &EvidenceRecord) -> Option<String> {
    use EvidenceDetails as D;
    let named = match &record.details {
        D::Call { number, .. } => number.clone(),
        D::Sms { address, .. } => address.clone(),
        D::Email { from, .. } => from.clone(),
        _ => None,
    };
    let number = named.or_else(|| theirs(record).find_map(|person| person.phone.clone()))?;
    let number: String = number.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (!number.is_empty()).then_some(number)
}

fn contact(record: &EvidenceRecord, behind: Behind) -> Contact {
    use EvidenceDetails as D;
    let (way, duration_s, connected, text) = match &record.details {
        D::Call { duration_s, status, transcript, .. } => {
            (ContactWay::Call, duration_s.unwrap_or(0), *status == CallStatus::Answered, transcript.clone())
        }
        D::Sms { body, .. } | D::Email { body, .. } | D::ImChat { body, .. } | D::InAppChat { body, .. } => {
            (ContactWay::Written, 0, false, Some(body.clone()))
        }
        D::VisitNote { body, .. } => (ContactWay::Other, 0, true, Some(body.clone())),
        _ => (ContactWay::Other, 0, true, None),
    };
    let Behind { name: lender, kind, card } = behind;
    let third = record.people.iter().any(|person| person.role == PersonRole::ThirdParty)
        || record.outcomes.iter().any(|outcome| outcome.kind == OutcomeKind::ThirdPartyContacted);
    Contact {
        at: record.happened.at,
        way,
        incoming: record.direction == Direction::Incoming
            || record.direction == Direction::None && way == ContactWay::Other,
        duration_s,
        connected,
        number: number(record),
        lender,
        lender_kind: (kind != LenderKind::Unknown).then_some(kind),
        target: if third { ContactTarget::ThirdParty } else { ContactTarget::Debtor },
        card,
        agreed: false,
        text,
    }
}

fn card(
    shape: ConductFindingShape,
    rule: &ashore_engine::rules::Rule,
    cited: &[&EvidenceRecord],
    verdict: Option<ReviewVerdict>,
) -> ConductCard {
    use crate::wire::ConductFactShape as F;
    let whole = |number: usize| u32::try_from(number).ok();
    let (kind, count, limit, words) = match shape.facts.what {
        F::QuietHours { .. } => ("quiet_hours", whole(cited.len()), None, Vec::new()),
        F::EffectiveCalls { count, limit, .. } => ("effective_calls", whole(count), whole(limit), Vec::new()),
        F::Attempts { count, limit, .. } => ("attempts", whole(count), whole(limit), Vec::new()),
        F::ThirdParty { .. } => ("third_party", whole(cited.len()), None, Vec::new()),
        F::AfterAgreement => ("after_agreement", whole(cited.len()), None, Vec::new()),
        F::Words { words, .. } => ("words", None, None, words),
    };
    let confidence = serde_json::to_value(shape.confidence).ok();
    ConductCard {
        rule: shape.rule,
        title: rule.title.clone(),
        title_en: rule.title_en.clone(),
        source: shape.source,
        as_of: day(rule.as_of),
        stale: false,
        own: rule.evidence == ashore_engine::rules::EvidenceGrade::User,
        confidence: confidence.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default(),
        day: serde_json::to_value(shape.facts.day)
            .ok()
            .and_then(|day| day.as_str().map(str::to_owned))
            .unwrap_or_default(),
        lender: Some(shape.facts.lender).filter(|name| !name.starts_with(NOBODY)).unwrap_or_default(),
        kind: kind.to_owned(),
        count,
        limit,
        words,
        wording: shape.wording,
        contacts: cited
            .iter()
            .map(|record| ConductContact {
                id: record.id.to_string(),
                at: record.happened.at.to_rfc3339(),
                summary: record.summary.clone(),
            })
            .collect(),
        verdict,
    }
}

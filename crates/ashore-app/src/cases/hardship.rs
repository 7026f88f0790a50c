use ashore_domain::{CaseEntry, CaseEntryId, CaseStep, EvidenceId, Fact, Hardship};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::session::{App, Unlocked};
use crate::view::day;
use crate::words::HardshipKind;
use crate::{AppError, ErrorCode, id, input};

/// What befell the borrower, as they write it down. Every letter takes it from here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // the domain's `Hardship` explains them
pub struct HardshipForm {
    pub kind: HardshipKind,
    pub what: String,
    pub since: String,
    #[serde(default)]
    pub until: Option<String>,
    #[serde(default)]
    pub income_before: Option<String>,
    #[serde(default)]
    pub income_now: Option<String>,
    #[serde(default)]
    pub turning_point: Option<String>,
    /// Records that prove it.
    #[serde(default)]
    pub evidence_ids: Vec<String>,
}

/// The latest description, and how often it was described before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct HardshipView {
    /// The entry.
    pub id: String,
    /// When it was stated.
    pub stated_on: String,
    /// As stated.
    pub form: HardshipForm,
    /// What each proof is, in the order of `form.evidence_ids`.
    pub proofs: Vec<String>,
    /// Earlier descriptions; they stay readable.
    pub earlier: u32,
}

impl App<Unlocked> {
    /// States what happened. An earlier description stays in the record.
    ///
    /// # Errors
    /// A field that cannot be read, or a beginning still to come.
    pub fn set_hardship(&mut self, form: &HardshipForm) -> Result<HardshipView, AppError> {
        let now = self.clock.now();
        let since = input::date("since", &form.since)?;
        if since > now.date_naive() {
            return Err(AppError::field(ErrorCode::DateOrder, "since", "this day has not come yet"));
        }
        let until = input::date_or_none("until", form.until.as_deref())?;
        if until.is_some_and(|until| until < since) {
            return Err(AppError::field(ErrorCode::DateOrder, "until", "before it began"));
        }
        let evidence = form
            .evidence_ids
            .iter()
            .map(|text| id::parse::<EvidenceId>("evidence_ids", text))
            .collect::<Result<_, _>>()?;
        let entry = CaseEntry {
            id: CaseEntryId::from_bytes(id::fresh(now)?),
            loan: None,
            on: now.date_naive(),
            step: CaseStep::Hardship(Hardship {
                kind: form.kind.into(),
                what: input::words("what", &form.what)?,
                since,
                until,
                income_before: input::amount_or_none("income_before", form.income_before.as_deref())?,
                income_now: input::amount_or_none("income_now", form.income_now.as_deref())?,
                turning_point: input::words_or_none("turning_point", form.turning_point.as_deref())?,
            }),
            evidence,
            note: None,
        };
        self.state.vault.append(&[Fact::Case(entry)], Vec::new(), now)?;
        self.hardship()?.ok_or_else(|| AppError::new(ErrorCode::NotFound, "it was not recorded"))
    }

    /// What befell the borrower, as last stated.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn hardship(&self) -> Result<Option<HardshipView>, AppError> {
        let entries = self.state.vault.case_entries()?;
        let mut stated = entries.iter().rev().filter_map(|entry| match &entry.step {
            CaseStep::Hardship(hardship) => Some((entry, hardship)),
            _ => None,
        });
        let Some((entry, hardship)) = stated.next() else { return Ok(None) };
        let proofs = self.those_that_stand(&entry.evidence)?;
        Ok(Some(HardshipView {
            id: entry.id.to_string(),
            stated_on: day(entry.on),
            form: HardshipForm {
                kind: hardship.kind.into(),
                what: hardship.what.clone(),
                since: day(hardship.since),
                until: hardship.until.map(day),
                income_before: hardship.income_before.map(|a| a.to_string()),
                income_now: hardship.income_now.map(|a| a.to_string()),
                turning_point: hardship.turning_point.clone(),
                evidence_ids: proofs.iter().map(|record| record.id.to_string()).collect(),
            },
            proofs: proofs.into_iter().map(|record| record.summary).collect(),
            earlier: u32::try_from(stated.count()).unwrap_or(u32::MAX),
        }))
    }
}

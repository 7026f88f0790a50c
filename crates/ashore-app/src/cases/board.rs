use ashore_domain::CaseStage as Stage;
use serde::Serialize;
use specta::Type;

use super::stage::Prepared;
use super::{CaseFile, CaseStep};
use crate::AppError;
use crate::loans::LoanFile;
use crate::offers::UnconfirmedView;
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};
use crate::words::{CaseStage, LenderKind};

/// Every case at a glance, the ones that wait for the borrower first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CaseBoardView {
    /// The cases.
    pub cases: Vec<CaseCard>,
    /// What was said yes to and lacks writing.
    pub unconfirmed: Vec<UnconfirmedView>,
    /// The hardship is stated.
    pub hardship_stated: bool,
}

/// One case at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct CaseCard {
    pub loan_id: String,
    pub loan_name: String,
    pub lender: Option<String>,
    pub lender_kind: LenderKind,
    pub stage: CaseStage,
    pub next: CaseStep,
    pub owed: Yuan,
    pub overdue_days: u32,
    /// Papers that are needed and missing.
    pub missing_papers: u32,
    /// Offers made so far.
    pub offers: u32,
    pub last_contact: Option<String>,
    /// Tasks that are not done.
    pub open_tasks: u32,
}

impl App<Unlocked> {
    /// Every case at a glance.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn case_board(&self) -> Result<CaseBoardView, AppError> {
        let mut cases = Vec::new();
        for file in self.open_loan_files()? {
            let case = self.case_of(&file)?;
            cases.push(self.case_card(&file, &case)?);
        }
        let waiting = |stage: CaseStage| match Stage::from(stage) {
            Stage::Breached => 0,
            Stage::OrallyAgreed => 1,
            Stage::Drafted => 2,
            Stage::Negotiating => 3,
            Stage::Contacted => 4,
            Stage::Escalated => 5,
            Stage::Preparing => 6,
            Stage::Performing => 7,
            Stage::Settled => 8,
        };
        cases.sort_by_key(|card| (waiting(card.stage), std::cmp::Reverse(card.overdue_days)));
        Ok(CaseBoardView {
            cases,
            unconfirmed: self.unconfirmed()?,
            hardship_stated: self.hardship()?.is_some(),
        })
    }

    pub(super) fn case_card(&self, file: &LoanFile, case: &CaseFile) -> Result<CaseCard, AppError> {
        let today = self.clock.today();
        let statement = file.statement(today)?;
        let creditor = self.creditor(file)?;
        let missing = self.missing_papers(file)?;
        let prepared = Prepared {
            hardship: self.hardship()?.is_some(),
            capacity: self.state.vault.latest_capacity()?.is_some(),
            creditor: creditor.name.is_some(),
            missing_papers: missing,
        };
        let (stage, next) = self.stage_of(file, case, &statement, &prepared)?;
        let loan = file.id().to_string();
        let open_tasks = self.list_tasks(Some(&loan))?.tasks.iter().filter(|task| !task.done).count();
        Ok(CaseCard {
            loan_id: loan,
            loan_name: file.name().to_owned(),
            lender: creditor.name,
            lender_kind: creditor.kind,
            stage: stage.into(),
            next,
            owed: statement.outstanding.total().into(),
            overdue_days: u32::try_from(statement.overdue.days).unwrap_or(0),
            missing_papers: u32::try_from(missing).unwrap_or(u32::MAX),
            offers: u32::try_from(file.proposals.len()).unwrap_or(u32::MAX),
            last_contact: case.last_contact.map(day),
            open_tasks: u32::try_from(open_tasks).unwrap_or(u32::MAX),
        })
    }
}

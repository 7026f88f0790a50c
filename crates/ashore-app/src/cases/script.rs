use ashore_domain::{Money, Side};
use serde::Serialize;
use specta::Type;

use crate::loans::LoanFile;
use crate::rules::{CaseRow, case_rules};
use crate::session::{App, Unlocked};
use crate::words::CaseStage;
use crate::{AppError, id};

/// What to say, ask and not say in a call about a loan, for the stage its case is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CallScriptView {
    /// The loan.
    pub loan_id: String,
    /// Its name.
    pub loan_name: String,
    /// Where its case stands.
    pub stage: CaseStage,
    /// Sentences to begin with, filled from the records; what is not known is not said.
    pub say: Vec<ScriptLineView>,
    /// Questions to tick off.
    pub ask: Vec<ScriptLineView>,
    /// What not to say.
    pub beware: Vec<ScriptLineView>,
}

/// A line of a script.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ScriptLineView {
    /// The rule's id.
    pub id: String,
    /// In Chinese, as it is said.
    pub text: String,
    /// What it means, in English.
    pub text_en: String,
}

/// A word in braces and what stands for it, where that is known.
type Filling = (&'static str, Option<String>);

impl App<Unlocked> {
    /// What to say, ask and not say in a call about this loan now.
    ///
    /// # Errors
    /// An unknown loan.
    pub fn call_script(&self, loan_id: &str) -> Result<CallScriptView, AppError> {
        let file = self.loan_file(id::parse("loan_id", loan_id)?)?;
        let case = self.case_of(&file)?;
        let card = self.case_card(&file, &case)?;
        let known = self.fillings(&file, loan_id)?;
        let lines = |rows: &[CaseRow]| -> Vec<ScriptLineView> {
            rows.iter()
                .filter(|row| row.stages.is_empty() || row.stages.contains(&card.stage))
                .filter(|row| row.lenders.is_empty() || row.lenders.contains(&card.lender_kind))
                .filter_map(|row| {
                    let (text, text_en) = (filled(&row.text, &known)?, filled(&row.text_en, &known)?);
                    Some(ScriptLineView { id: row.id.clone(), text, text_en })
                })
                .collect()
        };
        let rules = case_rules()?;
        Ok(CallScriptView {
            loan_id: loan_id.to_owned(),
            loan_name: card.loan_name.clone(),
            stage: card.stage,
            say: lines(&rules.say),
            ask: lines(&rules.ask),
            beware: lines(&rules.beware),
        })
    }

    fn fillings(&self, file: &LoanFile, loan_id: &str) -> Result<Vec<Filling>, AppError> {
        let statement = file.statement(self.clock.today())?;
        let own = file.proposals.iter().filter(|p| p.by == Side::Borrower).max_by_key(|p| p.made_at);
        let sheet = self.state.vault.latest_capacity()?;
        let month = ashore_domain::Month::of(self.clock.today());
        let payable = sheet.map(|sheet| ashore_engine::monthly_capacity(&sheet, month, 1).capacity);
        let said = self.unconfirmed()?.into_iter().find(|found| found.loan_id == loan_id);
        let late = statement.overdue.total;
        Ok(vec![
            ("{lender}", self.creditor(file)?.name),
            ("{loan}", Some(file.name().to_owned())),
            ("{owed}", Some(statement.outstanding.total().to_string())),
            ("{late}", late.is_positive().then(|| late.to_string())),
            ("{terms}", own.map(|offer| offer.rows.len().to_string())),
            ("{monthly}", own.and_then(|offer| offer.rows.first()).map(|row| row.amount.to_string())),
            ("{payable}", payable.filter(|amount| *amount > Money::ZERO).map(|amount| amount.to_string())),
            ("{said_on}", said.map(|found| found.said_on)),
        ])
    }
}

/// The line with its words filled in; none when one of them is not known.
fn filled(text: &str, known: &[Filling]) -> Option<String> {
    let mut line = text.to_owned();
    for (word, value) in known {
        if line.contains(word) {
            line = line.replace(word, value.as_deref()?);
        }
    }
    Some(line)
}

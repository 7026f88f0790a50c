use std::collections::BTreeMap;

use ashore_domain::{Agreement, EvidenceRecord, LoanId};
use chrono::NaiveDate;

use crate::AppError;
use crate::clock::shanghai;
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};

/// Whether an agreement in writing stood on a day and was kept until then.
pub(super) struct Agreed<'a> {
    app: &'a App<Unlocked>,
    files: BTreeMap<LoanId, LoanFile>,
    known: BTreeMap<(LoanId, NaiveDate), bool>,
}

impl<'a> Agreed<'a> {
    pub(super) const fn new(app: &'a App<Unlocked>) -> Self {
        Self { app, files: BTreeMap::new(), known: BTreeMap::new() }
    }

    /// Whether this was so for one of the loans on the record's day.
    pub(super) fn kept(&mut self, record: &EvidenceRecord, loans: &[LoanId]) -> Result<bool, AppError> {
        let day = record.happened.at.with_timezone(&shanghai()).date_naive();
        for loan in loans {
            if self.kept_on(*loan, day)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn kept_on(&mut self, loan: LoanId, day: NaiveDate) -> Result<bool, AppError> {
        if let Some(known) = self.known.get(&(loan, day)) {
            return Ok(*known);
        }
        if !self.files.contains_key(&loan) {
            self.files.insert(loan, self.app.loan_file(loan)?);
        }
        let kept = match self.files.get(&loan) {
            Some(file) => kept(file, day)?,
            None => false,
        };
        self.known.insert((loan, day), kept);
        Ok(kept)
    }
}

/// What was agreed on the day itself may have been said before or after the contact, so only earlier days count.
fn kept(file: &LoanFile, day: NaiveDate) -> Result<bool, AppError> {
    let made: Vec<&Agreement> = file.agreements.iter().filter(|a| a.agreed_on < day).collect();
    let standing = made.iter().filter(|a| !made.iter().any(|later| later.supersedes == Some(a.id)));
    let Some(agreement) = standing.max_by_key(|a| a.effective_from) else { return Ok(false) };
    let statement = file.statement(day.max(agreement.effective_from))?;
    // One that a later agreement took the place of before its own day never had a due that could be late.
    let place = file.schedule_of(agreement.id);
    let late = statement.terms.iter().any(|term| {
        Some(usize::from(term.schedule)) == place && term.due < day && term.unpaid.total().is_positive()
    });
    Ok(!late)
}

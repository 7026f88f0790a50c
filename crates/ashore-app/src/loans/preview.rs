use ashore_domain::{Loan, LoanId};
use serde::Serialize;
use specta::Type;

use super::file::LoanFile;
use super::{AddLoanRequest, CostView, StatementView};
use crate::AppError;
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};

/// What a form being filled in amounts to; nothing is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LoanPreview {
    /// What it costs, when the plan is known.
    pub cost: Option<CostView>,
    /// What would be owed today.
    pub owed: Yuan,
    /// Terms past their due and unpaid.
    pub overdue_terms: Vec<u16>,
    /// Day of the month later dues fall on.
    pub due_day: Option<u32>,
    /// The last due.
    pub last_due: Option<String>,
}

impl App<Unlocked> {
    /// A loan as it would be recorded, with nothing having happened to it.
    pub(super) fn unsaved(&self, loan: Loan) -> LoanFile {
        LoanFile {
            state: ashore_vault::LoanState {
                loan,
                opened_at: self.clock.now(),
                closed: None,
                corrections: 0,
            },
            payments: Vec::new(),
            waivers: Vec::new(),
            agreements: Vec::new(),
            proposals: Vec::new(),
        }
    }

    /// Figures for a form before it is saved.
    ///
    /// # Errors
    /// The first field that is missing or cannot be read.
    pub fn preview_loan(&self, request: &AddLoanRequest) -> Result<LoanPreview, AppError> {
        let read = self.read_loan(request, LoanId::from_bytes([0; 16]))?;
        let today = self.clock.today();
        let file = self.unsaved(read.loan);
        let statement = file.statement(today)?;
        let amortised = file.amortised()?;
        let cost = file
            .terms()
            .zip(amortised.as_ref())
            .map(|(terms, a)| CostView::of(terms, &a.schedule, a.rate_found.as_ref()));
        let view = StatementView::of(&statement, today);
        Ok(LoanPreview {
            cost,
            owed: view.outstanding.total,
            overdue_terms: statement.terms.iter().filter(|t| t.overdue_days > 0).map(|t| t.term).collect(),
            due_day: file.terms().map(|t| t.calendar().due_day()),
            last_due: amortised.and_then(|a| a.schedule.rows().last().map(|row| day(row.due))),
        })
    }
}

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use specta::Type;

use ashore_domain::{CloseReason, Money, Side};

use super::due::ReviewDue;
use crate::AppError;
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};

/// Something that is different since the last review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct ReviewChange {
    /// What.
    pub kind: ReviewChangeKind,
    /// On which day.
    pub on: String,
    /// About which loan.
    pub loan_id: Option<String>,
    /// Its name.
    pub loan_name: Option<String>,
    /// Money in it.
    pub amount: Option<Yuan>,
}

/// Kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)] // the words say it
pub enum ReviewChangeKind {
    LoanAdded,
    LoanPaidOff,
    LoanClosed,
    BecameOverdue,
    Paid,
    PaymentReturned,
    AskedLender,
    LenderOffered,
    Agreed,
    WorksheetStated,
}

impl App<Unlocked> {
    /// What is different since the last review, oldest first.
    pub(super) fn changes_since(&self, due: &ReviewDue) -> Result<Vec<ReviewChange>, AppError> {
        let (vault, since, today) = (&self.state.vault, due.since, self.clock.today());
        let from = due.last.as_ref().map_or_else(|| since.date_naive(), |review| review.on);
        let names = self.loan_names()?;
        let mut changes: Vec<ReviewChange> = Vec::new();
        let mut note =
            |kind, on: chrono::NaiveDate, loan: Option<ashore_domain::LoanId>, amount: Option<Money>| {
                changes.push(ReviewChange {
                    kind,
                    on: day(on),
                    loan_id: loan.map(|loan| loan.to_string()),
                    loan_name: loan.and_then(|loan| names.get(&loan).cloned()),
                    amount: amount.map(Into::into),
                });
            };
        let newer = |at: DateTime<FixedOffset>| at > since;
        for loan in vault.loans()? {
            let id = Some(loan.loan.id);
            if newer(loan.opened_at) {
                note(ReviewChangeKind::LoanAdded, loan.opened_at.date_naive(), id, None);
            }
            if let Some(closed) = loan.closed.as_ref().filter(|closed| closed.on >= from) {
                let kind = match closed.reason {
                    CloseReason::PaidOff | CloseReason::Settled => ReviewChangeKind::LoanPaidOff,
                    CloseReason::EnteredByMistake => ReviewChangeKind::LoanClosed,
                };
                note(kind, closed.on, id, None);
            }
        }
        for payment in vault.payments(None)?.iter().filter(|payment| newer(payment.recorded_at)) {
            let (on, loan) = (payment.payment.on, Some(payment.payment.loan));
            let amount = Some(payment.payment.amount);
            if payment.counts() {
                note(ReviewChangeKind::Paid, on, loan, amount);
            }
            if let Some(returned) = &payment.returned {
                note(ReviewChangeKind::PaymentReturned, returned.on, loan, amount);
            }
        }
        for offer in vault.proposals(None)?.iter().filter(|offer| newer(offer.made_at)) {
            let kind = match offer.by {
                Side::Borrower => ReviewChangeKind::AskedLender,
                Side::Lender => ReviewChangeKind::LenderOffered,
            };
            note(kind, offer.made_at.date_naive(), Some(offer.loan), None);
        }
        for agreement in vault.agreements(None)?.iter().filter(|agreement| agreement.agreed_on >= from) {
            note(ReviewChangeKind::Agreed, agreement.agreed_on, Some(agreement.loan), None);
        }
        for sheet in vault.capacities()?.iter().filter(|sheet| newer(sheet.recorded_at)) {
            note(ReviewChangeKind::WorksheetStated, sheet.recorded_at.date_naive(), None, None);
        }
        for file in self.open_loan_files()? {
            let overdue = file.statement(today)?.overdue;
            // Late since a day after the last review, so it was not late then.
            if let Some(late) = overdue.since.filter(|late| *late >= from) {
                note(ReviewChangeKind::BecameOverdue, late, Some(file.id()), Some(overdue.total));
            }
        }
        changes.sort_by(|a, b| a.on.cmp(&b.on));
        Ok(changes)
    }
}

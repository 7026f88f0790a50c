use ashore_domain::{LoanId, Money, PartyRole};
use ashore_engine::Statement;
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use super::file::LoanFile;
use super::statement::owed;
use crate::AppError;
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};
use crate::words::{LenderKind, ProductKind};

/// All loans that are not closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LoanListView {
    /// The day the figures speak of.
    pub as_of: String,
    /// Everything owed, added by the engine.
    pub total: Yuan,
    /// The loans, the latest late first, then by next due.
    pub loans: Vec<LoanCard>,
    /// Loans that are over.
    pub closed: Vec<LoanCard>,
}

/// One loan at a glance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LoanCard {
    /// Which.
    pub id: String,
    /// What the borrower calls it.
    pub name: String,
    /// Who really lends, when known.
    pub lender: Option<String>,
    /// What the lender legally is.
    pub lender_kind: LenderKind,
    /// What was sold.
    pub product: ProductKind,
    /// Owed today.
    pub owed: Yuan,
    /// Days late; 0 when nothing is.
    pub overdue_days: u32,
    /// Everything unpaid of what is late.
    pub overdue_total: Yuan,
    /// The next due.
    pub next_due: Option<NextDueView>,
    /// Terms fully paid.
    pub terms_paid: u32,
    /// Terms in all; 0 when only a balance is known.
    pub terms_total: u32,
    /// One thing to know about it.
    pub tag: Option<LoanTag>,
    /// It is over.
    pub closed: bool,
}

/// The next due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct NextDueView {
    /// Its term.
    pub term: u16,
    /// The day.
    pub due: String,
    /// How much.
    pub amount: Yuan,
    /// It stands in an agreement, not in the contract.
    pub agreed: bool,
}

/// One thing to know about a loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LoanTag {
    /// An agreement in writing holds.
    Agreed,
    /// Something was said on the phone and is not in writing.
    OralOnly,
    /// A request was made; the contract goes on.
    Requested,
    /// Who really lends is not known yet.
    LenderUnknown,
    /// 成本高于参考线: by every measure the cost lies above the line that fits.
    AboveLine,
}

/// Who really lends, as far as the borrower knows.
pub(crate) struct Creditor {
    pub(crate) name: Option<String>,
    pub(crate) kind: LenderKind,
}

impl App<Unlocked> {
    pub(crate) fn creditor(&self, file: &LoanFile) -> Result<Creditor, AppError> {
        let parties = self.state.vault.parties()?;
        let of_role = |role: PartyRole| {
            let place = file.state.loan.parties.iter().find(|p| p.role == role)?;
            parties.iter().find(|p| p.id == place.party)
        };
        let party = of_role(PartyRole::CurrentCreditor)
            .or_else(|| of_role(PartyRole::Assignee))
            .or_else(|| of_role(PartyRole::Funder));
        let stated = file.terms().map(|t| t.get().lender_kind).unwrap_or_default();
        let kind = match (stated, party) {
            (ashore_domain::LenderKind::Unknown, Some(party)) => party.lender_kind,
            (kind, _) => kind,
        };
        let name = party.map(|p| p.legal_name.clone().unwrap_or_else(|| p.name.clone()));
        Ok(Creditor { name, kind: kind.into() })
    }

    pub(crate) fn card_of(&self, file: &LoanFile, today: NaiveDate) -> Result<LoanCard, AppError> {
        self.card_from(file, &file.statement(today)?, today)
    }

    pub(crate) fn card_from(
        &self,
        file: &LoanFile,
        statement: &Statement,
        today: NaiveDate,
    ) -> Result<LoanCard, AppError> {
        let creditor = self.creditor(file)?;
        let live = statement.terms.iter().map(|t| t.schedule).max().unwrap_or(0);
        let rows = || statement.terms.iter().filter(|t| t.schedule == live && t.term > 0);
        let tag = if file.agreement_on(today).is_some() {
            Some(LoanTag::Agreed)
        } else if self.oral_only(file)? {
            Some(LoanTag::OralOnly)
        } else if file.has_open_request() {
            Some(LoanTag::Requested)
        } else if creditor.name.is_none() {
            Some(LoanTag::LenderUnknown)
        } else if self.above_line(file, today)? {
            Some(LoanTag::AboveLine)
        } else {
            None
        };
        let next = statement.next_due.as_ref();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(LoanCard {
            id: file.id().to_string(),
            name: file.name().to_owned(),
            lender: creditor.name,
            lender_kind: creditor.kind,
            product: file.state.loan.product.into(),
            owed: owed(statement).into(),
            overdue_days: u32::try_from(statement.overdue.days).unwrap_or(0),
            overdue_total: statement.overdue.total.into(),
            next_due: next.map(|n| NextDueView {
                term: n.term,
                due: day(n.due),
                amount: n.amount.into(),
                agreed: n.schedule > 0,
            }),
            terms_paid: count(rows().filter(|t| t.unpaid.total().is_zero()).count()),
            terms_total: count(rows().count()),
            tag,
            closed: file.state.closed.is_some(),
        })
    }

    pub(crate) fn loan_card(&self, loan: LoanId) -> Result<LoanCard, AppError> {
        self.card_of(&self.loan_file(loan)?, self.clock.today())
    }

    /// All loans as of today.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn list_loans(&self) -> Result<LoanListView, AppError> {
        let today = self.clock.today();
        let mut total = Money::ZERO;
        let (mut loans, mut closed) = (Vec::new(), Vec::new());
        for state in self.state.vault.loans()? {
            let file = self.loan_file(state.loan.id)?;
            let statement = file.statement(today)?;
            let card = self.card_from(&file, &statement, today)?;
            if card.closed {
                closed.push(card);
            } else {
                total += owed(&statement);
                loans.push(card);
            }
        }
        loans.sort_by_key(|card| {
            let next = card.next_due.as_ref().map_or_else(|| "9999".to_owned(), |n| n.due.clone());
            (std::cmp::Reverse(card.overdue_days), next)
        });
        Ok(LoanListView { as_of: day(today), total: total.into(), loans, closed })
    }
}

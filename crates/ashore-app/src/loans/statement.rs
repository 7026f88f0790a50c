use ashore_domain::Money;
use ashore_engine::{Statement, TermState};
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use crate::view::{BucketsView, Yuan, day};

/// What is owed on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct StatementView {
    /// The day.
    pub as_of: String,
    /// By bucket and in all.
    pub outstanding: BucketsView,
    /// Interest of the running period, in no bucket yet.
    pub accrued_not_due: Yuan,
    /// What is late.
    pub overdue: OverdueView,
    /// Paid, but nothing is due yet.
    pub credit: Yuan,
    /// Every term.
    pub terms: Vec<TermRow>,
    /// What the reader should know, as codes.
    pub findings: Vec<String>,
}

/// What is late.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OverdueView {
    /// Days since the oldest unpaid due; 0 when nothing is late.
    pub days: u32,
    /// That due.
    pub since: Option<String>,
    /// Terms that are late.
    pub terms: u32,
    /// Everything unpaid of them.
    pub total: Yuan,
    /// `M0` … `M7+`.
    pub stage: String,
}

/// One term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TermRow {
    /// From 1; 0 for a balance the lender stated.
    pub term: u16,
    /// A row of an agreement, not of the contract.
    pub agreed: bool,
    /// Its due.
    pub due: String,
    /// Principal, interest and fees of the row.
    pub principal: Yuan,
    /// In-term interest.
    pub interest: Yuan,
    /// Fees.
    pub fees: Yuan,
    /// Penalty, compound and late fee that came upon it.
    pub late_charges: Yuan,
    /// Everything charged.
    pub payable: Yuan,
    /// What payments covered.
    pub paid: Yuan,
    /// What is left.
    pub unpaid: Yuan,
    /// The same by bucket: the figures of the statement are the sums of these, of interest and fees what has come due.
    pub unpaid_parts: BucketsView,
    /// Where it stands.
    pub status: TermStatus,
    /// Days late.
    pub overdue_days: u32,
    /// It is past its due, and paid by this day it still counts as on time by the contract.
    pub in_grace_until: Option<String>,
}

/// Where a term stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum TermStatus {
    /// Nothing is left to pay.
    Paid,
    /// Late, and a part was paid.
    PartlyPaid,
    /// Late.
    Overdue,
    /// Due today.
    DueToday,
    /// Still to come.
    Upcoming,
    /// Ended unpaid: the rows of an agreement took its place.
    Replaced,
}

impl TermRow {
    fn of(term: &TermState, live: u16, as_of: NaiveDate) -> Self {
        let (paid, unpaid) = (term.paid.total(), term.unpaid.total());
        let replaced = term.schedule < live && term.payable.total().is_zero();
        let status = if replaced {
            TermStatus::Replaced
        } else if unpaid.is_zero() {
            TermStatus::Paid
        } else if term.due == as_of {
            TermStatus::DueToday
        } else if term.due > as_of {
            TermStatus::Upcoming
        } else if paid.is_positive() {
            TermStatus::PartlyPaid
        } else {
            TermStatus::Overdue
        };
        Self {
            term: term.term,
            agreed: term.schedule > 0,
            due: day(term.due),
            principal: term.payable.principal.into(),
            interest: term.payable.interest.into(),
            fees: term.payable.fees.into(),
            late_charges: (term.payable.penalty + term.payable.compound + term.payable.late_fee).into(),
            payable: term.payable.total().into(),
            paid: paid.into(),
            unpaid: unpaid.into(),
            unpaid_parts: term.unpaid.into(),
            status,
            overdue_days: u32::try_from(term.overdue_days).unwrap_or(0),
            in_grace_until: term.grace_until.filter(|end| term.overdue_days > 0 && as_of <= *end).map(day),
        }
    }
}

impl StatementView {
    pub(super) fn of(statement: &Statement, as_of: NaiveDate) -> Self {
        let live = statement.terms.iter().map(|t| t.schedule).max().unwrap_or(0);
        let late = statement.terms.iter().filter(|t| t.overdue_days > 0).count();
        Self {
            as_of: day(as_of),
            outstanding: statement.outstanding.into(),
            accrued_not_due: statement.accrued_not_due.into(),
            overdue: OverdueView {
                days: u32::try_from(statement.overdue.days).unwrap_or(0),
                since: statement.overdue.since.map(day),
                terms: u32::try_from(late).unwrap_or(u32::MAX),
                total: statement.overdue.total.into(),
                stage: statement.overdue.stage.name().to_owned(),
            },
            credit: statement.credit.into(),
            terms: statement.terms.iter().map(|t| TermRow::of(t, live, as_of)).collect(),
            findings: statement.findings.iter().map(|f| f.code().to_owned()).collect(),
        }
    }
}

/// What is unpaid of everything due by now and of all principal: the sum the borrower thinks of as "owed".
pub(crate) fn owed(statement: &Statement) -> Money {
    statement.outstanding.total()
}

use ashore_domain::{Bucket, Buckets, Money, days_between};
use chrono::NaiveDate;

use super::{Replay, StatementFinding};
use crate::due::{DueItem, dues_of};

/// What is owed on a day and how it came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// All unpaid principal, due or not; every other bucket of the terms due by the day.
    pub outstanding: Buckets,
    /// Interest of the running period up to the day; in no bucket yet.
    pub accrued_not_due: Money,
    /// What is late.
    pub overdue: Overdue,
    /// Every term, oldest first; terms of a replaced schedule only where they had fallen due.
    pub terms: Vec<TermState>,
    /// Which yuan of which payment paid for what, in order.
    pub allocations: Vec<Allocation>,
    /// Money paid that found nothing due yet.
    pub credit: Money,
    /// The next due that still needs money.
    pub next_due: Option<NextDue>,
    /// What the borrower should know.
    pub findings: Vec<StatementFinding>,
}

/// What is late: terms due before the day with principal, interest or fees unpaid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Overdue {
    /// Days since the oldest of them fell due; 0 when there is none.
    pub days: i64,
    /// Its due.
    pub since: Option<NaiveDate>,
    /// Their unpaid principal.
    pub principal: Money,
    /// All their unpaid buckets.
    pub total: Money,
    /// The delinquency stage.
    pub stage: Stage,
}

/// 逾期阶段, by days overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // M1: 1–30 days, M2: 31–60, and so on
pub enum Stage {
    M0,
    M1,
    M2,
    M3,
    M4,
    M5,
    M6,
    /// More than 180 days.
    M7Plus,
}

impl Stage {
    /// The stage of so many days overdue.
    #[must_use]
    pub const fn of_days(days: i64) -> Self {
        match days {
            ..=0 => Self::M0,
            1..=30 => Self::M1,
            31..=60 => Self::M2,
            61..=90 => Self::M3,
            91..=120 => Self::M4,
            121..=150 => Self::M5,
            151..=180 => Self::M6,
            181.. => Self::M7Plus,
        }
    }

    /// As credit reports and lenders write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::M0 => "M0",
            Self::M1 => "M1",
            Self::M2 => "M2",
            Self::M3 => "M3",
            Self::M4 => "M4",
            Self::M5 => "M5",
            Self::M6 => "M6",
            Self::M7Plus => "M7+",
        }
    }
}

/// One term on the day: `payable = paid + unpaid` in every bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TermState {
    /// 0 for the contract, k for the k-th agreed schedule.
    pub schedule: u16,
    /// Number within its schedule; 0 for a stated balance.
    pub term: u16,
    /// When it fell or falls due.
    pub due: NaiveDate,
    /// Everything charged on it, less what was waived or replaced.
    pub payable: Buckets,
    /// What payments covered.
    pub paid: Buckets,
    /// What is left.
    pub unpaid: Buckets,
    /// What the lender gave up.
    pub waived: Buckets,
    /// Days since its due while principal, interest or fees are unpaid; otherwise 0.
    pub overdue_days: i64,
    /// The last day of the grace that the contract gives this term; absent where it gives none.
    pub grace_until: Option<NaiveDate>,
}

/// A part of a payment and what it paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    /// The payment's day, or the due that waiting credit met.
    pub date: NaiveDate,
    /// 0 for the contract, k for the k-th agreed schedule.
    pub schedule: u16,
    /// The term.
    pub term: u16,
    /// The bucket.
    pub bucket: Bucket,
    /// How much; above zero.
    pub amount: Money,
}

/// The next due that still needs money, credit already counted.
pub type NextDue = DueItem;

/// Principal, interest and fees: what makes a term late. Penalties alone do not.
fn late_part(unpaid: &Buckets) -> Money {
    unpaid.principal + unpaid.interest + unpaid.fees
}

/// Reads the figures off a finished replay.
pub(crate) fn figures(replay: &Replay, as_of: NaiveDate) -> Statement {
    let mut outstanding = Buckets::default();
    let (mut since, mut late_principal, mut late_total) = (None, Money::ZERO, Money::ZERO);
    let mut terms = Vec::with_capacity(replay.terms.len());
    for term in &replay.terms {
        let unpaid = term.unpaid();
        let due = term.due <= as_of;
        for bucket in Bucket::STATUTORY_ORDER {
            if due || bucket == Bucket::Principal {
                *outstanding.get_mut(bucket) += unpaid.get(bucket);
            }
        }
        let late = term.due < as_of && late_part(&unpaid).is_positive();
        if late {
            since = Some(since.map_or(term.due, |oldest: NaiveDate| oldest.min(term.due)));
            late_principal += unpaid.principal;
            late_total += unpaid.total();
        }
        if term.ended.is_some_and(|on| term.due > on) {
            continue;
        }
        let mut payable = term.paid;
        for bucket in Bucket::STATUTORY_ORDER {
            *payable.get_mut(bucket) += unpaid.get(bucket);
        }
        terms.push(TermState {
            schedule: term.schedule,
            term: term.number,
            due: term.due,
            payable,
            paid: term.paid,
            unpaid,
            waived: term.waived,
            grace_until: (term.in_time_to > term.due).then_some(term.in_time_to),
            overdue_days: if late { days_between(term.due, as_of) } else { 0 },
        });
    }
    let running = replay.terms.iter().find(|term| term.ended.is_none() && term.due > as_of);
    let days = since.map_or(0, |since| days_between(since, as_of));
    let overdue =
        Overdue { days, since, principal: late_principal, total: late_total, stage: Stage::of_days(days) };
    let next_due = dues_of(replay).find(|item| item.due >= as_of);
    Statement {
        outstanding,
        accrued_not_due: running.map_or(Money::ZERO, |term| term.accrued_interest(as_of)),
        overdue,
        next_due,
        terms,
        allocations: replay.allocations.clone(),
        credit: replay.credit,
        findings: replay.findings.clone(),
    }
}

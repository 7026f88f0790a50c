use ashore_domain::{Bucket, Buckets, Money, Rounding, days_between};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{CapError, CapLine, LegalView};
use crate::statement::{DatedPayment, StatementRequest, statement};

/// What all charges together may have come to by a day, and what is claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapLedger {
    /// Days from disbursement to the day of the question.
    pub days: i64,
    /// Σ over those days of unpaid principal × line / 365, rounded once.
    pub cap_total: Money,
    /// What is claimed without principal, when stated.
    pub claimed_total: Option<Money>,
    /// What of the claim lies above.
    pub excess: Option<Money>,
    /// The days, split wherever principal or line changes.
    pub stretches: Vec<CapStretch>,
}

/// Days on which neither the unpaid principal nor the line changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CapStretch {
    /// Unpaid principal.
    pub unpaid: Money,
    /// First day.
    pub from: NaiveDate,
    /// The day after the last.
    pub to: NaiveDate,
    /// The lowest line of those days, a fraction a year.
    pub limit: Decimal,
}

/// The ledger of the legal view under the lowest line of each day.
pub(super) fn ledger(
    view: &LegalView,
    payments: &[DatedPayment],
    lines: &[CapLine],
    claimed: Option<&Buckets>,
    as_of: NaiveDate,
) -> Result<Option<CapLedger>, CapError> {
    let from = view.terms.get().disbursed_on;
    let request = StatementRequest {
        terms: Some(&view.terms),
        opening: None,
        payments,
        changes: &[],
        as_of,
        acceleration_on: None,
    };
    let paid = statement(&request)?.allocations;
    // Days on which something changes: principal is repaid, a line begins or ends.
    let mut cuts = vec![from, as_of];
    cuts.extend(paid.iter().filter(|part| part.bucket == Bucket::Principal).map(|part| part.date));
    for line in lines {
        cuts.extend(line.accrues.from);
        cuts.extend(line.accrues.to.and_then(|last| last.succ_opt()));
    }
    cuts.retain(|day| (from..=as_of).contains(day));
    cuts.sort_unstable();
    cuts.dedup();
    let mut total = Sum::default();
    let mut stretches = Vec::new();
    let mut unpaid = view.effective_principal;
    let mut repaid = paid.iter().filter(|part| part.bucket == Bucket::Principal).peekable();
    for stretch in cuts.windows(2) {
        let [start, end] = stretch else { continue };
        let lowest = lines.iter().filter(|line| line.accrues.contains(*start)).map(|line| line.limit).min();
        let Some(limit) = lowest else { return Ok(None) };
        while let Some(part) = repaid.next_if(|part| part.date <= *start) {
            unpaid -= part.amount;
        }
        stretches.push(CapStretch { unpaid, from: *start, to: *end, limit });
        total.add(unpaid, days_between(*start, *end), limit).ok_or(CapError::OutOfRange)?;
    }
    if lines.is_empty() {
        return Ok(None);
    }
    let cap_total = total.posted().ok_or(CapError::OutOfRange)?;
    let claimed_total = claimed.map(|claimed| claimed.total() - claimed.principal);
    Ok(Some(CapLedger {
        days: days_between(from, as_of),
        cap_total,
        claimed_total,
        excess: claimed_total.map(|claimed| (claimed - cap_total).max(Money::ZERO)),
        stretches,
    }))
}

/// Σ fen × days × rate, exact, in units of 10^-12.
#[derive(Default)]
struct Sum(i128);

const UNITS: i128 = 1_000_000_000_000;

impl Sum {
    fn add(&mut self, base: Money, days: i64, limit: Decimal) -> Option<()> {
        let limit = limit.normalize();
        let finer = 12u32.checked_sub(limit.scale())?;
        let rate = limit.mantissa().checked_mul(10i128.pow(finer))?;
        let part = (i128::from(base.fen()) * i128::from(days)).checked_mul(rate)?;
        self.0 = self.0.checked_add(part)?;
        Some(())
    }

    fn posted(self) -> Option<Money> {
        i64::try_from(Rounding::HalfUp.divide(self.0, UNITS * 365)).ok().map(Money::from_fen)
    }
}

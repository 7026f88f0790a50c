//! From relief terms to rows: what an offer would have the borrower pay, exact to the fen.
//!
//! At most one relief gives the rows their shape (instalments, extension, steps, minimum payment, settlement); without
//! one the contract's own rows stay. The others change it: a waiver lowers what is owed, a rate cut or a stop lowers
//! interest, a deferral moves the rows and says what becomes of interest meanwhile, interest-only months come before
//! them. Every row is rounded half-up and the last one absorbs the difference.

mod finding;
mod interest;
mod shape;
#[cfg(test)]
mod tests;

use ashore_domain::{Buckets, CustomRow, DeferredInterest, Method, Money, Month, Ratio, Relief, Rounding};
use chrono::NaiveDate;

pub use finding::RescheduleFinding;
use interest::Accrual;
use shape::{Shape, shape_of};

/// A debt as it stands when an offer is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Claimed by bucket: all principal, every other bucket as far as it has come due.
    pub owed: Buckets,
    /// The rows that are still to come, as the contract or the last agreement has them.
    pub remaining: Vec<CustomRow>,
    /// The contract's annual rate, when it is known.
    pub annual: Option<Ratio>,
    /// How the loan is repaid.
    pub method: Method,
    /// The day the first new row falls due, unless something moves it.
    pub first_due: NaiveDate,
    /// Day of the month dues fall on.
    pub due_day: u32,
}

/// A row an offer leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRow {
    /// The day.
    pub due: NaiveDate,
    /// Principal repaid.
    pub principal: Money,
    /// Interest that comes into being under the offer.
    pub interest: Money,
    /// Old interest, penalties and fees that are not waived.
    pub arrears: Money,
}

impl NewRow {
    /// What is paid that day.
    #[must_use]
    pub fn amount(&self) -> Money {
        self.principal + self.interest + self.arrears
    }
}

/// What relief terms lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rescheduled {
    /// The rows in order of time.
    pub rows: Vec<NewRow>,
    /// Owed less what is waived.
    pub balance: Money,
    /// Interest that comes into being under the offer.
    pub interest: Money,
    /// What the reader should know.
    pub findings: Vec<RescheduleFinding>,
}

impl Rescheduled {
    /// Everything that is paid.
    #[must_use]
    pub fn total(&self) -> Money {
        self.rows.iter().map(NewRow::amount).sum()
    }
}

/// Why relief terms lead to no rows; each names the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RescheduleError {
    /// More is waived than is owed.
    #[error("waived: more than is owed")]
    WaivedAboveOwed,
    /// Two reliefs that both say what the rows are.
    #[error("terms: only one of instalments, extension, steps, minimum payment and settlement")]
    TwoShapes,
    /// A settlement cannot be deferred or preceded by interest-only months.
    #[error("terms: a settlement has its own day; leave deferral and interest-only months out")]
    SettlementWithGrace,
    /// A number of terms or months that is none.
    #[error("terms: between 1 and 600 months in all")]
    Terms,
    /// An amount that is not above zero, or a last part above the whole.
    #[error("terms: amounts are above zero, and a last part is below the whole")]
    Amount,
    /// A minimum payment that interest eats up.
    #[error("terms: the payment does not even cover the interest, so that it never ends")]
    NeverRepaid,
    /// Nothing is left to pay.
    #[error("waived: nothing would be left to pay")]
    NothingLeft,
    /// Beyond exact arithmetic.
    #[error("terms: too large to compute exactly")]
    TooLarge,
}

/// Most rows an offer may have.
pub(crate) const ROWS_MAX: usize = 600;

/// The rows that `reliefs` and `waived` make of a debt.
///
/// ```
/// use ashore_domain::{Buckets, Method, Money, Relief};
/// use ashore_engine::{Standing, reschedule};
/// let standing = Standing {
///     owed: Buckets { principal: Money::from_yuan(1000), ..Buckets::default() },
///     remaining: Vec::new(), annual: None, method: Method::EqualInstallment,
///     first_due: "2026-12-15".parse().unwrap(), due_day: 15,
/// };
/// let three = Relief::IndividualInstalment { terms: 3, rate: 0.into(), total: None, balloon: None };
/// let rows = reschedule(&standing, &[three], &Buckets::default()).unwrap().rows;
/// let fen: Vec<i64> = rows.iter().map(|row| row.amount().fen()).collect();
/// assert_eq!(fen, [33_333, 33_333, 33_334]);
/// ```
///
/// # Errors
/// Terms that contradict one another, waive more than is owed, or never end.
pub fn reschedule(
    standing: &Standing,
    reliefs: &[Relief],
    waived: &Buckets,
) -> Result<Rescheduled, RescheduleError> {
    let mut findings = Vec::new();
    let left = less(&standing.owed, waived)?;
    if !left.total().is_positive() {
        return Err(RescheduleError::NothingLeft);
    }
    let shape = shape_of(reliefs)?;
    let (deferred, interest_only) = grace(reliefs)?;
    if matches!(shape, Shape::LumpSum { .. }) && (deferred.is_some() || interest_only > 0) {
        return Err(RescheduleError::SettlementWithGrace);
    }
    let accrual = Accrual::of(standing, reliefs, &mut findings);
    let mut debt =
        Debt { principal: left.principal, arrears: left.total() - left.principal, after: Money::ZERO };
    let mut at = Calendar::of(standing);
    let deferral = deferred.map_or(0, |(months, _)| months);
    if let Some((months, interest)) = deferred {
        let extra = accrual.over_months(debt.principal, months).ok_or(RescheduleError::TooLarge)?;
        match interest {
            DeferredInterest::Accrues => debt.principal += extra,
            DeferredInterest::AccruesNoCompound => debt.after = extra,
            DeferredInterest::Stopped => {}
        }
        if interest != DeferredInterest::Stopped && extra.is_positive() {
            findings.push(RescheduleFinding::DeferredInterest { amount: extra });
        }
        at.skip(months);
    }
    let grown = debt.principal - left.principal;
    let mut rows = accrual.interest_only(&mut debt, &mut at, interest_only)?;
    rows.extend(shape.rows(standing, &accrual, &debt, &mut at, deferral + interest_only, &mut findings)?);
    if rows.len() > ROWS_MAX {
        return Err(RescheduleError::Terms);
    }
    if reliefs.contains(&Relief::DebtConsolidation) {
        findings.push(RescheduleFinding::NewLoanForOld);
    }
    let interest = rows.iter().map(|row| row.interest).sum::<Money>() + grown;
    Ok(Rescheduled { rows, balance: left.total(), interest, findings })
}

/// What the shape of the rows has to repay.
#[derive(Debug, Clone, Copy)]
struct Debt {
    principal: Money,
    /// Old interest, penalties and fees: due with the first row, bearing nothing.
    arrears: Money,
    /// Deferred interest that is due with the last row.
    after: Money,
}

/// Hands out due after due.
#[derive(Debug, Clone, Copy)]
struct Calendar {
    month: Month,
    first: Option<NaiveDate>,
    day: u32,
    before: NaiveDate,
}

impl Calendar {
    fn of(standing: &Standing) -> Self {
        let month = Month::of(standing.first_due);
        let before = month.plus(-1).day_clamped(standing.due_day);
        Self { month, first: Some(standing.first_due), day: standing.due_day, before }
    }

    fn skip(&mut self, months: u16) {
        if months > 0 {
            // The days in between are the deferral's own.
            self.month = self.month.plus(i32::from(months));
            self.first = None;
            self.before = self.month.plus(-1).day_clamped(self.day);
        }
    }

    /// The next due, with the one before it.
    fn next(&mut self) -> (NaiveDate, NaiveDate) {
        let due = self.first.take().unwrap_or_else(|| self.month.day_clamped(self.day));
        let before = std::mem::replace(&mut self.before, due);
        self.month = self.month.plus(1);
        (before, due)
    }
}

/// Bucket by bucket, none below zero.
fn less(owed: &Buckets, waived: &Buckets) -> Result<Buckets, RescheduleError> {
    let mut left = *owed;
    for bucket in ashore_domain::Bucket::STATUTORY_ORDER {
        let part = left.get(bucket) - waived.get(bucket);
        if part.is_negative() || waived.get(bucket).is_negative() {
            return Err(RescheduleError::WaivedAboveOwed);
        }
        *left.get_mut(bucket) = part;
    }
    Ok(left)
}

/// Months without payment with what becomes of interest, and months of interest only.
type Grace = (Option<(u16, DeferredInterest)>, u16);

fn grace(reliefs: &[Relief]) -> Result<Grace, RescheduleError> {
    let (mut deferred, mut interest_only) = (None, 0u16);
    for relief in reliefs {
        match relief {
            Relief::Deferral { months, interest } => {
                if *months == 0 || *months > 600 || deferred.is_some() {
                    return Err(RescheduleError::Terms);
                }
                deferred = Some((*months, *interest));
            }
            Relief::InterestOnly { months } => {
                if *months == 0 || *months > 600 || interest_only > 0 {
                    return Err(RescheduleError::Terms);
                }
                interest_only = *months;
            }
            _ => {}
        }
    }
    Ok((deferred, interest_only))
}

/// A part of an amount, half-up.
fn part(amount: Money, num: i128, den: i128) -> Result<Money, RescheduleError> {
    amount.times(num, den, Rounding::HalfUp).ok_or(RescheduleError::TooLarge)
}

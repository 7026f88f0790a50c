use ashore_domain::{Bucket, Buckets, CompoundOn, Money, PenaltyBase, Ratio, Rounding, days_between};
use chrono::{Days, NaiveDate};

use super::StatementError;
use crate::accrual::Accumulator;

/// What lateness costs under this contract.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lateness {
    pub(crate) daily: Ratio,
    pub(crate) base: PenaltyBase,
    pub(crate) compound_on: CompoundOn,
    pub(crate) late_fee: Money,
    /// Whether every stretch of lateness is written down, for a derivation.
    pub(crate) traced: bool,
}

/// A stretch of days on which an amount bore the daily rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stretch {
    pub(crate) base: Money,
    pub(crate) from: NaiveDate,
    pub(crate) to: NaiveDate,
}

impl Lateness {
    /// Nothing: a balance whose contract is not known.
    pub(crate) const NONE: Self = Self {
        daily: Ratio::ZERO,
        base: PenaltyBase::OverduePrincipal,
        compound_on: CompoundOn::None,
        late_fee: Money::ZERO,
        traced: false,
    };
}

/// One term with everything that was charged on it, paid for it, given up or ended.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    /// 0 for the contract, k for the k-th agreed schedule.
    pub(crate) schedule: u16,
    /// Number within its schedule; 0 for a stated balance.
    pub(crate) number: u16,
    /// The day before which the period of its interest has not begun.
    pub(crate) from: NaiveDate,
    pub(crate) due: NaiveDate,
    /// Row amounts, stated balances and the late fee; penalty and compound come on top from the accumulators.
    pub(crate) charged: Buckets,
    pub(crate) paid: Buckets,
    pub(crate) waived: Buckets,
    /// What an agreed schedule took over.
    pub(crate) replaced: Buckets,
    /// The day an agreed schedule took its place.
    pub(crate) ended: Option<NaiveDate>,
    pub(crate) penalty: Accumulator,
    pub(crate) compound: Accumulator,
    /// What the penalty and what the compound interest ran on; empty unless traced.
    pub(crate) stretches: [Vec<Stretch>; 2],
    /// What stood on it before lateness added anything.
    pub(crate) initial: Buckets,
    /// The last day on which paying is not late: the due, or the end of the grace that the contract gives this term.
    pub(crate) in_time_to: NaiveDate,
    accrued_to: NaiveDate,
    /// Whether the term was found unpaid after that day. Until then its days are weighed but cost nothing.
    pub(crate) late: bool,
    decided: bool,
}

impl Term {
    pub(crate) fn row(schedule: u16, number: u16, from: NaiveDate, due: NaiveDate, charged: Buckets) -> Self {
        Self {
            schedule,
            number,
            from,
            due,
            charged,
            paid: Buckets::default(),
            waived: Buckets::default(),
            replaced: Buckets::default(),
            ended: None,
            penalty: Accumulator::default(),
            compound: Accumulator::default(),
            stretches: [Vec::new(), Vec::new()],
            initial: charged,
            in_time_to: due,
            accrued_to: due,
            late: false,
            decided: false,
        }
    }

    /// A balance the lender stated on `on`: whatever lateness cost until then is in it.
    pub(crate) fn stated(on: NaiveDate, due: NaiveDate, charged: Buckets) -> Self {
        let mut term = Self::row(0, 0, due, due, charged);
        term.accrued_to = on.max(due);
        term.decided = due < on;
        term.late = term.decided;
        term
    }

    /// The same term with the grace its contract gives.
    pub(crate) fn with_grace(mut self, days: u16) -> Self {
        self.in_time_to = self.due.checked_add_days(Days::new(u64::from(days))).unwrap_or(self.due);
        self
    }

    /// Posted and not yet paid, waived or replaced.
    pub(crate) fn unpaid(&self) -> Buckets {
        let mut unpaid = self.charged;
        for bucket in Bucket::STATUTORY_ORDER {
            *unpaid.get_mut(bucket) -=
                self.paid.get(bucket) + self.waived.get(bucket) + self.replaced.get(bucket);
        }
        unpaid
    }

    /// Adds what the days up to `on` cost; a second call for the same day adds nothing.
    pub(crate) fn accrue_to(&mut self, on: NaiveDate, lateness: &Lateness) -> Result<(), StatementError> {
        if self.ended.is_some() || on <= self.due {
            return Ok(());
        }
        let unpaid = self.unpaid();
        if !self.decided && on > self.in_time_to {
            self.decided = true;
            self.late = unpaid.total().is_positive();
            if self.late {
                self.charged.late_fee += lateness.late_fee;
            } else {
                // Settled in time: what was weighed meanwhile costs nothing.
                (self.penalty, self.compound) = (Accumulator::default(), Accumulator::default());
                self.stretches = [Vec::new(), Vec::new()];
            }
        }
        let days = days_between(self.accrued_to, on);
        if days <= 0 {
            return Ok(());
        }
        let from = std::mem::replace(&mut self.accrued_to, on);
        let base = match lateness.base {
            PenaltyBase::OverduePrincipal => unpaid.principal,
            PenaltyBase::OverdueTotal => unpaid.principal + unpaid.interest + unpaid.fees,
        };
        self.penalty.add(base, days);
        if lateness.compound_on == CompoundOn::InTermInterest {
            self.compound.add(unpaid.interest, days);
        }
        if self.late {
            // The whole sum is posted anew each time, so that it is rounded once.
            self.charged.penalty = self.initial.penalty + posted(self.penalty, lateness.daily)?;
            self.charged.compound = self.initial.compound + posted(self.compound, lateness.daily)?;
        }
        if lateness.traced {
            let [penalty, compound] = &mut self.stretches;
            penalty.push(Stretch { base, from, to: on });
            if lateness.compound_on == CompoundOn::InTermInterest {
                compound.push(Stretch { base: unpaid.interest, from, to: on });
            }
        }
        Ok(())
    }

    /// Interest of the row's period up to `on`, half-up.
    pub(crate) fn accrued_interest(&self, on: NaiveDate) -> Money {
        let period = days_between(self.from, self.due);
        let elapsed = days_between(self.from, on).clamp(0, period.max(0));
        let share = self.charged.interest.times(i128::from(elapsed), i128::from(period), Rounding::HalfUp);
        share.unwrap_or(Money::ZERO)
    }

    /// Ends the row: what is unpaid of it is replaced by an agreed schedule.
    pub(crate) fn end(&mut self, on: NaiveDate) {
        let unpaid = self.unpaid();
        for bucket in Bucket::STATUTORY_ORDER {
            *self.replaced.get_mut(bucket) += unpaid.get(bucket);
        }
        self.ended = Some(on);
    }
}

fn posted(sum: Accumulator, rate: Ratio) -> Result<Money, StatementError> {
    sum.posted(rate).ok_or(StatementError::OutOfRange)
}

use ashore_domain::{Money, Ratio};

use crate::interest::Interest;
use crate::level::level_payment;

/// What agreed instalments or a settlement pay month by month: nothing before `start`, `level` in `count` months,
/// `last` in the month after them, nothing later. Never negative.
///
/// Every instalment plan has this shape, so one of them costs four numbers instead of a row per month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) start: usize,
    pub(super) count: usize,
    pub(super) level: i64,
    pub(super) last: i64,
}

impl Flow {
    /// One payment in one month.
    pub(super) const fn once(month: usize, amount: i64) -> Self {
        Self { start: month, count: 0, level: 0, last: amount }
    }

    /// The same, `months` later.
    pub(super) const fn later(self, months: usize) -> Self {
        Self { start: self.start + months, ..self }
    }

    pub(super) const fn pay(&self, month: usize) -> i64 {
        if month < self.start {
            return 0;
        }
        let k = month - self.start;
        if k < self.count {
            self.level
        } else if k == self.count {
            self.last
        } else {
            0
        }
    }

    /// Paid by the end of `month`.
    pub(super) fn cumulative(&self, month: usize) -> i64 {
        if month < self.start {
            return 0;
        }
        let rows = month - self.start + 1;
        if rows <= self.count { self.level * whole(rows) } else { self.total() }
    }

    pub(super) fn total(&self) -> i64 {
        self.level * whole(self.count) + self.last
    }

    pub(super) const fn peak(&self) -> i64 {
        if self.count > 0 && self.level > self.last { self.level } else { self.last }
    }

    /// Months from `start` to the last payment, both counted; 0 when nothing is ever paid.
    pub(super) const fn length(&self) -> usize {
        if self.last > 0 {
            self.count + 1
        } else if self.level > 0 {
            self.count
        } else {
            0
        }
    }

    /// Months in which the difference of two flows' running sums can be largest.
    const fn corners(&self) -> [usize; 4] {
        let end = self.start + self.count;
        [self.start.saturating_sub(1), self.start, end.saturating_sub(1), end]
    }

    /// True if by the end of every month before `months` this has paid no more than `other`.
    pub(super) fn never_ahead_of(&self, other: &Self, months: usize) -> bool {
        if self.start >= other.start
            && self.level <= other.level
            && self.start + self.count >= other.start + other.count
            && self.total() <= other.total()
        {
            return true;
        }
        // Both running sums are straight lines between corners: their difference peaks on one.
        let Some(end) = months.checked_sub(1) else { return true };
        self.corners().into_iter().chain(other.corners()).chain([end]).all(|month| {
            let month = month.min(end);
            self.cumulative(month) <= other.cumulative(month)
        })
    }
}

/// `n` equal monthly instalments of `balance`, the first in month 0 with one month's interest: the rows of 等额本息;
/// at rate zero `balance / n` rounded down, the rest in the last. `None` when no payment repays it.
pub(super) fn instalments(balance: i64, periodic: Ratio, interest: &Interest, n: u16) -> Option<Flow> {
    let count = usize::from(n).checked_sub(1)?;
    if periodic.is_zero() {
        return Some(free(balance, n));
    }
    let level = level_payment(Money::from_fen(balance), periodic, n)?.fen();
    let mut left = balance;
    for row in 0..count {
        let due = interest.on(left.unsigned_abs());
        let principal = (level - due).clamp(0, left);
        if principal + due != level {
            // Rounded up to the fen, the payments of a very small balance end before the last term.
            return Some(Flow { start: 0, count: row, level, last: principal + due });
        }
        left -= principal;
    }
    Some(Flow { start: 0, count, level, last: left + interest.on(left.unsigned_abs()) })
}

/// The same without interest.
pub(super) fn free(balance: i64, n: u16) -> Flow {
    let terms = i64::from(n.max(1));
    let level = balance / terms;
    Flow { start: 0, count: usize::from(n.max(1)) - 1, level, last: balance - level * (terms - 1) }
}

/// A count of months as a factor.
pub(super) fn whole(months: usize) -> i64 {
    i64::try_from(months).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn flow(balance: i64, rate: (i128, i128), n: u16) -> Flow {
        let periodic = Ratio::new(rate.0, rate.1).unwrap();
        instalments(balance, periodic, &Interest::new(periodic, balance.unsigned_abs()), n).unwrap()
    }

    #[test]
    fn instalments_are_the_rows_of_equal_instalments() {
        let published = flow(1_000_000, (2, 100), 12);
        assert_eq!((published.level, published.last), (94_560, 94_555));
        assert_eq!(published.total() - 1_000_000, 134_715);
        let free = flow(100, (0, 1), 3);
        assert_eq!((free.level, free.last, free.total()), (33, 34, 100));
        assert_eq!(flow(1, (0, 1), 12), Flow { start: 0, count: 11, level: 0, last: 1 }, "a debt of one fen");
        assert_eq!(flow(8, (1, 100), 10).total(), 8, "rounded up to a fen a month, it ends early");
        assert_eq!(flow(8, (1, 100), 10).length(), 8);
        assert_eq!(flow(0, (1, 100), 3).length(), 0);
    }

    proptest! {
        #[test]
        fn months_sum_to_the_running_sum(balance in 0i64..100_000, bp in 0i128..6000, n in 1u16..30, start in 0usize..5) {
            let flow = flow(balance, (bp, 120_000), n).later(start);
            let mut sum = 0;
            for month in 0..40 {
                sum += flow.pay(month);
                prop_assert_eq!(flow.cumulative(month), sum);
                prop_assert!(flow.pay(month) <= flow.peak());
            }
            prop_assert_eq!(sum, flow.total());
            prop_assert!(flow.total() >= balance);
        }

        #[test]
        fn corners_are_enough(
            a in (0usize..8, 0usize..8, 0i64..20, 0i64..20), b in (0usize..8, 0usize..8, 0i64..20, 0i64..20), months in 1usize..20,
        ) {
            let [a, b] = [a, b].map(|(start, count, level, last)| Flow { start, count, level, last });
            let everywhere = (0..months).all(|month| a.cumulative(month) <= b.cumulative(month));
            prop_assert_eq!(a.never_ahead_of(&b, months), everywhere);
        }
    }
}

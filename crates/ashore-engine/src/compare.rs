use ashore_domain::{Buckets, Money, Month, Ratio, Rounding, days_between};
use chrono::NaiveDate;

use crate::{MonthCapacity, SolvedRate, cost_dated};

/// A debt as its lender claims it, and what goes on if nothing is agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimedDebt {
    /// What is claimed on the day of the comparison.
    pub claimed: Buckets,
    /// What a yuan of unpaid principal bears a day without an agreement, when that is known.
    pub daily_penalty: Option<Ratio>,
}

/// What a proposal would have the borrower pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedProposal {
    /// Given up by bucket.
    pub waived: Buckets,
    /// Paid in which month, ascending; counted on the month's last day.
    pub rows: Vec<(Month, Money)>,
    /// What a yuan of unpaid principal goes on bearing a day besides the rows, when interest is not stopped.
    pub daily_interest: Option<Ratio>,
    /// What was said about the waiver in case a payment fails.
    pub on_breach: OnBreach,
}

/// What becomes of a waiver when a payment fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum OnBreach {
    /// Nothing was agreed, so that the lender may claim it again.
    #[default]
    NotAgreed,
    /// It lapses.
    WaiverLapses,
    /// It stays.
    WaiverStays,
}

/// One way out in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Everything that is paid from the day of the comparison on.
    pub total_paid: Money,
    /// Claimed in all less `total_paid`; below zero when more is paid.
    pub saving: Money,
    /// Interest that goes on besides the rows, or penalties without an agreement; part of `total_paid`.
    pub added: Money,
    /// The largest sum of one month.
    pub peak_month: Money,
    /// The month of the last payment.
    pub end: Month,
    /// Annual rate at which the payments are worth what is claimed now; negative when less is paid.
    pub xirr: Option<SolvedRate>,
    /// Whether capacity, carried over from month to month, covers every payment; absent without a capacity.
    pub fits_capacity: Option<bool>,
    /// What could be claimed again if a payment fails.
    pub revived: Money,
    /// Claimed, less waived, less the rows: what the rows leave open (above zero) or pay too much (below).
    pub open: Money,
}

/// Why two ways out cannot be compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    /// No rows.
    #[error("rows: at least one payment is needed")]
    NoRows,
    /// A row before the day of the comparison, or out of order.
    #[error("rows: months ascend and none lies before as_of")]
    RowsOutOfOrder,
    /// More is waived than claimed.
    #[error("waived: more than is claimed")]
    WaivedAboveClaim,
    /// Beyond exact arithmetic.
    #[error("debt: too large to compute exactly")]
    TooLarge,
}

/// What a proposal comes to, by the same rules for all, so that they can be laid side by side.
///
/// # Errors
/// A proposal without rows, rows out of order, or a waiver of more than is claimed.
pub fn proposal_outcome(
    as_of: NaiveDate,
    debt: &ClaimedDebt,
    proposal: &ComparedProposal,
    capacity: Option<&[MonthCapacity]>,
) -> Result<Outcome, CompareError> {
    let months = proposal.rows.iter().map(|(month, _)| *month);
    let Some(end) = proposal.rows.last().map(|(month, _)| *month) else { return Err(CompareError::NoRows) };
    if !months.is_sorted() || proposal.rows.first().is_some_and(|(month, _)| *month < Month::of(as_of)) {
        return Err(CompareError::RowsOutOfOrder);
    }
    let waives_more =
        ashore_domain::Bucket::STATUTORY_ORDER.iter().any(|b| proposal.waived.get(*b) > debt.claimed.get(*b));
    if waives_more {
        return Err(CompareError::WaivedAboveClaim);
    }
    let claimed = debt.claimed.total();
    let in_rows: Money = proposal.rows.iter().map(|(_, amount)| *amount).sum();
    let added = match proposal.daily_interest {
        Some(rate) => interest_besides(as_of, debt, proposal, rate).ok_or(CompareError::TooLarge)?,
        None => Money::ZERO,
    };
    let mut payments = proposal.rows.clone();
    payments.push((end, added));
    let waived = proposal.waived.total();
    Ok(Outcome {
        revived: if proposal.on_breach == OnBreach::WaiverStays { Money::ZERO } else { waived },
        open: claimed - waived - in_rows,
        ..outcome(as_of, claimed, added, &payments, capacity)
    })
}

/// What is paid when nothing is agreed and everything claimed is paid at the end of month `end`, penalties having
/// run on the unpaid principal till then.
///
/// # Errors
/// Only amounts beyond exact arithmetic.
pub fn status_quo(
    as_of: NaiveDate,
    debt: &ClaimedDebt,
    end: Month,
    capacity: Option<&[MonthCapacity]>,
) -> Result<Outcome, CompareError> {
    let days = days_between(as_of, end.last_day()).max(0);
    let penalty = match debt.daily_penalty {
        None => Money::ZERO,
        Some(rate) => {
            let rate = rate.times(i128::from(days), 1).ok_or(CompareError::TooLarge)?;
            let principal = debt.claimed.principal;
            principal.times(rate.num(), rate.den(), Rounding::HalfUp).ok_or(CompareError::TooLarge)?
        }
    };
    let claimed = debt.claimed.total();
    Ok(outcome(as_of, claimed, penalty, &[(end, claimed + penalty)], capacity))
}

fn outcome(
    as_of: NaiveDate,
    claimed: Money,
    added: Money,
    payments: &[(Month, Money)],
    capacity: Option<&[MonthCapacity]>,
) -> Outcome {
    let total_paid: Money = payments.iter().map(|(_, amount)| *amount).sum();
    let mut by_month: Vec<(Month, Money)> = Vec::new();
    for &(month, amount) in payments {
        match by_month.last_mut() {
            Some(last) if last.0 == month => last.1 += amount,
            _ => by_month.push((month, amount)),
        }
    }
    let mut flows = vec![(as_of, claimed)];
    flows.extend(by_month.iter().map(|(month, amount)| (month.last_day(), -*amount)));
    Outcome {
        total_paid,
        saving: claimed - total_paid,
        added,
        peak_month: by_month.iter().map(|(_, amount)| *amount).max().unwrap_or(Money::ZERO),
        end: by_month.last().map_or(Month::of(as_of), |(month, _)| *month),
        xirr: cost_dated(&flows).xirr,
        fits_capacity: capacity.map(|capacity| fits(capacity, &by_month)),
        revived: Money::ZERO,
        open: Money::ZERO,
    }
}

/// Whether the capacity stated up to each month covers what is paid up to it.
fn fits(capacity: &[MonthCapacity], by_month: &[(Month, Money)]) -> bool {
    let mut paid = Money::ZERO;
    by_month.iter().all(|(month, amount)| {
        paid += *amount;
        let there: Money = capacity.iter().filter(|c| c.month <= *month).map(|c| c.capacity).sum();
        paid <= there
    })
}

/// Interest on the principal that the rows leave unpaid from month to month, added exactly and rounded once. Rows
/// reach the principal last, as a payment does.
fn interest_besides(
    as_of: NaiveDate,
    debt: &ClaimedDebt,
    proposal: &ComparedProposal,
    daily: Ratio,
) -> Option<Money> {
    let mut principal = debt.claimed.principal - proposal.waived.principal;
    let mut others = debt.claimed.total() - proposal.waived.total() - principal;
    let mut before = as_of;
    let mut fen_days: i128 = 0;
    for &(month, amount) in &proposal.rows {
        let day = month.last_day();
        fen_days += i128::from(principal.fen()) * i128::from(days_between(before, day));
        let to_others = others.min(amount);
        others -= to_others;
        principal = (principal - (amount - to_others)).max(Money::ZERO);
        before = day;
    }
    let fen = Rounding::HalfUp.divide(fen_days.checked_mul(daily.num())?, daily.den());
    i64::try_from(fen).ok().map(Money::from_fen)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    fn yuan(amount: i64) -> Money {
        Money::from_yuan(amount)
    }

    fn debt() -> ClaimedDebt {
        let claimed =
            Buckets { principal: yuan(9000), interest: yuan(600), penalty: yuan(400), ..Buckets::default() };
        ClaimedDebt { claimed, daily_penalty: Ratio::new(5, 10_000) }
    }

    fn proposal() -> ComparedProposal {
        ComparedProposal {
            waived: Buckets { penalty: yuan(400), ..Buckets::default() },
            rows: vec![(month("2026-12"), yuan(4800)), (month("2027-01"), yuan(4800))],
            daily_interest: None,
            on_breach: OnBreach::NotAgreed,
        }
    }

    #[test]
    fn a_waiver_saves_and_comes_back_when_nothing_was_said() {
        let as_of = "2026-11-30".parse().unwrap();
        let capacity =
            [month("2026-12"), month("2027-01")].map(|month| MonthCapacity { month, capacity: yuan(4800) });
        let of = |proposal: &ComparedProposal| {
            proposal_outcome(as_of, &debt(), proposal, Some(&capacity)).unwrap()
        };
        let plain = of(&proposal());
        assert_eq!((plain.total_paid, plain.saving, plain.peak_month), (yuan(9600), yuan(400), yuan(4800)));
        assert_eq!((plain.end, plain.fits_capacity, plain.open), (month("2027-01"), Some(true), Money::ZERO));
        assert_eq!(plain.revived, yuan(400));
        assert!(plain.xirr.unwrap().to_string().starts_with('-'), "less is paid than claimed");
        assert_eq!(
            of(&ComparedProposal { on_breach: OnBreach::WaiverStays, ..proposal() }).revived,
            Money::ZERO
        );
        // 9000 for 31 days, then 4800 for 31: the first row pays the 600 of interest first.
        let accruing = of(&ComparedProposal { daily_interest: Ratio::new(1, 10_000), ..proposal() });
        assert_eq!(accruing.added, "42.78".parse().unwrap());
        assert_eq!((accruing.total_paid, accruing.fits_capacity), ("9642.78".parse().unwrap(), Some(false)));
    }

    #[test]
    fn nothing_agreed_costs_the_penalty_to_the_end() {
        let as_of = "2026-11-30".parse().unwrap();
        let wait = status_quo(as_of, &debt(), month("2027-01"), None).unwrap();
        // 9000 × 0.05 % × 62 days.
        assert_eq!((wait.added, wait.total_paid, wait.saving), (yuan(279), yuan(10_279), yuan(-279)));
        assert_eq!((wait.peak_month, wait.fits_capacity), (yuan(10_279), None));
    }

    #[test]
    fn proposals_that_are_none() {
        let as_of = "2026-12-01".parse().unwrap();
        let refused =
            |proposal: ComparedProposal| proposal_outcome(as_of, &debt(), &proposal, None).unwrap_err();
        assert_eq!(refused(ComparedProposal { rows: vec![], ..proposal() }), CompareError::NoRows);
        let early = vec![(month("2026-11"), yuan(1))];
        assert_eq!(refused(ComparedProposal { rows: early, ..proposal() }), CompareError::RowsOutOfOrder);
        let waived = Buckets { penalty: yuan(401), ..Buckets::default() };
        assert_eq!(refused(ComparedProposal { waived, ..proposal() }), CompareError::WaivedAboveClaim);
    }
}

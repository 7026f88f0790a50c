use ashore_domain::{
    Bucket, Buckets, CompoundOn, DayCount, LoanDraft, Method, Money, Penalty, PenaltyBase, PenaltyDayCount,
    PenaltyRate, Rounding,
};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::convention::{Convention, FeePlacement, FirstPeriod, Known, all};
use super::{Difference, Figure, Identified, IdentifyError, Match, as_understood, ranked};
use crate::{DatedPayment, StatementRequest, statement};

/// What the lender says is owed on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimedBalance {
    /// The day.
    pub as_of: NaiveDate,
    /// By bucket; `None` for a bucket the lender does not name.
    pub buckets: [(Bucket, Option<Money>); 7],
}

/// Every known way of counting interest and penalties against a claimed balance, best first.
///
/// # Errors
/// No bucket named, or a loan that no method can compute.
pub fn identify_claimed(
    loan: &LoanDraft,
    method: Option<Method>,
    day_count: Option<DayCount>,
    payments: &[DatedPayment],
    claimed: &ClaimedBalance,
) -> Result<Identified, IdentifyError> {
    if claimed.buckets.iter().all(|(_, amount)| amount.is_none()) {
        return Err(IdentifyError::NothingPrinted);
    }
    let penalties = penalties(loan.penalty);
    let mut seen: Vec<Buckets> = Vec::new();
    let mut matches = Vec::new();
    for convention in all(loan, Known { method, day_count }).into_iter().filter(is_plain) {
        for &penalty in &penalties {
            let with = LoanDraft { penalty, ..loan.clone() };
            let Some(terms) = as_understood(&with, &convention) else { continue };
            let request = StatementRequest {
                terms: Some(&terms),
                opening: None,
                payments,
                changes: &[],
                as_of: claimed.as_of,
                acceleration_on: None,
            };
            let Ok(state) = statement(&request) else { continue };
            if seen.contains(&state.outstanding) {
                continue;
            }
            let differences = differences(&state.outstanding, claimed);
            matches.push(Match { convention, penalty, differences });
            seen.push(state.outstanding);
        }
    }
    if matches.is_empty() { Err(IdentifyError::NothingToTry) } else { Ok(ranked(matches)) }
}

/// Statements are replayed with the kernel's own rounding and fees in their rows.
fn is_plain(convention: &Convention) -> bool {
    convention.rounding == Rounding::HalfUp
        && convention.first_period == FirstPeriod::AsOthers
        && convention.fees == FeePlacement::EachTerm
}

/// The stated penalty under every reading of it; without one, none and the usual multiples.
fn penalties(stated: Option<Penalty>) -> Vec<Option<Penalty>> {
    let mut rates: Vec<PenaltyRate> = stated.map(|penalty| penalty.rate).into_iter().collect();
    if rates.is_empty() {
        // 罚息 lies between 1.3 and 1.5 times the contract rate; some lenders go on at the rate itself.
        rates.extend([15, 13, 10].map(|tenths| PenaltyRate::MultipleOfContract(Decimal::new(tenths, 1))));
    }
    let mut readings: Vec<Option<Penalty>> = stated.map(Some).into_iter().collect();
    if stated.is_none() {
        readings.push(None);
    }
    for rate in rates {
        for day_count in [PenaltyDayCount::Act360, PenaltyDayCount::Act365] {
            for (base, compound_on) in [
                (PenaltyBase::OverduePrincipal, CompoundOn::None),
                (PenaltyBase::OverduePrincipal, CompoundOn::InTermInterest),
                (PenaltyBase::OverdueTotal, CompoundOn::None),
            ] {
                readings.push(Some(Penalty { rate, base, compound_on, day_count }));
            }
        }
    }
    readings
}

fn differences(ours: &Buckets, claimed: &ClaimedBalance) -> Vec<Difference> {
    let differs = |&(bucket, theirs): &(Bucket, Option<Money>)| {
        let (ours, theirs) = (ours.get(bucket), theirs?);
        let (ours, theirs) = (ours != theirs).then_some((Figure::Amount(ours), Figure::Amount(theirs)))?;
        Some(Difference { term: None, field: name(bucket), ours, theirs })
    };
    claimed.buckets.iter().filter_map(differs).collect()
}

const fn name(bucket: Bucket) -> &'static str {
    match bucket {
        Bucket::Principal => "principal",
        Bucket::Interest => "interest",
        Bucket::Penalty => "penalty",
        Bucket::Compound => "compound",
        Bucket::LateFee => "late_fee",
        Bucket::Fees => "fees",
        Bucket::EnforcementCost => "enforcement_cost",
    }
}

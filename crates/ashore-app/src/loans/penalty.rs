use ashore_domain::{CompoundOn, LoanTerms, PenaltyBase, PenaltyDayCount, PenaltyRate};
use ashore_engine::daily_rate;
use rust_decimal::Decimal;
use serde::Serialize;
use specta::Type;

use crate::view::Fraction;

/// What lateness costs by the contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PenaltyView {
    /// What a day bears, to ten decimals; figures are computed with the exact rate.
    pub per_day: Fraction,
    /// So many times the contract's rate, when it is said so.
    pub times: Option<Fraction>,
    /// Days a year counts here.
    pub days_in_year: u16,
    /// It is borne by everything overdue, not by the principal alone.
    pub on_total: bool,
    /// Overdue interest bears it as well.
    pub compound: bool,
}

const DECIMALS_SHOWN: u32 = 10;

impl PenaltyView {
    /// `None` when the contract says nothing of it, or speaks of a rate that is not known.
    pub(super) fn of(terms: &LoanTerms) -> Option<Self> {
        let draft = terms.get();
        let penalty = draft.penalty?;
        let exact = daily_rate(&penalty, draft.rate).ok()?;
        let part = |n: i128| Decimal::try_from_i128_with_scale(n, 0).ok();
        let per_day = part(exact.num())?.checked_div(part(exact.den())?)?.round_dp(DECIMALS_SHOWN);
        Some(Self {
            per_day: per_day.into(),
            times: match penalty.rate {
                PenaltyRate::MultipleOfContract(times) => Some(times.into()),
                PenaltyRate::Stated(_) => None,
            },
            days_in_year: match penalty.day_count {
                PenaltyDayCount::Act360 => 360,
                PenaltyDayCount::Act365 => 365,
            },
            on_total: penalty.base == PenaltyBase::OverdueTotal,
            compound: penalty.compound_on == CompoundOn::InTermInterest,
        })
    }
}

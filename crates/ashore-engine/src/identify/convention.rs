use ashore_domain::{DayCount, FeeWhen, LoanDraft, Method, Rounding};

/// One way of counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Convention {
    /// Repayment method.
    pub method: Method,
    /// How interest counts time.
    pub day_count: DayCount,
    /// How a row ends at the fen.
    pub rounding: Rounding,
    /// How the first period counts.
    pub first_period: FirstPeriod,
    /// Where fees by term stand.
    pub fees: FeePlacement,
}

/// How the first period counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FirstPeriod {
    /// As the others.
    AsOthers,
    /// By its actual days over 360 although the others are whole.
    Days360,
    /// By its actual days over 365 although the others are whole.
    Days365,
    /// As one whole period although the others go by days.
    Whole,
    /// By its days with both ends counted.
    BothEnds,
}

/// Where fees by term stand in the lender's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FeePlacement {
    /// In each row.
    EachTerm,
    /// All in the first row.
    FirstTerm,
    /// Not in the figures at all.
    Apart,
}

/// What is known for sure narrows what is tried first, not what is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Known {
    pub(super) method: Option<Method>,
    pub(super) day_count: Option<DayCount>,
}

/// Every convention worth trying, the likeliest and simplest first.
pub(super) fn all(loan: &LoanDraft, known: Known) -> Vec<Convention> {
    const METHODS: [Method; 6] = [
        Method::EqualInstallment,
        Method::FlatRate,
        Method::EqualPrincipal,
        Method::InterestOnlyBullet,
        Method::SinglePayment,
        Method::DailyAccrual,
    ];
    const COUNTS: [DayCount; 3] = [DayCount::Months, DayCount::Act360, DayCount::Act365];
    const ROUNDINGS: [Rounding; 3] = [Rounding::HalfUp, Rounding::Floor, Rounding::Ceil];
    let by_term = loan.fees.iter().any(|fee| fee.when == FeeWhen::EachTerm);
    let placements: &[FeePlacement] = if by_term {
        &[FeePlacement::EachTerm, FeePlacement::Apart, FeePlacement::FirstTerm]
    } else {
        &[FeePlacement::EachTerm]
    };
    let mut conventions = Vec::new();
    for rounding in ROUNDINGS {
        for &fees in placements {
            for day_count in first(known.day_count, COUNTS) {
                for &first_period in first_periods(day_count) {
                    for method in first(known.method, METHODS) {
                        conventions.push(Convention { method, day_count, rounding, first_period, fees });
                    }
                }
            }
        }
    }
    // What the borrower knows comes before any variation of the rest.
    conventions.sort_by_key(|c| {
        (known.method.is_some_and(|m| m != c.method), known.day_count.is_some_and(|d| d != c.day_count))
    });
    conventions
}

/// First periods that differ from the others under this day count.
const fn first_periods(day_count: DayCount) -> &'static [FirstPeriod] {
    match day_count {
        DayCount::Months => &[FirstPeriod::AsOthers, FirstPeriod::Days360, FirstPeriod::Days365],
        DayCount::Act360 | DayCount::Act365 => {
            &[FirstPeriod::AsOthers, FirstPeriod::Whole, FirstPeriod::BothEnds]
        }
    }
}

/// All of them, the known one first.
fn first<T: PartialEq + Copy, const N: usize>(known: Option<T>, mut all: [T; N]) -> [T; N] {
    if let Some(known) = known {
        all.sort_by_key(|one| *one != known);
    }
    all
}

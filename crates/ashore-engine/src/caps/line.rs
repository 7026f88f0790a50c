use rust_decimal::Decimal;

use crate::rules::{Rule, Span};
use crate::{Cost, SolvedRate};

/// The cost of a loan in the measures that a line is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Measures {
    /// Periodic rate × periods a year.
    pub apr_nominal: Option<SolvedRate>,
    /// The same compounded.
    pub apr_effective: Option<SolvedRate>,
    /// By actual dates.
    pub xirr: Option<SolvedRate>,
}

/// How the measures lie to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// None is above it.
    Below,
    /// All are above it.
    Above,
    /// It depends on the measure, or none is known.
    Depends,
}

/// One line and how the loan lies to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CapLine {
    /// The rule it rests on.
    pub rule: Rule,
    /// The line, a fraction a year.
    pub limit: Decimal,
    /// The multiple and the LPR that give the line, when it is one.
    pub of_lpr: Option<(Decimal, Decimal)>,
    /// The row, or the LPR it is a multiple of, is the borrower's own.
    pub own: bool,
    /// Days of the loan's life to which it applies.
    pub accrues: Span,
    /// The loan.
    pub measures: Measures,
    /// How the two lie.
    pub verdict: Verdict,
}

/// Rates are disclosed to the hundredth of a percent, and rows rounded to the fen make a contract at exactly 24 %
/// cost 24.0009 %: what is less than half a hundredth of a percent above a line is on it.
const DISCLOSED: Decimal = Decimal::from_parts(49_999_999, 0, 0, false, 12);

impl Measures {
    pub(super) const fn of(cost: &Cost) -> Self {
        Self { apr_nominal: cost.apr_nominal, apr_effective: cost.apr_effective, xirr: cost.xirr }
    }

    /// How they lie to `limit`: what equals it, as rates are disclosed, is below.
    #[must_use]
    pub fn verdict(&self, limit: Decimal) -> Verdict {
        let line = limit.checked_add(DISCLOSED).unwrap_or(limit);
        let known = [self.apr_nominal, self.apr_effective, self.xirr];
        let above: Vec<bool> = known.iter().flatten().map(|rate| rate.is_above(line)).collect();
        match (above.contains(&true), above.contains(&false)) {
            (true, false) => Verdict::Above,
            (false, true) => Verdict::Below,
            _ => Verdict::Depends,
        }
    }
}

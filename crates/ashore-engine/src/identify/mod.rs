//! Which convention is the lender using? Its printed rows or claimed balance against every known way of counting.

mod claimed;
mod convention;
mod printed;
mod rows;

use ashore_domain::{LoanDraft, LoanTerms, Money, Penalty};
use chrono::NaiveDate;

pub use claimed::{ClaimedBalance, identify_claimed};
pub use convention::{Convention, FeePlacement, FirstPeriod};
pub(crate) use printed::{Counted, counted};
pub use printed::{PrintedRow, identify_printed};

/// As many conventions are named; the best come first.
const MATCHES_MAX: usize = 8;

/// One way of counting, held against the lender's own figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The way of counting.
    pub convention: Convention,
    /// The penalty that goes with it, where a claimed balance was explained.
    pub penalty: Option<Penalty>,
    /// Where it gives other figures; empty when it reproduces all of them to the fen.
    pub differences: Vec<Difference>,
}

impl Match {
    /// True when every figure is reproduced to the fen.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        self.differences.is_empty()
    }

    /// How far off: the number of figures, then their sum.
    fn distance(&self) -> (usize, i64) {
        let off = |difference: &Difference| match (difference.ours, difference.theirs) {
            (Figure::Amount(ours), Figure::Amount(theirs)) => (ours - theirs).fen().saturating_abs(),
            _ => 0,
        };
        (self.differences.len(), self.differences.iter().map(off).fold(0, i64::saturating_add))
    }
}

/// A figure that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// The row, from 1; `None` for a claimed balance.
    pub term: Option<u16>,
    /// Which figure, by its name in a schedule or statement.
    pub field: &'static str,
    /// By this convention.
    pub ours: Figure,
    /// As the lender has it.
    pub theirs: Figure,
}

/// An amount or a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figure {
    /// An amount.
    Amount(Money),
    /// A day.
    Day(NaiveDate),
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identified {
    /// Ways of counting, best first; ways that give the same figures are named once, by the simplest of them.
    pub matches: Vec<Match>,
    /// How many reproduce every figure.
    pub exact: usize,
}

/// Why nothing can be held against the lender's figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentifyError {
    /// No rows, or rows without a single figure.
    #[error("printed: at least one row with an amount is needed")]
    NothingPrinted,
    /// More rows than terms.
    #[error("printed: more rows than the loan has terms")]
    TooManyRows,
    /// What is known fits no convention: the loan's own fields contradict one another.
    #[error("loan: no repayment method can be computed from what is known")]
    NothingToTry,
}

fn ranked(mut matches: Vec<Match>) -> Identified {
    // A stable sort: among equals the simplest convention, tried first, stays first.
    matches.sort_by_key(Match::distance);
    let exact = matches.iter().filter(|found| found.is_exact()).count();
    matches.truncate(MATCHES_MAX);
    Identified { matches, exact }
}

/// The loan as this convention understands it, when it can be computed at all.
pub(crate) fn as_understood(loan: &LoanDraft, convention: &Convention) -> Option<LoanTerms> {
    let draft = LoanDraft { method: convention.method, day_count: convention.day_count, ..loan.clone() };
    LoanTerms::new(draft).ok()
}

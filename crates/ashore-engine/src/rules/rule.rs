use ashore_domain::{LenderKind, days_between};
use chrono::NaiveDate;

/// A stretch of civil days, both ends included; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
}

impl Span {
    /// Every day there is.
    pub const ALWAYS: Self = Self { from: None, to: None };

    /// True when the day lies within.
    #[must_use]
    pub fn contains(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// True when some day lies in both.
    #[must_use]
    pub fn meets(&self, other: &Self) -> bool {
        let before = |a: &Self, b: &Self| matches!((a.to, b.from), (Some(to), Some(from)) if to < from);
        !before(self, other) && !before(other, self)
    }

    /// True unless it ends before it begins.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        !matches!((self.from, self.to), (Some(from), Some(to)) if to < from)
    }
}

/// Where a row's content comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EvidenceGrade {
    /// Read in a source that the row names.
    Sourced,
    /// A default that nobody has checked.
    Unverified,
    /// Entered by the borrower.
    User,
}

/// How far a row can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// A guess from practice.
    Low,
    /// Read second-hand.
    Mid,
    /// Read in the text or in several places.
    High,
}

/// What every row says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Stable name; rows that share it are versions of one rule in different times.
    pub id: String,
    /// In Chinese.
    pub title: String,
    /// In English.
    pub title_en: String,
    /// Days on which it is in force.
    pub effective: Span,
    /// Days of contract it speaks of.
    pub contracts: Span,
    /// Creditors it speaks of; empty means all.
    pub lenders: Vec<LenderKind>,
    /// Where it is written.
    pub source: String,
    /// Where the row's content comes from.
    pub evidence: EvidenceGrade,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// The day it was last checked.
    pub as_of: NaiveDate,
    /// A remark, or why the borrower changed it.
    pub note: Option<String>,
}

impl Rule {
    /// True for a creditor of this kind and a contract of that day.
    #[must_use]
    pub fn applies_to(&self, lender: LenderKind, contract: NaiveDate) -> bool {
        (self.lenders.is_empty() || self.lenders.contains(&lender)) && self.contracts.contains(contract)
    }

    /// Days since the row was last checked.
    #[must_use]
    pub fn age(&self, today: NaiveDate) -> i64 {
        days_between(self.as_of, today)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_meet_on_shared_days_only() {
        let span = |from: Option<&str>, to: Option<&str>| Span {
            from: from.map(|d| d.parse().unwrap()),
            to: to.map(|d| d.parse().unwrap()),
        };
        let spring = span(Some("2026-01-01"), Some("2026-06-30"));
        assert!(spring.meets(&span(Some("2026-06-30"), None)));
        assert!(!spring.meets(&span(Some("2026-07-01"), None)));
        assert!(spring.meets(&Span::ALWAYS) && Span::ALWAYS.meets(&spring));
        assert!(spring.contains("2026-06-30".parse().unwrap()));
        assert!(!span(Some("2026-06-30"), Some("2026-01-01")).is_sound());
    }
}

use ashore_domain::{LenderKind, Month};
use chrono::NaiveDate;

use super::{ConductRule, CostCap, Holidays, Interruption, LprTable, PeriodRule, Rule, Span};

/// Rows as they were read, before they are checked.
#[derive(Debug, Clone, Default)]
pub struct RuleParts {
    /// The loan prime rate.
    pub lpr: LprTable,
    /// What a loan may cost.
    pub caps: Vec<CostCap>,
    /// Time limits.
    pub periods: Vec<PeriodRule>,
    /// What interrupts the limitation of action.
    pub interruptions: Vec<Interruption>,
    /// What a collector may do.
    pub conduct: Vec<ConductRule>,
    /// Holidays.
    pub holidays: Holidays,
}

/// Rules that can be used: every id has rows that do not overlap, every stretch of days runs forward.
#[derive(Debug, Clone)]
pub struct RuleSet {
    parts: RuleParts,
}

/// Why rows are no rules.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RulesError {
    /// Two rows of one rule claim the same days.
    #[error("rule {id}: two rows hold for the same days and contracts")]
    Overlap {
        /// The rule.
        id: String,
    },
    /// Days that end before they begin.
    #[error("rule {id}: ends before it begins")]
    Backwards {
        /// The rule.
        id: String,
    },
}

/// What the reader should know about the rules an answer rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RuleFinding {
    /// Nobody has checked the row for longer than rules keep.
    Stale {
        /// The rule.
        id: String,
        /// The day it was last checked.
        as_of: NaiveDate,
    },
    /// Between two rows of one rule lie days that neither covers.
    Gap {
        /// The rule.
        id: String,
        /// First day without a row.
        from: NaiveDate,
        /// Last day without one.
        to: NaiveDate,
    },
    /// A month without an LPR quote.
    LprGap {
        /// The month.
        month: Month,
    },
    /// The LPR is carried forward from an older quote.
    LprProvisional {
        /// The last quote before the day asked for.
        quoted_on: NaiveDate,
    },
    /// No LPR was quoted by that day.
    LprUnknown {
        /// The day asked for.
        day: NaiveDate,
    },
    /// A year's holidays are not known; its days follow the week.
    HolidaysUnknown {
        /// The year.
        year: i32,
    },
}

impl RuleFinding {
    /// The code under which the finding is known outside.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Stale { .. } => "rule_stale",
            Self::Gap { .. } => "rule_gap",
            Self::LprGap { .. } => "lpr_gap",
            Self::LprProvisional { .. } => "lpr_provisional",
            Self::LprUnknown { .. } => "lpr_unknown",
            Self::HolidaysUnknown { .. } => "holidays_unknown",
        }
    }
}

/// Days a row keeps when no row says otherwise.
const KEEPS: i64 = 180;

impl RuleSet {
    /// Checked rules.
    ///
    /// # Errors
    /// Rows of one rule that overlap, and days that run backwards.
    pub fn new(parts: RuleParts) -> Result<Self, RulesError> {
        let caps: Vec<_> = parts.caps.iter().map(|cap| (&cap.rule, cap.accrues)).collect();
        let plain = |rule| (rule, Span::ALWAYS);
        check(&caps)?;
        check(&parts.periods.iter().map(|row| plain(&row.rule)).collect::<Vec<_>>())?;
        check(&parts.interruptions.iter().map(|row| plain(&row.rule)).collect::<Vec<_>>())?;
        check(&parts.conduct.iter().map(|row| plain(&row.rule)).collect::<Vec<_>>())?;
        Ok(Self { parts })
    }

    /// The loan prime rate.
    #[must_use]
    pub const fn lpr(&self) -> &LprTable {
        &self.parts.lpr
    }

    /// The holidays.
    #[must_use]
    pub const fn holidays(&self) -> &Holidays {
        &self.parts.holidays
    }

    /// Rows on cost for this creditor and contract that are in force on `day`.
    pub fn caps(
        &self,
        lender: LenderKind,
        contract: NaiveDate,
        day: NaiveDate,
    ) -> impl Iterator<Item = &CostCap> {
        self.parts
            .caps
            .iter()
            .filter(move |cap| cap.rule.applies_to(lender, contract) && cap.rule.effective.contains(day))
    }

    /// Every row on cost.
    #[must_use]
    pub fn all_caps(&self) -> &[CostCap] {
        &self.parts.caps
    }

    /// The time limit `id` as it stands on `day`.
    #[must_use]
    pub fn period(&self, id: &str, day: NaiveDate) -> Option<&PeriodRule> {
        self.parts.periods.iter().find(|row| row.rule.id == id && row.rule.effective.contains(day))
    }

    /// Every time limit.
    #[must_use]
    pub fn periods(&self) -> &[PeriodRule] {
        &self.parts.periods
    }

    /// The row on an event that may interrupt the limitation of action.
    #[must_use]
    pub fn interruption(&self, event: &str, day: NaiveDate) -> Option<&Interruption> {
        let rows = &self.parts.interruptions;
        rows.iter().find(|row| row.event == event && row.rule.effective.contains(day))
    }

    /// Every act that interrupts.
    #[must_use]
    pub fn interruptions(&self) -> &[Interruption] {
        &self.parts.interruptions
    }

    /// Every row on conduct.
    #[must_use]
    pub fn conduct(&self) -> &[ConductRule] {
        &self.parts.conduct
    }

    /// Days after which a row that nobody looked at again is stale.
    #[must_use]
    pub fn keeps(&self, today: NaiveDate) -> i64 {
        self.period("RULES-STALE", today).map_or(KEEPS, |row| i64::from(row.length))
    }

    /// The finding on a row that has not been checked for too long, if so.
    #[must_use]
    pub fn stale(&self, rule: &Rule, today: NaiveDate) -> Option<RuleFinding> {
        (rule.age(today) > self.keeps(today))
            .then(|| RuleFinding::Stale { id: rule.id.clone(), as_of: rule.as_of })
    }

    /// Everything that is stale, missing or provisional on `today`.
    #[must_use]
    pub fn review(&self, today: NaiveDate) -> Vec<RuleFinding> {
        let parts = &self.parts;
        let rules = parts.caps.iter().map(|row| &row.rule);
        let rules = rules.chain(parts.periods.iter().map(|row| &row.rule));
        let rules = rules.chain(parts.interruptions.iter().map(|row| &row.rule));
        let rules: Vec<&Rule> = rules.chain(parts.conduct.iter().map(|row| &row.rule)).collect();
        let mut findings: Vec<_> = rules.iter().filter_map(|rule| self.stale(rule, today)).collect();
        findings.extend(gaps(&rules));
        findings.extend(parts.lpr.gaps().map(|month| RuleFinding::LprGap { month }));
        if let Some(at) = parts.lpr.at(today).filter(|at| at.provisional) {
            findings.push(RuleFinding::LprProvisional { quoted_on: at.quoted_on });
        }
        findings.extend(parts.holidays.missing_years().map(|year| RuleFinding::HolidaysUnknown { year }));
        findings
    }
}

/// Rows of one rule may not claim the same days of the same contracts for the same part of a loan's life.
fn check(rows: &[(&Rule, Span)]) -> Result<(), RulesError> {
    for (index, (rule, accrues)) in rows.iter().enumerate() {
        if ![rule.effective, rule.contracts, *accrues].iter().all(Span::is_sound) {
            return Err(RulesError::Backwards { id: rule.id.clone() });
        }
        let clash = rows.iter().skip(index + 1).any(|(other, later)| {
            other.id == rule.id
                && other.effective.meets(&rule.effective)
                && other.contracts.meets(&rule.contracts)
                && later.meets(accrues)
        });
        if clash {
            return Err(RulesError::Overlap { id: rule.id.clone() });
        }
    }
    Ok(())
}

fn gaps(rules: &[&Rule]) -> Vec<RuleFinding> {
    let mut rows: Vec<&&Rule> = rules.iter().collect();
    rows.sort_by(|a, b| (&a.id, a.effective.from).cmp(&(&b.id, b.effective.from)));
    let gap = |pair: &[&&Rule]| {
        let [before, after] = pair else { return None };
        let from = before.effective.to?.succ_opt()?;
        let to = after.effective.from?.pred_opt()?;
        (before.id == after.id && from <= to).then(|| RuleFinding::Gap { id: before.id.clone(), from, to })
    };
    rows.windows(2).filter_map(gap).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Alarms, Confidence, EvidenceGrade, PeriodUnit};
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn limit(id: &str, from: &str, to: Option<&str>) -> PeriodRule {
        PeriodRule {
            rule: Rule {
                id: id.to_owned(),
                title: String::new(),
                title_en: String::new(),
                effective: Span { from: Some(day(from)), to: to.map(day) },
                contracts: Span::ALWAYS,
                lenders: Vec::new(),
                source: String::new(),
                evidence: EvidenceGrade::Sourced,
                confidence: Confidence::High,
                as_of: day("2026-01-01"),
                note: None,
            },
            length: 15,
            unit: PeriodUnit::Calendar,
            alarms: Alarms::Daily,
        }
    }

    fn set(periods: Vec<PeriodRule>) -> Result<RuleSet, RulesError> {
        RuleSet::new(RuleParts { periods, ..RuleParts::default() })
    }

    #[test]
    fn rows_of_one_rule_follow_each_other() {
        let old = limit("A", "2020-01-01", Some("2024-12-31"));
        let rules = set(vec![old.clone(), limit("A", "2025-01-01", None)]).unwrap();
        assert_eq!(rules.period("A", day("2024-12-31")), Some(&old));
        assert_eq!(rules.period("A", day("2019-12-31")), None);
        assert!(rules.review(day("2026-06-30")).is_empty());
    }

    #[test]
    fn overlaps_and_reversals_are_refused() {
        let overlap = set(vec![limit("A", "2020-01-01", None), limit("A", "2025-01-01", None)]);
        assert_eq!(overlap.unwrap_err(), RulesError::Overlap { id: "A".into() });
        let backwards = set(vec![limit("A", "2020-01-01", Some("2019-01-01"))]);
        assert_eq!(backwards.unwrap_err(), RulesError::Backwards { id: "A".into() });
    }

    #[test]
    fn gaps_and_stale_rows_are_named() {
        let rows = vec![limit("A", "2025-03-01", None), limit("A", "2020-01-01", Some("2024-12-31"))];
        let gap = RuleFinding::Gap { id: "A".into(), from: day("2025-01-01"), to: day("2025-02-28") };
        let rules = set(rows).unwrap();
        assert_eq!(rules.review(day("2026-06-30")), [gap]);
        let stale = RuleFinding::Stale { id: "A".into(), as_of: day("2026-01-01") };
        assert!(rules.review(day("2026-07-01")).contains(&stale));
    }
}

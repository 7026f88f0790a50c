use ashore_engine::rules::LegalAct;
use ashore_engine::{
    Deadline, EventEffect, InterruptionSeen, Limitation, LimitationFinding, LimitationState,
};
use serde::Serialize;

use super::{ConfidenceShape, Day, RuleFindingShape};

/// An estimate of the limitation of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // see the contract of the command line
pub struct LimitationShape {
    pub started: Day,
    pub ends: Day,
    pub state: StateShape,
    pub interruptions: Vec<InterruptionShape>,
    pub confidence: &'static str,
    pub rule: String,
    pub source: String,
    pub findings: Vec<LimitationFindingShape>,
}

/// Whether the period is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum StateShape {
    Running,
    PossiblyExpired,
}

/// One event with its effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct InterruptionShape {
    pub date: Day,
    pub kind: String,
    pub by: &'static str,
    pub effect: &'static str,
    pub ends: Day,
    pub rule: String,
    pub source: String,
    pub confidence: ConfidenceShape,
}

/// A finding as `{"code", …facts}`; `docs/codes.md` explains each code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[allow(missing_docs)]
pub enum LimitationFindingShape {
    Limitation(PeriodFinding),
    Rule(RuleFindingShape),
}

/// What an estimate itself has to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PeriodFinding {
    NotYetDue,
    EventBeforeDue { event: usize },
    EventAfterAsOf { event: usize },
    DefenceGivenUp { on: Day },
    AfterExpiryUnclear { on: Day },
    LongestProtection,
}

/// When a time limit ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // see the contract of the command line
pub struct DeadlineShape {
    pub last_day: Day,
    pub unrolled_last_day: Day,
    pub unit: &'static str,
    pub counted: Vec<Day>,
    pub alarms: Vec<Day>,
    pub source: String,
    pub confidence: ConfidenceShape,
    pub findings: Vec<RuleFindingShape>,
}

impl From<Limitation> for LimitationShape {
    fn from(estimate: Limitation) -> Self {
        Self {
            started: estimate.started.into(),
            ends: estimate.ends.into(),
            state: match estimate.state {
                LimitationState::Running => StateShape::Running,
                LimitationState::PossiblyExpired => StateShape::PossiblyExpired,
            },
            interruptions: estimate.interruptions.into_iter().map(Into::into).collect(),
            // Whatever the rule's own standing, dates alone never settle it.
            confidence: "estimate",
            rule: estimate.rule.id,
            source: estimate.rule.source,
            findings: estimate.findings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<InterruptionSeen> for InterruptionShape {
    fn from(seen: InterruptionSeen) -> Self {
        Self {
            date: seen.on.into(),
            kind: seen.kind,
            by: match seen.by {
                LegalAct::Creditor => "creditor",
                LegalAct::Debtor => "debtor",
            },
            effect: match seen.effect {
                EventEffect::Restarts => "restarts",
                EventEffect::Revives => "revives",
                EventEffect::Unclear => "unclear",
                EventEffect::Nothing => "none",
            },
            ends: seen.ends.into(),
            rule: seen.rule.id,
            source: seen.rule.source,
            confidence: seen.rule.confidence.into(),
        }
    }
}

impl From<LimitationFinding> for LimitationFindingShape {
    fn from(finding: LimitationFinding) -> Self {
        use LimitationFinding as F;
        Self::Limitation(match finding {
            F::Rule(finding) => return Self::Rule(finding.into()),
            F::NotYetDue => PeriodFinding::NotYetDue,
            F::EventBeforeDue { index } => PeriodFinding::EventBeforeDue { event: index },
            F::EventAfterAsOf { index } => PeriodFinding::EventAfterAsOf { event: index },
            F::DefenceGivenUp { on } => PeriodFinding::DefenceGivenUp { on: on.into() },
            F::AfterExpiryUnclear { on } => PeriodFinding::AfterExpiryUnclear { on: on.into() },
            F::LongestProtection => PeriodFinding::LongestProtection,
        })
    }
}

impl DeadlineShape {
    /// The deadline with what its rule says about itself.
    #[must_use]
    pub fn new(deadline: Deadline, rule: &ashore_engine::rules::PeriodRule) -> Self {
        use ashore_engine::rules::PeriodUnit as U;
        let days = |days: Vec<chrono::NaiveDate>| days.into_iter().map(Day).collect();
        Self {
            last_day: deadline.last_day.into(),
            unrolled_last_day: deadline.unrolled_last_day.into(),
            unit: match rule.unit {
                U::Calendar => "calendar",
                U::Working => "working",
                U::Month => "month",
                U::Year => "year",
            },
            counted: days(deadline.counted),
            alarms: days(deadline.alarms),
            source: rule.rule.source.clone(),
            confidence: rule.rule.confidence.into(),
            findings: deadline.findings.into_iter().map(Into::into).collect(),
        }
    }
}

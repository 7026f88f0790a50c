use ashore_engine::rules::{Confidence, EvidenceGrade, RuleFinding};
use serde::Serialize;

use super::Day;

/// A finding on the rules behind an answer; `docs/codes.md` explains each code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum RuleFindingShape {
    RuleStale { rule: String, as_of: Day },
    RuleGap { rule: String, from: Day, to: Day },
    LprGap { month: String },
    LprProvisional { quoted_on: Day },
    LprUnknown { day: Day },
    HolidaysUnknown { year: i32 },
}

impl From<RuleFinding> for RuleFindingShape {
    fn from(finding: RuleFinding) -> Self {
        use RuleFinding as F;
        match finding {
            F::Stale { id, as_of } => Self::RuleStale { rule: id, as_of: as_of.into() },
            F::Gap { id, from, to } => Self::RuleGap { rule: id, from: from.into(), to: to.into() },
            F::LprGap { month } => Self::LprGap { month: month.to_string() },
            F::LprProvisional { quoted_on } => Self::LprProvisional { quoted_on: quoted_on.into() },
            F::LprUnknown { day } => Self::LprUnknown { day: day.into() },
            F::HolidaysUnknown { year } => Self::HolidaysUnknown { year },
        }
    }
}

/// How far a row can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ConfidenceShape {
    Low,
    Mid,
    High,
}

impl From<Confidence> for ConfidenceShape {
    fn from(confidence: Confidence) -> Self {
        match confidence {
            Confidence::Low => Self::Low,
            Confidence::Mid => Self::Mid,
            Confidence::High => Self::High,
        }
    }
}

/// Where a row's content comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum EvidenceShape {
    Sourced,
    Unverified,
    User,
}

impl From<EvidenceGrade> for EvidenceShape {
    fn from(grade: EvidenceGrade) -> Self {
        match grade {
            EvidenceGrade::Sourced => Self::Sourced,
            EvidenceGrade::Unverified => Self::Unverified,
            EvidenceGrade::User => Self::User,
        }
    }
}

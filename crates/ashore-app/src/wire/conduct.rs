use ashore_engine::rules::RuleSet;
use ashore_engine::{ConductFact, ConductFinding, ContactTarget, Hours};
use chrono::NaiveDate;
use serde::Serialize;

use super::Day;
use super::rule_finding::ConfidenceShape;

/// What may not fit a rule, each with the contacts it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConductShape {
    /// By rule, then by day and lender.
    pub findings: Vec<ConductFindingShape>,
}

/// Some contacts that may not fit a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // the contract of the command line explains them
pub struct ConductFindingShape {
    pub rule: String,
    pub contacts: Vec<usize>,
    pub facts: ConductFactsShape,
    pub source: String,
    pub confidence: ConfidenceShape,
    /// The rule was not checked for longer than rules keep, as of the last of the contacts asked about: a question on
    /// conduct has no other date.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stale: bool,
    /// Always "may not fit … please check by hand".
    pub wording: String,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)] // each is what it is named after
pub struct ConductFactsShape {
    pub lender: String,
    pub target: &'static str,
    pub day: Day,
    #[serde(flatten)]
    pub what: ConductFactShape,
}

/// The figures or words of a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)] // each is what it is named after
pub enum ConductFactShape {
    QuietHours { from: String, to: String },
    EffectiveCalls { count: usize, limit: usize, numbers: usize },
    Attempts { count: usize, limit: usize, numbers: usize },
    ThirdParty { failed_before: usize },
    AfterAgreement,
    Words { lexicon: String, words: Vec<String>, suggestion: bool },
}

impl ConductShape {
    /// The shape of the engine's findings; `last` is the civil day of the last contact.
    #[must_use]
    pub fn new(findings: &[ConductFinding<'_>], rules: &RuleSet, last: Option<NaiveDate>) -> Self {
        let findings = findings.iter().map(|finding| {
            let stale = last.and_then(|last| rules.stale(&finding.rule.rule, last)).is_some();
            ConductFindingShape { stale, ..ConductFindingShape::of(finding) }
        });
        Self { findings: findings.collect() }
    }
}

impl ConductFindingShape {
    /// The shape of one finding; whether its rule is stale is another question.
    #[must_use]
    pub fn of(finding: &ConductFinding<'_>) -> Self {
        let rule = &finding.rule.rule;
        let target = match finding.target {
            ContactTarget::Debtor => "debtor",
            ContactTarget::ThirdParty => "third_party",
        };
        Self {
            rule: rule.id.clone(),
            contacts: finding.contacts.clone(),
            facts: ConductFactsShape {
                lender: finding.lender.clone(),
                target,
                day: finding.day.into(),
                what: ConductFactShape::of(&finding.what),
            },
            source: rule.source.clone(),
            confidence: finding.confidence.into(),
            stale: false,
            wording: format!("可能不符合“{}”，请人工核对。", rule.title),
        }
    }
}

impl ConductFactShape {
    fn of(fact: &ConductFact) -> Self {
        match fact {
            ConductFact::QuietHours { hours: Hours { from, to } } => Self::QuietHours {
                from: from.format("%H:%M").to_string(),
                to: to.format("%H:%M").to_string(),
            },
            ConductFact::EffectiveCalls { count, limit, numbers } => {
                Self::EffectiveCalls { count: *count, limit: *limit, numbers: *numbers }
            }
            ConductFact::Attempts { count, limit, numbers } => {
                Self::Attempts { count: *count, limit: *limit, numbers: *numbers }
            }
            ConductFact::ThirdParty { failed_before } => Self::ThirdParty { failed_before: *failed_before },
            ConductFact::AfterAgreement => Self::AfterAgreement,
            ConductFact::Words { lexicon, words } => {
                Self::Words { lexicon: lexicon.clone(), words: words.clone(), suggestion: true }
            }
        }
    }
}

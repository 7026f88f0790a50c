use ashore_engine::EventEffect;
use ashore_engine::rules::{EvidenceGrade, Rule, RuleSet};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::limitation_events::Trace;
use crate::view::{Yuan, day};

/// 诉讼时效 of one loan: an estimate from dates alone, with everything that met the period. Courts decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LimitationView {
    /// The day the estimate speaks of.
    pub as_of: String,
    /// The day the present period counts from.
    pub started: String,
    /// Its last day.
    pub ends: String,
    /// Where it stands.
    pub state: LimitationStanding,
    /// Everything recorded that the rules speak of, oldest first.
    pub events: Vec<LimitationEventView>,
    /// The rule on the length, with its source and the day it was last checked.
    pub rule: RuleNote,
    /// What the reader should know, as codes.
    pub findings: Vec<String>,
}

/// Where the period stands, as far as dates tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LimitationStanding {
    /// The last term is still to come.
    NotStarted,
    /// The period runs.
    Running,
    /// It may be over: a lawyer should look before anything is said, signed or paid.
    PossiblyExpired,
}

/// What an act does, or did, to the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LimitationChange {
    /// Before the last due: the period has not begun, nothing changes.
    BeforeDue,
    /// The period begins anew.
    Restarts,
    /// The period was over; the defence is given up and the period begins anew.
    Revives,
    /// The period was over; courts differ on what the act means.
    Unclear,
    /// The period was over; the act changes nothing.
    Nothing,
}

/// One event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LimitationEventView {
    /// The civil day.
    pub on: String,
    /// The rules' name of the event.
    pub kind: String,
    /// Whose act: the borrower's, or the creditor's.
    pub by_borrower: bool,
    /// What it did.
    pub change: LimitationChange,
    /// The end of the period after it; absent before the last due.
    pub ends: Option<String>,
    /// The rule it falls under.
    pub rule: RuleNote,
    /// The entry it was read from.
    pub trace: LimitationTrace,
}

/// The entry behind an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "of", rename_all = "snake_case")]
#[allow(missing_docs)] // which entry, and what it says of itself
pub enum LimitationTrace {
    Payment { id: String, amount: Yuan },
    Proposal { id: String },
    Agreement { id: String },
    Record { id: String, summary: String },
}

/// A rule in one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the engine's `Rule` explains them
pub struct RuleNote {
    pub id: String,
    pub title: String,
    pub title_en: String,
    pub source: String,
    pub as_of: String,
    pub stale: bool,
    /// The borrower's own.
    pub own: bool,
}

/// Something the borrower is about to do, by the name the rules have for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LegalStep {
    /// 部分履行.
    Payment,
    /// 请求延期履行.
    DeferralRequest,
    /// 制定清偿计划: an offer or request with dues of its own.
    RepaymentPlan,
    /// 同意履行.
    PromiseToPay,
    /// 达成新的还款协议.
    RepaymentAgreement,
    /// 在催款通知上签字.
    CollectionNoticeSigned,
    /// 提供担保.
    SecurityOffered,
}

/// What an act of today would do to the limitation of one loan. It is said before the act, not after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct LimitationEffectView {
    /// Which loan.
    pub loan_id: String,
    /// What the borrower calls it.
    pub loan_name: String,
    /// The act.
    pub step: LegalStep,
    /// Where the period stands before it.
    pub state: LimitationStanding,
    /// The last day of the period before it.
    pub ends: String,
    /// What the act does.
    pub change: LimitationChange,
    /// The last day of the period after it.
    pub ends_after: String,
    /// The period may be over: stop and consult a lawyer first.
    pub consult: bool,
    /// The act changes the period, or may: say so before it is done.
    pub warn: bool,
    /// The rule on the act.
    pub rule: RuleNote,
}

impl LegalStep {
    pub(super) const fn event(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::DeferralRequest => "deferral_request",
            Self::RepaymentPlan => "repayment_plan",
            Self::PromiseToPay => "promise_to_pay",
            Self::RepaymentAgreement => "repayment_agreement",
            Self::CollectionNoticeSigned => "collection_notice_signed",
            Self::SecurityOffered => "security_offered",
        }
    }
}

impl RuleNote {
    pub(crate) fn of(rule: &Rule, rules: &RuleSet, today: NaiveDate) -> Self {
        Self {
            id: rule.id.clone(),
            title: rule.title.clone(),
            title_en: rule.title_en.clone(),
            source: rule.source.clone(),
            as_of: day(rule.as_of),
            stale: rules.stale(rule, today).is_some(),
            own: rule.evidence == EvidenceGrade::User,
        }
    }
}

impl From<EventEffect> for LimitationChange {
    fn from(effect: EventEffect) -> Self {
        match effect {
            EventEffect::Restarts => Self::Restarts,
            EventEffect::Revives => Self::Revives,
            EventEffect::Unclear => Self::Unclear,
            EventEffect::Nothing => Self::Nothing,
        }
    }
}

impl From<Trace> for LimitationTrace {
    fn from(trace: Trace) -> Self {
        match trace {
            Trace::Payment { id, amount } => Self::Payment { id, amount: amount.into() },
            Trace::Proposal { id } => Self::Proposal { id },
            Trace::Agreement { id } => Self::Agreement { id },
            Trace::Record { id, summary } => Self::Record { id, summary },
        }
    }
}

use ashore_domain::{LoanId, Opening};
use ashore_engine::rules::{EvidenceGrade, LegalAct, RuleSet};
use ashore_engine::{
    EventEffect, LegalEvent, Limitation, LimitationError, LimitationFinding, LimitationState, limitation,
};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::file::LoanFile;
use super::limitation_events::{Trace, Traced};
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};
use crate::{AppError, ErrorCode, id};

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
    const fn event(self) -> &'static str {
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

/// A loan's time is counted from the last due of the contract, and anew from that of each agreement.
struct Phase {
    last_due: NaiveDate,
    events: Vec<Traced>,
}

impl Phase {
    fn estimate(
        &self,
        more: Option<LegalEvent>,
        as_of: NaiveDate,
        rules: &RuleSet,
    ) -> Result<Limitation, AppError> {
        let events: Vec<LegalEvent> = self.events.iter().map(|e| e.event.clone()).chain(more).collect();
        limitation(self.last_due, &events, as_of, rules).map_err(refused)
    }

    fn standing(&self, estimate: &Limitation, as_of: NaiveDate) -> LimitationStanding {
        match estimate.state {
            LimitationState::PossiblyExpired => LimitationStanding::PossiblyExpired,
            LimitationState::Running if as_of < self.last_due => LimitationStanding::NotStarted,
            LimitationState::Running => LimitationStanding::Running,
        }
    }
}

fn refused(why: LimitationError) -> AppError {
    AppError::new(ErrorCode::RulesUnreadable, why.to_string())
}

impl App<Unlocked> {
    /// The estimate for one loan as of today; `None` once it is closed.
    ///
    /// # Errors
    /// An unknown loan, or rules without the period.
    pub fn limitation(&self, loan_id: &str) -> Result<Option<LimitationView>, AppError> {
        let file = self.loan_file(id::parse("loan_id", loan_id)?)?;
        self.limitation_of(&file, self.clock.today())
    }

    pub(super) fn limitation_of(
        &self,
        file: &LoanFile,
        as_of: NaiveDate,
    ) -> Result<Option<LimitationView>, AppError> {
        if file.state.closed.is_some() {
            return Ok(None);
        }
        let rules = self.rules()?;
        let set = &rules.set;
        let phases = self.phases(file, set)?;
        let mut events = Vec::new();
        let mut last = None;
        for phase in &phases {
            let estimate = phase.estimate(None, as_of, set)?;
            events.extend(
                phase.events.iter().filter_map(|traced| seen(traced, &estimate, phase.last_due, set, as_of)),
            );
            last = Some((phase, estimate));
        }
        let Some((phase, estimate)) = last else { return Ok(None) };
        let mut findings: Vec<String> =
            estimate.findings.iter().filter_map(code).map(str::to_owned).collect();
        if matches!(file.state.loan.opening, Opening::Stated(_)) && file.agreements.is_empty() {
            findings.push("last_due_unknown".to_owned());
        }
        findings.dedup();
        Ok(Some(LimitationView {
            as_of: day(as_of),
            started: day(estimate.started),
            ends: day(estimate.ends),
            state: phase.standing(&estimate, as_of),
            events,
            rule: RuleNote::of(&estimate.rule, set, as_of),
            findings,
        }))
    }

    /// What an act of today would do to the limitation of one loan, so that it can be said before it is done.
    ///
    /// # Errors
    /// An unknown loan, or rules that do not know the act.
    pub fn limitation_effect(
        &self,
        loan_id: &str,
        step: LegalStep,
    ) -> Result<LimitationEffectView, AppError> {
        let loan: LoanId = id::parse("loan_id", loan_id)?;
        self.effect_on(&self.loan_file(loan)?, step)
    }

    /// The same for every open loan on which the act would change something, or may.
    ///
    /// # Errors
    /// The vault cannot be read, or rules that do not know the act.
    pub fn limitation_warnings(&self, step: LegalStep) -> Result<Vec<LimitationEffectView>, AppError> {
        let files = self.open_loan_files()?;
        let effects = files.iter().map(|file| self.effect_on(file, step)).collect::<Result<Vec<_>, _>>()?;
        Ok(effects.into_iter().filter(|effect| effect.warn).collect())
    }

    fn effect_on(&self, file: &LoanFile, step: LegalStep) -> Result<LimitationEffectView, AppError> {
        let today = self.clock.today();
        let rules = self.rules()?;
        let set = &rules.set;
        let phases = self.phases(file, set)?;
        let unknown = || AppError::new(ErrorCode::RulesUnreadable, "the rules do not speak of this act");
        let phase = phases.last().ok_or_else(unknown)?;
        let before = phase.estimate(None, today, set)?;
        let act = LegalEvent { on: today, kind: step.event().to_owned() };
        let row = set.interruption(&act.kind, today).ok_or_else(unknown)?;
        let after = phase.estimate(Some(act), today, set)?;
        let state = phase.standing(&before, today);
        let change = if state == LimitationStanding::NotStarted {
            LimitationChange::BeforeDue
        } else {
            after.interruptions.last().map_or(LimitationChange::Nothing, |seen| seen.effect.into())
        };
        Ok(LimitationEffectView {
            loan_id: file.id().to_string(),
            loan_name: file.name().to_owned(),
            step,
            state,
            ends: day(before.ends),
            change,
            ends_after: day(after.ends),
            consult: state == LimitationStanding::PossiblyExpired,
            warn: !matches!(change, LimitationChange::BeforeDue | LimitationChange::Nothing)
                || state == LimitationStanding::PossiblyExpired,
            rule: RuleNote::of(&row.rule, set, today),
        })
    }

    fn phases(&self, file: &LoanFile, rules: &RuleSet) -> Result<Vec<Phase>, AppError> {
        let contract = match file.amortised()?.and_then(|a| a.schedule.rows().last().map(|row| row.due)) {
            Some(last) => last,
            // Nobody told us the terms: what is known to be late, else the day of the lender's statement.
            None => file
                .state
                .loan
                .opening
                .stated()
                .map_or(file.begins(), |s| s.oldest_unpaid_due.unwrap_or(s.as_of)),
        };
        let agreements = file.in_force();
        let mut phases = vec![Phase { last_due: contract, events: Vec::new() }];
        phases.extend(agreements.iter().filter_map(|agreement| {
            agreement.rows.last().map(|row| Phase { last_due: row.due, events: Vec::new() })
        }));
        for traced in self.legal_events(file, rules)? {
            // An agreement closes the time before it; what comes after belongs to its own dues.
            let passed = agreements.iter().filter(|agreement| agreement.agreed_on < traced.event.on).count();
            if let Some(phase) = phases.get_mut(passed) {
                phase.events.push(traced);
            }
        }
        Ok(phases)
    }
}

fn seen(
    traced: &Traced,
    estimate: &Limitation,
    last_due: NaiveDate,
    rules: &RuleSet,
    as_of: NaiveDate,
) -> Option<LimitationEventView> {
    let row = rules.interruption(&traced.event.kind, as_of)?;
    let met = estimate.interruptions.iter().find(|i| i.on == traced.event.on && i.kind == traced.event.kind);
    let change = match met {
        Some(met) => met.effect.into(),
        None if traced.event.on < last_due => LimitationChange::BeforeDue,
        None => return None,
    };
    Some(LimitationEventView {
        on: day(traced.event.on),
        kind: traced.event.kind.clone(),
        by_borrower: row.by == LegalAct::Debtor,
        change,
        ends: met.map(|met| day(met.ends)),
        rule: RuleNote::of(&row.rule, rules, as_of),
        trace: traced.from.clone().into(),
    })
}

fn code(finding: &LimitationFinding) -> Option<&'static str> {
    Some(match finding {
        // Said by the standing and by each event itself.
        LimitationFinding::NotYetDue
        | LimitationFinding::EventBeforeDue { .. }
        | LimitationFinding::EventAfterAsOf { .. } => return None,
        LimitationFinding::DefenceGivenUp { .. } => "defence_given_up",
        LimitationFinding::AfterExpiryUnclear { .. } => "after_expiry_unclear",
        LimitationFinding::LongestProtection => "longest_protection",
        LimitationFinding::Rule(finding) => finding.code(),
    })
}

impl RuleNote {
    pub(crate) fn of(rule: &ashore_engine::rules::Rule, rules: &RuleSet, today: NaiveDate) -> Self {
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

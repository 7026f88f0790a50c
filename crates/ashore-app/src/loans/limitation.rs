use ashore_domain::{LoanId, Opening};
use ashore_engine::rules::{LegalAct, RuleSet};
use ashore_engine::{
    LegalEvent, Limitation, LimitationError, LimitationFinding, LimitationState, limitation,
};
use chrono::NaiveDate;

use super::file::LoanFile;
use super::limitation_events::Traced;
use super::{
    LegalStep, LimitationChange, LimitationEffectView, LimitationEventView, LimitationStanding,
    LimitationView, RuleNote,
};
use crate::session::{App, Unlocked};
use crate::view::day;
use crate::{AppError, ErrorCode, id};

/// A loan's time is counted from the last due of the contract, and anew from that of each agreement.
pub(super) struct Phase {
    pub(super) last_due: NaiveDate,
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

    /// The events that are shown, each with its place among what the estimate says met the period.
    pub(super) fn shown(
        &self,
        estimate: &Limitation,
        rules: &RuleSet,
        as_of: NaiveDate,
    ) -> Vec<(LimitationEventView, Option<usize>)> {
        let events = self.events.iter();
        events.filter_map(|traced| seen(traced, estimate, self.last_due, rules, as_of)).collect()
    }

    fn standing(&self, estimate: &Limitation, as_of: NaiveDate) -> LimitationStanding {
        match estimate.state {
            LimitationState::PossiblyExpired => LimitationStanding::PossiblyExpired,
            LimitationState::Running if as_of < self.last_due => LimitationStanding::NotStarted,
            LimitationState::Running => LimitationStanding::Running,
        }
    }
}

/// A loan's present time as it is and as an act of today leaves it.
pub(super) struct Acted {
    pub(super) phase: Phase,
    pub(super) before: Limitation,
    pub(super) after: Limitation,
}

fn unknown_act() -> AppError {
    AppError::new(ErrorCode::RulesUnreadable, "the rules do not speak of this act")
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
        let rules = self.rules()?;
        let set = &rules.set;
        let Some(estimated) = self.estimated(file, as_of)? else { return Ok(None) };
        let events = estimated.iter().flat_map(|(phase, estimate)| phase.shown(estimate, set, as_of));
        let events = events.map(|(event, _)| event).collect();
        let Some((phase, estimate)) = estimated.last() else { return Ok(None) };
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
            state: phase.standing(estimate, as_of),
            events,
            rule: RuleNote::of(&estimate.rule, set, as_of),
            findings,
        }))
    }

    /// The loan's times one after the other, each with its estimate; `None` once it is closed.
    pub(super) fn estimated(
        &self,
        file: &LoanFile,
        as_of: NaiveDate,
    ) -> Result<Option<Vec<(Phase, Limitation)>>, AppError> {
        if file.state.closed.is_some() {
            return Ok(None);
        }
        let rules = self.rules()?;
        let phases = self.phases(file, &rules.set)?.into_iter().map(|phase| {
            let estimate = phase.estimate(None, as_of, &rules.set)?;
            Ok((phase, estimate))
        });
        phases.collect::<Result<_, AppError>>().map(Some)
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
        let Acted { phase, before, after } = self.acted(file, step)?;
        let row = set.interruption(step.event(), today).ok_or_else(unknown_act)?;
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

    /// The time that runs, without an act of today and with it.
    pub(super) fn acted(&self, file: &LoanFile, step: LegalStep) -> Result<Acted, AppError> {
        let today = self.clock.today();
        let rules = self.rules()?;
        let phase = self.phases(file, &rules.set)?.pop().ok_or_else(unknown_act)?;
        let before = phase.estimate(None, today, &rules.set)?;
        let act = LegalEvent { on: today, kind: step.event().to_owned() };
        let after = phase.estimate(Some(act), today, &rules.set)?;
        Ok(Acted { phase, before, after })
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
) -> Option<(LimitationEventView, Option<usize>)> {
    let row = rules.interruption(&traced.event.kind, as_of)?;
    let place =
        estimate.interruptions.iter().position(|i| i.on == traced.event.on && i.kind == traced.event.kind);
    let met = place.and_then(|place| estimate.interruptions.get(place));
    let change = match met {
        Some(met) => met.effect.into(),
        None if traced.event.on < last_due => LimitationChange::BeforeDue,
        None => return None,
    };
    let view = LimitationEventView {
        on: day(traced.event.on),
        kind: traced.event.kind.clone(),
        by_borrower: row.by == LegalAct::Debtor,
        change,
        ends: met.map(|met| day(met.ends)),
        rule: RuleNote::of(&row.rule, rules, as_of),
        trace: traced.from.clone().into(),
    };
    Some((view, place))
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

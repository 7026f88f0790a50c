//! 诉讼时效, as an estimate: when a claim may no longer be enforced against the borrower's objection.

use ashore_domain::days_between;
use chrono::{Months, NaiveDate};

use crate::rules::{AfterExpiry, LegalAct, PeriodUnit, Rule, RuleFinding, RuleSet};

/// Something that happened, by the name that the rules give it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalEvent {
    /// The civil day.
    pub on: NaiveDate,
    /// The event's name in the rules.
    pub kind: String,
}

/// Whether the claim can still be enforced, as far as dates tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitationState {
    /// The period runs, or has not begun.
    Running,
    /// It may be over; a lawyer should look before anything is said or paid.
    PossiblyExpired,
}

/// What an event did to the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventEffect {
    /// The period begins anew.
    Restarts,
    /// The period was over; the defence is given up and the period begins anew.
    Revives,
    /// The period was over; courts differ on what the act means.
    Unclear,
    /// The period was over; the act changes nothing.
    Nothing,
}

/// One event with its effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InterruptionSeen {
    /// The civil day.
    pub on: NaiveDate,
    /// The event's name.
    pub kind: String,
    /// Whose act.
    pub by: LegalAct,
    /// The rule it falls under.
    pub rule: Rule,
    /// What it did.
    pub effect: EventEffect,
    /// The end of the period after it.
    pub ends: NaiveDate,
}

/// An estimate; courts decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limitation {
    /// The day the present period counts from; the day itself is not counted.
    pub started: NaiveDate,
    /// Its last day.
    pub ends: NaiveDate,
    /// Whether it is over.
    pub state: LimitationState,
    /// Every event that met the period, oldest first.
    pub interruptions: Vec<InterruptionSeen>,
    /// The rule on its length.
    pub rule: Rule,
    /// What the reader should know.
    pub findings: Vec<LimitationFinding>,
}

/// Why there is no estimate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LimitationError {
    /// The rules name no such event.
    #[error("events[{index}].kind: no rule speaks of {kind}; known are {known}")]
    UnknownEvent {
        /// Which, from 0.
        index: usize,
        /// As written.
        kind: String,
        /// Every name the rules have.
        known: String,
    },
    /// The rules do not say how long the period is.
    #[error("rules: {id} is missing or counts no years")]
    RuleMissing {
        /// Its id.
        id: &'static str,
    },
    /// Beyond the calendar.
    #[error("last_due: the period ends beyond the calendar")]
    OutOfRange,
}

/// What the reader should know about an estimate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LimitationFinding {
    /// The last term is not due yet: the period has not begun.
    NotYetDue,
    /// An event before the last due does not matter.
    EventBeforeDue {
        /// Which, from 0.
        index: usize,
    },
    /// An event after the day of the question was left out.
    EventAfterAsOf {
        /// Which, from 0.
        index: usize,
    },
    /// After the period was over the borrower gave the defence up.
    DefenceGivenUp {
        /// On which day.
        on: NaiveDate,
    },
    /// After the period was over the borrower did something on which courts differ.
    AfterExpiryUnclear {
        /// On which day.
        on: NaiveDate,
    },
    /// The longest protection ends first, whatever interrupts.
    LongestProtection,
    /// About the rules themselves.
    Rule(RuleFinding),
}

/// The estimate of the limitation of a claim whose last term fell due on `last_due`.
///
/// # Errors
/// An event the rules do not know, or rules without the period.
pub fn limitation(
    last_due: NaiveDate,
    events: &[LegalEvent],
    as_of: NaiveDate,
    rules: &RuleSet,
) -> Result<Limitation, LimitationError> {
    let general = years(rules, "LIM-GENERAL", as_of)?;
    let longest = years(rules, "LIM-LONGEST", as_of)?;
    let never_after = after(last_due, longest.1).ok_or(LimitationError::OutOfRange)?;
    let holidays = rules.holidays();
    let end_of = |start: NaiveDate| {
        let end = after(start, general.1).ok_or(LimitationError::OutOfRange)?;
        Ok(holidays.working_from(end.min(never_after)))
    };
    let mut findings = Vec::new();
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(|index| events.get(*index).map(|event| event.on));
    let (mut started, mut ends) = (last_due, end_of(last_due)?);
    let mut interruptions = Vec::new();
    for index in order {
        let Some(event) = events.get(index) else { continue };
        let row = rules.interruption(&event.kind, as_of).ok_or_else(|| unknown(index, event, rules))?;
        if event.on > as_of {
            findings.push(LimitationFinding::EventAfterAsOf { index });
            continue;
        }
        if event.on < last_due {
            findings.push(LimitationFinding::EventBeforeDue { index });
            continue;
        }
        let effect = match row.after_expiry {
            _ if event.on <= ends => EventEffect::Restarts,
            AfterExpiry::Revives => EventEffect::Revives,
            AfterExpiry::Unclear => EventEffect::Unclear,
            AfterExpiry::Nothing => EventEffect::Nothing,
        };
        match effect {
            EventEffect::Restarts => (started, ends) = (event.on, end_of(event.on)?),
            EventEffect::Revives => {
                (started, ends) = (event.on, end_of(event.on)?);
                findings.push(LimitationFinding::DefenceGivenUp { on: event.on });
            }
            EventEffect::Unclear => {
                findings.push(LimitationFinding::AfterExpiryUnclear { on: event.on });
            }
            EventEffect::Nothing => {}
        }
        findings.extend(rules.stale(&row.rule, as_of).map(LimitationFinding::Rule));
        let (kind, rule) = (event.kind.clone(), row.rule.clone());
        interruptions.push(InterruptionSeen { on: event.on, kind, by: row.by, rule, effect, ends });
    }
    if days_between(last_due, as_of) < 0 {
        findings.push(LimitationFinding::NotYetDue);
    }
    if after(started, general.1).is_some_and(|end| end > never_after) {
        findings.push(LimitationFinding::LongestProtection);
    }
    if !holidays.knows(ends) {
        let year = chrono::Datelike::year(&ends);
        findings.push(LimitationFinding::Rule(RuleFinding::HolidaysUnknown { year }));
    }
    findings.extend(rules.stale(&general.0, as_of).map(LimitationFinding::Rule));
    let state = if as_of <= ends { LimitationState::Running } else { LimitationState::PossiblyExpired };
    Ok(Limitation { started, ends, state, interruptions, rule: general.0, findings })
}

fn years(rules: &RuleSet, id: &'static str, day: NaiveDate) -> Result<(Rule, u16), LimitationError> {
    let row = rules.period(id, day).filter(|row| row.unit == PeriodUnit::Year);
    row.map(|row| (row.rule.clone(), row.length)).ok_or(LimitationError::RuleMissing { id })
}

/// The corresponding day so many years later, or the month's last where there is none.
fn after(start: NaiveDate, years: u16) -> Option<NaiveDate> {
    start.checked_add_months(Months::new(u32::from(years) * 12))
}

fn unknown(index: usize, event: &LegalEvent, rules: &RuleSet) -> LimitationError {
    let known: Vec<&str> = rules.interruptions().iter().map(|row| row.event.as_str()).collect();
    LimitationError::UnknownEvent { index, kind: event.kind.clone(), known: known.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{
        Alarms, Confidence, DayKind, EvidenceGrade, Holidays, Interruption, PeriodRule, RuleParts, Span,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn rule(id: &str) -> Rule {
        Rule {
            id: id.to_owned(),
            title: String::new(),
            title_en: String::new(),
            effective: Span::ALWAYS,
            contracts: Span::ALWAYS,
            lenders: Vec::new(),
            source: String::new(),
            evidence: EvidenceGrade::Sourced,
            confidence: Confidence::High,
            as_of: day("2026-11-01"),
            note: None,
        }
    }

    fn rules() -> RuleSet {
        let years = |id, length| PeriodRule {
            rule: rule(id),
            length,
            unit: PeriodUnit::Year,
            alarms: Alarms::Before(Vec::new()),
        };
        let act = |event: &str, by, after_expiry| Interruption {
            rule: rule(event),
            event: event.to_owned(),
            by,
            after_expiry,
        };
        RuleSet::new(RuleParts {
            periods: vec![years("LIM-GENERAL", 3), years("LIM-LONGEST", 20)],
            interruptions: vec![
                act("demand", LegalAct::Creditor, AfterExpiry::Nothing),
                act("payment", LegalAct::Debtor, AfterExpiry::Unclear),
                act("plan", LegalAct::Debtor, AfterExpiry::Revives),
            ],
            holidays: Holidays::new([
                (day("2026-01-01"), DayKind::Off),
                (day("2026-10-01"), DayKind::Off),
                (day("2026-10-02"), DayKind::Off),
            ]),
            ..RuleParts::default()
        })
        .unwrap()
    }

    fn estimate(last_due: &str, events: &[(&str, &str)], as_of: &str) -> Limitation {
        let events: Vec<_> =
            events.iter().map(|(on, kind)| LegalEvent { on: day(on), kind: (*kind).to_owned() }).collect();
        limitation(day(last_due), &events, day(as_of), &rules()).unwrap()
    }

    #[test]
    fn three_years_from_the_last_due_to_the_next_working_day() {
        let shown = estimate("2023-10-01", &[], "2026-10-05");
        assert_eq!(shown.ends, day("2026-10-05"), "1 October is a holiday, then comes a weekend");
        assert_eq!(shown.state, LimitationState::Running);
        assert_eq!(estimate("2023-10-01", &[], "2026-10-06").state, LimitationState::PossiblyExpired);
        assert_eq!(
            estimate("2024-02-29", &[], "2026-01-01").ends,
            day("2027-03-01"),
            "28 February is a Sunday"
        );
    }

    #[test]
    fn each_act_begins_it_anew() {
        let shown =
            estimate("2022-05-10", &[("2025-03-03", "demand"), ("2023-01-02", "payment")], "2026-11-22");
        assert_eq!(shown.started, day("2025-03-03"));
        assert_eq!(
            shown.interruptions.iter().map(|i| i.on).collect::<Vec<_>>(),
            [day("2023-01-02"), day("2025-03-03")]
        );
        assert!(shown.interruptions.iter().all(|i| i.effect == EventEffect::Restarts));
    }

    #[test]
    fn once_it_is_over_only_the_borrower_can_bring_it_back() {
        let over =
            estimate("2020-05-11", &[("2024-01-02", "demand"), ("2024-02-02", "payment")], "2026-11-22");
        assert_eq!((over.started, over.state), (day("2020-05-11"), LimitationState::PossiblyExpired));
        assert!(over.findings.contains(&LimitationFinding::AfterExpiryUnclear { on: day("2024-02-02") }));
        let revived = estimate("2020-05-11", &[("2024-01-02", "plan")], "2026-11-22");
        assert_eq!((revived.started, revived.state), (day("2024-01-02"), LimitationState::Running));
        assert!(revived.findings.contains(&LimitationFinding::DefenceGivenUp { on: day("2024-01-02") }));
    }

    #[test]
    fn events_out_of_time_are_named_and_unknown_ones_refused() {
        let shown =
            estimate("2025-05-12", &[("2024-01-02", "demand"), ("2027-01-02", "demand")], "2026-11-22");
        assert!(shown.findings.contains(&LimitationFinding::EventBeforeDue { index: 0 }));
        assert!(shown.findings.contains(&LimitationFinding::EventAfterAsOf { index: 1 }));
        assert!(estimate("2027-05-12", &[], "2026-11-22").findings.contains(&LimitationFinding::NotYetDue));
        let odd = [LegalEvent { on: day("2026-01-02"), kind: "sneeze".into() }];
        let refused = limitation(day("2025-05-12"), &odd, day("2026-11-22"), &rules());
        assert!(matches!(refused, Err(LimitationError::UnknownEvent { index: 0, .. })));
    }

    #[test]
    fn twenty_years_are_the_most() {
        let yearly: Vec<String> = (2003..2024).map(|year| format!("{year}-06-01")).collect();
        let events: Vec<_> = yearly.iter().map(|on| (on.as_str(), "demand")).collect();
        let shown = estimate("2002-06-03", &events, "2023-01-02");
        assert_eq!(shown.ends, day("2022-06-03"));
        assert!(shown.findings.contains(&LimitationFinding::LongestProtection));
    }
}

use ashore_domain::{Deadline, DeadlineSettled};
use ashore_engine::rules::{self, PeriodRule, RuleFinding};
use ashore_engine::{Deadline as Counted, DeadlineError, deadline as count};
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use crate::rules::Rules;
use crate::session::{App, Unlocked};
use crate::view::{day, weekday};
use crate::words::DeadlineOutcome;
use crate::{AppError, ErrorCode};

/// Time limits, those that run first, the nearest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DeadlineListView {
    /// The time limits.
    pub deadlines: Vec<DeadlineView>,
    /// Those whose rule is no longer known: nothing reminds of them.
    pub unread: Vec<UnreadDeadline>,
}

/// A time limit that runs and cannot be counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct UnreadDeadline {
    /// Which.
    pub id: String,
    /// The rule it names.
    pub rule: String,
    /// The day of receipt or of handing in.
    pub starts_on: String,
    /// Number of the case or of the complaint.
    pub reference: Option<String>,
}

/// One time limit with its rule and its count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DeadlineView {
    /// Which.
    pub id: String,
    /// Its rule.
    pub rule: DeadlineRuleView,
    /// The day of receipt or of handing in; it does not count itself.
    pub starts_on: String,
    /// The last day before holidays move it: the one to plan for, and the one alarms follow.
    pub unrolled_last_day: String,
    /// 1 = Monday.
    pub unrolled_weekday: u8,
    /// The last day on which it is still in time.
    pub last_day: String,
    /// Days from today to `unrolled_last_day`; below zero when it has passed.
    pub days_left: i32,
    /// Every day that counts.
    pub counted: Vec<String>,
    /// The days on which Ashore reminds.
    pub alarms: Vec<String>,
    /// Years whose holidays are not known yet: the last day may move.
    pub holidays_unknown: Vec<i32>,
    /// The loans it concerns.
    pub loans: Vec<DeadlineLoan>,
    /// Who has to answer.
    pub party: Option<String>,
    /// Number of the case or of the complaint.
    pub reference: Option<String>,
    /// The paper.
    pub evidence_ids: Vec<String>,
    /// The borrower's own note.
    pub note: Option<String>,
    /// How it ended; absent while it runs.
    pub outcome: Option<DeadlineOutcome>,
    /// When it ended.
    pub settled_on: Option<String>,
}

/// A loan a time limit concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct DeadlineLoan {
    pub id: String,
    pub name: String,
}

/// A rule that gives a time limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the columns of `rules/periods.toml`
pub struct DeadlineRuleView {
    pub id: String,
    pub title: String,
    pub title_en: String,
    pub length: u16,
    pub unit: PeriodUnit,
    /// Alarms ring every day.
    pub daily: bool,
    pub source: String,
    /// Nobody has checked it.
    pub unverified: bool,
    /// The borrower's own.
    pub own: bool,
    pub as_of: String,
    /// Nobody looked at the rule again for long; it may have changed.
    pub stale: bool,
}

/// Rules from which a time limit can be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct DeadlineRuleListView {
    /// The rules.
    pub rules: Vec<DeadlineRuleView>,
}

/// What a time limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum PeriodUnit {
    Calendar,
    Working,
    Month,
    Year,
}

/// Rules whose identifiers begin like this are time limits for somebody to act; the others measure how long things last.
const LIMITS: &str = "DL-";

impl UnreadDeadline {
    fn of(deadline: &Deadline) -> Self {
        Self {
            id: deadline.id.to_string(),
            rule: deadline.rule.clone(),
            starts_on: day(deadline.starts_on),
            reference: deadline.reference.clone(),
        }
    }
}

impl DeadlineRuleView {
    fn of(row: &PeriodRule, rules: &rules::RuleSet, today: NaiveDate) -> Self {
        let unit = match row.unit {
            rules::PeriodUnit::Calendar => PeriodUnit::Calendar,
            rules::PeriodUnit::Working => PeriodUnit::Working,
            rules::PeriodUnit::Month => PeriodUnit::Month,
            rules::PeriodUnit::Year => PeriodUnit::Year,
        };
        Self {
            id: row.rule.id.clone(),
            title: row.rule.title.clone(),
            title_en: row.rule.title_en.clone(),
            length: row.length,
            unit,
            daily: row.alarms == rules::Alarms::Daily,
            source: row.rule.source.clone(),
            unverified: row.rule.evidence == rules::EvidenceGrade::Unverified,
            own: row.rule.evidence == rules::EvidenceGrade::User,
            as_of: day(row.rule.as_of),
            stale: rules.stale(&row.rule, today).is_some(),
        }
    }
}

/// The version of a rule that held on a day.
pub(crate) fn rule_on<'a>(rules: &'a Rules, id: &str, on: NaiveDate) -> Result<&'a PeriodRule, AppError> {
    let set = &rules.set;
    set.period(id, on).filter(|row| row.rule.id.starts_with(LIMITS)).ok_or_else(|| {
        let known: Vec<&str> = set
            .periods()
            .iter()
            .map(|row| row.rule.id.as_str())
            .filter(|id| id.starts_with(LIMITS))
            .collect();
        let message = format!("no time limit {id} on that day; known are {}", known.join(", "));
        AppError::field(ErrorCode::NotFound, "rule", message)
    })
}

/// The last day of a rule's time, with the days that count.
pub(crate) fn count_from(
    rules: &Rules,
    rule: &PeriodRule,
    starts_on: NaiveDate,
) -> Result<Counted, AppError> {
    count(rule, starts_on, rules.set.holidays()).map_err(|why| match why {
        DeadlineError::NoLength => AppError::field(ErrorCode::BadRequest, "rule", "it gives no time"),
        DeadlineError::OutOfRange => {
            let message = "the limit ends beyond the calendar";
            AppError::field(ErrorCode::DateImpossible, "starts_on", message)
        }
    })
}

impl App<Unlocked> {
    /// Time limits, those that run first, the nearest first.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn list_deadlines(&self) -> Result<DeadlineListView, AppError> {
        let (mut deadlines, mut unread): (Vec<DeadlineView>, Vec<UnreadDeadline>) = Default::default();
        for one in self.state.vault.deadlines()? {
            match self.deadline_view(&one.deadline, one.settled.as_ref()) {
                Ok(view) => deadlines.push(view),
                // One that cannot be counted hides none of the others.
                Err(_) if one.settled.is_none() => unread.push(UnreadDeadline::of(&one.deadline)),
                Err(_) => {}
            }
        }
        deadlines.sort_by(|a, b| {
            let ended = |view: &DeadlineView| view.outcome.is_some();
            (ended(a), &a.unrolled_last_day).cmp(&(ended(b), &b.unrolled_last_day))
        });
        Ok(DeadlineListView { deadlines, unread })
    }

    /// Rules from which a time limit can be recorded today.
    ///
    /// # Errors
    /// The rules cannot be read.
    pub fn list_deadline_rules(&self) -> Result<DeadlineRuleListView, AppError> {
        let (rules, today) = (self.rules()?, self.clock.today());
        let rows = rules.set.periods().iter().filter(|row| {
            row.rule.id.starts_with(LIMITS) && row.length > 0 && row.rule.effective.contains(today)
        });
        Ok(DeadlineRuleListView {
            rules: rows.map(|row| DeadlineRuleView::of(row, &rules.set, today)).collect(),
        })
    }

    pub(super) fn deadline_view(
        &self,
        deadline: &Deadline,
        settled: Option<&DeadlineSettled>,
    ) -> Result<DeadlineView, AppError> {
        let rules = self.rules()?;
        let rule = rule_on(&rules, &deadline.rule, deadline.starts_on)?;
        let counted = count_from(&rules, rule, deadline.starts_on)?;
        let left = (counted.unrolled_last_day - self.clock.today()).num_days();
        let names = self.loan_names()?;
        let loans = deadline.loans.iter().map(|loan| DeadlineLoan {
            id: loan.to_string(),
            name: names.get(loan).cloned().unwrap_or_default(),
        });
        let party = deadline.party.map(|id| self.state.vault.party(id)).transpose()?.flatten();
        let unknown = counted.findings.iter().filter_map(|finding| match finding {
            RuleFinding::HolidaysUnknown { year } => Some(*year),
            _ => None,
        });
        Ok(DeadlineView {
            id: deadline.id.to_string(),
            rule: DeadlineRuleView::of(rule, &rules.set, self.clock.today()),
            starts_on: day(deadline.starts_on),
            unrolled_last_day: day(counted.unrolled_last_day),
            unrolled_weekday: weekday(counted.unrolled_last_day),
            last_day: day(counted.last_day),
            days_left: i32::try_from(left).unwrap_or(i32::MAX),
            counted: counted.counted.iter().map(|on| day(*on)).collect(),
            alarms: counted.alarms.iter().map(|on| day(*on)).collect(),
            holidays_unknown: unknown.collect(),
            loans: loans.collect(),
            party: party.map(|party| party.legal_name.unwrap_or(party.name)),
            reference: deadline.reference.clone(),
            evidence_ids: deadline.evidence.iter().map(ToString::to_string).collect(),
            note: deadline.note.clone(),
            outcome: settled.map(|settled| settled.outcome.into()),
            settled_on: settled.map(|settled| day(settled.on)),
        })
    }
}

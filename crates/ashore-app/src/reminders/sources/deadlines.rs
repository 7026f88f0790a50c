use ashore_domain::{ReminderKind, ReminderStage};
use chrono::TimeDelta;

use super::{Item, Wanted};
use crate::AppError;
use crate::clock::shanghai;
use crate::deadlines::{count_from, rule_on};
use crate::session::{App, Unlocked};

/// Time limits that run. Alarms follow the last day before holidays move it: nobody is told late because of a holiday.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Vec<Item>, AppError> {
    let (mut items, rules) = (Vec::new(), app.rules()?);
    for one in app.state.vault.deadlines()?.into_iter().filter(|one| one.settled.is_none()) {
        let rule = rule_on(&rules, &one.deadline.rule, one.deadline.starts_on)?;
        let counted = count_from(&rules, rule, one.deadline.starts_on)?;
        let due = counted.unrolled_last_day;
        if !wanted.covers(due) {
            continue;
        }
        let stages = counted.alarms.iter().filter_map(|alarm| {
            ReminderStage::new(i16::try_from(alarm.signed_duration_since(due).num_days()).ok()?)
        });
        let mut stages: Vec<ReminderStage> = stages.collect();
        // What is over unanswered is said once more, on the day after.
        stages.extend(ReminderStage::new(1));
        let title = wanted.words(&rule.rule.title, &rule.rule.title_en);
        let loan = one.deadline.loans.first().copied();
        let name = match loan.and_then(|loan| wanted.name_of(loan)) {
            Some(loan) => format!("{title} · {loan}"),
            None => title.to_owned(),
        };
        let known_from = one.recorded_at.with_timezone(&shanghai());
        // Received in the evening, written down at noon of the next day: that day's alarm still rings.
        let known_from = known_from - TimeDelta::hours(24);
        let key = one.deadline.id;
        items.push(Item {
            name,
            loan,
            stages: Some(stages),
            ..Item::new(ReminderKind::Deadline, key, due, known_from)
        });
    }
    Ok(items)
}

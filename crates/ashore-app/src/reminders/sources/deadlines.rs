use ashore_domain::{ReminderKind, ReminderStage};
use ashore_vault::DeadlineState;
use chrono::TimeDelta;

use super::{Item, Told, Wanted};
use crate::AppError;
use crate::clock::shanghai;
use crate::deadlines::{REPLY, count_from, rule_on};
use crate::rules::Rules;
use crate::session::{App, Unlocked};

/// Time limits that run. Alarms follow the last day before holidays move it: nobody is told late because of a holiday.
/// Waiting for a reply is a kind of its own: nothing is lost when its day passes, so it asks again instead.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Told, AppError> {
    let (mut told, rules) = (Told::default(), app.rules()?);
    for one in app.state.vault.deadlines()?.into_iter().filter(|one| one.settled.is_none()) {
        match of(&one, &rules, wanted) {
            Ok(item) => told.items.extend(item),
            Err(why) => told.cannot(ReminderKind::Deadline, &name(&one, &one.deadline.rule, wanted), &why),
        }
    }
    Ok(told)
}

fn of(one: &DeadlineState, rules: &Rules, wanted: &Wanted<'_>) -> Result<Option<Item>, AppError> {
    let rule = rule_on(rules, &one.deadline.rule, one.deadline.starts_on)?;
    let counted = count_from(rules, rule, one.deadline.starts_on)?;
    let due = counted.unrolled_last_day;
    if !wanted.covers(due) {
        return Ok(None);
    }
    let reply = rule.rule.id == REPLY;
    let stages = (!reply).then(|| {
        let alarms = counted.alarms.iter().filter_map(|alarm| {
            ReminderStage::new(i16::try_from(alarm.signed_duration_since(due).num_days()).ok()?)
        });
        // What is over unanswered is said once more, on the day after.
        alarms.chain(ReminderStage::new(1)).collect()
    });
    let kind = if reply { ReminderKind::ReplyDue } else { ReminderKind::Deadline };
    let title = wanted.words(&rule.rule.title, &rule.rule.title_en);
    // Received in the evening, written down at noon of the next day: that day's alarm still rings.
    let known_from = one.recorded_at.with_timezone(&shanghai()) - TimeDelta::hours(24);
    Ok(Some(Item {
        name: name(one, title, wanted),
        loan: one.deadline.loans.first().copied(),
        stages,
        ..Item::new(kind, one.deadline.id, due, known_from)
    }))
}

/// The limit and the loan it is about.
fn name(one: &DeadlineState, title: &str, wanted: &Wanted<'_>) -> String {
    match one.deadline.loans.first().and_then(|loan| wanted.name_of(*loan)) {
        Some(loan) => format!("{title} · {loan}"),
        None => title.to_owned(),
    }
}

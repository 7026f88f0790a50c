use std::collections::BTreeSet;

use ashore_domain::{CaseStep, ReminderKind};
use chrono::NaiveTime;

use super::super::standing::instant_of;
use super::{Item, Wanted};
use crate::AppError;
use crate::session::{App, Unlocked};

/// Tasks that came from this rule wait for somebody else's answer.
const REPLY: &str = "DL-LENDER-REPLY";

/// Tasks with a day that nobody has done yet.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Vec<Item>, AppError> {
    let entries = app.state.vault.case_entries()?;
    let done: BTreeSet<_> = entries
        .iter()
        .filter_map(|entry| match entry.step {
            CaseStep::TaskDone { task } => Some(task),
            _ => None,
        })
        .collect();
    let mut items = Vec::new();
    for entry in entries.iter().filter(|entry| !done.contains(&entry.id)) {
        let CaseStep::Task { what, due: Some(due), rule, .. } = &entry.step else { continue };
        if !wanted.covers(*due) {
            continue;
        }
        let reply = rule.as_deref() == Some(REPLY);
        let kind = if reply { ReminderKind::ReplyDue } else { ReminderKind::Task };
        let name = match entry.loan.and_then(|loan| wanted.name_of(loan)) {
            Some(loan) => format!("{loan} · {what}"),
            None => what.clone(),
        };
        let known_from = instant_of(entry.on, NaiveTime::MIN);
        items.push(Item { name, loan: entry.loan, ..Item::new(kind, entry.id, *due, known_from) });
    }
    Ok(items)
}

use ashore_domain::ReminderKind;
use chrono::NaiveTime;

use super::{Item, Wanted};
use crate::AppError;
use crate::clock::shanghai;
use crate::session::{App, Unlocked};

/// Tasks of cases that are not done: what follows a signing, and what the borrower set.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Vec<Item>, AppError> {
    let mut items = Vec::new();
    for task in app.open_tasks()?.into_iter().filter(|task| wanted.covers(task.due)) {
        // A task of a closed loan, such as its certificate, still reminds; only its name is not at hand.
        let loan_name = task.loan.and_then(|loan| wanted.name_of(loan)).unwrap_or_default();
        let name = if loan_name.is_empty() { task.what } else { format!("{loan_name}：{}", task.what) };
        let at = task.set_on.and_time(NaiveTime::MIN).and_local_timezone(shanghai()).single();
        let known_from = at.unwrap_or_else(|| task.set_on.and_time(NaiveTime::MIN).and_utc().fixed_offset());
        items.push(Item {
            name,
            loan: task.loan,
            ..Item::new(ReminderKind::Task, task.id, task.due, known_from)
        });
    }
    Ok(items)
}

use ashore_domain::ReminderKind;
use chrono::NaiveTime;

use super::super::standing::instant_of;
use super::{Item, Told, Wanted};
use crate::AppError;
use crate::session::{App, Unlocked};

/// Tasks with a day that nobody has done yet.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Told, AppError> {
    let open = app.open_tasks()?.into_iter().filter(|task| wanted.covers(task.due));
    let items: Vec<Item> = open
        .map(|task| {
            let known_from = instant_of(task.set_on, NaiveTime::MIN);
            let item = Item::new(ReminderKind::Task, task.id, task.due, known_from);
            let name = match task.loan.and_then(|loan| wanted.name_of(loan)) {
                Some(loan) => format!("{loan} · {}", task.what),
                None => task.what,
            };
            Item { name, loan: task.loan, ..item }
        })
        .collect();
    Ok(items.into())
}

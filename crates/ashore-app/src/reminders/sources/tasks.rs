use ashore_domain::ReminderKind;
use chrono::NaiveTime;

use super::super::standing::instant_of;
use super::{Item, Wanted};
use crate::AppError;
use crate::session::{App, Unlocked};

/// Tasks that came from this rule wait for somebody else's answer.
const REPLY: &str = "DL-LENDER-REPLY";

/// Tasks with a day that nobody has done yet.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Vec<Item>, AppError> {
    let open = app.open_tasks()?.into_iter().filter(|task| wanted.covers(task.due));
    Ok(open
        .map(|task| {
            let reply = task.rule.as_deref() == Some(REPLY);
            let kind = if reply { ReminderKind::ReplyDue } else { ReminderKind::Task };
            let known_from = instant_of(task.set_on, NaiveTime::MIN);
            let item = Item::new(kind, task.id, task.due, known_from);
            let name = match task.loan.and_then(|loan| wanted.name_of(loan)) {
                Some(loan) => format!("{loan} · {}", task.what),
                None => task.what,
            };
            Item { name, loan: task.loan, ..item }
        })
        .collect())
}

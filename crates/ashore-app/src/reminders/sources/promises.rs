use ashore_domain::{ReminderKind, ReminderSubject};

use super::{Item, Told, Wanted};
use crate::AppError;
use crate::session::{App, Unlocked};

/// What somebody said would be done by a day, in records that still stand.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Told, AppError> {
    let promises = app.state.vault.promises_between(wanted.from, wanted.to)?;
    let items: Vec<Item> = promises
        .into_iter()
        .map(|promise| {
            let kind = ReminderKind::Promise;
            let item = Item::new(kind, promise.record, promise.due, promise.recorded_at);
            let loan = promise.loan.and_then(|loan| wanted.name_of(loan));
            let name = match loan {
                Some(loan) => format!("{loan} · {}", promise.what),
                None => promise.what,
            };
            let key = promise.record.to_string();
            Item {
                subject: ReminderSubject { kind, key, place: promise.position },
                name,
                loan: promise.loan,
                ..item
            }
        })
        .collect();
    Ok(items.into())
}

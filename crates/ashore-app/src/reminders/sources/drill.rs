use ashore_domain::ReminderKind;
use chrono::Months;

use super::{Item, Told, Wanted};
use crate::AppError;
use crate::clock::shanghai;
use crate::session::{App, Unlocked};

/// A year after the vault was made or a backup of it was last read to its last byte.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Told, AppError> {
    let created = app.state.vault.created_at().with_timezone(&shanghai());
    let last = app.last_drill()?.map_or(created, |at| at.with_timezone(&shanghai()));
    let due = last.date_naive().checked_add_months(Months::new(12)).filter(|day| wanted.covers(*day));
    let item = due.map(|day| Item::new(ReminderKind::RestoreDrill, "backup", day, created));
    Ok(Vec::from_iter(item).into())
}

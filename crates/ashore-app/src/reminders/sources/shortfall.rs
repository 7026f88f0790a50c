use ashore_domain::ReminderKind;

use super::{Item, Told, Wanted};
use crate::AppError;
use crate::session::{App, Unlocked};

/// The first due that the stated capacity will not cover: the break point. Later ones follow from it.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Told, AppError> {
    let found = app.foreseen_break(wanted.files, wanted.today)?;
    let found = found.filter(|broken| wanted.covers(broken.due)).map(|broken| Item {
        name: broken.name,
        loan: Some(broken.loan),
        amount: Some(broken.short),
        ..Item::new(ReminderKind::Shortfall, broken.loan, broken.due, broken.known_from)
    });
    Ok(Vec::from_iter(found).into())
}

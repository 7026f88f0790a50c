use ashore_domain::ReminderKind;

use super::{Item, Told, Wanted};
use crate::AppError;
use crate::clock::shanghai;
use crate::session::{App, Unlocked};

/// The monthly review, and one at once when income changed by more than a fifth.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Told, AppError> {
    let due = app.review_due()?;
    let monthly = Item::new(ReminderKind::Review, "monthly", due.monthly, due.since);
    let changed = due.income_changed_at.map(|at| {
        let day = at.with_timezone(&shanghai()).date_naive();
        let words = wanted.words("收入变了", "income changed");
        // The sheet was saved in the evening: the reminder of that day still comes.
        let known_from = at - chrono::TimeDelta::hours(24);
        Item { name: words.to_owned(), ..Item::new(ReminderKind::Review, "income", day, known_from) }
    });
    let all = [Some(monthly), changed].into_iter().flatten();
    // Nothing to look over, nothing to remind of.
    let items = all.filter(|item| !wanted.files.is_empty() && wanted.covers(item.due));
    Ok(items.collect::<Vec<_>>().into())
}

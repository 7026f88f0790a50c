use ashore_domain::ReminderKind;
use chrono::{NaiveDate, TimeDelta};

use super::{Item, Told, Wanted};
use crate::AppError;
use crate::clock::shanghai;
use crate::session::{App, Unlocked};

/// Whoever has just made a vault is left in peace for so long.
const PEACE_DAYS: i64 = 45;

/// Rules and the LPR, once they were last looked at too long ago.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Told, AppError> {
    let rules = app.rules()?;
    let set = &rules.set;
    let created = app.state.vault.created_at().with_timezone(&shanghai());
    let stale_after = set.keeps(wanted.today);
    let looked_at = set.periods().iter().map(|row| row.rule.as_of).min();
    let quoted = set.lpr().quotes().last().map(|quote| quote.on);
    let item = |key: &str, name: &str, last: NaiveDate| {
        let due =
            (last + TimeDelta::days(stale_after)).max(created.date_naive() + TimeDelta::days(PEACE_DAYS));
        let item = Item::new(ReminderKind::RulesStale, key, due, created);
        wanted.covers(due).then(|| Item { name: name.to_owned(), ..item })
    };
    let rules = looked_at.and_then(|last| item("rules", wanted.words("规则", "Rules"), last));
    let lpr = quoted.and_then(|last| item("lpr", "LPR", last));
    Ok(rules.into_iter().chain(lpr).collect::<Vec<_>>().into())
}

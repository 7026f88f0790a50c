//! One file per source of reminders. A new source is a file and a line in [`ALL`].

mod deadlines;
mod drill;
mod dues;
mod offers;
mod promises;
mod replies;
mod review;
mod rules;
mod shortfall;
mod tasks;

use ashore_domain::ReminderKind;

use super::item::{Item, Told, Wanted};
use crate::AppError;
use crate::session::{App, Unlocked};

/// Tells what of one sort there is to be reminded of. A single thing that cannot be read is named and left out; an error
/// means that nothing of the sort can be.
type Source = fn(&App<Unlocked>, &Wanted<'_>) -> Result<Told, AppError>;

const ALL: &[(ReminderKind, Source)] = &[
    (ReminderKind::LoanDue, dues::items),
    (ReminderKind::Shortfall, shortfall::items),
    (ReminderKind::Promise, promises::items),
    (ReminderKind::OfferExpiry, offers::items),
    (ReminderKind::ReplyDue, replies::items),
    (ReminderKind::Task, tasks::items),
    (ReminderKind::Deadline, deadlines::items),
    (ReminderKind::Review, review::items),
    (ReminderKind::RulesStale, rules::items),
    (ReminderKind::RestoreDrill, drill::items),
];

/// What every source tells. What one of them cannot tell silences no other.
pub(super) fn all(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Told {
    let mut all = Told::default();
    for (kind, source) in ALL {
        match source(app, wanted) {
            Ok(told) => {
                all.items.extend(told.items);
                all.unread.extend(told.unread);
            }
            Err(why) => all.cannot(*kind, "", &why),
        }
    }
    all
}

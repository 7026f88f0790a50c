//! One file per source of reminders. A new source is a file and a line in [`ALL`].

mod deadlines;
mod drill;
mod dues;
mod offers;
mod promises;
mod review;
mod rules;
mod shortfall;
mod tasks;

use super::item::{Item, Wanted};
use crate::AppError;
use crate::session::{App, Unlocked};

/// Tells what of one sort there is to be reminded of.
type Source = fn(&App<Unlocked>, &Wanted<'_>) -> Result<Vec<Item>, AppError>;

/// Every source.
pub(super) const ALL: &[Source] = &[
    dues::items,
    shortfall::items,
    promises::items,
    offers::items,
    tasks::items,
    deadlines::items,
    review::items,
    rules::items,
    drill::items,
];

use ashore_domain::ReminderKind;
use chrono::Months;

use super::{Item, Wanted};
use crate::AppError;
use crate::clock::shanghai;
use crate::session::{App, Unlocked};

/// The setting that holds the day of the last drill.
const LAST_DRILL: &str = "restore_drill";

/// A year after the vault was made or a backup was last restored for trial.
pub(super) fn items(app: &App<Unlocked>, wanted: &Wanted<'_>) -> Result<Vec<Item>, AppError> {
    let vault = &app.state.vault;
    let created = vault.created_at().with_timezone(&shanghai());
    let last = vault.setting(LAST_DRILL)?.and_then(|text| text.parse().ok());
    let due = last.unwrap_or(created.date_naive()).checked_add_months(Months::new(12));
    let due = due.filter(|day| wanted.covers(*day));
    Ok(due.map(|day| Item::new(ReminderKind::RestoreDrill, "backup", day, created)).into_iter().collect())
}

impl App<Unlocked> {
    /// Remembers that a backup was restored for trial today; the next drill is due in a year.
    ///
    /// # Errors
    /// The vault cannot be written.
    pub fn restore_drill_done(&mut self) -> Result<(), AppError> {
        let today = self.clock.today().to_string();
        Ok(self.state.vault.set_setting(LAST_DRILL, Some(&today))?)
    }
}

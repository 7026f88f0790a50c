use ashore_domain::{ReminderMark, ReminderSettled};

use super::Notice;
use super::settings::Choices;
use crate::AppError;
use crate::session::{App, Unlocked};

impl App<Unlocked> {
    /// Puts off what a notice stands for, as long as the settings say. It comes again then, after a restart too, unless
    /// it was paid or done in between. `false` when the notice names nothing, because it was shown while the vault was
    /// closed: the shell puts it off itself.
    ///
    /// # Errors
    /// The vault cannot be written.
    pub fn snooze_notice(&mut self, notice: &Notice) -> Result<bool, AppError> {
        let until = self.clock.now() + Choices::of(&self.reminder_settings()?)?.snooze;
        let spoke = notice.covers.iter().filter(|one| one.settled == ReminderSettled::Shown);
        let marks: Vec<ReminderMark> = spoke.map(|one| one.mark.clone()).collect();
        self.state.vault.snooze_reminders(&marks, until)?;
        Ok(!marks.is_empty())
    }
}

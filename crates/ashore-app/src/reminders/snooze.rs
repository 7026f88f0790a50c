use ashore_domain::{ReminderMark, ReminderSettled};

use super::Notice;
use super::settings::Choices;
use crate::AppError;
use crate::session::{App, Locked, Unlocked};

impl Notice {
    /// What spoke of all that it stands for.
    pub(super) fn spoken(&self) -> impl Iterator<Item = &ReminderMark> {
        self.covers.iter().filter(|one| one.settled == ReminderSettled::Shown).map(|one| &one.mark)
    }
}

impl App<Unlocked> {
    /// Puts off what a notice stands for, as long as the settings say. It comes again then, after a restart too, unless
    /// it was paid or done in between. It counts as shown from here on, whether that was confirmed already or not: nobody
    /// answers what they did not see. `false` when the notice names nothing, because it was shown while the vault was
    /// closed: the shell puts it off itself.
    ///
    /// # Errors
    /// The vault cannot be written.
    pub fn snooze_notice(&mut self, notice: &Notice) -> Result<bool, AppError> {
        let now = self.clock.now();
        if self.is_sample() {
            // It was shown before the real vault was closed for the sample.
            return Ok(self.state.waiting.put_off(notice, now));
        }
        let until = now + Choices::of(&self.reminder_settings()?)?.snooze;
        let marks: Vec<ReminderMark> = notice.spoken().cloned().collect();
        self.state.vault.snooze_reminders(&notice.covers, &marks, until)?;
        Ok(!marks.is_empty())
    }
}

impl App<Locked> {
    /// Puts off what an open vault handed out and somebody answered after it was locked: in neutral words it comes again
    /// while locked, and the vault learns of it at the next unlock. `false` when the notice names nothing: the shell puts
    /// it off itself.
    pub fn snooze_notice(&mut self, notice: &Notice) -> bool {
        self.state.reminders.put_off(notice, self.clock.now())
    }
}

use ashore_domain::{Money, Month};

use crate::AppError;
use crate::session::{App, Unlocked};

impl App<Unlocked> {
    /// What all dues of a month ask for, as contracts and agreements stand today.
    pub(crate) fn dues_in(&self, month: Month) -> Result<Money, AppError> {
        let today = self.clock.today();
        let files = self.open_loan_files()?;
        files.iter().map(|file| file.due_in(month, today)).sum()
    }
}

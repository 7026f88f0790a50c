use ashore_domain::Fact;

use super::{CapacityForm, CapacityView};
use crate::AppError;
use crate::session::{App, Unlocked};

impl App<Unlocked> {
    /// Records the worksheet as of today. Earlier ones stay readable.
    ///
    /// # Errors
    /// A line that cannot be read.
    pub fn set_capacity(&mut self, form: &CapacityForm) -> Result<CapacityView, AppError> {
        let sheet = form.read(self.clock.today())?;
        let view = self.capacity_of(&sheet)?;
        self.state.vault.append(&[Fact::Capacity(sheet)], Vec::new(), self.clock.now())?;
        Ok(view)
    }

    /// What a worksheet being filled in amounts to; nothing is stored.
    ///
    /// # Errors
    /// A line that cannot be read.
    pub fn preview_capacity(&self, form: &CapacityForm) -> Result<CapacityView, AppError> {
        self.capacity_of(&form.read(self.clock.today())?)
    }
}

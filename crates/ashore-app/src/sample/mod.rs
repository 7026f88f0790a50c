//! 示例账本: an invented household with six loans of different kinds, so that every screen can be seen at work.
//! Days are counted back from today; figures are the engine's, as everywhere.

mod contacts;
mod household;
mod loans;

use ashore_domain::Fact;
use chrono::{DateTime, FixedOffset};

use crate::AppError;
use crate::session::{App, Unlocked};

/// Collects facts while the household is told.
pub(crate) struct Story {
    now: DateTime<FixedOffset>,
    facts: Vec<Fact>,
}

impl Story {
    fn id(&self) -> Result<[u8; 16], AppError> {
        crate::id::fresh(self.now)
    }
}

/// Tells the whole household in one transaction.
pub(crate) fn fill(app: &mut App<Unlocked>) -> Result<(), AppError> {
    let now = app.clock.now();
    let mut story = Story { now, facts: Vec::new() };
    let loans = loans::tell(&mut story)?;
    household::tell(&mut story)?;
    contacts::tell(&mut story, &loans)?;
    app.state.vault.append(&story.facts, Vec::new(), now)?;
    Ok(())
}

use ashore_domain::DeadlineId;
use ashore_engine::explain::{Explanation, explain_deadline};
use chrono::NaiveDate;

use super::list::{count_from, rule_on};
use crate::explain::find;
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input};

impl App<Unlocked> {
    /// Every day of a recorded time limit with its derivation.
    pub(crate) fn deadline_explained(&self, deadline_id: &str) -> Result<Vec<Explanation>, AppError> {
        let wanted: DeadlineId = id::parse("deadline_id", deadline_id)?;
        let known = self.state.vault.deadlines()?.into_iter().find(|one| one.deadline.id == wanted);
        let unknown =
            || AppError::field(ErrorCode::NotFound, "deadline_id", "no time limit is known by this id");
        let deadline = known.ok_or_else(unknown)?.deadline;
        self.days_explained(&deadline.rule, deadline.starts_on)
    }

    /// The same before it is recorded.
    pub(crate) fn new_deadline_explained(
        &self,
        rule: &str,
        starts_on: &str,
    ) -> Result<Vec<Explanation>, AppError> {
        self.days_explained(rule, input::date("starts_on", starts_on)?)
    }

    fn days_explained(&self, rule: &str, starts_on: NaiveDate) -> Result<Vec<Explanation>, AppError> {
        let rules = self.rules()?;
        let rule = rule_on(&rules, rule, starts_on)?;
        let counted = count_from(&rules, rule, starts_on)?;
        let mut explained = explain_deadline(&counted, rule, starts_on, rules.set.holidays());
        // The day that holidays move begins with the day they move.
        let unrolled = find(&explained, "unrolled_last_day").cloned();
        if let (Some(unrolled), Some(last)) =
            (unrolled, explained.iter_mut().find(|explanation| explanation.path == "last_day"))
        {
            *last = last.clone().after(&unrolled);
        }
        Ok(explained)
    }
}

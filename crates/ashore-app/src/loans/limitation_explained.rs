use ashore_engine::Limitation;
use ashore_engine::explain::{Explanation, explain_limitation};
use chrono::NaiveDate;

use super::LegalStep;
use super::file::LoanFile;
use super::limitation::Acted;
use crate::AppError;
use crate::explain::find;
use crate::id;
use crate::session::{App, Unlocked};

impl App<Unlocked> {
    /// The days of the estimate, each with what it counts from: the contract's, and those of agreements after it.
    pub(super) fn limitation_explained(
        &self,
        file: &LoanFile,
        as_of: NaiveDate,
    ) -> Result<Vec<Explanation>, AppError> {
        let rules = self.rules()?;
        let mut explained = Vec::new();
        let Some(phases) = self.estimated(file, as_of)? else { return Ok(Vec::new()) };
        let last = phases.len().saturating_sub(1);
        let mut shown = 0;
        for (k, (phase, estimate)) in phases.iter().enumerate() {
            let all = explain_limitation(phase.last_due, estimate, as_of, &rules.set);
            for (_, met) in phase.shown(estimate, &rules.set, as_of) {
                let ends = met.and_then(|met| find(&all, &format!("interruptions[{met}].ends")));
                explained
                    .extend(ends.map(|ends| ends.clone().at(format!("limitation.events[{shown}].ends"))));
                shown += 1;
            }
            if k == last {
                let started = find(&all, "started").cloned();
                let ends = find(&all, "ends").cloned();
                explained.extend(
                    ends.zip(started.as_ref())
                        .map(|(ends, started)| ends.after(started).at("limitation.ends")),
                );
                explained.extend(started.map(|started| started.at("limitation.started")));
            }
        }
        Ok(explained)
    }

    /// Both last days of what is said before an act: without it as `ends`, with it as `ends_after`.
    pub(crate) fn limitation_effect_explained(
        &self,
        loan_id: &str,
        step: LegalStep,
    ) -> Result<Vec<Explanation>, AppError> {
        self.act_explained(&self.loan_file(id::parse("loan_id", loan_id)?)?, step)
    }

    pub(crate) fn act_explained(
        &self,
        file: &LoanFile,
        step: LegalStep,
    ) -> Result<Vec<Explanation>, AppError> {
        let (rules, today) = (self.rules()?, self.clock.today());
        let Acted { phase, before, after } = self.acted(file, step)?;
        let last_day = |estimate: &Limitation, path: &str| {
            let all = explain_limitation(phase.last_due, estimate, today, &rules.set);
            let (started, ends) = (find(&all, "started")?, find(&all, "ends")?);
            Some(ends.clone().after(started).at(path))
        };
        Ok([last_day(&before, "ends"), last_day(&after, "ends_after")].into_iter().flatten().collect())
    }
}

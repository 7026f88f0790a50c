use std::collections::BTreeSet;

use ashore_domain::{CaseEntry, CaseEntryId, CaseStep, LoanId};
use ashore_vault::{EvidenceFilter, EvidenceMark};
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use crate::session::{App, Unlocked};
use crate::view::day;
use crate::words::PersonRole;
use crate::{AppError, id};

/// Things to do, the nearest first, those without a day last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct TaskListView {
    /// The tasks.
    pub tasks: Vec<CaseTaskView>,
}

/// Something to be done, or promised by the other side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CaseTaskView {
    /// The entry.
    pub id: String,
    /// The loan.
    pub loan_id: Option<String>,
    /// Its name.
    pub loan_name: Option<String>,
    /// What.
    pub what: String,
    /// Whose it is.
    pub by: PersonRole,
    /// By when.
    pub due: Option<String>,
    /// It is done.
    pub done: bool,
    /// Its day is over and it is not done.
    pub late: bool,
    /// It was promised in a record; opens that.
    pub record_id: Option<String>,
}

/// An open task with its day, as reminders need it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OpenTask {
    /// The entry.
    pub(crate) id: CaseEntryId,
    /// The loan.
    pub(crate) loan: Option<LoanId>,
    /// What.
    pub(crate) what: String,
    /// By when.
    pub(crate) due: NaiveDate,
    /// When it was set.
    pub(crate) set_on: NaiveDate,
}

impl App<Unlocked> {
    /// Tasks that are not done and have a day, the nearest first.
    pub(crate) fn open_tasks(&self) -> Result<Vec<OpenTask>, AppError> {
        let entries = self.state.vault.case_entries()?;
        let done = done(&entries);
        let standing = self.task_standing(&entries)?;
        let mut open: Vec<OpenTask> = entries
            .iter()
            .filter(|entry| !done.contains(&entry.id) && standing.awaits(entry))
            .filter_map(|entry| match &entry.step {
                CaseStep::Task { what, due: Some(due), .. } => Some(OpenTask {
                    id: entry.id,
                    loan: entry.loan,
                    what: what.clone(),
                    due: *due,
                    set_on: entry.on,
                }),
                _ => None,
            })
            .collect();
        open.sort_by_key(|task| task.due);
        Ok(open)
    }

    /// Tasks and promises, of one loan or of all.
    ///
    /// # Errors
    /// An unknown loan, or the vault cannot be read.
    pub fn list_tasks(&self, loan_id: Option<&str>) -> Result<TaskListView, AppError> {
        let only: Option<LoanId> = loan_id.map(|text| id::parse("loan_id", text)).transpose()?;
        let names = self.loan_names()?;
        let today = self.clock.today();
        let entries = self.state.vault.case_entries()?;
        let done = done(&entries);
        let standing = self.task_standing(&entries)?;
        let mut tasks: Vec<CaseTaskView> = Vec::new();
        for entry in entries.iter().filter(|e| only.is_none() || e.loan == only) {
            let CaseStep::Task { what, by, due, .. } = &entry.step else { continue };
            let is_done = done.contains(&entry.id);
            if !is_done && !standing.awaits(entry) {
                continue;
            }
            tasks.push(CaseTaskView {
                id: entry.id.to_string(),
                loan_id: entry.loan.map(|id| id.to_string()),
                loan_name: entry.loan.and_then(|id| names.get(&id).cloned()),
                what: what.clone(),
                by: (*by).into(),
                due: due.map(day),
                done: is_done,
                late: !is_done && due.is_some_and(|due| due < today),
                record_id: None,
            });
        }
        let promising =
            EvidenceFilter { with: Some(EvidenceMark::Promises), ..EvidenceFilter::standing(only) };
        for state in self.state.vault.evidence(&promising)? {
            for (k, promise) in state.record.promises.iter().enumerate() {
                let loan = state.record.loans.first();
                let is_done = standing.kept(state.record.id, k);
                if !is_done && standing.all_closed(&state.record.loans) {
                    continue;
                }
                tasks.push(CaseTaskView {
                    id: format!("{}-{k}", state.record.id),
                    loan_id: loan.map(ToString::to_string),
                    loan_name: loan.and_then(|id| names.get(id).cloned()),
                    what: promise.what.clone(),
                    by: promise.by.into(),
                    due: promise.due.map(day),
                    done: is_done,
                    late: !is_done && promise.due.is_some_and(|due| due < today),
                    record_id: Some(state.record.id.to_string()),
                });
            }
        }
        tasks.sort_by(|a, b| {
            let key = |t: &CaseTaskView| (t.done, t.due.is_none(), t.due.clone());
            key(a).cmp(&key(b))
        });
        Ok(TaskListView { tasks })
    }
}

fn done(entries: &[CaseEntry]) -> BTreeSet<CaseEntryId> {
    let done = entries.iter().filter_map(|entry| match entry.step {
        CaseStep::TaskDone { task } => Some(task),
        _ => None,
    });
    done.collect()
}

use std::collections::BTreeSet;

use ashore_domain::{CaseEntry, CaseEntryId, CaseStep, Fact, Money, Month, PersonRole, Review, ReviewId};
use ashore_engine::monthly_capacity;
use chrono::Datelike;
use serde::Deserialize;
use specta::Type;

use super::ReviewView;
use super::show::NearBreak;
use crate::session::{App, Language, Unlocked};
use crate::{AppError, id, input};

/// The review is done.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct FinishReviewRequest {
    /// The borrower's own note.
    #[serde(default)]
    pub note: Option<String>,
}

/// The rule that tasks of a review come from.
const RULE: &str = "REM-SHORTFALL";

impl App<Unlocked> {
    /// Keeps what was seen today; the next review is due in a month. When a due will fail soon, a task to ask its lender
    /// before then is written down with it, once.
    ///
    /// # Errors
    /// The vault cannot be read or written.
    pub fn finish_review(&mut self, request: &FinishReviewRequest) -> Result<ReviewView, AppError> {
        let (today, now) = (self.clock.today(), self.clock.now());
        let mut owed = Money::ZERO;
        for file in self.open_loan_files()? {
            owed += file.statement(today)?.outstanding.total();
        }
        let sheet = self.state.vault.latest_capacity()?;
        let capacity = sheet.map(|sheet| monthly_capacity(&sheet, Month::of(today), 1));
        let review = Review {
            id: ReviewId::from_bytes(id::fresh(now)?),
            on: today,
            owed,
            income: capacity.as_ref().map(|found| found.net_income),
            capacity: capacity.as_ref().map(|found| found.capacity),
            note: input::words_or_none("note", request.note.as_deref())?,
        };
        let mut facts = vec![Fact::Review(review)];
        if let Some(near) = self.near_break(today)?.filter(|near| self.has_no_task(near).unwrap_or(true)) {
            facts.push(Fact::Case(CaseEntry {
                id: CaseEntryId::from_bytes(id::fresh(now)?),
                loan: Some(near.loan),
                on: today,
                step: CaseStep::Task {
                    what: words(&near, self.preferences().language),
                    by: PersonRole::User,
                    due: Some(near.ask_by),
                    rule: Some(RULE.to_owned()),
                    agreement: None,
                },
                evidence: Vec::new(),
                note: None,
            }));
        }
        self.state.vault.append(&facts, Vec::new(), now)?;
        self.review()
    }

    /// True while no open task of a review speaks of this loan.
    fn has_no_task(&self, near: &NearBreak) -> Result<bool, AppError> {
        let entries = self.state.vault.case_entries()?;
        let done: BTreeSet<_> = entries
            .iter()
            .filter_map(|entry| match entry.step {
                CaseStep::TaskDone { task } => Some(task),
                _ => None,
            })
            .collect();
        let open = entries.iter().any(|entry| {
            let of_review =
                matches!(&entry.step, CaseStep::Task { rule: Some(rule), .. } if rule.as_str() == RULE);
            of_review && entry.loan == Some(near.loan) && !done.contains(&entry.id)
        });
        Ok(!open)
    }
}

fn words(near: &NearBreak, language: Language) -> String {
    let (due, short) = (near.due, near.short);
    match language {
        Language::Chinese => {
            format!("在 {} 月 {} 日到期之前谈新的方案，预计差 ¥{short}", due.month(), due.day())
        }
        Language::English => format!("Ask for new terms before the due of {due}: ¥{short} will be missing"),
    }
}

use std::collections::BTreeMap;

use ashore_engine::explain::Explanation;
use serde::Deserialize;
use specta::Type;

use super::ExplanationView;
use crate::capacity::CapacityForm;
use crate::loans::{BorrowRequest, LegalStep};
use crate::offers::MakeOfferRequest;
use crate::plans::StudioRequest;
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode};

/// A figure somebody wants to follow.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct ExplainRequest {
    /// Where it is shown.
    pub shown_on: ShownOn,
    /// Its place in that page's view, such as `plans[0].debts[2].total` or `statement.outstanding.penalty`.
    pub path: String,
}

/// Pages whose figures can be followed, each with what its own query was asked.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(tag = "page", rename_all = "snake_case", deny_unknown_fields)]
pub enum ShownOn {
    /// The first tab; the review shows the same forecast.
    Home,
    /// One loan: `statement`, `cost`, `reference` and `limitation` of its view, and the rows of its contract as `rows`.
    Loan {
        /// Which.
        loan_id: String,
        /// The day of the statement; today when absent.
        #[serde(default)]
        as_of: Option<String>,
    },
    /// The worksheet and what it leaves.
    Capacity {
        /// As it is being filled in; as last stated when absent.
        #[serde(default)]
        form: Option<CapacityForm>,
    },
    /// The plan studio.
    Studio {
        /// What it is set to.
        request: StudioRequest,
    },
    /// The offers on one loan beside one another.
    Compare {
        /// Which.
        loan_id: String,
    },
    /// What an offer comes to that was made.
    Offer {
        /// Which.
        proposal_id: String,
    },
    /// What an offer comes to that is being made.
    NewOffer {
        /// What was typed.
        request: Box<MakeOfferRequest>,
    },
    /// What is said of the limitation before an act.
    LimitationEffect {
        /// On which loan.
        loan_id: String,
        /// The act.
        step: LegalStep,
    },
    /// A time limit that was recorded.
    Deadline {
        /// Which.
        deadline_id: String,
    },
    /// A time limit before it is recorded.
    NewDeadline {
        /// Its rule.
        rule: String,
        /// The day of receipt.
        starts_on: String,
    },
    /// A loan that is only offered.
    Borrowing {
        /// What was typed.
        request: BorrowRequest,
    },
}

impl App<Unlocked> {
    /// How a figure of a page came about. The page's query and this one read the same, so the last value is what the
    /// page shows; replaying the steps gives it again.
    ///
    /// # Errors
    /// What the page itself would be refused for; `not_found` where the page shows no such figure.
    pub fn explain(&self, request: &ExplainRequest) -> Result<ExplanationView, AppError> {
        let found = self.explain_beside(request)?.into_iter().find(|one| one.path == request.path);
        found.ok_or_else(|| AppError::field(ErrorCode::NotFound, "path", "no such figure on this page"))
    }

    /// The same for every figure of the part of the page in which the one asked for lies; it needs not exist.
    ///
    /// # Errors
    /// What the page itself would be refused for.
    pub fn explain_beside(&self, request: &ExplainRequest) -> Result<Vec<ExplanationView>, AppError> {
        let (rules, today) = (self.rules()?, self.clock.today());
        let all = self.explained(&request.shown_on, &request.path)?;
        let called = self.called(&request.shown_on)?;
        Ok(all.into_iter().map(|found| ExplanationView::of(found, &rules.set, today, &called)).collect())
    }

    /// What the borrower calls the inputs of a page's derivations, by their names in formulas: lines of the worksheet,
    /// and in the studio the loans planned for.
    fn called(&self, shown_on: &ShownOn) -> Result<BTreeMap<String, String>, AppError> {
        let mut called = BTreeMap::new();
        if let ShownOn::Studio { request } = shown_on {
            let names = self.planned_names(request)?.into_iter().enumerate();
            called.extend(names.map(|(k, name)| (format!("debt_{k}"), name)));
        }
        let sheet = match shown_on {
            ShownOn::Capacity { form: Some(form) } => Some(form.read(self.clock.today())?),
            ShownOn::Capacity { form: None } | ShownOn::Home | ShownOn::Borrowing { .. } => {
                self.state.vault.latest_capacity()?
            }
            _ => None,
        };
        let Some(sheet) = sheet else { return Ok(called) };
        let mut add = |list: &str, lines: Vec<String>| {
            let lines = lines.into_iter().enumerate().filter(|(_, name)| !name.trim().is_empty());
            called.extend(lines.map(|(k, name)| (format!("{list}_{k}"), name)));
        };
        add("income", sheet.income.into_iter().map(|line| line.name).collect());
        add("expense", sheet.expenses.into_iter().map(|line| line.name).collect());
        add("priority", sheet.priority.into_iter().map(|line| line.name).collect());
        Ok(called)
    }

    /// Derivations of the page, those of the part in which `path` lies among them.
    fn explained(&self, shown_on: &ShownOn, path: &str) -> Result<Vec<Explanation>, AppError> {
        match shown_on {
            ShownOn::Home => self.home_explained(path),
            ShownOn::Loan { loan_id, as_of } => self.loan_explained(loan_id, as_of.as_deref(), path),
            ShownOn::Capacity { form } => self.capacity_explained(form.as_ref()),
            ShownOn::Studio { request } => self.studio_explained(request),
            ShownOn::Compare { loan_id } => self.comparison_explained(loan_id),
            ShownOn::Offer { proposal_id } => self.offer_explained(proposal_id),
            ShownOn::NewOffer { request } => self.new_offer_explained(request),
            ShownOn::LimitationEffect { loan_id, step } => self.limitation_effect_explained(loan_id, *step),
            ShownOn::Deadline { deadline_id } => self.deadline_explained(deadline_id),
            ShownOn::NewDeadline { rule, starts_on } => self.new_deadline_explained(rule, starts_on),
            ShownOn::Borrowing { request } => self.borrowing_explained(request, path),
        }
    }
}

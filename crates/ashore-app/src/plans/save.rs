use ashore_domain::{DeferredInterest, Fact, Money, Month, Proposal, ProposalId, ProposedRow, Relief, Side};
use ashore_engine::plan::{DebtPlan, PlanAnswer, PlanKind, plan};
use chrono::{DateTime, FixedOffset};
use serde::Deserialize;
use specta::Type;

use super::request::{Asked, StudioRequest};
use crate::loans::LoanFile;
use crate::offers::ProposalListView;
use crate::session::{App, Unlocked};
use crate::words::PlanObjective;
use crate::{AppError, ErrorCode, id, input};

/// A plan to keep as requests.
#[derive(Debug, Clone, Deserialize, Type)]
#[serde(deny_unknown_fields)]
pub struct SavePlanRequest {
    /// What the studio is set to.
    pub studio: StudioRequest,
    /// Which of the five plans.
    pub objective: PlanObjective,
    /// In words.
    #[serde(default)]
    pub note: Option<String>,
}

impl App<Unlocked> {
    /// Keeps one request per lender that the plan asks for something. Nothing that is owed changes.
    ///
    /// # Errors
    /// There is no such plan, or it asks nobody for anything.
    pub fn save_plan(&mut self, request: &SavePlanRequest) -> Result<ProposalListView, AppError> {
        let asked = self.asked(&request.studio, request.objective.into())?;
        let PlanAnswer::Feasible(found) = plan(&asked.request)? else {
            return Err(AppError::new(ErrorCode::NoPlan, "there is no plan within these limits"));
        };
        let now = self.clock.now();
        let note = input::words_or_none("note", request.note.as_deref())?;
        let mut facts = Vec::new();
        for debt in found.figures.debts.iter().filter(|debt| debt.kind != PlanKind::Contract) {
            if let Some(file) = asked.files.get(&debt.id) {
                facts.push(Fact::Proposal(proposal(debt, file, &asked, now, note.clone())?));
            }
        }
        if facts.is_empty() {
            return Err(AppError::new(
                ErrorCode::NothingOwed,
                "this plan keeps every contract; there is nothing to ask",
            ));
        }
        self.state.vault.append(&facts, Vec::new(), now)?;
        self.list_proposals(None)
    }
}

fn proposal(
    debt: &DebtPlan,
    file: &LoanFile,
    asked: &Asked,
    now: DateTime<FixedOffset>,
    note: Option<String>,
) -> Result<Proposal, AppError> {
    let due_day = file.terms().map_or(15, |terms| terms.calendar().due_day());
    let due = |month: Month| month.day_clamped(due_day);
    let rate = asked.request.debts.iter().find(|d| d.id == debt.id).map(|d| d.rate_after).unwrap_or_default();
    let mut reliefs = match (debt.kind, debt.rows.last()) {
        (PlanKind::Settlement, Some(row)) => {
            vec![Relief::LumpSumSettlement { amount: row.amount, until: row.month.last_day() }]
        }
        _ => vec![Relief::IndividualInstalment { terms: debt.terms, rate, total: None, balloon: None }],
    };
    if debt.grace > 0 {
        reliefs.push(Relief::Deferral { months: debt.grace, interest: DeferredInterest::Stopped });
    }
    if debt.waived.total() > Money::ZERO {
        reliefs.push(Relief::Waiver { lapses_on_breach: true });
    }
    Ok(Proposal {
        id: ProposalId::from_bytes(id::fresh(now)?),
        loan: file.id(),
        by: Side::Borrower,
        made_at: now,
        in_reply_to: file.proposals.iter().max_by_key(|p| p.made_at).map(|p| p.id),
        channel: None,
        reliefs,
        waived: debt.waived,
        rows: debt.rows.iter().map(|row| ProposedRow { due: due(row.month), amount: row.amount }).collect(),
        expires_on: None,
        evidence: Vec::new(),
        note,
    })
}

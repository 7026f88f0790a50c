use ashore_domain::{Bucket, Buckets, LoanId, Money, Month, Proposal, Relief};
use ashore_engine::{
    ClaimedDebt, ComparedProposal, OnBreach, Outcome, daily_rate, monthly_capacity, proposal_outcome,
    status_quo,
};
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use crate::loans::LoanFile;
use crate::session::{App, Unlocked};
use crate::view::{Fraction, Yuan, day};
use crate::words::Side;
use crate::{AppError, ErrorCode, id};

/// Ways out of one debt side by side, by the same rules, and beside agreeing to nothing (domain §4.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct CompareView {
    /// The day of the comparison.
    pub as_of: String,
    /// What the borrower calls the loan.
    pub loan_name: String,
    /// Claimed that day.
    pub claimed: Yuan,
    /// What a day of lateness costs is known; else agreeing to nothing is shown too cheap.
    pub penalty_known: bool,
    /// Agreeing to nothing and paying everything at the end of the longest offer.
    pub status_quo: WayView,
    /// The offers that still stand, newest first.
    pub ways: Vec<WayView>,
}

/// One way out in figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct WayView {
    /// Which offer; absent for agreeing to nothing.
    pub proposal_id: Option<String>,
    /// Whose offer.
    pub by: Option<Side>,
    /// The civil day it was made.
    pub made_on: Option<String>,
    /// Everything paid from now on.
    pub total_paid: Yuan,
    /// Claimed less that; below zero when more is paid.
    pub saving: Yuan,
    /// More is paid than is claimed now.
    pub costs_more: bool,
    /// Interest or penalties that go on meanwhile; part of what is paid.
    pub added: Yuan,
    /// The largest month.
    pub peak_month: Yuan,
    /// Month of the last payment.
    pub end: String,
    /// The yearly rate at which it is worth what is claimed now.
    pub xirr: Option<Fraction>,
    /// Every payment is covered by the worksheet's capacity; absent without one.
    pub fits_capacity: Option<bool>,
    /// What may be claimed again if a payment fails.
    pub revived: Yuan,
    /// The waiver stays even then.
    pub waiver_stays: bool,
    /// What the rows leave open: above zero it is still claimed, below zero they pay too much.
    pub open: Yuan,
    /// The rows leave something open.
    pub leaves_open: bool,
}

/// One debt with the ways out of it, weighed by the engine.
pub(super) struct Weighed {
    pub(super) as_of: NaiveDate,
    pub(super) file: LoanFile,
    pub(super) debt: ClaimedDebt,
    /// The offers that still stand, newest first.
    pub(super) ways: Vec<(Proposal, ComparedProposal, Outcome)>,
    pub(super) status_quo: Outcome,
}

impl App<Unlocked> {
    /// The offers on one loan that still stand, beside one another and beside agreeing to nothing.
    ///
    /// # Errors
    /// An unknown loan, or one on which nothing is owed.
    pub fn compare_offers(&self, loan_id: &str) -> Result<CompareView, AppError> {
        let Weighed { as_of, file, debt, ways, status_quo } = self.weighed(loan_id)?;
        let ways = ways.iter().map(|(proposal, compared, outcome)| WayView {
            proposal_id: Some(proposal.id.to_string()),
            by: Some(proposal.by.into()),
            made_on: Some(day(proposal.made_at.date_naive())),
            ..WayView::of(outcome, compared.on_breach == OnBreach::WaiverStays)
        });
        Ok(CompareView {
            as_of: day(as_of),
            loan_name: file.name().to_owned(),
            claimed: debt.claimed.total().into(),
            penalty_known: debt.daily_penalty.is_some(),
            status_quo: WayView::of(&status_quo, false),
            ways: ways.collect(),
        })
    }

    pub(super) fn weighed(&self, loan_id: &str) -> Result<Weighed, AppError> {
        let loan: LoanId = id::parse("loan_id", loan_id)?;
        let file = self.loan_file(loan)?;
        let today = self.clock.today();
        let claimed = file.statement(today)?.outstanding;
        if !claimed.total().is_positive() {
            return Err(AppError::field(ErrorCode::NothingOwed, "loan_id", "nothing is owed on this loan"));
        }
        let draft = file.terms().map(ashore_domain::LoanTerms::get);
        let daily_penalty = draft.and_then(|d| daily_rate(&d.penalty?, d.rate).ok());
        let debt = ClaimedDebt { claimed, daily_penalty };
        let this_month = Month::of(today);
        let mut standing: Vec<(Proposal, ComparedProposal)> = file
            .proposals
            .iter()
            .filter(|p| stands(&file, p) && p.expires_on.is_none_or(|on| on >= today))
            .filter_map(|p| Some((p.clone(), compared(p, claimed, this_month)?)))
            .collect();
        standing.sort_by_key(|(p, _)| std::cmp::Reverse((p.made_at, p.id)));
        let end =
            standing.iter().filter_map(|(_, c)| c.rows.last().map(|row| row.0)).max().unwrap_or(this_month);
        let months = u16::try_from(end.since(this_month) + 1).unwrap_or(u16::MAX);
        let capacity = self
            .state
            .vault
            .latest_capacity()?
            .map(|sheet| monthly_capacity(&sheet, this_month, months).by_month);
        let refused =
            |why: ashore_engine::CompareError| AppError::new(ErrorCode::AmountOutOfRange, why.to_string());
        let ways = standing.into_iter().map(|(proposal, compared)| {
            let outcome = proposal_outcome(today, &debt, &compared, capacity.as_deref()).map_err(refused)?;
            Ok((proposal, compared, outcome))
        });
        let ways = ways.collect::<Result<_, AppError>>()?;
        let status_quo = status_quo(today, &debt, end, capacity.as_deref()).map_err(refused)?;
        Ok(Weighed { as_of: today, file, debt, ways, status_quo })
    }
}

/// No agreement has answered it and no later offer of the same side has taken its place.
fn stands(file: &LoanFile, proposal: &Proposal) -> bool {
    let answered = file.agreements.iter().any(|a| a.agreed_on >= proposal.made_at.date_naive());
    let replaced = file.proposals.iter().any(|p| p.by == proposal.by && p.in_reply_to == Some(proposal.id));
    !answered && !replaced
}

/// The offer as the engine compares it: what was to be paid before this month is to be paid in it, and no more is
/// waived than is still claimed.
fn compared(proposal: &Proposal, claimed: Buckets, this_month: Month) -> Option<ComparedProposal> {
    let mut rows: Vec<(Month, Money)> =
        proposal.rows.iter().map(|row| (Month::of(row.due).max(this_month), row.amount)).collect();
    rows.sort_by_key(|(month, _)| *month);
    rows.first()?;
    let mut waived = Buckets::default();
    for bucket in Bucket::STATUTORY_ORDER {
        *waived.get_mut(bucket) = proposal.waived.get(bucket).min(claimed.get(bucket));
    }
    let lapses = proposal.reliefs.iter().find_map(|relief| match relief {
        Relief::Waiver { lapses_on_breach } => Some(*lapses_on_breach),
        _ => None,
    });
    let on_breach = match lapses {
        Some(true) => OnBreach::WaiverLapses,
        Some(false) => OnBreach::WaiverStays,
        None => OnBreach::NotAgreed,
    };
    Some(ComparedProposal { waived, rows, daily_interest: None, on_breach })
}

impl WayView {
    fn of(outcome: &Outcome, waiver_stays: bool) -> Self {
        Self {
            proposal_id: None,
            by: None,
            made_on: None,
            total_paid: outcome.total_paid.into(),
            saving: outcome.saving.into(),
            costs_more: outcome.saving.is_negative(),
            added: outcome.added.into(),
            peak_month: outcome.peak_month.into(),
            end: outcome.end.to_string(),
            xirr: outcome.xirr.map(Into::into),
            fits_capacity: outcome.fits_capacity,
            revived: outcome.revived.into(),
            waiver_stays,
            open: outcome.open.into(),
            leaves_open: outcome.open.is_positive(),
        }
    }
}

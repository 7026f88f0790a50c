use ashore_domain::{Buckets, Money, Month, Proposal, Relief, Side};
use ashore_engine::{
    ClaimedDebt, ComparedProposal, ExpectedDue, Forecast, MonthCapacity, OnBreach, Outcome, forecast,
    monthly_capacity, proposal_outcome,
};
use chrono::NaiveDate;
use serde::Serialize;
use specta::Type;

use crate::AppError;
use crate::loans::{LegalStep, LimitationEffectView, LoanFile};
use crate::session::{App, Unlocked};
use crate::view::{BucketsView, Fraction, Yuan, day};

/// What an offer comes to, laid against what is claimed and against everything else that has to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OfferEffectView {
    /// The loan.
    pub loan_id: String,
    /// What is paid when.
    pub rows: Vec<OfferRowView>,
    /// Everything that is paid.
    pub total: Yuan,
    /// Claimed by bucket on the day of the offer.
    pub claimed: BucketsView,
    /// Waived in all.
    pub waived: Yuan,
    /// Claimed less paid; below zero when more is paid.
    pub saving: Yuan,
    /// What the rows leave open (above zero) or pay beyond what is claimed less waived (below).
    pub open: Yuan,
    /// The largest sum of one month.
    pub peak_month: Yuan,
    /// Month of the last payment, `YYYY-MM`.
    pub end: Option<String>,
    /// Annual rate at which the payments are worth what is claimed; negative when less is paid.
    pub xirr: Option<Fraction>,
    /// What could be claimed again if a payment fails.
    pub revived: Yuan,
    /// Whether this offer and all other debts together fit what can be paid; absent without a worksheet.
    pub fits_all: Option<bool>,
    /// The first due that would fail.
    pub first_break: Option<OfferBreakView>,
    /// What the act does to the limitation, said before it is done.
    pub limitation: LimitationEffectView,
    /// What the reader should know.
    pub findings: Vec<OfferFindingView>,
}

/// A payment an offer names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct OfferRowView {
    pub due: String,
    pub amount: Yuan,
}

/// A due that the offer would make fail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct OfferBreakView {
    pub loan_name: String,
    pub due: String,
    pub short: Yuan,
}

/// Something to know about an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OfferFindingView {
    /// Code of the closed list.
    pub code: String,
    /// The amount it speaks of.
    pub amount: Option<Yuan>,
}

/// Months looked at, at least.
const MONTHS_LEAST: i32 = 6;
const MONTHS_MOST: i32 = 120;

impl App<Unlocked> {
    pub(super) fn effect_of(
        &self,
        file: &LoanFile,
        offer: &Proposal,
        findings: &[(String, Option<Money>)],
    ) -> Result<OfferEffectView, AppError> {
        let on = offer.made_at.date_naive();
        let claimed = file.statement(on)?.outstanding;
        let total: Money = offer.rows.iter().map(|row| row.amount).sum();
        let outcome = outcome_of(offer, on, claimed);
        let (fits_all, first_break) = self.fits_all(file, offer)?;
        let step = legal_step(offer);
        let mut findings: Vec<OfferFindingView> = findings
            .iter()
            .map(|(code, amount)| OfferFindingView { code: code.clone(), amount: amount.map(Into::into) })
            .collect();
        if fits_all == Some(false) {
            findings.push(OfferFindingView { code: "not_sustainable".to_owned(), amount: None });
        }
        Ok(OfferEffectView {
            loan_id: file.id().to_string(),
            rows: offer
                .rows
                .iter()
                .map(|row| OfferRowView { due: day(row.due), amount: row.amount.into() })
                .collect(),
            total: total.into(),
            claimed: claimed.into(),
            waived: offer.waived.total().into(),
            saving: (claimed.total() - total).into(),
            open: (claimed.total() - offer.waived.total() - total).into(),
            peak_month: peak(offer).into(),
            end: offer.rows.last().map(|row| Month::of(row.due).to_string()),
            xirr: outcome.and_then(|o| o.xirr).map(Into::into),
            revived: outcome.map_or(Money::ZERO, |o| o.revived).into(),
            fits_all,
            first_break,
            limitation: self.limitation_effect(&file.id().to_string(), step)?,
            findings,
        })
    }

    /// Whether the offer's rows beside every other loan's dues are covered by what can be paid.
    fn fits_all(
        &self,
        file: &LoanFile,
        offer: &Proposal,
    ) -> Result<(Option<bool>, Option<OfferBreakView>), AppError> {
        let Some(beside) = self.beside_all(file, offer)? else { return Ok((None, None)) };
        let first_break = beside.forecast.breaks.first().and_then(|broken| {
            let (name, due) = (beside.names.get(broken.index)?, beside.expected.get(broken.index)?);
            Some(OfferBreakView { loan_name: name.clone(), due: day(due.due), short: broken.short.into() })
        });
        Ok((Some(beside.forecast.breaks.is_empty()), first_break))
    }

    /// The offer's rows beside every other loan's dues, against what can be paid; none without a worksheet.
    pub(super) fn beside_all(
        &self,
        file: &LoanFile,
        offer: &Proposal,
    ) -> Result<Option<BesideAll>, AppError> {
        let Some(sheet) = self.state.vault.latest_capacity()? else { return Ok(None) };
        let today = self.clock.today();
        let first = Month::of(today);
        let last = offer.rows.last().map_or(first, |row| Month::of(row.due));
        let months = (last.since(first) + 1).clamp(MONTHS_LEAST, MONTHS_MOST);
        let capacity = monthly_capacity(&sheet, first, u16::try_from(months).unwrap_or(1)).by_month;
        let until = first.plus(months - 1).last_day();
        let (mut names, mut expected) = (Vec::new(), Vec::new());
        let mut add = |name: &str, due: NaiveDate, amount: Money| {
            names.push(name.to_owned());
            expected.push(ExpectedDue { due, amount });
        };
        for other in self.open_loan_files()? {
            if other.id() == file.id() {
                continue;
            }
            other.dues(today, today, until)?.iter().for_each(|due| add(other.name(), due.due, due.amount));
        }
        let ours = offer.rows.iter().filter(|row| row.due >= today && row.due <= until);
        ours.for_each(|row| add(file.name(), row.due, row.amount));
        let forecast = forecast(today, Money::ZERO, &capacity, &expected);
        Ok(Some(BesideAll { today, capacity, names, expected, forecast }))
    }
}

/// An offer among all dues: the forecast and what it is made from, dues with the names of their loans.
pub(super) struct BesideAll {
    pub(super) today: NaiveDate,
    pub(super) capacity: Vec<MonthCapacity>,
    names: Vec<String>,
    pub(super) expected: Vec<ExpectedDue>,
    pub(super) forecast: Forecast,
}

/// What saying yes to the offer, or making it, is by the words of the limitation.
pub(super) fn legal_step(offer: &Proposal) -> LegalStep {
    match offer.reliefs.as_slice() {
        [Relief::Deferral { .. }] => LegalStep::DeferralRequest,
        _ if offer.by == Side::Lender => LegalStep::PromiseToPay,
        _ => LegalStep::RepaymentPlan,
    }
}

pub(super) fn peak(offer: &Proposal) -> Money {
    let mut months: std::collections::BTreeMap<Month, Money> = std::collections::BTreeMap::new();
    for row in &offer.rows {
        *months.entry(Month::of(row.due)).or_default() += row.amount;
    }
    months.into_values().max().unwrap_or(Money::ZERO)
}

fn outcome_of(offer: &Proposal, on: NaiveDate, claimed: Buckets) -> Option<Outcome> {
    let (debt, compared) = as_compared(offer, claimed);
    proposal_outcome(on, &debt, &compared, None).ok()
}

/// The offer as the engine compares it.
pub(super) fn as_compared(offer: &Proposal, claimed: Buckets) -> (ClaimedDebt, ComparedProposal) {
    let lapses = offer.reliefs.iter().find_map(|relief| match relief {
        Relief::Waiver { lapses_on_breach } => Some(*lapses_on_breach),
        _ => None,
    });
    let compared = ComparedProposal {
        waived: offer.waived,
        rows: offer.rows.iter().map(|row| (Month::of(row.due), row.amount)).collect(),
        daily_interest: None,
        on_breach: match lapses {
            None => OnBreach::NotAgreed,
            Some(true) => OnBreach::WaiverLapses,
            Some(false) => OnBreach::WaiverStays,
        },
    };
    (ClaimedDebt { claimed, daily_penalty: None }, compared)
}

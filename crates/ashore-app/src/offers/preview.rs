use std::collections::BTreeMap;

use ashore_domain::{LoanId, Money, Month, ProposedRow};
use ashore_engine::{offer_rows, pro_rata_months, pro_rata_offers};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::loans::LoanFile;
use crate::session::{App, Unlocked};
use crate::view::{Yuan, day};
use crate::{AppError, ErrorCode, input};

/// What to share among the lenders.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct PreviewOffersRequest {
    /// Yuan a month; the worksheet's capacity when absent.
    pub monthly: Option<String>,
    /// Only these loans; all that are not agreed on when empty.
    pub loan_ids: Vec<String>,
}

/// The same share for every lender in proportion to what is owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OffersView {
    /// What is shared a month.
    pub monthly: Yuan,
    /// Reserved before sharing: what agreements already ask for a month.
    pub agreed_monthly: Yuan,
    /// Everything owed to the lenders in `offers`.
    pub owed: Yuan,
    /// Months until the last instalment; absent when nothing can be paid.
    pub months: Option<u32>,
    /// Month of the last instalment.
    pub last_month: Option<String>,
    /// One per lender.
    pub offers: Vec<OfferView>,
    /// Month by month from the first instalment: the request beside what the contracts ask for.
    pub by_month: Vec<OfferMonthView>,
}

/// One month of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct OfferMonthView {
    /// `YYYY-MM`.
    pub month: String,
    /// Instalments asked for and dues of agreements.
    pub requested: Yuan,
    /// Dues of contracts and agreements as they stand today, overdue ones left out.
    pub contract: Yuan,
    /// What the request leaves to be paid after this month.
    pub remaining: Yuan,
}

/// What one lender would be offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)]
pub struct OfferView {
    pub loan_id: String,
    pub name: String,
    pub lender: Option<String>,
    /// Owed today.
    pub owed: Yuan,
    /// Offered a month.
    pub monthly: Yuan,
    /// Number of instalments.
    pub terms: u32,
    /// The last instalment.
    pub last: Yuan,
    pub first_due: Option<String>,
    pub last_due: Option<String>,
    /// What goes on if the lender says no: the contract's next due.
    pub contract_due: Option<String>,
    pub contract_amount: Option<Yuan>,
}

/// An offer with its rows, before it is shown or saved.
pub(super) struct Offer {
    pub(super) file: LoanFile,
    pub(super) owed: Money,
    pub(super) monthly: Money,
    pub(super) rows: Vec<ProposedRow>,
}

/// Longest plan that is offered: 60 months, as the longest individual instalment the rules know (domain §4.1).
/// Beyond, the offer is shown with the months it would take, and cannot be saved as it is.
const MONTHS_MAX: u32 = 600;

pub(super) struct Offers {
    pub(super) monthly: Money,
    pub(super) agreed: Money,
    pub(super) months: Option<u32>,
    pub(super) offers: Vec<Offer>,
}

impl App<Unlocked> {
    pub(super) fn offers(&self, request: &PreviewOffersRequest) -> Result<Offers, AppError> {
        let today = self.clock.today();
        let stated = input::amount_or_none("monthly", request.monthly.as_deref())?;
        let sheet = self.state.vault.latest_capacity()?;
        let capacity = match (stated, sheet) {
            (Some(amount), _) => amount,
            (None, Some(sheet)) => ashore_engine::monthly_capacity(&sheet, Month::of(today), 1).capacity,
            (None, None) => {
                let message = "state the monthly capacity first, or give an amount";
                return Err(AppError::field(ErrorCode::FieldMissing, "monthly", message));
            }
        };
        let chosen: Vec<LoanId> = request
            .loan_ids
            .iter()
            .map(|text| crate::id::parse("loan_ids", text))
            .collect::<Result<_, _>>()?;
        let (mut files, mut owed, mut agreed) = (Vec::new(), Vec::new(), Money::ZERO);
        let first_month = Month::of(today).plus(1);
        for file in self.open_loan_files()? {
            let wanted = if chosen.is_empty() { true } else { chosen.contains(&file.id()) };
            if file.agreement_on(today).is_some() {
                // What is agreed is kept before anything new is offered.
                agreed += file.due_in(first_month, today)?;
            } else if wanted {
                let balance = file.statement(today)?.outstanding.total();
                if balance.is_positive() {
                    owed.push(balance);
                    files.push(file);
                }
            }
        }
        let shared = (capacity - agreed).max(Money::ZERO);
        let months = pro_rata_months(shared, &owed);
        let parts = pro_rata_offers(shared, &owed);
        let span = months.unwrap_or(0).min(MONTHS_MAX);
        let offers = files
            .into_iter()
            .zip(owed.iter().zip(parts))
            .map(|(file, (&owed, monthly))| {
                let due_day = file.terms().map_or(15, |t| t.calendar().due_day());
                let amounts = offer_rows(owed, monthly, span);
                let rows = amounts.into_iter().enumerate().map(|(k, amount)| {
                    let month = first_month.plus(i32::try_from(k).unwrap_or(0));
                    ProposedRow { due: month.day_clamped(due_day), amount }
                });
                Offer { owed, monthly, rows: rows.collect(), file }
            })
            .collect();
        Ok(Offers { monthly: shared, agreed, months, offers })
    }

    /// What each lender would be offered; nothing is stored.
    ///
    /// # Errors
    /// No capacity is known, or an amount cannot be read.
    pub fn preview_offers(&self, request: &PreviewOffersRequest) -> Result<OffersView, AppError> {
        let found = self.offers(request)?;
        let today = self.clock.today();
        let mut views = Vec::new();
        for offer in &found.offers {
            let next = offer.file.statement(today)?.next_due;
            views.push(OfferView {
                loan_id: offer.file.id().to_string(),
                name: offer.file.name().to_owned(),
                lender: self.creditor(&offer.file)?.name,
                owed: offer.owed.into(),
                monthly: offer.monthly.into(),
                terms: u32::try_from(offer.rows.len()).unwrap_or(u32::MAX),
                last: offer.rows.last().map_or(Money::ZERO, |r| r.amount).into(),
                first_due: offer.rows.first().map(|r| day(r.due)),
                last_due: offer.rows.last().map(|r| day(r.due)),
                contract_due: next.as_ref().map(|n| day(n.due)),
                contract_amount: next.as_ref().map(|n| n.amount.into()),
            });
        }
        let last = found.offers.iter().filter_map(|o| o.rows.last()).map(|r| r.due).max();
        Ok(OffersView {
            monthly: found.monthly.into(),
            agreed_monthly: found.agreed.into(),
            owed: found.offers.iter().map(|o| o.owed).sum::<Money>().into(),
            months: found.months,
            last_month: last.map(|due| Month::of(due).to_string()),
            by_month: self.by_month(&found.offers)?,
            offers: views,
        })
    }

    /// The request beside the contracts, up to the last month in which either asks for money.
    fn by_month(&self, offers: &[Offer]) -> Result<Vec<OfferMonthView>, AppError> {
        let today = self.clock.today();
        let first = Month::of(today).plus(1);
        let horizon = first.plus(i32::try_from(MONTHS_MAX).unwrap_or(0)).last_day();
        let (mut requested, mut contract) = (BTreeMap::new(), BTreeMap::new());
        let add = |to: &mut BTreeMap<Month, Money>, due: NaiveDate, amount: Money| {
            *to.entry(Month::of(due)).or_insert(Money::ZERO) += amount;
        };
        for file in self.open_loan_files()? {
            let agreed = file.agreement_on(today).is_some();
            for due in file.dues(today, first.day_clamped(1), horizon)? {
                add(&mut contract, due.due, due.amount);
                if agreed {
                    add(&mut requested, due.due, due.amount);
                }
            }
        }
        for row in offers.iter().flat_map(|offer| &offer.rows) {
            add(&mut requested, row.due, row.amount);
        }
        let last = requested.keys().chain(contract.keys()).max().copied();
        let mut remaining: Money = requested.values().copied().sum();
        let mut months = Vec::new();
        let mut month = first;
        while last.is_some_and(|last| month <= last) {
            let asked = requested.get(&month).copied().unwrap_or(Money::ZERO);
            remaining -= asked;
            months.push(OfferMonthView {
                month: month.to_string(),
                requested: asked.into(),
                contract: contract.get(&month).copied().unwrap_or(Money::ZERO).into(),
                remaining: remaining.into(),
            });
            month = month.plus(1);
        }
        Ok(months)
    }
}

use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError};

use ashore_domain::{Buckets, Money, Month};
use chrono::NaiveDate;

use crate::AppError;
use crate::loans::LoanFile;
use crate::session::{App, Unlocked};

/// How every open loan stands on one day: what each plan begins with. Replaying the loans takes longer than planning, so
/// it is kept between two moves of a slider, and made anew once anything is recorded or the day changes.
pub(crate) struct Standing {
    today: NaiveDate,
    recorded: u64,
    pub(super) loans: Vec<LoanStanding>,
}

/// One open loan.
pub(super) struct LoanStanding {
    pub(super) file: Arc<LoanFile>,
    /// An agreement holds: its dues are kept before anything new is asked for.
    pub(super) agreed: bool,
    pub(super) owed: Buckets,
    /// Unpaid dues by month; what is due before the first month has to be paid in it.
    pub(super) dues: BTreeMap<Month, Money>,
    /// What falls due from the first month on.
    pub(super) to_come: BTreeMap<Month, Money>,
}

impl App<Unlocked> {
    /// Every open loan as it stands today.
    pub(super) fn loans_standing(&self) -> Result<Arc<Standing>, AppError> {
        let (today, recorded) = (self.clock.today(), self.state.vault.recorded()?);
        let mut kept = self.state.standing.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = kept.as_ref().filter(|kept| (kept.today, kept.recorded) == (today, recorded)) {
            return Ok(Arc::clone(kept));
        }
        let loans = self.open_loan_files()?.into_iter().map(|file| stands(file, today));
        let fresh = Arc::new(Standing { today, recorded, loans: loans.collect::<Result<_, AppError>>()? });
        *kept = Some(Arc::clone(&fresh));
        Ok(fresh)
    }
}

/// The month in which the first instalment can be paid.
pub(super) fn first_month(today: NaiveDate) -> Month {
    Month::of(today).plus(1)
}

fn stands(file: LoanFile, today: NaiveDate) -> Result<LoanStanding, AppError> {
    let first = first_month(today);
    let by_month = |from: NaiveDate| -> Result<BTreeMap<Month, Money>, AppError> {
        let mut months = BTreeMap::new();
        for due in file.dues(today, from, NaiveDate::MAX)? {
            *months.entry(Month::of(due.due).max(first)).or_insert(Money::ZERO) += due.amount;
        }
        Ok(months)
    };
    Ok(LoanStanding {
        agreed: file.agreement_on(today).is_some(),
        owed: file.statement(today)?.outstanding,
        dues: by_month(NaiveDate::MIN)?,
        to_come: by_month(first.day_clamped(1))?,
        file: Arc::new(file),
    })
}

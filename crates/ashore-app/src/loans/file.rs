use std::collections::BTreeMap;

use ashore_domain::{
    Agreement, AgreementId, Buckets, LoanId, LoanTerms, Money, Month, Opening, Payment, Proposal, Waiver,
};
use ashore_engine::{
    Amortised, Change, DatedPayment, DueItem, Statement, StatementError, StatementRequest, amortise,
    dues_between, statement,
};
use ashore_vault::{LoanState, PaymentState};
use chrono::NaiveDate;

use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode};

/// Everything recorded about one loan: what its figures are replayed from.
pub(crate) struct LoanFile {
    pub(crate) state: LoanState,
    pub(crate) payments: Vec<PaymentState>,
    pub(crate) waivers: Vec<Waiver>,
    pub(crate) agreements: Vec<Agreement>,
    pub(crate) proposals: Vec<Proposal>,
}

impl LoanFile {
    pub(crate) fn id(&self) -> LoanId {
        self.state.loan.id
    }

    pub(crate) fn name(&self) -> &str {
        &self.state.loan.name
    }

    pub(crate) fn terms(&self) -> Option<&LoanTerms> {
        self.state.loan.opening.terms()
    }

    /// The contract's schedule, when the contract is known.
    pub(crate) fn amortised(&self) -> Result<Option<Amortised>, AppError> {
        self.terms().map(amortise).transpose().map_err(AppError::from)
    }

    /// The agreement whose dues hold on a day: the latest that has taken effect by then.
    pub(crate) fn agreement_on(&self, day: NaiveDate) -> Option<&Agreement> {
        self.in_force().into_iter().rfind(|a| a.effective_from <= day)
    }

    /// The agreement that no other takes the place of: the one that holds, or will.
    pub(crate) fn standing_agreement(&self) -> Option<&Agreement> {
        let standing = self.agreements.iter().filter(|a| self.successor_of(a).is_none());
        standing.max_by_key(|a| (a.effective_from, a.agreed_on))
    }

    /// Agreements in the order in which they take effect. One that would begin on or after the day on which a later one
    /// took its place never comes into force: it is history and no schedule.
    pub(crate) fn in_force(&self) -> Vec<&Agreement> {
        let begins = |agreement: &&Agreement| {
            let later = std::iter::successors(self.successor_of(agreement), |next| self.successor_of(next));
            // A chain as long as the list has been walked to its end, even one that a damaged file closed to a ring.
            later.take(self.agreements.len()).all(|next| agreement.effective_from < next.effective_from)
        };
        let mut in_order: Vec<&Agreement> = self.agreements.iter().filter(begins).collect();
        in_order.sort_by_key(|a| a.effective_from);
        in_order
    }

    /// The engine's number of an agreement's schedule, from 1; none for one that never came into force.
    pub(crate) fn schedule_of(&self, agreement: AgreementId) -> Option<usize> {
        self.in_force().iter().position(|a| a.id == agreement).map(|place| place + 1)
    }

    fn successor_of(&self, agreement: &Agreement) -> Option<&Agreement> {
        self.agreements.iter().find(|a| a.supersedes == Some(agreement.id))
    }

    /// The first day the loan's figures speak of.
    pub(crate) fn begins(&self) -> NaiveDate {
        match &self.state.loan.opening {
            Opening::Contract { terms, .. } => terms.get().disbursed_on,
            Opening::Stated(stated) | Opening::ContractFromBalance { stated, .. } => stated.as_of,
        }
    }

    /// Payments that count, the terms paid before the borrower came to us among them, each on its due.
    pub(crate) fn counted_payments(&self) -> Result<Vec<DatedPayment>, AppError> {
        let mut payments = Vec::new();
        if let Opening::Contract { paid_terms, .. } = self.state.loan.opening
            && let Some(amortised) = self.amortised()?
        {
            let rows = amortised.schedule.rows().iter().take(usize::from(paid_terms));
            payments.extend(rows.map(|row| DatedPayment { on: row.due, amount: row.payment() }));
        }
        let recorded = self.payments.iter().filter(|p| p.counts());
        payments.extend(recorded.map(|p| DatedPayment { on: p.payment.on, amount: p.payment.amount }));
        payments.retain(|p| p.amount.is_positive());
        Ok(payments)
    }

    /// What is owed on a day, replayed from the opening, payments, waivers and agreements. A request changes
    /// nothing here: only a recorded agreement does.
    pub(crate) fn statement(&self, as_of: NaiveDate) -> Result<Statement, AppError> {
        self.replayed(as_of, statement)
    }

    /// Dues from `from` to `to`, both included, that still need money on `as_of`.
    pub(crate) fn dues(
        &self,
        as_of: NaiveDate,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Vec<DueItem>, AppError> {
        self.replayed(as_of, |request| dues_between(request, from, to))
    }

    /// What a month's dues still ask for.
    pub(crate) fn due_in(&self, month: Month, as_of: NaiveDate) -> Result<Money, AppError> {
        let dues = self.dues(as_of, month.day_clamped(1), month.last_day())?;
        Ok(dues.iter().map(|due| due.amount).sum())
    }

    /// The k-th agreement in the order in which they take effect, from 1: the engine's schedule number.
    pub(crate) fn agreement_by_schedule(&self, schedule: u16) -> Option<&Agreement> {
        self.in_force().get(usize::from(schedule).checked_sub(1)?).copied()
    }

    /// Where a payment went by the contract's order or the law's: what is allocated with it and not without it, up to
    /// today, so that what waited as credit is counted where it went.
    pub(crate) fn allocated(&self, payment: &Payment, today: NaiveDate) -> Result<Buckets, AppError> {
        let all = self.counted_payments()?;
        let own = DatedPayment { on: payment.on, amount: payment.amount };
        let with = all.iter().filter(|p| p.on <= own.on).copied().collect::<Vec<_>>();
        let mut without = with.clone();
        if let Some(at) = without.iter().rposition(|p| *p == own) {
            without.remove(at);
        }
        let sums = |payments: &[DatedPayment]| -> Result<Buckets, AppError> {
            let found = self.replayed_with(payments, today, statement)?;
            let mut sums = Buckets::default();
            for part in &found.allocations {
                *sums.get_mut(part.bucket) += part.amount;
            }
            Ok(sums)
        };
        let (with, without) = (sums(&with)?, sums(&without)?);
        let mut own = Buckets::default();
        for bucket in ashore_domain::Bucket::STATUTORY_ORDER {
            *own.get_mut(bucket) = with.get(bucket) - without.get(bucket);
        }
        Ok(own)
    }

    pub(crate) fn replayed<T>(
        &self,
        as_of: NaiveDate,
        ask: impl FnOnce(&StatementRequest<'_>) -> Result<T, StatementError>,
    ) -> Result<T, AppError> {
        self.replayed_with(&self.counted_payments()?, as_of, ask)
    }

    fn replayed_with<T>(
        &self,
        payments: &[DatedPayment],
        as_of: NaiveDate,
        ask: impl FnOnce(&StatementRequest<'_>) -> Result<T, StatementError>,
    ) -> Result<T, AppError> {
        let waivers = self.waivers.iter().map(|w| Change::Waive { on: w.on, amounts: w.amounts.clone() });
        let in_force = self.in_force().into_iter();
        let agreed = in_force.map(|a| Change::Reschedule { on: a.effective_from, rows: a.rows.clone() });
        let request = StatementRequest {
            terms: self.terms(),
            opening: self.state.loan.opening.stated().copied(),
            payments,
            changes: &waivers.chain(agreed).collect::<Vec<_>>(),
            as_of: as_of.max(self.begins()),
            acceleration_on: None,
        };
        Ok(ask(&request)?)
    }
}

/// Nothing is owed that money already paid, and waiting for its due, does not cover.
pub(crate) fn is_paid(statement: &Statement) -> bool {
    statement.outstanding.total() <= statement.credit
}

impl App<Unlocked> {
    /// One loan with everything recorded about it.
    pub(crate) fn loan_file(&self, id: LoanId) -> Result<LoanFile, AppError> {
        let state =
            self.state.vault.loans()?.into_iter().find(|l| l.loan.id == id).ok_or_else(|| {
                AppError::field(ErrorCode::NotFound, "loan_id", "no loan is known by this id")
            })?;
        self.filed(state)
    }

    /// Every loan that is not closed, oldest first.
    pub(crate) fn open_loan_files(&self) -> Result<Vec<LoanFile>, AppError> {
        let open = self.state.vault.loans()?.into_iter().filter(|l| l.closed.is_none());
        open.map(|state| self.filed(state)).collect()
    }

    fn filed(&self, state: LoanState) -> Result<LoanFile, AppError> {
        let id = state.loan.id;
        let vault = &self.state.vault;
        Ok(LoanFile {
            payments: vault.payments(Some(id))?,
            waivers: vault.waivers(id)?,
            agreements: vault.agreements(Some(id))?,
            proposals: vault.proposals(Some(id))?,
            state,
        })
    }

    /// What the borrower calls each loan, closed ones included.
    pub(crate) fn loan_names(&self) -> Result<BTreeMap<LoanId, String>, AppError> {
        Ok(self.state.vault.loans()?.into_iter().map(|l| (l.loan.id, l.loan.name)).collect())
    }
}

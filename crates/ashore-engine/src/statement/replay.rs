use ashore_domain::{Bucket, Buckets, CustomRow, Money, limits};
use chrono::NaiveDate;

use super::figures::Allocation;
use super::term::{Lateness, Term};
use super::{Change, StatementError, StatementFinding, StatementRequest};
use crate::accrual::daily_rate;
use crate::allocate::allocate;
use crate::amortise;

/// The terms of a loan as events reach them, one day after the other.
#[derive(Debug, Clone)]
pub(crate) struct Replay {
    /// Every term there ever was, by due within a schedule; those before `open` are settled for good.
    pub(crate) terms: Vec<Term>,
    open: usize,
    pub(crate) lateness: Lateness,
    order: Vec<Bucket>,
    pub(crate) credit: Money,
    pub(crate) allocations: Vec<Allocation>,
    /// For each allocation the money that was left and what was unpaid; empty unless traced.
    pub(crate) offered: Vec<(Money, Money)>,
    /// What the counted payments sum to.
    pub(crate) counted: Money,
    pub(crate) findings: Vec<StatementFinding>,
    schedules: u16,
    opened_on: Option<NaiveDate>,
}

/// What happens on a day, in the order in which it happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Opening,
    Acceleration,
    Change(usize),
    /// Dues of the day come before its payments.
    Payment(usize),
}

impl Replay {
    /// The terms that a statement lists: of a replaced schedule only those that had fallen due.
    pub(crate) fn listed(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| term.ended.is_none_or(|on| term.due <= on))
    }

    /// The loan before anything happened.
    pub(crate) fn new(request: &StatementRequest<'_>) -> Result<Self, StatementError> {
        let mut replay = Self {
            terms: Vec::new(),
            open: 0,
            lateness: Lateness::NONE,
            order: Bucket::STATUTORY_ORDER.to_vec(),
            credit: Money::ZERO,
            allocations: Vec::new(),
            offered: Vec::new(),
            counted: Money::ZERO,
            findings: Vec::new(),
            schedules: 0,
            opened_on: request.opening.map(|stated| stated.as_of),
        };
        let Some(terms) = request.terms else {
            return if request.opening.is_some() { Ok(replay) } else { Err(StatementError::NothingKnown) };
        };
        let draft = terms.get();
        let amortised = amortise(terms)?;
        replay.lateness.late_fee = draft.late_fee.unwrap_or_default();
        if let Some(penalty) = draft.penalty {
            // A rate nobody stated may still follow from the payment.
            let contract = draft.rate.or(amortised.rate_found.map(|found| found.rate));
            replay.lateness.daily = daily_rate(&penalty, contract)?;
            replay.lateness.base = penalty.base;
            replay.lateness.compound_on = penalty.compound_on;
        }
        replay.order.clone_from(&draft.allocation_order);
        let mut from = draft.disbursed_on;
        for row in amortised.schedule.rows() {
            let charged = Buckets {
                principal: row.principal,
                interest: row.interest,
                fees: row.fees,
                ..Buckets::default()
            };
            let term = Term::row(0, row.term, from, row.due, charged);
            replay.terms.push(term.with_grace(draft.grace_days));
            from = row.due;
        }
        Ok(replay)
    }

    /// Everything that happened up to the day of the statement, oldest first.
    pub(crate) fn run(&mut self, request: &StatementRequest<'_>) -> Result<(), StatementError> {
        check(request)?;
        for (on, event) in self.events(request) {
            // Dues of earlier days take the waiting credit before anything happens on this one.
            match event {
                Event::Opening => self.open_stated(request),
                Event::Acceleration => {
                    self.spend_credit(on.pred_opt().unwrap_or(on))?;
                    self.accelerate(on);
                }
                Event::Change(index) => {
                    self.spend_credit(on.pred_opt().unwrap_or(on))?;
                    if let Some(change) = request.changes.get(index) {
                        self.change(index, change)?;
                    }
                }
                Event::Payment(index) => {
                    self.spend_credit(on)?;
                    let paid = request.payments.get(index).map_or(Money::ZERO, |payment| payment.amount);
                    self.counted += paid;
                    let left = self.pay(on, paid)?;
                    self.credit += left;
                }
            }
        }
        self.spend_credit(request.as_of)?;
        for term in self.terms.iter_mut().skip(self.open) {
            term.accrue_to(request.as_of, &self.lateness)?;
        }
        let owed = self.terms.iter().skip(self.open).any(|term| term.unpaid().total().is_positive());
        if self.credit.is_positive() && !owed {
            self.findings.push(StatementFinding::PaymentsExceedDebt { amount: self.credit });
        }
        Ok(())
    }

    /// The events that count, in order; those that do not leave a finding.
    fn events(&mut self, request: &StatementRequest<'_>) -> Vec<(NaiveDate, Event)> {
        let mut events = Vec::with_capacity(request.payments.len() + request.changes.len() + 2);
        let opened = request.opening.map(|stated| stated.as_of);
        let disbursed = request.terms.map(|terms| terms.get().disbursed_on);
        events.extend(opened.map(|on| (on, Event::Opening)));
        events.extend(request.acceleration_on.map(|on| (on, Event::Acceleration)));
        for (index, change) in request.changes.iter().enumerate() {
            let on = change.on();
            if on > request.as_of {
                self.findings.push(StatementFinding::ChangeAfterAsOf { index });
            } else if opened.is_some_and(|opened| on < opened) && matches!(change, Change::Waive { .. }) {
                self.findings.push(StatementFinding::ChangeBeforeOpening { index });
            } else {
                events.push((on, Event::Change(index)));
            }
        }
        for (index, payment) in request.payments.iter().enumerate() {
            if payment.on > request.as_of {
                self.findings.push(StatementFinding::PaymentAfterAsOf { index });
            } else if opened.is_some_and(|opened| payment.on < opened) {
                self.findings.push(StatementFinding::PaymentBeforeOpening { index });
            } else {
                if disbursed.is_some_and(|disbursed| payment.on < disbursed) {
                    self.findings.push(StatementFinding::PaymentBeforeDisbursement { index });
                }
                events.push((payment.on, Event::Payment(index)));
            }
        }
        events.retain(|(on, _)| *on <= request.as_of);
        events.sort_unstable();
        events
    }

    /// Gives `money` to the terms due by `on`, oldest first; what is left comes back.
    fn pay(&mut self, on: NaiveDate, mut money: Money) -> Result<Money, StatementError> {
        while let Some(term) = self.terms.get_mut(self.open).filter(|term| term.due <= on) {
            term.accrue_to(on, &self.lateness)?;
            let unpaid = term.unpaid();
            let mut left = money;
            for (bucket, amount) in allocate(&mut money, unpaid, &self.order) {
                if self.lateness.traced {
                    self.offered.push((left, unpaid.get(bucket)));
                    left -= amount;
                }
                *term.paid.get_mut(bucket) += amount;
                self.allocations.push(Allocation {
                    date: on,
                    schedule: term.schedule,
                    term: term.number,
                    bucket,
                    amount,
                });
            }
            if term.unpaid().total().is_positive() {
                break;
            }
            // Nothing is left that could bear anything, so later events need not look at it again.
            self.open += 1;
        }
        Ok(money)
    }

    /// Lets waiting credit meet the dues up to `until`, each dated its own due.
    fn spend_credit(&mut self, until: NaiveDate) -> Result<(), StatementError> {
        while self.credit.is_positive() {
            let Some(due) = self.terms.get(self.open).map(|term| term.due).filter(|due| *due <= until) else {
                break;
            };
            let credit = std::mem::take(&mut self.credit);
            self.credit = self.pay(due, credit)?;
        }
        Ok(())
    }

    /// Terms due before the stated balance are gone; the balance itself is one term.
    fn open_stated(&mut self, request: &StatementRequest<'_>) {
        let Some(stated) = request.opening else { return };
        let past = |term: &Term| term.due < stated.as_of;
        let gone = self.terms.iter().skip(self.open).filter(|term| past(term));
        let gone: Money = gone.map(|term| term.charged.principal).sum();
        if request.terms.is_some() && stated.buckets.principal > gone {
            self.findings.push(StatementFinding::OpeningHoldsLaterPrincipal { past: gone });
        }
        let due = stated.oldest_unpaid_due.unwrap_or(stated.as_of);
        self.terms.retain(|term| term.ended.is_none() && !past(term));
        self.terms.push(Term::stated(stated.as_of, due, stated.buckets));
        // Stable, with the stated balance before a row of the same day.
        self.terms.sort_by_key(|term| (term.due, term.number != 0));
        self.open = 0;
    }

    /// All rows after `on` become one that is due then: their principal and the interest accrued to the day.
    fn accelerate(&mut self, on: NaiveDate) {
        let later = self.terms.iter().skip(self.open).position(|term| term.due > on);
        let Some(first) = later.map(|later| self.open + later) else {
            self.findings.push(StatementFinding::NothingToAccelerate);
            return;
        };
        let rows = self.terms.split_off(first);
        let Some(next) = rows.first() else { return };
        let charged = Buckets {
            principal: rows.iter().map(|row| row.unpaid().principal).sum(),
            interest: next.accrued_interest(on),
            ..Buckets::default()
        };
        self.terms.push(Term::row(next.schedule, next.number, next.from, on, charged));
    }

    fn change(&mut self, index: usize, change: &Change) -> Result<(), StatementError> {
        match change {
            Change::Waive { on, amounts } => {
                for (bucket, amount) in amounts {
                    let rest = self.waive(*on, *bucket, *amount)?;
                    if rest.is_positive() {
                        let finding =
                            StatementFinding::WaiverExceedsDebt { index, bucket: *bucket, amount: rest };
                        self.findings.push(finding);
                    }
                }
                Ok(())
            }
            Change::Reschedule { on, rows } => self.reschedule(index, *on, rows),
        }
    }

    /// Gives up to `amount` of `bucket`, oldest term first, on what a statement of that day would show as owed.
    fn waive(&mut self, on: NaiveDate, bucket: Bucket, amount: Money) -> Result<Money, StatementError> {
        let mut rest = amount;
        for term in self.terms.iter_mut().skip(self.open) {
            if term.due > on && bucket != Bucket::Principal {
                break;
            }
            term.accrue_to(on, &self.lateness)?;
            let part = term.unpaid().get(bucket).min(rest);
            *term.waived.get_mut(bucket) += part;
            rest -= part;
        }
        Ok(rest)
    }

    /// Ends every unpaid row on `on` and goes on with the agreed ones.
    fn reschedule(&mut self, index: usize, on: NaiveDate, rows: &[CustomRow]) -> Result<(), StatementError> {
        let mut unpaid = Money::ZERO;
        for term in self.terms.iter_mut().skip(self.open) {
            term.accrue_to(on, &self.lateness)?;
            unpaid += term.unpaid().principal;
            term.end(on);
        }
        let agreed: Money = rows.iter().map(|row| row.principal).sum();
        // What was paid before a stated balance is not known, so neither is what was unpaid.
        if agreed != unpaid && self.opened_on.is_none_or(|opened| opened <= on) {
            let finding = StatementFinding::RescheduleChangesPrincipal { index, unpaid, rows: agreed };
            self.findings.push(finding);
        }
        self.open = self.terms.len();
        self.schedules += 1;
        let mut from = on;
        for (number, row) in (1..).zip(rows) {
            let charged = Buckets {
                principal: row.principal,
                interest: row.interest,
                fees: row.fees,
                ..Buckets::default()
            };
            self.terms.push(Term::row(self.schedules, number, from, row.due, charged));
            from = row.due;
        }
        Ok(())
    }
}

/// Refuses what cannot be replayed, by name, before anything is computed.
fn check(request: &StatementRequest<'_>) -> Result<(), StatementError> {
    use StatementError as E;
    if request.payments.len() > limits::PAYMENTS_MAX {
        return Err(E::TooManyPayments);
    }
    let disbursed = request.terms.map(|terms| terms.get().disbursed_on);
    if let Some(stated) = request.opening {
        if Bucket::STATUTORY_ORDER.iter().any(|bucket| stated.buckets.get(*bucket).is_negative()) {
            return Err(E::OpeningNegative);
        }
        if let Some(begins) = disbursed.filter(|begins| stated.as_of < *begins) {
            return Err(E::OpeningTooEarly { begins });
        }
    }
    let begins = request.opening.map(|stated| stated.as_of).or(disbursed);
    if let Some(begins) = begins.filter(|begins| request.as_of < *begins) {
        return Err(E::AsOfTooEarly { begins });
    }
    let early = |on: NaiveDate| disbursed.filter(|begins| on < *begins);
    if let Some(begins) = request.acceleration_on.and_then(early) {
        return Err(E::AccelerationTooEarly { begins });
    }
    if let Some(index) = request.payments.iter().position(|payment| !payment.amount.is_positive()) {
        return Err(E::PaymentNotPositive { index });
    }
    for (index, change) in request.changes.iter().enumerate() {
        if let Some(begins) = early(change.on()) {
            return Err(E::ChangeTooEarly { index, begins });
        }
        match change {
            Change::Waive { amounts, .. } if amounts.iter().any(|(_, amount)| amount.is_negative()) => {
                return Err(E::WaiverNegative { index });
            }
            Change::Reschedule { on, rows } if !is_schedule(*on, rows) => {
                return Err(E::NewRows { index });
            }
            Change::Waive { .. } | Change::Reschedule { .. } => {}
        }
    }
    Ok(())
}

fn is_schedule(on: NaiveDate, rows: &[CustomRow]) -> bool {
    let sound = |row: &CustomRow| {
        row.due >= on
            && !row.principal.is_negative()
            && !row.interest.is_negative()
            && !row.fees.is_negative()
    };
    !rows.is_empty()
        && rows.len() <= usize::from(limits::TERMS_MAX)
        && rows.iter().all(sound)
        && rows.is_sorted_by(|a, b| a.due < b.due)
}

use ashore_domain::{CustomRow, Method, Money, Month, PaymentStep, Ratio, Relief, Rounding};
use chrono::NaiveDate;

use super::interest::Accrual;
use super::{Calendar, Debt, NewRow, ROWS_MAX, RescheduleError, RescheduleFinding, Standing, part};
use crate::level_payment;

/// What gives the rows of an offer their shape.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape<'a> {
    /// The rows the contract has.
    Contract,
    /// Equal parts of everything.
    Instalments { terms: u16, rate: Ratio, total: Option<Money>, balloon: Money },
    /// The loan's own method over more terms.
    Extension { terms: u16, rate: Option<Ratio> },
    /// Steps.
    Steps(&'a [PaymentStep]),
    /// The same amount until it is done.
    Minimum(Money),
    /// One payment.
    LumpSum { amount: Money, until: NaiveDate },
}

/// The one relief that says what the rows are.
pub(super) fn shape_of(reliefs: &[Relief]) -> Result<Shape<'_>, RescheduleError> {
    let mut found = Shape::Contract;
    for relief in reliefs {
        let shape = match relief {
            Relief::IndividualInstalment { terms, rate, total, balloon } => Shape::Instalments {
                terms: *terms,
                rate: Ratio::from_decimal(*rate),
                total: *total,
                balloon: balloon.unwrap_or(Money::ZERO),
            },
            Relief::TermExtension { terms, rate } => {
                Shape::Extension { terms: *terms, rate: rate.map(Ratio::from_decimal) }
            }
            Relief::StepPlan { steps } => Shape::Steps(steps),
            Relief::MinimumPayment { amount } => Shape::Minimum(*amount),
            Relief::LumpSumSettlement { amount, until } => Shape::LumpSum { amount: *amount, until: *until },
            _ => continue,
        };
        if !matches!(found, Shape::Contract) {
            return Err(RescheduleError::TwoShapes);
        }
        found = shape;
    }
    Ok(found)
}

impl Shape<'_> {
    /// The rows; `moved` is by how many months a grace has moved them.
    pub(super) fn rows(
        &self,
        standing: &Standing,
        accrual: &Accrual,
        debt: &Debt,
        at: &mut Calendar,
        moved: u16,
        findings: &mut Vec<RescheduleFinding>,
    ) -> Result<Vec<NewRow>, RescheduleError> {
        let owed = debt.principal + debt.arrears;
        let mut rows = match *self {
            Self::Contract => contract(standing, accrual, debt, at, moved)?,
            Self::Instalments { terms, rate, total, balloon } => {
                let whole = total.unwrap_or(owed);
                if total.is_some() && whole != owed {
                    findings.push(RescheduleFinding::TotalDiffers { stated: whole, owed });
                }
                let debt = Debt { principal: whole, arrears: Money::ZERO, ..*debt };
                instalments(&accrual.at(rate), &debt, at, terms, balloon)?
            }
            Self::Extension { terms, rate } => {
                let accrual = rate.map_or(*accrual, |rate| accrual.at(rate));
                by_method(standing.method, &accrual, debt, at, terms)?
            }
            Self::Steps(steps) => by_steps(steps, owed, at, findings)?,
            Self::Minimum(amount) => minimum(amount, accrual, debt, at)?,
            Self::LumpSum { amount, until } => {
                if !amount.is_positive() {
                    return Err(RescheduleError::Amount);
                }
                if amount < owed {
                    findings.push(RescheduleFinding::SettlementLeavesOpen { amount: owed - amount });
                } else if amount > owed {
                    findings.push(RescheduleFinding::SettlementAboveOwed { amount: amount - owed });
                }
                let arrears = debt.arrears.min(amount);
                vec![NewRow { due: until, principal: amount - arrears, interest: Money::ZERO, arrears }]
            }
        };
        if let Some(last) = rows.last_mut() {
            last.interest += debt.after;
        }
        Ok(rows)
    }
}

/// The contract's rows, moved by a grace; what is late goes with the first of them.
fn contract(
    standing: &Standing,
    accrual: &Accrual,
    debt: &Debt,
    at: &mut Calendar,
    moved: u16,
) -> Result<Vec<NewRow>, RescheduleError> {
    if standing.remaining.is_empty() {
        let (_, due) = at.next();
        return Ok(vec![NewRow {
            due,
            principal: debt.principal,
            interest: Money::ZERO,
            arrears: debt.arrears,
        }]);
    }
    if accrual.cut {
        let terms = u16::try_from(standing.remaining.len()).map_err(|_| RescheduleError::Terms)?;
        return by_method(standing.method, accrual, debt, at, terms);
    }
    let to_come: Money = standing.remaining.iter().map(|row| row.principal).sum();
    // What the rows to come do not repay is late. A waiver of principal lowers that first, then the rows from the end.
    let late = (debt.principal - to_come).max(Money::ZERO);
    let mut waived = (to_come - debt.principal).max(Money::ZERO);
    let mut before = standing
        .remaining
        .first()
        .map_or(standing.first_due, |row| Month::of(row.due).plus(-1).day_clamped(standing.due_day));
    let mut rows = Vec::with_capacity(standing.remaining.len());
    for row in &standing.remaining {
        let due = shifted(row, moved, standing.due_day);
        let running = accrual.running(before, row.due);
        before = row.due;
        let interest = part(row.interest, running.num(), running.den())?;
        rows.push(NewRow { due, principal: row.principal, interest, arrears: row.fees });
    }
    for row in rows.iter_mut().rev() {
        let off = waived.min(row.principal);
        row.principal -= off;
        waived -= off;
    }
    rows.retain(|row| row.amount().is_positive());
    match rows.first_mut() {
        Some(first) => {
            first.principal += late;
            first.arrears += debt.arrears;
        }
        None => {
            let (_, due) = at.next();
            rows.push(NewRow { due, principal: late, interest: Money::ZERO, arrears: debt.arrears });
        }
    }
    Ok(rows)
}

fn shifted(row: &CustomRow, months: u16, due_day: u32) -> NaiveDate {
    if months == 0 { row.due } else { Month::of(row.due).plus(i32::from(months)).day_clamped(due_day) }
}

/// Equal parts; at no interest each is rounded down and the last takes the rest, as the plan has it.
fn instalments(
    accrual: &Accrual,
    debt: &Debt,
    at: &mut Calendar,
    terms: u16,
    balloon: Money,
) -> Result<Vec<NewRow>, RescheduleError> {
    if balloon.is_negative() || balloon >= debt.principal {
        return Err(RescheduleError::Amount);
    }
    let spread = Debt { principal: debt.principal - balloon, ..*debt };
    let mut rows = if accrual.monthly().is_zero() {
        even(spread.principal, at, terms)?
    } else {
        let mut at_balloon = *at;
        let mut rows = by_method(Method::EqualInstallment, accrual, &spread, at, terms)?;
        for row in &mut rows {
            let (before, due) = at_balloon.next();
            row.interest += accrual.of_month(balloon, before, due)?;
        }
        rows
    };
    if let Some(last) = rows.last_mut() {
        last.principal += balloon;
    }
    Ok(rows)
}

fn even(owed: Money, at: &mut Calendar, terms: u16) -> Result<Vec<NewRow>, RescheduleError> {
    counted(terms)?;
    let each = owed.times(1, i128::from(terms), Rounding::Floor).ok_or(RescheduleError::TooLarge)?;
    let mut left = owed;
    let rows = (1..=terms).map(|term| {
        let principal = if term == terms { left } else { each };
        left -= principal;
        NewRow { due: at.next().1, principal, interest: Money::ZERO, arrears: Money::ZERO }
    });
    Ok(rows.collect())
}

/// The principal by the loan's own method; what is in arrears goes with the first row.
fn by_method(
    method: Method,
    accrual: &Accrual,
    debt: &Debt,
    at: &mut Calendar,
    terms: u16,
) -> Result<Vec<NewRow>, RescheduleError> {
    counted(terms)?;
    let level = level_payment(debt.principal, accrual.monthly(), terms).ok_or(RescheduleError::TooLarge)?;
    let each = part(debt.principal, 1, i128::from(terms))?;
    let (mut balance, mut waiting) = (debt.principal, Money::ZERO);
    let mut rows = Vec::with_capacity(usize::from(terms));
    for term in 1..=terms {
        let (before, due) = at.next();
        let last = term == terms;
        let base = if method == Method::FlatRate { debt.principal } else { balance };
        let mut interest = accrual.of_month(base, before, due)?;
        let principal = match method {
            _ if last => balance,
            Method::EqualPrincipal | Method::FlatRate => each.min(balance),
            Method::InterestOnlyBullet | Method::DailyAccrual | Method::SinglePayment => Money::ZERO,
            Method::EqualInstallment | Method::Custom => (level - interest).max(Money::ZERO).min(balance),
        };
        if method == Method::SinglePayment {
            waiting += interest;
            interest = if last { waiting } else { Money::ZERO };
        }
        balance -= principal;
        let arrears = if term == 1 { debt.arrears } else { Money::ZERO };
        let row = NewRow { due, principal, interest, arrears };
        if row.amount().is_positive() {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// Step after step until everything is paid; the last payment adjusts.
fn by_steps(
    steps: &[PaymentStep],
    owed: Money,
    at: &mut Calendar,
    findings: &mut Vec<RescheduleFinding>,
) -> Result<Vec<NewRow>, RescheduleError> {
    if steps.is_empty() || steps.iter().any(|step| step.months == 0 || !step.amount.is_positive()) {
        return Err(RescheduleError::Amount);
    }
    if steps.iter().map(|step| usize::from(step.months)).sum::<usize>() > ROWS_MAX {
        return Err(RescheduleError::Terms);
    }
    let mut left = owed;
    let mut rows = Vec::new();
    for amount in steps.iter().flat_map(|step| std::iter::repeat_n(step.amount, usize::from(step.months))) {
        if !left.is_positive() {
            break;
        }
        let paid = amount.min(left);
        left -= paid;
        rows.push(NewRow { due: at.next().1, principal: paid, interest: Money::ZERO, arrears: Money::ZERO });
    }
    if left.is_positive() {
        findings.push(RescheduleFinding::StepsBelowOwed { rest: left });
        if let Some(last) = rows.last_mut() {
            last.principal += left;
        }
    }
    Ok(rows)
}

/// The same amount month by month: first what is in arrears, then interest, then principal.
fn minimum(
    amount: Money,
    accrual: &Accrual,
    debt: &Debt,
    at: &mut Calendar,
) -> Result<Vec<NewRow>, RescheduleError> {
    if !amount.is_positive() {
        return Err(RescheduleError::Amount);
    }
    let (mut arrears, mut balance) = (debt.arrears, debt.principal);
    let mut waiting = Money::ZERO;
    let mut rows = Vec::new();
    while arrears.is_positive() || waiting.is_positive() || balance.is_positive() {
        if rows.len() == ROWS_MAX {
            return Err(RescheduleError::NeverRepaid);
        }
        let (before, due) = at.next();
        waiting += accrual.of_month(balance, before, due)?;
        let old = arrears.min(amount);
        let interest = waiting.min(amount - old);
        let principal = balance.min(amount - old - interest);
        arrears -= old;
        waiting -= interest;
        balance -= principal;
        rows.push(NewRow { due, principal, interest, arrears: old });
    }
    Ok(rows)
}

fn counted(terms: u16) -> Result<(), RescheduleError> {
    if terms == 0 || usize::from(terms) > ROWS_MAX { Err(RescheduleError::Terms) } else { Ok(()) }
}

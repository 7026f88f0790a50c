//! Requests in a few words, and an independent way to pay: rows made month by month, every combination tried.
#![allow(dead_code, missing_docs, clippy::unwrap_used, clippy::panic)]

pub(crate) mod draw;
pub(crate) mod oracle;

use ashore_domain::{Bucket, Buckets, Money, Month};
use ashore_engine::plan::*;
use num_bigint::BigInt;
use rust_decimal::Decimal;

pub(crate) fn month(k: i32) -> Month {
    "2026-12".parse::<Month>().unwrap().plus(k)
}

pub(crate) fn debt(id: &str, fen: i64, terms_max: u16, grace_max: u16) -> PlanDebt {
    PlanDebt {
        id: id.into(),
        owed: Buckets { principal: Money::from_fen(fen), ..Buckets::default() },
        contract_payments: Vec::new(),
        rate_after: Decimal::ZERO,
        terms_max,
        grace_max,
        installment_min: Money::ZERO,
        waivable: Vec::new(),
        settlement: None,
    }
}

pub(crate) fn request(capacity: &[i64], debts: Vec<PlanDebt>, objective: Objective) -> PlanRequest {
    PlanRequest {
        as_of: "2026-11-22".parse().unwrap(),
        first_month: month(0),
        capacity: capacity.iter().copied().map(Money::from_fen).collect(),
        cash_now: Money::ZERO,
        debts,
        objective,
    }
}

pub(crate) fn feasible(request: &PlanRequest) -> Plan {
    match plan(request).unwrap() {
        PlanAnswer::Feasible(plan) => *plan,
        PlanAnswer::Infeasible(none) => panic!("no plan: {none:?}"),
    }
}

pub(crate) fn infeasible(request: &PlanRequest) -> Infeasible {
    match plan(request).unwrap() {
        PlanAnswer::Infeasible(none) => *none,
        PlanAnswer::Feasible(plan) => panic!("a plan: {plan:?}"),
    }
}

/// One way to pay one debt, month by month.
#[derive(Clone)]
pub(crate) struct Paid {
    pub(crate) months: Vec<i64>,
    pub(crate) asks: i64,
    pub(crate) common: Option<(u16, u16)>,
}

/// What instalments repay: all that is owed, less what is asked to be given up.
pub(crate) fn balance(debt: &PlanDebt) -> i64 {
    let each = Bucket::STATUTORY_ORDER.iter().map(|bucket| {
        let owed = debt.owed.get(*bucket).fen();
        let part = debt.waivable.iter().find(|(b, _)| b == bucket).map_or(Decimal::ZERO, |(_, part)| *part);
        owed - (Decimal::from(owed) * part + Decimal::new(5, 1)).floor().mantissa() as i64
    });
    each.sum()
}

/// Every way the contract of the command line allows.
pub(crate) fn ways(debt: &PlanDebt, horizon: usize) -> Vec<Paid> {
    ways_of(debt, balance(debt), horizon)
}

/// The same, had instalments to repay another balance.
pub(crate) fn ways_of(debt: &PlanDebt, balance: i64, horizon: usize) -> Vec<Paid> {
    let mut all = Vec::new();
    for terms in 1..=debt.terms_max.min(horizon as u16) {
        let rows = rows(balance, debt.rate_after, terms);
        if rows[..rows.len() - 1].iter().any(|row| *row < debt.installment_min.fen()) {
            continue;
        }
        for grace in 0..=debt.grace_max {
            if usize::from(grace + terms) <= horizon {
                let mut months = vec![0; horizon];
                months[usize::from(grace)..usize::from(grace + terms)].copy_from_slice(&rows);
                all.push(Paid { months, asks: 1, common: Some((grace, terms)) });
            }
        }
    }
    if let Some(settlement) = debt.settlement {
        for k in 0..horizon {
            if month(k as i32) <= settlement.until {
                let mut months = vec![0; horizon];
                months[k] = settlement.amount.fen();
                all.push(Paid { months, asks: 1, common: None });
            }
        }
    }
    let inside = |at: &Month| (0..horizon as i32).contains(&at.since(month(0)));
    if !debt.contract_payments.is_empty() && debt.contract_payments.iter().all(|(at, _)| inside(at)) {
        let mut months = vec![0; horizon];
        for (at, amount) in &debt.contract_payments {
            months[at.since(month(0)) as usize] += amount.fen();
        }
        all.push(Paid { months, asks: 0, common: None });
    }
    all
}

/// Equal instalments from their definition, in whole numbers as large as they become.
fn rows(balance: i64, rate: Decimal, terms: u16) -> Vec<i64> {
    let count = i64::from(terms);
    if rate.is_zero() {
        let mut rows = vec![balance / count; usize::from(terms)];
        *rows.last_mut().unwrap() += balance % count;
        return rows;
    }
    // A month's rate is above / below.
    let (above, below) = (rate.mantissa(), 10i128.pow(rate.scale()) * 12);
    let half_up = |num: BigInt, den: BigInt| -> i64 {
        let rounded: BigInt = (num * 2 + &den) / (den * 2);
        rounded.try_into().unwrap()
    };
    let (p, q) = (BigInt::from(above), BigInt::from(below));
    let (grown, still) = ((&p + &q).pow(terms.into()), q.pow(terms.into()));
    let level = half_up(&p * &grown * balance, &q * (&grown - &still));
    let mut left = balance;
    (1..=terms)
        .map(|k| {
            let interest = half_up(&p * left, q.clone());
            let principal = if k == terms { left } else { (level - interest).clamp(0, left) };
            left -= principal;
            principal + interest
        })
        .collect()
}

/// The best keys over every combination that never spends what is not there.
pub(crate) fn exhaustive(request: &PlanRequest) -> Option<[i64; 2]> {
    let horizon = request.capacity.len();
    let all: Vec<Vec<Paid>> = request.debts.iter().map(|debt| ways(debt, horizon)).collect();
    let mut best: Option<[i64; 2]> = None;
    let mut picks = vec![0usize; all.len()];
    if all.iter().any(Vec::is_empty) {
        return None;
    }
    loop {
        let chosen: Vec<&Paid> = picks.iter().zip(&all).map(|(i, list)| &list[*i]).collect();
        if let Some(key) = keys(request, &chosen)
            && best.is_none_or(|old| key < old)
        {
            best = Some(key);
        }
        let Some(at) = (0..picks.len()).find(|d| picks[*d] + 1 < all[*d].len()) else { return best };
        picks[at] += 1;
        picks[..at].fill(0);
    }
}

pub(crate) fn keys(request: &PlanRequest, chosen: &[&Paid]) -> Option<[i64; 2]> {
    let months: Vec<i64> =
        (0..request.capacity.len()).map(|t| chosen.iter().map(|paid| paid.months[t]).sum()).collect();
    let mut cash = request.cash_now.fen();
    for (month, capacity) in months.iter().zip(&request.capacity) {
        cash += capacity.fen() - month;
        if cash < 0 {
            return None;
        }
    }
    let end = months.iter().rposition(|month| *month > 0).unwrap_or(0) as i64;
    let paid = months.iter().sum();
    let asks = chosen.iter().map(|paid| paid.asks).sum();
    Some(match request.objective {
        Objective::Soonest => [end, paid],
        Objective::Lightest => [months.into_iter().max().unwrap_or(0), end],
        Objective::FewestAsks => [asks, end],
        Objective::Cheapest => [paid, end],
        Objective::ProRata => {
            let (grace, _) =
                chosen[0].common.filter(|first| chosen.iter().all(|p| p.common == Some(*first)))?;
            [end, i64::from(grace)]
        }
    })
}

pub(crate) fn value(figures: &Figures) -> [i64; 2] {
    keys_of(figures.value)
}

pub(crate) fn keys_of(value: ObjectiveValue) -> [i64; 2] {
    use ObjectiveValue as V;
    match value {
        V::Soonest { last_month_index, paid } => [last_month_index.into(), paid.fen()],
        V::Lightest { peak_month, last_month_index } => [peak_month.fen(), last_month_index.into()],
        V::ProRata { last_month_index, grace } => [last_month_index.into(), grace.into()],
        V::FewestAsks { asks, last_month_index } => [asks.into(), last_month_index.into()],
        V::Cheapest { paid, last_month_index } => [paid.fen(), last_month_index.into()],
    }
}

/// Rows sum to totals, totals to what is paid, months to rows, and no month ends below zero.
pub(crate) fn assert_ties_out(request: &PlanRequest, figures: &Figures) {
    let mut months = vec![0i64; request.capacity.len()];
    for debt in &figures.debts {
        for row in &debt.rows {
            months[row.month.since(month(0)) as usize] += row.amount.fen();
        }
        assert_eq!(debt.rows.iter().map(|row| row.amount).sum::<Money>(), debt.total);
    }
    let mut cash = request.cash_now;
    for (at, line) in figures.months.iter().enumerate() {
        assert_eq!(line.paid.fen(), months[at]);
        cash += line.capacity - line.paid;
        assert_eq!(line.cash_after, cash);
        assert!(!cash.is_negative(), "month {at} overspends");
    }
    assert_eq!(figures.totals.paid, figures.debts.iter().map(|debt| debt.total).sum());
    assert_eq!(figures.peak_month.fen(), months.into_iter().max().unwrap_or(0));
}

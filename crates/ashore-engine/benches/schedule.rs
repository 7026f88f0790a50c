//! A 360-row schedule, exact, beside the same loop in f64 and in `rust_decimal`.
//!
//! Goals: at most the time of the f64 loop, at least five times faster than `rust_decimal`, in one run.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::disallowed_methods,
    clippy::print_stdout
)]

mod ratio;

use std::hint::black_box;
use std::process::ExitCode;

use ashore_domain::*;
use ashore_engine::amortise;
use chrono::NaiveDate;
use ratio::{Goal, side_by_side};
use rust_decimal::{Decimal, RoundingStrategy};

fn main() -> ExitCode {
    divan::main();
    let loan = terms();
    let [exact, float, decimal] = side_by_side([
        &mut || drop(black_box(exact(black_box(&loan)))),
        &mut || drop(black_box(float(black_box(&loan)))),
        &mut || drop(black_box(decimal(black_box(&loan)))),
    ]);
    ratio::report(
        "360 rows",
        &[("exact", exact), ("f64", float), ("rust_decimal", decimal)],
        &[
            Goal::at_most("exact / f64", exact / float, 1.0),
            Goal::at_least("rust_decimal / exact", decimal / exact, 5.0),
        ],
    )
}

fn terms() -> LoanTerms {
    LoanTerms::new(LoanDraft {
        principal: Money::from_fen(123_456_789),
        paid_out: None,
        disbursed_on: "2025-01-15".parse().unwrap(),
        method: Method::EqualInstallment,
        rate: Some(Rate::new("0.0539".parse().unwrap(), RatePer::Year).unwrap()),
        payment: None,
        day_count: DayCount::Months,
        terms: 360,
        first_due: "2025-02-15".parse().unwrap(),
        due_day: None,
        period: Period::Month,
        fees: Vec::new(),
        rows: Vec::new(),
        penalty: None,
        late_fee: None,
        grace_days: 0,
        allocation_order: Vec::new(),
        lender_kind: LenderKind::Bank,
        contract_date: None,
    })
    .unwrap()
}

fn exact(loan: &LoanTerms) -> Schedule {
    amortise(loan).unwrap().schedule
}

/// A row of the two rivals: the same columns.
#[allow(dead_code)]
struct Row<N> {
    term: u16,
    due: NaiveDate,
    principal: N,
    interest: N,
    fees: N,
    balance: N,
}

fn float(loan: &LoanTerms) -> Vec<Row<f64>> {
    let (draft, calendar) = (loan.get(), loan.calendar());
    let cents = |value: f64| (value * 100.0).round() / 100.0;
    let rate = 0.0539 / 12.0;
    let principal = draft.principal.fen() as f64 / 100.0;
    let grown = (1.0f64 + rate).powi(i32::from(draft.terms));
    let level = cents(principal * rate * grown / (grown - 1.0));
    let mut balance = principal;
    let mut rows = Vec::new();
    for term in 1..=draft.terms {
        let interest = cents(balance * rate);
        let part = if term == draft.terms { balance } else { (level - interest).max(0.0).min(balance) };
        balance = cents(balance - part);
        rows.push(Row { term, due: calendar.due(term), principal: part, interest, fees: 0.0, balance });
    }
    rows
}

fn decimal(loan: &LoanTerms) -> Vec<Row<Decimal>> {
    let (draft, calendar) = (loan.get(), loan.calendar());
    let cents = |value: Decimal| value.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let rate = draft.rate.unwrap().value() / Decimal::from(12);
    let principal = Decimal::new(draft.principal.fen(), 2);
    let mut grown = Decimal::ONE;
    for _ in 0..draft.terms {
        grown *= Decimal::ONE + rate;
    }
    let level = cents(principal * rate * grown / (grown - Decimal::ONE));
    let mut balance = principal;
    let mut rows = Vec::new();
    for term in 1..=draft.terms {
        let interest = cents(balance * rate);
        let part =
            if term == draft.terms { balance } else { (level - interest).max(Decimal::ZERO).min(balance) };
        balance -= part;
        rows.push(Row {
            term,
            due: calendar.due(term),
            principal: part,
            interest,
            fees: Decimal::ZERO,
            balance,
        });
    }
    rows
}

#[divan::bench]
fn exact_360_rows(bencher: divan::Bencher) {
    let loan = terms();
    bencher.bench_local(|| exact(black_box(&loan)));
}

#[divan::bench]
fn f64_360_rows(bencher: divan::Bencher) {
    let loan = terms();
    bencher.bench_local(|| float(black_box(&loan)));
}

#[divan::bench]
fn rust_decimal_360_rows(bencher: divan::Bencher) {
    let loan = terms();
    bencher.bench_local(|| decimal(black_box(&loan)));
}

#[divan::bench]
fn level_payment_60_terms(bencher: divan::Bencher) {
    let rate = Ratio::new(1, 50).unwrap();
    bencher.bench_local(|| {
        ashore_engine::level_payment(black_box(Money::from_yuan(10_000)), rate, black_box(60))
    });
}

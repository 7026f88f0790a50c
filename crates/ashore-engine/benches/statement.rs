//! The statement of a 360-term loan with 500 payments, most of them late or too small.
//!
//! Goal: within one millisecond.
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
use ashore_engine::{DatedPayment, Statement, StatementRequest, statement};
use chrono::{Days, NaiveDate};
use ratio::{Goal, side_by_side};

fn main() -> ExitCode {
    divan::main();
    let (loan, payments) = (terms(), payments());
    let [whole, unpaid] =
        side_by_side([&mut || drop(black_box(owed(black_box(&loan), black_box(&payments)))), &mut || {
            drop(black_box(owed(black_box(&loan), &[])))
        }]);
    ratio::report(
        "statement, 360 terms",
        &[("500 payments", whole), ("none paid", unpaid)],
        &[Goal::at_most("500 payments, in ms", whole / 1e6, 1.0)],
    )
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn terms() -> LoanTerms {
    LoanTerms::new(LoanDraft {
        principal: Money::from_fen(123_456_789),
        paid_out: None,
        disbursed_on: day("1995-01-15"),
        method: Method::EqualInstallment,
        rate: Some(Rate::new("0.0539".parse().unwrap(), RatePer::Year).unwrap()),
        payment: None,
        day_count: DayCount::Months,
        terms: 360,
        first_due: day("1995-02-15"),
        due_day: None,
        period: Period::Month,
        fees: Vec::new(),
        rows: Vec::new(),
        penalty: Some(Penalty {
            rate: PenaltyRate::MultipleOfContract("1.5".parse().unwrap()),
            base: PenaltyBase::OverduePrincipal,
            compound_on: CompoundOn::InTermInterest,
            day_count: PenaltyDayCount::Act360,
        }),
        late_fee: Some(Money::from_yuan(30)),
        grace_days: 0,
        allocation_order: Vec::new(),
        lender_kind: LenderKind::Bank,
        contract_date: None,
    })
    .unwrap()
}

/// One every three weeks, 500 in all, each a little less than the terms ask for.
fn payments() -> Vec<DatedPayment> {
    let at = |n: u64| DatedPayment {
        on: day("1995-02-20") + Days::new(21 * n),
        amount: Money::from_fen(450_000 + i64::try_from(n % 7).unwrap() * 9_973),
    };
    (0..500).map(at).collect()
}

fn owed(terms: &LoanTerms, payments: &[DatedPayment]) -> Statement {
    let request = StatementRequest {
        terms: Some(terms),
        opening: None,
        payments,
        changes: &[],
        as_of: day("2025-03-01"),
        acceleration_on: None,
    };
    statement(&request).unwrap()
}

#[divan::bench]
fn statement_360_terms_500_payments(bencher: divan::Bencher) {
    let (loan, payments) = (terms(), payments());
    bencher.bench_local(|| owed(black_box(&loan), black_box(&payments)));
}

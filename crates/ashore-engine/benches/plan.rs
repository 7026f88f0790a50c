//! One whole re-plan, search included: all five objectives over 50 debts × 60 months, and over a usual household.
//!
//! Goal: within one frame of 16 ms, 99 times of 100, on one core.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::float_arithmetic,
    clippy::disallowed_methods,
    clippy::print_stdout
)]

#[allow(dead_code)]
mod ratio;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use ashore_domain::{Bucket, Buckets, Money, Month};
use ashore_engine::plan::{Objective, PlanDebt, PlanRequest, Settlement, plan};
use ratio::Goal;
use rust_decimal::Decimal;

fn main() -> ExitCode {
    divan::main();
    let large = Runs::of((0..200).map(|seed| household(seed, 50, 60)).collect());
    let usual = Runs::of((0..200).map(|seed| household(seed, 6, 36)).collect());
    ratio::report(
        "re-plan, five objectives, 2,000 single runs",
        &[
            ("50 × 60, median", large.at(50) * 1e9),
            ("50 × 60, p99", large.at(99) * 1e9),
            ("50 × 60, slowest", large.at(100) * 1e9),
            ("6 × 36, median", usual.at(50) * 1e9),
            ("6 × 36, p99", usual.at(99) * 1e9),
            ("6 × 36, slowest", usual.at(100) * 1e9),
            ("yardstick, median", large.yardstick(50) * 1e9),
            ("yardstick, p99", large.yardstick(99) * 1e9),
        ],
        &[Goal::at_most("50 × 60 p99, in ms", large.at(99) * 1e3, 16.0)],
    )
}

/// Seconds of single runs, ascending: every request ten times, in turn, none of them left out.
struct Runs {
    times: Vec<f64>,
    /// Of the same fixed work beside each run. Where its p99 is far above its median, others used the machine, and
    /// the p99 of the runs is as much theirs.
    yardsticks: Vec<f64>,
}

impl Runs {
    fn of(requests: Vec<PlanRequest>) -> Self {
        let (mut times, mut yardsticks) = (Vec::new(), Vec::new());
        for _ in 0..10 {
            for request in &requests {
                let start = Instant::now();
                black_box((0..200_000u64).fold(1, |sum: u64, k| black_box(sum ^ k).rotate_left(7)));
                yardsticks.push(start.elapsed().as_secs_f64());
                let start = Instant::now();
                black_box(plan(black_box(request))).unwrap();
                times.push(start.elapsed().as_secs_f64());
            }
        }
        times.sort_by(f64::total_cmp);
        yardsticks.sort_by(f64::total_cmp);
        Self { times, yardsticks }
    }

    fn at(&self, percent: usize) -> f64 {
        at(&self.times, percent)
    }

    fn yardstick(&self, percent: usize) -> f64 {
        at(&self.yardsticks, percent)
    }
}

/// So many percent of `times` are no longer than this.
fn at(times: &[f64], percent: usize) -> f64 {
    times[(times.len() * percent).div_ceil(100) - 1]
}

#[divan::bench(args = [4, 6, 12, 50])]
fn replan(bencher: divan::Bencher<'_, '_>, debts: usize) {
    let request = household(1, debts, 60);
    bencher.bench(|| plan(black_box(&request)));
}

/// Debts of every kind, sums, limits and offers drawn by a small generator of its own: the same on every machine.
fn household(seed: u64, debts: usize, months: usize) -> PlanRequest {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    let mut draw = |below: i64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        i64::try_from(state % below.unsigned_abs()).unwrap()
    };
    let first: Month = "2026-12".parse().unwrap();
    let later = |k: i64| first.plus(i32::try_from(k).unwrap());
    let all: Vec<PlanDebt> = (0..debts)
        .map(|k| {
            let principal = 100_000 + draw(5_000_000);
            let offer = draw(2) == 0;
            let kept = draw(5) < 2;
            PlanDebt {
                id: k.to_string(),
                owed: Buckets {
                    principal: Money::from_fen(principal),
                    interest: Money::from_fen(draw(principal / 10)),
                    penalty: Money::from_fen(draw(principal / 10)),
                    ..Buckets::default()
                },
                contract_payments: (0..if kept { 12 } else { 0 })
                    .map(|k| (later(k), Money::from_fen(principal * 12 / 11 / 12)))
                    .collect(),
                rate_after: Decimal::new([0, 0, 365, 1200, 1550, 2400][usize::try_from(draw(6)).unwrap()], 4),
                terms_max: [6, 12, 12, 24, 36, 60][usize::try_from(draw(6)).unwrap()],
                grace_max: [0, 0, 1, 3, 6, 12][usize::try_from(draw(6)).unwrap()],
                installment_min: Money::from_fen(
                    [0, 0, 0, 10_000, 30_000][usize::try_from(draw(5)).unwrap()],
                ),
                waivable: vec![(Bucket::Penalty, Decimal::new(5, 1))],
                settlement: offer.then(|| Settlement {
                    amount: Money::from_fen(principal * (50 + draw(45)) / 100),
                    until: later(draw(30)),
                }),
            }
        })
        .collect();
    let owed: i64 = all.iter().map(|debt| debt.owed.principal.fen()).sum();
    let span = i64::try_from(months).unwrap();
    let monthly = owed / span * [8, 12, 15, 25, 40, 60][usize::try_from(draw(6)).unwrap()] / 10;
    PlanRequest {
        as_of: "2026-11-22".parse().unwrap(),
        first_month: first,
        capacity: (0..span).map(|_| Money::from_fen(monthly * (5 + draw(11)) / 10)).collect(),
        cash_now: Money::from_fen(monthly),
        debts: all,
        objective: Objective::Soonest,
    }
}

//! Times taken side by side, so that a busy machine slows all of them alike, and what must hold between them.

use std::process::ExitCode;
use std::time::Instant;

/// Nanoseconds of one call of each, the best of many short rounds taken in turn.
pub(crate) fn side_by_side<const N: usize>(mut contenders: [&mut dyn FnMut(); N]) -> [f64; N] {
    let mut best = [f64::INFINITY; N];
    for _ in 0..400 {
        for (best, run) in best.iter_mut().zip(&mut contenders) {
            let start = Instant::now();
            for _ in 0..20 {
                run();
            }
            *best = best.min(start.elapsed().as_secs_f64() * 1e9 / 20.0);
        }
    }
    best
}

/// A figure with the bound it has to keep.
pub(crate) struct Goal {
    name: &'static str,
    value: f64,
    bound: f64,
    kept: bool,
}

impl Goal {
    pub(crate) fn at_most(name: &'static str, value: f64, bound: f64) -> Self {
        Self { name, value, bound, kept: value <= bound }
    }

    #[allow(dead_code)]
    pub(crate) fn at_least(name: &'static str, value: f64, bound: f64) -> Self {
        Self { name, value, bound, kept: value >= bound }
    }
}

/// Prints times and goals; fails when a goal is missed.
pub(crate) fn report(title: &str, times: &[(&str, f64)], goals: &[Goal]) -> ExitCode {
    println!("\n{title}");
    for (name, nanoseconds) in times {
        println!("  {name:<24} {:>10.3} µs", nanoseconds / 1000.0);
    }
    for goal in goals {
        let verdict = if goal.kept { "kept" } else { "MISSED" };
        println!("  {:<24} {:>10.2}    goal {} {verdict}", goal.name, goal.value, goal.bound);
    }
    if goals.iter().all(|goal| goal.kept) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

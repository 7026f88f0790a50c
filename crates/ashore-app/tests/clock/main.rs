//! Simulated years of a computer's life: it sleeps, travels, restarts, is locked, its clock jumps; whatever happens,
//! each stage of each due is shown exactly once, on the first look at which its time has come.
//!
//! Every scenario is told by its seed. A few run by default; `ASHORE_CLOCK_SCENARIOS=500` runs so many and prints what
//! was counted; `ASHORE_CLOCK_SEED=27` runs that one and tells its story. The model beside the program knows dues, payments and the rules of §11, and nothing of its code.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // in helpers of tests too

mod model;
mod scenario;

use model::Tally;

/// How many scenarios run when nobody asks for more.
const FEW: u64 = 12;

#[test]
fn every_stage_is_shown_once_whatever_the_clock_does() {
    let asked = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let one = asked("ASHORE_CLOCK_SEED");
    let seeds = one.map_or(1..=asked("ASHORE_CLOCK_SCENARIOS").unwrap_or(FEW), |seed| seed..=seed);
    let (mut total, mut failed, mut count) = (Tally::default(), Vec::new(), 0);
    let workers = 2;
    let halves: Vec<_> = (0..workers)
        .map(|worker| {
            let seeds = seeds.clone();
            std::thread::spawn(move || {
                seeds
                    .filter(|seed| seed % workers == worker)
                    .map(|seed| (seed, scenario::run(seed, one.is_some())))
                    .collect::<Vec<_>>()
            })
        })
        .collect();
    for (seed, tally) in halves.into_iter().flat_map(|half| half.join().unwrap()) {
        if !tally.is_clean() {
            failed.push(seed);
        }
        count += 1;
        total.add(&tally);
    }
    println!(
        "{count} clock scenarios: {} looks, {} stages due, {} shown, {} missed, {} doubled, {} not asked for",
        total.looks, total.due, total.shown, total.missed, total.doubled, total.unasked
    );
    assert_eq!(failed, Vec::<u64>::new(), "seeds of scenarios that failed: {:?}", total.notes);
    assert!(total.shown > count, "scenarios without reminders prove nothing");
}

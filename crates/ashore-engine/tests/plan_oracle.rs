//! Up to 4 debts × 24 months: nothing is better than what is called exact, by a fen or a month, under any objective,
//! and where there is said to be no plan there is none. Held against an exhaustive search that knows nothing of the
//! solver.
//!
//! `PROPTEST_CASES=5000 cargo test --release -p ashore-engine --test plan_oracle` looks at more than a usual run does.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod plans;

use ashore_domain::Money;
use ashore_engine::plan::*;
use plans::draw::*;
use plans::oracle::Oracle;
use plans::*;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

fn nothing_is_better(
    asked: &PlanRequest,
    oracle: &Oracle,
    objective: Objective,
    figures: &Figures,
) -> TestCaseResult {
    let asked = PlanRequest { objective, ..asked.clone() };
    let key = value(figures);
    prop_assert_eq!(figures.proof, Proof::Exact, "{:?}", objective);
    prop_assert_eq!(oracle.keys_attained(&asked, figures), Some(key), "{:?}", objective);
    assert_ties_out(&asked, figures);
    let [first, second] = key;
    let last = asked.capacity.len() - 1;
    // The month before, if there is one: whether anything ends by then.
    let sooner = |end: i64| usize::try_from(end - 1).ok();
    let better = match objective {
        Objective::Soonest => {
            let ends_sooner = sooner(first).is_some_and(|end| oracle.paid_below(end, i64::MAX).is_some());
            ends_sooner || oracle.paid_below(first as usize, second).is_some()
        }
        Objective::Cheapest => {
            let ends_sooner = sooner(second).is_some_and(|end| oracle.paid_below(end, first + 1).is_some());
            ends_sooner || oracle.paid_below(last, first).is_some()
        }
        Objective::FewestAsks => {
            let ends_sooner = sooner(second).is_some_and(|end| oracle.asks_below(end, first + 1).is_some());
            ends_sooner || oracle.asks_below(last, first).is_some()
        }
        Objective::Lightest => {
            let ends_sooner = sooner(second).is_some_and(|end| oracle.packs(first, end));
            ends_sooner || oracle.packs(first - 1, last)
        }
        Objective::ProRata => {
            let fitting = oracle.pairs().into_iter().filter(|(_, _, sums)| oracle.breaks(sums).is_none());
            let end = |sums: &[i64]| sums.iter().position(|sum| sum == sums.last().unwrap()).unwrap() as i64;
            fitting.map(|(grace, _, sums)| [end(&sums), i64::from(grace)]).any(|other| other < key)
        }
    };
    prop_assert!(!better, "{:?}: something is better than {:?}", objective, key);
    Ok(())
}

/// The month, what it takes and the two remedies, where nothing fits.
fn nothing_fits(asked: &PlanRequest, oracle: &Oracle, none: &Infeasible, at: u64) -> TestCaseResult {
    prop_assert!(none.proved);
    prop_assert!(!oracle.feasible());
    let Some(failed) = none.certificate.month else {
        prop_assert!(oracle.has_no_way_for_some_debt());
        prop_assert_eq!((none.smallest_extra_capacity, &none.smallest_waiver), (None, &None));
        return Ok(());
    };
    let failed = failed.since(month(0)) as usize;
    prop_assert!(oracle.affordable_through(failed), "something fails before month {}", failed);
    prop_assert!(!oracle.affordable_through(failed + 1), "not everything has failed by month {}", failed);
    prop_assert_eq!(Some(none.certificate.needed.fen()), oracle.least_needed(failed));
    prop_assert_eq!(none.certificate.available.fen(), oracle.limit(failed));
    let extra = none.smallest_extra_capacity.unwrap().fen();
    prop_assert!(
        oracle.with_extra(extra).feasible() && !oracle.with_extra(extra - 1).feasible(),
        "extra {}",
        extra
    );
    let waiver = none.smallest_waiver.as_ref();
    if let Some(found) = waiver {
        let debt = asked.debts.iter().position(|debt| debt.id == found.debt).unwrap();
        prop_assert!(oracle.with_waiver(asked, debt, found.amount.fen()).feasible(), "{:?}", found);
    }
    // A yuan below it, and in a row of places further down, no debt's reduction is enough.
    for (debt, asked_of) in asked.debts.iter().enumerate() {
        let most = balance(asked_of);
        let high = waiver.map_or(most, |found| (found.amount.fen() - 101).min(most));
        let places = (1..=6).map(|k| high - (at.wrapping_mul(k * k) % (high.max(0) as u64 + 1)) as i64);
        for reduction in places.chain([high]).filter(|reduction| *reduction >= 0) {
            let enough = oracle.with_waiver(asked, debt, reduction).feasible();
            prop_assert!(!enough, "{} less of debt {} is enough, not {:?}", reduction, debt, waiver);
        }
    }
    Ok(())
}

fn no_pair_fits(oracle: &Oracle, none: &Infeasible) -> TestCaseResult {
    let pairs = oracle.pairs();
    let Some(failed) = none.certificate.month else {
        prop_assert!(pairs.is_empty());
        return Ok(());
    };
    let failed = failed.since(month(0)) as usize;
    let breaks: Vec<usize> = pairs.iter().filter_map(|(_, _, sums)| oracle.breaks(sums)).collect();
    prop_assert_eq!((breaks.len(), breaks.iter().max()), (pairs.len(), Some(&failed)));
    let until_then = pairs.iter().filter(|(_, _, sums)| oracle.breaks(sums) == Some(failed));
    prop_assert_eq!(until_then.map(|(_, _, sums)| sums[failed]).min(), Some(none.certificate.needed.fen()));
    let extra = none.smallest_extra_capacity.unwrap().fen();
    let fits = |more: i64| pairs.iter().any(|(_, _, sums)| oracle.with_extra(more).breaks(sums).is_none());
    prop_assert!(fits(extra) && !fits(extra - 1));
    Ok(())
}

fn every_objective(asked: &PlanRequest, at: u64) -> TestCaseResult {
    let oracle = Oracle::of(asked);
    match plan(asked).unwrap() {
        PlanAnswer::Feasible(found) => {
            nothing_is_better(asked, &oracle, asked.objective, &found.figures)?;
            for other in &found.alternatives {
                match &other.figures {
                    Some(figures) => nothing_is_better(asked, &oracle, other.objective, figures)?,
                    None => {
                        prop_assert_eq!(other.objective, Objective::ProRata);
                        let PlanAnswer::Infeasible(none) =
                            plan(&PlanRequest { objective: other.objective, ..asked.clone() }).unwrap()
                        else {
                            panic!("a plan that was none")
                        };
                        no_pair_fits(&oracle, &none)?;
                    }
                }
            }
        }
        PlanAnswer::Infeasible(none) => nothing_fits(asked, &oracle, &none, at)?,
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn four_debts_over_two_years_have_no_better_plan(
        asked in a_tight_request(prop_oneof![1 => 1usize..4, 3 => Just(4)], prop_oneof![1 => 1i32..24, 2 => Just(24)]),
        at in any::<u64>(),
    ) {
        every_objective(&asked, at)?;
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn more_money_never_gives_a_later_end(
        asked in a_tight_request(2usize..5, prop_oneof![1 => 1i32..24, 2 => Just(24)]),
        at in 0usize..24,
        share in 1i64..30,
    ) {
        let mut richer = asked.clone();
        let at = at % richer.capacity.len();
        richer.capacity[at] += Money::from_fen(asked.capacity[0].fen() * share / 10 + 1);
        if let PlanAnswer::Feasible(before) = plan(&asked).unwrap() {
            let after = feasible(&richer);
            prop_assert!(value(&after.figures) <= value(&before.figures));
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    /// The oracle leaves out nothing: on few months it is the plain product of all ways.
    #[test]
    fn the_exhaustive_search_is_exhaustive(asked in a_tight_request(1usize..4, 1i32..5)) {
        let oracle = Oracle::of(&asked);
        let best = |objective| exhaustive(&PlanRequest { objective, ..asked.clone() });
        let last = asked.capacity.len() - 1;
        let Some([end, paid]) = best(Objective::Soonest) else {
            prop_assert!(!oracle.feasible());
            return Ok(());
        };
        prop_assert_eq!(oracle.paid_below(end as usize, i64::MAX), Some(paid));
        prop_assert_eq!(end > 0 && oracle.paid_below(end as usize - 1, i64::MAX).is_some(), false);
        let [asks, end] = best(Objective::FewestAsks).unwrap();
        prop_assert_eq!(oracle.asks_below(last, i64::MAX), Some(asks));
        prop_assert_eq!(oracle.asks_below(end as usize, i64::MAX), Some(asks));
        let [peak, end] = best(Objective::Lightest).unwrap();
        prop_assert!(oracle.packs(peak, end as usize) && !oracle.packs(peak - 1, last));
        prop_assert_eq!(end > 0 && oracle.packs(peak, end as usize - 1), false);
        let [paid, _] = best(Objective::Cheapest).unwrap();
        prop_assert_eq!(oracle.paid_below(last, i64::MAX), Some(paid));
    }
}

#[test]
fn a_fen_worse_would_be_seen() {
    let asked =
        request(&[20_000; 6], vec![debt("a", 50_000, 6, 2), debt("b", 30_000, 6, 2)], Objective::Lightest);
    let oracle = Oracle::of(&asked);
    let plan = feasible(&asked);
    let [peak, end] = value(&plan.figures);
    assert!(oracle.packs(peak, end as usize), "its own plan is found");
    assert!(oracle.packs(peak + 1, asked.capacity.len() - 1) && !oracle.packs(peak - 1, 5));
    let mut worse = plan.figures;
    worse.debts[0].rows[0].amount += Money::from_fen(1);
    assert_eq!(oracle.keys_attained(&asked, &worse), None, "a row that no way has is no plan");
}

//! What holds of every plan, over many small requests: against every combination, and against itself.
#![allow(missing_docs, clippy::unwrap_used)]

mod plans;

use ashore_domain::Money;
use ashore_engine::explain::explain_plan;
use ashore_engine::plan::*;
use plans::*;
use proptest::prelude::*;
use rust_decimal::Decimal;

fn objectives() -> impl Strategy<Value = Objective> {
    prop::sample::select(Objective::ALL.to_vec())
}

fn a_debt(horizon: i32) -> impl Strategy<Value = PlanDebt> {
    let offer = prop::option::weighted(0.4, (50i64..120, 0..horizon));
    let contract = prop::option::weighted(0.4, (90i64..130, 1..=horizon.min(3)));
    let least = prop_oneof![4 => Just(0), 1 => 1i64..200];
    (1i64..30_000, 1u16..4, 0u16..3, prop::sample::select(vec![0i64, 0, 12, 24, 600]), offer, contract, least)
        .prop_map(move |(fen, terms, grace, percent, offer, contract, least)| {
            let mut debt = debt("d", fen, terms, grace);
            debt.rate_after = Decimal::new(percent, 2);
            debt.installment_min = Money::from_fen(fen * least / 100);
            debt.settlement = offer.map(|(part, until)| Settlement {
                amount: Money::from_fen(fen * part / 100),
                until: month(until),
            });
            if let Some((part, count)) = contract {
                let each = Money::from_fen(fen * part / 100 / i64::from(count));
                debt.contract_payments = (0..count).map(|k| (month(k), each)).collect();
            }
            debt
        })
}

fn a_request(debts: std::ops::RangeInclusive<usize>) -> impl Strategy<Value = PlanRequest> {
    (1i32..5).prop_flat_map(move |horizon| {
        (
            prop::collection::vec(0i64..20_000, horizon as usize),
            prop::collection::vec(a_debt(horizon), debts.clone()),
            objectives(),
        )
            .prop_map(|(capacity, mut debts, objective)| {
                for (k, debt) in debts.iter_mut().enumerate() {
                    debt.id = k.to_string();
                }
                request(&capacity, debts, objective)
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_best_of_every_combination_is_found_and_called_exact(asked in a_request(1..=3)) {
        match plan(&asked).unwrap() {
            PlanAnswer::Feasible(plan) => {
                prop_assert_eq!(Some(value(&plan.figures)), exhaustive(&asked));
                prop_assert_eq!(plan.figures.proof, Proof::Exact);
                assert_ties_out(&asked, &plan.figures);
                for other in &plan.alternatives {
                    let same = PlanRequest { objective: other.objective, ..asked.clone() };
                    prop_assert_eq!(other.figures.as_ref().map(value), exhaustive(&same));
                    other.figures.iter().for_each(|figures| assert_ties_out(&asked, figures));
                }
            }
            PlanAnswer::Infeasible(none) => {
                prop_assert_eq!(exhaustive(&asked), None);
                prop_assert!(none.proved);
            }
        }
    }

    #[test]
    fn more_capacity_never_gives_a_later_end(asked in a_request(1..=3), at in 0usize..4, more in 1i64..5_000) {
        let asked = PlanRequest { objective: Objective::Soonest, ..asked };
        let mut richer = asked.clone();
        let at = at % richer.capacity.len();
        richer.capacity[at] += Money::from_fen(more);
        if let PlanAnswer::Feasible(before) = plan(&asked).unwrap() {
            let after = feasible(&richer);
            prop_assert!(value(&after.figures) <= value(&before.figures));
        }
    }

    #[test]
    fn every_explained_figure_replays_to_its_value(asked in a_request(1..=4)) {
        let answer = plan(&asked).unwrap();
        let explained = explain_plan(&asked, &answer);
        for one in &explained {
            prop_assert!(one.replay().is_ok(), "{:?}: {:?}", one, one.replay());
        }
        let paths: Vec<&str> = explained.iter().map(|one| one.path.as_str()).collect();
        let wanted = if matches!(answer, PlanAnswer::Feasible(_)) { "totals.paid" } else { "certificate.needed" };
        prop_assert!(paths.contains(&wanted));
    }

    #[test]
    fn the_same_request_gives_the_same_answer(asked in a_request(1..=6)) {
        prop_assert_eq!(plan(&asked).unwrap(), plan(&asked.clone()).unwrap());
    }

    #[test]
    fn remedies_work_and_a_fen_less_does_not(asked in a_request(1..=3)) {
        let answer = plan(&asked).unwrap();
        let explained = explain_plan(&asked, &answer);
        let PlanAnswer::Infeasible(none) = answer else { return Ok(()) };
        for (path, found) in [
            ("smallest_extra_capacity", none.smallest_extra_capacity),
            ("smallest_waiver.amount", none.smallest_waiver.as_ref().map(|waiver| waiver.amount)),
        ] {
            let own = explained.iter().find(|one| one.path == path);
            prop_assert_eq!(own.map(|one| one.value.clone()), found.map(|amount| amount.to_string()));
            let Some(own) = own else { continue };
            let step = |said: &str| own.steps.iter().find(|step| step.rule.as_deref().is_some_and(|rule| rule.contains(said)));
            // A yuan less than a yuan is what was asked, for which the certificate stands.
            let short = step("less: still short").or_else(|| step("less every month: still short"));
            if path == "smallest_extra_capacity" || own.value.parse::<Money>().unwrap() > Money::from_yuan(1) {
                prop_assert!(!short.unwrap().value.starts_with('-') && short.unwrap().value != "0", "{:?}", own);
            }
            prop_assert!(!step("with it there is a plan").unwrap().value.starts_with('-'), "{:?}", own);
            prop_assert!(own.steps.iter().all(|step| step.rule.as_deref() != Some("the least that was found")));
        }
        if let Some(extra) = none.smallest_extra_capacity {
            let mut more = asked.clone();
            more.capacity.iter_mut().for_each(|month| *month += extra);
            prop_assert!(matches!(plan(&more).unwrap(), PlanAnswer::Feasible(_)));
            more.capacity.iter_mut().for_each(|month| *month -= Money::from_fen(1));
            prop_assert!(matches!(plan(&more).unwrap(), PlanAnswer::Infeasible(_)));
        }
        let certificate = &none.certificate;
        if certificate.month.is_some() {
            prop_assert!(certificate.needed > certificate.available);
        }
        if let Some(waiver) = none.smallest_waiver {
            let mut less = asked;
            let debt = less.debts.iter_mut().find(|debt| debt.id == waiver.debt).unwrap();
            debt.owed.principal -= waiver.amount;
            prop_assert!(matches!(plan(&less).unwrap(), PlanAnswer::Feasible(_)));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Six to ten debts are too many to try every combination: but every common pair, alone and with each single
    /// settlement or contract, is tried here.
    #[test]
    fn no_plan_with_one_common_pair_is_better(mut asked in a_request(6..=10), richer in 2i64..20) {
        let horizon = asked.capacity.len();
        asked.capacity.iter_mut().for_each(|month| *month = Money::from_fen(month.fen() * richer));
        let all: Vec<Vec<Paid>> = asked.debts.iter().map(|debt| ways(debt, horizon)).collect();
        let PlanAnswer::Feasible(found) = plan(&asked).unwrap() else { return Ok(()) };
        assert_ties_out(&asked, &found.figures);
        if let Proof::BestFound { bound } = found.figures.proof {
            prop_assert!(keys_of(bound) <= value(&found.figures));
        }
        for pair in all[0].iter().filter_map(|paid| paid.common) {
            let common: Option<Vec<&Paid>> =
                all.iter().map(|list| list.iter().find(|paid| paid.common == Some(pair))).collect();
            let Some(common) = common else { continue };
            let singles = (0..all.len()).flat_map(|d| all[d].iter().filter(|p| p.common.is_none()).map(move |p| (d, p)));
            let changed = singles.map(|(d, paid)| {
                let mut other = common.clone();
                other[d] = paid;
                other
            });
            for chosen in std::iter::once(common.clone()).chain(changed) {
                if let Some(key) = keys(&asked, &chosen) {
                    prop_assert!(value(&found.figures) <= key, "{:?} is better at {:?}", key, pair);
                }
            }
        }
    }
}

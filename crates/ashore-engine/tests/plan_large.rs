//! What holds of households of 20 to 50 debts over five years, where not everything can be looked at: no common plan
//! is better, no month is overspent, a bound is a bound, and with more money it never rises above what was possible.
#![allow(missing_docs, clippy::unwrap_used)]

mod plans;

use ashore_domain::Money;
use ashore_engine::plan::*;
use plans::draw::*;
use plans::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{TestCaseResult, TestRunner};

/// Every lender grants at least `terms` terms from the first month on, so that there are common plans at all.
fn a_large_request() -> impl Strategy<Value = PlanRequest> {
    (a_tight_request(20usize..=50, Just(60)), 1u16..=60, 2i64..6).prop_map(|(mut asked, terms, richer)| {
        for debt in &mut asked.debts {
            debt.terms_max = debt.terms_max.max(terms);
            debt.installment_min =
                Money::from_fen(debt.installment_min.fen().min(balance(debt) / i64::from(terms) / 2));
        }
        asked.capacity.iter_mut().for_each(|month| *month = Money::from_fen(month.fen() * richer / 2));
        asked
    })
}

/// What a plan with one common pair, and some debts on something else, comes to.
struct Common<'a> {
    asked: &'a PlanRequest,
    all: &'a [Vec<Paid>],
}

impl Common<'_> {
    /// The keys under each objective, if no month is overspent.
    fn keys(&self, chosen: &[&Paid]) -> Option<[[i64; 2]; 4]> {
        let mut months = vec![0; self.asked.capacity.len()];
        for paid in chosen {
            months.iter_mut().zip(&paid.months).for_each(|(sum, pay)| *sum += pay);
        }
        let mut cash = self.asked.cash_now.fen();
        for (month, capacity) in months.iter().zip(&self.asked.capacity) {
            cash += capacity.fen() - month;
            if cash < 0 {
                return None;
            }
        }
        let end = months.iter().rposition(|month| *month > 0).unwrap_or(0) as i64;
        let paid = months.iter().sum();
        let asks = chosen.iter().map(|paid| paid.asks).sum();
        Some([[end, paid], [months.into_iter().max().unwrap_or(0), end], [asks, end], [paid, end]])
    }

    /// Debts on `pair`; then with every contract kept, every settlement taken, both, each alone, and some drawn.
    fn each_of(&self, pair: (u16, u16), draw: &mut u64, see: &mut dyn FnMut(&str, &[&Paid])) {
        let on_pair = |list: &'_ Vec<Paid>| list.iter().position(|paid| paid.common == Some(pair));
        let Some(base) = self.all.iter().map(on_pair).collect::<Option<Vec<usize>>>() else { return };
        let end = usize::from(pair.0 + pair.1) - 1;
        // Of settlements the latest that does not end after the others.
        let others: Vec<Vec<usize>> = self
            .all
            .iter()
            .map(|list| {
                let kept = list.iter().position(|paid| paid.asks == 0);
                let settled = list.iter().rposition(|paid| {
                    paid.asks == 1
                        && paid.common.is_none()
                        && paid.months.iter().skip(end + 1).all(|pay| *pay == 0)
                });
                kept.into_iter().chain(settled).collect()
            })
            .collect();
        let pick = |picks: &[usize]| -> Vec<&Paid> {
            picks.iter().zip(self.all).map(|(i, list)| &list[*i]).collect()
        };
        see("alone", &pick(&base));
        for wanted in [[true, false], [false, true], [true, true]] {
            let mut picks = base.clone();
            for (debt, other) in others.iter().enumerate() {
                let is = |at: &&usize| wanted[usize::from(self.all[debt][**at].asks == 1)];
                if let Some(at) = other.iter().find(is) {
                    picks[debt] = *at;
                }
            }
            see("all of a kind", &pick(&picks));
        }
        for (debt, other) in others.iter().enumerate() {
            for at in other {
                let mut picks = base.clone();
                picks[debt] = *at;
                see("one exchanged", &pick(&picks));
            }
        }
        for _ in 0..20 {
            let mut picks = base.clone();
            for (debt, other) in others.iter().enumerate() {
                *draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                if let Some(at) = other.get((*draw >> 40) as usize % 4) {
                    picks[debt] = *at;
                }
            }
            see("some exchanged", &pick(&picks));
        }
    }
}

/// The figures of each objective, in the order of [`Common::keys`].
fn all_figures(asked: &PlanRequest, plan: &Plan) -> [Figures; 4] {
    use Objective as O;
    [O::Soonest, O::Lightest, O::FewestAsks, O::Cheapest].map(|objective| {
        if asked.objective == objective {
            return plan.figures.clone();
        }
        plan.alternatives.iter().find(|other| other.objective == objective).unwrap().figures.clone().unwrap()
    })
}

fn no_common_plan_is_better(asked: &PlanRequest, mut draw: u64) -> TestCaseResult {
    let PlanAnswer::Feasible(plan) = plan(asked).unwrap() else {
        return Ok(());
    };
    let found = all_figures(asked, &plan);
    for figures in &found {
        assert_ties_out(asked, figures);
        if let Proof::BestFound { bound } = figures.proof {
            prop_assert!(keys_of(bound) <= value(figures), "{:?} is below {:?}", figures.value, bound);
        }
    }
    let all: Vec<Vec<Paid>> = asked.debts.iter().map(|debt| ways(debt, asked.capacity.len())).collect();
    let common = Common { asked, all: &all };
    let mut better = None;
    for pair in all[0].iter().filter_map(|paid| paid.common) {
        common.each_of(pair, &mut draw, &mut |kind, chosen| {
            for (figures, key) in found.iter().zip(common.keys(chosen).into_iter().flatten()) {
                if key < value(figures) {
                    better = Some((kind.to_owned(), pair, key, figures.value));
                }
            }
        });
    }
    prop_assert_eq!(better, None);
    Ok(())
}

proptest! {
    #![proptest_config(cases(25))]

    #[test]
    fn no_common_plan_of_a_large_household_is_better(asked in a_large_request(), draw in any::<u64>()) {
        no_common_plan_is_better(&asked, draw)?;
    }

    #[test]
    fn no_plan_found_under_another_objective_is_better(asked in a_tight_request(6usize..=20, Just(36))) {
        let PlanAnswer::Feasible(plan) = plan(&asked).unwrap() else { return Ok(()) };
        let found = all_figures(&asked, &plan);
        for other in &found {
            let (end, paid) = (i64::from(other.last_month_index), other.totals.paid.fen());
            let (peak, asks) = (other.peak_month.fen(), i64::from(other.asks));
            for (own, key) in found.iter().zip([[end, paid], [peak, end], [asks, end], [paid, end]]) {
                prop_assert!(value(own) <= key, "{:?} is worse than what {:?} comes to", own.value, other.value);
            }
        }
    }

    #[test]
    fn more_money_never_proves_a_later_end(asked in a_large_request(), at in 0usize..60, share in 1i64..30) {
        let PlanAnswer::Feasible(before) = plan(&asked).unwrap() else { return Ok(()) };
        let mut richer = asked.clone();
        richer.capacity[at] += Money::from_fen(asked.capacity[0].fen() * share / 10 + 1);
        // Of the best found only the bound can be held to it: nothing later, heavier or dearer than what is possible
        // is ever proved.
        let after = feasible(&richer);
        for (before, after) in all_figures(&asked, &before).iter().zip(all_figures(&richer, &after)) {
            match after.proof {
                Proof::Exact => prop_assert!(value(&after) <= value(before)),
                Proof::BestFound { bound } => prop_assert!(keys_of(bound) <= value(before)),
            }
        }
    }
}

/// The same requests on every run: households of a dozen debts over three years, each with more and more money.
#[test]
fn the_end_that_is_found_is_not_later_with_more_money() {
    let mut runner = TestRunner::deterministic();
    let (mut steps, mut later) = (0, Vec::new());
    for _ in 0..24 {
        let mut asked = a_tight_request(6usize..=16, Just(36)).new_tree(&mut runner).unwrap().current();
        asked.debts.iter_mut().for_each(|debt| debt.terms_max = debt.terms_max.max(12));
        asked.capacity.iter_mut().for_each(|month| *month = Money::from_fen(month.fen() * 2));
        let PlanAnswer::Feasible(found) = plan(&asked).unwrap() else { continue };
        let mut before = value(&found.figures);
        for step in 1..=6usize {
            let more = Money::from_fen(10_000 * step as i64);
            match step % 3 {
                0 => asked.cash_now += more,
                1 => asked.capacity[7 * step % 36] += more,
                _ => asked.capacity.iter_mut().for_each(|month| *month += more),
            }
            let after = value(&feasible(&asked).figures);
            steps += 1;
            if after[0] > before[0] {
                later.push((before, after));
            }
            before = after;
        }
    }
    assert!(steps >= 72, "{steps} steps say little");
    assert_eq!(later, []);
}

//! Small requests worked by hand, and the edges: no capacity, a debt of one fen, limits that contradict one another.
#![allow(missing_docs, clippy::unwrap_used)]

mod plans;

use ashore_domain::{Bucket, Money};
use ashore_engine::plan::*;
use plans::*;
use rust_decimal::Decimal;

const EVERY: [Objective; 5] = Objective::ALL;

#[test]
fn waiting_for_a_settlement_beats_instalments_when_it_is_cheaper() {
    let mut saved = debt("a", 100_000, 12, 0);
    saved.settlement = Some(Settlement { amount: Money::from_fen(60_000), until: month(2) });
    let asked = request(&[20_000; 6], vec![saved], Objective::Cheapest);
    let plan = feasible(&asked);
    assert_eq!(value(&plan.figures), [60_000, 2], "600 is saved up by the third month");
    assert_eq!(plan.figures.debts[0].kind, PlanKind::Settlement);
    assert_eq!(plan.figures.debts[0].waived.principal, Money::from_fen(40_000));
    let settles = plan
        .explanation
        .iter()
        .any(|line| matches!(line, Explanation::Settles { saves, .. } if *saves == Money::from_fen(40_000)));
    assert!(settles, "{:?}", plan.explanation);
}

#[test]
fn a_contract_is_kept_where_that_is_enough() {
    let mut kept = debt("kept", 30_000, 3, 0);
    kept.contract_payments = (0..3).map(|k| (month(k), Money::from_fen(11_000))).collect();
    let asked = request(&[20_000; 6], vec![kept, debt("asked", 40_000, 6, 0)], Objective::FewestAsks);
    let plan = feasible(&asked);
    assert_eq!((plan.figures.asks, plan.figures.debts[0].kind), (1, PlanKind::Contract));
    assert_eq!(plan.figures.totals.interest, Money::from_fen(3_000), "the contract's interest to come");
    assert!(plan.explanation.contains(&Explanation::Keeps { debt: "kept".into() }));
}

#[test]
fn one_fen_and_nothing_at_all_can_be_paid() {
    for objective in EVERY {
        let asked = request(&[1, 0, 0], vec![debt("fen", 1, 3, 2), debt("nothing", 0, 3, 0)], objective);
        let plan = feasible(&asked);
        assert_ties_out(&asked, &plan.figures);
        assert_eq!(plan.figures.totals.paid, Money::from_fen(1), "{objective:?}");
    }
    let alone = feasible(&request(&[0], vec![debt("nothing", 0, 1, 0)], Objective::Soonest));
    assert_eq!((alone.figures.last_month_index, alone.figures.last_month), (0, month(0)));
}

#[test]
fn without_capacity_the_certificate_says_when_what_and_how_much() {
    for objective in EVERY {
        let asked = request(&[0; 4], vec![debt("a", 10_000, 2, 1), debt("b", 5_000, 4, 0)], objective);
        let none = infeasible(&asked);
        assert!(none.proved);
        let certificate = &none.certificate;
        assert_eq!(certificate.month, Some(month(0)), "b begins at once");
        assert_eq!(certificate.available, Money::ZERO);
        assert!(certificate.needed.is_positive());
        assert_eq!(none.smallest_waiver, None, "two debts, no money: one waiver is not enough");
        assert!(none.smallest_extra_capacity.is_some());
        assert!(
            matches!(certificate.because.last(), Some(Because::Short { .. })),
            "{:?}",
            certificate.because
        );
    }
}

#[test]
fn a_certificate_names_the_largest_needs_and_sums_the_rest() {
    let debts = (0..15).map(|k| debt(&k.to_string(), 1_000 * (k + 1), 1, 0)).collect();
    let none = infeasible(&request(&[50_000], debts, Objective::Soonest));
    assert_eq!(none.certificate.needed, Money::from_fen(120_000));
    let because = &none.certificate.because;
    assert!(matches!(&because[1], Because::Needs { debt, .. } if debt == "14"));
    assert!(because.contains(&Because::OthersNeed { debts: 5, amount: Money::from_fen(15_000) }));
    assert_eq!(because.last(), Some(&Because::Short { amount: Money::from_fen(70_000) }));
    assert_eq!(none.smallest_extra_capacity, Some(Money::from_fen(70_000)));
}

#[test]
fn contradictory_limits_are_named() {
    let mut stuck = debt("stuck", 10_000, 0, 0);
    stuck.contract_payments = vec![(month(7), Money::from_fen(10_000))];
    stuck.settlement = Some(Settlement { amount: Money::from_fen(20_000), until: month(-1) });
    let none = infeasible(&request(&[9_999_999; 3], vec![stuck], Objective::Cheapest));
    assert_eq!(none.certificate.month, None);
    assert_eq!(none.certificate.because, [Because::NoWayToPay { debt: "stuck".into() }]);
    assert_eq!((none.smallest_extra_capacity, none.smallest_waiver), (None, None));
    let named: Vec<bool> = [
        none.findings.contains(&PlanFinding::NoWayToPay { debt: "stuck".into() }),
        none.findings.iter().any(|f| matches!(f, PlanFinding::ContractOutsideHorizon { .. })),
        none.findings.iter().any(|f| matches!(f, PlanFinding::SettlementExpired { .. })),
        none.findings.iter().any(|f| matches!(f, PlanFinding::SettlementAboveBalance { .. })),
    ]
    .to_vec();
    assert_eq!(named, [true; 4], "{:?}", none.findings);
}

#[test]
fn a_smallest_instalment_above_the_balance_leaves_one_payment() {
    let mut whole = debt("whole", 10_000, 6, 3);
    whole.installment_min = Money::from_fen(50_000);
    let plan = feasible(&request(&[3_000; 6], vec![whole], Objective::Lightest));
    assert_eq!((plan.figures.debts[0].terms, plan.figures.debts[0].grace), (1, 3));
    assert!(matches!(plan.findings[0], PlanFinding::InstalmentMinAboveBalance { .. }));
}

#[test]
fn a_contract_below_the_balance_is_pointed_out() {
    let mut low = debt("low", 10_000, 1, 0);
    low.contract_payments = vec![(month(0), Money::from_fen(100))];
    let plan = feasible(&request(&[200], vec![low], Objective::Cheapest));
    assert_eq!(plan.figures.debts[0].kind, PlanKind::Contract, "as all that it still costs");
    assert!(matches!(plan.findings[0], PlanFinding::ContractBelowBalance { .. }));
}

#[test]
fn limits_that_allow_no_common_pair_leave_only_pro_rata_without_a_plan() {
    let mut high = debt("high", 10_000, 6, 0);
    high.installment_min = Money::from_fen(5_000);
    // 100.00 in at most two payments, 300.00 that fit only in three or more.
    let asked = request(&[15_000; 6], vec![high, debt("low", 30_000, 6, 0)], Objective::ProRata);
    let none = infeasible(&asked);
    assert!(none.proved);
    assert!(
        none.certificate.because.contains(&Because::OtherObjectivesFit),
        "{:?}",
        none.certificate.because
    );
    feasible(&PlanRequest { objective: Objective::Soonest, ..asked });
    let mut no_terms = debt("none", 100, 0, 0);
    no_terms.settlement = Some(Settlement { amount: Money::from_fen(100), until: month(0) });
    let none = infeasible(&request(&[1_000], vec![no_terms], Objective::ProRata));
    assert_eq!(
        none.certificate.because,
        [Because::NoCommonTerms { debt: "none".into() }, Because::OtherObjectivesFit]
    );
}

#[test]
fn waivers_are_taken_in_full_half_up() {
    let mut waived = debt("w", 100, 1, 0);
    waived.owed.penalty = Money::from_fen(5);
    waived.waivable = vec![(Bucket::Penalty, Decimal::new(5, 1))];
    let plan = feasible(&request(&[1_000], vec![waived], Objective::Cheapest));
    assert_eq!(plan.figures.totals.waived, Money::from_fen(3));
    assert_eq!(plan.figures.totals.paid, Money::from_fen(102));
}

#[test]
fn a_request_outside_the_limits_is_refused_by_field() {
    let good = request(&[1_000; 2], vec![debt("a", 100, 1, 0)], Objective::Soonest);
    let twice = PlanRequest { debts: vec![debt("a", 1, 1, 0), debt("a", 1, 1, 0)], ..good.clone() };
    let none = PlanRequest { debts: Vec::new(), ..good.clone() };
    let many =
        PlanRequest { debts: (0..501).map(|k| debt(&k.to_string(), 1, 1, 0)).collect(), ..good.clone() };
    let never = PlanRequest { capacity: Vec::new(), ..good.clone() };
    let below = PlanRequest { capacity: vec![Money::from_fen(-1)], ..good.clone() };
    let mut odd = good.clone();
    odd.debts[0].rate_after = Decimal::new(101, 0);
    let mut long = good;
    long.debts[0].grace_max = 601;
    for (asked, field) in [
        (twice, "debts: the id \"a\""),
        (none, "debts: at least one"),
        (many, "debts: at most 500"),
        (never, "horizon_months"),
        (below, "capacity[0]"),
        (odd, "debts[0].rate_after"),
        (long, "debts[0].grace_max"),
    ] {
        let why = plan(&asked).unwrap_err().to_string();
        assert!(why.starts_with(field), "{why}");
    }
}

#[test]
fn five_hundred_debts_get_an_answer() {
    for (each, feasible) in [(8_000_000, true), (20_000, false)] {
        let debts = (0..500)
            .map(|k| {
                let mut one = debt(&k.to_string(), 100_000 + 777 * k, 24, (k % 4) as u16);
                one.rate_after = Decimal::new(12 * (k % 2), 2);
                one
            })
            .collect();
        let asked = request(&[each; 60], debts, Objective::Soonest);
        match plan(&asked).unwrap() {
            PlanAnswer::Feasible(plan) => {
                assert!(feasible);
                assert_ties_out(&asked, &plan.figures);
            }
            PlanAnswer::Infeasible(none) => {
                assert!(!feasible && none.proved);
                assert!(none.certificate.needed > none.certificate.available);
            }
        }
    }
}

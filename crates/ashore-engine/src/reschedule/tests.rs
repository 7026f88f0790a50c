use ashore_domain::{Buckets, CustomRow, DeferredInterest, Method, Money, PaymentStep, Ratio, Relief};
use proptest::prelude::*;

use super::*;

fn yuan(amount: i64) -> Money {
    Money::from_yuan(amount)
}

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

/// 12,000 owed in principal at 24 % a year, 600 of it late, with 400 interest and 200 penalty.
fn standing() -> Standing {
    let row = |month: u32, principal: i64, interest: i64| CustomRow {
        due: chrono::NaiveDate::from_ymd_opt(2026, month, 15).unwrap(),
        principal: yuan(principal),
        interest: yuan(interest),
        fees: Money::ZERO,
    };
    Standing {
        owed: Buckets {
            principal: yuan(12_000),
            interest: yuan(400),
            penalty: yuan(200),
            ..Buckets::default()
        },
        remaining: vec![row(10, 5700, 228), row(11, 5700, 114)],
        annual: Ratio::new(24, 100),
        method: Method::EqualInstallment,
        first_due: day("2026-10-15"),
        due_day: 15,
    }
}

fn of(reliefs: &[Relief], waived: Buckets) -> Rescheduled {
    reschedule(&standing(), reliefs, &waived).unwrap()
}

fn amounts(found: &Rescheduled) -> Vec<(String, String)> {
    found.rows.iter().map(|row| (row.due.to_string(), row.amount().to_string())).collect()
}

fn rows(text: &[(&str, &str)]) -> Vec<(String, String)> {
    text.iter().map(|(due, amount)| ((*due).to_owned(), (*amount).to_owned())).collect()
}

fn instalments(terms: u16, rate: &str) -> Relief {
    Relief::IndividualInstalment { terms, rate: rate.parse().unwrap(), total: None, balloon: None }
}

#[test]
fn without_a_shape_the_contract_stays_and_what_is_late_comes_first() {
    let found = of(&[], Buckets::default());
    // 5700 + 228 + 600 late principal + 600 old interest and penalty
    assert_eq!(amounts(&found), rows(&[("2026-10-15", "7128.00"), ("2026-11-15", "5814.00")]));
    assert_eq!((found.balance, found.interest), (yuan(12_600), yuan(342)));
    let waived = of(
        &[Relief::Waiver { lapses_on_breach: true }],
        Buckets { penalty: yuan(200), principal: yuan(100), ..Buckets::default() },
    );
    assert_eq!(amounts(&waived), rows(&[("2026-10-15", "6828.00"), ("2026-11-15", "5814.00")]));
}

#[test]
fn a_deferral_moves_the_rows_and_says_what_becomes_of_interest() {
    for (interest, last) in [
        (DeferredInterest::Stopped, "5814.00"),
        // 12,000 × 2 % × 2
        (DeferredInterest::AccruesNoCompound, "6294.00"),
    ] {
        let found = of(&[Relief::Deferral { months: 2, interest }], Buckets::default());
        assert_eq!(amounts(&found), rows(&[("2026-12-15", "7128.00"), ("2027-01-15", last)]), "{interest:?}");
    }
    let joined = of(
        &[Relief::Deferral { months: 2, interest: DeferredInterest::Accrues }, instalments(10, "0")],
        Buckets::default(),
    );
    assert_eq!(joined.total(), yuan(13_080), "12,600 and 480 of deferred interest");
    assert_eq!(joined.interest, yuan(480));
    assert_eq!(joined.rows[0].due, day("2026-12-15"));
    assert_eq!(joined.findings, [RescheduleFinding::DeferredInterest { amount: yuan(480) }]);
}

#[test]
fn instalments_are_those_of_the_plan() {
    let free = of(&[instalments(7, "0")], Buckets { penalty: yuan(200), ..Buckets::default() });
    assert_eq!(free.rows[0].amount(), "1771.42".parse().unwrap(), "floor(12,400 / 7)");
    assert_eq!(free.rows[6].amount(), "1771.48".parse().unwrap(), "the last takes the rest");
    let rated = of(&[instalments(12, "0.12")], Buckets::default());
    assert_eq!(rated.rows[0].amount(), "1119.49".parse().unwrap(), "level payment of 12,600 at 1 % a month");
    assert_eq!(rated.rows.iter().map(|r| r.principal).sum::<Money>(), yuan(12_600));
    let balloon = of(
        &[Relief::IndividualInstalment { terms: 6, rate: 0.into(), total: None, balloon: Some(yuan(6600)) }],
        Buckets::default(),
    );
    assert_eq!(
        balloon.rows.iter().map(|r| r.amount()).collect::<Vec<_>>(),
        [1000, 1000, 1000, 1000, 1000, 7600].map(yuan)
    );
    let named = of(
        &[Relief::IndividualInstalment {
            terms: 2,
            rate: 0.into(),
            total: Some(yuan(10_000)),
            balloon: None,
        }],
        Buckets::default(),
    );
    assert_eq!(
        named.findings,
        [RescheduleFinding::TotalDiffers { stated: yuan(10_000), owed: yuan(12_600) }]
    );
}

#[test]
fn an_extension_keeps_the_method_and_arrears_bear_nothing() {
    let found = of(&[Relief::TermExtension { terms: 12, rate: None }], Buckets::default());
    // level payment of 12,000 at 2 % for 12 terms is 1,134.72
    assert_eq!(found.rows[0].amount(), "1734.72".parse().unwrap());
    assert_eq!(found.rows[1].amount(), "1134.72".parse().unwrap());
    let even = Standing { method: Method::EqualPrincipal, ..standing() };
    let found =
        reschedule(&even, &[Relief::TermExtension { terms: 3, rate: None }], &Buckets::default()).unwrap();
    let parts: Vec<_> = found.rows.iter().map(|r| (r.principal, r.interest)).collect();
    assert_eq!(parts, [(yuan(4000), yuan(240)), (yuan(4000), yuan(160)), (yuan(4000), yuan(80))]);
}

#[test]
fn interest_can_stop_be_cut_or_be_paid_alone_for_a_while() {
    let stopped = of(&[Relief::InterestStop { from: day("2026-10-15") }], Buckets::default());
    assert_eq!(amounts(&stopped), rows(&[("2026-10-15", "7128.00"), ("2026-11-15", "5700.00")]));
    let cut = of(&[Relief::RateCut { rate: "0.12".parse().unwrap() }], Buckets::default());
    assert_eq!(cut.rows[0].interest, yuan(120), "1 % of 12,000");
    assert_eq!(cut.rows.iter().map(|r| r.principal).sum::<Money>(), yuan(12_000));
    let cap = of(&[Relief::CostToCap { rate: "0.36".parse().unwrap() }], Buckets::default());
    assert_eq!(amounts(&cap), amounts(&of(&[], Buckets::default())), "a line above the rate changes nothing");
    let first = of(&[Relief::InterestOnly { months: 2 }, instalments(3, "0")], Buckets::default());
    let paid: Vec<_> = first.rows.iter().map(NewRow::amount).collect();
    assert_eq!(paid, [yuan(840), yuan(240), yuan(4000), yuan(4000), yuan(4000)]);
}

#[test]
fn steps_minimum_payments_and_settlements() {
    let steps = |steps: &[(u16, i64)]| Relief::StepPlan {
        steps: steps
            .iter()
            .map(|(months, amount)| PaymentStep { months: *months, amount: yuan(*amount) })
            .collect(),
    };
    let enough = of(&[steps(&[(2, 300), (20, 2000)])], Buckets::default());
    assert_eq!((enough.rows.len(), enough.rows[7].amount()), (8, yuan(2000)));
    assert_eq!(enough.total(), yuan(12_600));
    let short = of(&[steps(&[(2, 300)])], Buckets::default());
    assert_eq!(short.findings, [RescheduleFinding::StepsBelowOwed { rest: yuan(12_000) }]);
    let least = of(&[Relief::MinimumPayment { amount: yuan(3000) }], Buckets::default());
    assert_eq!(
        (least.rows[0].arrears, least.rows[0].interest, least.rows[0].principal),
        (yuan(600), yuan(240), yuan(2160))
    );
    assert_eq!(least.rows.iter().map(|r| r.principal).sum::<Money>(), yuan(12_000));
    let settled =
        of(&[Relief::LumpSumSettlement { amount: yuan(8000), until: day("2026-12-31") }], Buckets::default());
    assert_eq!(amounts(&settled), rows(&[("2026-12-31", "8000.00")]));
    assert_eq!(settled.findings, [RescheduleFinding::SettlementLeavesOpen { amount: yuan(4600) }]);
}

#[test]
fn terms_that_contradict_one_another_are_refused() {
    let refused =
        |reliefs: &[Relief], waived: Buckets| reschedule(&standing(), reliefs, &waived).unwrap_err();
    let none = Buckets::default();
    let settle = Relief::LumpSumSettlement { amount: yuan(1), until: day("2026-12-31") };
    let wait = Relief::Deferral { months: 1, interest: DeferredInterest::Stopped };
    assert_eq!(refused(&[settle.clone(), instalments(3, "0")], none), RescheduleError::TwoShapes);
    assert_eq!(refused(&[settle, wait], none), RescheduleError::SettlementWithGrace);
    assert_eq!(refused(&[instalments(0, "0")], none), RescheduleError::Terms);
    assert_eq!(refused(&[], Buckets { penalty: yuan(201), ..none }), RescheduleError::WaivedAboveOwed);
    assert_eq!(refused(&[], standing().owed), RescheduleError::NothingLeft);
    assert_eq!(refused(&[Relief::MinimumPayment { amount: yuan(240) }], none), RescheduleError::NeverRepaid);
}

proptest! {
    #[test]
    fn every_fen_of_what_is_owed_is_in_the_rows(
        principal in 1i64..10_000_000, arrears in 0i64..1_000_000, terms in 1u16..120, grace in 0u16..24, rate in 0i64..40, shape in 0u8..3,
    ) {
        let standing = Standing {
            owed: Buckets { principal: Money::from_fen(principal), penalty: Money::from_fen(arrears), ..Buckets::default() },
            remaining: Vec::new(),
            annual: Ratio::new(i128::from(rate), 100),
            ..standing()
        };
        let percent = rust_decimal::Decimal::new(rate, 2);
        let mut reliefs = vec![match shape {
            0 => Relief::IndividualInstalment { terms, rate: percent, total: None, balloon: None },
            1 => Relief::TermExtension { terms, rate: None },
            _ => Relief::StepPlan { steps: vec![PaymentStep { months: terms, amount: Money::from_fen(1_000) }] },
        }];
        if grace > 0 {
            reliefs.push(Relief::Deferral { months: grace, interest: DeferredInterest::Stopped });
        }
        let found = reschedule(&standing, &reliefs, &Buckets::default()).unwrap();
        prop_assert_eq!(found.total() - found.interest, standing.owed.total());
        prop_assert!(found.rows.is_sorted_by(|a, b| a.due < b.due));
        prop_assert!(found.rows.len() <= usize::from(terms));
    }
}

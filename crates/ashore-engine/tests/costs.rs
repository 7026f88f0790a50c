//! Costs against published figures, and what holds for every set of flows.

#![allow(clippy::unwrap_used, clippy::float_arithmetic)] // helpers of tests are tests

mod loans;

use ashore_domain::*;
use ashore_engine::{Cost, Finding, SolvedRate, amortise, cost_dated, cost_periodic, loan_cost};
use loans::*;
use proptest::prelude::*;

fn of(draft: LoanDraft) -> Cost {
    let terms = terms(draft);
    let schedule = amortise(&terms).unwrap().schedule;
    loan_cost(&terms, &schedule)
}

/// In percent with four decimals, as tables print it.
fn percent(rate: Option<SolvedRate>) -> String {
    let rate = rate.unwrap().decimal().unwrap() * rust_decimal::Decimal::ONE_HUNDRED;
    format!("{:.4}", rate.round_dp(4))
}

fn flat(value: &str, terms: u16) -> LoanDraft {
    let rate = Some(rate(value, RatePer::TermFlat));
    LoanDraft { principal: yuan("12000"), rate, terms, ..draft(Method::FlatRate) }
}

#[test]
fn flat_rates_cost_almost_twice_what_they_say() {
    for (value, terms, nominal, effective) in [
        ("0.006", 12, "13.0342", "13.8418"),
        ("0.0075", 12, "16.2165", "17.4778"),
        ("0.01", 12, "21.4572", "23.6984"),
        ("0.01", 24, "21.5712", "23.8371"),
        ("0.006", 6, "12.2394", "12.9498"),
        ("0.006", 3, "10.7679", "11.3156"),
    ] {
        let cost = of(flat(value, terms));
        assert_eq!(
            (percent(cost.apr_nominal), percent(cost.apr_effective)),
            (nominal.into(), effective.into())
        );
    }
}

#[test]
fn money_kept_back_and_fees_raise_the_rate() {
    let kept = LoanDraft {
        fees: vec![fee(FeeAmount::Fixed(yuan("1000")), FeeWhen::Upfront)],
        ..draft(Method::EqualInstallment)
    };
    let cost = of(kept);
    assert_eq!(
        (percent(cost.apr_nominal), percent(cost.apr_effective)),
        ("45.1056".into(), "55.7038".into())
    );

    let guaranteed = LoanDraft {
        rate: Some(rate("0.12", RatePer::Year)),
        fees: vec![fee(FeeAmount::Fixed(yuan("60")), FeeWhen::EachTerm)],
        ..draft(Method::EqualInstallment)
    };
    let cost = of(guaranteed);
    assert_eq!(
        (percent(cost.apr_nominal), percent(cost.apr_effective)),
        ("24.5972".into(), "27.5687".into())
    );

    // A judged loan: 8 % in the contract, 36 % with its guarantee fee.
    let mut flows = vec![yuan("42100")];
    flows.extend(vec![yuan("-4228.24"); 11]);
    flows.push(yuan("-4228.28"));
    let judged = cost_periodic(&flows, Period::Month);
    assert_eq!(
        (percent(judged.apr_nominal), percent(judged.apr_effective)),
        ("35.9424".into(), "42.4964".into())
    );
    assert_eq!(judged.total_cost, yuan("8638.92"));
}

#[test]
fn actual_dates_and_simple_interest() {
    let cost = of(draft(Method::EqualInstallment));
    assert_eq!(percent(cost.xirr), "26.9526");
    assert_eq!(cost.roots, Some(1));
    // One year, nothing repaid before its end: the simple rate is the stated one, but for half fens.
    let bullet = of(LoanDraft { day_count: DayCount::Act365, ..draft(Method::InterestOnlyBullet) });
    assert_eq!(percent(bullet.apr_simple), "24.0003");
}

#[test]
fn worked_examples_of_the_european_directive_and_of_spreadsheets() {
    let dated = |flows: &[(&str, &str)]| {
        cost_dated(&flows.iter().map(|(d, m)| (day(d), yuan(m))).collect::<Vec<_>>())
    };
    for (flows, percentage) in [
        (vec![("1994-01-01", "1000"), ("1995-07-01", "-1200")], "12.9620"),
        (vec![("1994-01-01", "1000"), ("1995-01-01", "-600"), ("1996-01-01", "-600")], "13.0662"),
        (
            vec![
                ("2008-01-01", "-10000"),
                ("2008-03-01", "2750"),
                ("2008-10-30", "4250"),
                ("2009-02-15", "3250"),
                ("2009-04-01", "2750"),
            ],
            "37.3363",
        ),
    ] {
        assert_eq!(percent(dated(&flows).xirr), percentage, "{flows:?}");
    }
}

#[test]
fn periodic_measures_need_whole_periods() {
    let broken = of(LoanDraft { first_due: day("2025-02-20"), ..draft(Method::EqualInstallment) });
    assert_eq!((broken.irr_periodic, broken.apr_nominal, broken.apr_effective), (None, None, None));
    assert!(broken.xirr.is_some() && broken.findings.contains(&Finding::FirstPeriodNotWhole));
    // From 31 January to 28 February is one whole month, whether or not the 31st was agreed on.
    for due_day in [None, Some(31)] {
        let clamped = LoanDraft {
            disbursed_on: day("2025-01-31"),
            first_due: day("2025-02-28"),
            due_day,
            ..draft(Method::EqualInstallment)
        };
        assert!(of(clamped).irr_periodic.is_some(), "{due_day:?}");
    }
    // A single payment after twelve months spans twelve periods.
    let once = of(LoanDraft { rate: Some(rate("0.02", RatePer::TermFlat)), ..draft(Method::SinglePayment) });
    assert_eq!(percent(once.apr_effective), "24.0000");
}

#[test]
fn what_is_optional_is_left_out_and_said() {
    let optional = |when| Fee { counts_in_cost: false, ..fee(FeeAmount::Fixed(yuan("30")), when) };
    let with = LoanDraft {
        fees: vec![optional(FeeWhen::Upfront), optional(FeeWhen::EachTerm), optional(FeeWhen::Final)],
        ..draft(Method::EqualInstallment)
    };
    let (with, without) = (of(with), of(draft(Method::EqualInstallment)));
    assert_eq!(
        (with.xirr, with.apr_nominal, with.total_cost),
        (without.xirr, without.apr_nominal, without.total_cost)
    );
    assert!(with.findings.contains(&Finding::FeesLeftOutOfCost { amount: yuan("420") }));
}

#[test]
fn no_rate_one_rate_several_rates() {
    let of = |flows: &[i64]| {
        cost_periodic(&flows.iter().map(|f| Money::from_fen(*f)).collect::<Vec<_>>(), Period::Month)
    };
    for flows in [&[][..], &[0], &[100], &[100, 100, 100], &[-5, -5], &[0, 0, 0]] {
        let cost = of(flows);
        assert_eq!((cost.irr_periodic, cost.roots), (None, Some(0)), "{flows:?}");
        assert_eq!(cost.findings, [Finding::NoSignChange]);
    }
    // Both ways, but on one day: nothing is left for a rate to even out.
    for amounts in [[1000, -900], [900, -1000], [500, -500]] {
        let cost = cost_dated(&amounts.map(|fen| (day("2025-01-01"), Money::from_fen(fen))));
        assert_eq!((cost.xirr, cost.findings), (None, vec![Finding::NoRoot]), "{amounts:?}");
    }
    // Growth without measure: the rate of two flows is known in one formula, (550426.66 / 0.13) ^ (365 / 1003) − 1.
    let paid_back = [("2021-09-16", 13), ("2024-06-15", -55_042_666)];
    let cost = cost_dated(&paid_back.map(|(on, fen)| (day(on), Money::from_fen(fen))));
    assert!(cost.xirr.unwrap().to_string().starts_with("256.947537045"), "{:?}", cost.xirr);
    // 1 − 2v + v² touches zero at v = 1 and never crosses it; 1 − v + v² stays above.
    for flows in [&[1, -2, 1][..], &[100, -100, 100], &[400, -1200, 900]] {
        assert_eq!((of(flows).roots, of(flows).findings), (Some(0), vec![Finding::NoRoot]), "{flows:?}");
    }
    // (1 − 1.1v)(1 − 1.5v): 10 % and 50 %.
    let two = of(&[10_000, -26_000, 16_500]);
    assert_eq!((two.roots, percent(two.irr_periodic)), (Some(2), "10.0000".into()));
    assert_eq!(two.findings, [Finding::MultipleRoots { count: 2 }]);
    // (1 − 0.9v)(1 − 1.3v)(1 − 1.6v): −10 % is nearest to zero.
    let three = of(&[100_000, -380_000, 469_000, -187_200]);
    assert_eq!((three.roots, percent(three.irr_periodic)), (Some(3), "-10.0000".into()));
    // A crossing at zero exactly.
    assert_eq!(percent(of(&[300, -100, -200]).irr_periodic), "0.0000");
}

#[test]
fn a_day_can_cost_more_than_any_number_type_holds() {
    let overnight = cost_dated(&[(day("2026-01-01"), yuan("500")), (day("2026-01-02"), yuan("1500"))]);
    assert_eq!(overnight.roots, Some(0), "both received");
    let overnight = cost_dated(&[(day("2026-01-01"), yuan("500")), (day("2026-01-02"), yuan("-1500"))]);
    let rate = overnight.xirr.unwrap();
    assert!(rate.is_above(rust_decimal::Decimal::MAX) && rate.decimal().is_none());
    assert!(rate.to_string().starts_with("14101261703") && rate.to_string().len() == 175, "3^365 − 1");
    let lost = cost_dated(&[(day("2026-01-01"), yuan("-100000000")), (day("2026-01-02"), yuan("0.01"))]);
    assert!(lost.xirr.unwrap().to_string().starts_with("-1.000"));
}

#[test]
fn order_and_splitting_of_flows_do_not_matter() {
    let whole = [("2025-01-01", "1000"), ("2025-03-01", "-500"), ("2025-09-01", "-600")];
    let pieces =
        [("2025-09-01", "-600"), ("2025-03-01", "-200"), ("2025-01-01", "1000"), ("2025-03-01", "-300")];
    let of = |flows: &[(&str, &str)]| {
        cost_dated(&flows.iter().map(|(d, m)| (day(d), yuan(m))).collect::<Vec<_>>())
    };
    assert_eq!(of(&whole), of(&pieces));
}

proptest! {
    #[test]
    fn a_rate_is_there_exactly_when_one_was_counted(fens in prop::collection::vec((0u64..2_000, -1_000_000i64..1_000_000), 0..40)) {
        let flows: Vec<_> = fens.iter().map(|(d, f)| (day("2020-01-01") + chrono::Days::new(*d), Money::from_fen(*f))).collect();
        let cost = cost_dated(&flows);
        prop_assert_eq!(cost.xirr.is_some(), cost.roots > Some(0));
        prop_assert!(cost.xirr.is_none_or(|rate| rate.is_above((-1).into()) || rate.to_string().starts_with("-1.0000")));
    }

    /// Roots made on purpose are counted: factors (1 − qv) with q well apart.
    #[test]
    fn known_rates_are_found(qs in prop::collection::btree_set(5u8..=40, 1..=4)) {
        let mut poly = vec![1i128];
        for q in &qs {
            let mut next = vec![0i128; poly.len() + 1];
            for (k, c) in poly.iter().enumerate() {
                next[k] += 10 * c;
                next[k + 1] -= i128::from(*q) * c;
            }
            poly = next;
        }
        let flows: Vec<Money> = poly.iter().map(|c| Money::from_fen(i64::try_from(*c * 1000).unwrap())).collect();
        let cost = cost_periodic(&flows, Period::Month);
        prop_assert_eq!(cost.roots, Some(u32::try_from(qs.len()).unwrap()));
        let nearest = qs.iter().map(|q| (i32::from(*q) - 10).abs()).min().unwrap();
        let found: f64 = cost.irr_periodic.unwrap().to_string().parse().unwrap();
        prop_assert!((found.abs() * 10.0 - f64::from(nearest)).abs() < 1e-8);
    }
}

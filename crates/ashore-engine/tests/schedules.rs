//! Schedules against tables worked by hand or printed by others, to the fen.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod loans;

use ashore_domain::*;
use ashore_engine::{AmortiseError, Finding, amortise};
use loans::*;

#[test]
fn equal_instalments() {
    let whole = schedule(draft(Method::EqualInstallment));
    assert_eq!(row(&whole, 1), "745.60 200.00 945.60");
    assert_eq!(row(&whole, 2), "760.51 185.09 945.60");
    assert_eq!(row(&whole, 12), "927.01 18.54 945.55");
    assert_eq!(whole.rows()[0].balance, yuan("9254.40"));
    assert_eq!(whole.totals().interest, yuan("1347.15"));

    // The payment of a published judgment.
    let judged = LoanDraft {
        principal: yuan("42100"),
        rate: Some(rate("0.08", RatePer::Year)),
        ..draft(Method::EqualInstallment)
    };
    let judged = schedule(judged);
    assert_eq!(row(&judged, 1), "3381.54 280.67 3662.21");
    assert_eq!(judged.rows()[11].payment(), yuan("3662.25"));
    assert_eq!(judged.totals().interest, yuan("1846.56"));

    let half_year =
        LoanDraft { rate: Some(rate("0.015", RatePer::Month)), terms: 6, ..draft(Method::EqualInstallment) };
    let half_year = schedule(half_year);
    let parts: Vec<String> = half_year.rows().iter().map(|r| r.principal.to_string()).collect();
    assert_eq!(parts, ["1605.25", "1629.33", "1653.77", "1678.58", "1703.75", "1729.32"]);
    assert_eq!(half_year.totals().interest, yuan("531.51"));
}

#[test]
fn equal_principal_flat_and_bullet() {
    let equal = LoanDraft {
        principal: yuan("12000"),
        rate: Some(rate("0.12", RatePer::Year)),
        ..draft(Method::EqualPrincipal)
    };
    let equal = schedule(equal);
    assert_eq!(
        (row(&equal, 1), row(&equal, 12)),
        ("1000.00 120.00 1120.00".into(), "1000.00 10.00 1010.00".into())
    );
    assert_eq!(equal.totals().interest, yuan("780.00"));

    let flat = LoanDraft {
        principal: yuan("12000"),
        rate: Some(rate("0.006", RatePer::TermFlat)),
        ..draft(Method::FlatRate)
    };
    let flat = schedule(flat);
    assert!((1..=12).all(|term| row(&flat, term) == "1000.00 72.00 1072.00"));

    let bullet = schedule(draft(Method::InterestOnlyBullet));
    assert_eq!(
        (row(&bullet, 1), row(&bullet, 12)),
        ("0.00 200.00 200.00".into(), "10000.00 200.00 10200.00".into())
    );
}

#[test]
fn interest_by_days() {
    // 31 days to February, 28 to March.
    let daily = LoanDraft {
        rate: Some(rate("0.0005", RatePer::Day)),
        day_count: DayCount::Act360,
        ..draft(Method::DailyAccrual)
    };
    let daily = schedule(daily);
    assert_eq!((row(&daily, 1), row(&daily, 2)), ("0.00 155.00 155.00".into(), "0.00 140.00 140.00".into()));

    for (count, interest) in [(DayCount::Act360, "375.00"), (DayCount::Act365, "369.86")] {
        let once = LoanDraft {
            rate: Some(rate("0.15", RatePer::Year)),
            day_count: count,
            terms: 1,
            first_due: day("2025-04-15"),
            ..draft(Method::SinglePayment)
        };
        let once = schedule(once);
        assert_eq!((once.rows().len(), once.totals().interest), (1, yuan(interest)), "{count:?}");
    }
}

#[test]
fn single_payment_adds_all_periods_and_rounds_once() {
    let loan = LoanDraft {
        principal: yuan("0.33"),
        rate: Some(rate("0.05", RatePer::TermFlat)),
        terms: 3,
        fees: vec![fee(FeeAmount::Fixed(yuan("1")), FeeWhen::EachTerm)],
        ..draft(Method::SinglePayment)
    };
    // 3 × 0.0165 = 0.0495, not 3 × 0.02; one row, so one fee.
    let loan = schedule(loan);
    assert_eq!(row(&loan, 1), "0.33 0.05 1.38");
    assert_eq!(loan.rows()[0].due, day("2025-04-15"));
}

#[test]
fn month_ends_come_from_the_agreed_day() {
    let loan = LoanDraft {
        disbursed_on: day("2024-12-31"),
        first_due: day("2025-01-31"),
        terms: 4,
        ..draft(Method::EqualPrincipal)
    };
    let dues: Vec<_> = schedule(loan).rows().iter().map(|row| row.due.to_string()).collect();
    assert_eq!(dues, ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30"]);
}

#[test]
fn parts_rounded_up_run_out_before_the_terms_do() {
    let tiny = LoanDraft {
        principal: yuan("0.06"),
        rate: Some(rate("0", RatePer::Year)),
        ..draft(Method::EqualPrincipal)
    };
    let parts: Vec<i64> = schedule(tiny).rows().iter().map(|row| row.principal.fen()).collect();
    assert_eq!(parts, [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
}

#[test]
fn interest_above_the_level_payment_repays_nothing() {
    // Four months before the first due: its interest by days exceeds the payment worked out from months.
    let late = LoanDraft {
        rate: Some(rate("0.36", RatePer::Year)),
        day_count: DayCount::Act360,
        first_due: day("2026-01-15"),
        terms: 24,
        ..draft(Method::EqualInstallment)
    };
    let found = amortise(&terms(late)).unwrap();
    assert_eq!(found.findings, [Finding::InterestAboveLevelPayment { term: 1 }]);
    assert_eq!(row(&found.schedule, 1), "0.00 3650.00 3650.00");
}

#[test]
fn fees_stand_in_their_rows_and_upfront_ones_in_none() {
    let loan = LoanDraft {
        fees: vec![
            fee(FeeAmount::OfPrincipal("0.0033335".parse().unwrap()), FeeWhen::EachTerm),
            fee(FeeAmount::Fixed(yuan("50")), FeeWhen::Final),
            fee(FeeAmount::OfPrincipal("0.1".parse().unwrap()), FeeWhen::Upfront),
        ],
        paid_out: Some(yuan("9900")),
        ..draft(Method::EqualInstallment)
    };
    let loan = terms(loan);
    let whole = amortise(&loan).unwrap().schedule;
    assert_eq!(loan.received(), yuan("8900.00"));
    assert_eq!(
        (whole.rows()[0].fees, whole.rows()[11].fees),
        (yuan("33.34"), yuan("83.34")),
        "33.335 half up"
    );
    assert_eq!(whole.totals().fees, yuan("450.08"));
}

#[test]
fn the_payment_tells_the_rate() {
    for (method, payment, value, per) in [
        (Method::EqualInstallment, "945.60", "0.24", RatePer::Year),
        (Method::EqualInstallment, "833.33", "0", RatePer::Year),
        (Method::FlatRate, "933.33", "0.01", RatePer::TermFlat),
        (Method::FlatRate, "833.33", "0", RatePer::TermFlat),
    ] {
        let principal = if payment == "833.33" { yuan("9999.96") } else { yuan("10000") };
        let loan = LoanDraft { principal, rate: None, payment: Some(yuan(payment)), ..draft(method) };
        let found = amortise(&terms(loan)).unwrap();
        let told = found.rate_found.unwrap();
        assert_eq!((told.rate, told.method), (rate(value, per), method), "{payment}");
        assert!(told.lowest <= told.rate.value() && told.rate.value() <= told.highest);
        assert!(found.schedule.rows()[..11].iter().all(|row| row.payment() == yuan(payment)), "{payment}");
    }
}

#[test]
fn the_known_payment_is_the_whole_debit() {
    let loan = LoanDraft {
        rate: None,
        payment: Some(yuan("1005.60")),
        fees: vec![fee(FeeAmount::Fixed(yuan("60")), FeeWhen::EachTerm)],
        ..draft(Method::EqualInstallment)
    };
    let found = amortise(&terms(loan)).unwrap();
    assert_eq!(found.rate_found.unwrap().rate, rate("0.24", RatePer::Year));
    assert_eq!(row(&found.schedule, 1), "745.60 200.00 1005.60");
}

#[test]
fn a_third_of_a_thousand_three_times_is_a_loan_without_interest() {
    for (method, terms_of) in [(Method::EqualInstallment, 3), (Method::FlatRate, 3), (Method::FlatRate, 7)] {
        let payment = yuan("1000").times(1, terms_of.into(), Rounding::HalfUp).unwrap();
        let with = |rate, payment| LoanDraft {
            principal: yuan("1000"),
            terms: terms_of,
            rate,
            payment,
            ..draft(method)
        };
        let stated = amortise(&terms(with(None, Some(payment)))).unwrap();
        let free = Rate::new(rust_decimal::Decimal::ZERO, RatePer::Year).unwrap();
        assert_eq!(stated.rate_found.unwrap().lowest, rust_decimal::Decimal::ZERO, "{method:?} × {terms_of}");
        assert_eq!(stated.schedule, amortise(&terms(with(Some(free), None))).unwrap().schedule);
    }
}

#[test]
fn a_payment_that_no_rate_explains_is_refused() {
    let with = |payment: &str| LoanDraft {
        rate: None,
        payment: Some(yuan(payment)),
        ..draft(Method::EqualInstallment)
    };
    assert_eq!(
        amortise(&terms(with("833.32"))),
        Err(AmortiseError::PaymentBelowPrincipal {
            payment: yuan("833.32"),
            terms: 12,
            principal: yuan("10000")
        })
    );
    assert_eq!(
        amortise(&terms(with("90000"))),
        Err(AmortiseError::PaymentTooLarge { payment: yuan("90000") })
    );
    let both = LoanDraft { payment: Some(yuan("950")), ..draft(Method::EqualInstallment) };
    assert_eq!(
        amortise(&terms(both)).unwrap().findings,
        [Finding::PaymentDiffersFromRate { stated: yuan("950"), computed: yuan("945.60") }]
    );
}

#[test]
fn typed_rows_are_taken_when_they_tie_out() {
    let typed = |due: &str, principal: &str| CustomRow {
        due: day(due),
        principal: yuan(principal),
        interest: yuan("10"),
        fees: Money::ZERO,
    };
    let with = |rows| LoanDraft { rate: None, rows, ..draft(Method::Custom) };
    let whole = schedule(with(vec![typed("2025-02-15", "4000"), typed("2025-03-20", "6000")]));
    assert_eq!(whole.totals().payment, yuan("10020"));
    assert!(matches!(
        amortise(&terms(with(vec![typed("2025-02-15", "4000")]))),
        Err(AmortiseError::Rows(ScheduleError::DoesNotTieOut { .. }))
    ));
    assert_eq!(
        amortise(&terms(with(vec![typed("2025-01-15", "10000")]))),
        Err(AmortiseError::RowBeforeDisbursement)
    );
}

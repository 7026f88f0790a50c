//! The lender's own figures name the lender's own way of counting.
#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod loans;

use ashore_domain::*;
use ashore_engine::*;
use loans::*;
use proptest::prelude::*;

fn printed(schedule: &Schedule) -> Vec<PrintedRow> {
    let row = |row: &Instalment| PrintedRow {
        due: row.due,
        payment: Some(row.payment()),
        principal: Some(row.principal),
        interest: Some(row.interest),
        fees: Some(row.fees),
        balance: None,
    };
    schedule.rows().iter().map(row).collect()
}

fn payments(amounts: &[&str]) -> Vec<PrintedRow> {
    let calendar = DueCalendar::new(day("2025-02-15"), None, Period::Month).unwrap();
    (1..)
        .zip(amounts)
        .map(|(k, amount)| PrintedRow {
            due: calendar.due(k),
            payment: Some(yuan(amount)),
            principal: None,
            interest: None,
            fees: None,
            balance: None,
        })
        .collect()
}

#[test]
fn every_method_is_recognised_without_being_named() {
    for (method, day_count) in [
        (Method::EqualInstallment, DayCount::Months),
        (Method::EqualPrincipal, DayCount::Months),
        (Method::FlatRate, DayCount::Months),
        (Method::InterestOnlyBullet, DayCount::Act360),
        (Method::EqualInstallment, DayCount::Act365),
    ] {
        let lender = schedule(LoanDraft { day_count, ..draft(method) });
        let found =
            identify_printed(&draft(Method::EqualInstallment), None, None, &printed(&lender)).unwrap();
        let best = &found.matches[0];
        assert!(best.is_exact() && found.exact >= 1, "{method:?}");
        assert_eq!((best.convention.method, best.convention.first_period), (method, FirstPeriod::AsOthers));
        if method != Method::FlatRate {
            assert_eq!(best.convention.day_count, day_count, "{method:?}");
        }
    }
}

#[test]
fn rounding_first_period_and_fees_are_told_apart() {
    // Cut off at the fen: 945.59, not 945.60.
    let cut = payments(&["945.59", "945.59", "945.59"]);
    let found = identify_printed(&draft(Method::EqualInstallment), None, None, &cut).unwrap();
    assert_eq!(found.matches[0].convention.rounding, Rounding::Floor);
    assert!(found.matches[0].is_exact());

    // 45 days to the first due at 24 % / 360, whole months after.
    let long = LoanDraft { disbursed_on: day("2025-01-01"), ..draft(Method::InterestOnlyBullet) };
    let found = identify_printed(&long, None, None, &payments(&["300.00", "200.00", "200.00"])).unwrap();
    assert!(found.matches[0].is_exact());
    assert_eq!(found.matches[0].convention.first_period, FirstPeriod::Days360);
    assert_eq!(found.matches[0].convention.day_count, DayCount::Months);

    let with_fee = LoanDraft {
        fees: vec![fee(FeeAmount::Fixed(yuan("10")), FeeWhen::EachTerm)],
        ..draft(Method::EqualInstallment)
    };
    for (first, second, placement) in [
        ("955.60", "955.60", FeePlacement::EachTerm),
        ("945.60", "945.60", FeePlacement::Apart),
        ("1065.60", "945.60", FeePlacement::FirstTerm),
    ] {
        let found = identify_printed(&with_fee, None, None, &payments(&[first, second])).unwrap();
        assert!(found.matches[0].is_exact(), "{placement:?}");
        assert_eq!(found.matches[0].convention.fees, placement);
    }
}

#[test]
fn without_an_exact_one_the_nearest_shows_where_it_differs() {
    let mut rows = printed(&schedule(draft(Method::EqualInstallment)));
    rows[4].interest = rows[4].interest.map(|m| m + Money::from_fen(3));
    let found =
        identify_printed(&draft(Method::EqualInstallment), Some(Method::EqualInstallment), None, &rows)
            .unwrap();
    assert_eq!(found.exact, 0);
    let [only] = &found.matches[0].differences[..] else { panic!("one figure was changed") };
    assert_eq!((only.term, only.field), (Some(5), "interest"));
    let three = Money::from_fen(3);
    assert!(
        matches!((only.ours, only.theirs), (Figure::Amount(ours), Figure::Amount(theirs)) if theirs - ours == three)
    );
    // A shifted due is a difference of its own.
    let mut rows = printed(&schedule(draft(Method::EqualInstallment)));
    rows[0].due = day("2025-02-17");
    let found = identify_printed(&draft(Method::EqualInstallment), None, None, &rows).unwrap();
    assert_eq!(found.matches[0].differences[0].theirs, Figure::Day(day("2025-02-17")));
}

#[test]
fn without_a_rate_the_payment_tells_it() {
    let known = LoanDraft { rate: None, payment: None, ..draft(Method::EqualInstallment) };
    let rows = printed(&schedule(draft(Method::EqualInstallment)));
    let found = identify_printed(&known, None, None, &rows).unwrap();
    assert!(found.matches[0].is_exact());
    assert_eq!(found.matches[0].convention.method, Method::EqualInstallment);
}

#[test]
fn nothing_to_go_by_is_said() {
    let bare = PrintedRow { payment: None, ..payments(&["1"])[0] };
    let of = |rows: &[PrintedRow]| {
        identify_printed(&draft(Method::EqualInstallment), None, None, rows).unwrap_err()
    };
    assert_eq!(of(&[]), IdentifyError::NothingPrinted);
    assert_eq!(of(&[bare]), IdentifyError::NothingPrinted);
    assert_eq!(of(&payments(&["1"; 13])), IdentifyError::TooManyRows);
    let nothing = LoanDraft { rate: None, ..draft(Method::EqualInstallment) };
    let interest_only = PrintedRow { interest: Some(yuan("1")), ..bare };
    assert_eq!(
        identify_printed(&nothing, None, None, &[interest_only]).unwrap_err(),
        IdentifyError::NothingToTry
    );
}

#[test]
fn a_claimed_balance_tells_the_penalty() {
    let penalty = Penalty {
        rate: PenaltyRate::MultipleOfContract("1.3".parse().unwrap()),
        base: PenaltyBase::OverduePrincipal,
        compound_on: CompoundOn::InTermInterest,
        day_count: PenaltyDayCount::Act365,
    };
    let lender = terms(LoanDraft { penalty: Some(penalty), ..draft(Method::EqualPrincipal) });
    let as_of = day("2025-07-20");
    let request = StatementRequest {
        terms: Some(&lender),
        opening: None,
        payments: &[],
        changes: &[],
        as_of,
        acceleration_on: None,
    };
    let owed = statement(&request).unwrap().outstanding;
    let buckets = Bucket::STATUTORY_ORDER.map(|bucket| (bucket, Some(owed.get(bucket))));
    let claimed = ClaimedBalance { as_of, buckets };
    let found = identify_claimed(&draft(Method::EqualInstallment), None, None, &[], &claimed).unwrap();
    assert_eq!(
        (found.matches[0].convention.method, found.matches[0].penalty),
        (Method::EqualPrincipal, Some(penalty))
    );
    assert!(found.matches[0].is_exact());
}

proptest! {
    /// The plain conventions count exactly as schedules do.
    #[test]
    fn a_schedule_of_ours_is_recognised(
        method in prop::sample::select(vec![Method::EqualInstallment, Method::EqualPrincipal, Method::FlatRate, Method::InterestOnlyBullet, Method::SinglePayment, Method::DailyAccrual]),
        day_count in prop::sample::select(vec![DayCount::Months, DayCount::Act360, DayCount::Act365]),
        fen in 1i64..1_000_000_000, basis_points in 0i64..5_000, count in 1u16..30, wait in 1u64..60,
    ) {
        let rate = Some(Rate::new(rust_decimal::Decimal::new(basis_points, 4), RatePer::Year).unwrap());
        let first_due = day("2025-01-15") + chrono::Days::new(wait);
        let loan = LoanDraft { principal: Money::from_fen(fen), rate, terms: count, first_due, day_count, ..draft(method) };
        let Ok(checked) = LoanTerms::new(loan.clone()) else { return Ok(()) };
        let ours = amortise(&checked).unwrap().schedule;
        let found = identify_printed(&loan, Some(method), Some(day_count), &printed(&ours)).unwrap();
        prop_assert!(found.matches[0].is_exact());
        prop_assert_eq!(found.matches[0].convention.rounding, Rounding::HalfUp);
    }
}

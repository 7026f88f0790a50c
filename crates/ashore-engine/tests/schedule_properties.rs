//! What holds for every schedule, and an oracle that shares nothing with the kernel but the contract.

#![allow(clippy::unwrap_used)] // helpers of tests are tests

mod loans;

use ashore_domain::*;
use loans::*;
use proptest::prelude::*;
use rust_decimal::{Decimal, RoundingStrategy};

fn any_loan() -> impl Strategy<Value = LoanDraft> {
    let methods = prop::sample::select(vec![
        Method::EqualInstallment,
        Method::EqualPrincipal,
        Method::InterestOnlyBullet,
        Method::SinglePayment,
        Method::FlatRate,
        Method::DailyAccrual,
    ]);
    let counts = prop::sample::select(vec![DayCount::Months, DayCount::Act360, DayCount::Act365]);
    let periods = prop_oneof![
        5 => Just(Period::Month),
        1 => Just(Period::Quarter),
        1 => Just(Period::Week),
        1 => Just(Period::Biweek),
        1 => (1u16..=60).prop_map(Period::Days),
    ];
    let days = (0u64..9_000, 1u64..80);
    (methods, counts, periods, 1i64..=10_000_000_000, 0i64..2_000_000, 1u16..=240, days).prop_map(
        |(method, count, period, fen, rate, terms, (start, wait))| {
            let disbursed_on = day("2000-01-01") + chrono::Days::new(start);
            let by_days = method == Method::DailyAccrual && count == DayCount::Months;
            LoanDraft {
                principal: Money::from_fen(fen),
                disbursed_on,
                first_due: disbursed_on + chrono::Days::new(wait),
                rate: Some(Rate::new(Decimal::new(rate, 6), RatePer::Year).unwrap()),
                day_count: if by_days { DayCount::Act365 } else { count },
                terms,
                period,
                ..draft(method)
            }
        },
    )
}

/// Interest of one period as an exact decimal times a divisor, so that nothing is rounded before the end.
fn half_up(value: Decimal, divisor: i64) -> Money {
    // Twice the fen, divided whole: no repeating decimal decides a half.
    let doubled = value * Decimal::TWO + Decimal::from(divisor);
    let whole =
        (doubled / Decimal::from(2 * divisor)).round_dp_with_strategy(9, RoundingStrategy::ToZero).floor();
    Money::from_fen(whole.to_string().parse().unwrap())
}

fn oracle_interest(loan: &LoanDraft, balance: Money, days: i64) -> Money {
    let annual = loan.rate.unwrap().value() * Decimal::from(balance.fen());
    let by_days = loan.day_count != DayCount::Months && loan.method != Method::FlatRate;
    let (times, divisor) = match (by_days, loan.period.months(), loan.period.days()) {
        (true, _, _) => (days, if loan.day_count == DayCount::Act360 { 360 } else { 365 }),
        (false, Some(months), _) => (i64::from(months), 12),
        (false, None, length) => (i64::from(length.unwrap()), 365),
    };
    half_up(annual * Decimal::from(times), divisor)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn rows_tie_out_and_agree_with_decimals(draft in any_loan()) {
        let Ok(terms) = LoanTerms::new(draft.clone()) else { return Ok(()) };
        let whole = ashore_engine::amortise(&terms).unwrap().schedule;
        let rows = whole.rows();
        prop_assert_eq!(rows.iter().map(|row| row.principal).sum::<Money>(), draft.principal);
        prop_assert_eq!(rows.last().unwrap().balance, Money::ZERO);
        if draft.method == Method::SinglePayment {
            prop_assert_eq!(rows.len(), 1);
            return Ok(());
        }
        let mut before = (draft.disbursed_on, draft.principal);
        for row in rows {
            let base = match draft.method {
                Method::EqualInstallment | Method::EqualPrincipal => before.1,
                _ => draft.principal,
            };
            let days = days_between(before.0, row.due);
            prop_assert_eq!(row.interest, oracle_interest(&draft, base, days), "term {}", row.term);
            before = (row.due, row.balance);
        }
        // Equal instalments: every payment is the level one unless interest alone is more, or the balance ends.
        if draft.method == Method::EqualInstallment && draft.day_count == DayCount::Months {
            let level = rows[0].payment();
            prop_assert!(rows[..rows.len() - 1].iter().all(|row| row.payment() == level || row.balance.is_zero()));
        }
    }

    #[test]
    fn a_found_rate_reproduces_its_payment(fen in 100i64..=1_000_000_000, percent in 0u32..=400, terms in 1u16..=120, flat: bool) {
        let method = if flat { Method::FlatRate } else { Method::EqualInstallment };
        let fen = Money::from_fen(fen);
        let payment = if flat {
            fen.times(1, i128::from(terms), Rounding::HalfUp).unwrap() + fen.times(i128::from(percent), 10_000, Rounding::HalfUp).unwrap()
        } else {
            ashore_engine::level_payment(fen, Ratio::new(i128::from(percent), 1200).unwrap(), terms).unwrap()
        };
        let loan = LoanDraft { principal: fen, terms, rate: None, payment: Some(payment), first_due: day("2025-02-15"), ..draft(method) };
        match ashore_engine::amortise(&self::terms(loan)) {
            Ok(found) => {
                let last = found.schedule.rows().len() - 1;
                let rows = found.schedule.rows();
                prop_assert!(rows[..last].iter().all(|row| row.payment() == payment || row.balance.is_zero()));
                prop_assert!(found.rate_found.is_some());
            }
            // A payment rounded down may fall a few fen short of the principal at rate zero.
            Err(why) => prop_assert!(percent == 0, "{why}"),
        }
    }
}

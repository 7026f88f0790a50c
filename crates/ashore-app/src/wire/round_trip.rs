//! Terms survive being written down.

use ashore_domain::*;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::LoanShape;

fn any_terms() -> impl Strategy<Value = Option<LoanTerms>> {
    let methods = prop::sample::select(vec![
        Method::EqualInstallment,
        Method::EqualPrincipal,
        Method::FlatRate,
        Method::DailyAccrual,
        Method::Custom,
    ]);
    let rates = prop::option::of((0i64..100_000_000, 0u32..4)).prop_map(|rate| {
        rate.and_then(|(value, per)| {
            let per = [RatePer::Year, RatePer::Month, RatePer::Day, RatePer::TermFlat][per as usize];
            Rate::new(Decimal::new(value, 10), per).ok()
        })
    });
    let counts = prop::sample::select(vec![DayCount::Months, DayCount::Act360, DayCount::Act365]);
    let periods = prop_oneof![
        Just(Period::Month),
        Just(Period::Quarter),
        Just(Period::Biweek),
        (1u16..90).prop_map(Period::Days)
    ];
    (methods, rates, counts, periods, any::<[bool; 4]>(), 1i64..1_000_000_000, 1u16..60).prop_map(
        |(method, rate, day_count, period, flags, fen, terms)| {
            let first_due = "2025-02-28".parse().unwrap();
            let fee = |amount, when| Fee {
                kind: FeeKind::GuaranteeFee,
                amount,
                when,
                counts_in_cost: flags[0],
                payee: flags[1].then(|| "担保公司".to_owned()),
                contract: None,
            };
            let row = CustomRow {
                due: first_due,
                principal: Money::from_fen(fen),
                interest: Money::from_fen(7),
                fees: Money::from_fen(i64::from(flags[2])),
            };
            let penalty = Penalty {
                rate: if flags[0] {
                    PenaltyRate::MultipleOfContract(Decimal::new(15, 1))
                } else {
                    PenaltyRate::Stated(Rate::new(Decimal::new(5, 4), RatePer::Day).unwrap())
                },
                base: if flags[1] { PenaltyBase::OverdueTotal } else { PenaltyBase::OverduePrincipal },
                compound_on: if flags[1] { CompoundOn::None } else { CompoundOn::InTermInterest },
                day_count: if flags[2] { PenaltyDayCount::Act360 } else { PenaltyDayCount::Act365 },
            };
            LoanTerms::new(LoanDraft {
                principal: Money::from_fen(fen),
                paid_out: flags[0].then(|| Money::from_fen(fen)),
                disbursed_on: "2025-01-31".parse().unwrap(),
                method,
                rate,
                payment: flags[1].then(|| Money::from_fen(fen)),
                day_count,
                terms,
                first_due,
                due_day: flags[2].then_some(if period.months().is_some() { 31 } else { 28 }),
                period,
                fees: vec![
                    fee(FeeAmount::OfPrincipal(Decimal::new(125, 5)), FeeWhen::EachTerm),
                    fee(FeeAmount::Fixed(Money::from_fen(3)), FeeWhen::Final),
                ],
                rows: if method == Method::Custom { vec![row] } else { Vec::new() },
                penalty: flags[3].then_some(penalty),
                late_fee: flags[0].then(|| Money::from_fen(500)),
                grace_days: 0,
                allocation_order: Vec::new(),
                lender_kind: LenderKind::MicroLoanCo,
                contract_date: flags[3].then_some(first_due),
            })
            .ok()
        },
    )
}

proptest! {
    #[test]
    fn written_terms_read_back_the_same(terms in any_terms()) {
        let Some(terms) = terms else { return Ok(()) };
        let written = serde_json::to_string(&LoanShape::from(&terms)).unwrap();
        let read: LoanShape = serde_json::from_str(&written).unwrap();
        prop_assert_eq!(read.read("").unwrap(), terms);
    }
}

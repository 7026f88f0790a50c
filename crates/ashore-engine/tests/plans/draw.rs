//! Requests drawn at random, of a size and a tightness where every objective has something to decide.

use super::*;
use proptest::prelude::*;

/// Up to `PROPTEST_CASES` requests where that is set, else as many as a usual run takes.
pub(crate) fn cases(usual: u32) -> ProptestConfig {
    let set = std::env::var_os("PROPTEST_CASES").is_some();
    let config = ProptestConfig { max_shrink_iters: 100, ..ProptestConfig::default() };
    if set { config } else { ProptestConfig { cases: usual, ..config } }
}

/// One debt and everything that might be asked about it.
pub(crate) fn a_debt_of_any_kind(horizon: i32) -> impl Strategy<Value = PlanDebt> {
    let months = horizon as u16;
    let fen = prop_oneof![1 => 1i64..3_000, 6 => 50_000i64..5_000_000];
    let terms = prop_oneof![1 => 0u16..3, 4 => 1..months + 3];
    let grace = prop_oneof![3 => 0u16..3, 2 => 0..months + 1];
    let percent = prop::sample::select(vec![0i64, 0, 0, 365, 1_200, 1_550, 2_400, 6_000]);
    let least = prop_oneof![3 => Just(0i64), 1 => 1i64..60];
    let parts = (0i64..20, 0i64..20, prop::sample::select(vec![0i64, 0, 50, 100]));
    let offer = prop::option::weighted(0.4, (40i64..110, -1..horizon + 2));
    let kept = prop::option::weighted(0.4, (60i64..140, 1..=horizon, 0i32..4));
    (fen, terms, grace, percent, least, parts, offer, kept).prop_map(
        move |(fen, terms, grace, percent, least, (interest, penalty, waived), offer, kept)| {
            let mut debt = debt("d", fen, terms, grace);
            debt.owed.interest = Money::from_fen(fen * interest / 100);
            debt.owed.penalty = Money::from_fen(fen * penalty / 100);
            if waived > 0 {
                debt.waivable = vec![(Bucket::Penalty, Decimal::new(waived, 2))];
            }
            debt.rate_after = Decimal::new(percent, 4);
            debt.installment_min = Money::from_fen(fen * least / 100);
            debt.settlement = offer.map(|(part, until)| Settlement {
                amount: Money::from_fen(fen * part / 100),
                until: month(until),
            });
            if let Some((part, count, first)) = kept {
                let each = fen * part / 100 / i64::from(count);
                debt.contract_payments = (0..count)
                    .map(|k| (month(first + k), Money::from_fen(each + i64::from(k % 3))))
                    .collect();
            }
            debt
        },
    )
}

/// As many debts and months, with between a third and three times the money that all debts together need.
pub(crate) fn a_tight_request(
    debts: impl Strategy<Value = usize>,
    horizon: impl Strategy<Value = i32>,
) -> impl Strategy<Value = PlanRequest> {
    (debts, horizon).prop_flat_map(|(debts, horizon)| {
        let shape = prop::collection::vec(3i64..18, horizon as usize);
        let all = prop::collection::vec(a_debt_of_any_kind(horizon), debts);
        let tight = prop::sample::select(vec![3i64, 7, 9, 10, 11, 13, 16, 30]);
        (shape, all, tight, 0i64..30).prop_map(move |(shape, mut all, tight, cash)| {
            all.iter_mut().enumerate().for_each(|(k, debt)| debt.id = k.to_string());
            let owed: i64 = all.iter().map(balance).sum();
            let monthly = owed * tight / 10 / i64::from(horizon);
            let capacity: Vec<i64> = shape.iter().map(|part| monthly * part / 10).collect();
            let mut asked = request(&capacity, all, Objective::Soonest);
            asked.cash_now = Money::from_fen(owed * cash / 200);
            asked
        })
    })
}

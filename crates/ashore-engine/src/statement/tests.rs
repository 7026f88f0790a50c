use ashore_domain::{
    Bucket, Buckets, CompoundOn, CustomRow, DayCount, LoanDraft, LoanTerms, Method, Money, Penalty,
    PenaltyBase, PenaltyDayCount, PenaltyRate, Period, Rate, RatePer, StatedBalance,
};
use chrono::NaiveDate;
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::due::dues_between;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn yuan(text: &str) -> Money {
    text.parse().unwrap()
}

fn pay(on: &str, amount: &str) -> DatedPayment {
    DatedPayment { on: day(on), amount: yuan(amount) }
}

fn row(due: &str, principal: &str, interest: &str, fees: &str) -> CustomRow {
    CustomRow { due: day(due), principal: yuan(principal), interest: yuan(interest), fees: yuan(fees) }
}

/// 3,000 in three terms from 10 January 2025, penalty 0.1 % a day on overdue principal.
fn draft() -> LoanDraft {
    LoanDraft {
        principal: yuan("3000"),
        paid_out: None,
        disbursed_on: day("2025-01-10"),
        method: Method::Custom,
        rate: None,
        payment: None,
        day_count: DayCount::Months,
        terms: 3,
        first_due: day("2025-02-10"),
        due_day: None,
        period: Period::Month,
        fees: Vec::new(),
        rows: vec![
            row("2025-02-10", "1000", "60", "5"),
            row("2025-03-10", "1000", "40", "5"),
            row("2025-04-10", "1000", "20", "5"),
        ],
        penalty: Some(Penalty {
            rate: PenaltyRate::Stated(Rate::new(Decimal::new(1, 3), RatePer::Day).unwrap()),
            base: PenaltyBase::OverduePrincipal,
            compound_on: CompoundOn::None,
            day_count: PenaltyDayCount::Act360,
        }),
        late_fee: None,
        grace_days: 0,
        allocation_order: Vec::new(),
        lender_kind: Default::default(),
        contract_date: None,
    }
}

fn terms(change: impl FnOnce(&mut LoanDraft)) -> LoanTerms {
    let mut draft = draft();
    change(&mut draft);
    LoanTerms::new(draft).unwrap()
}

fn request<'a>(terms: &'a LoanTerms, payments: &'a [DatedPayment], as_of: &str) -> StatementRequest<'a> {
    StatementRequest {
        terms: Some(terms),
        opening: None,
        payments,
        changes: &[],
        as_of: day(as_of),
        acceleration_on: None,
    }
}

fn parts(statement: &Statement) -> Vec<(String, u16, Bucket, String)> {
    let part = |a: &Allocation| (a.date.to_string(), a.term, a.bucket, a.amount.to_string());
    statement.allocations.iter().map(part).collect()
}

#[test]
fn nothing_is_late_on_the_due_itself() {
    let loan = terms(|_| {});
    let on_due = statement(&request(&loan, &[], "2025-02-10")).unwrap();
    assert_eq!(on_due.overdue.stage, Stage::M0);
    assert_eq!(on_due.outstanding.interest, yuan("60"));
    assert_eq!(on_due.next_due.map(|next| (next.term, next.amount)), Some((1, yuan("1065"))));
    let after = statement(&request(&loan, &[], "2025-02-11")).unwrap();
    assert_eq!((after.overdue.days, after.overdue.since), (1, Some(day("2025-02-10"))));
    assert_eq!(after.outstanding.penalty, yuan("1"));
    assert_eq!(after.overdue.total, yuan("1066"));
    assert_eq!(after.next_due.map(|next| next.term), Some(2));
}

#[test]
fn interest_of_the_running_period_is_shown_beside_the_debt() {
    let loan = terms(|_| {});
    let payments = [pay("2025-02-10", "1065")];
    let shown = statement(&request(&loan, &payments, "2025-02-24")).unwrap();
    assert_eq!(shown.accrued_not_due, yuan("20"), "40 over 28 days, 14 of them gone");
    assert_eq!(shown.outstanding.total(), yuan("2000"));
}

#[test]
fn early_money_waits_for_the_next_due() {
    let loan = terms(|_| {});
    let payments = [pay("2025-01-20", "1200")];
    let before = statement(&request(&loan, &payments, "2025-02-09")).unwrap();
    assert_eq!((before.credit, before.allocations.len()), (yuan("1200"), 0));
    assert_eq!(before.next_due.map(|next| (next.term, next.amount)), Some((2, yuan("910"))));
    let after = statement(&request(&loan, &payments, "2025-03-10")).unwrap();
    let dates: Vec<_> = after.allocations.iter().map(|a| (a.date, a.term)).collect();
    assert_eq!(dates[0], (day("2025-02-10"), 1));
    assert_eq!(*dates.last().unwrap(), (day("2025-03-10"), 2));
    assert_eq!(after.credit, Money::ZERO);
}

#[test]
fn a_late_fee_comes_once_on_the_day_after() {
    let loan = terms(|d| {
        d.late_fee = Some(yuan("30"));
        d.penalty = None;
    });
    let on_time = [pay("2025-02-10", "1065")];
    assert_eq!(statement(&request(&loan, &on_time, "2025-03-01")).unwrap().outstanding.late_fee, Money::ZERO);
    let late = [pay("2025-02-11", "1065")];
    let shown = statement(&request(&loan, &late, "2025-03-01")).unwrap();
    assert_eq!(shown.outstanding.principal, yuan("2030"), "the fee came before the principal");
    assert_eq!(shown.overdue.principal, yuan("30"));
    assert_eq!(statement(&request(&loan, &[], "2025-02-10")).unwrap().outstanding.late_fee, Money::ZERO);
    assert_eq!(statement(&request(&loan, &[], "2025-04-10")).unwrap().outstanding.late_fee, yuan("60"));
}

#[test]
fn penalty_and_compound_run_on_what_is_unpaid() {
    let loan = terms(|d| {
        d.penalty = d.penalty.map(|p| Penalty { compound_on: CompoundOn::InTermInterest, ..p });
    });
    let payments = [pay("2025-02-20", "60"), pay("2025-03-02", "15.60")];
    let shown = statement(&request(&loan, &payments, "2025-03-09")).unwrap();
    // Ten days on 1,000 and on 60; the payment covers the interest. Ten more on 1,000; then 0.60 compound, 15 penalty.
    assert_eq!(
        parts(&shown),
        [
            ("2025-02-20".to_owned(), 1, Bucket::Interest, "60.00".to_owned()),
            ("2025-03-02".to_owned(), 1, Bucket::Compound, "0.60".to_owned()),
            ("2025-03-02".to_owned(), 1, Bucket::Penalty, "15.00".to_owned()),
        ]
    );
    assert_eq!(shown.outstanding.penalty, yuan("12"), "27 days less what was paid");
}

#[test]
fn overdue_total_takes_interest_and_fees_into_the_base() {
    let loan = terms(|d| d.penalty = d.penalty.map(|p| Penalty { base: PenaltyBase::OverdueTotal, ..p }));
    let shown = statement(&request(&loan, &[], "2025-02-20")).unwrap();
    assert_eq!(shown.outstanding.penalty, yuan("10.65"));
}

#[test]
fn acceleration_makes_one_term_of_all_later_rows() {
    let loan = terms(|_| {});
    let mut asked = request(&loan, &[], "2025-03-12");
    asked.acceleration_on = Some(day("2025-02-24"));
    let shown = statement(&asked).unwrap();
    let last = shown.terms.last().unwrap();
    assert_eq!((shown.terms.len(), last.term, last.due), (2, 2, day("2025-02-24")));
    assert_eq!(last.unpaid.principal, yuan("2000"));
    assert_eq!(last.unpaid.interest, yuan("20"), "14 of 28 days");
    assert_eq!(last.unpaid.penalty, yuan("32"), "16 days on 2,000");
    assert_eq!((shown.accrued_not_due, shown.next_due), (Money::ZERO, None));
    asked.acceleration_on = Some(day("2025-03-13"));
    assert_eq!(statement(&asked).unwrap().terms.len(), 3, "not yet");
    asked.as_of = day("2025-06-01");
    asked.acceleration_on = Some(day("2025-05-01"));
    assert_eq!(statement(&asked).unwrap().findings, [StatementFinding::NothingToAccelerate]);
}

#[test]
fn a_stated_balance_stands_for_the_past() {
    let loan = terms(|_| {});
    let payments = [pay("2025-02-01", "1"), pay("2025-03-20", "100")];
    let mut asked = request(&loan, &payments, "2025-03-30");
    let buckets =
        Buckets { principal: yuan("800"), interest: yuan("30"), penalty: yuan("7"), ..Buckets::default() };
    let oldest_unpaid_due = Some(day("2025-02-10"));
    asked.opening = Some(StatedBalance { as_of: day("2025-03-10"), buckets, oldest_unpaid_due });
    let shown = statement(&asked).unwrap();
    assert_eq!(shown.findings, [StatementFinding::PaymentBeforeOpening { index: 0 }]);
    assert_eq!(shown.overdue.since, oldest_unpaid_due);
    let stated = &shown.terms[0];
    // Ten days on 800 until the payment: 30 interest, 15 penalty, 55 principal; ten more days on 745.
    assert_eq!((stated.term, stated.paid.penalty, stated.paid.principal), (0, yuan("15"), yuan("55")));
    assert_eq!(stated.unpaid.penalty, yuan("7.45"));
    assert_eq!(shown.terms[1].term, 2, "the row due on the day itself is still to come");
    assert_eq!(shown.outstanding.principal, yuan("2745"));
}

#[test]
fn a_stated_balance_alone_bears_nothing() {
    let buckets = Buckets { principal: yuan("500"), fees: yuan("20"), ..Buckets::default() };
    let stated = StatedBalance { as_of: day("2025-03-10"), buckets, oldest_unpaid_due: None };
    let payments = [pay("2025-04-01", "600")];
    let asked = StatementRequest {
        terms: None,
        opening: Some(stated),
        payments: &payments,
        changes: &[],
        as_of: day("2025-05-01"),
        acceleration_on: None,
    };
    let shown = statement(&asked).unwrap();
    assert_eq!((shown.outstanding.total(), shown.credit), (Money::ZERO, yuan("80")));
    assert_eq!(shown.findings, [StatementFinding::PaymentsExceedDebt { amount: yuan("80") }]);
    assert_eq!(statement(&StatementRequest { opening: None, ..asked }), Err(StatementError::NothingKnown));
}

#[test]
fn a_waiver_reaches_what_is_due_and_all_principal() {
    let loan = terms(|_| {});
    let changes = [Change::Waive {
        on: day("2025-02-20"),
        amounts: vec![
            (Bucket::Penalty, yuan("10")),
            (Bucket::Interest, yuan("70")),
            (Bucket::Principal, yuan("1500")),
        ],
    }];
    let mut asked = request(&loan, &[], "2025-03-01");
    asked.changes = &changes;
    let shown = statement(&asked).unwrap();
    assert_eq!(shown.outstanding.total(), yuan("1505"), "500 of term 2, 1,000 of term 3, 5 of fees");
    assert_eq!(
        shown.findings,
        [StatementFinding::WaiverExceedsDebt { index: 0, bucket: Bucket::Interest, amount: yuan("10") }]
    );
    assert_eq!(shown.terms[1].payable.principal, yuan("500"));
}

#[test]
fn an_agreed_schedule_takes_the_place_of_unpaid_rows() {
    let loan = terms(|_| {});
    let payments = [pay("2025-02-10", "1065"), pay("2025-05-10", "500")];
    let rows = vec![row("2025-05-10", "500", "0", "0"), row("2025-06-10", "1500", "0", "0")];
    let changes = [Change::Reschedule { on: day("2025-03-20"), rows }];
    let mut asked = request(&loan, &payments, "2025-05-20");
    asked.changes = &changes;
    let shown = statement(&asked).unwrap();
    assert_eq!(shown.overdue.stage, Stage::M0);
    assert_eq!(shown.outstanding.total(), yuan("1500"));
    assert!(shown.findings.is_empty(), "{:?}", shown.findings);
    let listed: Vec<_> = shown.terms.iter().map(|t| (t.schedule, t.term, t.unpaid.total())).collect();
    let none = Money::ZERO;
    assert_eq!(listed, [(0, 1, none), (0, 2, none), (1, 1, none), (1, 2, yuan("1500"))]);
    let before = statement(&StatementRequest { as_of: day("2025-03-19"), ..asked.clone() }).unwrap();
    assert_eq!(before.overdue.days, 9, "until the agreement the old rows hold");
    let dues = dues_between(&asked, day("2025-05-01"), day("2025-07-01")).unwrap();
    assert_eq!(
        dues.iter().map(|d| (d.schedule, d.term, d.amount)).collect::<Vec<_>>(),
        [(1, 2, yuan("1500"))]
    );
}

#[test]
fn a_schedule_for_another_sum_is_named() {
    let loan = terms(|_| {});
    let changes =
        [Change::Reschedule { on: day("2025-02-20"), rows: vec![row("2025-03-20", "2000", "0", "0")] }];
    let mut asked = request(&loan, &[], "2025-03-01");
    asked.changes = &changes;
    assert_eq!(
        statement(&asked).unwrap().findings,
        [StatementFinding::RescheduleChangesPrincipal { index: 0, unpaid: yuan("3000"), rows: yuan("2000") }]
    );
}

#[test]
fn bad_requests_are_refused_by_name() {
    let loan = terms(|_| {});
    let refused = |change: &dyn Fn(&mut StatementRequest<'_>)| {
        let mut asked = request(&loan, &[], "2025-03-01");
        change(&mut asked);
        statement(&asked).unwrap_err()
    };
    let begins = day("2025-01-10");
    assert_eq!(refused(&|r| r.as_of = day("2025-01-09")), StatementError::AsOfTooEarly { begins });
    assert_eq!(
        refused(&|r| r.acceleration_on = Some(day("2025-01-09"))),
        StatementError::AccelerationTooEarly { begins }
    );
    assert_eq!(
        refused(&|r| r.payments = &[DatedPayment { on: NaiveDate::MIN, amount: Money::ZERO }]),
        StatementError::PaymentNotPositive { index: 0 }
    );
    let no_rows = [Change::Reschedule { on: day("2025-02-01"), rows: Vec::new() }];
    let mut asked = request(&loan, &[], "2025-03-01");
    asked.changes = &no_rows;
    assert_eq!(statement(&asked), Err(StatementError::NewRows { index: 0 }));
    let early = [pay("2025-01-01", "5")];
    assert_eq!(
        statement(&request(&loan, &early, "2025-03-01")).unwrap().findings,
        [StatementFinding::PaymentBeforeDisbursement { index: 0 }]
    );
}

fn any_payments() -> impl Strategy<Value = Vec<(u16, u32)>> {
    prop::collection::vec((0_u16..500, 1_u32..200_000), 0..25)
}

fn at(days: u16) -> NaiveDate {
    day("2025-01-05") + chrono::Days::new(u64::from(days))
}

#[test]
fn within_the_contracts_grace_a_payment_is_in_time() {
    let loan = terms(|draft| {
        draft.grace_days = 3;
        draft.late_fee = Some(yuan("30"));
    });
    let within = statement(&request(&loan, &[], "2025-02-13")).unwrap();
    assert_eq!(within.overdue.days, 3, "the days since the due are counted all the same");
    assert_eq!(within.outstanding.total(), yuan("3065"), "neither penalty nor late fee");
    assert_eq!(within.terms[0].grace_until, Some(day("2025-02-13")));
    let payments = [pay("2025-02-13", "1065")];
    let kept = statement(&request(&loan, &payments, "2025-03-09")).unwrap();
    assert_eq!((kept.outstanding.total(), kept.credit), (yuan("2000"), Money::ZERO));
}

#[test]
fn once_the_grace_is_over_the_penalty_counts_from_the_due() {
    let loan = terms(|draft| {
        draft.grace_days = 3;
        draft.late_fee = Some(yuan("30"));
    });
    let over = statement(&request(&loan, &[], "2025-02-14")).unwrap();
    assert_eq!((over.outstanding.penalty, over.outstanding.late_fee), (yuan("4"), yuan("30")));
    // Half the principal within the grace: two days on 1,000, then 500 until the 14th.
    let payments = [pay("2025-02-12", "565")];
    let part = statement(&request(&loan, &payments, "2025-02-14")).unwrap();
    assert_eq!(part.outstanding.principal, yuan("2500"));
    assert_eq!(part.outstanding.penalty, yuan("3"));
    let (same, explained) =
        crate::explain::explain_statement(&request(&loan, &payments, "2025-02-14")).unwrap();
    assert_eq!(same, part);
    assert!(explained.iter().any(|figure| figure.path == "outstanding.penalty"));
    assert!(terms_refused(|draft| draft.grace_days = 91));
}

fn terms_refused(change: impl FnOnce(&mut LoanDraft)) -> bool {
    let mut draft = draft();
    change(&mut draft);
    LoanTerms::new(draft).is_err()
}

#[test]
fn grace_belongs_to_the_contracts_dues_alone() {
    let loan = terms(|draft| draft.grace_days = 5);
    let mut asked = request(&loan, &[], "2025-03-12");
    asked.acceleration_on = Some(day("2025-03-11"));
    let accelerated = statement(&asked).unwrap();
    let called = accelerated.terms.iter().find(|term| term.due == day("2025-03-11")).unwrap();
    assert_eq!(called.grace_until, None);
    assert_eq!(called.unpaid.penalty, yuan("1"));
    let changes =
        [Change::Reschedule { on: day("2025-02-12"), rows: vec![row("2025-02-20", "3000", "0", "0")] }];
    let agreed = StatementRequest { changes: &changes, ..request(&loan, &[], "2025-02-21") };
    let agreed = statement(&agreed).unwrap();
    assert_eq!(agreed.outstanding.penalty, yuan("3"), "an agreement that names no grace gives none");
}

/// Entries as they happened, and as they came to be known.
fn shuffled<T: Clone + std::fmt::Debug>(entries: Vec<T>) -> impl Strategy<Value = (Vec<T>, Vec<T>)> {
    (Just(entries.clone()), Just(entries).prop_shuffle())
}

proptest! {
    #[test]
    fn no_fen_is_lost_and_no_bucket_negative(paid in any_payments(), as_of in 10_u16..600, base in any::<bool>(), accelerate in prop::option::of(10_u16..200)) {
        let loan = terms(|d| {
            d.late_fee = Some(yuan("12.34"));
            d.penalty = d.penalty.map(|p| Penalty {
                base: if base { PenaltyBase::OverdueTotal } else { PenaltyBase::OverduePrincipal },
                compound_on: if base { CompoundOn::None } else { CompoundOn::InTermInterest },
                ..p
            });
        });
        let payments: Vec<_> = paid
            .iter()
            .map(|(on, fen)| DatedPayment { on: at(*on), amount: Money::from_fen(i64::from(*fen)) })
            .collect();
        let mut asked = request(&loan, &payments, "2025-01-10");
        asked.as_of = at(as_of);
        asked.acceleration_on = accelerate.map(at);
        let shown = statement(&asked).unwrap();
        let counted: Money = payments.iter().filter(|p| p.on <= asked.as_of).map(|p| p.amount).sum();
        let allocated: Money = shown.allocations.iter().map(|a| a.amount).sum();
        prop_assert_eq!(allocated + shown.credit, counted);
        prop_assert!(!shown.credit.is_negative());
        for term in &shown.terms {
            for bucket in Bucket::STATUTORY_ORDER {
                prop_assert!(!term.unpaid.get(bucket).is_negative());
                prop_assert_eq!(term.payable.get(bucket), term.paid.get(bucket) + term.unpaid.get(bucket));
            }
        }
        let unpaid: Money = shown.terms.iter().map(|t| t.unpaid.principal).sum();
        prop_assert_eq!(unpaid, shown.outstanding.principal);
        let paid_principal: Money = shown.terms.iter().map(|t| t.paid.principal).sum();
        prop_assert_eq!(unpaid + paid_principal, yuan("3000"));
    }

    #[test]
    fn arrival_order_plays_no_part(
        (paid, came) in (prop::collection::vec((12_u16..90, 1_u32..90_000), 0..12)).prop_flat_map(shuffled),
        (waived, told) in (prop::collection::vec((12_u16..90, 0_usize..4, 1_u32..9_000), 0..6)).prop_flat_map(shuffled),
        agreed in prop::option::of(12_u16..120),
        as_of in 10_u16..200,
    ) {
        let loan = terms(|d| d.late_fee = Some(yuan("12.34")));
        let new = agreed.map(|on| {
            let rows = [7_u16, 40, 95].map(|later| CustomRow { due: at(on + later), ..row("2025-02-10", "1000", "9", "0") });
            Change::Reschedule { on: at(on), rows: rows.to_vec() }
        });
        let seen = |paid: &[(u16, u32)], waived: &[(u16, usize, u32)]| {
            let payments: Vec<_> = paid.iter().map(|(on, fen)| DatedPayment { on: at(*on), amount: Money::from_fen(i64::from(*fen)) }).collect();
            let buckets = [Bucket::Interest, Bucket::Penalty, Bucket::LateFee, Bucket::Principal];
            let waive = |(on, bucket, fen): &(u16, usize, u32)| {
                Change::Waive { on: at(*on), amounts: vec![(buckets[*bucket], Money::from_fen(i64::from(*fen)))] }
            };
            let changes: Vec<_> = waived.iter().map(waive).chain(new.clone()).collect();
            let mut shown = statement(&StatementRequest { changes: &changes, as_of: at(as_of), ..request(&loan, &payments, "2025-01-10") }).unwrap();
            // Entries of one day share what it pays; which of them reached which bucket is theirs.
            let mut allocated = std::collections::BTreeMap::new();
            for part in std::mem::take(&mut shown.allocations) {
                *allocated.entry((part.date, part.schedule, part.term, part.bucket)).or_insert(Money::ZERO) += part.amount;
            }
            shown.findings.clear();
            (shown, allocated)
        };
        prop_assert_eq!(seen(&paid, &waived), seen(&came, &told));
    }

    #[test]
    fn a_back_dated_payment_changes_nothing_before_it(paid in any_payments(), late in (12_u16..600, 1_u32..200_000), as_of in 10_u16..599) {
        let late = (late.0.max(as_of + 1), late.1);
        let loan = terms(|_| {});
        let dated = |(on, fen): &(u16, u32)| DatedPayment { on: at(*on), amount: Money::from_fen(i64::from(*fen)) };
        let mut payments: Vec<_> = paid.iter().map(dated).collect();
        let mut asked = request(&loan, &[], "2025-01-10");
        asked.as_of = at(as_of);
        let before = statement(&StatementRequest { payments: &payments, ..asked.clone() }).unwrap();
        payments.push(dated(&late));
        let after = statement(&StatementRequest { payments: &payments, ..asked }).unwrap();
        prop_assert_eq!(before.allocations, after.allocations);
        prop_assert_eq!(before.outstanding, after.outstanding);
    }
}

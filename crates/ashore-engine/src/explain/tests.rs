//! Every figure of random answers replays, from the text of its steps, to the value shown.

use ashore_domain::*;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::rules::{
    CapLimit, CapRole, Confidence, CostCap, EvidenceGrade, LprDay, LprQuote, LprTable, Rule, RuleParts,
    RuleSet, Span,
};
use crate::{
    CapRequest, Change, DatedPayment, StatementRequest, amortise, cap_report, cost_periodic, monthly_capacity,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn after(days: u16) -> NaiveDate {
    day("2025-01-15") + Days::new(u64::from(days))
}

fn replayed(explained: &[Explanation]) -> Result<(), TestCaseError> {
    for explanation in explained {
        let replay = explanation.replay();
        prop_assert!(replay.is_ok(), "{}: {replay:?}\n{explanation:#?}", explanation.path);
    }
    Ok(())
}

prop_compose! {
    fn loans()(
        fen in 1_i64..5_000_000,
        method in 0_usize..7,
        per in 0_usize..4,
        value in 0_i64..4_000,
        days in 0_usize..3,
        terms in 1_u16..30,
        period in 0_usize..4,
        first in 3_u64..80,
        fees in prop::collection::vec((0_i64..900, 0_usize..3, any::<bool>()), 0..3),
        late in prop::option::of((any::<bool>(), any::<bool>(), 0_i64..3_000)),
        cuts in prop::collection::vec(0_i64..100, 1..5),
    ) -> Option<LoanTerms> {
        let methods = [
            Method::EqualInstallment, Method::EqualPrincipal, Method::InterestOnlyBullet, Method::SinglePayment,
            Method::FlatRate, Method::DailyAccrual, Method::Custom,
        ];
        let (pers, scales) =
            ([RatePer::Year, RatePer::Month, RatePer::Day, RatePer::TermFlat], [4_u32, 5, 7, 5]);
        let principal = Money::from_fen(fen);
        let parts: Vec<Money> = principal.split_by(&cuts.iter().map(|c| Money::from_fen(*c + 1)).collect::<Vec<_>>());
        let custom = methods[method] == Method::Custom;
        let rows = parts.iter().enumerate().map(|(k, part)| CustomRow {
            due: day("2025-02-20") + Days::new(31 * k as u64),
            principal: *part,
            interest: Money::from_fen(value),
            fees: Money::from_fen(7),
        });
        LoanTerms::new(LoanDraft {
            principal,
            paid_out: None,
            disbursed_on: day("2025-01-15"),
            method: methods[method],
            rate: Some(Rate::new(Decimal::new(value, scales[per]), pers[per]).unwrap()),
            payment: None,
            day_count: [DayCount::Months, DayCount::Act360, DayCount::Act365][days],
            terms,
            first_due: day("2025-01-15") + Days::new(first),
            due_day: None,
            period: [Period::Month, Period::Quarter, Period::Week, Period::Days(10)][period],
            fees: fees.iter().map(|(amount, when, counts)| Fee {
                kind: FeeKind::ServiceFee,
                amount: FeeAmount::Fixed(Money::from_fen(*amount)),
                when: [FeeWhen::Upfront, FeeWhen::EachTerm, FeeWhen::Final][*when],
                counts_in_cost: *counts,
                payee: None,
                contract: None,
            }).collect(),
            rows: if custom { rows.collect() } else { Vec::new() },
            penalty: late.map(|(total, compound, _)| Penalty {
                rate: PenaltyRate::Stated(Rate::new(Decimal::new(7, 4), RatePer::Day).unwrap()),
                base: if total { PenaltyBase::OverdueTotal } else { PenaltyBase::OverduePrincipal },
                compound_on: if compound && !total { CompoundOn::InTermInterest } else { CompoundOn::None },
                day_count: PenaltyDayCount::Act360,
            }),
            late_fee: late.map(|(.., fee)| Money::from_fen(fee)),
            grace_days: 0,
            allocation_order: Vec::new(),
            lender_kind: LenderKind::Unknown,
            contract_date: None,
        })
        .ok()
    }
}

proptest! {
    #[test]
    fn every_figure_of_a_schedule_replays(loan in loans()) {
        let Some(loan) = loan else { return Ok(()) };
        let amortised = amortise(&loan).unwrap();
        let explained = explain_schedule(&loan, &amortised);
        replayed(&explained)?;
        prop_assert!(explained.len() > amortised.schedule.rows().len() * 5 + 5);
        for (index, row) in amortised.schedule.rows().iter().enumerate() {
            let path = format!("rows[{index}].interest");
            let shown = explained.iter().find(|e| e.path == path).map(|e| e.value.clone());
            prop_assert_eq!(shown, Some(row.interest.to_string()));
        }
    }

    #[test]
    fn every_figure_of_a_statement_replays(
        loan in loans(),
        paid in prop::collection::vec((0_u16..700, 1_i64..900_000), 0..12),
        as_of in 0_u16..900,
        accelerate in prop::option::of(0_u16..300),
        waive in prop::option::of((0_u16..700, 0_i64..90_000)),
        renew in prop::option::of(0_u16..700),
        opened in prop::option::of(0_u16..100),
    ) {
        let Some(loan) = loan else { return Ok(()) };
        let payments: Vec<_> =
            paid.iter().map(|(on, fen)| DatedPayment { on: after(*on), amount: Money::from_fen(*fen) }).collect();
        let mut changes = Vec::new();
        changes.extend(waive.map(|(on, fen)| Change::Waive {
            on: after(on),
            amounts: vec![(Bucket::Principal, Money::from_fen(fen)), (Bucket::Penalty, Money::from_fen(fen / 9))],
        }));
        changes.extend(renew.map(|on| Change::Reschedule {
            on: after(on),
            rows: vec![CustomRow {
                due: after(on + 20),
                principal: Money::from_fen(77_777),
                interest: Money::from_fen(333),
                fees: Money::ZERO,
            }],
        }));
        let opening = opened.map(|on| StatedBalance {
            as_of: after(on),
            buckets: Buckets {
                principal: Money::from_fen(12_345),
                penalty: Money::from_fen(99),
                ..Buckets::default()
            },
            oldest_unpaid_due: Some(after(on / 2)),
        });
        let request = StatementRequest {
            terms: Some(&loan),
            opening,
            payments: &payments,
            changes: &changes,
            as_of: after(as_of),
            acceleration_on: accelerate.map(after),
        };
        let Ok((statement, explained)) = explain_statement(&request) else { return Ok(()) };
        prop_assert_eq!(crate::statement(&request).unwrap(), statement.clone());
        replayed(&explained)?;
        let figures = 12 + 4 * statement.terms.len() + statement.allocations.len()
            + usize::from(statement.next_due.is_some());
        use crate::StatementFinding as F;
        let named = |finding: &&F| matches!(finding, F::PaymentsExceedDebt { .. } | F::WaiverExceedsDebt { .. });
        let named = statement.findings.iter().filter(named).count();
        prop_assert_eq!(explained.len(), figures + named);
    }

    #[test]
    fn every_figure_of_a_cost_replays(flows in prop::collection::vec(-90_000_i64..90_000, 2..20), period in 0_usize..3) {
        let period = [Period::Month, Period::Week, Period::Days(10)][period];
        let flows: Vec<Money> = flows.into_iter().map(Money::from_fen).collect();
        let cost = cost_periodic(&flows, period);
        let timed: Vec<_> = (0..).zip(flows).collect();
        let explained = explain_cost(&cost, CostFlows::Periodic(&timed, period));
        replayed(&explained)?;
        prop_assert_eq!(explained.len(), if cost.irr_periodic.is_some() { 4 } else { 1 });
    }

    #[test]
    fn every_figure_of_a_capacity_replays(
        income in prop::collection::vec((0_i64..900_000, 0_usize..5, any::<bool>()), 0..5),
        expenses in prop::collection::vec((0_i64..300_000, 0_usize..5, 0_usize..3), 0..6),
        priority in prop::collection::vec((0_i64..90_000, 0_usize..5), 0..3),
        buffer in prop::option::of(0_i64..90_000),
        contract in prop::option::of(0_i64..900_000),
        change in (0_i32..6, -90_000_i64..90_000),
    ) {
        let first: Month = "2026-12".parse().unwrap();
        let every = |k: usize| [
            Frequency::Month, Frequency::Week, Frequency::Biweek, Frequency::Year, Frequency::Once(first.plus(2)),
        ][k];
        let sheet = Worksheet {
            income: income.iter().map(|(fen, k, once)| Income {
                name: String::new(),
                amount: Money::from_fen(*fen),
                every: every(*k),
                certainty: if *once { Certainty::OneOff } else { Certainty::Fixed },
            }).collect(),
            expenses: expenses.iter().map(|(fen, k, class)| Expense {
                name: String::new(),
                class: [ExpenseClass::Essential, ExpenseClass::Flexible, ExpenseClass::Irregular][*class],
                amount: Money::from_fen(*fen),
                every: every(*k),
            }).collect(),
            priority: priority.iter().map(|(fen, k)| PriorityPayment {
                name: String::new(),
                amount: Money::from_fen(*fen),
                every: every(*k),
            }).collect(),
            contract_payments: contract.map(Money::from_fen),
            buffer: buffer.map(Money::from_fen),
            changes: vec![CapacityChange {
                from: first.plus(change.0),
                to: None,
                income: Money::from_fen(change.1),
                expense: Money::from_fen(700),
            }],
            ..Worksheet::default()
        };
        let result = monthly_capacity(&sheet, first, 6);
        let explained = explain_capacity(&sheet, &result);
        replayed(&explained)?;
        let ratios = usize::from(result.dti.is_some()) + usize::from(result.essential_ratio.is_some());
        prop_assert_eq!(explained.len(), 5 + 6 + ratios);
    }

    #[test]
    fn every_figure_of_a_cap_report_replays(
        loan in loans(),
        paid in prop::collection::vec((0_u16..700, 1_i64..900_000), 0..8),
        as_of in 0_u16..900,
        claimed in prop::option::of(0_i64..900_000),
    ) {
        let Some(loan) = loan else { return Ok(()) };
        let row = |id: &str, limit| CostCap {
            rule: Rule {
                id: id.to_owned(),
                title: String::new(),
                title_en: String::new(),
                effective: Span::ALWAYS,
                contracts: Span::ALWAYS,
                lenders: Vec::new(),
                source: String::new(),
                evidence: EvidenceGrade::User,
                confidence: Confidence::Low,
                as_of: day("2025-01-01"),
                note: None,
            },
            limit,
            role: CapRole::Line,
            accrues: Span::ALWAYS,
        };
        let quote = LprQuote {
            on: day("2024-01-22"),
            one_year: Decimal::new(345, 4),
            five_year: Decimal::new(42, 3),
            source: String::new(),
            evidence: EvidenceGrade::Sourced,
            confidence: Confidence::High,
        };
        let four = CapLimit::TimesLpr { times: Decimal::new(4, 0), day: LprDay::Contract };
        let parts = RuleParts {
            lpr: LprTable::new([quote]),
            caps: vec![row("A", CapLimit::PerYear(Decimal::new(24, 2))), row("B", four)],
            ..RuleParts::default()
        };
        let payments: Vec<_> =
            paid.iter().map(|(on, fen)| DatedPayment { on: after(*on), amount: Money::from_fen(*fen) }).collect();
        let request = CapRequest {
            terms: &loan,
            payments: &payments,
            claimed: claimed.map(|fen| Buckets { fees: Money::from_fen(fen), ..Buckets::default() }),
            disclosed: None,
            as_of: after(as_of),
        };
        let Ok(report) = cap_report(&request, &RuleSet::new(parts).unwrap()) else { return Ok(()) };
        let explained = explain_cap(&request, &report).unwrap();
        replayed(&explained)?;
        prop_assert!(explained.iter().any(|figure| figure.path == "cap_ledger.cap_total"));
    }
}

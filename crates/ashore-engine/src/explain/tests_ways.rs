//! The same for forecasts, comparisons, time limits and what a lender counts by.

use ashore_domain::*;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rust_decimal::Decimal;

use super::*;
use crate::rules::{
    AfterExpiry, Alarms, Confidence, DayKind, EvidenceGrade, Holidays, Interruption, LegalAct, PeriodRule,
    PeriodUnit, Rule, RuleParts, RuleSet, Span,
};
use crate::{
    ClaimedBalance, ClaimedDebt, ComparedProposal, ExpectedDue, LegalEvent, MonthCapacity, OnBreach,
    PrintedRow, deadline, forecast, identify_claimed, identify_printed, limitation, proposal_outcome,
    status_quo,
};

fn day(offset: u32) -> NaiveDate {
    "2026-11-22".parse::<NaiveDate>().unwrap() + Days::new(u64::from(offset))
}

fn replayed(explained: &[Explanation]) -> Result<(), TestCaseError> {
    prop_assert!(!explained.is_empty());
    for explanation in explained {
        let replay = explanation.replay();
        prop_assert!(replay.is_ok(), "{}: {replay:?}\n{explanation:#?}", explanation.path);
    }
    Ok(())
}

fn rule(id: &str) -> Rule {
    Rule {
        id: id.to_owned(),
        title: String::new(),
        title_en: String::new(),
        effective: Span::ALWAYS,
        contracts: Span::ALWAYS,
        lenders: Vec::new(),
        source: String::new(),
        evidence: EvidenceGrade::Sourced,
        confidence: Confidence::High,
        as_of: day(0),
        note: None,
    }
}

fn limit(id: &str, length: u16, unit: PeriodUnit, alarms: Alarms) -> PeriodRule {
    PeriodRule { rule: rule(id), length, unit, alarms }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn forecasts(cash in -5_000_i64..50_000, months in prop::collection::btree_map(-2_i32..14, 0_i64..90_000, 0..12),
                 dues in prop::collection::vec((0_u32..400, 0_i64..60_000), 0..20)) {
        let capacity: Vec<_> = months.iter().map(|(k, fen)| MonthCapacity {
            month: Month::of(day(0)).plus(*k), capacity: Money::from_fen(*fen),
        }).collect();
        let dues: Vec<_> = dues.iter().map(|(k, fen)| ExpectedDue {
            due: day(*k) - Days::new(40), amount: Money::from_fen(*fen),
        }).collect();
        let found = forecast(day(0), Money::from_fen(cash), &capacity, &dues);
        replayed(&explain_forecast(day(0), Money::from_fen(cash), &capacity, &dues, &found))?;
    }

    #[test]
    fn comparisons(principal in 1_i64..9_000_000, penalty in 0_i64..900_000, rows in prop::collection::vec((0_i32..30, 0_i64..400_000), 1..15),
                   daily in prop::option::of(1_i128..9_000), penalised in prop::option::of(1_i128..9_000), breach in 0_usize..3, waives in any::<bool>()) {
        let claimed = Buckets { principal: Money::from_fen(principal), penalty: Money::from_fen(penalty), ..Buckets::default() };
        let rate = |value: Option<i128>| value.and_then(|value| Ratio::new(value, 1_000_000));
        let debt = ClaimedDebt { claimed, daily_penalty: rate(penalised) };
        let mut rows: Vec<_> = rows.iter().map(|(k, fen)| (Month::of(day(0)).plus(*k), Money::from_fen(*fen))).collect();
        rows.sort_by_key(|(month, _)| *month);
        let end = rows.last().unwrap().0;
        let proposal = ComparedProposal {
            waived: if waives { Buckets { penalty: claimed.penalty, ..Buckets::default() } } else { Buckets::default() },
            rows,
            daily_interest: rate(daily),
            on_breach: [OnBreach::NotAgreed, OnBreach::WaiverLapses, OnBreach::WaiverStays][breach],
        };
        let outcome = proposal_outcome(day(0), &debt, &proposal, None).unwrap();
        replayed(&explain_proposal(day(0), &debt, &proposal, &outcome, "proposals[0]."))?;
        let outcome = status_quo(day(0), &debt, end, None).unwrap();
        replayed(&explain_status_quo(day(0), &debt, &outcome, "status_quo."))?;
    }

    #[test]
    fn deadlines(length in 1_u16..70, unit in 0_usize..4, received in 0_u32..900, off in prop::collection::vec((0_u32..1_500, any::<bool>()), 0..60), daily in any::<bool>()) {
        let unit = [PeriodUnit::Calendar, PeriodUnit::Working, PeriodUnit::Month, PeriodUnit::Year][unit];
        let alarms = if daily { Alarms::Daily } else { Alarms::Before(vec![0, 1, 3, 7]) };
        let holidays = Holidays::new(off.iter().map(|(k, off)| (day(*k), if *off { DayKind::Off } else { DayKind::Working })));
        let rule = limit("A", length, unit, alarms);
        let found = deadline(&rule, day(received), &holidays).unwrap();
        replayed(&explain_deadline(&found, &rule, day(received), &holidays))?;
    }

    #[test]
    fn estimates(last_due in 0_u32..3_000, events in prop::collection::vec((0_u32..9_000, 0_usize..3), 0..9), later in 0_u32..9_000) {
        let act = |event: &str, after_expiry| Interruption { rule: rule(event), event: event.to_owned(), by: LegalAct::Debtor, after_expiry };
        let kinds = ["revives", "unclear", "nothing"];
        let rules = RuleSet::new(RuleParts {
            periods: vec![
                limit("LIM-GENERAL", 3, PeriodUnit::Year, Alarms::Daily),
                limit("LIM-LONGEST", 20, PeriodUnit::Year, Alarms::Daily),
            ],
            interruptions: vec![
                act(kinds[0], AfterExpiry::Revives), act(kinds[1], AfterExpiry::Unclear), act(kinds[2], AfterExpiry::Nothing),
            ],
            ..RuleParts::default()
        }).unwrap();
        let events: Vec<_> = events.iter().map(|(k, kind)| LegalEvent { on: day(*k), kind: kinds[*kind].to_owned() }).collect();
        let found = limitation(day(last_due), &events, day(later), &rules).unwrap();
        replayed(&explain_limitation(day(last_due), &found, day(later), &rules))?;
    }

    #[test]
    fn what_a_lender_counts_by(fen in 1_000_i64..3_000_000, yearly in 0_i64..4_000, terms in 1_u16..13, first in 3_u64..70, fee in 0_i64..5_000, printed in 1_i64..400_000, claimed in any::<bool>()) {
        let draft = LoanDraft {
            principal: Money::from_fen(fen), paid_out: None, disbursed_on: day(0), method: Method::EqualInstallment,
            rate: Some(Rate::new(Decimal::new(yearly, 4), RatePer::Year).unwrap()), payment: None,
            day_count: DayCount::Months, terms, first_due: day(0) + Days::new(first), due_day: None,
            period: Period::Month, fees: vec![Fee { kind: FeeKind::ServiceFee, amount: FeeAmount::Fixed(Money::from_fen(fee)), when: FeeWhen::EachTerm, counts_in_cost: true, payee: None, contract: None }],
            rows: vec![], penalty: None, late_fee: None, grace_days: 0, allocation_order: vec![], lender_kind: LenderKind::Unknown, contract_date: None,
        };
        if claimed {
            let buckets = Bucket::STATUTORY_ORDER.map(|bucket| (bucket, (bucket == Bucket::Principal).then(|| Money::from_fen(printed))));
            let balance = ClaimedBalance { as_of: day(400), buckets };
            let found = identify_claimed(&draft, None, None, &[], &balance).unwrap();
            replayed(&explain_claimed(&draft, &[], &balance, &found))?;
        } else {
            let row = |k: u16| PrintedRow {
                due: day(30 * u32::from(k)), payment: Some(Money::from_fen(printed)), principal: Some(Money::from_fen(printed / 2)),
                interest: Some(Money::from_fen(printed / 3)), fees: Some(Money::ZERO), balance: Some(Money::from_fen(1)),
            };
            let rows: Vec<_> = (1..=terms).map(row).collect();
            let found = identify_printed(&draft, None, None, &rows).unwrap();
            let explained = explain_printed(&draft, &rows, &found);
            replayed(&explained)?;
            let told = |path: &str| explained.iter().any(|figure| figure.path == path);
            for (m, matched) in found.matches.iter().enumerate() {
                for d in 0..matched.differences.len() {
                    let path = format!("matches[{m}].differences[{d}].ours");
                    prop_assert!(told(&path), "{}", path);
                }
            }
        }
    }
}

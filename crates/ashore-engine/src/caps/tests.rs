use ashore_domain::{
    Buckets, CustomRow, DayCount, Fee, FeeAmount, FeeKind, FeeWhen, LenderKind, LoanDraft, LoanTerms, Method,
    Money, Period, Rate, RatePer,
};
use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::*;
use crate::rules::*;
use crate::statement::DatedPayment;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn yuan(text: &str) -> Money {
    text.parse().unwrap()
}

fn row(id: &str, lender: LenderKind, contracts: (Option<&str>, Option<&str>)) -> CostCap {
    CostCap {
        rule: Rule {
            id: id.to_owned(),
            title: String::new(),
            title_en: String::new(),
            effective: Span::ALWAYS,
            contracts: Span { from: contracts.0.map(day), to: contracts.1.map(day) },
            lenders: vec![lender],
            source: "a table of this test".to_owned(),
            evidence: EvidenceGrade::Sourced,
            confidence: Confidence::High,
            as_of: day("2026-11-01"),
            note: None,
        },
        limit: CapLimit::PerYear(Decimal::new(24, 2)),
        role: CapRole::Line,
        accrues: Span::ALWAYS,
    }
}

fn rules() -> RuleSet {
    let four = |day| CapLimit::TimesLpr { times: Decimal::new(4, 0), day };
    let private = LenderKind::PrivateLender;
    let lpr = [("2020-08-20", 385), ("2025-05-20", 300)].map(|(on, bp)| LprQuote {
        on: day(on),
        one_year: Decimal::new(bp, 4),
        five_year: Decimal::new(bp, 4),
        source: String::new(),
        evidence: EvidenceGrade::Sourced,
        confidence: Confidence::High,
    });
    let caps = vec![
        row("FIN", LenderKind::Bank, (None, None)),
        CostCap { limit: four(LprDay::Contract), ..row("PRIVATE", private, (Some("2020-08-20"), None)) },
        CostCap {
            accrues: Span { from: None, to: Some(day("2020-08-19")) },
            ..row("PRIVATE-OLD", private, (None, Some("2020-08-19")))
        },
        CostCap {
            limit: four(LprDay::AsOf),
            accrues: Span { from: Some(day("2020-08-20")), to: None },
            ..row("PRIVATE-TRANS", private, (None, Some("2020-08-19")))
        },
    ];
    RuleSet::new(RuleParts { lpr: LprTable::new(lpr), caps, ..RuleParts::default() }).unwrap()
}

/// 10,000 in twelve equal instalments.
fn draft(rate: i64, lender_kind: LenderKind, disbursed_on: &str, first_due: &str) -> LoanDraft {
    LoanDraft {
        principal: yuan("10000"),
        paid_out: None,
        disbursed_on: day(disbursed_on),
        method: Method::EqualInstallment,
        rate: Some(Rate::new(Decimal::new(rate, 2), RatePer::Year).unwrap()),
        payment: None,
        day_count: DayCount::Months,
        terms: 12,
        first_due: day(first_due),
        due_day: None,
        period: Period::Month,
        fees: Vec::new(),
        rows: Vec::new(),
        penalty: None,
        late_fee: None,
        grace_days: 0,
        allocation_order: Vec::new(),
        lender_kind,
        contract_date: Some(day(disbursed_on)),
    }
}

fn report(draft: LoanDraft, payments: &[DatedPayment], claimed: Option<Buckets>, as_of: &str) -> CapReport {
    let terms = LoanTerms::new(draft).unwrap();
    let request = CapRequest { terms: &terms, payments, claimed, disclosed: None, as_of: day(as_of) };
    cap_report(&request, &rules()).unwrap()
}

#[test]
fn twenty_four_by_month_is_below_nominally_and_above_when_compounded() {
    let at = |rate| {
        let loan = draft(rate, LenderKind::Bank, "2025-01-15", "2025-02-15");
        report(loan, &[], None, "2025-06-01").lines[0].verdict
    };
    assert_eq!(at(24), Verdict::Depends);
    assert_eq!(at(20), Verdict::Below);
    assert_eq!(at(25), Verdict::Above);
}

#[test]
fn the_line_follows_lender_and_day_of_contract() {
    let ids = |lender, disbursed, due| {
        let shown = report(draft(24, lender, disbursed, due), &[], None, "2026-01-05");
        shown.lines.iter().map(|l| (l.rule.id.clone(), l.limit)).collect::<Vec<_>>()
    };
    let expect = |id: &str, limit: i64| (id.to_owned(), Decimal::new(limit, 4).normalize());
    assert_eq!(ids(LenderKind::Bank, "2025-01-15", "2025-02-15"), [expect("FIN", 2400)]);
    assert_eq!(ids(LenderKind::PrivateLender, "2021-01-15", "2021-02-15"), [expect("PRIVATE", 1540)]);
    assert_eq!(ids(LenderKind::PrivateLender, "2025-06-15", "2025-07-15"), [expect("PRIVATE", 1200)]);
    assert_eq!(
        ids(LenderKind::PrivateLender, "2020-01-15", "2020-02-15"),
        [expect("PRIVATE-OLD", 2400), expect("PRIVATE-TRANS", 1200)]
    );
    assert!(ids(LenderKind::TrustCo, "2025-01-15", "2025-02-15").is_empty());
}

#[test]
fn an_lpr_carried_forward_says_so() {
    let loan = draft(12, LenderKind::PrivateLender, "2025-07-15", "2025-08-15");
    let shown = report(loan, &[], None, "2025-09-01");
    let carried = CapFinding::Rule(RuleFinding::LprProvisional { quoted_on: day("2025-05-20") });
    assert!(shown.findings.contains(&carried));
    let unknown = draft(12, LenderKind::Unknown, "2025-07-15", "2025-08-15");
    let shown = report(unknown, &[], None, "2025-09-01");
    assert_eq!((shown.lines.len(), shown.ledger), (0, None));
    assert_eq!(shown.findings, [CapFinding::LenderUnknown]);
}

#[test]
fn money_kept_back_is_no_principal() {
    let mut loan = draft(24, LenderKind::Bank, "2025-01-15", "2025-02-15");
    loan.fees = vec![Fee {
        kind: FeeKind::UpfrontDeduction,
        amount: FeeAmount::OfPrincipal(Decimal::new(10, 2)),
        when: FeeWhen::Upfront,
        counts_in_cost: true,
        payee: None,
        contract: None,
    }];
    let shown = report(loan, &[], None, "2025-02-01");
    assert_eq!(shown.legal_view.effective_principal, yuan("9000"));
    assert_eq!(shown.legal_view.schedule.rows()[0].interest, yuan("180"));
    assert_eq!(shown.lines[0].verdict, Verdict::Above, "45 % on what was received");
    assert!(shown.findings.contains(&CapFinding::UpfrontDeduction { amount: yuan("1000") }));
}

#[test]
fn typed_rows_come_down_in_proportion() {
    let mut loan = draft(24, LenderKind::Bank, "2025-01-15", "2025-02-15");
    let custom = |due: &str, principal: &str| CustomRow {
        due: day(due),
        principal: yuan(principal),
        interest: yuan("33.33"),
        fees: Money::ZERO,
    };
    loan.method = Method::Custom;
    loan.rate = None;
    loan.rows = vec![custom("2025-02-15", "3333.33"), custom("2025-03-15", "6666.67")];
    loan.paid_out = Some(yuan("9000"));
    let shown = report(loan, &[], None, "2025-02-01");
    let rows = shown.legal_view.schedule.rows();
    assert_eq!((rows[0].principal, rows[1].principal), (yuan("3000"), yuan("6000")));
    assert_eq!(rows[0].interest, yuan("30"));
    assert!(shown.findings.contains(&CapFinding::LegalViewScaled));
}

#[test]
fn the_ledger_sums_unpaid_principal_by_day() {
    let mut loan = draft(10, LenderKind::Bank, "2025-01-01", "2025-07-20");
    loan.principal = yuan("8000");
    loan.method = Method::SinglePayment;
    loan.terms = 1;
    let claimed = Buckets {
        interest: yuan("1000"),
        late_fee: yuan("100"),
        principal: yuan("8000"),
        ..Buckets::default()
    };
    let ledger = report(loan.clone(), &[], Some(claimed), "2025-07-20").ledger.unwrap();
    assert_eq!((ledger.days, ledger.cap_total), (200, yuan("1052.05")));
    assert_eq!((ledger.claimed_total, ledger.excess), (Some(yuan("1100")), Some(yuan("47.95"))));
    // The whole debt paid on its due: later days add nothing.
    let paid = [DatedPayment { on: day("2025-07-20"), amount: yuan("8500") }];
    let later = report(loan, &paid, None, "2025-12-31").ledger.unwrap();
    assert_eq!((later.cap_total, later.excess), (yuan("1052.05"), None));
}

#[test]
fn older_private_loans_have_two_lines_in_turn() {
    let mut loan = draft(10, LenderKind::PrivateLender, "2020-08-10", "2021-08-10");
    loan.method = Method::SinglePayment;
    loan.terms = 1;
    // Ten days at 24 %, then 41 at four times the LPR of the day of the question.
    let ledger = report(loan, &[], None, "2020-09-30").ledger.unwrap();
    assert_eq!((ledger.days, ledger.cap_total), (51, yuan("238.74")));
}

#[test]
fn fees_beyond_the_sheet_are_named() {
    let fee = |kind, yuan, when| Fee {
        kind,
        amount: FeeAmount::Fixed(Money::from_yuan(yuan)),
        when,
        counts_in_cost: true,
        payee: None,
        contract: None,
    };
    let mut loan = draft(20, LenderKind::Bank, "2026-09-15", "2026-10-15");
    loan.fees = vec![
        fee(FeeKind::GuaranteeFee, 10, FeeWhen::EachTerm),
        fee(FeeKind::ServiceFee, 100, FeeWhen::Upfront),
        fee(FeeKind::GuaranteeFee, 5, FeeWhen::Final),
    ];
    let terms = LoanTerms::new(loan).unwrap();
    let sheet =
        [(FeeKind::GuaranteeFee, Money::from_yuan(120)), (FeeKind::ServiceFee, Money::from_yuan(100))];
    let found = undisclosed_fees(&terms, &sheet);
    assert_eq!(
        found,
        [UndisclosedFee {
            kind: FeeKind::GuaranteeFee,
            charged: Money::from_yuan(125),
            disclosed: Money::from_yuan(120)
        }]
    );
    assert_eq!(undisclosed_fees(&terms, &[]).len(), 2);
    let mut once = terms.get().clone();
    once.method = Method::SinglePayment;
    let once = undisclosed_fees(&LoanTerms::new(once).unwrap(), &[]);
    assert_eq!(once[0].charged, Money::from_yuan(15), "one due, one fee of each term");
}

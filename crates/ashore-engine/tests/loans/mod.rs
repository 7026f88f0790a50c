//! Loans in a line, for tables.
#![allow(dead_code)]

use ashore_domain::*;

pub(crate) fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn yuan(text: &str) -> Money {
    text.parse().unwrap()
}

/// ¥10,000 on 15 January 2025, twelve months at 24 % a year; tests change what they are about.
pub(crate) fn draft(method: Method) -> LoanDraft {
    LoanDraft {
        principal: Money::from_yuan(10_000),
        paid_out: None,
        disbursed_on: day("2025-01-15"),
        method,
        rate: Some(rate("0.24", RatePer::Year)),
        payment: None,
        day_count: DayCount::Months,
        terms: 12,
        first_due: day("2025-02-15"),
        due_day: None,
        period: Period::Month,
        fees: Vec::new(),
        rows: Vec::new(),
        penalty: None,
        late_fee: None,
        grace_days: 0,
        allocation_order: Vec::new(),
        lender_kind: LenderKind::Unknown,
        contract_date: None,
    }
}

pub(crate) fn rate(value: &str, per: RatePer) -> Rate {
    Rate::new(value.parse().unwrap(), per).unwrap()
}

pub(crate) fn fee(amount: FeeAmount, when: FeeWhen) -> Fee {
    Fee { kind: FeeKind::GuaranteeFee, amount, when, counts_in_cost: true, payee: None, contract: None }
}

pub(crate) fn terms(draft: LoanDraft) -> LoanTerms {
    LoanTerms::new(draft).unwrap()
}

pub(crate) fn schedule(draft: LoanDraft) -> Schedule {
    ashore_engine::amortise(&terms(draft)).unwrap().schedule
}

/// `principal interest payment` of a row, as printed.
pub(crate) fn row(schedule: &Schedule, term: usize) -> String {
    let row = &schedule.rows()[term - 1];
    format!("{} {} {}", row.principal, row.interest, row.payment())
}

//! Every kind of letter, filled from one invented household.

use std::collections::BTreeMap;

use ashore_documents::letters::{
    Agreement, Borrower, Capacity, Case, Citation, Contact, CostLine, Creditor, Hardship, Loan, LoanRow,
    Request, compose,
};
use ashore_documents::{Block, Document};
use ashore_domain::{Buckets, LenderKind, LetterKind, Money, ProductKind};
use chrono::{DateTime, NaiveDate};

use crate::paper::{fonts, squeezed, text_of};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn yuan(text: &str) -> Money {
    text.parse().unwrap()
}

fn contact(n: usize, kind: &str, summary: &str) -> Contact {
    Contact {
        number: format!("E{n}"),
        at: DateTime::parse_from_rfc3339("2026-11-20T21:06:00+08:00").unwrap(),
        day_only: false,
        kind: kind.to_owned(),
        who: Some("甲城消费金融 工号 1024".to_owned()),
        summary: summary.to_owned(),
        outcomes: vec!["可以分 24 期，每期 500.00 元。".to_owned()],
        third_party: n == 2,
        files: vec![("通话录音.m4a".to_owned(), "4c1e09a7".repeat(8))],
        court: None,
        report: None,
    }
}

fn rows(n: u16, amount: &str) -> Vec<LoanRow> {
    let due = |k: u16| day("2026-12-15") + chrono::Months::new(u32::from(k));
    let row = |k| LoanRow {
        term: k + 1,
        due: due(k),
        payable: yuan(amount),
        paid: Money::ZERO,
        unpaid: yuan(amount),
    };
    (0..n).map(row).collect()
}

fn case() -> Case {
    Case {
        today: day("2026-11-22"),
        borrower: Borrower {
            name: Some("张三 #read(\"/etc/passwd\")".to_owned()),
            id_number: Some("110101********7854".to_owned()),
            phone: Some("13800138000".to_owned()),
            address: Some("某市某区某路 1 号".to_owned()),
            email: Some("zhangsan@example.com".to_owned()),
        },
        creditor: Creditor {
            legal_name: Some("甲城消费金融有限公司".to_owned()),
            brand: "甲花".to_owned(),
            kind: LenderKind::ConsumerFinanceCo,
        },
        loan: Loan {
            name: "甲花".to_owned(),
            product: ProductKind::CashLoan,
            contract_no: Some("JH-2025-000123".to_owned()),
            disbursed_on: Some(day("2025-06-15")),
            principal: Some(yuan("20000")),
            terms: Some(24),
            outstanding: Buckets {
                principal: yuan("15230.45"),
                interest: yuan("812.30"),
                penalty: yuan("366.27"),
                ..Buckets::default()
            },
            accrued_not_due: yuan("18.20"),
            overdue_days: 43,
            overdue_since: Some(day("2026-10-10")),
            overdue_total: yuan("2819.54"),
            payments: vec![(day("2026-09-10"), yuan("1086.13"))],
            rows: rows(6, "1086.13"),
            settled: false,
        },
        capacity: Some(Capacity {
            as_of: Some(day("2026-11-18")),
            income: vec![("工资".to_owned(), yuan("6500"))],
            expenses: vec![("房租".to_owned(), yuan("1800")), ("饮食".to_owned(), yuan("1200"))],
            priority: vec![("抚养费".to_owned(), yuan("500"))],
            total_income: yuan("6500"),
            total_expenses: yuan("3000"),
            total_priority: yuan("500"),
            buffer: yuan("300"),
            capacity: yuan("2700"),
            dependants: vec!["女儿（6 岁）".to_owned()],
            assets: vec![("电动车".to_owned(), yuan("2000"))],
            other_loans: Some((5, yuan("5870.24"))),
        }),
        hardship: Some(Hardship {
            what: "因单位裁员失业，现从事零工，收入下降。".to_owned(),
            since: day("2026-09-01"),
            until: Some(day("2027-03-31")),
            income_before: Some(yuan("9800")),
            income_now: Some(yuan("6500")),
            turning_point: Some("已通过新单位面试，预计春节后入职。".to_owned()),
            proofs: vec!["E1".to_owned()],
        }),
        requests: vec![Request {
            rows: rows(24, "680").into_iter().map(|r| (r.due, r.payable)).collect(),
            waived: Buckets { penalty: yuan("366.27"), ..Buckets::default() },
            reliefs: vec!["按个性化分期 24 期偿还，分期期间不计利息".to_owned()],
            expires_on: None,
        }],
        spoken: Some(contact(9, "电话", "同意分期")),
        agreement: Some(Agreement {
            agreed_on: day("2026-11-20"),
            effective_from: day("2026-12-01"),
            creditor: Some("甲城消费金融有限公司".to_owned()),
            payment_account: Some("官方 App 内还款".to_owned()),
            rows: rows(60, "266.67"),
            waived: Buckets { penalty: yuan("366.27"), ..Buckets::default() },
        }),
        evidence: vec![contact(1, "电话", "客服说可以分期"), contact(2, "短信", "催收联系了同事")],
        rules: vec![Citation {
            text: "当事人协商一致，可以变更合同。".to_owned(),
            source: "民法典第五百四十三条".to_owned(),
            as_of: day("2026-11-21"),
        }],
        earlier: vec!["2026-11-10 发出《协商还款申请书》，截至本文日期未收到答复。".to_owned()],
        cost: vec![CostLine {
            measure: "按实际日期".to_owned(),
            value: "35.91%".to_owned(),
            line: "24.00%".to_owned(),
            rule: "法发〔2017〕22号".to_owned(),
        }],
        reply_by: day("2026-11-27"),
    }
}

/// With everything known and with as little as there can be, paper says what the data say, in the same order.
/// Sign for sign: what is printed is the document and, once a page, its footer and the heads of tables that go on.
fn nothing_is_lost_or_added(document: &Document, found: &str, name: &str) {
    let mut left: BTreeMap<char, i64> = BTreeMap::new();
    let mut count = |text: &str, step: i64| {
        for sign in squeezed(text).chars() {
            *left.entry(sign).or_default() += step;
        }
    };
    count(found, 1);
    document.texts().for_each(|text| count(text, -1));
    let pages = found.matches("页，共").count();
    for page in 1..=pages {
        count(&format!("{}第{page}页，共{pages}页", document.title), -1);
    }
    let lost: String = left.iter().filter(|(_, n)| **n < 0).map(|(sign, _)| *sign).collect();
    assert!(lost.is_empty(), "{name}: not printed: {lost}");
    let heads: String = document
        .parts
        .iter()
        .filter_map(|part| match &part.block {
            Block::Table { table } => Some(table.columns.iter().map(|c| c.title.clone()).collect::<String>()),
            _ => None,
        })
        .collect();
    let added: Vec<_> = left.iter().filter(|(_, n)| **n > 0).collect();
    let repeats = i64::try_from(pages).unwrap_or(i64::MAX);
    for (sign, n) in added {
        let in_heads = i64::try_from(heads.chars().filter(|c| c == sign).count()).unwrap_or(0);
        assert!(*n <= in_heads * repeats, "{name}: printed {n} times too often: {sign}");
    }
}

#[test]
fn every_kind_is_printed_whole() {
    let full = case();
    let bare = Case {
        borrower: Borrower::default(),
        creditor: Creditor { legal_name: None, ..full.creditor.clone() },
        capacity: None,
        hardship: None,
        requests: Vec::new(),
        spoken: None,
        agreement: None,
        evidence: Vec::new(),
        rules: Vec::new(),
        earlier: Vec::new(),
        cost: Vec::new(),
        ..full.clone()
    };
    let folder = std::env::var_os("ASHORE_SHOW_LETTERS");
    for kind in LetterKind::ALL {
        for (case, name) in [(&full, "full"), (&bare, "bare")] {
            let draft = compose(kind, case);
            let pdf = draft.document.pdf(fonts()).unwrap();
            if let Some(folder) = &folder {
                std::fs::write(std::path::Path::new(folder).join(format!("{kind:?}-{name}.pdf")), &pdf)
                    .unwrap();
            }
            let found = text_of(&pdf);
            for text in draft.document.texts() {
                // A cell may be broken by the one beside it; its lines are each whole.
                for line in text.lines().map(squeezed).filter(|line| line.chars().count() <= 12) {
                    assert!(found.contains(&line), "{kind:?} {name}: {line:?} is not in {found}");
                }
            }
            nothing_is_lost_or_added(&draft.document, &found, &format!("{kind:?} {name}"));
            let plain = squeezed(&draft.document.plain_text());
            for part in draft.document.parts.iter().filter_map(|part| part.block.text()) {
                let text = squeezed(part);
                assert!(plain.contains(&text), "{kind:?} {name}: {text:?} is not in the plain text");
                if matches!(kind, LetterKind::Application | LetterKind::Confirmation)
                    && text.chars().count() < 200
                {
                    assert!(text.chars().all(|c| found.contains(c)), "{kind:?} {name}: {text:?}");
                }
            }
            if case.borrower.name.is_none() && kind == LetterKind::Application {
                let needed: Vec<&str> = draft.missing.iter().filter(|m| m.needed).map(|m| m.field).collect();
                for field in ["borrower.name", "borrower.id_number", "hardship", "capacity"] {
                    assert!(needed.contains(&field), "{field} in {needed:?}");
                }
            }
        }
    }
}

#[test]
fn a_complaint_asks_and_a_report_does_not() {
    let complaint = compose(LetterKind::Complaint, &case()).document.plain_text();
    let report = compose(LetterKind::Report, &case()).document.plain_text();
    assert!(complaint.contains("投诉请求") && complaint.contains("作出书面答复"));
    assert!(
        !report.contains("请求：") && !report.contains("还款安排（共") && report.contains("以核查结果为准")
    );
}

#[test]
fn no_letter_promises_what_agents_promise() {
    for kind in LetterKind::ALL {
        let text = compose(kind, &case()).document.plain_text();
        for word in ["停息挂账", "征信修复", "债务优化"] {
            assert!(!text.contains(word), "{kind:?} says {word}");
        }
    }
}

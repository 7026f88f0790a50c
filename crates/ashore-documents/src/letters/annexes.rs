//! What goes with a letter: statement of the loan, plan, agreement annex, evidence index.

use ashore_domain::LetterKind;

use super::Draft;
use super::application::schedule;
use super::case::Case;
use super::passages::{applicant, balance, loan, overdue, terms};
use super::writer::{BLANK, Writer, date, field, figures, parts, yuan};
use crate::capital::capital;
use crate::document::Align;

pub(super) fn statement(case: &Case) -> Draft {
    let mut w = Writer::new(super::title(LetterKind::Statement), case.today);
    loan(&mut w, case);
    w.fields("creditor", vec![field("债权人", case.creditor.name())]);
    balance(&mut w, case);
    if case.loan.accrued_not_due.is_positive() {
        w.paragraph(
            "accrued",
            format!("本期已产生、尚未到期的利息 {} 未计入上表。", yuan(case.loan.accrued_not_due)),
        );
    }
    if let Some(late) = overdue(case) {
        w.paragraph("overdue", late);
    }
    if !case.loan.rows.is_empty() {
        w.heading("terms", "各期明细");
        terms(&mut w, "terms", &case.loan.rows);
    }
    w.heading("payments", "还款记录");
    if case.loan.payments.is_empty() {
        w.paragraph("payments", "没有记录在册的还款。");
    } else {
        let rows = case.loan.payments.iter();
        let rows = rows.map(|(day, amount)| vec![day.format("%Y-%m-%d").to_string(), figures(*amount)]);
        let sum = figures(case.loan.payments.iter().map(|(_, amount)| *amount).sum());
        let columns = [("日期", Align::Left, 1), ("金额（元）", Align::Right, 1)];
        w.table("payments", &columns, rows.collect(), Some(vec!["合计".to_owned(), sum]));
    }
    w.note("source", format!("由借款条款和本人记录的还款逐项算出，截至 {}。", date(case.today)));
    w.finish()
}

pub(super) fn plan(case: &Case) -> Draft {
    let mut w = Writer::new(super::title(LetterKind::Plan), case.today);
    applicant(&mut w, case, "借款人");
    loan(&mut w, case);
    w.paragraph("state", "这是本人的请求，尚未得到书面确认。在双方书面确认之前，原合同约定照旧。");
    match case.requests.first() {
        Some(request) => {
            w.paragraph(
                "sum",
                format!(
                    "共 {} 期，合计 {}（{}）。",
                    request.rows.len(),
                    yuan(request.total()),
                    capital(request.total())
                ),
            );
            let waived = parts(&request.waived);
            if !waived.is_empty() {
                let list: Vec<String> =
                    waived.iter().map(|(name, amount)| format!("{name} {}", yuan(*amount))).collect();
                w.paragraph("waived", format!("请求减免：{}。", list.join("、")));
            }
            schedule(&mut w, "plan", request);
        }
        None => {
            w.lacks("request", true);
            w.paragraph("sum", format!("每期 {BLANK} 元，共 {BLANK} 期，自 {BLANK} 起。"));
        }
    }
    w.finish()
}

pub(super) fn agreement(case: &Case) -> Draft {
    let mut w = Writer::new(super::title(LetterKind::AgreementAnnex), case.today);
    let Some(agreed) = &case.agreement else {
        w.lacks("agreement", true);
        w.fields(
            "parties",
            vec![
                field("债权人", case.creditor.name()),
                field("借款人", case.borrower.name.clone().unwrap_or_else(|| BLANK.to_owned())),
            ],
        );
        loan(&mut w, case);
        w.paragraph(
            "terms",
            format!("新的还款安排：自 {BLANK} 起，每期 {BLANK} 元，共 {BLANK} 期，合计 {BLANK} 元。"),
        );
        return w.finish();
    };
    let borrower = w.need("borrower.name", case.borrower.name.as_deref());
    w.fields(
        "parties",
        vec![
            field("债权人", agreed.creditor.clone().unwrap_or_else(|| case.creditor.name().to_owned())),
            field("借款人", borrower),
        ],
    );
    loan(&mut w, case);
    let mut fields =
        vec![field("确认日期", date(agreed.agreed_on)), field("开始执行", date(agreed.effective_from))];
    match &agreed.payment_account {
        Some(account) => fields.push(field("还款账户", account.clone())),
        None => w.lacks("agreement.payment_account", false),
    }
    w.fields("agreed", fields);
    let total = agreed.rows.iter().map(|r| r.payable).sum();
    w.paragraph("sum", format!("共 {} 期，合计 {}（{}）。", agreed.rows.len(), yuan(total), capital(total)));
    let waived = parts(&agreed.waived);
    if !waived.is_empty() {
        let list: Vec<String> =
            waived.iter().map(|(name, amount)| format!("{name} {}", yuan(*amount))).collect();
        w.paragraph("waived", format!("减免：{}。", list.join("、")));
    }
    terms(&mut w, "terms", &agreed.rows);
    w.finish()
}

pub(super) fn evidence(case: &Case) -> Draft {
    let mut w = Writer::new(super::title(LetterKind::EvidenceIndex), case.today);
    loan(&mut w, case);
    if case.evidence.is_empty() {
        w.lacks("evidence", false);
        w.paragraph("none", "没有与本笔借款关联的记录。");
        return w.finish();
    }
    let files: usize = case.evidence.iter().map(|e| e.files.len()).sum();
    w.paragraph(
        "count",
        format!(
            "共 {} 条记录，{files} 份文件。SHA-256 是文件内容的指纹，可用通用工具核对。",
            case.evidence.len()
        ),
    );
    let mut rows = Vec::new();
    for e in &case.evidence {
        let at = if e.day_only {
            e.at.format("%Y-%m-%d").to_string()
        } else {
            e.at.format("%Y-%m-%d\n%H:%M %:z").to_string()
        };
        let head = [e.number.clone(), at, e.kind.clone()];
        let what = match &e.who {
            Some(who) => format!("{}（{who}）", e.summary),
            None => e.summary.clone(),
        };
        if e.files.is_empty() {
            rows.push([head.as_slice(), &[what, String::new()]].concat());
        } else {
            for (n, (name, digest)) in e.files.iter().enumerate() {
                let head =
                    if n == 0 { head.clone() } else { [e.number.clone(), String::new(), String::new()] };
                let what =
                    if n == 0 { format!("{what}\n文件：{name}") } else { format!("文件：{name}") };
                rows.push([head.as_slice(), &[what, digest.clone()]].concat());
            }
        }
    }
    w.table(
        "index",
        &[
            ("编号", Align::Center, 0),
            ("时间", Align::Left, 0),
            ("种类", Align::Left, 0),
            ("内容", Align::Left, 1),
            ("SHA-256", Align::Code, 0),
        ],
        rows,
        None,
    );
    w.finish()
}

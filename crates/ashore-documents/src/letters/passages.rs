//! What several letters open and close with.

use ashore_domain::Money;

use super::case::{Case, LoanRow};
use super::writer::{Writer, date, field, figures, parts, yuan};
use crate::capital::capital;
use crate::document::Align;

pub(super) fn to_creditor(w: &mut Writer, case: &Case) {
    if case.creditor.legal_name.is_none() {
        w.lacks("creditor.legal_name", false);
    }
    w.addressee(format!("致：{}", case.creditor.name()));
}

/// Who writes.
pub(super) fn applicant(w: &mut Writer, case: &Case, role: &str) {
    let known = &case.borrower;
    let mut fields = vec![
        field(role, w.need("borrower.name", known.name.as_deref())),
        field("证件号码", w.need("borrower.id_number", known.id_number.as_deref())),
        field("联系电话", w.need("borrower.phone", known.phone.as_deref())),
    ];
    match &known.address {
        Some(address) => fields.push(field("送达地址", address.clone())),
        None => w.lacks("borrower.address", false),
    }
    if let Some(email) = &known.email {
        fields.push(field("电子邮箱", email.clone()));
    }
    w.fields("applicant", fields);
}

/// Which loan.
pub(super) fn loan(w: &mut Writer, case: &Case) {
    let loan = &case.loan;
    let mut fields = vec![field("借款平台", loan.name.clone())];
    match &loan.contract_no {
        Some(number) => fields.push(field("合同编号", number.clone())),
        None => w.lacks("loan.contract_no", false),
    }
    if let Some(day) = loan.disbursed_on {
        fields.push(field("放款日期", date(day)));
    }
    if let Some(principal) = loan.principal {
        fields.push(field("合同本金", yuan(principal)));
    }
    if let Some(terms) = loan.terms {
        fields.push(field("约定期数", format!("{terms} 期")));
    }
    w.fields("loan", fields);
}

/// What is owed, by bucket, with the sum in capitals.
pub(super) fn balance(w: &mut Writer, case: &Case) {
    let loan = &case.loan;
    let owed = parts(&loan.outstanding);
    if owed.is_empty() {
        w.paragraph("balance.none", format!("按本人记录，截至 {}，上述借款没有未还金额。", date(case.today)));
        return;
    }
    let rows = owed.into_iter().map(|(name, amount)| vec![name.to_owned(), figures(amount)]).collect();
    let total = loan.outstanding.total();
    w.paragraph("balance.intro", format!("按本人记录，截至 {}，上述借款的未还金额如下：", date(case.today)));
    w.table(
        "balance",
        &[("项目", Align::Left, 1), ("金额（元）", Align::Right, 1)],
        rows,
        Some(vec!["合计".to_owned(), figures(total)]),
    );
    w.note(
        "balance.capital",
        format!(
            "合计大写：{}。以上为本人核算数，如与贵方记录不一致，请以书面方式说明差异及依据。",
            capital(total)
        ),
    );
}

/// How late it is.
pub(super) fn overdue(case: &Case) -> Option<String> {
    let since = case.loan.overdue_since.filter(|_| case.loan.overdue_days > 0)?;
    Some(format!(
        "该借款自 {} 起有应还款项未能足额偿还，截至 {} 逾期 {} 天，逾期款项合计 {}。",
        date(since),
        date(case.today),
        case.loan.overdue_days,
        yuan(case.loan.overdue_total)
    ))
}

/// Rules that apply, each with its source and the day it was checked.
pub(super) fn rules(w: &mut Writer, case: &Case, heading: &str) {
    if case.rules.is_empty() {
        return;
    }
    w.heading("rules", heading);
    w.items("rules", case.rules.iter().map(|r| format!("{}：{}", r.source, r.text)));
    let mut known: Vec<String> = Vec::new();
    for rule in &case.rules {
        let checked = format!("{}（{}）", rule.source, rule.as_of.format("%Y-%m-%d"));
        if !known.contains(&checked) {
            known.push(checked);
        }
    }
    w.note("rules.as_of", format!("以上规定的核对日期：{}。", known.join("；")));
}

/// The records handed in with the letter.
pub(super) fn attachments(w: &mut Writer, case: &Case, heading: &str) {
    if case.evidence.is_empty() {
        w.lacks("evidence", false);
        return;
    }
    w.heading("attachments", heading);
    w.items(
        "attachments",
        case.evidence.iter().map(|e| {
            let files =
                if e.files.is_empty() { String::new() } else { format!("，附件 {} 份", e.files.len()) };
            format!("{}　{}　{}{files}", e.number, e.at.format("%Y-%m-%d"), short(&e.summary))
        }),
    );
}

/// The closing request for an answer in writing.
pub(super) fn reply(w: &mut Writer, case: &Case) {
    let by = date(case.reply_by);
    let by_mail = case.borrower.email.as_deref().map_or(String::new(), |mail| format!("发送至 {mail}，或"));
    w.paragraph(
        "reply",
        format!("请贵方于 {by} 前{by_mail}以信函、短信、App 站内消息等可以保存的书面形式答复，并写明经办人姓名或工号。"),
    );
}

/// A table of terms: number, due, payable, paid, unpaid.
pub(super) fn terms(w: &mut Writer, id: &str, rows: &[LoanRow]) {
    let sum = |of: fn(&LoanRow) -> Money| figures(rows.iter().map(of).sum());
    let cells = rows.iter().map(|row| {
        vec![
            row.term.to_string(),
            row.due.format("%Y-%m-%d").to_string(),
            figures(row.payable),
            figures(row.paid),
            figures(row.unpaid),
        ]
    });
    w.table(
        id,
        &[
            ("期数", Align::Center, 0),
            ("到期日", Align::Left, 1),
            ("应还（元）", Align::Right, 1),
            ("已还（元）", Align::Right, 1),
            ("未还（元）", Align::Right, 1),
        ],
        cells.collect(),
        Some(vec!["合计".to_owned(), String::new(), sum(|r| r.payable), sum(|r| r.paid), sum(|r| r.unpaid)]),
    );
}

/// The beginning of a long text.
pub(super) fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= 60 {
        line
    } else {
        format!("{}……", line.chars().take(60).collect::<String>())
    }
}

//! 投诉书 and 举报书 (domain §10.3), kept apart: one asks for something, the other reports facts. And 支付令异议书.

use ashore_domain::LetterKind;

use super::Draft;
use super::case::Case;
use super::passages::{applicant, balance, loan, overdue, rules};
use super::requests::fact_line;
use super::writer::{BLANK, Writer, date, field, yuan};
use crate::document::Align;

pub(super) fn complaint(case: &Case) -> Draft {
    let mut w = opened(case, LetterKind::Complaint, "投诉人", "被投诉人");
    w.heading("request", "投诉请求");
    let mut asked =
        vec!["提供本笔借款自放款以来的还款明细、各项费用的名目、金额、收取依据和收款方；".to_owned()];
    if let Some(request) = case.requests.first() {
        asked.push(format!(
            "就本人提出的还款安排（共 {} 期，合计 {}）作出书面答复；",
            request.rows.len(),
            yuan(request.total())
        ));
    }
    asked.push("对下列事实进行核查，书面告知处理结果和理由。".to_owned());
    w.items("request", asked);
    facts(&mut w, case, "事实经过");
    cost(&mut w, case, "费用核算");
    rules(&mut w, case, "参考的规定");
    if case.earlier.is_empty() {
        w.lacks("complaint.earlier", false);
    } else {
        w.heading("earlier", "此前的处理");
        w.items("earlier", case.earlier.iter().cloned());
    }
    index_line(&mut w, case);
    w.heading("declaration", "声明");
    w.paragraph(
        "declaration",
        "以上陈述和所附材料真实，本人愿意配合核实。本投诉由本人提出，未委托他人代理。",
    );
    w.signature("投诉人");
    w.finish()
}

pub(super) fn report(case: &Case) -> Draft {
    let mut w = opened(case, LetterKind::Report, "举报人", "被举报人");
    facts(&mut w, case, "反映的事实");
    cost(&mut w, case, "费用核算");
    rules(&mut w, case, "可能涉及的规定");
    w.paragraph(
        "ask",
        "请依法核查上述情况。本举报只反映事实，不包含个人的退款、减免等请求；是否违反规定，以核查结果为准。",
    );
    index_line(&mut w, case);
    w.heading("declaration", "声明");
    w.paragraph("declaration", "以上陈述和所附材料真实，本人实名举报并愿意配合核实。");
    w.signature("举报人");
    w.finish()
}

fn opened(case: &Case, kind: LetterKind, by: &str, against: &str) -> Writer {
    let mut w = Writer::new(super::title(kind), case.today);
    applicant(&mut w, case, by);
    if case.creditor.legal_name.is_none() {
        w.lacks("creditor.legal_name", true);
    }
    let name =
        case.creditor.legal_name.clone().unwrap_or_else(|| format!("{}（App 名称）", case.creditor.brand));
    w.fields("against", vec![field(against, name)]);
    loan(&mut w, case);
    w
}

fn facts(w: &mut Writer, case: &Case, heading: &str) {
    w.heading("facts", heading);
    if let Some(late) = overdue(case) {
        w.paragraph("facts.overdue", late);
    }
    if case.evidence.is_empty() {
        w.lacks("evidence", true);
        w.paragraph("facts", format!("{BLANK}，{BLANK}。"));
    } else {
        w.items("facts", case.evidence.iter().map(fact_line));
    }
}

fn cost(w: &mut Writer, case: &Case, heading: &str) {
    if case.cost.is_empty() {
        w.lacks("cost", false);
        return;
    }
    w.heading("cost", heading);
    let rows =
        case.cost.iter().map(|l| vec![l.measure.clone(), l.value.clone(), l.line.clone(), l.rule.clone()]);
    w.table(
        "cost",
        &[
            ("算法", Align::Left, 2),
            ("年化成本", Align::Right, 1),
            ("参考线", Align::Right, 1),
            ("参考线的出处", Align::Left, 2),
        ],
        rows.collect(),
        None,
    );
    w.note(
        "cost.note",
        "各项数字由借款条款逐项算出，明细见附件“欠款明细”。高于参考线不等于已有结论，请对方说明算法和依据。",
    );
}

fn index_line(w: &mut Writer, case: &Case) {
    if !case.evidence.is_empty() {
        let files: usize = case.evidence.iter().map(|e| e.files.len()).sum();
        w.heading("index", "证据");
        w.paragraph(
            "index",
            format!(
                "共 {} 条记录、{files} 份文件，编号、时间和 SHA-256 见所附《证据目录》。",
                case.evidence.len()
            ),
        );
    }
}

pub(super) fn payment_order(case: &Case) -> Draft {
    let mut w = Writer::new(super::title(LetterKind::PaymentOrderObjection), case.today);
    let court = case.evidence.iter().rev().find_map(|e| e.court.clone()).unwrap_or((None, None, None));
    let (name, number, received) = court;
    if name.is_none() {
        w.lacks("court.name", true);
    }
    w.addressee(format!("致：{}", name.unwrap_or_else(|| format!("{BLANK}人民法院"))));
    applicant(&mut w, case, "异议人（被申请人）");
    let number = w.need("court.case_no", number.as_deref());
    let received = received.map(date);
    let received = w.need("court.received_on", received.as_deref());
    w.fields(
        "order",
        vec![field("支付令案号", number), field("收到日期", received), field("申请人", case.creditor.name())],
    );
    w.paragraph("objection", "异议人已收到上述支付令，现在法定期限内提出书面异议，请求裁定终结督促程序。");
    w.heading("reasons", "异议理由");
    w.lacks("objection.reasons", true);
    w.items(
        "reasons",
        [format!("双方对债务的数额或计算存在争议：{BLANK}；"), format!("其他理由：{BLANK}。")],
    );
    balance(&mut w, case);
    rules(&mut w, case, "依据");
    w.signature("异议人");
    w.finish()
}

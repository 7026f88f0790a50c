//! 协商还款申请书 and 困难情况说明 (domain §10.1, §10.2).

use ashore_domain::LetterKind;

use super::Draft;
use super::case::{Capacity, Case, Request};
use super::passages::{applicant, attachments, balance, loan, overdue, reply, rules, to_creditor};
use super::writer::{BLANK, Writer, date, figures, parts, yuan};
use crate::capital::capital;
use crate::document::Align;

pub(super) fn application(case: &Case) -> Draft {
    let mut w = Writer::new(super::title(LetterKind::Application), case.today);
    to_creditor(&mut w, case);
    applicant(&mut w, case, "申请人");
    w.paragraph("purpose", "本人因还款能力下降，难以按原约定足额还款，愿意继续履行还款义务，现就下列借款向贵方申请协商变更还款安排。");
    w.heading("loan", "一、借款情况");
    loan(&mut w, case);
    balance(&mut w, case);
    if let Some(late) = overdue(case) {
        w.paragraph("overdue", late);
    }
    w.heading("facts", "二、困难原因");
    hardship_facts(&mut w, case);
    w.heading("capacity", "三、目前的还款能力");
    capacity(&mut w, case);
    w.heading("will", "四、还款意愿");
    w.paragraph("will", "本人愿意履行还款义务，没有逃避债务的意图，将保持联系畅通，如实提供材料，并按书面确认的新安排按时还款。");
    w.heading("request", "五、申请事项");
    requests(&mut w, case);
    rules(&mut w, case, "六、依据");
    w.heading("reply", if case.rules.is_empty() { "六、答复" } else { "七、答复" });
    reply(&mut w, case);
    attachments(&mut w, case, "附件");
    w.heading("declaration", "声明");
    w.paragraph("declaration", "以上内容及所附材料真实。本申请用于协商还款，本人对尚有争议的利息、罚息、违约金及各项费用的金额不因提交本申请而视为认可。在双方以书面形式确认新的安排之前，原合同约定照旧。");
    w.signature("申请人");
    w.finish()
}

pub(super) fn hardship(case: &Case) -> Draft {
    let mut w = Writer::new(super::title(LetterKind::Hardship), case.today);
    to_creditor(&mut w, case);
    applicant(&mut w, case, "说明人");
    loan(&mut w, case);
    w.heading("facts", "发生了什么");
    hardship_facts(&mut w, case);
    w.heading("capacity", "目前的收入与支出");
    capacity(&mut w, case);
    if let Some(known) = &case.capacity {
        w.heading("household", "家庭与财产");
        household(&mut w, known);
    }
    let known = case.hardship.as_ref();
    let until = known.and_then(|h| h.until).map(|day| format!("预计上述情况持续到 {} 前后。", date(day)));
    let turning = known.and_then(|h| h.turning_point.clone());
    let forecast: String = until.into_iter().chain(turning).collect();
    if forecast.is_empty() {
        w.lacks("hardship.turning_point", false);
    } else {
        w.heading("forecast", "今后的情况");
        w.paragraph("forecast", forecast);
    }
    w.heading("can", "本人能做到的");
    match &case.capacity {
        Some(known) => w.paragraph("can", format!(
            "扣除必要支出、优先债务和应急金后，本人每月可用于偿还全部网络借款的金额约为 {}。本人愿意在此范围内按书面确认的安排还款。",
            yuan(known.capacity)
        )),
        None => w.paragraph("can", "本人愿意在力所能及的范围内，按书面确认的安排还款。"),
    }
    attachments(&mut w, case, "附件");
    w.heading("declaration", "声明");
    w.paragraph(
        "declaration",
        "以上情况及所附材料真实，仅供协商还款使用，请勿用于其他目的或提供给无关第三人。",
    );
    w.signature("说明人");
    w.finish()
}

fn hardship_facts(w: &mut Writer, case: &Case) {
    let Some(known) = &case.hardship else {
        w.lacks("hardship", true);
        w.paragraph("facts", format!("自 {BLANK} 起，本人因 {BLANK}，收入下降，难以按原约定足额还款。"));
        return;
    };
    let proofs = if known.proofs.is_empty() {
        String::new()
    } else {
        format!("（见附件 {}）", known.proofs.join("、"))
    };
    w.paragraph("facts", format!("自 {} 起，{}{proofs}", date(known.since), known.what));
    match (known.income_before, known.income_now) {
        (Some(before), Some(now)) => {
            w.paragraph(
                "facts.income",
                format!("此前每月收入约 {}，目前每月收入约 {}。", yuan(before), yuan(now)),
            );
        }
        (None, Some(now)) => w.paragraph("facts.income", format!("目前每月收入约 {}。", yuan(now))),
        _ => {}
    }
}

fn capacity(w: &mut Writer, case: &Case) {
    let Some(known) = &case.capacity else {
        w.lacks("capacity", true);
        w.paragraph(
            "capacity",
            format!("本人目前每月收入 {BLANK} 元，必要支出 {BLANK} 元，可用于还款 {BLANK} 元。"),
        );
        return;
    };
    let mut rows = vec![
        vec!["每月收入".to_owned(), figures(known.total_income)],
        vec!["每月支出".to_owned(), figures(known.total_expenses)],
    ];
    if known.total_priority.is_positive() {
        rows.push(vec!["须优先偿还的债务".to_owned(), figures(known.total_priority)]);
    }
    rows.push(vec!["应急金".to_owned(), figures(known.buffer)]);
    let stated = known.as_of.map_or(String::new(), |day| format!("（{} 填报）", date(day)));
    w.paragraph("capacity", format!("本人目前每月收支{stated}如下："));
    let total = Some(vec!["可用于偿还全部网络借款".to_owned(), figures(known.capacity)]);
    w.table("capacity", &[("项目", Align::Left, 1), ("金额（元／月）", Align::Right, 1)], rows, total);
    if let Some((count, due)) = known.other_loans.filter(|(count, _)| *count > 0) {
        w.paragraph(
            "capacity.others",
            format!(
                "除本笔外，本人另有 {count} 笔网络借款，下个月按约应还合计 {}，上述金额须在各笔之间分配。",
                yuan(due)
            ),
        );
    }
}

fn household(w: &mut Writer, known: &Capacity) {
    if known.dependants.is_empty() {
        w.paragraph("household", "没有填报需要抚养或赡养的家人。");
    } else {
        w.paragraph("household", format!("需要抚养或赡养的家人：{}。", known.dependants.join("、")));
    }
    let lines = |lines: &[(String, ashore_domain::Money)]| -> Vec<Vec<String>> {
        lines.iter().map(|(name, amount)| vec![name.clone(), figures(*amount)]).collect()
    };
    let columns = |title| [(title, Align::Left, 1), ("金额（元／月）", Align::Right, 1)];
    if !known.income.is_empty() {
        w.table("income", &columns("收入"), lines(&known.income), None);
    }
    if !known.expenses.is_empty() {
        w.table("expenses", &columns("支出"), lines(&known.expenses), None);
    }
    if !known.priority.is_empty() {
        w.table("priority", &columns("优先债务"), lines(&known.priority), None);
    }
    if !known.assets.is_empty() {
        w.table(
            "assets",
            &[("财产", Align::Left, 1), ("估值（元）", Align::Right, 1)],
            lines(&known.assets),
            None,
        );
    }
}

fn requests(w: &mut Writer, case: &Case) {
    if case.requests.is_empty() {
        w.lacks("request", false);
        w.items(
            "request",
            [
                "请贵方结合上述还款能力，提出可供本人选择的延期、分期或减免方案；".to_owned(),
                "协商期间，请暂缓计收罚息、违约金，并以书面方式沟通；".to_owned(),
                "请书面说明新的安排如何向征信机构报送。".to_owned(),
            ],
        );
        return;
    }
    for (place, request) in case.requests.iter().take(2).enumerate() {
        let id = if place == 0 { "request" } else { "fallback" };
        if place == 1 {
            w.paragraph("fallback.intro", "如上述方案不能接受，本人申请改按下列方案处理：");
        }
        w.items(id, clauses(request, place == 0));
        if request.rows.len() > 2 {
            schedule(w, id, request);
        }
    }
}

fn clauses(request: &Request, first: bool) -> Vec<String> {
    let mut all = Vec::new();
    if let (Some((begin, amount)), Some((end, last))) = (request.rows.first(), request.rows.last()) {
        let total = request.total();
        let n = request.rows.len();
        let odd = if last == amount { String::new() } else { format!("（最后一期 {}）", yuan(*last)) };
        let even = request.rows.iter().rev().skip(1).all(|(_, a)| a == amount);
        all.push(if n == 1 {
            format!(
                "于 {} 前一次性支付 {}（{}），结清本笔借款，剩余款项不再主张；",
                date(*begin),
                yuan(total),
                capital(total)
            )
        } else if even {
            format!(
                "自 {} 起分 {n} 期偿还，每期 {}{odd}，至 {} 止，共 {}（{}）；",
                date(*begin),
                yuan(*amount),
                date(*end),
                yuan(total),
                capital(total)
            )
        } else {
            format!(
                "自 {} 起至 {} 止分 {n} 期偿还，各期金额见下表，共 {}（{}）；",
                date(*begin),
                date(*end),
                yuan(total),
                capital(total)
            )
        });
    }
    let waived = parts(&request.waived);
    if !waived.is_empty() {
        let list: Vec<String> =
            waived.iter().map(|(name, amount)| format!("{name} {}", yuan(*amount))).collect();
        all.push(format!("减免{}；", list.join("、")));
    }
    all.extend(request.reliefs.iter().map(|clause| format!("{clause}；")));
    if first {
        all.push(
            "按新安排还款期间不再计收罚息和违约金，并停止催收（包括委托的第三方），不联系无关第三人；"
                .to_owned(),
        );
        all.push(
            "请书面写明新的金额、期限、利息、减免项目、还款账户和违约处理，以及如何向征信机构报送。"
                .to_owned(),
        );
    }
    if let Some(last) = all.last_mut().filter(|last| last.ends_with('；')) {
        last.truncate(last.len() - '；'.len_utf8());
        last.push('。');
    }
    all
}

pub(super) fn schedule(w: &mut Writer, id: &str, request: &Request) {
    let rows = (1..).zip(&request.rows).map(|(n, (due, amount)): (usize, _)| {
        vec![n.to_string(), due.format("%Y-%m-%d").to_string(), figures(*amount)]
    });
    w.table(
        &format!("{id}.schedule"),
        &[("期数", Align::Center, 0), ("还款日", Align::Left, 1), ("金额（元）", Align::Right, 1)],
        rows.collect(),
        Some(vec!["合计".to_owned(), String::new(), figures(request.total())]),
    );
}

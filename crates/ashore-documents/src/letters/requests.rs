//! Short requests to the lender: confirmation in writing, hours of contact, no third persons, personal information,
//! credit record, certificate of settlement, performance (domain §10.4).

use ashore_domain::LetterKind;

use super::Draft;
use super::case::{Case, Contact};
use super::passages::{applicant, attachments, loan, reply, rules, short, terms, to_creditor};
use super::writer::{BLANK, Writer, date, field, yuan};

fn opened(case: &Case, kind: LetterKind, role: &str) -> Writer {
    let mut w = Writer::new(super::title(kind), case.today);
    to_creditor(&mut w, case);
    applicant(&mut w, case, role);
    loan(&mut w, case);
    w
}

pub(super) fn when(contact: &Contact) -> String {
    let day = date(contact.at.date_naive());
    if contact.day_only { day } else { format!("{day} {}", contact.at.format("%H:%M")) }
}

pub(super) fn confirmation(case: &Case) -> Draft {
    let mut w = opened(case, LetterKind::Confirmation, "借款人");
    match &case.spoken {
        Some(spoken) => {
            let who = spoken.who.as_deref().map_or(String::new(), |who| format!("贵方{who}"));
            let who = if who.is_empty() { "贵方工作人员".to_owned() } else { who };
            w.paragraph(
                "spoken",
                format!("{}，{who}通过{}就本笔借款告知本人下列内容：", when(spoken), spoken.kind),
            );
            let told = if spoken.outcomes.is_empty() {
                vec![spoken.summary.clone()]
            } else {
                spoken.outcomes.clone()
            };
            w.items("spoken", told);
        }
        None => {
            w.lacks("spoken", true);
            w.paragraph(
                "spoken",
                format!("{BLANK}，贵方工作人员（工号 {BLANK}）通过电话就本笔借款告知本人下列内容："),
            );
            w.items("spoken", [BLANK.repeat(3)]);
        }
    }
    w.paragraph(
        "why",
        "口头说明难以作为双方执行的依据。为避免理解不一致，请贵方以书面形式确认上述内容，并写明：",
    );
    w.items(
        "points",
        [
            "债权人全称、借款合同编号，以及截至确认日的欠款总额和各项明细；".to_owned(),
            "新的每期金额、还款日、期数和总额；".to_owned(),
            "利息、罚息、违约金如何处理，减免哪些项目、金额多少；".to_owned(),
            "还款账户的户名和账号（须为贵方官方账户）；".to_owned(),
            "按约还款期间停止催收，未按约还款时如何处理；".to_owned(),
            "结清后出具结清证明的时间，以及如何向征信机构报送。".to_owned(),
        ],
    );
    w.paragraph("until", "在收到书面确认之前，本人按原合同理解各项约定。");
    reply(&mut w, case);
    rules(&mut w, case, "依据");
    w.signature("借款人");
    w.finish()
}

pub(super) fn contact_hours(case: &Case) -> Draft {
    let mut w = opened(case, LetterKind::ContactHours, "借款人");
    w.paragraph("purpose", "本人愿意就还款事宜与贵方保持联系。为了能够准确记录和及时答复，请贵方及受托机构按以下方式与本人沟通：");
    w.items(
        "ways",
        [
            "优先使用书面方式：短信、电子邮件或 App 站内消息；".to_owned(),
            format!(
                "确需电话联系的，请在 {BLANK} 至 {BLANK} 之间拨打本人电话，晚 22:00 至早 8:00 请勿联系；"
            ),
            "通话开始时请说明所属机构、姓名或工号，以及受谁委托；".to_owned(),
            "同一事项已有书面往来的，请勿在一日内反复致电。".to_owned(),
        ],
    );
    evidence_facts(&mut w, case, "近期的联系记录（本人记录，请核对）：");
    rules(&mut w, case, "参考的规范");
    reply(&mut w, case);
    w.signature("借款人");
    w.finish()
}

pub(super) fn third_party_stop(case: &Case) -> Draft {
    let mut w = opened(case, LetterKind::ThirdPartyStop, "借款人");
    let third: Vec<&Contact> = case.evidence.iter().filter(|e| e.third_party).collect();
    if third.is_empty() {
        w.lacks("evidence.third_party", true);
        w.paragraph("facts", format!("{BLANK}，有人就本笔借款联系了本人的 {BLANK}（号码 {BLANK}）。"));
    } else {
        w.paragraph("facts", "按本人记录，有人就本笔借款联系了与债务无关的第三人：");
        w.items("facts", third.iter().map(|e| fact_line(e)));
    }
    w.paragraph("request", "本人可以直接联系。请贵方：");
    w.items(
        "request",
        [
            "立即停止就本笔借款联系本人的家人、同事、朋友等第三人，并通知所有受托机构；".to_owned(),
            "说明第三人联系方式的来源、使用目的，以及向哪些机构提供过；".to_owned(),
            "书面告知处理结果。".to_owned(),
        ],
    );
    rules(&mut w, case, "依据");
    reply(&mut w, case);
    w.signature("借款人");
    w.finish()
}

pub(super) fn personal_information(case: &Case) -> Draft {
    let mut w = opened(case, LetterKind::PersonalInformation, "申请人");
    w.paragraph(
        "purpose",
        "本人依法申请查阅、复制贵方处理的与本笔借款有关的个人信息，并在信息不准确时申请更正。",
    );
    w.items(
        "request",
        [
            "提供借款合同及全部附件、放款记录、还款明细、各项费用的收取依据和收款方的副本；".to_owned(),
            "说明收集了本人哪些个人信息，包括通讯录、位置、设备信息，以及各自的目的和保存期限；".to_owned(),
            "列明个人信息提供或委托处理的接收方名称、联系方式、目的和方式，包括催收机构；".to_owned(),
            "对不准确或不完整的信息予以更正、补充，并书面告知处理结果。".to_owned(),
        ],
    );
    rules(&mut w, case, "依据");
    reply(&mut w, case);
    w.signature("申请人");
    w.finish()
}

pub(super) fn credit_objection(case: &Case) -> Draft {
    let mut w = opened(case, LetterKind::CreditObjection, "申请人");
    let report = case.evidence.iter().rev().find_map(|e| e.report.clone());
    if report.is_none() {
        w.lacks("credit.report", true);
    }
    let (number, day) = report.unwrap_or((None, None));
    w.fields(
        "report",
        vec![
            field("信用报告编号", number.unwrap_or_else(|| BLANK.to_owned())),
            field("报告日期", day.map_or_else(|| BLANK.to_owned(), date)),
        ],
    );
    w.lacks("credit.item", true);
    w.paragraph(
        "item",
        format!(
            "信用报告第 {BLANK} 页关于本笔借款的记录为：{BLANK}。本人认为该记录与事实不符，应为：{BLANK}。"
        ),
    );
    w.paragraph("reason", format!("理由和证明：{BLANK}。"));
    w.paragraph(
        "request",
        "请贵方核查，确有错误的予以更正并重新报送；核查期间请按规定对相关信息作出标注，并书面答复处理结果。",
    );
    rules(&mut w, case, "依据");
    attachments(&mut w, case, "附件");
    w.signature("申请人");
    w.finish()
}

pub(super) fn settlement_certificate(case: &Case) -> Draft {
    let mut w = opened(case, LetterKind::SettlementCertificate, "申请人");
    let last = case.loan.payments.last();
    let paid = last.map_or(String::new(), |(day, amount)| {
        format!("最近一笔还款为 {} 的 {}。", date(*day), yuan(*amount))
    });
    if case.loan.settled || case.loan.outstanding.total().is_zero() {
        w.paragraph("facts", format!("按本人记录，本笔借款已全部还清。{paid}"));
    } else {
        w.lacks("loan.settled", false);
        w.paragraph(
            "facts",
            format!(
                "按本人记录，本笔借款截至 {} 尚有 {} 未还。{paid}请在全部还清后出具结清证明。",
                date(case.today),
                yuan(case.loan.outstanding.total())
            ),
        );
    }
    w.paragraph("request", "请贵方：");
    w.items(
        "request",
        [
            "出具加盖公章的结清证明，写明债权人全称、合同编号、结清日期和“不再主张其他款项”；".to_owned(),
            "向征信机构更新账户状态，并告知更新时间；".to_owned(),
            "通知所有受托机构停止催收，并删除或停止使用不再需要的个人信息。".to_owned(),
        ],
    );
    rules(&mut w, case, "依据");
    reply(&mut w, case);
    w.signature("申请人");
    w.finish()
}

pub(super) fn performance(case: &Case) -> Draft {
    let mut w = opened(case, LetterKind::Performance, "还款人");
    match case.loan.payments.last() {
        Some((day, amount)) => w.paragraph(
            "paid",
            format!(
                "本人已于 {} 就本笔借款还款 {}（{}）。",
                date(*day),
                yuan(*amount),
                crate::capital::capital(*amount)
            ),
        ),
        None => {
            w.lacks("payment", true);
            w.paragraph("paid", format!("本人已于 {BLANK} 就本笔借款还款 {BLANK} 元。"));
        }
    }
    match &case.agreement {
        Some(agreed) => {
            w.paragraph(
                "agreed",
                format!(
                    "该笔款项用于履行双方于 {} 书面确认的还款安排，各期情况如下：",
                    date(agreed.agreed_on)
                ),
            );
            terms(&mut w, "terms", &agreed.rows);
        }
        None => {
            w.paragraph("agreed", "请将该笔款项用于偿还本笔借款最早到期的未还款项，并告知抵充后的各项余额。")
        }
    }
    w.paragraph("request", "请贵方核对入账情况；如有不一致，请书面说明。");
    attachments(&mut w, case, "附件");
    w.signature("还款人");
    w.finish()
}

pub(super) fn fact_line(e: &Contact) -> String {
    let who = e.who.as_deref().map_or(String::new(), |who| format!("，{who}"));
    format!("{}，{}{who}：{}（证据 {}）", when(e), e.kind, short(&e.summary), e.number)
}

fn evidence_facts(w: &mut Writer, case: &Case, intro: &str) {
    if !case.evidence.is_empty() {
        w.paragraph("facts", intro);
        w.items("facts", case.evidence.iter().map(fact_line));
    }
}

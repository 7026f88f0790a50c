//! An agreement as the borrower would like it: every point that makes one safe to sign (domain §4.4), filled where it is
//! known, a blank where only the two sides can say it.

use ashore_domain::LetterKind;

use super::Draft;
use super::application::schedule;
use super::case::Case;
use super::passages::{applicant, balance, loan};
use super::writer::{BLANK, Writer, date, field, parts, yuan};
use crate::capital::capital;

pub(super) fn draft(case: &Case) -> Draft {
    let mut w = Writer::new(super::title(LetterKind::AgreementDraft), case.today);
    w.note("state", "草稿，供双方核对。未经双方签署或书面确认，原合同约定照旧。");
    if case.creditor.legal_name.is_none() {
        w.lacks("creditor.legal_name", true);
    }
    let creditor = case.creditor.legal_name.clone().unwrap_or_else(|| BLANK.to_owned());
    w.fields("creditor", vec![field("债权人（甲方）", creditor)]);
    applicant(&mut w, case, "借款人（乙方）");
    loan(&mut w, case);

    w.heading("balance", "一、确认的欠款");
    balance(&mut w, case);
    w.paragraph("balance.only", "除上述各项外，甲方不再就本笔借款主张其他款项。");

    w.heading("terms", "二、还款安排");
    if let Some(request) = case.requests.first() {
        let total = request.total();
        w.paragraph(
            "sum",
            format!("共 {} 期，合计 {}（{}），逐期如下：", request.rows.len(), yuan(total), capital(total)),
        );
        schedule(&mut w, "plan", request);
        let waived = parts(&request.waived);
        if waived.is_empty() {
            w.paragraph("waived", format!("甲方减免：{BLANK}。"));
        } else {
            let list: Vec<String> =
                waived.iter().map(|(name, amount)| format!("{name} {}", yuan(*amount))).collect();
            w.paragraph("waived", format!("甲方减免：{}。", list.join("、")));
        }
        w.items("reliefs", request.reliefs.iter().map(|clause| format!("{clause}。")));
    } else {
        w.lacks("request", true);
        w.paragraph("sum", format!("自 {BLANK} 起，每期 {BLANK} 元，共 {BLANK} 期，合计 {BLANK} 元。"));
        w.paragraph("waived", format!("甲方减免：{BLANK}。"));
    }

    w.heading("clauses", "三、其他约定");
    if case.agreement.as_ref().and_then(|agreed| agreed.payment_account.as_ref()).is_none() {
        w.lacks("agreement.payment_account", true);
    }
    let account = case
        .agreement
        .as_ref()
        .and_then(|agreed| agreed.payment_account.clone())
        .unwrap_or_else(|| format!("户名 {BLANK}，账号 {BLANK}（甲方的官方 App 或对公账户）"));
    w.items(
        "clause",
        [
            format!("利息：还款安排期间年利率 {BLANK}（不计收利息的，写“不计收”）；罚息、违约金自 {BLANK} 起停止计收。"),
            format!("收款账户：{account}。"),
            "还款抵充：每期还款用于抵充当期应还款项，不先抵充其他费用。".to_owned(),
            "催收：自本协议生效之日起，甲方停止催收（包括委托的催收机构），不再联系乙方的家人、同事和其他第三人。"
                .to_owned(),
            format!(
                "违约：乙方逾期未超过 {BLANK} 天的，不视为违约；补足当期款项后，本协议和减免照旧。超过的，处理方式为：{BLANK}。"
            ),
            format!(
                "结清：乙方按约定付清后，剩余债务甲方不再主张，并在 {BLANK} 日内出具结清证明。"
            ),
            format!("征信：履行期间报送为 {BLANK}；结清后 {BLANK} 日内更新。"),
            "提前还款：乙方可以提前还款，甲方不收取违约金，也不另收其他费用。".to_owned(),
            format!("已提起诉讼、仲裁或申请执行的，甲方在 {BLANK} 日内撤回；相关费用由 {BLANK} 承担。"),
            "联系方式和送达地址以本协议所列为准；变更的，书面通知对方。".to_owned(),
            "本协议一式两份，自双方签署或书面确认之日起生效；变更须经双方书面同意。".to_owned(),
        ],
    );
    w.note(
        "check",
        format!(
            "按本人记录填写，截至 {}。签署前请逐条核对空白处；没有写明的内容，不视为已经变更。",
            date(case.today)
        ),
    );
    w.signature_of("甲方（盖章）");
    w.signature("乙方");
    w.finish()
}

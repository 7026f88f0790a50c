//! The message that asks for spoken words in writing. It says what was said and nothing else.

use ashore_domain::{Proposal, Relief, Side};
use chrono::{Datelike as _, NaiveDate};

use super::make::named;
use crate::loans::LoanFile;

/// What was said, by whom.
pub(super) struct Said<'a> {
    pub(super) file: &'a LoanFile,
    pub(super) offer: &'a Proposal,
    pub(super) on: NaiveDate,
    pub(super) creditor: Option<String>,
    pub(super) staff: Option<String>,
    pub(super) reply_by: NaiveDate,
}

/// The text, in Chinese: it goes to a lender in China.
pub(super) fn confirmation(said: &Said<'_>) -> String {
    let Said { file, offer, on, creditor, staff, reply_by } = said;
    let mut lines = Vec::new();
    let to = creditor.as_deref().unwrap_or(file.name());
    lines.push(format!("{to}：您好。"));
    let contract = match &file.state.loan.contract_no {
        Some(no) => format!("（合同编号 {no}）"),
        None => String::new(),
    };
    let who = staff.as_deref().map_or_else(|| "贵方工作人员".to_owned(), |staff| format!("贵方{staff}"));
    let whose = match offer.by {
        Side::Borrower => "口头同意我提出的以下还款方案",
        Side::Lender => "口头提出以下还款方案，我表示接受",
    };
    lines.push(format!("关于我在贵方的借款“{}”{contract}，{}，{who}{whose}：", file.name(), cn(*on)));
    let total = offer.rows.iter().map(|row| row.amount).sum::<ashore_domain::Money>();
    let mut points = Vec::new();
    match offer.rows.as_slice() {
        [] => {}
        [only] => points.push(format!("还款金额 {} 元，于 {} 前一次付清。", only.amount, cn(only.due))),
        [first, .., last] => {
            points.push(format!(
                "还款总额 {total} 元，共 {} 期，首期 {} 元，末期 {} 元。",
                offer.rows.len(),
                first.amount,
                last.amount
            ));
            points.push(format!("首期还款日 {}，末期还款日 {}。", cn(first.due), cn(last.due)));
        }
    }
    for (bucket, amount) in named(&offer.waived) {
        points.push(format!("减免{} {amount} 元。", bucket_zh(&bucket)));
    }
    points.extend(offer.reliefs.iter().filter_map(relief_zh));
    points.push("履行期间是否停止催收（含委外机构），以及征信如何报送。".to_owned());
    points.push("收款账户的户名和账号，或官方还款入口。".to_owned());
    for (k, point) in points.iter().enumerate() {
        lines.push(format!("{}. {point}", k + 1));
    }
    lines.push(format!(
        "请在 {} 前，以短信、邮件、官方 App 消息或盖章文件逐项书面确认；如与贵方记录不一致，请指出。",
        cn(*reply_by)
    ));
    lines.push("在收到书面确认之前，我理解原合同没有变更。谢谢。".to_owned());
    lines.join("\n")
}

fn cn(day: NaiveDate) -> String {
    format!("{} 年 {} 月 {} 日", day.year(), day.month(), day.day())
}

/// A bucket's word in Chinese.
fn bucket_zh(word: &str) -> &'static str {
    match word {
        "principal" => "本金",
        "interest" => "利息",
        "penalty" => "罚息",
        "compound" => "复利",
        "late_fee" => "违约金",
        "fees" => "其他费用",
        _ => "实现债权的费用",
    }
}

/// What a relief adds to the rows, in a sentence.
fn relief_zh(relief: &Relief) -> Option<String> {
    Some(match relief {
        Relief::Deferral { months, interest } => {
            let how = match interest {
                ashore_domain::DeferredInterest::Stopped => "延期期间不计息",
                ashore_domain::DeferredInterest::Accrues => "延期期间利息照计并计入本金",
                ashore_domain::DeferredInterest::AccruesNoCompound => "延期期间利息照计，不计复利",
            };
            format!("延期 {months} 个月，{how}。")
        }
        Relief::InterestStop { from } => format!("自 {} 起停止计收利息、罚息。", cn(*from)),
        Relief::RateCut { rate } | Relief::CostToCap { rate } => {
            format!("年利率调整为 {}%。", (rate * rust_decimal::Decimal::ONE_HUNDRED).normalize())
        }
        Relief::InterestOnly { months } => format!("前 {months} 个月只还利息。"),
        Relief::CollectionPause { until } => format!("至 {} 停止催收。", cn(*until)),
        Relief::Waiver { lapses_on_breach: true } => "减免以按期履行为条件。".to_owned(),
        Relief::LumpSumSettlement { .. } => "付清后剩余债务不再主张，并出具结清证明。".to_owned(),
        _ => return None,
    })
}

use ashore_domain::ReminderKind;
use chrono::Datelike;

use super::standing::Standing;
use crate::rules::built_in;
use crate::session::{Language, NotificationText};

/// Title and body of a notification about one thing. Neutral text names nobody and no amount.
pub(super) fn of(standing: &Standing, language: Language, detail: NotificationText) -> (String, String) {
    let body = match detail {
        NotificationText::Neutral => neutral(language),
        NotificationText::Full => full(standing, language),
    };
    (title(language), body)
}

/// Title and body of a notification that stands for many.
pub(super) fn of_many(
    standing: &[&Standing],
    language: Language,
    detail: NotificationText,
) -> (String, String) {
    let count = standing.len();
    let mut names: Vec<&str> = standing.iter().map(|one| one.item.name.as_str()).collect();
    names.retain(|name| !name.is_empty());
    names.sort_unstable();
    names.dedup();
    let named = match (detail, language) {
        (NotificationText::Neutral, _) => String::new(),
        (NotificationText::Full, Language::Chinese) => format!("：{}", names.join("、")),
        (NotificationText::Full, Language::English) => format!(": {}", names.join(", ")),
    };
    let body = match language {
        Language::Chinese => format!("有 {count} 件事到时间了{named}"),
        Language::English => format!("{count} things are due{named}"),
    };
    (title(language), body)
}

/// Everything about one stage.
pub(super) fn full(standing: &Standing, language: Language) -> String {
    let item = &standing.item;
    let money = matches!(item.subject.kind, ReminderKind::LoanDue | ReminderKind::AgreementDue);
    let when = when(standing.stage.days(), money, language);
    let (due, amount) = (item.due, item.amount.map(|amount| amount.to_string()).unwrap_or_default());
    // Before the due the due is what counts; after it, the day until which paying is still on time.
    let graced = item.grace_until.filter(|_| standing.stage.days() > 0);
    match language {
        Language::Chinese => {
            let date = format!("{} 月 {} 日", due.month(), due.day());
            if money {
                let term = item.term.filter(|term| *term > 0).map(|term| format!(" 第 {term} 期"));
                let grace = graced.map(|end| format!("，合同宽限到 {} 月 {} 日", end.month(), end.day()));
                let (term, grace) = (term.unwrap_or_default(), grace.unwrap_or_default());
                return format!("{}{term} ¥{amount}，{date}，{when}{grace}", item.name);
            }
            let short = if amount.is_empty() { amount } else { format!("，差 ¥{amount}") };
            format!("{}{short}，{date}，{when}", headline(standing, language))
        }
        Language::English => {
            if money {
                let term = item.term.filter(|term| *term > 0).map(|term| format!(", term {term}"));
                let grace = graced.map(|end| format!(", the contract's grace ends on {end}"));
                let (term, grace) = (term.unwrap_or_default(), grace.unwrap_or_default());
                return format!("{}{term}: ¥{amount}, {due}, {when}{grace}", item.name);
            }
            let short = if amount.is_empty() { amount } else { format!(", ¥{amount} short") };
            format!("{}{short}, {due}, {when}", headline(standing, language))
        }
    }
}

/// What stands in a calendar on the day itself, when the borrower wants it told there.
pub(super) fn calendar(standing: &Standing, language: Language) -> String {
    let item = &standing.item;
    let money = matches!(item.subject.kind, ReminderKind::LoanDue | ReminderKind::AgreementDue);
    match (item.amount.filter(|_| money), item.term, language) {
        (Some(amount), Some(term), Language::Chinese) if term > 0 => {
            format!("{} 第 {term} 期 ¥{amount}", item.name)
        }
        (Some(amount), Some(term), Language::English) if term > 0 => {
            format!("{}, term {term}: ¥{amount}", item.name)
        }
        (Some(amount), _, _) => format!("{} ¥{amount}", item.name),
        (None, ..) => headline(standing, language),
    }
}

/// The kind and whom it concerns.
fn headline(standing: &Standing, language: Language) -> String {
    let rules = built_in().map(|rules| rules.reminders.as_slice()).unwrap_or_default();
    let rule = rules.iter().find(|rule| rule.kind == standing.item.subject.kind);
    let name = &standing.item.name;
    match (language, rule.map(|rule| &rule.rule)) {
        (_, None) => name.clone(),
        (Language::Chinese, Some(rule)) if name.is_empty() => rule.title.clone(),
        (Language::English, Some(rule)) if name.is_empty() => rule.title_en.clone(),
        (Language::Chinese, Some(rule)) => format!("{}：{name}", rule.title),
        (Language::English, Some(rule)) => format!("{}: {name}", rule.title_en),
    }
}

fn when(days: i16, money: bool, language: Language) -> String {
    let ago = days.unsigned_abs();
    match (language, days) {
        (Language::Chinese, ..=-2) if money => format!("{ago} 天后到期"),
        (Language::Chinese, -1) if money => "明天到期".to_owned(),
        (Language::Chinese, 0) if money => "今天到期".to_owned(),
        (Language::Chinese, 1) if money => "昨天到期，还没有记录付款".to_owned(),
        (Language::Chinese, _) if money => format!("{ago} 天前到期，还没有记录付款"),
        (Language::Chinese, ..=-2) => format!("还有 {ago} 天"),
        (Language::Chinese, -1) => "就在明天".to_owned(),
        (Language::Chinese, 0) => "就在今天".to_owned(),
        (Language::Chinese, _) => format!("已过 {ago} 天"),
        (Language::English, ..=-2) if money => format!("due in {ago} days"),
        (Language::English, -1) if money => "due tomorrow".to_owned(),
        (Language::English, 0) if money => "due today".to_owned(),
        (Language::English, 1) if money => "was due yesterday, no payment is recorded".to_owned(),
        (Language::English, _) if money => format!("was due {ago} days ago, no payment is recorded"),
        (Language::English, ..=-2) => format!("in {ago} days"),
        (Language::English, -1) => "tomorrow".to_owned(),
        (Language::English, 0) => "today".to_owned(),
        (Language::English, 1) => "yesterday".to_owned(),
        (Language::English, _) => format!("{ago} days ago"),
    }
}

/// Title of every notification.
pub(super) fn title(language: Language) -> String {
    match language {
        Language::Chinese => "提醒",
        Language::English => "Reminder",
    }
    .to_owned()
}

/// What may stand on a lock screen.
pub(super) fn neutral(language: Language) -> String {
    match language {
        Language::Chinese => "有一件事到时间了",
        Language::English => "Something is due",
    }
    .to_owned()
}

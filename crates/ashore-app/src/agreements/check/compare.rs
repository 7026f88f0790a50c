//! What a text says held against what is recorded about the loan.

use std::sync::OnceLock;

use ashore_domain::Money;
use regex::Regex;

use super::text::{Found, PlainText};
use crate::words::ContactChannel;

/// What is recorded.
pub(super) struct Known {
    /// Every name of the creditor: legal name, brand, aliases.
    pub(super) creditors: Vec<String>,
    pub(super) contract_no: Option<String>,
    /// Owed by our count today.
    pub(super) owed: Money,
    /// The dues that were agreed or offered.
    pub(super) rows: Vec<Money>,
    /// The holder of the account.
    pub(super) payee: Option<String>,
    /// Another account than the one agreed on before.
    pub(super) account_changed: bool,
    /// A record holds the signed text.
    pub(super) signed: bool,
    pub(super) channel: Option<ContactChannel>,
}

/// Something compared, with where it stands.
pub(super) struct Compared {
    /// A code the shells word.
    pub(super) code: &'static str,
    pub(super) at: Option<Found>,
}

/// The amounts of a text against the dues.
pub(super) struct Amounts {
    /// Σ of the dues.
    pub(super) rows_total: Option<Money>,
    /// The total the text names.
    pub(super) text_total: Option<Money>,
    pub(super) at: Option<Found>,
}

fn pattern(cell: &'static OnceLock<Option<Regex>>, text: &str) -> Option<&'static Regex> {
    cell.get_or_init(|| Regex::new(text).ok()).as_ref()
}

fn total_pattern() -> Option<&'static Regex> {
    static TOTAL: OnceLock<Option<Regex>> = OnceLock::new();
    pattern(
        &TOTAL,
        r"(?:还款总额|总金额|总额|合计|共计|总计|还款总)[^。;0-9]{0,10}?(?P<n>\d[\d,]*(?:\.\d+)?)",
    )
}

fn payee_pattern() -> Option<&'static Regex> {
    static PAYEE: OnceLock<Option<Regex>> = OnceLock::new();
    pattern(&PAYEE, r"(?:户名|收款人|收款方|收款单位)(?:为|是)?[:：]?(?P<n>[一-龥A-Za-z()·]{2,40})")
}

fn debt_pattern() -> Option<&'static Regex> {
    static DEBT: OnceLock<Option<Regex>> = OnceLock::new();
    pattern(
        &DEBT,
        r"(?:确认|尚欠|结欠|欠款|欠付|债务)(?:总额|总计|合计|共计)?[^。;0-9]{0,14}?(?P<n>\d[\d,]*(?:\.\d+)?)元",
    )
}

fn named(text: &PlainText, pattern: Option<&Regex>) -> Option<(String, Found)> {
    let captured = pattern?.captures(text.plain())?;
    let word = captured.name("n")?.as_str().to_owned();
    text.find_text(captured.get(0)?.as_str()).map(|at| (word, at))
}

fn amount(text: &str) -> Option<Money> {
    text.replace(',', "").parse().ok()
}

pub(super) fn amounts(text: &PlainText, known: &Known) -> Amounts {
    let rows_total = (!known.rows.is_empty()).then(|| known.rows.iter().copied().sum());
    let stated = named(text, total_pattern());
    Amounts {
        rows_total,
        text_total: stated.as_ref().and_then(|(word, _)| amount(word)),
        at: stated.map(|(_, at)| at),
    }
}

/// What a point's `facts` say besides its patterns; `None` when there is nothing to object.
pub(super) fn objection(facts: &str, text: &PlainText, known: &Known) -> Option<Compared> {
    match facts {
        "creditor" => {
            if known.creditors.is_empty() {
                return None;
            }
            let there = known.creditors.iter().any(|name| text.find_text(name).is_some());
            (!there).then_some(Compared { code: "creditor_differs", at: None })
        }
        "contract_no" => {
            let number = known.contract_no.as_deref()?;
            text.find_text(number).is_none().then_some(Compared { code: "contract_no_differs", at: None })
        }
        "amounts" => {
            let found = amounts(text, known);
            let differs = found.rows_total.zip(found.text_total).is_some_and(|(rows, stated)| rows != stated);
            differs.then_some(Compared { code: "rows_do_not_add_up", at: found.at })
        }
        "payee" => payee_objection(text, known),
        _ => None,
    }
}

/// A holder of the account that is not the creditor, or looks like a person.
pub(super) fn payee_objection(text: &PlainText, known: &Known) -> Option<Compared> {
    let stated = named(text, payee_pattern());
    let (name, at) = match (&known.payee, &stated) {
        (Some(name), _) => (name.clone(), None),
        (None, Some((name, at))) => (name.clone(), Some(*at)),
        (None, None) => return None,
    };
    if looks_like_a_person(&name) {
        return Some(Compared { code: "personal_payee", at });
    }
    let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (name, creditors) = (plain(&name), known.creditors.iter().map(|c| plain(c)));
    let same = creditors.into_iter().any(|creditor| name.contains(&creditor) || creditor.contains(&name));
    (!same && !known.creditors.is_empty()).then_some(Compared { code: "payee_not_creditor", at })
}

/// The holder whom words on an account name, when they name one: after a label, as a company, or as a person's name that
/// they begin with. A bank where the account is kept, or the end of its number, is no holder.
pub(super) fn holder_in(account: &str) -> Option<String> {
    let plain = PlainText::new(account);
    if let Some((name, _)) = named(&plain, payee_pattern()) {
        return Some(name);
    }
    let words: Vec<&str> =
        account.split(|c: char| !is_of_a_name(c)).filter(|word| !word.is_empty()).collect();
    let company = words.iter().find(|word| word.contains("公司") && !word.contains("银行"));
    let person = words.first().filter(|word| looks_like_a_person(word));
    company.or(person).map(|word| (*word).to_owned())
}

fn is_of_a_name(sign: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&sign) || matches!(sign, '(' | ')' | '（' | '）' | '·')
}

/// Two to four Chinese signs and nothing of a company or of an account.
fn looks_like_a_person(name: &str) -> bool {
    let word: String = name.chars().take_while(|c| !c.is_whitespace() && !c.is_ascii_digit()).collect();
    let signs = word.chars().count();
    let company = [
        "公司",
        "银行",
        "中心",
        "信用社",
        "合作社",
        "集团",
        "基金",
        "支付",
        "平台",
        "财付通",
        "账",
        "户",
        "号",
        "卡",
        "行",
        "官方",
        "对公",
        "合同",
        "协议",
        "客服",
        "微信",
        "原路",
    ];
    let chinese = word.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    chinese && (2..=4).contains(&signs) && !company.iter().any(|part| word.contains(part))
}

/// More is confessed than our count says is owed.
pub(super) fn larger_debt(text: &PlainText, known: &Known) -> Option<Found> {
    let more = debt_pattern()?.captures_iter(text.plain()).find(|captured| {
        let stated = captured.name("n").and_then(|word| amount(word.as_str()));
        known.owed.is_positive() && stated.is_some_and(|stated| stated > known.owed)
    })?;
    text.find_text(more.get(0)?.as_str())
}

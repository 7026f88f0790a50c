//! Third persons masked in text: their names become numbered labels, and telephone, identity-card and bank-card numbers
//! and mail addresses lose their middle. Numbers that are part of the matter (the lender's, the borrower's) stay.
//!
//! A masked text is a derived copy for reading. It proves nothing by itself; the digest of its original does.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// Who is masked and what stays.
#[derive(Debug, Clone, Default)]
pub struct Masker {
    // Longest first, so that no name is masked as a part of another.
    names: Vec<(String, String)>,
    kept: BTreeSet<String>,
}

/// Fields whose text is an identifier, a digest or one of our own words, never somebody's.
const OURS: &[&str] = &[
    "id",
    "kind",
    "role",
    "recorded_at",
    "sha256",
    "attachment",
    "derived_from",
    "corrects",
    "at",
    "mime",
    "source",
    "precision",
    "direction",
];

impl Masker {
    /// Masks each of `third_persons` (names, numbers, addresses; one person a list) and everything that looks like a
    /// number of a person, but for what is in `kept`.
    #[must_use]
    pub fn new<'a>(
        third_persons: impl IntoIterator<Item = Vec<&'a str>>,
        kept: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let mut labels: BTreeMap<String, String> = BTreeMap::new();
        let mut count = 0;
        for person in third_persons {
            let known = person.iter().find_map(|word| labels.get(&word.to_lowercase()).cloned());
            let label = known.unwrap_or_else(|| {
                count += 1;
                format!("〔第三人{count}〕")
            });
            for word in person.into_iter().map(str::trim).filter(|word| word.chars().count() > 1) {
                labels.entry(word.to_lowercase()).or_insert_with(|| label.clone());
            }
        }
        let kept = kept.into_iter().map(bare).filter(|word| !labels.contains_key(word.as_str())).collect();
        let mut names: Vec<_> = labels.into_iter().collect();
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
        Self { names, kept }
    }

    /// The text with third persons masked.
    #[must_use]
    pub fn text(&self, text: &str) -> String {
        let mut masked = text.to_owned();
        for (name, label) in &self.names {
            masked = replace(&masked, name, label);
        }
        self.numbers(&self.addresses(&masked))
    }

    /// A record with every text in it masked; identifiers, digests and times stay.
    #[must_use]
    pub fn record(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(items) => items.iter().map(|item| self.record(item)).collect(),
            Value::Object(members) => {
                let third = members.get("role").and_then(Value::as_str) == Some("third_party");
                let masked = members.iter().map(|(name, member)| {
                    let masked = match member {
                        member if OURS.contains(&name.as_str()) && !member.is_object() => member.clone(),
                        Value::String(text) if third => Value::String(self.person(text)),
                        member => self.record(member),
                    };
                    (name.clone(), masked)
                });
                Value::Object(masked.collect())
            }
            other => other.clone(),
        }
    }

    /// A field of a third person: masked whatever it looks like.
    fn person(&self, text: &str) -> String {
        let masked = self.text(text);
        if masked == text { "〔第三人〕".to_owned() } else { masked }
    }

    fn addresses(&self, text: &str) -> String {
        let part_of_one = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '@');
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(begin) = rest.find(part_of_one) {
            let (before, from) = rest.split_at(begin);
            out.push_str(before);
            let (word, after) = from.split_at(from.find(|c| !part_of_one(c)).unwrap_or(from.len()));
            match word.split_once('@') {
                Some((local, domain))
                    if !local.is_empty() && domain.contains('.') && !self.kept.contains(&bare(word)) =>
                {
                    out.extend(local.chars().take(1));
                    out.push_str("***@");
                    out.push_str(domain);
                }
                _ => out.push_str(word),
            }
            rest = after;
        }
        out + rest
    }

    fn numbers(&self, text: &str) -> String {
        let signs: Vec<char> = text.chars().collect();
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while let Some(&sign) = signs.get(at) {
            let after_word =
                at.checked_sub(1).and_then(|i| signs.get(i)).is_some_and(char::is_ascii_alphabetic);
            if digit(sign).is_none() || after_word {
                out.push(sign);
                at += 1;
                continue;
            }
            let end = run_end(&signs, at);
            let run = signs.get(at..end).unwrap_or_default();
            out.push_str(&self.number(run));
            at = end;
        }
        out
    }

    /// A run of digits and single separators.
    fn number(&self, run: &[char]) -> String {
        let written: String = run.iter().collect();
        let digits: String = run.iter().filter_map(|sign| plain(*sign)).collect();
        let national = digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits);
        if !is_personal(national) || self.kept.contains(national) {
            return written;
        }
        let shown = if national.len() > 11 { (0, 4) } else { (3, 2) };
        let mut hidden = String::new();
        for (place, sign) in national.chars().enumerate() {
            hidden.push(if place < shown.0 || place + shown.1 >= national.len() { sign } else { '*' });
        }
        hidden
    }
}

/// Whether a text was masked here: for tests and notices.
#[must_use]
pub fn is_mask(text: &str) -> bool {
    text.contains("〔第三人") || text.contains("***")
}

fn is_personal(digits: &str) -> bool {
    let born = |from: usize, century: bool| {
        let year = if century { digits.get(from..from + 4) } else { digits.get(from..from + 2) };
        let rest = from + if century { 4 } else { 2 };
        let two = |from: usize| digits.get(from..from + 2).and_then(|text| text.parse::<u8>().ok());
        let century = !century || year.is_some_and(|year| year.starts_with("19") || year.starts_with("20"));
        century
            && two(rest).is_some_and(|month| (1..=12).contains(&month))
            && two(rest + 2).is_some_and(|day| (1..=31).contains(&day))
    };
    match digits.len() {
        10..=12 if digits.starts_with('0') => true,
        11 => digits.starts_with('1') && !digits.starts_with("10"),
        15 => born(6, false),
        18 if born(6, true) => true,
        16..=19 => luhn(digits),
        _ => false,
    }
}

fn luhn(digits: &str) -> bool {
    let sum: u32 = digits
        .chars()
        .rev()
        .filter_map(|sign| sign.to_digit(10))
        .enumerate()
        .map(|(place, digit)| match (place % 2, digit * 2) {
            (0, _) => digit,
            (_, twice) if twice > 9 => twice - 9,
            (_, twice) => twice,
        })
        .sum();
    sum.is_multiple_of(10)
}

/// Where the number that begins at `from` ends; an identity card may end in X.
fn run_end(signs: &[char], from: usize) -> usize {
    let is_digit = |at: usize| signs.get(at).is_some_and(|sign| digit(*sign).is_some());
    let mut end = from;
    let mut count = 0;
    loop {
        if is_digit(end) {
            end += 1;
            count += 1;
        } else if signs.get(end).is_some_and(|sign| matches!(sign, ' ' | '-' | '－')) && is_digit(end + 1) {
            end += 1;
        } else {
            let check = count == 17 && signs.get(end).is_some_and(|sign| matches!(sign, 'x' | 'X' | 'Ｘ'));
            return end + usize::from(check);
        }
    }
}

/// 0 to 9, full width or not.
fn digit(sign: char) -> Option<char> {
    match sign {
        '0'..='9' => Some(sign),
        '０'..='９' => char::from_u32(u32::from(sign) - 0xff10 + 0x30),
        _ => None,
    }
}

fn plain(sign: char) -> Option<char> {
    if matches!(sign, 'x' | 'X' | 'Ｘ') { Some('X') } else { digit(sign) }
}

/// A number without separators and country code; other words in lower case.
fn bare(word: &str) -> String {
    let word = word.trim().to_lowercase();
    let digits: String = word.chars().filter_map(digit).collect();
    let is_number =
        !digits.is_empty() && word.chars().all(|c| digit(c).is_some() || matches!(c, ' ' | '-' | '+' | '－'));
    if !is_number {
        return word;
    }
    digits.strip_prefix("86").filter(|rest| rest.len() == 11).unwrap_or(&digits).to_owned()
}

/// Every occurrence of `name`, whatever its case.
fn replace(text: &str, name: &str, label: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    'next: while !rest.is_empty() {
        let mut wanted = name.chars();
        let mut ends = rest.char_indices();
        loop {
            let Some(wish) = wanted.next() else {
                out.push_str(label);
                rest = rest.get(ends.offset()..).unwrap_or_default();
                continue 'next;
            };
            let found = ends.next().is_some_and(|(_, sign)| sign == wish || sign.to_lowercase().eq([wish]));
            if !found {
                break;
            }
        }
        let mut signs = rest.chars();
        out.extend(signs.next());
        rest = signs.as_str();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn masker() -> Masker {
        Masker::new(
            [vec!["王小明", "13911112222"], vec!["Li Lei", "lilei@example.com"]],
            ["138 0000 0417", "95588", "kf@bank.example"],
        )
    }

    #[test]
    fn third_persons_are_masked_and_the_matter_stays() {
        for (text, masked) in [
            ("打给王小明（139-1111-2222）说我欠款", "打给〔第三人1〕（139******22）说我欠款"),
            ("LI LEI wrote from lilei@example.com", "〔第三人2〕 wrote from 〔第三人2〕"),
            ("催收 13800000417 来电，95588 是银行", "催收 13800000417 来电，95588 是银行"),
            ("+86 13700001111", "+137******11"),
            ("１３７００００１１１１", "137******11"),
            ("身份证11010519491231002X。", "身份证**************002X。"),
            ("旧证110105491231002", "旧证***********1002"),
            (
                "卡号 6222 0000 0000 0001 23，流水 20261122080102345678901234",
                "卡号 6222 0000 0000 0001 23，流水 20261122080102345678901234",
            ),
            ("卡号4111 1111 1111 1111", "卡号************1111"),
            ("座机 010-8888 7777", "座机 010******77"),
            ("写信给 abc.d@qq.com 或 kf@bank.example", "写信给 a***@qq.com 或 kf@bank.example"),
            ("2026-11-22 还 1234.56 元，合同 HT20261122", "2026-11-22 还 1234.56 元，合同 HT20261122"),
        ] {
            assert_eq!(masker().text(text), masked);
        }
    }

    #[test]
    fn records_keep_their_identifiers() {
        let record = json!({
            "id": "018f3b9c-1380-7000-8000-013911112222", "sha256": "13911112222", "summary": "王小明 13911112222",
            "people": [{"role": "third_party", "name": "阿姨", "phone": "1"}, {"role": "collector", "name": "小陈", "phone": "13800000417"}],
            "amount": 13_911_112_222i64
        });
        assert_eq!(
            masker().record(&record),
            json!({
                "id": "018f3b9c-1380-7000-8000-013911112222", "sha256": "13911112222", "summary": "〔第三人1〕 〔第三人1〕",
                "people": [{"role": "third_party", "name": "〔第三人〕", "phone": "〔第三人〕"}, {"role": "collector", "name": "小陈", "phone": "13800000417"}],
                "amount": 13_911_112_222i64
            })
        );
    }

    proptest! {
        #[test]
        fn no_name_and_no_number_of_a_third_person_survives(before in ".{0,20}", between in "[^0-9a-zA-Z０-９ \\-－]{0,9}", after in "[^0-9０-９ \\-－]{0,20}") {
            let text = format!("{before}王小明{between}，13911112222{after}");
            let masked = masker().text(&text);
            prop_assert!(!masked.contains("王小明"), "{masked}");
            prop_assert!(!masked.contains("13911112222"), "{masked}");
        }
    }
}

//! Words that somebody copied from a message or a chat: who wrote them and when, as far as their first lines tell.

use chrono::{Datelike, Days, NaiveDate, NaiveTime, Weekday};

/// What pasted words tell of themselves. Guesses, for a person to confirm: nothing of the text is lost in `body` but the
/// lines that were understood as its head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pasted {
    /// A name in the head.
    pub name: Option<String>,
    /// A number in the head.
    pub number: Option<String>,
    /// The signature in 【】 with which a message begins or ends.
    pub signed: Option<String>,
    /// Day in the head.
    pub day: Option<NaiveDate>,
    /// Time of day in the head.
    pub time: Option<NaiveTime>,
    /// The words themselves.
    pub body: String,
}

/// A head has no more lines than this.
const MOST_HEAD: usize = 3;
/// Signs of the longest name.
const LONGEST_NAME: usize = 20;
const LABELS: [&str; 12] = [
    "发件人",
    "发送者",
    "发送人",
    "来自",
    "号码",
    "电话",
    "时间",
    "日期",
    "发送时间",
    "接收时间",
    "from",
    "date",
];

/// Reads pasted words. `today` is what 今天, 昨天, weekdays and days without a year are told from.
#[must_use]
pub fn pasted(text: &str, today: NaiveDate) -> Pasted {
    let mut found = Pasted::default();
    let mut lines = text.trim().lines();
    let mut body: Vec<&str> = Vec::new();
    let mut rest_of_line = String::new();
    for _ in 0..MOST_HEAD {
        let Some(line) = lines.next() else { break };
        match Head::of(line, today) {
            Some(head) => {
                found.day = found.day.or(head.day);
                found.time = found.time.or(head.time);
                found.name = found.name.or(head.name);
                found.number = found.number.or(head.number);
                if !head.rest.is_empty() {
                    rest_of_line = head.rest;
                    break;
                }
            }
            None => {
                body.push(line);
                break;
            }
        }
    }
    let body: Vec<&str> = body.into_iter().chain(lines).collect();
    found.body = [rest_of_line.as_str(), body.join("\n").as_str()].join("\n").trim().to_owned();
    if found.body.is_empty() {
        // Only a head: then it is what was said.
        return Pasted { body: text.trim().to_owned(), ..Pasted::default() };
    }
    if found.time.is_some() && found.day.is_none() {
        found.day = Some(today);
    }
    found.signed = signature(&found.body);
    found
}

/// 【…】 at the beginning or the end, as senders of messages must sign.
fn signature(body: &str) -> Option<String> {
    let first = body.strip_prefix('【').and_then(|rest| rest.split_once('】')).map(|(name, _)| name);
    let last = || body.strip_suffix('】').and_then(|rest| rest.rsplit_once('【')).map(|(_, name)| name);
    first.or_else(last).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned)
}

/// A line that says who and when, and perhaps begins to say what.
#[derive(Default)]
struct Head {
    name: Option<String>,
    number: Option<String>,
    day: Option<NaiveDate>,
    time: Option<NaiveTime>,
    rest: String,
}

impl Head {
    fn of(line: &str, today: NaiveDate) -> Option<Self> {
        let signs: Vec<char> = line.trim().chars().map(narrow).collect();
        let mut head = Self::default();
        let mut at = labelled(&signs);
        let mut told = at > 0;
        let mut words: Vec<String> = Vec::new();
        while let Some(sign) = signs.get(at) {
            let rest = signs.get(at..).unwrap_or_default();
            if sign.is_whitespace() || matches!(sign, '(' | ')' | '[' | ']' | ',') {
                at += 1;
            } else if let Some((day, length)) = head.day.is_none().then(|| day(rest, today)).flatten() {
                (head.day, told) = (Some(day), true);
                at += length;
            } else if let Some((time, length)) = head.time.is_none().then(|| time(rest)).flatten() {
                (head.time, told) = (Some(time), true);
                at += length;
            } else if *sign == ':' {
                // What follows is said, not who says it.
                at += 1;
                let said: String = line.trim().chars().skip(at).collect();
                head.rest = said.trim().to_owned();
                told |= !words.is_empty() && head.rest.is_empty();
                break;
            } else {
                let word: String = rest.iter().take_while(|sign| of_a_word(**sign)).collect();
                if word.is_empty() {
                    return None;
                }
                at += word.chars().count();
                words.push(word);
            }
        }
        let (numbers, names): (Vec<String>, Vec<String>) =
            words.into_iter().partition(|word| is_number(word));
        let name = names.join(" ");
        let wordless = !name.is_empty() && !name.chars().any(char::is_alphabetic);
        if wordless || name.chars().count() > LONGEST_NAME || numbers.len() > 1 {
            return None;
        }
        head.number = numbers.into_iter().next();
        head.name = (!name.is_empty()).then_some(name);
        (told || head.number.is_some() && head.name.is_none()).then_some(head)
    }
}

/// Wide letters, digits and signs as narrow ones: one sign stays one sign.
fn narrow(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '\u{3000}' => ' ',
        sign => sign,
    }
}

const fn of_a_word(sign: char) -> bool {
    !sign.is_whitespace()
        && !matches!(
            sign,
            ':' | '(' | ')' | '[' | ']' | ',' | '.' | ';' | '!' | '?' | '。' | '、' | '【' | '】' | '“' | '”'
        )
}

fn is_number(word: &str) -> bool {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    let hyphens = word.chars().filter(|sign| *sign == '-').count();
    (3..=20).contains(&digits)
        && hyphens < 2
        && word.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '+' | '-' | '*'))
}

/// How many signs a label such as `发件人:` takes.
fn labelled(signs: &[char]) -> usize {
    let Some(colon) = signs.iter().take(8).position(|sign| *sign == ':') else { return 0 };
    let label: String = signs.iter().take(colon).flat_map(|sign| sign.to_lowercase()).collect();
    if LABELS.contains(&label.trim()) { colon + 1 } else { 0 }
}

/// A day at the beginning of these signs, never one to come, and how many signs it takes.
fn day(signs: &[char], today: NaiveDate) -> Option<(NaiveDate, usize)> {
    let begins =
        |word: &str| word.chars().zip(signs).all(|(a, b)| a == *b) && signs.len() >= word.chars().count();
    for (word, back) in [("今天", 0), ("昨天", 1), ("前天", 2)] {
        if begins(word) {
            return Some((today.checked_sub_days(Days::new(back))?, 2));
        }
    }
    for (word, length) in [("星期", 3), ("周", 2)] {
        if begins(word) {
            let weekday = weekday(*signs.get(length - 1)?)?;
            // A family name can be 周 too.
            if signs.get(length).is_some_and(|next| next.is_alphabetic()) {
                return None;
            }
            let back = (7 + today.weekday().num_days_from_monday() - weekday.num_days_from_monday()) % 7;
            return Some((today.checked_sub_days(Days::new(u64::from(back)))?, length));
        }
    }
    let (first, a) = number(signs)?;
    let between = *signs.get(a)?;
    let (second, b) = number(signs.get(a + 1..)?)?;
    let mut length = a + 1 + b;
    if a == 4 && matches!(between, '-' | '/' | '.' | '年') {
        let next = *signs.get(length)?;
        if !matches!((between, next), ('年', '月') | ('-', '-') | ('/', '/') | ('.', '.')) {
            return None;
        }
        let (third, c) = number(signs.get(length + 1..)?)?;
        length += 1 + c + usize::from(signs.get(length + 1 + c) == Some(&'日'));
        let day = NaiveDate::from_ymd_opt(i32::try_from(first).ok()?, second, third)?;
        return ((1990..=2100).contains(&day.year()) && day <= today).then_some((day, length));
    }
    let written = between == '月' && signs.get(length) == Some(&'日');
    let short = matches!(between, '-' | '/') && a <= 2 && b == 2;
    if !written && !short {
        return None;
    }
    let of = |year| NaiveDate::from_ymd_opt(year, first, second);
    let day = of(today.year()).filter(|day| *day <= today).or_else(|| of(today.year() - 1))?;
    Some((day, length + usize::from(written)))
}

fn weekday(sign: char) -> Option<Weekday> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let place = "一二三四五六日天".chars().position(|known| known == sign)?;
    [Mon, Tue, Wed, Thu, Fri, Sat, Sun, Sun].get(place).copied()
}

/// A time of day at the beginning of these signs, and how many signs it takes.
fn time(signs: &[char]) -> Option<(NaiveTime, usize)> {
    let word: String = signs.iter().take(2).collect();
    let skipped = if ["凌晨", "早上", "上午", "中午", "下午", "晚上"].contains(&word.as_str()) {
        2
    } else {
        0
    };
    let signs = signs.get(skipped..)?;
    let spaces = if skipped > 0 { signs.iter().take_while(|sign| sign.is_whitespace()).count() } else { 0 };
    let signs = signs.get(spaces..)?;
    let (hour, a) = number(signs)?;
    if signs.get(a) != Some(&':') || a > 2 {
        return None;
    }
    let (minute, b) = number(signs.get(a + 1..)?)?;
    if b != 2 {
        return None;
    }
    let mut length = a + 1 + b;
    let mut second = 0;
    if signs.get(length) == Some(&':')
        && let Some((seconds, 2)) = number(signs.get(length + 1..)?)
    {
        second = seconds;
        length += 3;
    }
    let hour = if matches!(word.as_str(), "下午" | "晚上") && hour < 12 { hour + 12 } else { hour };
    Some((NaiveTime::from_hms_opt(hour, minute, second)?, skipped + spaces + length))
}

fn number(signs: &[char]) -> Option<(u32, usize)> {
    let digits: String = signs.iter().take_while(|sign| sign.is_ascii_digit()).collect();
    (1..=4).contains(&digits.len()).then(|| digits.parse().ok().map(|number| (number, digits.len())))?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Sunday.
    const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();

    /// Name, number, signature, day and time, body.
    type Told =
        (Option<&'static str>, Option<&'static str>, Option<&'static str>, &'static str, &'static str);

    #[test]
    fn first_lines_tell_who_and_when() {
        let cases: [(&str, Told); 16] = [
            (
                "【示例消金】您的账单已逾期，请于11月25日前还款。",
                (None, None, Some("示例消金"), "", "【示例消金】您的账单已逾期，请于11月25日前还款。"),
            ),
            (
                "10690001234\n2026-11-20 21:05\n【示例消金】请还款",
                (None, Some("10690001234"), Some("示例消金"), "2026-11-20 21:05:00", "【示例消金】请还款"),
            ),
            (
                "张三 2026/11/20 9:05:07\n明天之前处理一下",
                (Some("张三"), None, None, "2026-11-20 09:05:07", "明天之前处理一下"),
            ),
            (
                "发件人：95555\n时间：2026年11月2日 下午3:05\n余额不足",
                (None, Some("95555"), None, "2026-11-02 15:05:00", "余额不足"),
            ),
            (
                "李客服 昨天 22:31：再不还就联系你单位",
                (Some("李客服"), None, None, "2026-11-21 22:31:00", "再不还就联系你单位"),
            ),
            ("星期五 10:00\n您好", (None, None, None, "2026-11-20 10:00:00", "您好")),
            ("12月3日 10:00\n去年的", (None, None, None, "2025-12-03 10:00:00", "去年的")),
            ("催收员小王：\n请接电话", (Some("催收员小王"), None, None, "", "请接电话")),
            ("10:42\n只有时间", (None, None, None, "2026-11-22 10:42:00", "只有时间")),
            ("＋86 138 0000 0417", (None, None, None, "", "＋86 138 0000 0417")),
            ("请在2026-11-25前还款，谢谢。", (None, None, None, "", "请在2026-11-25前还款，谢谢。")),
            ("注意：本月25日扣款", (None, None, None, "", "注意：本月25日扣款")),
            ("您好，我是王经理。\n10:42 再联系", (None, None, None, "", "您好，我是王经理。\n10:42 再联系")),
            ("2026-11-20 24:99\n没有这个时间", (None, None, None, "", "2026-11-20 24:99\n没有这个时间")),
            ("2030-01-01 10:00\n还没到", (None, None, None, "", "2030-01-01 10:00\n还没到")),
            ("", (None, None, None, "", "")),
        ];
        for (text, (name, number, signed, at, body)) in cases {
            let told = pasted(text, TODAY);
            let when = match (told.day, told.time) {
                (Some(day), Some(time)) => format!("{day} {time}"),
                (Some(day), None) => day.to_string(),
                _ => String::new(),
            };
            let got = (
                told.name.as_deref(),
                told.number.as_deref(),
                told.signed.as_deref(),
                when.as_str(),
                told.body.as_str(),
            );
            assert_eq!(got, (name, number, signed, at, body), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn anything_may_be_pasted(text in "\\PC{0,60}", lines in "[0-9:月日年/\\-：【】今天昨周五 张\n]{0,60}") {
            for text in [text, lines] {
                let told = pasted(&text, TODAY);
                proptest::prop_assert!(told.day.is_none_or(|day| day <= TODAY));
                proptest::prop_assert_eq!(told.body.is_empty(), text.trim().is_empty());
            }
        }
    }
}

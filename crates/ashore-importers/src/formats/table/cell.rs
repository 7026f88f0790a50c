//! What one cell of a statement says.

use ashore_domain::{EventTime, Money, Precision, Rounding, TimeSource};
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Timelike};
use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use crate::{Flow, Reason, SHANGHAI, Settlement, text};

/// A cell without the spaces and tabs that statements pad with.
pub(super) fn trimmed(cell: &str) -> &str {
    cell.trim_matches(|sign: char| sign.is_whitespace() || matches!(sign, '\u{feff}' | '\0'))
}

/// A cell's text; the signs by which statements say "nothing" are left aside.
pub(super) fn said(cell: &str) -> Option<String> {
    let text = trimmed(cell);
    let nothing = text.chars().all(|sign| matches!(sign, '-' | '/' | '—' | '*' | ' ')) || text == "null";
    (!nothing).then(|| text.to_owned())
}

/// An amount and what stands in brackets behind it: how much of it came back.
pub(super) struct Amount {
    /// With its sign.
    pub(super) amount: Money,
    pub(super) refunded: Option<Money>,
    /// A currency written before the number.
    pub(super) currency: Option<String>,
}

/// `-1,234.50`, `¥12.00`, `+10000.00`, `CNY 123.18`, `131.77(已退款89.84)`, `8,000.00(CN)`.
pub(super) fn amount(cell: &str) -> Result<Amount, Reason> {
    let folded: String = cell.nfkc().collect::<String>().replace(['\u{2212}', '\u{2013}'], "-");
    let folded = trimmed(&folded);
    if said(folded).is_none() {
        return Err(Reason::AmountMissing);
    }
    // As accountants write what goes: in brackets, or with the minus behind.
    let bracketed = folded.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    if let Some(number) = bracketed.or_else(|| folded.strip_suffix('-')) {
        let amount = plain(trimmed(number)).ok().filter(|amount| !amount.is_negative());
        let amount = -amount.ok_or(Reason::AmountUnreadable)?;
        return Ok(Amount { amount, refunded: None, currency: None });
    }
    let (number, remark) = folded.split_once('(').unwrap_or((folded, ""));
    let number = trimmed(number);
    let letters = number.bytes().take_while(u8::is_ascii_uppercase).count();
    let (currency, number) = if letters == 3 { number.split_at(3) } else { ("", number) };
    let amount = plain(trimmed(number))?;
    let refunded =
        remark.split_once("已退款").map(|(_, rest)| rest.trim_end_matches(')')).and_then(|n| plain(n).ok());
    let refunded = refunded.or_else(|| remark.contains("全额退款").then_some(amount));
    Ok(Amount { amount, refunded, currency: (!currency.is_empty()).then(|| currency.to_owned()) })
}

/// A number of yuan with a sign before or behind a currency sign.
fn plain(number: &str) -> Result<Money, Reason> {
    let number = number.trim_start_matches(['¥', '￥']).trim();
    let (negative, number) = match number.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, number.strip_prefix('+').unwrap_or(number)),
    };
    let number = number.trim_start_matches(['¥', '￥']).trim();
    if number.starts_with(['-', '+']) {
        return Err(Reason::AmountUnreadable);
    }
    let amount = text::amount(number).ok().or_else(|| unrounded(number)).ok_or(Reason::AmountUnreadable)?;
    Ok(if negative { -amount } else { amount })
}

/// Workbooks keep numbers in binary: 28.16 may come back as 28.160000000000004, and means 28.16.
fn unrounded(number: &str) -> Option<Money> {
    let decimal = Decimal::from_str_exact(number).ok().or_else(|| number.parse().ok())?;
    if decimal.scale() < 9 || decimal.round_dp(8) != decimal.round_dp(2) {
        return None;
    }
    let fen = decimal.round_dp(2).checked_mul(Decimal::ONE_HUNDRED)?;
    let fen = i64::try_from(fen.normalize().mantissa()).ok().filter(|_| fen.normalize().scale() == 0)?;
    Money::from_fen(fen).times(1, 1, Rounding::HalfUp).filter(|amount| *amount <= Money::MAX)
}

/// Which way the money went, by the word in its column.
pub(super) fn flow(cell: &str) -> Result<Flow, Reason> {
    let word: String =
        cell.nfkc().filter(|sign| !sign.is_whitespace()).flat_map(char::to_lowercase).collect();
    let says = |words: &[&str]| words.iter().any(|known| word.contains(known));
    if said(&word).is_none() || says(&["不计", "中性", "neutral", "其他"]) {
        Ok(Flow::Neutral)
    } else if says(&["收入", "贷", "入账", "转入", "存入", "income", "credit", "cr"])
        || matches!(&*word, "收" | "入" | "in" | "+")
    {
        Ok(Flow::In)
    } else if says(&["支出", "借", "出账", "转出", "取出", "expense", "debit", "dr"])
        || matches!(&*word, "支" | "付" | "出" | "out")
    {
        Ok(Flow::Out)
    } else {
        Err(Reason::FlowUnreadable)
    }
}

/// Which way, by the words a card statement describes it with.
pub(super) fn described_flow(description: &str) -> Result<Flow, Reason> {
    let begins = |words: &[&str]| words.iter().any(|word| description.contains(word));
    if begins(&["退货", "还款", "退款", "返现", "存入", "转入"]) {
        Ok(Flow::In)
    } else if begins(&["消费", "取现", "分期", "利息", "手续费", "年费", "违约金", "支付", "转出"])
    {
        Ok(Flow::Out)
    } else {
        Err(Reason::FlowUnreadable)
    }
}

/// What a status means for the money.
pub(super) fn settlement(status: Option<&str>) -> Settlement {
    let Some(status) = status else { return Settlement::Unknown };
    let says = |words: &[&str]| words.iter().any(|word| status.contains(word));
    if says(&["关闭", "失败", "取消", "撤销", "退还", "过期"]) {
        Settlement::Closed
    } else if says(&["退款"]) {
        Settlement::Refunded
    } else if says(&["等待", "处理中", "待", "冻结", "进行中"]) {
        Settlement::Pending
    } else if says(&["成功", "已", "完成"]) {
        Settlement::Done
    } else {
        Settlement::Unknown
    }
}

/// A fee that a remark names: `服务费¥0.10`.
pub(super) fn fee(note: &str) -> Option<Money> {
    let (_, rest) = note.split_once("服务费").or_else(|| note.split_once("手续费"))?;
    let number: String = rest
        .nfkc()
        .skip_while(|sign| matches!(sign, '¥' | ':' | ' '))
        .take_while(|sign| sign.is_ascii_digit() || *sign == '.')
        .collect();
    text::amount(&number).ok()
}

/// Money given back that a status names: `已退款(￥5.00)`.
pub(super) fn refund(status: &str) -> Option<Money> {
    let (_, rest) = status.split_once("已退款")?;
    let number: String = rest
        .nfkc()
        .skip_while(|sign| matches!(sign, '¥' | '(' | ' '))
        .take_while(|sign| sign.is_ascii_digit() || *sign == '.')
        .collect();
    text::amount(&number).ok()
}

/// A year and a month that a title names, such as `2024年01月`.
pub(super) fn year_and_month(title: &str) -> Option<(i32, u32)> {
    let (before, after) = title.split_once('年')?;
    let year: String =
        before.chars().rev().take_while(char::is_ascii_digit).collect::<Vec<_>>().into_iter().rev().collect();
    let month: String = after.chars().take_while(char::is_ascii_digit).collect();
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    ((1990..=2100).contains(&year) && (1..=12).contains(&month)).then_some((year, month))
}

/// A day, with its time of day when it has one.
pub(super) fn moment(day: &str, time_apart: &str, title: Option<(i32, u32)>) -> Result<EventTime, Reason> {
    let folded: String = day.nfkc().collect();
    let folded = trimmed(&folded);
    if said(folded).is_none() {
        return Err(Reason::TimeMissing);
    }
    if let Some(at) = folded.contains('T').then(|| DateTime::parse_from_rfc3339(folded).ok()).flatten() {
        let at = at.with_timezone(&SHANGHAI);
        text::date(&at.format("%Y-%m-%d").to_string()).map_err(|_| Reason::TimeUnreadable)?;
        return Ok(EventTime { at, precision: Precision::Second, source: TimeSource::Carrier });
    }
    if let Some((day, time)) = serial(folded) {
        let at = SHANGHAI.from_local_datetime(&day.and_time(time.unwrap_or(NaiveTime::MIN))).single();
        let precision = if time.is_some() { Precision::Second } else { Precision::Day };
        // A time of day that stands apart is the better one.
        if let Some(at) = at.filter(|_| time.is_some() || said(time_apart).is_none()) {
            return Ok(EventTime { at, precision, source: TimeSource::Carrier });
        }
        return moment(&day.format("%Y-%m-%d").to_string(), time_apart, title);
    }
    let time = time_apart;
    let parted = folded.replace('T', " ");
    let mut words = parted.split_whitespace();
    let (day, rest) = (words.next().unwrap_or_default(), words.collect::<Vec<_>>().join(""));
    let time = if rest.is_empty() { trimmed(time).to_owned() } else { rest };
    let day = self::day(day, title).ok_or(Reason::TimeUnreadable)?;
    let (time, precision) = if said(&time).is_none() {
        (NaiveTime::MIN, Precision::Day)
    } else {
        clock(&time).ok_or(Reason::TimeUnreadable)?
    };
    let at = SHANGHAI
        .from_local_datetime(&NaiveDateTime::new(day, time))
        .single()
        .ok_or(Reason::TimeUnreadable)?;
    Ok(EventTime { at, precision, source: TimeSource::Carrier })
}

/// A day that the calendar has: `2025-08-22`, `2025/8/22`, `20250822`, `2025年8月22日`, `08/22` of the title's year.
fn day(text: &str, title: Option<(i32, u32)>) -> Option<NaiveDate> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return crate::text::date(&format!("{}-{}-{}", text.get(..4)?, text.get(4..6)?, text.get(6..)?)).ok();
    }
    if let Ok(day) = crate::text::date(text) {
        return Some(day);
    }
    let (year, title_month) = title?;
    let (month, day) = text.split_once(['/', '-', '.', '月'])?;
    let (month, day): (u32, u32) = (month.parse().ok()?, day.trim_end_matches('日').parse().ok()?);
    // A statement of January holds days of last December.
    let year = if month > title_month { year - 1 } else { year };
    NaiveDate::from_ymd_opt(year, month, day)
}

/// A day as spreadsheets count it, from the end of 1899, with the time as a part of the day: what a date becomes when its
/// cell loses its format. Nothing else in a column of days has five digits.
fn serial(text: &str) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let (whole, part) = text.split_once('.').map_or((text, None), |(whole, part)| (whole, Some(part)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 5 || !digits(whole) || part.is_some_and(|part| !digits(part)) {
        return None;
    }
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(whole.parse().ok()?))?;
    let day = text::date(&day.format("%Y-%m-%d").to_string()).ok()?;
    let Some(part) = part else { return Some((day, None)) };
    let share: Decimal = format!("0.{}", part.get(..part.len().min(20))?).parse().ok()?;
    let seconds = share.checked_mul(Decimal::from(86_400))?.round_dp(0).normalize();
    let seconds = u32::try_from(seconds.mantissa()).ok().filter(|_| seconds.scale() == 0)?;
    Some((day, Some(NaiveTime::from_num_seconds_from_midnight_opt(seconds, 0)?)))
}

fn clock(text: &str) -> Option<(NaiveTime, Precision)> {
    let text = text.replace('：', ":");
    let half = |words: [&str; 2]| words.iter().any(|word| text.contains(word));
    let (morning, afternoon) = (half(["上午", "AM"]), half(["下午", "PM"]));
    if morning || afternoon {
        let bare = text.replace(['上', '下', '午', 'A', 'P', 'M', ' '], "");
        let (time, precision) = clock(&bare)?;
        let hour = time.hour();
        let hour = if afternoon { hour % 12 + 12 } else { hour % 12 };
        return (time.hour() <= 12).then_some(()).and_then(|()| Some((time.with_hour(hour)?, precision)));
    }
    let text = text.split('.').next()?;
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    // `hhmmss`, or what a spreadsheet leaves of it before ten in the morning.
    if digits && matches!(text.len(), 5 | 6) {
        let padded = format!("{text:0>6}");
        return NaiveTime::parse_from_str(&padded, "%H%M%S").ok().map(|time| (time, Precision::Second));
    }
    NaiveTime::parse_from_str(text, "%H:%M:%S")
        .map(|time| (time, Precision::Second))
        .or_else(|_| NaiveTime::parse_from_str(text, "%H:%M").map(|time| (time, Precision::Minute)))
        .ok()
}

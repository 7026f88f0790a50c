//! What an attribute says.

use std::borrow::Cow;

use crate::formats::android::Row;

/// A value with its references resolved. Characters, the five names of XML and nothing else: an entity that the file
/// declares itself stays as it is written. Two halves of an emoji, written as two references, become one character.
/// The flag says that something had to be mended.
pub(crate) fn unescaped(value: &str) -> (Cow<'_, str>, bool) {
    let Some(first) = memchr::memchr(b'&', value.as_bytes()) else { return (Cow::Borrowed(value), false) };
    let mut text = String::with_capacity(value.len());
    let (plain, mut rest) = value.split_at(first);
    text.push_str(plain);
    let mut mended = false;
    while !rest.is_empty() {
        let (sign, after, odd) = reference(rest);
        mended |= odd;
        match sign {
            Some(sign) => {
                text.push(sign);
                rest = after;
            }
            None => {
                text.push('&');
                rest = rest.get(1..).unwrap_or_default();
            }
        }
        let next = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        let (plain, tail) = rest.split_at(next);
        text.push_str(plain);
        rest = tail;
    }
    (Cow::Owned(text), mended)
}

/// The character a reference at the beginning of `text` stands for, what follows, and whether it was no proper one.
fn reference(text: &str) -> (Option<char>, &str, bool) {
    // The longest that means anything is `&#1114111;`.
    let Some(end) = text.bytes().take(12).position(|byte| byte == b';') else { return (None, text, true) };
    let (Some(name), after) = (text.get(1..end), text.get(end + 1..).unwrap_or_default()) else {
        return (None, text, true);
    };
    match name {
        "lt" => return (Some('<'), after, false),
        "gt" => return (Some('>'), after, false),
        "amp" => return (Some('&'), after, false),
        "quot" => return (Some('"'), after, false),
        "apos" => return (Some('\''), after, false),
        _ => {}
    }
    let Some(code) = number(name) else { return (None, text, true) };
    if (0xD800..0xDC00).contains(&code) {
        let low = after.strip_prefix('&').and_then(|rest| rest.split_once(';')).and_then(|(name, rest)| {
            number(name).filter(|low| (0xDC00..0xE000).contains(low)).map(|low| (low, rest))
        });
        return match low {
            Some((low, rest)) => {
                let joined = 0x1_0000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                (char::from_u32(joined), rest, true)
            }
            None => (Some(char::REPLACEMENT_CHARACTER), after, true),
        };
    }
    // NUL and lone halves are no characters; they leave a mark.
    match char::from_u32(code).filter(|sign| *sign != '\0') {
        Some(sign) => (Some(sign), after, false),
        None => (Some(char::REPLACEMENT_CHARACTER), after, true),
    }
}

fn number(name: &str) -> Option<u32> {
    let digits = name.strip_prefix('#')?;
    match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    }
}

/// The attributes of one tag, those that mean something to us.
#[derive(Debug, Default)]
pub(crate) struct Attributes<'a> {
    values: [Option<Cow<'a, str>>; SLOTS],
    pub(crate) mended: bool,
}

const SLOTS: usize = 26;

/// Where the value of an attribute is kept.
fn slot(name: &str) -> Option<usize> {
    Some(match name {
        "address" => 0,
        "date" => 1,
        "type" => 2,
        "body" => 3,
        "date_sent" => 4,
        "service_center" => 5,
        "sub_id" => 6,
        "contact_name" => 7,
        "subject" => 8,
        "number" => 9,
        "duration" => 10,
        "presentation" => 11,
        "subscription_id" => 12,
        "sim_slot" => 13,
        "msg_box" => 14,
        "m_type" => 15,
        "m_id" => 16,
        "sub" => 17,
        "ct" => 18,
        "name" => 19,
        "cl" => 20,
        "fn" => 21,
        "cid" => 22,
        "text" => 23,
        "data" => 24,
        "count" => 25,
        _ => return None,
    })
}

impl<'a> Attributes<'a> {
    /// Those of `tag`, which is what stands between `<` and `>`; `None` when they are not well-formed.
    pub(crate) fn read(&mut self, tag: &'a str) -> Option<()> {
        self.values = Default::default();
        self.mended = false;
        let name =
            tag.bytes().position(|byte| byte.is_ascii_whitespace() || byte == b'/').unwrap_or(tag.len());
        let mut rest = tag.get(name..)?;
        loop {
            rest = rest.trim_ascii_start();
            if rest.is_empty() || rest == "/" {
                return Some(());
            }
            let name = rest.bytes().position(|byte| {
                matches!(byte, b'=' | b'"' | b'\'' | b'<' | b'>') || byte.is_ascii_whitespace()
            })?;
            let (key, after) = rest.split_at(name);
            let value = after.trim_ascii_start().strip_prefix('=')?.trim_ascii_start();
            let quote = *value.as_bytes().first().filter(|sign| matches!(sign, b'"' | b'\''))?;
            let value = value.get(1..)?;
            let end = memchr::memchr(quote, value.as_bytes())?;
            if let Some(place) = slot(key).and_then(|slot| self.values.get_mut(slot)) {
                let (value, mended) = unescaped(value.get(..end)?);
                self.mended |= mended;
                *place = Some(value);
            }
            rest = value.get(end + 1..)?;
        }
    }
}

impl Row for Attributes<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        self.values.get(slot(column)?)?.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_read_or_refused_whole() {
        let mut row = Attributes::default();
        row.read("sms address = '1' body=\"a>b='c'\" unknown=\"&#55357;\" date=\"2\" /").unwrap();
        assert_eq!(
            (row.get("address"), row.get("body"), row.get("date")),
            (Some("1"), Some("a>b='c'"), Some("2"))
        );
        assert_eq!((row.get("type"), row.mended), (None, false));
        for broken in ["sms a", "sms a=1", "sms a=\"1", "sms a\"1\"", "sms =", "sms / a=\"1\"", "sms a='1\""]
        {
            assert_eq!(row.read(broken), None, "{broken}");
        }
        for fine in ["sms", "sms/", "sms /", "sms a=''b=''"] {
            assert_eq!(row.read(fine), Some(()), "{fine}");
        }
    }

    #[test]
    fn references_are_resolved_and_halves_joined() {
        for (value, expected, mended) in [
            ("plain 字", "plain 字", false),
            ("a &lt;b&gt; &amp;amp; &quot;c&quot; &apos;d&apos;", "a <b> &amp; \"c\" 'd'", false),
            ("x&#10;y&#x1F30D;", "x\ny🌍", false),
            ("&#55357;&#56846;!", "\u{1F60E}!", true),
            ("&#xD83D;&#xDE00;", "😀", true),
            ("&#55357;x", "\u{fffd}x", true),
            ("&#56846;", "\u{fffd}", true),
            ("&#0;", "\u{fffd}", true),
            ("&lol9; & &", "&lol9; & &", true),
            ("&#99999999;", "\u{fffd}", true),
            ("&#55357;&#55357;&#56832;", "\u{fffd}😀", true),
        ] {
            let (text, was_mended) = unescaped(value);
            assert_eq!(text, expected, "{value}");
            assert_eq!(was_mended, mended, "{value}");
        }
    }
}

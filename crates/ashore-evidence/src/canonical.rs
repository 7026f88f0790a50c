//! One value, one sequence of bytes: RFC 8785 JSON, frozen.
//!
//! Numbers are integers that every JSON reader holds exactly (at most 2^53 − 1 either way); amounts are fen and
//! rates are text, so nothing else is ever needed, and a float is refused rather than rounded.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, SecondsFormat};
use serde_json::{Number, Value};

/// The largest integer that may be written: 2^53 − 1.
pub const INTEGER_MAX: i64 = 9_007_199_254_740_991;
/// Deepest nesting that is written; readers everywhere still follow.
const DEPTH_MAX: usize = 64;

/// Why a value has no canonical form. `at` is the path to the place, such as `$.rows[2].due`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// A float.
    #[error("{at}: not an integer")]
    NotAnInteger {
        /// Where.
        at: String,
    },
    /// Beyond ±(2^53 − 1).
    #[error("{at}: beyond the integers every reader holds exactly")]
    IntegerOutOfRange {
        /// Where.
        at: String,
    },
    /// Nested too deeply.
    #[error("{at}: nested too deeply")]
    TooDeep {
        /// Where.
        at: String,
    },
}

/// The canonical bytes of `value`.
///
/// # Errors
/// The first place that has no canonical form.
pub fn to_bytes(value: &Value) -> Result<Vec<u8>, CanonicalError> {
    let mut out = Vec::new();
    let mut path = vec![String::from("$")];
    write_value(&mut out, value, &mut path)?;
    Ok(out)
}

/// The value of `bytes`, if they are JSON in canonical form and nothing else.
#[must_use]
pub fn read(bytes: &[u8]) -> Option<Value> {
    let value = serde_json::from_slice(bytes).ok()?;
    (to_bytes(&value).ok()? == bytes).then_some(value)
}

fn write_value(out: &mut Vec<u8>, value: &Value, path: &mut Vec<String>) -> Result<(), CanonicalError> {
    if path.len() > DEPTH_MAX {
        return Err(CanonicalError::TooDeep { at: path.concat() });
    }
    match value {
        Value::Null => out.extend_from_slice(b"null"),
        Value::Bool(true) => out.extend_from_slice(b"true"),
        Value::Bool(false) => out.extend_from_slice(b"false"),
        Value::Number(number) => out.extend_from_slice(integer(number, path)?.to_string().as_bytes()),
        Value::String(text) => write_text(out, text),
        Value::Array(items) => {
            out.push(b'[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                path.push(format!("[{index}]"));
                write_value(out, item, path)?;
                path.pop();
            }
            out.push(b']');
        }
        Value::Object(members) => {
            // RFC 8785 §3.2.3 orders by UTF-16 code units, which differs from the order of code points.
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push(b'{');
            for (index, (name, member)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write_text(out, name);
                out.push(b':');
                path.push(format!(".{name}"));
                write_value(out, member, path)?;
                path.pop();
            }
            out.push(b'}');
        }
    }
    Ok(())
}

fn integer(number: &Number, path: &[String]) -> Result<i64, CanonicalError> {
    match number.as_i64() {
        Some(value) if value.unsigned_abs() <= INTEGER_MAX.unsigned_abs() => Ok(value),
        None if !number.is_u64() => Err(CanonicalError::NotAnInteger { at: path.concat() }),
        _ => Err(CanonicalError::IntegerOutOfRange { at: path.concat() }),
    }
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    for character in text.chars() {
        match character {
            '"' => out.extend_from_slice(b"\\\""),
            '\\' => out.extend_from_slice(b"\\\\"),
            '\u{8}' => out.extend_from_slice(b"\\b"),
            '\t' => out.extend_from_slice(b"\\t"),
            '\n' => out.extend_from_slice(b"\\n"),
            '\u{c}' => out.extend_from_slice(b"\\f"),
            '\r' => out.extend_from_slice(b"\\r"),
            control if control < ' ' => {
                out.extend_from_slice(format!("\\u{:04x}", u32::from(control)).as_bytes());
            }
            other => out.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    out.push(b'"');
}

/// The one text of an instant: RFC 3339 with its offset in figures and as many decimals as it has (0, 3, 6 or 9).
/// `None` for what RFC 3339 cannot say: years beyond 0000 … 9999, offsets with seconds.
#[must_use]
pub fn instant(at: DateTime<FixedOffset>) -> Option<String> {
    let sayable = (0..=9999).contains(&at.year()) && at.offset().local_minus_utc() % 60 == 0;
    sayable.then(|| at.to_rfc3339_opts(SecondsFormat::AutoSi, false))
}

/// The instant of such a text; any other spelling is refused.
#[must_use]
pub fn read_instant(text: &str) -> Option<DateTime<FixedOffset>> {
    let at = DateTime::parse_from_rfc3339(text).ok()?;
    (instant(at).as_deref() == Some(text)).then_some(at)
}

/// The one text of a civil date, `YYYY-MM-DD`. `None` beyond the years 0000 … 9999.
#[must_use]
pub fn date(date: NaiveDate) -> Option<String> {
    (0..=9999).contains(&date.year()).then(|| date.format("%Y-%m-%d").to_string())
}

/// The date of such a text; any other spelling is refused.
#[must_use]
pub fn read_date(text: &str) -> Option<NaiveDate> {
    let read = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (date(read).as_deref() == Some(text)).then_some(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn text(value: &Value) -> String {
        String::from_utf8(to_bytes(value).unwrap()).unwrap()
    }

    /// Frozen: these bytes may never change.
    #[test]
    fn frozen_bytes() {
        for (value, bytes) in [
            (json!(null), "null"),
            (
                json!([true, false, 0, -1, INTEGER_MAX, -INTEGER_MAX]),
                "[true,false,0,-1,9007199254740991,-9007199254740991]",
            ),
            (json!({"b": 1, "a": {"z": [], "y": {}}, "": 0}), r#"{"":0,"a":{"y":{},"z":[]},"b":1}"#),
            (
                json!("\u{8}\t\n\u{c}\r\"\\/\u{0}\u{1f}\u{7f}\u{2028}上岸€😀"),
                "\"\\b\\t\\n\\f\\r\\\"\\\\/\\u0000\\u001f\u{7f}\u{2028}上岸€😀\"",
            ),
            // A surrogate pair (D83D…) sorts before U+FB33 in UTF-16 and after it in UTF-8.
            (
                json!({"\u{fb33}": 1, "😀": 2, "ö": 3, "\r": 4, "1": 5, "€": 6, "\u{80}": 7}),
                "{\"\\r\":4,\"1\":5,\"\u{80}\":7,\"ö\":3,\"€\":6,\"😀\":2,\"\u{fb33}\":1}",
            ),
        ] {
            assert_eq!(text(&value), bytes);
            assert_eq!(read(bytes.as_bytes()), Some(value), "reads back");
        }
    }

    #[test]
    fn what_has_no_canonical_form_is_refused_with_its_place() {
        let at = |at: &str| at.to_owned();
        assert_eq!(to_bytes(&json!({"a": [1, 0.5]})), Err(CanonicalError::NotAnInteger { at: at("$.a[1]") }));
        assert_eq!(to_bytes(&json!(1.0)), Err(CanonicalError::NotAnInteger { at: at("$") }));
        for value in [json!({"n": INTEGER_MAX + 1}), json!({"n": -INTEGER_MAX - 1}), json!({"n": u64::MAX})] {
            assert_eq!(to_bytes(&value), Err(CanonicalError::IntegerOutOfRange { at: at("$.n") }));
        }
        let deep = (0..70).fold(json!(0), |inner, _| json!([inner]));
        assert!(matches!(to_bytes(&deep), Err(CanonicalError::TooDeep { .. })));
    }

    #[test]
    fn other_spellings_of_the_same_value_are_not_canonical() {
        for bytes in [
            " 1",
            "1 ",
            "01",
            "-0",
            "1.0",
            "1e0",
            r#"{"b":1,"a":2}"#,
            r#"{"a":1,"a":1}"#,
            r#""\/""#,
            r#""\u0041""#,
            "[1, 2]",
        ] {
            assert_eq!(read(bytes.as_bytes()), None, "{bytes}");
        }
    }

    #[test]
    fn instants_and_dates_have_one_text() {
        for good in
            ["2026-11-22T10:00:00+08:00", "2026-11-22T02:00:00.120+00:00", "0000-01-01T00:00:00-23:59"]
        {
            assert_eq!(instant(read_instant(good).unwrap()).unwrap(), good);
        }
        for bad in [
            "2026-11-22T02:00:00Z",
            "2026-11-22 02:00:00+00:00",
            "2026-11-22T02:00:00.1+00:00",
            "2026-02-30T00:00:00+00:00",
        ] {
            assert_eq!(read_instant(bad), None, "{bad}");
        }
        let seconds = FixedOffset::east_opt(29_143).unwrap();
        assert_eq!(instant(DateTime::UNIX_EPOCH.with_timezone(&seconds)), None, "an offset with seconds");
        assert_eq!(date(read_date("2026-02-28").unwrap()).unwrap(), "2026-02-28");
        for bad in ["2026-02-30", "2026-2-28", "+2026-02-28", ""] {
            assert_eq!(read_date(bad), None, "{bad}");
        }
        assert_eq!(date(NaiveDate::MAX), None);
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-INTEGER_MAX..=INTEGER_MAX).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..8)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_value_reads_back_and_is_ordinary_json(value in values()) {
            let bytes = to_bytes(&value).unwrap();
            prop_assert_eq!(read(&bytes), Some(value.clone()));
            prop_assert_eq!(serde_json::from_slice::<Value>(&bytes).unwrap(), value);
        }

        #[test]
        fn every_instant_reads_back(seconds in -62_000_000_000i64..250_000_000_000, nanos in 0u32..1_000_000_000, minutes in -1439i32..1440) {
            let at = DateTime::from_timestamp(seconds, nanos).unwrap()
                .with_timezone(&FixedOffset::east_opt(minutes * 60).unwrap());
            let read = read_instant(&instant(at).unwrap()).unwrap();
            prop_assert_eq!((read, read.offset()), (at, at.offset()));
        }
    }
}

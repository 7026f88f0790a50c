//! How the values that occur everywhere are written: amounts as integers of fen, decimals, identifiers and instants as
//! text, choices as words. Every form is strict: another spelling of the same value is refused.

use ashore_domain::{Bucket, Money};
use ashore_evidence::{Digest, canonical};
use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_with::{DeserializeAs, SerializeAs, serde_as};

use super::word::Word;

/// An amount: an integer of fen.
pub(super) struct Fen;

impl SerializeAs<Money> for Fen {
    fn serialize_as<S: Serializer>(amount: &Money, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_i64(amount.fen())
    }
}

impl<'de> DeserializeAs<'de, Money> for Fen {
    fn deserialize_as<D: Deserializer<'de>>(from: D) -> Result<Money, D::Error> {
        i64::deserialize(from).map(Money::from_fen)
    }
}

/// A choice: its word.
pub(super) struct Choice;

impl<T: Word> SerializeAs<T> for Choice {
    fn serialize_as<S: Serializer>(choice: &T, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(choice.word())
    }
}

impl<'de, T: Word> DeserializeAs<'de, T> for Choice {
    fn deserialize_as<D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
        let word = String::deserialize(from)?;
        T::from_word(&word).ok_or_else(|| D::Error::custom(format!("the unknown word “{word}”")))
    }
}

/// A civil date: `YYYY-MM-DD`.
pub(super) struct Day;

impl SerializeAs<NaiveDate> for Day {
    fn serialize_as<S: Serializer>(date: &NaiveDate, to: S) -> Result<S::Ok, S::Error> {
        let text = canonical::date(*date).ok_or_else(|| S::Error::custom("a date outside 0000 … 9999"))?;
        to.serialize_str(&text)
    }
}

impl<'de> DeserializeAs<'de, NaiveDate> for Day {
    fn deserialize_as<D: Deserializer<'de>>(from: D) -> Result<NaiveDate, D::Error> {
        let text = String::deserialize(from)?;
        canonical::read_date(&text).ok_or_else(|| D::Error::custom("not a date in its canonical form"))
    }
}

/// An instant: RFC 3339 with its offset in figures.
pub(super) struct Instant;

impl SerializeAs<DateTime<FixedOffset>> for Instant {
    fn serialize_as<S: Serializer>(at: &DateTime<FixedOffset>, to: S) -> Result<S::Ok, S::Error> {
        let text = canonical::instant(*at)
            .ok_or_else(|| S::Error::custom("an instant outside 0000 … 9999 or an offset with seconds"))?;
        to.serialize_str(&text)
    }
}

impl<'de> DeserializeAs<'de, DateTime<FixedOffset>> for Instant {
    fn deserialize_as<D: Deserializer<'de>>(from: D) -> Result<DateTime<FixedOffset>, D::Error> {
        let text = String::deserialize(from)?;
        canonical::read_instant(&text).ok_or_else(|| D::Error::custom("not an instant in its canonical form"))
    }
}

/// A SHA-256 digest: 64 lower-case hexadecimal digits.
pub(super) struct Sha256Text;

impl SerializeAs<[u8; 32]> for Sha256Text {
    fn serialize_as<S: Serializer>(bytes: &[u8; 32], to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&Digest(*bytes))
    }
}

impl<'de> DeserializeAs<'de, [u8; 32]> for Sha256Text {
    fn deserialize_as<D: Deserializer<'de>>(from: D) -> Result<[u8; 32], D::Error> {
        String::deserialize(from)?.parse::<Digest>().map(|digest| digest.0).map_err(D::Error::custom)
    }
}

/// A key of 128 bits: 32 lower-case hexadecimal digits.
pub(super) struct KeyText;

impl SerializeAs<[u8; 16]> for KeyText {
    fn serialize_as<S: Serializer>(bytes: &[u8; 16], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&format!("{:032x}", u128::from_be_bytes(*bytes)))
    }
}

impl<'de> DeserializeAs<'de, [u8; 16]> for KeyText {
    fn deserialize_as<D: Deserializer<'de>>(from: D) -> Result<[u8; 16], D::Error> {
        let text = String::deserialize(from)?;
        let plain =
            text.len() == 32 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let key = u128::from_str_radix(&text, 16).ok().filter(|_| plain);
        key.map(u128::to_be_bytes).ok_or_else(|| D::Error::custom("not a key of 32 hexadecimal digits"))
    }
}

/// An amount of one bucket.
#[serde_as]
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BucketAmount {
    #[serde_as(as = "Choice")]
    bucket: Bucket,
    #[serde_as(as = "Fen")]
    amount: Money,
}

impl SerializeAs<(Bucket, Money)> for BucketAmount {
    fn serialize_as<S: Serializer>((bucket, amount): &(Bucket, Money), to: S) -> Result<S::Ok, S::Error> {
        Self { bucket: *bucket, amount: *amount }.serialize(to)
    }
}

impl<'de> DeserializeAs<'de, (Bucket, Money)> for BucketAmount {
    fn deserialize_as<D: Deserializer<'de>>(from: D) -> Result<(Bucket, Money), D::Error> {
        Self::deserialize(from).map(|record| (record.bucket, record.amount))
    }
}

/// A record that mirrors a type of the domain field by field (serde's “remote”), usable inside lists and options.
macro_rules! mirrors {
    ($($record:ident => $domain:ty),+ $(,)?) => {$(
        impl serde_with::SerializeAs<$domain> for $record {
            fn serialize_as<S: serde::Serializer>(value: &$domain, to: S) -> Result<S::Ok, S::Error> {
                Self::serialize(value, to)
            }
        }

        impl<'de> serde_with::DeserializeAs<'de, $domain> for $record {
            fn deserialize_as<D: serde::Deserializer<'de>>(from: D) -> Result<$domain, D::Error> {
                Self::deserialize(from)
            }
        }
    )+};
}
pub(super) use mirrors;

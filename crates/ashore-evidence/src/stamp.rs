//! An outside anchor: somebody else's word that a digest existed at a time (RFC 3161).
//!
//! [`request`] gives the bytes of a `.tsq` that any timestamp authority takes; [`Stamp::read`] reads the `.tsr` it sends
//! back and holds it against what was asked. What is checked here is form, status, digest and nonce. The authority's
//! own signature is for `openssl ts -verify` with a certificate the verifier trusts: no list of trusted authorities is
//! kept in this program.

use chrono::{DateTime, NaiveDateTime, Utc};
use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode as _, Reader as _, SliceReader, Tag, TagNumber, Tagged as _};

use crate::Digest;

const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
/// A response is a few kilobytes; one with many certificates is tens.
const BYTES_MAX: usize = 1024 * 1024;

/// A request in DER: version 1, SHA-256 digest, nonce, certificate asked for. Of `nonce` the lowest 62 bits are used.
#[must_use]
pub fn request(imprint: Digest, nonce: u64) -> Vec<u8> {
    // Every part has a fixed length: the nonce is eight bytes because its second-highest bit is always set.
    let mut out = vec![0x30, 0x43, 0x02, 0x01, 0x01, 0x30, 0x31, 0x30, 0x0d, 0x06, 0x09];
    out.extend_from_slice(SHA256.as_bytes());
    out.extend_from_slice(&[0x05, 0x00, 0x04, 0x20]);
    out.extend_from_slice(&imprint.0);
    out.extend_from_slice(&[0x02, 0x08]);
    out.extend_from_slice(&written(nonce).to_be_bytes());
    out.extend_from_slice(&[0x01, 0x01, 0xff]);
    out
}

const fn written(nonce: u64) -> u64 {
    (nonce & 0x3fff_ffff_ffff_ffff) | 0x4000_0000_0000_0000
}

/// What an authority stated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// When, by the authority's clock.
    pub at: DateTime<Utc>,
    /// The digest it saw.
    pub imprint: Digest,
    /// The common name it gives itself, when it gives one. Nobody has checked it.
    pub authority: Option<String>,
}

/// Why bytes are no stamp, or not the one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StampError {
    /// Not a response in DER with a token of RFC 3161.
    #[error("not a timestamp response (RFC 3161, DER)")]
    NotAResponse,
    /// The authority refused.
    #[error("the authority did not grant the request (status {0})")]
    Refused(u8),
    /// It is about another digest.
    #[error("the response is about another digest than this head's")]
    Imprint,
    /// It answers another request.
    #[error("the response answers another request: its nonce differs")]
    Nonce,
}

impl Stamp {
    /// What the response in `bytes` states about `imprint`; with a `nonce`, as the answer to exactly that request.
    ///
    /// # Errors
    /// [`StampError`]
    pub fn read(bytes: &[u8], imprint: Digest, nonce: Option<u64>) -> Result<Self, StampError> {
        let (token, status) = response(bytes).ok_or(StampError::NotAResponse)?;
        if status > 1 {
            return Err(StampError::Refused(status));
        }
        let token = token.ok_or(StampError::NotAResponse)?;
        let (stamp, answered) = info(token).ok_or(StampError::NotAResponse)?;
        if stamp.imprint != imprint {
            return Err(StampError::Imprint);
        }
        match nonce {
            Some(nonce) if answered != Some(written(nonce)) => Err(StampError::Nonce),
            _ => Ok(stamp),
        }
    }

    /// The digest the response in `bytes` is about, whatever else it says.
    #[must_use]
    pub fn imprint(bytes: &[u8]) -> Option<Digest> {
        Some(info(response(bytes)?.0?)?.0.imprint)
    }
}

/// `TimeStampResp ::= SEQUENCE { status PKIStatusInfo, timeStampToken ContentInfo OPTIONAL }`
fn response(bytes: &[u8]) -> Option<(Option<AnyRef<'_>>, u8)> {
    if bytes.len() > BYTES_MAX {
        return None;
    }
    let parts = sequence(AnyRef::from_der(bytes).ok()?)?;
    let (status, rest) = parts.split_first()?;
    let status = *sequence(*status)?.first()?;
    let [status] = value(status, Tag::Integer)? else { return None };
    match rest {
        [] => Some((None, *status)),
        [token] => Some((Some(*token), *status)),
        _ => None,
    }
}

/// The `TSTInfo` inside a token, and the nonce it answers.
fn info(token: AnyRef<'_>) -> Option<(Stamp, Option<u64>)> {
    let content = sequence(token)?;
    let signed = match content.as_slice() {
        [kind, wrapped] if oid(*kind)? == SIGNED_DATA => sequence(only(wrapped.value())?)?,
        _ => return None,
    };
    let encapsulated = sequence(*signed.get(2)?)?;
    let octets = match encapsulated.as_slice() {
        [kind, wrapped] if oid(*kind)? == TST_INFO => value(only(wrapped.value())?, Tag::OctetString)?,
        _ => return None,
    };
    let fields = sequence(AnyRef::from_der(octets).ok()?)?;
    let [version, _policy, imprint, _serial, at, optional @ ..] = fields.as_slice() else { return None };
    if value(*version, Tag::Integer)? != [1] {
        return None;
    }
    let imprint = sequence(*imprint)?;
    let [algorithm, digest] = imprint.as_slice() else { return None };
    if oid(*sequence(*algorithm)?.first()?)? != SHA256 {
        return None;
    }
    let digest = value(*digest, Tag::OctetString)?.try_into().ok()?;
    // Of the optional fields only the nonce is a plain INTEGER; the name stands under [0].
    let nonce = optional.iter().find(|field| field.tag() == Tag::Integer).map(|field| field.value());
    let nonce = nonce.map(|bytes| bytes.try_into().map(u64::from_be_bytes).unwrap_or_default());
    let named = Tag::ContextSpecific { number: TagNumber(0), constructed: true };
    let name = optional.iter().find(|field| field.tag() == named);
    let stamp = Stamp {
        at: generalized_time(value(*at, Tag::GeneralizedTime)?)?,
        imprint: Digest(digest),
        authority: name.and_then(|name| common_name(name.value(), 8)),
    };
    Some((stamp, nonce))
}

/// `YYYYMMDDhhmmss[.f…]Z`.
fn generalized_time(bytes: &[u8]) -> Option<DateTime<Utc>> {
    let text = std::str::from_utf8(bytes).ok()?.strip_suffix('Z')?;
    NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S%.f").ok().map(|at| at.and_utc())
}

/// The first common name anywhere in a distinguished name.
fn common_name(bytes: &[u8], depth: u8) -> Option<String> {
    let parts = children(bytes)?;
    if let [kind, name] = parts.as_slice()
        && oid(*kind) == Some(COMMON_NAME)
    {
        return String::from_utf8(name.value().to_vec()).ok();
    }
    let depth = depth.checked_sub(1)?;
    parts.iter().filter(|part| part.tag().is_constructed()).find_map(|part| common_name(part.value(), depth))
}

fn children(bytes: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(bytes).ok()?;
    let mut found = Vec::new();
    while !reader.is_finished() {
        found.push(reader.decode().ok()?);
    }
    Some(found)
}

fn only(bytes: &[u8]) -> Option<AnyRef<'_>> {
    AnyRef::from_der(bytes).ok()
}

fn sequence(any: AnyRef<'_>) -> Option<Vec<AnyRef<'_>>> {
    children(value(any, Tag::Sequence)?)
}

fn value(any: AnyRef<'_>, tag: Tag) -> Option<&[u8]> {
    (any.tag() == tag).then(|| any.value())
}

fn oid(any: AnyRef<'_>) -> Option<ObjectIdentifier> {
    ObjectIdentifier::from_bytes(value(any, Tag::ObjectIdentifier)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const IMPRINT: Digest = Digest([0xab; 32]);

    /// Frozen; `openssl ts -query -in … -text` reads it.
    #[test]
    fn frozen_request() {
        let hex: String = request(IMPRINT, 7).iter().map(|byte| format!("{byte:02x}")).collect();
        let digest = "ab".repeat(32);
        assert_eq!(
            hex,
            format!("30430201013031300d060960864801650304020105000420{digest}020840000000000000070101ff")
        );
    }

    #[test]
    fn what_is_no_response_is_refused() {
        let refused = [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02];
        assert_eq!(Stamp::read(&refused, IMPRINT, None), Err(StampError::Refused(2)));
        let granted_without_token = [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x00];
        for bytes in [&granted_without_token[..], b"", b"<html>", &request(IMPRINT, 7), &[0x30; 4000]] {
            assert_eq!(Stamp::read(bytes, IMPRINT, None), Err(StampError::NotAResponse));
        }
    }

    #[test]
    fn times_have_fractions_or_none() {
        for (text, at) in [
            ("20261122080102Z", "2026-11-22T08:01:02+00:00"),
            ("20261122080102.5Z", "2026-11-22T08:01:02.500+00:00"),
        ] {
            assert_eq!(
                generalized_time(text.as_bytes()).unwrap().to_rfc3339(),
                DateTime::parse_from_rfc3339(at).unwrap().to_rfc3339()
            );
        }
        for text in ["20261122080102", "20261322080102Z", "Z", "é"] {
            assert_eq!(generalized_time(text.as_bytes()), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_upset_the_reader(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = Stamp::read(&bytes, IMPRINT, Some(1));
        }
    }
}

//! The vault's public key as every tool reads it: SubjectPublicKeyInfo (RFC 8410) in PEM.

use der::pem::{LineEnding, decode_vec, encode_string};

const LABEL: &str = "PUBLIC KEY";
/// SEQUENCE { SEQUENCE { id-Ed25519 }, BIT STRING }, up to the key itself.
const PREFIX: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// The key as PEM.
#[must_use]
pub fn key_pem(key: &[u8; 32]) -> String {
    // Encoding fails for labels that are none, and this one is.
    encode_string(LABEL, LineEnding::LF, &[&PREFIX[..], key].concat()).unwrap_or_default()
}

/// The key of a PEM text in exactly the form written here.
pub(super) fn read_key_pem(pem: &[u8]) -> Option<[u8; 32]> {
    let (_, der) = decode_vec(pem).ok()?;
    let key = der.strip_prefix(&PREFIX[..])?.try_into().ok()?;
    (key_pem(&key).as_bytes() == pem).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frozen; `openssl pkey -pubin -in key.pem -text` reads it.
    #[test]
    fn frozen_key() {
        let pem = key_pem(&[7; 32]);
        assert_eq!(
            pem,
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEABwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n-----END PUBLIC KEY-----\n"
        );
        assert_eq!(read_key_pem(pem.as_bytes()), Some([7; 32]));
        assert_eq!(read_key_pem(pem.replace('\n', "\r\n").as_bytes()), None);
    }
}

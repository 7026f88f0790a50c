//! The head says in one line how far the ledger goes; its signature says which vault said so.

use chrono::{DateTime, FixedOffset};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde_json::{Value, json};

use crate::{Digest, canonical};

/// How far a ledger goes, at an instant, in the words of one version of the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Number of entries.
    pub n: u64,
    /// Chain hash of the last entry.
    pub h: Digest,
    /// Merkle root over all leaves.
    pub root: Digest,
    /// When it was stated.
    pub at: DateTime<FixedOffset>,
    /// Name and version of the program.
    pub app: String,
}

/// Why bytes are no head, or a head cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeadError {
    /// Not canonical JSON with exactly the fields of a head.
    #[error("not a head in canonical form")]
    NotAHead,
    /// The instant has no RFC 3339 text, or the count is beyond all ledgers.
    #[error("the head cannot be written down")]
    Unwritable,
    /// The signature is not of these bytes by this key.
    #[error("the signature does not fit")]
    Signature,
}

impl Head {
    /// The head as canonical JSON: `{"app","at","h","n","root"}`. These bytes are what is signed and anchored.
    ///
    /// # Errors
    /// [`HeadError::Unwritable`]
    pub fn to_bytes(&self) -> Result<Vec<u8>, HeadError> {
        let at = canonical::instant(self.at).ok_or(HeadError::Unwritable)?;
        let value = json!({
            "n": self.n, "h": self.h.to_string(), "root": self.root.to_string(), "at": at, "app": self.app,
        });
        canonical::to_bytes(&value).map_err(|_| HeadError::Unwritable)
    }

    /// The head of canonical bytes.
    ///
    /// # Errors
    /// [`HeadError::NotAHead`]
    pub fn read(bytes: &[u8]) -> Result<Self, HeadError> {
        let value = canonical::read(bytes).ok_or(HeadError::NotAHead)?;
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let head = || {
            Some(Self {
                n: value.get("n")?.as_u64()?,
                h: text("h")?.parse().ok()?,
                root: text("root")?.parse().ok()?,
                at: canonical::read_instant(text("at")?)?,
                app: text("app")?.to_owned(),
            })
        };
        // Written anew it must give the same bytes: nothing was left out, nothing added.
        head().filter(|head| head.to_bytes().as_deref() == Ok(bytes)).ok_or(HeadError::NotAHead)
    }

    /// The head with its Ed25519 signature by the key of this secret `seed`.
    ///
    /// # Errors
    /// [`HeadError::Unwritable`]
    pub fn sign(self, seed: &[u8; 32]) -> Result<SignedHead, HeadError> {
        let key = SigningKey::from_bytes(seed);
        let bytes = self.to_bytes()?;
        let signature = key.sign(&bytes).to_bytes();
        Ok(SignedHead { head: self, bytes, signature, public_key: key.verifying_key().to_bytes() })
    }
}

/// A head with its signature over exactly `bytes`; `openssl pkeyutl -verify -rawin` agrees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedHead {
    /// What is said.
    pub head: Head,
    /// The canonical bytes that are signed.
    pub bytes: Vec<u8>,
    /// Ed25519.
    pub signature: [u8; 64],
    /// The vault's public key.
    pub public_key: [u8; 32],
}

impl SignedHead {
    /// The head that `public_key` signed in `bytes`.
    ///
    /// # Errors
    /// [`HeadError::Signature`] when it did not, [`HeadError::NotAHead`] when the bytes are none.
    pub fn read(bytes: &[u8], signature: &[u8; 64], public_key: &[u8; 32]) -> Result<Self, HeadError> {
        if !signs(public_key, bytes, signature) {
            return Err(HeadError::Signature);
        }
        let head = Head::read(bytes)?;
        Ok(Self { head, bytes: bytes.to_vec(), signature: *signature, public_key: *public_key })
    }
}

/// Whether `signature` is over exactly `bytes` by `public_key`.
#[must_use]
pub fn signs(public_key: &[u8; 32], bytes: &[u8], signature: &[u8; 64]) -> bool {
    let key = VerifyingKey::from_bytes(public_key);
    key.is_ok_and(|key| key.verify_strict(bytes, &Signature::from_bytes(signature)).is_ok())
}

/// The Ed25519 signature over `bytes` by the key of this secret `seed`.
#[must_use]
pub fn sign(seed: &[u8; 32], bytes: &[u8]) -> [u8; 64] {
    SigningKey::from_bytes(seed).sign(bytes).to_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Link;

    fn head() -> Head {
        Head {
            n: 0,
            h: Link::genesis().h,
            root: crate::merkle::root(&[]),
            at: canonical::read_instant("2026-11-22T10:00:00+08:00").unwrap(),
            app: "ashore 0.1.0".to_owned(),
        }
    }

    /// Frozen bytes and, Ed25519 being deterministic, a frozen signature.
    #[test]
    fn frozen_head() {
        let signed = head().sign(&[7; 32]).unwrap();
        assert_eq!(
            String::from_utf8(signed.bytes.clone()).unwrap(),
            r#"{"app":"ashore 0.1.0","at":"2026-11-22T10:00:00+08:00","h":"d84f7b625ed758152e569d85b444d83969bdeb3efa9133ad988c7fe167dbfeba","n":0,"root":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}"#
        );
        let hex: String = signed.signature.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(
            hex,
            "8d3dd14947a79af2b15c1665860e64d5d12512623ccdc4b5850ab6bce59b9b134652b04d404cfbd756a3e8dfb54ac45b585223222870900fcbf364d5ed712c0d"
        );
        assert_eq!(
            Digest(signed.public_key).to_string(),
            "ea4a6c63e29c520abef5507b132ec5f9954776aebebe7b92421eea691446d22c"
        );
    }

    #[test]
    fn a_changed_byte_anywhere_is_refused() {
        let signed = head().sign(&[7; 32]).unwrap();
        assert_eq!(
            SignedHead::read(&signed.bytes, &signed.signature, &signed.public_key),
            Ok(signed.clone())
        );
        for place in 0..signed.bytes.len() {
            let mut bytes = signed.bytes.clone();
            bytes[place] ^= 1;
            assert!(SignedHead::read(&bytes, &signed.signature, &signed.public_key).is_err(), "byte {place}");
        }
        for place in 0..64 {
            let mut signature = signed.signature;
            signature[place] ^= 1;
            assert!(SignedHead::read(&signed.bytes, &signature, &signed.public_key).is_err(), "byte {place}");
        }
    }

    #[test]
    fn a_head_with_more_or_fewer_fields_is_none() {
        let mut value: Value = serde_json::from_slice(&head().to_bytes().unwrap()).unwrap();
        value["extra"] = json!(1);
        assert_eq!(Head::read(&canonical::to_bytes(&value).unwrap()), Err(HeadError::NotAHead));
        assert_eq!(Head::read(b"{}"), Err(HeadError::NotAHead));
    }
}

use ashore_evidence::canonical;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use serde_json::{Value, json};

use super::{KdfCost, Key, random};
use crate::fault::Fault;

/// Which of the two ways in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SlotName {
    Passphrase,
    Recovery,
}

impl SlotName {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Passphrase => "passphrase",
            Self::Recovery => "recovery",
        }
    }
}

/// The database's key, wrapped under a key derived from one secret. Cost, salt, name of the slot and identity of the
/// vault are bound in as associated data: none can be exchanged without the tag failing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) cost: KdfCost,
    pub(crate) salt: [u8; 16],
    pub(crate) nonce: [u8; 24],
    pub(crate) wrapped: [u8; Key::LENGTH + 16],
}

impl Slot {
    pub(crate) fn wrap(
        key: &Key,
        name: SlotName,
        identity: &Value,
        secret: &[u8],
        cost: KdfCost,
    ) -> Result<Self, Fault> {
        let mut slot = Self { cost, salt: [0; 16], nonce: [0; 24], wrapped: [0; Key::LENGTH + 16] };
        random(&mut slot.salt)?;
        random(&mut slot.nonce)?;
        let cipher = slot.cipher(secret)?;
        let aad = slot.header(name, identity)?;
        let sealed = cipher
            .encrypt(&XNonce::from(slot.nonce), Payload { msg: key.bytes(), aad: &aad })
            .map_err(|_| Fault::Damaged)?;
        slot.wrapped = sealed.try_into().map_err(|_| Fault::Damaged)?;
        Ok(slot)
    }

    /// The key, or `None` for a wrong secret. Right and wrong secrets cost the same up to the tag.
    pub(crate) fn unwrap(
        &self,
        name: SlotName,
        identity: &Value,
        secret: &[u8],
    ) -> Result<Option<Key>, Fault> {
        let cipher = self.cipher(secret)?;
        let aad = self.header(name, identity)?;
        let opened = cipher.decrypt(&XNonce::from(self.nonce), Payload { msg: &self.wrapped, aad: &aad });
        Ok(opened.ok().and_then(Key::from_vec))
    }

    fn cipher(&self, secret: &[u8]) -> Result<XChaCha20Poly1305, Fault> {
        let key = self.cost.derive(secret, &self.salt)?;
        XChaCha20Poly1305::new_from_slice(key.bytes()).map_err(|_| Fault::Damaged)
    }

    fn header(&self, name: SlotName, identity: &Value) -> Result<Vec<u8>, Fault> {
        let header = json!({
            "identity": identity, "slot": name.word(), "kdf": self.kdf(), "salt": hex(&self.salt),
        });
        canonical::to_bytes(&header).map_err(|error| Fault::Database(error.to_string()))
    }

    fn kdf(&self) -> Value {
        json!({
            "name": "argon2id", "version": 19, "memory_kib": self.cost.memory_kib(),
            "iterations": self.cost.iterations(), "lanes": self.cost.lanes(),
        })
    }

    pub(crate) fn to_json(&self) -> Value {
        json!({
            "kdf": self.kdf(), "salt": hex(&self.salt), "nonce": hex(&self.nonce), "wrapped": hex(&self.wrapped),
        })
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

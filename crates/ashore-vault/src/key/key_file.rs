use ashore_evidence::{Digest, canonical};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::cost::CostError;
use super::{KdfCost, Key, Slot, SlotName, random};
use crate::fault::Fault;

/// What `keys.json` holds. Every byte of the file is checked: it must be canonical JSON and one line feed, and its
/// checksum must fit, so that damage is told from a wrong passphrase before anything is derived. The checksum protects
/// against accidents; against an attacker each slot binds what matters of the header into its tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyFile {
    pub(crate) vault: String,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) passphrase: Slot,
    pub(crate) recovery: Slot,
}

/// Why `keys.json` is not obeyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeyFileError {
    Damaged(&'static str),
    TooWeak,
    Newer(u32),
}

impl KeyFile {
    pub(crate) const FORMAT: u32 = 1;
    /// More than any key file ever needs.
    pub(crate) const BYTES_MAX: u64 = 64 * 1024;
    const TAG: &[u8] = b"ashore:keys:v1\n";

    /// A new vault's key file: `key` wrapped for the passphrase and for the recovery code.
    pub(crate) fn new(
        key: &Key,
        passphrase: &[u8],
        recovery: &[u8],
        cost: KdfCost,
        created_at: DateTime<Utc>,
    ) -> Result<Self, Fault> {
        let mut id = [0; 16];
        random(&mut id)?;
        let vault = ashore_domain::FactId::from_bytes(id).to_string();
        let identity = identity(&vault, created_at);
        let wrap = |name, secret| Slot::wrap(key, name, &identity, secret, cost);
        let passphrase = wrap(SlotName::Passphrase, passphrase)?;
        let recovery = wrap(SlotName::Recovery, recovery)?;
        Ok(Self { passphrase, recovery, vault, created_at })
    }

    /// The key, or `None` when `secret` does not open slot `name`.
    pub(crate) fn unwrap(&self, name: SlotName, secret: &[u8]) -> Result<Option<Key>, Fault> {
        self.slot(name).unwrap(name, &identity(&self.vault, self.created_at), secret)
    }

    /// The same file with slot `name` made anew for `secret`.
    pub(crate) fn rewrapped(
        &self,
        key: &Key,
        name: SlotName,
        secret: &[u8],
        cost: KdfCost,
    ) -> Result<Self, Fault> {
        let slot = Slot::wrap(key, name, &identity(&self.vault, self.created_at), secret, cost)?;
        Ok(match name {
            SlotName::Passphrase => Self { passphrase: slot, ..self.clone() },
            SlotName::Recovery => Self { recovery: slot, ..self.clone() },
        })
    }

    const fn slot(&self, name: SlotName) -> &Slot {
        match name {
            SlotName::Passphrase => &self.passphrase,
            SlotName::Recovery => &self.recovery,
        }
    }

    /// The bytes of the file.
    pub(crate) fn to_bytes(&self) -> Result<Vec<u8>, Fault> {
        let mut value = json!({
            "format": Self::FORMAT, "vault": self.vault, "created_at": instant(self.created_at),
            "passphrase": self.passphrase.to_json(), "recovery": self.recovery.to_json(),
        });
        let sum = checksum(&value).ok_or(Fault::Damaged)?;
        if let Some(members) = value.as_object_mut() {
            members.insert("checksum".to_owned(), sum.into());
        }
        let mut bytes = canonical::to_bytes(&value).map_err(|_| Fault::Damaged)?;
        bytes.push(b'\n');
        Ok(bytes)
    }

    /// The key file of these bytes.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, KeyFileError> {
        use KeyFileError::Damaged;
        let line = bytes.strip_suffix(b"\n").ok_or(Damaged("it is cut off"))?;
        let mut value = canonical::read(line).ok_or(Damaged("it is not in its canonical form"))?;
        let members = value.as_object_mut().ok_or(Damaged("it is not an object"))?;
        let stated = members.remove("checksum").ok_or(Damaged("the checksum is missing"))?;
        if stated.as_str().map(str::to_owned) != checksum(&value) {
            return Err(Damaged("the checksum does not fit"));
        }
        // The checksum fits, so from here on somebody wrote it so.
        let fields = Fields(value.as_object().ok_or(Damaged("it is not an object"))?);
        let format = fields.number("format").ok_or(Damaged("the format is missing"))?;
        if format > Self::FORMAT {
            return Err(KeyFileError::Newer(format));
        }
        let slot = |name: SlotName| {
            let fields = fields.object(name.word()).ok_or(Damaged("a slot is missing"))?;
            read_slot(fields)
        };
        let (passphrase, recovery) = (slot(SlotName::Passphrase)?, slot(SlotName::Recovery)?);
        let read = || {
            let created_at = canonical::read_instant(fields.text("created_at")?)?.to_utc();
            Some(Self { vault: fields.text("vault")?.to_owned(), created_at, passphrase, recovery })
        };
        // Written anew it must give the same bytes: nothing unknown was left aside.
        read()
            .filter(|file| file.to_bytes().is_ok_and(|again| again == bytes))
            .ok_or(Damaged("its fields are not those of a key file"))
    }
}

fn identity(vault: &str, created_at: DateTime<Utc>) -> Value {
    json!({ "format": KeyFile::FORMAT, "vault": vault, "created_at": instant(created_at) })
}

fn instant(at: DateTime<Utc>) -> Option<String> {
    canonical::instant(at.fixed_offset())
}

fn checksum(value: &Value) -> Option<String> {
    let bytes = canonical::to_bytes(value).ok()?;
    let digest = Sha256::new().chain_update(KeyFile::TAG).chain_update(bytes).finalize();
    Some(Digest(digest.into()).to_string())
}

fn read_slot(fields: Fields<'_>) -> Result<Slot, KeyFileError> {
    let unreadable = KeyFileError::Damaged("a slot cannot be read");
    let kdf = fields.object("kdf").ok_or(unreadable)?;
    let number = |name| kdf.number(name).ok_or(unreadable);
    let cost = KdfCost::new(number("memory_kib")?, number("iterations")?, number("lanes")?);
    let cost = cost.map_err(|error| match error {
        CostError::TooWeak => KeyFileError::TooWeak,
        CostError::TooHigh => KeyFileError::Damaged("the key derivation is beyond all bounds"),
    })?;
    let read = || {
        Some(Slot {
            cost,
            salt: fields.hex("salt")?,
            nonce: fields.hex("nonce")?,
            wrapped: fields.hex("wrapped")?,
        })
    };
    read().ok_or(unreadable)
}

#[derive(Clone, Copy)]
struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    fn object(self, name: &str) -> Option<Self> {
        self.0.get(name)?.as_object().map(Self)
    }

    fn text(self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.as_str()
    }

    fn number(self, name: &str) -> Option<u32> {
        self.0.get(name)?.as_u64()?.try_into().ok()
    }

    fn hex<const N: usize>(self, name: &str) -> Option<[u8; N]> {
        let text = self.text(name)?;
        let mut bytes = [0; N];
        if text.len() != 2 * N {
            return None;
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().as_chunks::<2>().0) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file() -> (KeyFile, Key) {
        let key = Key::random().unwrap();
        let at = DateTime::UNIX_EPOCH;
        (KeyFile::new(&key, b"passphrase", b"code", KdfCost::FLOOR, at).unwrap(), key)
    }

    /// What an attacker can do who knows the format: change a field and mend the checksum.
    fn forged(bytes: &[u8], change: impl Fn(&mut Value)) -> Vec<u8> {
        let mut value: Value = serde_json::from_slice(bytes).unwrap();
        value.as_object_mut().unwrap().remove("checksum");
        change(&mut value);
        let sum = checksum(&value).unwrap();
        value["checksum"] = sum.into();
        let mut bytes = canonical::to_bytes(&value).unwrap();
        bytes.push(b'\n');
        bytes
    }

    #[test]
    fn both_secrets_open_and_only_in_their_own_slot() {
        let (file, key) = file();
        let file = KeyFile::read(&file.to_bytes().unwrap()).unwrap();
        let opened = |name, secret| file.unwrap(name, secret).unwrap().map(|key| key.bytes().to_vec());
        assert_eq!(opened(SlotName::Passphrase, b"passphrase".as_slice()).as_deref(), Some(key.bytes()));
        assert_eq!(opened(SlotName::Recovery, b"code").as_deref(), Some(key.bytes()));
        assert_eq!(opened(SlotName::Recovery, b"passphrase"), None);
    }

    #[test]
    fn every_flipped_bit_is_damage() {
        let bytes = file().0.to_bytes().unwrap();
        for place in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[place] ^= 1 << bit;
                let read = KeyFile::read(&damaged);
                assert!(matches!(read, Err(KeyFileError::Damaged(_))), "bit {bit} of byte {place}: {read:?}");
            }
        }
        for length in 0..bytes.len() {
            assert!(
                matches!(KeyFile::read(&bytes[..length]), Err(KeyFileError::Damaged(_))),
                "cut at {length}"
            );
        }
    }

    #[test]
    fn a_weakened_header_is_refused_and_a_changed_one_does_not_open() {
        let (file, _) = file();
        let bytes = file.to_bytes().unwrap();
        for (slot, field, value) in
            [("passphrase", "memory_kib", 8), ("recovery", "iterations", 1), ("passphrase", "lanes", 0)]
        {
            let weak = forged(&bytes, |v| v[slot]["kdf"][field] = json!(value));
            assert_eq!(KeyFile::read(&weak), Err(KeyFileError::TooWeak), "{slot} {field}");
        }
        let absurd = forged(&bytes, |v| v["passphrase"]["kdf"]["memory_kib"] = json!(u32::MAX));
        assert!(matches!(KeyFile::read(&absurd), Err(KeyFileError::Damaged(_))));
        let newer = forged(&bytes, |v| v["format"] = json!(2));
        assert_eq!(KeyFile::read(&newer), Err(KeyFileError::Newer(2)));
        let more = forged(&bytes, |v| v["backdoor"] = json!(true));
        assert!(matches!(KeyFile::read(&more), Err(KeyFileError::Damaged(_))));
        // Fields that read well and are bound into the tag.
        let changes: [&dyn Fn(&mut Value); 2] =
            [&|v| v["created_at"] = json!("1971-01-01T00:00:00+00:00"), &|v| {
                v["passphrase"]["kdf"]["iterations"] = json!(4)
            }];
        for change in changes {
            let file = KeyFile::read(&forged(&bytes, change)).unwrap();
            assert!(file.unwrap(SlotName::Passphrase, b"passphrase").unwrap().is_none());
        }
    }

    /// The tag decides at the very end, so a stopwatch tells nothing.
    #[test]
    #[cfg(target_os = "linux")]
    fn right_and_wrong_secrets_cost_the_same() {
        // Nanoseconds this thread was on a processor: a busy machine does not disturb them much.
        let spent = || -> u64 {
            let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
            text.split_whitespace().next().unwrap().parse().unwrap()
        };
        let (file, _) = file();
        let mut best = [u64::MAX; 2];
        for _ in 0..6 {
            for (best, secret) in best.iter_mut().zip([b"passphrase".as_slice(), b"passphrasf"]) {
                let begin = spent();
                let opened = file.unwrap(SlotName::Passphrase, secret).unwrap().is_some();
                *best = (*best).min(spent() - begin);
                assert_eq!(opened, secret == b"passphrase");
            }
        }
        let [right, wrong] = best;
        assert!((right * 8..right * 12).contains(&(wrong * 10)), "{right} ns against {wrong} ns");
    }
}

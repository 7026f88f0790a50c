//! From a passphrase to the key of the database, and nothing on the way that can be weakened unnoticed.

mod cost;
mod key_file;
mod recovery_code;
mod slot;

use std::fmt;

use ashore_domain::Sensitive;
use unicode_normalization::UnicodeNormalization as _;
use zeroize::{Zeroize as _, Zeroizing};

use crate::fault::Fault;

pub use cost::KdfCost;
pub(crate) use key_file::{KeyFile, KeyFileError};
pub use recovery_code::RecoveryCode;
pub(crate) use slot::{Slot, SlotName};

/// What opens a vault.
#[derive(Debug, Clone, Copy)]
pub enum Secret<'a> {
    /// The passphrase the user chose.
    Passphrase(&'a Sensitive<String>),
    /// The recovery code as typed: case, spaces and dashes do not matter, nor O for 0 and I or L for 1.
    RecoveryCode(&'a Sensitive<String>),
}

/// A text that is no recovery code at all: its checksum does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mistyped;

impl Secret<'_> {
    /// The slot this secret is for and the bytes that enter the key derivation.
    pub(crate) fn bytes(&self) -> Result<(SlotName, Zeroizing<Vec<u8>>), Mistyped> {
        match self {
            Self::Passphrase(passphrase) => Ok((SlotName::Passphrase, passphrase_bytes(passphrase))),
            Self::RecoveryCode(typed) => {
                Ok((SlotName::Recovery, RecoveryCode::read(typed).ok_or(Mistyped)?.bytes()))
            }
        }
    }
}

/// The passphrase in NFC: keyboards differ in how they compose a letter, people do not.
pub(crate) fn passphrase_bytes(passphrase: &Sensitive<String>) -> Zeroizing<Vec<u8>> {
    // Exposed to be derived from; the copy is wiped by its guard. NFC at most triples the length, and a buffer
    // that never grows leaves no copies behind.
    let text = passphrase.expose();
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() * 3));
    for character in text.nfc() {
        let mut buffer = [0; 4];
        bytes.extend_from_slice(character.encode_utf8(&mut buffer).as_bytes());
        buffer.zeroize();
    }
    bytes
}

/// 256 secret bits, on the heap so that moving them leaves no copies, wiped when dropped.
#[derive(Clone)]
pub(crate) struct Key(Sensitive<Box<[u8]>>);

impl Key {
    pub(crate) const LENGTH: usize = 32;

    pub(crate) fn random() -> Result<Self, Fault> {
        let mut bytes = vec![0; Self::LENGTH].into_boxed_slice();
        random(&mut bytes)?;
        Ok(Self(Sensitive::new(bytes)))
    }

    /// `None` unless there are exactly 32 bytes. The vector is wiped to the end of its capacity either way: to shrink
    /// it would leave a copy behind.
    pub(crate) fn from_vec(mut bytes: Vec<u8>) -> Option<Self> {
        let mut key = vec![0; Self::LENGTH].into_boxed_slice();
        let fits = bytes.len() == Self::LENGTH;
        if fits {
            key.copy_from_slice(&bytes);
        }
        bytes.zeroize();
        fits.then_some(Self(Sensitive::new(key)))
    }

    /// Exposed to be used by a cipher, a MAC or the database.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.expose()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key([sensitive])")
    }
}

/// Fill with bytes nobody can guess.
pub(crate) fn random(bytes: &mut [u8]) -> Result<(), Fault> {
    getrandom::fill(bytes).map_err(|error| Fault::io("asking for random bytes")(error.into()))
}

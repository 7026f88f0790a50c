use ashore_domain::Sensitive;
use std::fmt;

/// What opens a vault.
#[derive(Debug, Clone, Copy)]
pub enum Secret<'a> {
    /// The passphrase the user chose.
    Passphrase(&'a Sensitive<String>),
    /// The recovery code as typed: case, spaces and dashes do not matter, nor O for 0 and I or L for 1.
    RecoveryCode(&'a Sensitive<String>),
}

/// What Argon2id costs: memory, passes, lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KdfCost {
    memory_kib: u32,
    iterations: u32,
    lanes: u32,
}

impl KdfCost {
    /// The least Ashore ever accepts: 64 MiB, three passes.
    pub const FLOOR: Self = Self { memory_kib: 64 * 1024, iterations: 3, lanes: 1 };

    /// The cost that takes this machine half a second to a second.
    #[must_use]
    pub fn calibrated() -> Self {
        todo!()
    }
}

/// The code that opens the vault when the passphrase is forgotten. Shown once, written down, never stored.
pub struct RecoveryCode(Sensitive<String>);

impl fmt::Display for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.expose())
    }
}

use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

use super::Key;
use crate::fault::Fault;

/// What Argon2id costs: memory, passes, lanes. Never below [`KdfCost::FLOOR`] and never beyond what a machine of
/// our day can do, so neither a weakened nor an absurd key file is ever obeyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KdfCost {
    memory_kib: u32,
    iterations: u32,
    lanes: u32,
}

/// Why a cost is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CostError {
    TooWeak,
    TooHigh,
}

impl KdfCost {
    /// The least that is ever accepted: 64 MiB, three passes.
    pub const FLOOR: Self = Self { memory_kib: 64 * 1024, iterations: 3, lanes: 1 };
    /// What a machine of today takes: 256 MiB, three passes.
    pub const USUAL: Self = Self { memory_kib: 256 * 1024, iterations: 3, lanes: 1 };
    /// What is accepted at most: 4 GiB, 64 passes, 16 lanes.
    const CEILING: Self = Self { memory_kib: 4 * 1024 * 1024, iterations: 64, lanes: 16 };
    /// Machines with less memory than this get half of the usual.
    const AMPLE_KIB: u64 = 4 * 1024 * 1024;

    pub(crate) const fn new(memory_kib: u32, iterations: u32, lanes: u32) -> Result<Self, CostError> {
        let (floor, ceiling) = (Self::FLOOR, Self::CEILING);
        if memory_kib < floor.memory_kib || iterations < floor.iterations || lanes < floor.lanes {
            return Err(CostError::TooWeak);
        }
        if memory_kib > ceiling.memory_kib || iterations > ceiling.iterations || lanes > ceiling.lanes {
            return Err(CostError::TooHigh);
        }
        Ok(Self { memory_kib, iterations, lanes })
    }

    /// Memory in KiB.
    #[must_use]
    pub const fn memory_kib(self) -> u32 {
        self.memory_kib
    }

    /// Passes over the memory.
    #[must_use]
    pub const fn iterations(self) -> u32 {
        self.iterations
    }

    /// Lanes.
    #[must_use]
    pub const fn lanes(self) -> u32 {
        self.lanes
    }

    /// The cost that takes this machine half a second to a second, measured here and now: the usual one (half its
    /// memory below 4 GB), with less memory on a slow machine and more passes on a fast one.
    #[must_use]
    pub fn calibrated() -> Self {
        let ample = machine_memory_kib().is_none_or(|kib| kib >= Self::AMPLE_KIB);
        let start = if ample { Self::USUAL } else { Self { memory_kib: 128 * 1024, ..Self::USUAL } };
        // A span is measured, no time is read.
        #[allow(clippy::disallowed_methods)]
        start.calibrated_by(|cost| {
            let begin = Instant::now();
            cost.derive(b"calibration", &[0; 16]).map(|_| begin.elapsed()).unwrap_or(Duration::MAX)
        })
    }

    fn calibrated_by(self, time: impl Fn(Self) -> Duration) -> Self {
        const LOW: Duration = Duration::from_millis(500);
        const HIGH: Duration = Duration::from_millis(1000);
        let mut cost = self;
        loop {
            let taken = time(cost);
            if taken > HIGH && cost.memory_kib > Self::FLOOR.memory_kib {
                cost.memory_kib = (cost.memory_kib / 2).max(Self::FLOOR.memory_kib);
                continue;
            }
            if taken < LOW && cost.memory_kib == self.memory_kib {
                // Passes cost alike, so the middle of the range needs this many.
                let middle = (LOW + HIGH).as_micros() / 2;
                let passes = u128::from(cost.iterations) * middle / taken.as_micros().max(1);
                let most = u128::from(Self::CEILING.iterations);
                cost.iterations = u32::try_from(passes.min(most)).unwrap_or(cost.iterations).max(3);
            }
            return cost;
        }
    }

    /// The key that `secret` and `salt` give at this cost.
    pub(crate) fn derive(self, secret: &[u8], salt: &[u8; 16]) -> Result<Key, Fault> {
        let failed = |error: argon2::Error| {
            Fault::io("deriving the key")(std::io::Error::new(
                std::io::ErrorKind::OutOfMemory,
                error.to_string(),
            ))
        };
        let params =
            Params::new(self.memory_kib, self.iterations, self.lanes, Some(Key::LENGTH)).map_err(failed)?;
        let mut out = Zeroizing::new(vec![0; Key::LENGTH]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(secret, salt, &mut out)
            .map_err(failed)?;
        Key::from_vec(std::mem::take(&mut *out)).ok_or(Fault::Damaged)
    }
}

/// All memory of the machine, where the system tells it in a file.
fn machine_memory_kib() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_below_the_floor_or_beyond_the_ceiling() {
        for (memory, passes, lanes, expected) in [
            (65_536, 3, 1, None),
            (65_535, 3, 1, Some(CostError::TooWeak)),
            (65_536, 2, 1, Some(CostError::TooWeak)),
            (1 << 20, 1, 1, Some(CostError::TooWeak)),
            (65_536, 3, 0, Some(CostError::TooWeak)),
            (u32::MAX, 3, 1, Some(CostError::TooHigh)),
            (65_536, 65, 1, Some(CostError::TooHigh)),
            (65_536, 3, 17, Some(CostError::TooHigh)),
        ] {
            assert_eq!(KdfCost::new(memory, passes, lanes).err(), expected, "{memory} {passes} {lanes}");
        }
    }

    #[test]
    fn calibration_aims_at_half_a_second_to_a_second() {
        // A machine that needs so many microseconds for a MiB and pass.
        for (speed, memory, passes) in
            [(1040, 256, 3), (200, 256, 14), (1500, 128, 3), (3000, 64, 3), (90_000, 64, 3), (0, 256, 64)]
        {
            let cost = KdfCost::USUAL.calibrated_by(|cost| {
                Duration::from_micros(u64::from(cost.memory_kib / 1024 * cost.iterations) * speed)
            });
            assert_eq!((cost.memory_kib / 1024, cost.iterations), (memory, passes), "{speed} µs");
        }
    }

    /// Frozen, from the reference implementation (`argon2` by its authors): a vault of today opens tomorrow.
    #[test]
    fn frozen_derivation() {
        let key = KdfCost::FLOOR.derive("上岸 passphrase".as_bytes(), b"0123456789abcdef").unwrap();
        let hex: String = key.bytes().iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(hex, "5c3be01c24b08ea23bfb2dcdbb0fa5f1cf1e6edc3eea91bff29b13816a927c0d");
    }
}

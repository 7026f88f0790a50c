//! Every entry holds everything before it: change, drop, insert or swap one and no later hash fits.
//!
//! ```text
//! leaf_n = SHA-256("ashore:leaf:v1\n"  || canonical bytes of fact n)
//! h_0    = SHA-256("ashore:genesis:v1\n")
//! h_n    = SHA-256("ashore:chain:v1\n" || n as 8 bytes, big end first || h_(n-1) || leaf_n)
//! ```
//!
//! The tags keep the three kinds of digest apart; they are frozen.

use sha2::{Digest as _, Sha256};

use crate::Digest;

const LEAF: &[u8] = b"ashore:leaf:v1\n";
const GENESIS: &[u8] = b"ashore:genesis:v1\n";
const CHAIN: &[u8] = b"ashore:chain:v1\n";

/// A place in the chain: the number of entries so far and the hash that holds them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Entries so far.
    pub n: u64,
    /// `h_n`.
    pub h: Digest,
}

impl Link {
    /// The chain before its first entry.
    #[must_use]
    pub fn genesis() -> Self {
        Self { n: 0, h: sha256(&[GENESIS]) }
    }

    /// The chain after one more entry.
    #[must_use]
    pub fn next(self, leaf: Digest) -> Self {
        let n = self.n.saturating_add(1);
        Self { n, h: sha256(&[CHAIN, &n.to_be_bytes(), &self.h.0, &leaf.0]) }
    }
}

/// The leaf of a fact's canonical bytes.
#[must_use]
pub fn leaf(canonical: &[u8]) -> Digest {
    sha256(&[LEAF, canonical])
}

pub(crate) fn sha256(parts: &[&[u8]]) -> Digest {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    Digest(hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Frozen; each line can be recomputed with `printf … | sha256sum`.
    #[test]
    fn frozen_hashes() {
        let genesis = Link::genesis();
        let one = genesis.next(leaf(b"{}"));
        let two = one.next(leaf(b"[1]"));
        let text = |digest: Digest| digest.to_string();
        assert_eq!(text(genesis.h), "d84f7b625ed758152e569d85b444d83969bdeb3efa9133ad988c7fe167dbfeba");
        assert_eq!(text(leaf(b"{}")), "7c6b55aeff2ae16a88b1b2c761baf05b1519c091e311a14d8d8336c451769137");
        assert_eq!(text(one.h), "2fa70e23251ac05569276bcaafb5a860543105177e29d6a2f753a55db95ee0ed");
        assert_eq!(text(two.h), "8d3be6ad1f2ef21222290bf3355ccdcfeeb4edf36b1561abfc408eacdbd3a593");
        assert_eq!((genesis.n, one.n, two.n), (0, 1, 2));
    }
}

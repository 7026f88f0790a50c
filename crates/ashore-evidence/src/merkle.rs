//! One fact can be shown without the others: the RFC 6962 tree over the leaves of the chain.
//!
//! The tree's entries are the 32 bytes of each leaf, so a proof reveals nothing of other facts but digests.

use crate::Digest;
use crate::chain::sha256;

/// The root over any number of leaves, in memory that grows with their logarithm only.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    count: u64,
    // Roots of the complete subtrees, largest first: one for each bit set in `count`.
    peaks: Vec<Digest>,
}

impl Tree {
    /// Append one leaf.
    pub fn push(&mut self, leaf: Digest) {
        let mut node = entry(leaf);
        let mut carry = self.count;
        while carry & 1 == 1 {
            if let Some(left) = self.peaks.pop() {
                node = parent(left, node);
            }
            carry >>= 1;
        }
        self.peaks.push(node);
        self.count += 1;
    }

    /// Number of leaves.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The root; of no leaves it is the digest of nothing.
    #[must_use]
    pub fn root(&self) -> Digest {
        let mut peaks = self.peaks.iter().rev().copied();
        peaks
            .next()
            .map_or_else(|| sha256(&[]), |smallest| peaks.fold(smallest, |right, left| parent(left, right)))
    }
}

impl FromIterator<Digest> for Tree {
    fn from_iter<I: IntoIterator<Item = Digest>>(leaves: I) -> Self {
        let mut tree = Self::default();
        leaves.into_iter().for_each(|leaf| tree.push(leaf));
        tree
    }
}

/// The root over `leaves`.
#[must_use]
pub fn root(leaves: &[Digest]) -> Digest {
    leaves.iter().copied().collect::<Tree>().root()
}

/// Whether `path` leads from `leaf`, the one at `index` of `count`, to `root`.
#[must_use]
pub fn includes(root: Digest, leaf: Digest, index: u64, count: u64, path: &[Digest]) -> bool {
    if index >= count {
        return false;
    }
    let (mut place, mut last, mut node) = (index, count - 1, entry(leaf));
    for sibling in path {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            node = parent(*sibling, node);
            // A node without a right sibling is its own parent until it becomes a right child.
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            node = parent(node, *sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && node == root
}

pub(crate) fn entry(leaf: Digest) -> Digest {
    sha256(&[&[0], &leaf.0])
}

pub(crate) fn parent(left: Digest, right: Digest) -> Digest {
    sha256(&[&[1], &left.0, &right.0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::leaf;

    fn leaves(count: usize) -> Vec<Digest> {
        (0..count).map(|i| leaf(i.to_string().as_bytes())).collect()
    }

    #[test]
    fn frozen_roots() {
        for (count, hex) in [
            (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (1, "fb961c987a853736148910b28f04d1697de91e9676ccf2307ddb793d749ae240"),
            (2, "2600e4ba7b13c35f91986788099f0ddb0f551cf2facfed323fe10e4d80f7b4e3"),
            (7, "13600865562593252346f4134c01f093bbfac2693de6ae80035e2d6aeed3e30c"),
        ] {
            assert_eq!(root(&leaves(count)).to_string(), hex, "{count} leaves");
        }
    }
}

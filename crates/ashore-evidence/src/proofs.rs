//! Every proof over a fixed list of leaves, each read off in logarithmic time.
//!
//! The tree is kept level by level; a node without a right sibling moves up unchanged, which gives the same nodes as
//! the recursive definition of RFC 6962 §2.1. Memory is two digests a leaf.

use crate::Digest;
use crate::chain::sha256;
use crate::merkle::{entry, parent};

/// The whole tree over some leaves.
#[derive(Debug, Clone)]
pub struct Proofs {
    // levels[0] are the entries themselves, the last level is the root alone.
    levels: Vec<Vec<Digest>>,
}

impl FromIterator<Digest> for Proofs {
    fn from_iter<I: IntoIterator<Item = Digest>>(leaves: I) -> Self {
        let mut level: Vec<Digest> = leaves.into_iter().map(entry).collect();
        let mut levels = Vec::new();
        while level.len() > 1 {
            let above = level
                .chunks(2)
                .filter_map(|pair| match pair {
                    [left, right] => Some(parent(*left, *right)),
                    [alone] => Some(*alone),
                    _ => None,
                })
                .collect();
            levels.push(std::mem::replace(&mut level, above));
        }
        levels.push(level);
        Self { levels }
    }
}

impl Proofs {
    /// Number of leaves.
    #[must_use]
    pub fn count(&self) -> usize {
        self.levels.first().map_or(0, Vec::len)
    }

    /// The root; of no leaves it is the digest of nothing.
    #[must_use]
    pub fn root(&self) -> Digest {
        self.levels.last().and_then(|top| top.first()).copied().unwrap_or_else(|| sha256(&[]))
    }

    /// The path from leaf `index` (from 0) to the root (RFC 6962 §2.1.1); `None` when there is no such leaf.
    #[must_use]
    pub fn inclusion(&self, index: usize) -> Option<Vec<Digest>> {
        if index >= self.count() {
            return None;
        }
        let beside = |(height, level): (usize, &Vec<Digest>)| level.get((index >> height) ^ 1).copied();
        Some(self.levels.iter().enumerate().filter_map(beside).collect())
    }

    /// The nodes that show that the first `earlier` leaves are a beginning of all (RFC 6962 §2.1.2); `None` when there
    /// are not so many.
    #[must_use]
    pub fn consistency(&self, earlier: usize) -> Option<Vec<Digest>> {
        if earlier > self.count() {
            return None;
        }
        let mut path = Vec::new();
        if earlier > 0 {
            self.between(earlier, 0, self.count(), true, &mut path)?;
        }
        Some(path)
    }

    /// SUBPROOF of the RFC over the leaves `from .. to`.
    fn between(
        &self,
        earlier: usize,
        from: usize,
        to: usize,
        whole: bool,
        path: &mut Vec<Digest>,
    ) -> Option<()> {
        let count = to - from;
        if earlier == count {
            if !whole {
                path.push(self.node(from, to)?);
            }
            return Some(());
        }
        let split = from + count.next_power_of_two() / 2;
        if earlier <= split - from {
            self.between(earlier, from, split, whole, path)?;
            path.push(self.node(split, to)?);
        } else {
            self.between(earlier - (split - from), split, to, false, path)?;
            path.push(self.node(from, split)?);
        }
        Some(())
    }

    /// The root over `from .. to`, where `from` begins a subtree and `to` ends one or is the end of all.
    fn node(&self, from: usize, to: usize) -> Option<Digest> {
        let height = (to - from).next_power_of_two().trailing_zeros();
        self.levels.get(height as usize)?.get(from >> height).copied()
    }
}

/// Whether `path` shows that the tree of `later` leaves with root `new` begins with the tree of `earlier` leaves with
/// root `old`. Nothing begins every tree, and is its own proof.
#[must_use]
pub fn extends(old: Digest, earlier: u64, new: Digest, later: u64, path: &[Digest]) -> bool {
    if earlier == 0 || earlier >= later {
        let same = earlier == later && old == new;
        return path.is_empty() && (same || earlier == 0 && old == sha256(&[]));
    }
    // The old root is left out of the proof when it is a node of the new tree.
    let mut nodes = earlier.is_power_of_two().then_some(old).into_iter().chain(path.iter().copied());
    let Some(first) = nodes.next() else { return false };
    let (mut place, mut last) = (earlier - 1, later - 1);
    while place & 1 == 1 {
        place >>= 1;
        last >>= 1;
    }
    let (mut before, mut after) = (first, first);
    for node in nodes {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            before = parent(node, before);
            after = parent(node, after);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            after = parent(after, node);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && before == old && after == new
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chain::leaf;
    use crate::merkle::{includes, root};
    use proptest::prelude::*;

    fn leaves(count: usize) -> Vec<Digest> {
        (0..count).map(|i| leaf(i.to_string().as_bytes())).collect()
    }

    /// RFC 6962 §2.1 word for word.
    fn by_the_book(leaves: &[Digest]) -> Digest {
        match leaves {
            [] => sha256(&[]),
            [one] => entry(*one),
            many => {
                let (left, right) = many.split_at(many.len().next_power_of_two() / 2);
                parent(by_the_book(left), by_the_book(right))
            }
        }
    }

    /// Frozen: these proofs may never change.
    #[test]
    fn frozen_proofs() {
        let text = |path: Vec<Digest>| path.iter().map(ToString::to_string).collect::<Vec<_>>();
        let proofs: Proofs = leaves(7).into_iter().collect();
        assert_eq!(text(proofs.inclusion(6).unwrap()), FROZEN_INCLUSION);
        assert_eq!(text(proofs.consistency(3).unwrap()), FROZEN_CONSISTENCY);
    }
    const FROZEN_INCLUSION: [&str; 2] = [
        "f6968423b0432c05c9cd0a131ce4e01023e66617e595942af4eafbad534e06a2",
        "0f6badc4b1c31b032618c4bc3d1225b994a41c0c8e4f7fc327a0f2beddd2513f",
    ];
    const FROZEN_CONSISTENCY: [&str; 4] = [
        "30c2985c809237e06258683da1e65f9f185d180245729faf592c1646a652ba18",
        "6c357c20d795edbbbdf3b7af264fe18117b2ee9d5c7d5128118b0a1299de6e46",
        "2600e4ba7b13c35f91986788099f0ddb0f551cf2facfed323fe10e4d80f7b4e3",
        "d02ada180fd9bdd865677c5f76fc49ad69321807f44ff152e725a29b053bdba5",
    ];

    #[test]
    fn every_leaf_of_every_small_tree_is_proved_and_no_other() {
        for count in 1..=70 {
            let leaves = leaves(count);
            let proofs: Proofs = leaves.iter().copied().collect();
            let top = root(&leaves);
            assert_eq!((proofs.root(), top), (by_the_book(&leaves), by_the_book(&leaves)), "{count}");
            for (index, proved) in leaves.iter().enumerate() {
                let path = proofs.inclusion(index).unwrap();
                let (place, total) = (index as u64, count as u64);
                assert!(includes(top, *proved, place, total, &path), "{index} of {count}");
                assert!(!includes(top, leaf(b"other"), place, total, &path), "another leaf");
                assert!(!includes(top, *proved, place + 1, total, &path), "another place");
                let longer: Vec<_> = path.iter().copied().chain([top]).collect();
                assert!(!includes(top, *proved, place, total, &longer), "a longer path");
                if let Some((_, shorter)) = path.split_last() {
                    assert!(!includes(top, *proved, place, total, shorter), "a shorter path");
                }
            }
            assert_eq!(proofs.inclusion(count), None);
        }
    }

    #[test]
    fn every_beginning_of_every_small_tree_is_proved_and_no_other() {
        for later in 0..=40usize {
            let all = leaves(later);
            let proofs: Proofs = all.iter().copied().collect();
            for earlier in 0..=later {
                let path = proofs.consistency(earlier).unwrap();
                let old = root(&all[..earlier]);
                let holds = |old, earlier: usize, later: usize, path: &[Digest]| {
                    extends(old, earlier as u64, proofs.root(), later as u64, path)
                };
                assert!(holds(old, earlier, later, &path), "{earlier} of {later}");
                if earlier == 0 {
                    continue;
                }
                assert!(!holds(leaf(b"other"), earlier, later, &path), "another beginning");
                assert!(!holds(old, earlier, later + 64, &path), "another length");
                let longer: Vec<_> = path.iter().copied().chain([old]).collect();
                assert!(!holds(old, earlier, later, &longer), "a longer path");
                if let Some((_, shorter)) = path.split_last() {
                    assert!(!holds(old, earlier, later, shorter), "a shorter path");
                }
            }
            assert_eq!(proofs.consistency(later + 1), None);
        }
    }

    proptest! {
        #[test]
        fn large_trees_are_proved_in_logarithmic_size(count in 1usize..3000, at in any::<prop::sample::Index>(), changed in any::<prop::sample::Index>()) {
            let leaves = leaves(count);
            let proofs: Proofs = leaves.iter().copied().collect();
            let index = at.index(count);
            let path = proofs.inclusion(index).unwrap();
            prop_assert!(path.len() <= 12);
            prop_assert!(includes(proofs.root(), leaves[index], index as u64, count as u64, &path));
            let earlier = index + 1;
            let old = root(&leaves[..earlier]);
            let mut path = proofs.consistency(earlier).unwrap();
            prop_assert!(extends(old, earlier as u64, proofs.root(), count as u64, &path));
            if !path.is_empty() {
                let place = changed.index(path.len());
                path[place].0[0] ^= 1;
                prop_assert!(!extends(old, earlier as u64, proofs.root(), count as u64, &path));
            }
        }
    }
}

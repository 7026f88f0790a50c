use crate::merkle::Tree;
use crate::{Digest, Head, Link, canonical, chain};

/// One entry of a ledger as somebody claims it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its number, from 1.
    pub n: u64,
    /// Canonical bytes of the fact.
    pub body: &'a [u8],
    /// Claimed leaf.
    pub leaf: Digest,
    /// Claimed chain hash.
    pub h: Digest,
}

/// The first thing in a ledger that does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("entry {n}: {fault}")]
pub struct ChainBreak {
    /// The entry at which it breaks; for the head's own faults the head's count.
    pub n: u64,
    /// What does not hold.
    pub fault: Fault,
}

/// What does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// An entry is missing, doubled or out of order.
    #[error("another entry, {found}, stands in its place")]
    Number {
        /// The number found.
        found: u64,
    },
    /// The body is not canonical JSON.
    #[error("its text is not in canonical form")]
    NotCanonical,
    /// The body was changed: it does not hash to the leaf.
    #[error("its text was changed")]
    Leaf,
    /// Something before it was changed, dropped or inserted: the link does not fit.
    #[error("its link to the entries before it does not fit")]
    Link,
    /// The ledger ends before or after the head says.
    #[error("the ledger has {found} entries, not as many as its head says")]
    Count {
        /// Number of entries found.
        found: u64,
    },
    /// The head states another last hash.
    #[error("the head states another hash")]
    HeadHash,
    /// The head states another Merkle root.
    #[error("the head states another Merkle root")]
    HeadRoot,
}

/// A ledger that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verified {
    /// Where the chain ends.
    pub link: Link,
    /// Merkle root over all leaves.
    pub root: Digest,
}

/// Follows a ledger entry by entry, in constant memory, and stops at the first thing that does not hold.
#[derive(Debug, Clone)]
pub struct Verifier {
    link: Link,
    tree: Tree,
}

impl Default for Verifier {
    fn default() -> Self {
        Self { link: Link::genesis(), tree: Tree::default() }
    }
}

impl Verifier {
    /// Take the next entry.
    ///
    /// # Errors
    /// What does not hold about it; the verifier then stays before it.
    pub fn push(&mut self, entry: Entry<'_>) -> Result<(), ChainBreak> {
        let n = self.link.n + 1;
        let broken = |fault| Err(ChainBreak { n, fault });
        if entry.n != n {
            return broken(Fault::Number { found: entry.n });
        }
        if chain::leaf(entry.body) != entry.leaf {
            return broken(Fault::Leaf);
        }
        if canonical::read(entry.body).is_none() {
            return broken(Fault::NotCanonical);
        }
        let link = self.link.next(entry.leaf);
        if link.h != entry.h {
            return broken(Fault::Link);
        }
        self.link = link;
        self.tree.push(entry.leaf);
        Ok(())
    }

    /// What has been verified so far.
    #[must_use]
    pub fn verified(&self) -> Verified {
        Verified { link: self.link, root: self.tree.root() }
    }

    /// That the ledger ends exactly where `head` says.
    ///
    /// # Errors
    /// What the head says otherwise.
    pub fn finish(self, head: &Head) -> Result<Verified, ChainBreak> {
        let found = self.verified();
        let fault = if found.link.n != head.n {
            Fault::Count { found: found.link.n }
        } else if found.link.h != head.h {
            Fault::HeadHash
        } else if found.root != head.root {
            Fault::HeadRoot
        } else {
            return Ok(found);
        };
        Err(ChainBreak { n: head.n, fault })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Owned = (u64, Vec<u8>, Digest, Digest);

    fn ledger(count: u64) -> (Vec<Owned>, Head) {
        let mut verifier = Verifier::default();
        let entries = (1..=count)
            .map(|n| {
                let body = format!(r#"{{"n":{n}}}"#).into_bytes();
                let leaf = chain::leaf(&body);
                let h = verifier.verified().link.next(leaf).h;
                verifier.push(Entry { n, body: &body, leaf, h }).unwrap();
                (n, body, leaf, h)
            })
            .collect();
        let Verified { link, root } = verifier.verified();
        let at = canonical::read_instant("2026-11-22T10:00:00+08:00").unwrap();
        (entries, Head { n: link.n, h: link.h, root, at, app: String::new() })
    }

    fn verify(entries: &[Owned], head: &Head) -> Result<Verified, ChainBreak> {
        let mut verifier = Verifier::default();
        for (n, body, leaf, h) in entries {
            verifier.push(Entry { n: *n, body, leaf: *leaf, h: *h })?;
        }
        verifier.finish(head)
    }

    #[test]
    fn every_way_to_change_a_ledger_is_named_at_its_place() {
        let (whole, head) = ledger(5);
        assert!(verify(&whole, &head).is_ok());
        let broken = |change: &dyn Fn(&mut Vec<Owned>)| {
            let mut entries = whole.clone();
            change(&mut entries);
            verify(&entries, &head).unwrap_err()
        };
        let at = |n, fault| ChainBreak { n, fault };
        assert_eq!(broken(&|e| e[2].1 = b"{}".to_vec()), at(3, Fault::Leaf), "text changed");
        assert_eq!(
            broken(&|e| {
                e[2].1 = b"{}".to_vec();
                e[2].2 = chain::leaf(b"{}");
            }),
            at(3, Fault::Link),
            "text and leaf changed"
        );
        assert_eq!(
            broken(&|e| {
                e[2].1 = b"{ }".to_vec();
                e[2].2 = chain::leaf(b"{ }");
            }),
            at(3, Fault::NotCanonical)
        );
        assert_eq!(broken(&|e| e[2].3 = e[1].3), at(3, Fault::Link), "link changed");
        assert_eq!(broken(&|e| drop(e.remove(1))), at(2, Fault::Number { found: 3 }), "dropped");
        assert_eq!(broken(&|e| e.swap(0, 1)), at(1, Fault::Number { found: 2 }), "swapped");
        assert_eq!(broken(&|e| e.insert(1, e[0].clone())), at(2, Fault::Number { found: 1 }), "doubled");
        assert_eq!(broken(&|e| drop(e.pop())), at(5, Fault::Count { found: 4 }), "cut off");
    }

    #[test]
    fn a_rewritten_ledger_does_not_fit_the_old_head() {
        let (mut entries, head) = ledger(5);
        let (longer, _) = ledger(6);
        assert_eq!(verify(&longer, &head).unwrap_err().fault, Fault::Count { found: 6 });
        entries[4].1 = b"{}".to_vec();
        entries[4].2 = chain::leaf(b"{}");
        entries[4].3 = Link { n: 4, h: entries[3].3 }.next(entries[4].2).h;
        assert_eq!(verify(&entries, &head).unwrap_err(), ChainBreak { n: 5, fault: Fault::HeadHash });
        let (entries, mut head) = ledger(5);
        head.root = Digest([0; 32]);
        assert_eq!(verify(&entries, &head).unwrap_err(), ChainBreak { n: 5, fault: Fault::HeadRoot });
    }
}

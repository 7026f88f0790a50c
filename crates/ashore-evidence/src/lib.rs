//! Proof that survives us: what was recorded can be checked by a stranger with ordinary tools.
//!
//! A fact is frozen as canonical JSON ([`canonical`]), hashed to a leaf and linked to everything before it
//! ([`chain`]); a Merkle root over the leaves ([`merkle`]) lets one fact be shown without the others; the head
//! ([`head`]) is signed, and [`Verifier`] names the first thing that does not hold.
//!
//! A chain made by its owner proves "unchanged since the earliest outside anchor", no more.
//!
//! This crate knows no disk, no clock and no randomness: keys and instants are passed in.

pub mod canonical;
pub mod chain;
mod digest;
pub mod head;
pub mod merkle;
pub mod pack;
pub mod proofs;
pub mod stamp;
mod verify;

pub use chain::Link;
pub use digest::{Digest, DigestError, Hasher, digest_of};
pub use head::{Head, HeadError, SignedHead};
pub use verify::{ChainBreak, Entry, Fault, Verified, Verifier};

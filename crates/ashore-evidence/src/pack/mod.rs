//! A pack: what a vault shows to others, provable with ordinary tools and without the vault.
//!
//! It is a BagIt 1.0 bag (RFC 8493): `sha256sum -c` and every BagIt program check it byte for byte. Beyond that
//!
//! - `data/records.jsonl` holds one recorded fact a line, in exactly the bytes that were hashed when it was recorded;
//!   in a masked pack a derived copy of it instead;
//! - `data/chain.jsonl` holds, line by line beside it, each fact's leaf with its proof: the chain's hash when every
//!   entry of the vault is there, else a Merkle path of digests, which tells nothing of the entries left out;
//! - `data/head.json` with `.sig` is the signed head they are proved against, `data/anchors/` what outside authorities
//!   stamped, each with the proof that its head is an earlier state of this one;
//! - `tagmanifest-sha256.txt.sig` seals the whole: the vault's signature over the digests of all manifests.
//!
//! The layout is frozen with the first release. [`verify`] is pure: it reads through a [`PackSource`].

mod bag;
mod check;
mod fault;
mod follow;
mod key;
mod lines;
mod mask;
mod source;
mod statement;

pub use bag::{bag_info, manifest};
pub use check::{AnchorReport, PackReport, verify};
pub use fault::{PackFault, PackFaultKind};
pub use key::key_pem;
pub use lines::{chosen_line, consistency, masked_line, whole_line};
pub use mask::{Masker, is_mask};
pub use source::{PackEntry, PackSource};
pub use statement::Statement;

/// Content of [`BAGIT`].
pub const BAGIT_TEXT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
/// Declares the bag.
pub const BAGIT: &str = "bagit.txt";
/// Facts about the bag for people.
pub const BAG_INFO: &str = "bag-info.txt";
/// Digests of everything under `data/`.
pub const MANIFEST: &str = "manifest-sha256.txt";
/// Digests of everything else.
pub const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
/// Ed25519 over the bytes of [`TAG_MANIFEST`].
pub const SEAL: &str = "tagmanifest-sha256.txt.sig";
/// The vault's public key.
pub const KEY: &str = "key.pem";
/// How to verify without Ashore, in words.
pub const VERIFY_TEXT: &str = "VERIFY.md";
/// How to verify without Ashore, as a program.
pub const VERIFY_SCRIPT: &str = "verify.py";
/// What the pack says about itself.
pub const STATEMENT: &str = "data/pack.json";
/// The records.
pub const RECORDS: &str = "data/records.jsonl";
/// Their proofs.
pub const CHAIN: &str = "data/chain.jsonl";
/// The head they are proved against.
pub const HEAD: &str = "data/head.json";
/// Its signature.
pub const HEAD_SIGNATURE: &str = "data/head.json.sig";
/// The list for people.
pub const INDEX: &str = "data/index.html";
/// The same for paper.
pub const INDEX_PDF: &str = "data/index.pdf";
/// Folder of outside anchors.
pub const ANCHORS: &str = "data/anchors/";
/// Folder of files as they were attached.
pub const ORIGINALS: &str = "data/originals/";
/// Folder of derived copies (redactions, transcripts, crops) in a pack that holds no originals.
pub const DERIVED: &str = "data/derived/";
/// The unmasked records of a masked pack that was asked to carry them.
pub const ORIGINAL_RECORDS: &str = "data/originals/records.jsonl";

/// How to verify, for people; the same in every pack.
pub const VERIFY_TEXT_BYTES: &str = include_str!("VERIFY.md");
/// How to verify, for Python 3 without packages; the same in every pack.
pub const VERIFY_SCRIPT_BYTES: &str = include_str!("verify.py");

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::Path;

use ashore_domain::{Anchor, Fact};
use ashore_evidence::stamp::{Stamp, StampError, request};
use ashore_evidence::{Head, digest_of};
use ashore_vault::AnchorRequest;
use serde::Serialize;
use specta::Type;

use super::outgoing::refused;
use crate::session::{App, Unlocked};
use crate::whole::write_whole;
use crate::{AppError, ErrorCode};

/// What was asked of a timestamp authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AnchorRequestView {
    /// Entries the head covers, as text.
    pub entries: String,
    /// SHA-256 of the head, in hex: what the authority sees, and all it sees.
    pub digest: String,
    /// When it was asked.
    pub requested_at: String,
}

/// An outside anchor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AnchorView {
    /// Entries it covers, as text.
    pub entries: String,
    /// When the authority saw the head, by its own clock.
    pub stamped_at: String,
    /// What the authority calls itself; its signature is for `openssl ts` and a certificate the verifier trusts.
    pub authority: Option<String>,
    /// SHA-256 of the head, in hex.
    pub digest: String,
}

/// Where outside anchors stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct AnchorsView {
    /// Entries in the chain now, as text.
    pub entries: String,
    /// Kept anchors, the earliest first.
    pub anchors: Vec<AnchorView>,
    /// The latest request that has no answer yet.
    pub waiting: Option<AnchorRequestView>,
    /// Entries that no anchor covers, as text.
    pub uncovered: String,
}

/// A response is a few kilobytes.
const RESPONSE_MAX: u64 = 1024 * 1024;

impl App<Unlocked> {
    /// Writes a request (RFC 3161, `.tsq`) for the head as it stands: 32 bytes of digest and a nonce, nothing else.
    ///
    /// # Errors
    /// The chain is broken, or the disk refuses.
    pub fn request_anchor(&mut self, to: &Path) -> Result<AnchorRequestView, AppError> {
        let head = self.state.vault.head()?;
        let imprint = digest_of(&head.bytes);
        let mut random = [0; 8];
        getrandom::fill(&mut random)
            .map_err(|error| AppError::new(ErrorCode::Io, format!("no randomness: {error}")))?;
        let asked = AnchorRequest {
            imprint,
            head: head.bytes,
            signature: head.signature,
            // Kept to what a signed column and the request's own form hold.
            nonce: u64::from_be_bytes(random) >> 2,
            requested_at: self.clock.now(),
        };
        self.state.vault.remember_anchor_request(&asked)?;
        write_whole(to, |file| file.write_all(&request(imprint, asked.nonce))).map_err(refused)?;
        Ok(view_of_request(&asked))
    }

    /// Keeps an authority's response (`.tsr`) after holding it against what was asked: form, status, digest, nonce.
    /// A response kept before is answered with itself.
    ///
    /// # Errors
    /// It is no response, refuses, or answers nothing that this vault asked.
    pub fn import_anchor(&mut self, from: &Path) -> Result<AnchorView, AppError> {
        let unreadable = |error: std::io::Error| {
            AppError::field(ErrorCode::FileUnreadable, "file", format!("the file could not be read: {error}"))
        };
        let mut bytes = Vec::new();
        File::open(from)
            .and_then(|file| file.take(RESPONSE_MAX + 1).read_to_end(&mut bytes))
            .map_err(unreadable)?;
        let no = |why: StampError| AppError::field(ErrorCode::AnchorRefused, "file", why.to_string());
        if let Some(kept) = self.state.vault.anchors()?.iter().find(|anchor| anchor.response == bytes) {
            return Ok(view_of(kept));
        }
        let Some(imprint) = Stamp::imprint(&bytes) else {
            // Read for its reason: a refusal has no token.
            let why = Stamp::read(&bytes, ashore_evidence::Digest([0; 32]), None).err();
            return Err(no(why.unwrap_or(StampError::NotAResponse)));
        };
        let asked = self.state.vault.anchor_requests(Some(imprint))?;
        if asked.is_empty() {
            return Err(no(StampError::Imprint));
        }
        let answered = asked
            .iter()
            .map(|asked| Stamp::read(&bytes, asked.imprint, Some(asked.nonce)).map(|stamp| (asked, stamp)))
            .reduce(|one, other| one.or(other))
            .unwrap_or(Err(StampError::Nonce));
        let (asked, stamp) = answered.map_err(no)?;
        let head = Head::read(&asked.head)
            .map_err(|error| AppError::new(ErrorCode::DatabaseDamaged, error.to_string()))?;
        let anchor = Anchor {
            entries: head.n,
            head: asked.head.clone(),
            signature: asked.signature,
            stamped_at: stamp.at,
            authority: stamp.authority,
            response: bytes,
        };
        let view = view_of(&anchor);
        self.state.vault.append(&[Fact::Anchor(anchor)], Vec::new(), self.clock.now())?;
        Ok(view)
    }

    /// Where outside anchors stand.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn anchors(&self) -> Result<AnchorsView, AppError> {
        let anchors = self.state.vault.anchors()?;
        let entries = self.state.vault.info()?.counts.facts;
        let covered = anchors.iter().map(|anchor| anchor.entries).max().unwrap_or(0);
        let views: Vec<_> = anchors.iter().map(view_of).collect();
        let requests = self.state.vault.anchor_requests(None)?;
        let waiting = requests.first().map(view_of_request);
        Ok(AnchorsView {
            entries: entries.to_string(),
            waiting: waiting.filter(|asked| views.iter().all(|kept| kept.digest != asked.digest)),
            anchors: views,
            uncovered: entries.saturating_sub(covered).to_string(),
        })
    }
}

fn view_of(anchor: &Anchor) -> AnchorView {
    AnchorView {
        entries: anchor.entries.to_string(),
        stamped_at: anchor.stamped_at.with_timezone(&crate::clock::shanghai()).to_rfc3339(),
        authority: anchor.authority.clone(),
        digest: digest_of(&anchor.head).to_string(),
    }
}

fn view_of_request(asked: &AnchorRequest) -> AnchorRequestView {
    AnchorRequestView {
        entries: Head::read(&asked.head).map_or(0, |head| head.n).to_string(),
        digest: asked.imprint.to_string(),
        requested_at: asked.requested_at.to_rfc3339(),
    }
}

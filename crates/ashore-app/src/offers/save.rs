use ashore_domain::{Buckets, Fact, Proposal, ProposalId, Relief, Side};
use rust_decimal::Decimal;
use serde::Deserialize;
use specta::Type;

use super::{PreviewOffersRequest, ProposalListView};
use crate::session::{App, Unlocked};
use crate::{AppError, ErrorCode, id, input};

/// Offers to keep as requests.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(deny_unknown_fields, default)]
pub struct SaveOffersRequest {
    /// What to share and among whom.
    pub offers: PreviewOffersRequest,
    /// Last day they stand.
    pub expires_on: Option<String>,
    /// The borrower's own note.
    pub note: Option<String>,
}

impl App<Unlocked> {
    /// Keeps one request per lender. Nothing that is owed changes: the contracts go on.
    ///
    /// # Errors
    /// Nothing can be paid, nothing is owed, or an amount cannot be read.
    pub fn save_offers(&mut self, request: &SaveOffersRequest) -> Result<ProposalListView, AppError> {
        let found = self.offers(&request.offers)?;
        let now = self.clock.now();
        let expires_on = input::date_or_none("expires_on", request.expires_on.as_deref())?;
        if expires_on.is_some_and(|on| on < now.date_naive()) {
            return Err(AppError::field(ErrorCode::DateOrder, "expires_on", "this day is over"));
        }
        let note = input::words_or_none("note", request.note.as_deref())?;
        let mut facts = Vec::new();
        for offer in found.offers.iter().filter(|offer| !offer.rows.is_empty()) {
            facts.push(Fact::Proposal(Proposal {
                id: ProposalId::from_bytes(id::fresh(now)?),
                loan: offer.file.id(),
                by: Side::Borrower,
                made_at: now,
                in_reply_to: offer.file.proposals.iter().max_by_key(|p| p.made_at).map(|p| p.id),
                channel: None,
                reliefs: vec![Relief::IndividualInstalment {
                    terms: u16::try_from(offer.rows.len()).unwrap_or(u16::MAX),
                    rate: Decimal::ZERO,
                    total: None,
                    balloon: None,
                }],
                waived: Buckets::default(),
                rows: offer.rows.clone(),
                expires_on,
                evidence: Vec::new(),
                note: note.clone(),
            }));
        }
        if facts.is_empty() {
            return Err(AppError::new(
                ErrorCode::NothingOwed,
                "there is nothing to offer: no capacity or no debt",
            ));
        }
        self.state.vault.append(&facts, Vec::new(), now)?;
        self.list_proposals(None)
    }
}

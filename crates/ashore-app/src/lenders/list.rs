use ashore_domain::{Party, PartyId};
use serde::Serialize;
use specta::Type;

use super::ContactPointForm;
use crate::session::{App, Unlocked};
use crate::words::LenderKind;
use crate::{AppError, ErrorCode};

/// Parties by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
pub struct PartyListView {
    /// The parties.
    pub parties: Vec<PartyRecordView>,
}

/// One party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[allow(missing_docs)] // the domain's `Party` explains them
pub struct PartyRecordView {
    pub id: String,
    pub name: String,
    pub legal_name: Option<String>,
    pub lender_kind: LenderKind,
    pub aliases: Vec<String>,
    pub contacts: Vec<ContactPointForm>,
    pub licence: Option<String>,
    pub note: Option<String>,
}

impl PartyRecordView {
    pub(super) fn of(party: &Party) -> Self {
        let contacts = party.contacts.iter().map(|point| ContactPointForm {
            channel: point.channel.into(),
            value: point.value.clone(),
            hours: point.hours.clone(),
            verified: point.verified.map(Into::into),
            note: point.note.clone(),
        });
        Self {
            id: party.id.to_string(),
            name: party.name.clone(),
            legal_name: party.legal_name.clone(),
            lender_kind: party.lender_kind.into(),
            aliases: party.aliases.clone(),
            contacts: contacts.collect(),
            licence: party.licence.clone(),
            note: party.note.clone(),
        }
    }
}

impl App<Unlocked> {
    pub(super) fn party_known(&self, id: PartyId) -> Result<PartyId, AppError> {
        let known = self.state.vault.parties()?.iter().any(|p| p.id == id);
        known
            .then_some(id)
            .ok_or_else(|| AppError::field(ErrorCode::NotFound, "id", "no party is known by this id"))
    }

    /// Everyone around the loans, by name.
    ///
    /// # Errors
    /// The vault cannot be read.
    pub fn list_parties(&self) -> Result<PartyListView, AppError> {
        let mut parties = self.state.vault.parties()?;
        parties.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(PartyListView { parties: parties.iter().map(PartyRecordView::of).collect() })
    }
}
